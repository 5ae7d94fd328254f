// The episodes of a period. Text is set with textContent only; a click reports which episode is meant.

import { dress, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("flares_table.css", import.meta.url));

function head(columns) {
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

// Up and down go from episode to episode; Enter and Space choose, as on any button.
function move(frame, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.tagName !== "BUTTON") return;
  const buttons = [...frame.querySelectorAll("button")];
  const next = buttons[buttons.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export default function ({ data: [told], parentElement, setTriggerValue }) {
  dress(parentElement, style);
  let frame = parentElement.querySelector(".frame");
  if (!frame) {
    frame = write("div", "frame");
    frame.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) frame.report("chosen", button.dataset.episode);
    });
    frame.addEventListener("keydown", (event) => move(frame, event));
    parentElement.append(frame);
  }
  frame.report = setTriggerValue;
  const focused = parentElement.activeElement?.dataset?.episode ?? frame.getRootNode().activeElement?.dataset?.episode;
  const table = write("table");
  const body = write("tbody");
  body.append(...told.rows.map((one) => row(one, told.columns)));
  table.append(write("caption", "", told.caption), head(told.columns), body);
  frame.replaceChildren(table);
  if (focused) frame.querySelector(`button[data-episode="${CSS.escape(focused)}"]`)?.focus();
}
