// Draws the imports of the past from JSON: one line each. Text reaches the page through textContent only.

import { comesBack } from "../flareboard.shared/dialogs.js";
import { rootOf, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("import_history.css", import.meta.url));

function told(name, first, second) {
  const made = write("div", name);
  write("span", "first", first, made);
  if (second) write("span", "second", second, made);
  return made;
}

function button(name, text, label) {
  const made = write("button", name, text);
  made.type = "button";
  made.setAttribute("aria-label", label);
  return made;
}

function row(line) {
  const made = write("li", `row ${line.state}`.trim());
  made.dataset.key = line.key;
  made.append(told("file", line.file, line.format), told("when", line.when, line.by), told("added", line.added, line.about));
  const acts = write("div", "acts", undefined, made);
  if (line.rejected) acts.append(button("rejected", `${line.rejected} …`, `${line.rejected} of ${line.file}: show why`));
  if (line.undo) acts.append(button("undo", "Undo …", `Undo the import of ${line.file}, ${line.when}`));
  if (line.told) write("p", "told", line.told, made);
  return made;
}

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = rootOf(parentElement, "frame", style);
  const at = parentElement.activeElement;
  const was = { key: at?.closest?.(".row")?.dataset.key, name: at?.className };
  const list = write("ul", "");
  list.setAttribute("role", "list"); // which some readers forget where list-style is none
  list.append(...data.lines.map(row));
  root.replaceChildren(list);
  if (data.more) write("button", "more", "Show older imports", root).type = "button";
  const same = (key, name) => root.querySelector(`.row[data-key="${key}"] button.${name}`) ?? root.querySelector("button");
  if (was.key && was.name) same(was.key, was.name)?.focus({ preventScroll: true });

  root.onclick = (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    if (pressed.className === "more") {
      setTriggerValue("more", true);
      return;
    }
    const { key } = pressed.closest(".row").dataset;
    comesBack(root, () => same(key, pressed.className));
    setTriggerValue(pressed.className, key);
  };
}
