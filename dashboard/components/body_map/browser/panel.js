// What stands beside a map that is filled in: intensity, qualities and depth of one region, and what to do with it.

import { figure } from "../flareboard.body_figure/figure.js";
import { write } from "../flareboard.shared/markup.js";
import { Choices } from "./choices.js";

const VIEWS = { front: "Front", back: "Back" };

export class Panel {
  /** `map` is asked for what to show and told what was pressed. */
  constructor(parent, told, map) {
    this.map = map;
    this.words = told.words;
    const sheet = write("div", "sheet", "", parent);
    this.tabs = new Choices(sheet, { className: "tabs", items: Object.entries(VIEWS), single: true, pick: (side) => map.turn(side) });
    this.figure = write("div", "figure", "", sheet);
    this.box = write("div", "panel", "", parent);
    this.buildRating(told);
    this.buildActions();
    this.buildMore(told);
    this.help = write("p", "help", this.words.help, this.box);
    this.help.id = "help";
    this.live = write("div", "live", "", this.box);
    this.live.setAttribute("aria-live", "polite");
    this.box.addEventListener("keydown", (event) => this.press(event));
  }

  buildRating({ ramp, said }) {
    const rating = (this.rating = write("div", "rating", "", this.box));
    this.who = write("div", "who", "", rating);
    const items = said.map((words, value) => [value, `${value}`, words]);
    const scale = write("div", "scale", "", rating);
    this.strip = new Choices(scale, { className: "strip", items, single: true, pick: (value) => this.map.rate(value) });
    this.strip.buttons.forEach((button, value) => {
      if (ramp[value][0] !== "none") button.style.backgroundColor = ramp[value][0];
      button.style.color = ramp[value][0] === "none" ? "" : ramp[value][1];
    });
    this.clear = this.button(scale, this.words.clear, () => this.map.clear());
  }

  buildMore({ qualities, depths, words }) {
    this.more = write("div", "more", "", this.box);
    write("span", "label", words.qualities, this.more);
    this.qualities = new Choices(this.more, { className: "chips", items: qualities, pick: (id) => this.toggleQuality(id) });
    write("span", "label", words.depth, this.more);
    const items = depths.map((depth) => [depth, depth]);
    this.depths = new Choices(this.more, { className: "chips", items, pick: (depth) => this.toggleDepth(depth) });
  }

  buildActions() {
    const bar = write("div", "actions", "", this.box);
    this.undo = this.button(bar, this.words.undo, () => this.map.undo());
    this.several = this.button(bar, this.words.paint, () => this.map.paintOnOff());
  }

  button(bar, text, act) {
    const made = write("button", "", text, bar);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  toggleQuality(id) {
    const { qualities } = this.map.shownMark();
    this.map.describe({ qualities: qualities.includes(id) ? qualities.filter((other) => other !== id) : [...qualities, id] });
  }

  toggleDepth(depth) {
    this.map.describe({ depth: this.map.shownMark().depth === depth ? "" : depth });
  }

  // Shown again after every change ----------------------------------------------------------------------------------

  refresh() {
    const { map, words } = this;
    const mark = map.shownMark();
    const name = map.painting ? words.brush : map.current === undefined ? "" : figure.regions[map.current].name;
    this.who.replaceChildren();
    write("b", "", name || words.start, this.who);
    if (name) write("span", "", map.painting ? words.brush_how : map.spoken(map.current), this.who);
    this.who.classList.toggle("asking", Boolean(name) && mark.value === null && (map.painting || map.marks.has(map.current)));
    this.strip.show([mark.value], `${words.intensity}, ${name || words.next}`);
    this.qualities.show(mark.qualities, `${words.qualities}, ${name || words.next}`);
    this.depths.show([mark.depth], `${words.depth}, ${name || words.next}`);
    this.more.hidden = !map.painting && !map.marks.has(map.current);
    this.refreshActions(name);
    this.refreshTabs();
  }

  refreshActions(name) {
    const { map, words } = this;
    this.undo.disabled = !map.past.length;
    this.clear.setAttribute("aria-label", `${words.clear}: ${name || words.next}`);
    this.clear.disabled = map.painting || !map.marks.has(map.current);
    this.several.setAttribute("aria-pressed", map.painting);
  }

  refreshTabs() {
    const { map } = this;
    this.tabs.row.hidden = !map.narrow;
    this.tabs.show([map.side], this.words.side);
    for (const [place, view] of this.tabs.values.entries()) {
      const hurts = ([index, { value }]) => figure.regions[index].view === view && value !== 0;
      const count = [...map.marks].filter(hurts).length;
      this.tabs.buttons[place].textContent = count ? `${VIEWS[view]} · ${count}` : VIEWS[view];
    }
  }

  /** On a phone the intensities stick to the lower edge: a region behind them is moved up into sight. */
  uncover(area) {
    const hidden = area.getBoundingClientRect().bottom - this.rating.getBoundingClientRect().top;
    if (hidden > 0 && this.map.narrow) scroller(this.box)?.scrollBy(0, hidden);
  }

  say(words) {
    this.live.textContent = words;
  }

  /** From a region to how it feels; its intensity was set on the figure by a digit. */
  enter() {
    this.qualities.buttons[this.qualities.at].focus();
  }

  press(event) {
    if (event.key === "Escape") this.map.comeBack();
    else if (!this.map.type(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** What scrolls around an element, through the edges of shadow roots. */
function scroller(element) {
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.scrollingElement;
}
