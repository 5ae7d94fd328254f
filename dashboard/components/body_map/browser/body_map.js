// The body map: draws once, then only repaints. Knows nothing of medicine: colours and words come with the data.

import { colour, figure, HALF_WIDTH, patterns, place, TALL } from "../flareboard.body_figure/figure.js";
import { draw, dress, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("body_map.css", import.meta.url));
const WAYS = { ArrowUp: 0, ArrowRight: 1, ArrowDown: 2, ArrowLeft: 3 };
const TOP = 10; // units of air over the crown
const BELOW = 40; // units for the words under the feet
const TARGET = 24; // px, the least width of something to tap
const SETTLE = 40; // ms a pointer rests on a region before the card follows

/** What Streamlit calls at every change of the data: one drawing of that kind for each place on the page. */
export function mounted(Kind) {
  const maps = new WeakMap();
  return function ({ data: [data], parentElement, setStateValue }) {
    if (!maps.has(parentElement)) maps.set(parentElement, new Kind(parentElement));
    const map = maps.get(parentElement);
    map.tellServer = setStateValue;
    map.update(data);
    return () => map.leave();
  };
}

/** The number of the region under an event, if any. */
function under(event) {
  const index = event.target.closest?.("[data-i]")?.getAttribute("data-i");
  return index == null ? undefined : Number(index);
}

/** Puts a number to its place: in its region, or on the page beside it. */
function standAt(number, { x, y, size, anchor }, unit) {
  number.setAttribute("x", x);
  number.setAttribute("y", y);
  number.style.textAnchor = anchor;
  number.style.fontSize = `${size / unit}px`;
  number.classList.toggle("beside", anchor !== "middle");
}

/** How far a point lies from what a region would need to be to be `TARGET` px wide and high, measured to its middle. */
function distance(point, box) {
  const x = Math.abs(point.clientX - box.left - box.width / 2) - Math.max(0, box.width - TARGET) / 2;
  const y = Math.abs(point.clientY - box.top - box.height / 2) - Math.max(0, box.height - TARGET) / 2;
  return Math.max(x, y, 0);
}

export class BodyMap {
  constructor(parent) {
    dress(parent, style);
    this.root = write("div", "body-map", "", parent);
    this.stage = write("div", "stage", "", this.root);
    this.card = write("div", "card", "", this.stage);
    this.card.setAttribute("aria-hidden", "true");
    this.card.hidden = true;
    this.legend = write("div", "legend", "", this.root);
    this.chosen = write("div", "chosen", "", this.root);
    this.chosen.setAttribute("role", "status");
    this.selected = [];
    this.at = -1;
    this.watch = new ResizeObserver(() => this.fit());
  }

  update(data) {
    this.data = data;
    colour(this.root, data.sheets);
    if (this.view !== data.view) this.build(data.view);
    const asked = this.given !== data.given;
    if (asked) {
      this.given = data.given;
      this.selected = [...data.selected];
    }
    this.svg.style.height = `${data.height}px`;
    this.svg.setAttribute("aria-label", `${data.title}, ${data.unit}. ${data.note}`);
    this.paint();
    this.explain();
    this.mark();
    if (asked || this.hint !== data.hint || this.summed !== data.chosen) this.list();
    this.hint = data.hint;
    this.summed = data.chosen;
    this.fit();
    if (this.shown !== undefined && !this.card.hidden) this.tell(this.shown);
  }

  leave() {
    this.watch.disconnect();
    clearTimeout(this.settling);
  }

  // Drawing, once -------------------------------------------------------------------------------------------------

  build(view) {
    this.view = view;
    this.svg?.remove();
    const views = view === "both" ? ["front", "back"] : [view];
    this.wide = 2 * HALF_WIDTH * views.length;
    const box = `0 ${-TOP} ${this.wide} ${TALL + TOP + BELOW}`;
    this.svg = draw("svg", { viewBox: box, role: "listbox", "aria-multiselectable": "true" });
    this.stage.prepend(this.svg);
    patterns(this.svg, "map-", 13);
    this.shapes = new Map();
    views.forEach((one, place) => this.buildView(one, HALF_WIDTH * (2 * place + 1)));
    this.first();
    this.listen();
    this.watch.observe(this.svg);
  }

