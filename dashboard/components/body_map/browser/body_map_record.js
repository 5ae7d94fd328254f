// Fills in a map: what was set stays here and is reported after a short pause; the page replaces it by a new revision.

import { BodyMap, mounted } from "../flareboard.body_map/body_map.js";
import { figure } from "../flareboard.body_figure/figure.js";
import { dress, sheetFrom, write } from "../flareboard.shared/markup.js";
import { Panel } from "./panel.js";

const style = await sheetFrom(new URL("body_map_record.css", import.meta.url));
const PAUSE = 200; // ms without a change before the marks are reported
const TEN = 900; // ms within which a 0 after a 1 makes ten
const NARROW = 480; // px of width below which one view is shown at a time
const PHONE_SHARE = 0.6; // of the window's height, for the figure on a narrow screen
const WAYS = { ArrowUp: 0, ArrowRight: 1, ArrowDown: 2, ArrowLeft: 3 };
const BARE = { value: null, qualities: [], depth: "" };

class Recorder extends BodyMap {
  constructor(parent) {
    super(parent);
    dress(parent, style);
    this.root.classList.add("recording");
    this.desk = write("div", "desk", "", this.root);
    this.marks = new Map(); // region number -> { value, qualities, depth }
    this.brush = BARE;
    this.past = [];
    this.side = "front";
    this.painting = false;
    this.widths = new ResizeObserver(() => this.measure());
  }

  update(told) {
    this.told = told;
    if (!this.panel) {
      this.panel = new Panel(this.desk, told, this);
      this.panel.figure.append(this.stage);
    }
    if (told.revision !== this.revision) this.take(told);
    this.narrow = this.root.clientWidth < NARROW;
    this.redraw();
    this.widths.observe(this.root);
    this.watchTheDoors();
  }

  /** The page put other marks in place of these; what stood here before can be had back by undoing, unless the map
   *  begins anew: then it belongs to another entry. */
  take({ revision, marks }) {
    if (!marks.length) this.beginAnew();
    else if (this.revision !== undefined) this.remember();
    this.revision = revision;
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.marks = new Map(marks.map(([index, value, qualities, depth]) => [index, { value, qualities, depth }]));
  }

  /** Nothing goes over from one entry to the next: no intensity, no region in hand, nothing to undo. */
  beginAnew() {
    this.past = [];
    this.brush = BARE;
    this.current = this.typed = undefined;
    this.painting = false;
    this.root.classList.remove("painting");
  }

  leave() {
    this.flush();
    this.widths.disconnect();
    this.doors?.abort();
    this.doors = undefined;
    super.leave();
  }

  // Drawing --------------------------------------------------------------------------------------------------------

  redraw() {
    super.update(this.drawn());
    this.panel.refresh();
  }

  build(view) {
    super.build(view);
    this.svg.setAttribute("aria-describedby", "help");
    this.svg.addEventListener("pointerdown", (event) => this.beginStroke(event));
    this.svg.addEventListener("focusin", (event) => this.panel.uncover(event.target));
    this.svg.addEventListener("pointermove", (event) => this.followStroke(event));
  }

  first() {
    super.first();
    if (this.shapes.has(this.current)) super.rove(this.current);
  }

  drawn() {
    const { height, title, sheets, words } = this.told;
    const regions = {};
    for (const [index, mark] of this.marks) regions[index] = this.region(mark);
    return {
      view: this.narrow ? this.side : "both", title, sheets, regions, unit: words.unit, quiet: words.quiet,
      height: this.narrow ? Math.max(height, Math.round(PHONE_SHARE * window.innerHeight)) : height,
      note: `${this.marks.size} ${this.marks.size === 1 ? words.region : words.regions}`,
      legend: [], keys: [], empty: "", selected: [], given: "", hint: "",
    };
  }

  region({ value, qualities, depth }) {
    const { ramp, said, words, qualities: known } = this.told;
    const named = known.filter(([id]) => qualities.includes(id)).map(([, name]) => name);
    const more = [...named, depth].filter(Boolean).join(", ");
    return value === null ? ["", "none", "", words.unrated, more, "dots"] : [`${value}`, ...ramp[value], said[value], more, ""];
  }

  /** The buttons for the intensity are the legend, and the panel says what is being filled in. */
  explain() {}

  list() {}

  /** Every mark is selected for whoever listens; on the screen the border shows the region being filled in. */
  mark() {
    super.mark();
    for (const [index, shape] of this.shapes) {
      shape.area.setAttribute("aria-selected", this.marks.has(index));
      shape.mark.classList.toggle("chosen", index === this.current && !this.painting);
    }
  }

  measure() {
    const narrow = this.root.clientWidth < NARROW;
    if (narrow === this.narrow) return;
    this.narrow = narrow;
    this.redraw();
  }

  turn(side) {
    this.side = side;
    this.redraw();
  }

  // Changing marks -------------------------------------------------------------------------------------------------

  remember() {
    this.past.push(new Map(this.marks));
  }

  /** Gives regions their marks, or takes them away with null, as one step that can be undone. */
  set(index, mark) {
    this.remember();
    this.put(index, mark);
  }

  put(index, mark) {
    if (mark) this.marks.set(index, mark);
    else this.marks.delete(index);
    this.changed(`${figure.regions[index].name}, ${this.spoken(index)}`);
  }

