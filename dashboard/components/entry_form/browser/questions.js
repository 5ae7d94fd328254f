// One class a kind of question. Each shows a value, or that there is none, and reports another one; `undefined` is
// 'not answered', which a second press on the chosen answer, Delete or Backspace brings back.

import { write } from "../flareboard.shared/markup.js";
import { once, Radios, Steps } from "../flareboard.shared/radios.js";

const NONE = "not answered";
let made = 0;

export class Question {
  constructor(question, parent, report) {
    Object.assign(this, { name: question.name, label: question.label, question, report });
    this.id = `q${++made}`;
    this.box = write("div", `question ${question.kind}`, "", parent);
    this.box.dataset.question = question.name;
    const line = write("div", "line", "", this.box);
    this.title = write("span", "label", question.label, line);
    this.title.id = `${this.id}-label`;
    this.said = write("span", "said", NONE, line);
    // Whoever is in the question hears each answer it gets; the others stay silent when an entry begins anew.
    this.box.addEventListener("focusin", () => this.said.setAttribute("aria-live", "polite"));
    this.box.addEventListener("focusout", () => this.said.removeAttribute("aria-live"));
  }

  say(words) {
    this.said.textContent = words ?? NONE;
    this.box.classList.toggle("answered", words !== undefined && words !== null);
  }

  focus() {
    this.box.querySelector("[tabindex='0'], input, textarea, button")?.focus();
  }
}

/** 0 to 10, one tap; digits set it, 1 and 0 in a moment make ten. */
export class Scale extends Question {
  constructor(question, parent, report) {
    super(question, parent, report);
    const [low, high] = question.ends;
    this.radios = new Steps(this.box, question.ends, this.title.id, report);
    const ends = write("div", "ends", "", this.box);
    write("span", "", low, ends);
    write("span", "", high, ends);
    ends.setAttribute("aria-hidden", "true");
  }

  show(value) {
    this.radios.show(value);
    this.say(value === undefined ? null : `${value} of 10`);
  }
}

/** Yes or no, or neither. */
export class Choice extends Question {
  constructor(question, parent, report) {
    super(question, parent, report);
    this.radios = new Radios(this.box, question.options, this.title.id, report);
    this.radios.typed = (event) => {
      const index = question.options.findIndex(([, words]) => words[0].toLowerCase() === event.key.toLowerCase());
      if (index >= 0) this.radios.choose(index);
    };
  }

  show(value) {
    this.radios.show(value);
    this.say(this.question.options.find(([each]) => each === value)?.[1]);
  }
}

/** A number with its unit: usual ones by one tap, any by typing it. */
export class Amount extends Question {
  constructor(question, parent, report) {
    super(question, parent, report);
    const row = write("div", "measured", "", this.box);
    const options = question.options.map(([value, words]) => [value, words, `${words} ${question.unit}`]);
    this.radios = new Radios(row, options, this.title.id, report);
    this.input = write("input", "", "", row);
    Object.assign(this.input, { type: "text", inputMode: "decimal", autocomplete: "off", maxLength: 6, placeholder: question.unit });
    this.input.setAttribute("aria-label", `${question.label}, ${question.unit}`);
    this.input.oninput = () => this.typed();
    this.radios.typed = (event) => {
      if (!/^[0-9]$/.test(event.key)) return;
      event.preventDefault();
      this.input.value = event.key;
      this.input.focus();
      this.typed();
    };
  }

  typed() {
    const text = this.input.value.trim().replace(",", ".");
    const number = Number(text);
    const sound = /^\d{1,4}(\.\d{0,2})?$/.test(text) && number <= this.question.most;
    this.wrong = text === "" || sound ? "" : `a number from 0 to ${this.question.most}.`;
    this.input.setAttribute("aria-invalid", Boolean(this.wrong));
    if (this.wrong) {
      this.report(undefined);
      return this.say(this.wrong);
    }
    this.report(text === "" ? undefined : number);
  }

  show(value) {
    this.radios.show(value);
    if (this.wrong && value === undefined) return;
    this.wrong = "";
    this.input.removeAttribute("aria-invalid");
    const typed = Number(this.input.value.trim().replace(",", "."));
    if (value === undefined || this.input.value === "" || typed !== value) this.input.value = value ?? "";
    this.say(value === undefined ? null : `${value} ${this.question.unit}`);
  }
}

/** Any number of answers; one of them may exclude the others. One stop of the tab key, arrows inside. */
export class Several extends Question {
  constructor(question, parent, report) {
    super(question, parent, report);
    this.value = [];
    const row = write("div", "chips", "", this.box);
    row.setAttribute("role", "toolbar");
    row.setAttribute("aria-labelledby", this.title.id);
    row.onkeydown = (event) => this.key(event);
    this.at = 0;
    this.chips = question.options.map(([code, words]) => {
      const chip = write("button", "chip", words, row);
      chip.type = "button";
      chip.onclick = once(() => this.toggle(code));
      return [code, chip];
    });
    this.rove(0);
  }

  rove(index) {
    this.at = index;
    this.chips.forEach(([, chip], place) => { chip.tabIndex = place === index ? 0 : -1; });
  }

  key(event) {
    const last = this.chips.length - 1;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] ?? 0;
    const next = event.key === "Home" ? 0 : event.key === "End" ? last : this.at + step;
    if (event.key === "Delete" || event.key === "Backspace") this.report(undefined);
    else if (next === this.at || event.ctrlKey || event.metaKey || event.altKey) return;
    else {
      this.rove((next + last + 1) % (last + 1));
      this.chips[this.at][1].focus();
    }
    event.preventDefault();
  }

  toggle(code) {
    this.rove(this.chips.findIndex(([each]) => each === code));
    const alone = this.question.alone;
    let value = this.value.includes(code) ? this.value.filter((each) => each !== code) : [...this.value, code];
    if (value.includes(alone) && value.length > 1) value = code === alone ? [alone] : value.filter((each) => each !== alone);
    const inOrder = this.chips.map(([each]) => each).filter((each) => value.includes(each));
    this.report(inOrder.length ? inOrder : undefined);
  }

  show(value) {
    this.value = value ?? [];
    for (const [code, chip] of this.chips) chip.setAttribute("aria-pressed", this.value.includes(code));
    this.say(this.value.length ? `${this.value.length} chosen` : null);
  }
}

/** Free words. */
export class Text extends Question {
  constructor(question, parent, report, most = 10000) {
    super(question, parent, report);
    this.area = write("textarea", "", "", this.box);
    this.area.rows = 2;
    this.area.setAttribute("aria-labelledby", this.title.id);
    this.area.oninput = () => {
      const length = [...this.area.value].length;
      this.wrong = length > most ? `${length.toLocaleString("en")} characters; ${most.toLocaleString("en")} fit.` : "";
      this.report(this.area.value || undefined);
    };
    this.say("");
  }

  show(value) {
    if (this.area.value !== (value ?? "")) this.area.value = value ?? "";
    this.said.textContent = this.wrong ?? "";
  }
}
