// What the tables of rows that can be chosen share: their frame, their head, and the way of the arrow keys.

import { dress, write } from "./markup.js";

/** The element a component draws in, dressed; `begin` is given it once, when it is made for a place on the page. */
export function frameOf(parent, sheet, begin) {
  dress(parent, sheet);
  const there = parent.querySelector(".frame");
  if (there) return there;
  const frame = write("div", "frame", undefined, parent);
  begin(frame);
  return frame;
}

/** The head of a table; `columns` are pairs of a title and whether numbers stand below it. */
export function head(columns) {
  const line = write("tr");
  for (const [title, number] of columns) {
    const cell = write("th", number ? "number" : "", title);
    cell.setAttribute("scope", "col");
    line.append(cell);
  }
  const top = write("thead");
  top.append(line);
  return top;
}

/** Up and down go from one of the buttons to the next; Enter and Space choose, as on any button. */
export function moveBetween(buttons, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = buttons.indexOf(event.target);
  if (!step || at < 0 || !buttons[at + step]) return;
  event.preventDefault();
  buttons[at + step].focus();
}
