// One class a kind of field. Each shows an answer as it stands in its field, and reports another one as it is typed;
// what it means is read by the server.

import { draw, element, write } from "../flareboard.shared/markup.js";
import { Radios, Steps } from "../flareboard.shared/radios.js";

const NEARLY = 0.8; // of the characters that fit: from there on they are counted
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
let made = 0;

const length = (text) => [...text].length;

class Field {
  constructor(field, parent, report) {
    Object.assign(this, { field, name: field.name, report });
    this.id = `f${++made}`;
    this.box = write("div", `field ${field.kind}${field.wide ? " wide" : ""}`, undefined, parent);
    this.box.dataset.question = field.name;
    this.box.hidden = field.hidden;
    this.title = write(this.grouped ? "span" : "label", "label", field.label, this.box);
    this.title.id = `${this.id}-label`;
    if (field.required) write("span", "required", "required", this.title).setAttribute("aria-hidden", "true");
    this.help = this.line("help", field.help, this.box);
    this.body = write("div", "body", undefined, this.box);
    this.after = write("div", "after", undefined, this.box);
    this.build();
    this.error = this.line("error", "", this.after);
    if (field.required) (this.radios?.row ?? this.controls[0]).setAttribute("aria-required", "true");
    this.describe();
  }

  line(name, words, parent) {
    const made = write("p", name, words, parent);
    made.id = `${this.id}-${name}`;
    made.hidden = !words;
    return made;
  }

  /** A control that the label names. */
  control(tag, attributes = {}, parent = this.body) {
    const control = element(tag, { autocomplete: "off", ...attributes });
    this.controls = this.controls ?? [];
    control.id = `${this.id}-${this.controls.length}`;
    if (!this.controls.length) this.title.htmlFor = control.id;
    this.controls.push(control);
    parent.append(control);
    return control;
  }

  /** What help and error say is read out with the control, or the group, that they are about. */
  describe() {
    const ids = [this.help, this.error].filter((each) => !each.hidden).map((each) => each.id).join(" ");
    for (const control of this.grouped ? [this.body.querySelector("[role='radiogroup']") ?? this.box] : this.controls) {
      if (ids) control.setAttribute("aria-describedby", ids);
      else control.removeAttribute("aria-describedby");
    }
  }

  wrong(words) {
    this.error.textContent = words ?? "";
    this.error.hidden = !words;
    this.box.classList.toggle("wrong", Boolean(words));
    for (const control of this.controls ?? []) {
      if (words) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    this.describe();
  }

  focus() {
    this.box.querySelector("[tabindex='0'], input:not([hidden]), textarea, select, button")?.focus();
  }
}

/** One line, or several that grow; characters are counted before they run out. */
class Text extends Field {
  build() {
    const long = this.field.kind === "long";
    this.input = this.control(long ? "textarea" : "input", long ? { rows: "2", spellcheck: "true" } : { type: "text" });
    this.input.oninput = () => { this.count(); this.report(this.input.value); };
    this.left = write("p", "left", "", this.after);
    this.left.hidden = true;
  }

  count() {
    const most = this.field.longest;
    const now = length(this.input.value);
    const over = now > most;
    this.left.hidden = !most || now < NEARLY * most;
    this.left.classList.toggle("over", over);
    this.left.setAttribute("aria-live", over ? "polite" : "off");
    const spare = Math.abs(most - now).toLocaleString("en");
    this.left.textContent = this.left.hidden ? "" : over ? `${spare} characters too many` : `${spare} characters left`;
  }

  show(given) {
    if (this.input.value !== given) this.input.value = given;
    this.count();
  }
}

class Amount extends Field {
  build() {
    this.input = this.control("input", { type: "text", inputmode: "decimal" });
    this.input.oninput = () => this.report(this.input.value);
    if (this.field.unit) write("span", "unit", this.field.unit, this.body);
  }

  show(given) {
    if (this.input.value !== given) this.input.value = given;
  }
}

/** A day in a text field, so that whatever was typed stays; a calendar beside it for those who would rather point. */
class DayInput {
  constructor(field, parent, label, report) {
    this.frame = write("span", "day-input", undefined, parent);
    this.input = field.control("input", { type: "text", placeholder: "e.g. 3 Nov 2026" }, this.frame);
    this.input.oninput = () => report(this.input.value);
    const picker = element("input", { type: "date", tabindex: "-1", "aria-hidden": "true", class: "picker" });
    const open = element("button", { type: "button", class: "calendar", "aria-label": `Calendar: ${label}` });
    drawCalendar(open);
    open.onclick = () => { picker.value = iso(this.input.value); picker.showPicker(); };
    picker.onchange = () => {
      if (!picker.value) return;
      this.input.value = words(picker.value);
      report(this.input.value);
      this.input.focus();
    };
    this.frame.append(picker, open);
  }

