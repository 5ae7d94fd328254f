// Draws what waits for one person from JSON: four lists of lines. Text reaches the page through textContent only.

import { rootOf, sheetFrom, write } from "../flareboard.shared/markup.js";
import { moveBetween } from "../flareboard.shared/rows.js";

const style = await sheetFrom(new URL("my_work.css", import.meta.url));

function who(line) {
  const made = write("div", "who");
  const link = write("a", "open", line.name, made);
  link.href = line.href;
  write("span", "second", line.second, made);
  return made;
}

function what(line) {
  const made = write("div", "what");
  write("span", "said", line.what, made).title = line.what; // a long one ends after three lines
  if (line.detail) write("span", "detail", line.detail, made);
  return made;
}

function button(name, text, label) {
  const made = write("button", name, text);
  made.type = "button";
  if (label) made.setAttribute("aria-label", label);
  return made;
}

function row(line) {
  const made = write("li", line.late ? "row late" : "row");
  made.dataset.key = line.key;
  made.append(who(line), what(line));
  const when = write("div", "when", line.when, made);
  if (line.whence) write("span", "whence", line.whence, when);
  if (line.action) made.append(button("done", "Done", `Mark as done: ${line.what}, ${line.name}`));
  if (line.queue) made.append(button("queue", "Queue …", `Queue for case review: ${line.name}`));
  return made;
}

function part(told, number) {
  const made = write("section", told.key);
  const title = write("h2", "", undefined, made);
  title.id = `part-${number}`;
  made.setAttribute("aria-labelledby", title.id);
  write("span", "title", told.title, title);
  write("span", "count", String(told.count), title);
  if (told.remark) write("span", told.key === "actions" ? "remark late" : "remark", told.remark, title);
  if (!told.lines.length) {
    write("p", "nothing", told.nothing, made);
    return made;
  }
  write("ul", "", undefined, made).append(...told.lines.map(row));
  const left = told.count - told.lines.length;
  if (left > 0) {
    const more = button("more", `Show ${left} more`);
    more.dataset.part = told.key;
    made.append(more);
  }
  return made;
}

/** Where the focus was: the line, and its place among all lines, should it be gone. */
function focused(root, parent) {
  const at = parent.activeElement?.closest?.(".row");
  return at && { key: at.dataset.key, place: [...root.querySelectorAll(".row")].indexOf(at) };
}

function focusAgain(root, was) {
  if (!was) return;
  const rows = [...root.querySelectorAll(".row")];
  const same = rows.find((each) => each.dataset.key === was.key);
  (same ?? rows[Math.min(was.place, rows.length - 1)])?.querySelector("a.open").focus();
}

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = rootOf(parentElement, "frame", style);
  const was = focused(root, parentElement);
  const lines = new Map(data.flatMap((told) => told.lines.map((line) => [line.key, line])));
  const [first, ...others] = data.map(part);
  const beside = write("div", "beside");
  beside.append(...others);
  root.replaceChildren(first, beside);
  focusAgain(root, was);

  root.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const pressed = event.target.closest("button");
    if (pressed?.dataset.part) {
      setTriggerValue("more", pressed.dataset.part);
      return;
    }
    const line = lines.get(event.target.closest(".row")?.dataset.key);
    if (!line) return;
    if (pressed) {
      pressed.disabled = pressed.className === "done"; // a second click would meet the line that follows
      setTriggerValue(pressed.className === "done" ? "done" : "queued", line);
    } else if (!getSelection()?.toString()) {
      event.preventDefault();
      setTriggerValue("opened", line);
    }
  };
  root.onkeydown = (event) => moveBetween([...root.querySelectorAll("a.open")], event);
}
