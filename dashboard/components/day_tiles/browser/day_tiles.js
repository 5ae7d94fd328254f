// The day tiles: small maps that keep their places; a tile is redrawn only when its day changed.

import { colour, figure, HALF_WIDTH, patterns, TALL } from "../flareboard.body_figure/figure.js";
import { draw, dress, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("day_tiles.css", import.meta.url));
const boards = new WeakMap();
const VIEWS = ["front", "back"];
const HURTS = -1;
// Glyphs of 12 by 12: a moon, a lightning stroke, a capsule with one half filled.
const SIGNS = {
  sleep: ["M8.3 1.1a5 5 0 1 0 2.7 7.5A4.4 4.4 0 0 1 8.3 1.1z"],
  stress: ["M7.4.6 2.5 6.9h2.9L4.4 11.4 9.7 5H6.5z"],
  rescue: ["M2 10a2.9 2.9 0 0 1 0-4.1L5.9 2A2.9 2.9 0 0 1 10 6.1L6.1 10A2.9 2.9 0 0 1 2 10z", "M4 3.9 5.9 2A2.9 2.9 0 0 1 10 6.1L8.1 8z"],
};

export default function ({ data: [data], parentElement, setTriggerValue }) {
  if (!boards.has(parentElement)) boards.set(parentElement, new DayTiles(parentElement));
  const board = boards.get(parentElement);
  board.send = (iso) => setTriggerValue("picked", iso);
  board.update(data);
}

class DayTiles {
  constructor(parent) {
    dress(parent, style);
    this.root = write("div", "day-tiles", "", parent);
    this.define();
    // Title and key share a line above the tiles: below them nobody would see it on a full screen.
    const line = write("div", "line", "", this.root);
    this.heading = write("b", "heading", "", line);
    this.legend = write("div", "legend", "", line);
    this.grid = write("div", "grid", "", this.root);
    this.grid.setAttribute("role", "group");
    this.card = write("div", "card", "", this.root);
    this.card.setAttribute("aria-hidden", "true");
    this.card.hidden = true;
    this.tiles = [];
    this.at = 0;
    this.listen();
  }

  /** The outlines and patterns that all tiles refer to. */
  define() {
    const svg = draw("svg", { width: 0, height: 0, "aria-hidden": "true", class: "shared" }, this.root);
    const defs = patterns(svg, "tile-", 50);
    for (const view of VIEWS) draw("path", { id: `tile-${view}`, d: figure.outline[view] }, defs);
  }

  update(data) {
    this.data = data;
    colour(this.root, data.sheets);
    this.heading.textContent = data.heading;
    this.grid.setAttribute("aria-label", data.title);
    while (this.tiles.length > data.days.length) this.tiles.pop().button.remove();
    data.days.forEach((day, index) => this.refresh(day, index));
    this.rove(Math.min(this.at, this.tiles.length - 1));
    this.explain();
  }

  refresh(day, index) {
    const text = JSON.stringify(day);
    if (this.tiles[index]?.text === text) return;
    const button = this.tiles[index]?.button ?? write("button", "", "", this.grid);
    this.tiles[index] = { button, text, day };
    button.type = "button";
    button.className = `tile ${day.kind} ${day.flare ? "flare" : ""}`;
    button.setAttribute("data-n", index);
    button.setAttribute("tabindex", -1);
    button.setAttribute("aria-label", [day.name, ...day.lines].join(", "));
    button.replaceChildren();
    this.maps(day, button);
    const signs = write("span", "signs", "", button);
    for (const sign of day.signs) this.glyph(sign, signs);
    const date = write("span", "date", day.date, button);
    if (day.month) write("span", "month", ` ${day.month}`, date);
    write("span", "pain", day.pain, button);
  }

