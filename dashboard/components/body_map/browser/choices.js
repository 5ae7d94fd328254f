// A row of buttons that is one stop for the Tab key: arrows walk along it, Enter and Space press.

import { write } from "../flareboard.shared/markup.js";

const AGAIN = 400; // ms within which a second press is the same press
const WAYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class Choices {
  /** `items` are [value, text, name]; `single` makes them one choice of several, else each is on or off. */
  constructor(parent, { className, items, single, pick }) {
    this.single = single;
    this.row = write("div", className, "", parent);
    this.row.setAttribute("role", single ? "radiogroup" : "group");
    this.values = items.map(([value]) => value);
    this.buttons = items.map(([value, text, name]) => this.button(value, text, name, pick));
    this.rove(0);
    this.row.addEventListener("keydown", (event) => this.press(event));
  }

  button(value, text, name, pick) {
    const made = write("button", "", text, this.row);
    made.type = "button";
    if (this.single) made.setAttribute("role", "radio");
    if (name) made.setAttribute("aria-label", name);
    let last = -AGAIN;
    made.addEventListener("click", ({ timeStamp }) => {
      const again = timeStamp - last < AGAIN;
      last = timeStamp;
      if (again) return;
      this.rove(this.values.indexOf(value));
      pick(value);
    });
    return made;
  }

  /** Which values are on, and what the row is called for now. */
  show(on, name) {
    this.row.setAttribute("aria-label", name);
    const mark = this.single ? "aria-checked" : "aria-pressed";
    this.buttons.forEach((button, place) => button.setAttribute(mark, on.includes(this.values[place])));
    if (this.row.contains(this.row.getRootNode().activeElement)) return;
    this.rove(Math.max(0, this.values.findIndex((value) => on.includes(value))));
  }

  rove(place) {
    this.buttons.forEach((button, other) => button.setAttribute("tabindex", other === place ? 0 : -1));
    this.at = place;
  }

  press(event) {
    const last = this.buttons.length - 1;
    const target = event.key === "Home" ? 0 : event.key === "End" ? last : this.at + WAYS[event.key];
    if (Number.isNaN(target) || event.ctrlKey || event.metaKey || event.altKey) return;
    this.rove(Math.max(0, Math.min(target, last)));
    this.buttons[this.at].focus();
    event.preventDefault();
    event.stopPropagation();
  }
}
