// Buttons of which at most one is chosen, and a press that counts once.

import { write } from "./markup.js";

const AGAIN = 400; // ms within which a second press is the same press: a double click does not take an answer back
const TEN = 900; // ms within which a 0 after a 1 makes ten
const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/** What a press does, once: presses that follow at once are not counted, however many there are. */
export function once(act) {
  let last = -AGAIN;
  return ({ timeStamp }) => {
    const again = timeStamp - last < AGAIN;
    last = timeStamp;
    if (!again) act();
  };
}

/** Buttons of which at most one is chosen: one stop of the tab key, arrows inside. What `stays` is never taken back, only exchanged. */
export class Radios {
  constructor(parent, options, labelledBy, report) {
    this.report = report;
    this.options = options;
    this.row = write("div", "radios", "", parent);
    this.row.setAttribute("role", "radiogroup");
    this.row.setAttribute("aria-labelledby", labelledBy);
    this.buttons = options.map(([value, words, spoken], index) => {
      const button = write("button", "", words, this.row);
      button.type = "button";
      button.setAttribute("role", "radio");
      if (spoken) button.setAttribute("aria-label", spoken);
      button.onclick = once(() => this.choose(this.at === index ? undefined : index));
      return button;
    });
    this.row.onkeydown = (event) => this.key(event);
    // After a press of the mouse an arrow means to scroll; it walks along the answers where the keyboard led here.
    this.row.onpointerdown = () => { this.pressed = true; };
    this.row.onkeyup = (event) => { if (event.key === "Tab") this.pressed = false; };
    this.show(undefined);
  }

  choose(index) {
    if (index === undefined && this.stays) return;
    this.report(index === undefined ? undefined : this.options[index][0]);
    if (index !== undefined) this.buttons[index].focus();
  }

  show(value) {
    const found = this.options.findIndex(([each]) => each === value);
    this.at = found < 0 ? undefined : found;
    this.buttons.forEach((button, index) => {
      button.setAttribute("aria-checked", index === this.at);
      button.tabIndex = index === (this.at ?? 0) ? 0 : -1;
    });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step && this.pressed) return;
    const last = this.options.length - 1;
    let next;
    if (step) next = this.at === undefined ? (step > 0 ? 0 : last) : Math.max(0, Math.min(last, this.at + step));
    else if (event.key === "Home") next = 0;
    else if (event.key === "End") next = last;
    else if (event.key === "Delete" || event.key === "Backspace") next = undefined;
    else return this.typed?.(event);
    event.preventDefault();
    this.choose(next);
  }
}

/** The steps 0 to 10 with words for both ends; digits choose one, 1 and 0 in a moment make ten. */
export class Steps extends Radios {
  constructor(parent, [low, high], labelledBy, report) {
    const spoken = (n) => (n === 0 && low ? `0, ${low}` : n === 10 && high ? `10, ${high}` : `${n}`);
    super(parent, Array.from({ length: 11 }, (_, n) => [n, String(n), spoken(n)]), labelledBy, report);
  }

  typed(event) {
    if (!/^[0-9]$/.test(event.key)) return;
    event.preventDefault();
    const ten = event.key === "0" && this.last === "1" && Date.now() - this.when < TEN;
    this.last = event.key;
    this.when = Date.now();
    this.choose(ten ? 10 : Number(event.key));
  }
}