  maps(day, button) {
    const wide = 2 * HALF_WIDTH * VIEWS.length;
    const svg = draw("svg", { viewBox: `0 -12 ${wide} ${TALL + 24}`, class: "maps", "aria-hidden": "true" }, button);
    if (day.kind !== "map") {
      write("span", "absent", day.kind === "gap" ? "" : "no map", button);
    }
    VIEWS.forEach((view, place) => this.view(day, view, draw("g", { transform: `translate(${HALF_WIDTH * (2 * place + 1)} 0)` }, svg)));
  }

  view(day, view, group) {
    draw("use", { href: `#tile-${view}`, class: "paper" }, group);
    for (const [index, value] of day.marks) {
      const region = figure.regions[index];
      if (region.view !== view) continue;
      const fill = value === HURTS ? "url(#tile-dots)" : this.data.ramp[value];
      draw("path", { d: region.d, fill, stroke: value === HURTS ? "none" : fill, "stroke-width": 4 }, group);
    }
    draw("use", { href: `#tile-${view}`, class: "outline" }, group);
    const sides = view === "front" ? ["R", "L"] : ["L", "R"];
    [-108, 108].forEach((x, i) => (draw("text", { x, y: 70, class: "side" }, group).textContent = sides[i]));
  }

  glyph(sign, parent) {
    const svg = draw("svg", { viewBox: "0 0 12 12", class: `sign ${sign}`, "aria-hidden": "true" }, parent);
    for (const d of SIGNS[sign]) draw("path", { d }, svg);
  }

  explain() {
    this.legend.replaceChildren();
    for (const [kind, words] of this.data.legend) {
      const key = write("span", "key", "", this.legend);
      if (kind in SIGNS) this.glyph(kind, key);
      else if (kind !== "figure") write("i", kind, "", key);
      key.append(words);
    }
  }

  // Mouse, touch, keyboard -----------------------------------------------------------------------------------------

  listen() {
    const tile = (event) => event.target.closest?.("[data-n]");
    const number = (event) => Number(tile(event).getAttribute("data-n"));
    this.grid.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "touch" && tile(event)) this.tell(number(event));
    });
    this.grid.addEventListener("pointerleave", () => this.hush());
    this.grid.addEventListener("focusin", (event) => {
      this.rove(number(event));
      this.tell(number(event));
    });
    this.grid.addEventListener("focusout", () => this.hush());
    this.grid.addEventListener("click", (event) => tile(event) && this.send(this.tiles[number(event)].day.iso));
    this.grid.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const columns = getComputedStyle(this.grid).gridTemplateColumns.split(" ").length;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const last = this.tiles.length - 1;
    let next = this.at + (steps[event.key] ?? NaN);
    if (event.key === "Home") next = 0;
    else if (event.key === "End") next = last;
    else if (event.key === "Escape" && !this.card.hidden) this.hush();
    else if (!(event.key in steps)) return;
    event.preventDefault();
    event.stopPropagation();
    if (next >= 0 && next <= last) this.tiles[next].button.focus();
  }

  rove(index) {
    this.tiles[this.at]?.button.setAttribute("tabindex", -1);
    this.tiles[index]?.button.setAttribute("tabindex", 0);
    this.at = Math.max(index, 0);
  }

  tell(index) {
    const { day, button } = this.tiles[index];
    this.card.replaceChildren();
    write("b", "", day.name, this.card);
    for (const line of day.lines) write("span", "", line, this.card);
    this.card.hidden = false;
    const root = this.root.getBoundingClientRect();
    const box = button.getBoundingClientRect();
    const { width, height } = this.card.getBoundingClientRect();
    const left = box.left + box.width / 2 - root.left - width / 2;
    const roomAbove = box.top - height - 6 > 0;
    this.card.style.left = `${Math.max(0, Math.min(left, root.width - width))}px`;
    this.card.style.top = `${roomAbove ? box.top - root.top - height - 6 : box.bottom - root.top + 6}px`;
  }

  hush() {
    this.card.hidden = true;
  }
}