  buildView(view, middle) {
    const group = draw("g", { transform: `translate(${middle} 0)`, role: "group", "aria-label": view === "front" ? "Front of the body" : "Back of the body" }, this.svg);
    const hits = draw("g", { class: "hits" }, group);
    draw("path", { d: figure.outline[view], class: "paper" }, group);
    const fills = draw("g", {}, group);
    const veils = draw("g", { class: "veils" }, group);
    draw("path", { d: figure.strokes[view], class: "strokes" }, group);
    const borders = draw("g", { class: "borders" }, group);
    draw("path", { d: figure.outline[view], class: "outline" }, group);
    const marks = draw("g", { class: "marks" }, group);
    const numbers = draw("g", { class: "numbers" }, group);
    figure.regions.forEach((region, index) => {
      if (region.view !== view) return;
      this.shapes.set(index, {
        region,
        middle,
        hit: draw("path", { d: region.d, class: "hit", "data-i": index }, hits),
        area: draw("path", { d: region.d, class: "area", "data-i": index, role: "option", tabindex: -1 }, fills),
        veil: draw("path", { d: region.d, class: "veil" }, veils),
        border: draw("path", { d: region.d, class: "border" }, borders),
        mark: draw("path", { d: region.d, class: "mark" }, marks),
        number: draw("text", { x: region.at[0], y: region.at[1] }, numbers),
      });
    });
    const [left, right] = view === "front" ? ["R", "L"] : ["L", "R"];
    for (const [x, letter] of [[-105, left], [105, right]]) draw("text", { x, y: 44, class: "side" }, group).textContent = letter;
    draw("text", { x: 0, y: TALL + 30, class: "caption" }, group).textContent = view === "front" ? "Front" : "Back";
  }

  /** The region that the Tab key reaches when none was reached before: the first of the list. */
  first() {
    this.at = this.shapes.keys().next().value;
    this.shapes.get(this.at).area.setAttribute("tabindex", 0);
  }

  // Repainting, at every change ------------------------------------------------------------------------------------

  paint() {
    const { regions, empty, quiet } = this.data;
    this.root.classList.toggle("empty", Boolean(empty));
    for (const [index, shape] of this.shapes) {
      const [text, fill, ink, value, days, kind] = regions[index] ?? ["", "none", "", quiet, "", ""];
      shape.area.style.fill = kind === "dots" ? "url(#map-dots)" : fill === "none" ? "transparent" : fill;
      shape.border.setAttribute("class", `border ${kind}`);
      shape.number.textContent = text;
      shape.number.style.fill = ink;
      // Over stripes and inner strokes the number keeps the region's own colour as its ground.
      shape.veil.classList.toggle("seldom", kind === "seldom");
      shape.number.setAttribute("class", kind === "seldom" ? kind : fill === "none" ? "bare" : "");
      shape.number.style.stroke = fill;
      shape.area.setAttribute("aria-label", [shape.region.name, empty || value, days].filter(Boolean).join(", "));
    }
    this.note ??= write("div", "nothing", "", this.stage);
    this.note.textContent = empty;
    this.note.hidden = !empty;
  }

  /** Numbers, borders and hit areas depend on how large the figure really is on this screen. */
  fit() {
    const box = this.svg.getBoundingClientRect();
    const unit = Math.min(box.width / this.wide, box.height / (TALL + TOP + BELOW));
    if (!unit) return;
    const largest = Math.max(9, Math.min(0.027 * unit * TALL, 20));
    this.root.classList.toggle("small", unit * TALL < 170);
    for (const { region, number, hit, area } of this.shapes.values()) {
      const { length } = number.textContent;
      const stand = length ? place(region, length, unit, largest) : null;
      number.style.display = stand ? "" : "none";
      if (stand) standAt(number, stand, unit);
      const { width, height } = area.getBBox();
      hit.style.strokeWidth = `${Math.max(0, TARGET / unit - Math.min(width, height))}px`;
    }
    for (const text of this.svg.querySelectorAll(".side, .caption")) text.style.fontSize = `${12 / unit}px`;
    for (const text of this.svg.querySelectorAll(".caption")) text.setAttribute("y", TALL + Math.max(30, 13 / unit));
  }

  explain() {
    const { legend, unit, keys } = this.data;
    this.legend.replaceChildren();
    write("span", "unit", unit, this.legend);
    const ramp = write("span", "ramp", "", this.legend);
    for (const [text, fill, ink, kind] of legend) {
      const step = write("span", `step ${kind}`, text, ramp);
      if (fill !== "none") step.style.backgroundColor = fill;
      step.style.color = ink;
    }
    for (const [kind, words] of keys) {
      const key = write("span", "key", "", this.legend);
      write("i", kind, "", key);
      key.append(words);
    }
  }

  mark() {
    for (const [index, shape] of this.shapes) {
      const chosen = this.selected.includes(shape.region.id);
      shape.area.setAttribute("aria-selected", chosen);
      shape.mark.classList.toggle("chosen", chosen);
      shape.mark.classList.toggle("focus", index === this.ringed);
      shape.mark.classList.toggle("hover", index === this.shown && !this.card.hidden);
    }
  }

