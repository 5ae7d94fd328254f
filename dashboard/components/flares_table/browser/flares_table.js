// The episodes of a period. Text is set with textContent only; a click reports which episode is meant.

import { sheetFrom, write } from "../flareboard.shared/markup.js";
import { frameOf, head, moveBetween } from "../flareboard.shared/rows.js";

const style = await sheetFrom(new URL("flares_table.css", import.meta.url));

function row(told, columns) {
  const states = [told.chosen && "chosen", !told.counts && "dismissed", !told.judged && "waiting"];
  const line = write("tr", states.filter(Boolean).join(" "));
  told.cells.forEach((text, i) => {
    if (i) {
      const cell = write("td", columns[i][1] ? "number" : "", text);
      cell.dataset.label = columns[i][0];
      line.append(cell);
      return;
    }
    const first = write("th");
    first.setAttribute("scope", "row");
    const button = write("button", "", text);
    button.type = "button";
    button.dataset.episode = told.episode;
    button.setAttribute("aria-pressed", String(told.chosen));
    first.append(button);
    line.append(first);
  });
  return line;
}

function begin(frame) {
  frame.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) frame.report("chosen", button.dataset.episode);
  });
  frame.addEventListener("keydown", (event) => moveBetween([...frame.querySelectorAll("button")], event));
}

export default function ({ data: [told], parentElement, setTriggerValue }) {
  const frame = frameOf(parentElement, style, begin);
  frame.report = setTriggerValue;
  const focused = parentElement.activeElement?.dataset?.episode ?? frame.getRootNode().activeElement?.dataset?.episode;
  const table = write("table");
  const body = write("tbody");
  body.append(...told.rows.map((one) => row(one, told.columns)));
  table.append(write("caption", "", told.caption), head(told.columns), body);
  frame.replaceChildren(table);
  if (focused) frame.querySelector(`button[data-episode="${CSS.escape(focused)}"]`)?.focus();
}
