// The medicines of an entry: not taken, or how many times the strength of each; half a tablet counts.

import { write } from "../flareboard.shared/markup.js";
import { Radios } from "../flareboard.shared/radios.js";
import { Question } from "./questions.js";

const USUAL = [[0, "not taken", "not taken"], ...[0.5, 1, 2, 3, 4].map((n) => [n, n === 0.5 ? "½×" : `${n}×`, `${n} times its strength`])];
const ALONE = [[0, "not taken", "not taken"], [1, "taken", "taken"]];

/** For each medicine one row: usual answers by one tap, any number of halves by typing it. */
export class Doses extends Question {
  constructor(question, parent, report) {
    super(question, parent, report);
    this.rows = question.medicines.map((medicine) => new Row(medicine, this, `${this.id}-${medicine.id}`));
  }

  get wrong() {
    return this.rows.find((row) => row.wrong)?.wrong ?? "";
  }

  focus() {
    const row = this.rows.find((each) => each.wrong);
    if (row) row.input.focus();
    else super.focus();
  }

  set(id, times) {
    const { [id]: _, ...others } = this.value;
    const value = times === undefined ? others : { ...others, [id]: times };
    this.report(Object.keys(value).length ? value : undefined);
  }

  show(value) {
    this.value = value ?? {};
    for (const row of this.rows) row.show(this.value[row.id]);
    const count = Object.keys(this.value).length;
    this.say(this.wrong || (count ? `${count} of ${this.rows.length} answered` : null));
  }
}

class Row {
  constructor({ id, label, most }, question, nameId) {
    Object.assign(this, { id, most, question });
    const row = write("div", "dose", "", question.box);
    row.dataset.row = id;
    const name = write("span", "name", label, row);
    name.id = nameId;
    this.options = most === 1 ? ALONE : USUAL;
    const answers = write("div", "measured", "", row);
    this.radios = new Radios(answers, this.options, nameId, (times) => this.choose(times));
    if (most > 1) this.input = this.number(answers, label);
  }

  number(parent, label) {
    const input = write("input", "", "", parent);
    Object.assign(input, { type: "text", inputMode: "decimal", autocomplete: "off", maxLength: 4, placeholder: "×" });
    input.setAttribute("aria-label", `${label}: times its strength`);
    input.oninput = () => this.typed();
    return input;
  }

  choose(times) {
    this.wrong = "";
    if (this.input) this.input.value = "";
    this.question.set(this.id, times);
  }

  typed() {
    const text = this.input.value.trim().replace(",", ".");
    const times = Number(text);
    const sound = /^\d{1,2}(\.[05]?)?$/.test(text) && times <= this.most;
    this.wrong = text === "" || sound ? "" : `whole or half times, up to ${this.most}.`;
    this.question.set(this.id, text === "" || this.wrong ? undefined : times);
  }

  show(times) {
    this.radios.show(times);
    if (!this.input) return;
    this.input.setAttribute("aria-invalid", Boolean(this.wrong));
    if (this.wrong && times === undefined) return;
    this.wrong = "";
    this.input.removeAttribute("aria-invalid");
    const usual = times === undefined || this.options.some(([each]) => each === times);
    const typed = this.input.value === "" ? undefined : Number(this.input.value.trim().replace(",", "."));
    if (typed !== times) this.input.value = usual ? "" : times;
  }
}