  /** Says what is selected, in the page's own words where it has any; redrawn only when that changes, so that its
   *  button stays put under a finger. */
  list() {
    this.chosen.replaceChildren();
    if (this.data.chosen) {
      write("span", "", this.data.chosen, this.chosen);
      return;
    }
    const names = figure.regions.filter((region) => this.selected.includes(region.id)).map((region) => region.name);
    write("span", "", names.length ? `Selected: ${names.join("; ")}` : this.data.hint, this.chosen);
    if (!names.length) return;
    const clear = write("button", "", "Clear selection", this.chosen);
    clear.type = "button";
    clear.addEventListener("click", () => {
      this.choose([]);
      this.shapes.get(this.at).area.focus();
    });
  }

  // The card -------------------------------------------------------------------------------------------------------

  tell(index) {
    const { regions, quiet, empty } = this.data;
    const { region, area } = this.shapes.get(index);
    const [, fill, , value, days] = regions[index] ?? ["", "none", "", quiet, ""];
    this.shown = index;
    this.card.replaceChildren();
    write("b", "", region.name, this.card);
    const line = write("span", "value", "", this.card);
    if (fill !== "none") write("i", "", "", line).style.backgroundColor = fill;
    line.append(empty || value);
    if (days) write("span", "days", days, this.card);
    this.card.hidden = false;
    this.place(area.getBoundingClientRect());
    this.mark();
  }

  place(area) {
    const stage = this.stage.getBoundingClientRect();
    const { width, height } = this.card.getBoundingClientRect();
    const x = area.left + area.width / 2 - stage.left - width / 2;
    const above = area.top - stage.top - height - 8;
    this.card.style.left = `${Math.max(0, Math.min(x, stage.width - width))}px`;
    this.card.style.top = `${above >= 0 ? above : area.bottom - stage.top + 8}px`;
  }

  hush() {
    clearTimeout(this.settling);
    this.card.hidden = true;
    this.mark();
  }

  // Mouse, touch, keyboard -----------------------------------------------------------------------------------------

  listen() {
    this.svg.addEventListener("pointerover", (event) => {
      const index = under(event);
      clearTimeout(this.settling);
      if (event.pointerType === "touch") return;
      this.settling = setTimeout(() => (index === undefined ? this.hush() : this.tell(index)), SETTLE);
    });
    this.svg.addEventListener("pointerleave", () => this.hush());
    this.svg.addEventListener("pointerdown", ({ pointerType }) => (this.pointer = pointerType));
    this.svg.addEventListener("click", (event) => this.click(event));
    this.svg.addEventListener("focusin", (event) => {
      const index = under(event);
      if (index === undefined) return;
      this.rove(index);
      this.ringed = event.target.matches(":focus-visible") ? index : undefined;
      if (this.ringed !== undefined) this.tell(index);
    });
    this.svg.addEventListener("focusout", () => {
      this.ringed = undefined;
      this.hush();
    });
    this.svg.addEventListener("keydown", (event) => this.press(event, under(event)));
  }

  click(event) {
    const index = this.meant(event);
    if (index === undefined) return this.hush();
    this.reach(index);
    this.toggle(index);
  }

  /** The region a pointer means: a fingertip beside a small region means the small one, a mouse what it points at. */
  meant(event) {
    const exact = under(event);
    const touched = (event.pointerType ?? this.pointer) === "touch"; // not every browser says so of a click
    if (!touched || (exact !== undefined && this.isSmall(exact))) return exact;
    let [nearest, least] = [exact, TARGET / 2];
    for (const [index, { area }] of this.shapes) {
      const away = distance(event, area.getBoundingClientRect());
      if (away < least && (exact === undefined || this.isSmall(index))) [nearest, least] = [index, away];
    }
    return nearest;
  }

  isSmall(index) {
    const { width, height } = this.shapes.get(index).area.getBoundingClientRect();
    return Math.min(width, height) < TARGET;
  }

  press(event, index) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const order = [...this.shapes.keys()];
    if (event.key in WAYS) this.step(index, WAYS[event.key]);
    else if (event.key === "Home") this.reach(order[0]);
    else if (event.key === "End") this.reach(order.at(-1));
    else if (event.key === "Enter" || event.key === " ") this.toggle(index);
    else if (event.key === "Escape" && !this.card.hidden) this.hush();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  step(index, way) {
    const next = figure.regions[index].near[way];
    if (this.shapes.has(next)) this.reach(next);
  }

  reach(index) {
    this.rove(index);
    this.shapes.get(index).area.focus({ preventScroll: false });
    this.tell(index);
  }

  rove(index) {
    this.shapes.get(this.at).area.setAttribute("tabindex", -1);
    this.shapes.get(index).area.setAttribute("tabindex", 0);
    this.at = index;
  }

  toggle(index) {
    const { id } = this.shapes.get(index).region;
    this.choose(this.selected.includes(id) ? this.selected.filter((other) => other !== id) : [...this.selected, id]);
  }

  choose(ids) {
    this.selected = ids;
    this.mark();
    this.list();
    this.send(ids);
  }

  send(ids) {
    this.tellServer("selected", { ids, given: this.given });
  }
}

export default mounted(BodyMap);