  show(given) {
    if (this.input.value !== given) this.input.value = given;
  }
}

/** '2026-11-23' of '23 Nov 2026', or of itself; '' of anything else. */
function iso(text) {
  const [, day, month, year] = /^(\d{1,2}) (\w{3}) (\d{4})$/.exec(text.trim()) ?? [];
  const at = MONTHS.indexOf(month) + 1;
  if (at) return `${year}-${String(at).padStart(2, "0")}-${day.padStart(2, "0")}`;
  return /^\d{4}-\d\d-\d\d$/.test(text.trim()) ? text.trim() : "";
}

function words(day) {
  const [year, month, of] = day.split("-").map(Number);
  return `${of} ${MONTHS[month - 1]} ${year}`;
}

function drawCalendar(button) {
  const drawing = draw("svg", { viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true" }, button);
  draw("rect", { x: "2", y: "3", width: "12", height: "11", rx: "1.5", fill: "none", stroke: "currentColor" }, drawing);
  draw("path", { d: "M2 6.5h12M5 1.5v3M11 1.5v3", stroke: "currentColor", fill: "none" }, drawing);
}

class Day extends Field {
  build() {
    this.day = new DayInput(this, this.body, this.field.label, (value) => this.report(value));
  }

  show(given) {
    this.day.show(given);
  }
}

/** A list to choose from; an answer that is on it no more stays one. */
class List {
  constructor(field, parent, none, options, report) {
    this.select = field.control("select", {}, parent);
    this.select.onchange = () => report(this.select.value);
    this.option("", none, this.select);
    for (const { code, words, group } of options) this.option(code, words, group ? this.group(group) : this.select);
  }

  group(label) {
    const there = [...this.select.querySelectorAll("optgroup")].find((each) => each.label === label);
    if (there) return there;
    const group = element("optgroup", { label });
    this.select.append(group);
    return group;
  }

  option(code, words, parent) {
    const option = write("option", "", words, parent);
    option.value = code;
  }

  show(code, words = code) {
    if (![...this.select.options].some((each) => each.value === code)) this.option(code, words, this.select);
    this.select.value = code;
  }
}

/** A few answers side by side, many in a list; what is to be said of the one chosen stands below it. */
class Choice extends Field {
  get grouped() {
    return this.field.chips;
  }

  build() {
    const { options, chips } = this.field;
    const chosen = (code) => this.report(code ?? "");
    if (chips) this.radios = new Radios(this.body, options.map(({ code, words }) => [code, words]), this.title.id, chosen);
    else this.list = new List(this, this.body, "Choose …", options, chosen);
    if (chips) this.radios.stays = this.field.required;
    this.remark = write("p", "remark", "", this.after);
    this.remark.setAttribute("aria-live", "polite");
    this.remark.hidden = true;
  }

  show(given) {
    (this.radios ?? this.list).show(given);
    const remark = this.field.options.find((each) => each.code === given)?.remark ?? "";
    if (this.remark.textContent !== remark) this.remark.textContent = remark;
    this.remark.hidden = !remark;
  }
}

/** Any of them. The answer is what was put in and taken out of those that are chosen anyway: '+course|-measures'. */
class Several extends Field {
  get grouped() {
    return true;
  }

  build() {
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-labelledby", this.title.id);
    const { options, folded } = this.field;
    const place = folded ? write("details", "fold", undefined, this.body) : this.body;
    if (folded) this.sum = write("summary", "", "", place);
    this.boxes = options.map((option) => this.option(option, this.group(option.group, place)));
  }

  group(label, place) {
    if (!label) return place;
    const there = [...place.querySelectorAll("fieldset")].find((each) => each.dataset.group === label);
    if (there) return there;
    const group = write("fieldset", "", undefined, place);
    group.dataset.group = label;
    write("legend", "", label, group);
    return group;
  }

  option({ code, words, fixed }, parent) {
    const label = write("label", "tick", undefined, parent);
    const box = element("input", { type: "checkbox" });
    box.disabled = fixed;
    box.onchange = () => this.toggle(code, box.checked);
    label.append(box);
    write("span", "", words, label);
    return box;
  }

  toggle(code, on) {
    const { preset } = this.field.options.find((each) => each.code === code);
    this.moved.delete(code);
    if (on !== preset) this.moved.set(code, on);
    this.report([...this.moved].map(([each, put]) => `${put ? "+" : "-"}${each}`).join("|"));
  }

  show(given) {
    this.moved = new Map(given.split("|").filter(Boolean).map((part) => [part.slice(1), part[0] === "+"]));
    const chosen = ({ code, preset, fixed }) => fixed || (this.moved.get(code) ?? preset);
    this.field.options.forEach((option, at) => {
      this.boxes[at].checked = chosen(option);
      this.boxes[at].parentElement.classList.toggle("beyond", Boolean(option.group) && chosen(option) && !option.fixed && !option.preset);
    });
    if (this.sum) this.sum.textContent = this.told(chosen);
  }

  /** '12 chosen, 2 beyond the minimum, 1 of the minimum left out'. */
  told(chosen) {
    const { options } = this.field;
    const on = options.filter(chosen);
    const beyond = on.filter(({ preset, fixed }) => !preset && !fixed).length;
    const out = options.filter((each) => each.preset && !chosen(each)).length;
    return [
      `${on.length} chosen`,
      beyond ? `${beyond} beyond the minimum` : out ? "" : "the minimum",
      out ? `${out} of the minimum left out` : "",
    ].filter(Boolean).join(", ");
  }
}

/** Somebody from the list, or a name. */
class People extends Field {
  build() {
    const options = this.field.people.map(([id, words]) => ({ code: String(id), words }));
    this.list = new List(this, this.body, "Nobody yet", [...options, { code: "other", words: "Somebody else …" }], (code) => this.chosen(code));
    this.other = this.control("input", { type: "text", "aria-label": `${this.field.label}: name`, placeholder: "Name" });
    this.other.oninput = () => this.report({ id: null, name: this.other.value });
  }

  chosen(code) {
    this.asked = code === "other";
    const id = code && !this.asked ? Number(code) : null;
    const known = this.field.people.find(([each]) => each === id);
    this.report({ id, name: id === null ? "" : known[1] });
    if (this.asked) this.other.focus();
  }

  show({ id, name }) {
    this.asked = id === null && (Boolean(name) || this.asked);
    this.list.show(this.asked ? "other" : id === null ? "" : String(id), name);
    this.other.hidden = !this.asked;
    const typed = this.asked ? name : "";
    if (this.other.value !== typed) this.other.value = typed;
  }
}

class Scale extends Field {
  get grouped() {
    return true;
  }

  build() {
    this.radios = new Steps(this.body, this.field.ends, this.title.id, (step) => this.report(step ?? null));
    const ends = write("div", "ends", undefined, this.body);
    ends.setAttribute("aria-hidden", "true");
    for (const words of this.field.ends) write("span", "", words, ends);
  }

  show(given) {
    this.radios.show(given ?? undefined);
  }
}

/** -2 to +2, each with its words. */
class Level extends Field {
  get grouped() {
    return true;
  }

  build() {
    const words = (level) => this.field.options.find(({ code }) => Number(code) === level)?.words ?? "";
    const sign = (level) => (level > 0 ? `+${level}` : `${level}`.replace("-", "−"));
    const options = [-2, -1, 0, 1, 2].map((level) => [level, sign(level), [sign(level), words(level)].filter(Boolean).join(", ")]);
    this.radios = new Radios(this.body, options, this.title.id, (level) => this.report(level ?? null));
    this.radios.buttons.forEach((button, index) => {
      const level = index - 2;
      button.replaceChildren();
      write("span", "step", sign(level), button);
      if (words(level)) write("span", "said", words(level), button);
    });
  }

  show(given) {
    this.radios.show(given ?? undefined);
  }
}

/** Days of a chart that something rests on; those of the page by one click. */
class Evidence extends Field {
  get grouped() {
    return true;
  }

  build() {
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-labelledby", this.title.id);
    const { charts, regions } = this.field;
    this.chart = this.part("Chart", (place) => new List(this, place, "No evidence", charts, (chart) => this.set({ chart })));
    this.region = this.part("Region", (place) => new List(this, place, "Choose …", regions, (region) => this.set({ region })));
    this.start = this.part("From", (place) => new DayInput(this, place, "first day", (start) => this.set({ start })));
    this.end = this.part("to", (place) => new DayInput(this, place, "last day", (end) => this.set({ end })));
    const row = write("div", "quick", undefined, this.after);
    if (this.field.period) this.quick(row, `The page's days: ${this.field.period.words}`, () => this.ofThePage());
    this.clear = this.quick(row, "Clear", () => this.set({ chart: "", region: "", start: "", end: "" }));
  }

  part(words, make) {
    const place = write("div", "part", undefined, this.body);
    const label = write("label", "", words, place);
    const made = Object.assign(make(place), { place });
    label.htmlFor = (made.select ?? made.input).id;
    return made;
  }

  quick(row, words, act) {
    const button = write("button", "chip", words, row);
    button.type = "button";
    button.onclick = act;
    return button;
  }

  ofThePage() {
    const { start, end } = this.field.period;
    this.set({ start, end });
    if (!this.given.chart) this.chart.select.focus();
  }

  set(part) {
    this.report({ ...this.given, ...part });
  }

  show(given) {
    this.given = given;
    this.chart.show(given.chart);
    this.region.show(given.region);
    this.region.place.hidden = !this.field.with_region.includes(given.chart);
    this.start.show(given.start);
    this.end.show(given.end);
    this.clear.hidden = !Object.values(given).some(Boolean);
  }
}

const KINDS = {
  text: Text, long: Text, number: Amount, day: Day, choice: Choice, several: Several, people: People, scale: Scale, level: Level, evidence: Evidence,
};

/** The field of that description; `report` is told what stands in it. */
export function fieldOf(field, report) {
  return new KINDS[field.kind](field, document.createDocumentFragment(), report);
}