  changed(words) {
    this.redraw();
    this.panel.say(words);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.flush(), PAUSE);
  }

  spoken(index) {
    const mark = this.marks.get(index);
    if (!mark) return this.told.words.quiet;
    const [, , , value, more] = this.region(mark);
    return [value, more].filter(Boolean).join(", ");
  }

  /** What the panel shows as pressed: the brush while painting, else the region that was reached last. */
  shownMark() {
    if (this.painting) return this.brush;
    return this.marks.get(this.current) ?? (this.current === undefined ? this.brush : BARE);
  }

  rate(value) {
    this.describe({ value });
  }

  describe(change) {
    this.brush = { ...this.brush, ...change };
    if (this.painting || this.current === undefined) return this.panel.refresh();
    const before = this.marks.get(this.current) ?? BARE;
    this.set(this.current, { ...before, ...change });
  }

  clear() {
    if (this.marks.has(this.current)) this.set(this.current, null);
  }

  undo() {
    if (!this.past.length) return;
    this.marks = this.past.pop();
    this.changed(this.told.words.undone);
  }

  /** A tap, Enter or Space: a bare region gets the intensity used last, a marked one is only looked at. */
  toggle(index) {
    if (this.painting) this.set(index, { ...this.brush });
    else if (!this.marks.has(index)) this.set(index, { ...BARE, value: this.brush.value });
  }

  // Painting several -----------------------------------------------------------------------------------------------

  paintOnOff() {
    this.painting = !this.painting;
    const mark = this.marks.get(this.current);
    if (this.painting && mark) this.brush = { ...mark };
    this.root.classList.toggle("painting", this.painting);
    this.panel.say(this.painting ? this.told.words.brush_how : this.told.words.painted);
    this.mark();
    this.panel.refresh();
  }

  beginStroke(event) {
    if (!this.painting || !event.isPrimary || event.button) return;
    this.stroke = this.meant(event);
    if (event.pointerType === "touch") this.svg.releasePointerCapture(event.pointerId);
    this.remember();
    if (this.stroke !== undefined) this.put(this.stroke, { ...this.brush });
  }

  followStroke(event) {
    if (!this.painting || !event.isPrimary || !event.buttons) return;
    const index = this.meant(event);
    if (index === undefined || index === this.stroke) return;
    this.stroke = index;
    this.put(index, { ...this.brush });
  }

  click(event) {
    const index = this.meant(event);
    if (index === undefined) return this.hush();
    this.reach(index);
    if (!this.painting || event.detail === 0) this.toggle(index);
  }

  // Keyboard -------------------------------------------------------------------------------------------------------

  press(event, index) {
    if (this.type(event) || this.spread(event, index) || this.enter(event, index)) {
      event.preventDefault();
      event.stopPropagation();
    } else super.press(event, index);
  }

  /** Keys that mean the same on the figure and in the panel; returns whether this was one of them. */
  type(event) {
    if (event.key === "z" && (event.ctrlKey || event.metaKey)) this.undo();
    else if (event.ctrlKey || event.metaKey || event.altKey) return false;
    else if (/^[0-9]$/.test(event.key)) this.digit(Number(event.key), event.timeStamp);
    else if (event.key === "Delete" || event.key === "Backspace") this.clear();
    else return false;
    return true;
  }

  digit(value, time) {
    const ten = value === 0 && this.typed && this.typed.index === this.current && time - this.typed.time < TEN;
    if (ten) this.past.pop();
    this.typed = value === 1 ? { index: this.current, time } : undefined;
    this.rate(ten ? 10 : value);
  }

  /** Shift and an arrow give the next region what this one has. */
  spread(event, index) {
    if (!event.shiftKey || !(event.key in WAYS) || !this.marks.has(index)) return false;
    const next = figure.regions[index].near[WAYS[event.key]];
    if (next !== index && next >= 0) {
      this.set(next, { ...this.marks.get(index) });
      this.step(index, WAYS[event.key]);
    }
    return true;
  }

  enter(event, index) {
    const inside = event.key === "Enter" && this.marks.has(index) && !this.painting;
    if (inside) this.panel.enter();
    return inside || (event.key === "Escape" && this.painting && (this.paintOnOff(), true));
  }

  step(index, way) {
    const next = figure.regions[index].near[way];
    if (this.narrow && next !== undefined && !this.shapes.has(next)) this.turn(figure.regions[next].view);
    super.step(index, way);
  }

  reach(index) {
    this.rove(index);
    this.shapes.get(index).area.focus();
  }

  rove(index) {
    super.rove(index);
    if (index === this.current) return;
    this.current = index;
    this.mark();
    this.panel.refresh();
  }

  comeBack() {
    this.shapes.get(this.at).area.focus();
  }

  // Reporting ------------------------------------------------------------------------------------------------------

  flush() {
    if (this.waiting === undefined) return;
    clearTimeout(this.waiting);
    this.waiting = undefined;
    const marks = [...this.marks].map(([index, { value, qualities, depth }]) => [index, value, qualities, depth]);
    this.tellServer("marks", { revision: this.revision, marks });
    // The form beside the map keeps what a server that is down did not hear.
    this.root.dispatchEvent(new CustomEvent("marks", { bubbles: true, composed: true, detail: marks }));
  }

  /** Whoever presses 'Save' right after a mark means that mark too: it goes out before the page hears of the press. */
  watchTheDoors() {
    if (this.doors) return;
    this.doors = new AbortController();
    const on = (target, name, act) => target.addEventListener(name, act, { capture: true, signal: this.doors.signal });
    on(window, "pointerdown", (event) => event.composedPath().includes(this.root) || this.flush());
    on(window, "pagehide", () => this.flush());
    on(document, "visibilitychange", () => this.flush());
    // While the form beside the map saves, a mark would belong to no entry.
    on(window, "entry-saving", (event) => { this.root.inert = event.detail; });
    on(this.root, "focusout", (event) => this.root.contains(event.relatedTarget) || this.flush());
  }
}

export default mounted(Recorder);
