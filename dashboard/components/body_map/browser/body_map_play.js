// Plays a course of maps in the browser: every step came with the page, none asks the server.

import { BodyMap, mounted } from "../flareboard.body_map/body_map.js";
import { figure } from "../flareboard.body_figure/figure.js";
import { dress, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("body_map_play.css", import.meta.url));
const FIRST = 48; // the character that stands for the first region, and for the lowest intensity
const SELDOM = 64; // the character below the letters of seldom regions: 'A' is 1
const HURTS = "h";
const OTHERWISE = "o"; // hurts, but not in the way that was asked for
const PACE = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1500 : 700; // ms a step stays while it plays
const RECENT = 3; // steps for which a location that no longer hurts counts as recent
const NEVER = -1;

class Player extends BodyMap {
  constructor(parent) {
    super(parent);
    dress(parent, style);
    const bar = write("div", "player", "");
    this.root.insertBefore(bar, this.legend);
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Steps of the course");
    this.back = this.button(bar, "◂", "One step back", () => this.go(this.frame - 1, true));
    this.toggler = this.button(bar, "", "", () => (this.clock ? this.pause() : this.start()));
    this.on = this.button(bar, "▸", "One step on", () => this.go(this.frame + 1, true));
    this.slider = write("input", "", "", bar);
    this.slider.type = "range";
    this.slider.min = 0;
    this.slider.setAttribute("aria-label", "Step");
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value), false));
    this.line = write("div", "line", "");
    this.root.insertBefore(this.line, this.legend);
    this.live = write("div", "live", "", this.root);
    this.live.setAttribute("aria-live", "polite");
    this.pause();
  }

  button(bar, sign, name, act) {
    const made = write("button", "", sign, bar);
    made.type = "button";
    if (name) made.setAttribute("aria-label", name);
    made.addEventListener("click", act);
    return made;
  }

  update(told) {
    const text = JSON.stringify(told.frames);
    this.told = told;
    if (text !== this.text) this.open(text);
    super.update(this.drawn());
    this.name(false);
  }

  /** Another course: begin where it ends, which is what the person knows from today. */
  open(text) {
    this.text = text;
    this.pause();
    this.maps = this.told.frames.map(([, , packed]) => unpacked(packed));
    this.seldom = this.told.frames.map(([, , packed]) => new Set(seldomOf(packed)));
    this.last = lastSeen(this.maps);
    this.frame = Math.max(this.maps.length - 1, 0);
    this.slider.max = this.frame;
  }

  // One step -------------------------------------------------------------------------------------------------------

  drawn() {
    const { height, title, sheets, frames, legend, words } = this.told;
    const [label, days] = frames[this.frame] ?? ["", 0];
    const regions = days ? this.regions() : {};
    return {
      view: "both", height, title, sheets, legend, regions,
      unit: words.unit, note: label, quiet: words.quiet, keys: this.keys(days),
      empty: days ? "" : words.empty, selected: [], given: "", hint: words.hint,
    };
  }

  regions() {
    const told = {};
    for (const index of figure.regions.keys()) {
      const value = this.maps[this.frame].get(index);
      const seen = this.last[this.frame][index];
      if (value !== undefined) told[index] = this.region(value, this.seldom[this.frame].has(index));
      else if (seen !== NEVER) told[index] = this.ghost(seen);
    }
    return told;
  }

  region(value, seldom) {
    const { said, ramp, words } = this.told;
    if (value === OTHERWISE) return ["", "none", "", words.otherwise, "", "ghost"];
    return value === HURTS ? ["", "none", "", words.unrated, "", "dots"] : [`${value}`, ...ramp[value], said[value], "", seldom ? "seldom" : ""];
  }

  ghost(seen) {
    const { words, frames } = this.told;
    const old = this.frame - seen > RECENT ? " old" : "";
    return ["", "none", "", words.quiet, `${words.last} ${frames[seen][0]}`, `ghost${old}`];
  }

  keys(days) {
    const { words } = this.told;
    return days ? words.keys : [["hatch", words.none], ...words.keys];
  }

  /** `aloud`: a button was pressed, which says nothing by itself; the slider speaks its own value. */
  go(frame, aloud) {
    this.frame = Math.max(0, Math.min(frame, this.maps.length - 1));
    this.data = this.drawn();
    this.svg.setAttribute("aria-label", `${this.data.title}, ${this.data.unit}. ${this.data.note}`);
    this.paint();
    this.fit();
    this.explain();
    if (this.shown !== undefined && !this.card.hidden) this.tell(this.shown);
    this.name(aloud);
  }

  name(aloud) {
    const { frames, words } = this.told;
    const [label, days] = frames[this.frame] ?? [words.nothing, 0];
    const count = [...(this.maps[this.frame]?.values() ?? [])].filter((value) => value !== OTHERWISE).length;
    const rests = days ? `${days} ${days === 1 ? words.day : words.days}` : words.empty;
    const spread = `${count} ${count === 1 ? words.region : words.regions}`;
    this.line.textContent = [label, rests, days ? spread : ""].filter(Boolean).join(" · ");
    this.live.textContent = aloud ? this.line.textContent : "";
    this.slider.value = this.frame;
    this.slider.setAttribute("aria-valuetext", `${this.frame + 1} of ${frames.length}: ${this.line.textContent}`);
    this.back.disabled = this.frame === 0;
    this.on.disabled = this.frame >= frames.length - 1;
    this.toggler.disabled = this.slider.disabled = frames.length < 2;
  }

  // The clock ------------------------------------------------------------------------------------------------------

  start() {
    if (this.frame >= this.maps.length - 1) this.go(0, false);
    this.clock = setInterval(() => this.tick(), PACE);
    this.toggler.textContent = "❚❚ Pause";
  }

  tick() {
    this.go(this.frame + 1, false);
    if (this.frame >= this.maps.length - 1) this.pause();
  }

  pause() {
    clearInterval(this.clock);
    this.clock = undefined;
    this.toggler.textContent = "▶ Play";
  }

  leave() {
    this.pause();
    super.leave();
  }

  /** Selected regions keep their border while the course plays; the page is not asked. */
  send() {}
}

/** The regions that hurt in one step: number of the region, and its intensity or `HURTS`. */
function unpacked(text) {
  const map = new Map();
  for (let i = 0; i < text.length; i += 2) {
    const value = text[i + 1];
    map.set(text.charCodeAt(i) - FIRST, [HURTS, OTHERWISE].includes(value) ? value : value.charCodeAt(0) - (isSeldom(value) ? SELDOM : FIRST));
  }
  return map;
}

function isSeldom(value) {
  return ![HURTS, OTHERWISE].includes(value) && value.charCodeAt(0) > SELDOM;
}

/** The regions of one step that hurt on too few of its days to be painted as usual. */
function* seldomOf(text) {
  for (let i = 0; i < text.length; i += 2) if (isSeldom(text[i + 1])) yield text.charCodeAt(i) - FIRST;
}

/** For each step the step before it in which each region hurt last. */
function lastSeen(maps) {
  const seen = new Int16Array(figure.regions.length).fill(NEVER);
  return maps.map((map, step) => {
    const before = seen.slice();
    for (const index of map.keys()) seen[index] = step;
    return before;
  });
}

export default mounted(Player);
