// Questionnaire scores, one row each. Text is set with textContent only; a click reports which row is meant.

import { opensEvidence } from "../flareboard.shared/evidence.js";
import { sheetFrom, write } from "../flareboard.shared/markup.js";
import { frameOf, head, moveBetween } from "../flareboard.shared/rows.js";

const style = await sheetFrom(new URL("measures_table.css", import.meta.url));

function said(told, parent, host) {
  const text = told.evidence ? write("button", `why ${told.tone}`, told.text, parent) : write("span", told.tone, told.text, parent);
  if (told.evidence) opensEvidence(text, told.evidence, host);
  if (told.note) write("span", "note", told.note, parent);
}

function first(told, row, line) {
  const cell = write("th", "", undefined, line);
  cell.setAttribute("scope", "row");
  const button = write("button", "name", told.text, cell);
  button.type = "button";
  button.dataset.row = row.key;
  button.setAttribute("aria-pressed", String(row.chosen));
  if (told.note) write("span", "note", told.note, cell);
}

function drawn(row, columns, host) {
  const line = write("tr", [row.chosen && "chosen", row.old && "old"].filter(Boolean).join(" "));
  row.cells.forEach((told, i) => {
    if (!i) return first(told, row, line);
    const cell = write("td", columns[i][1] ? "number" : "", undefined, line);
    cell.dataset.label = columns[i][0];
    said(told, cell, host);
  });
  return line;
}

function begin(frame) {
  frame.addEventListener("click", (event) => {
    const row = event.target.closest("button[data-row]")?.dataset.row;
    if (row) frame.report("chosen", row);
  });
  frame.addEventListener("keydown", (event) => moveBetween([...frame.querySelectorAll("button[data-row]")], event));
}

export default function ({ data: [told], parentElement, setTriggerValue }) {
  const frame = frameOf(parentElement, style, begin);
  frame.report = setTriggerValue;
  const focused = frame.getRootNode().activeElement?.dataset?.row ?? parentElement.activeElement?.dataset?.row;
  const table = write("table", told.dense ? "dense" : "");
  const body = write("tbody");
  body.append(...told.rows.map((row) => drawn(row, told.columns, frame)));
  table.append(write("caption", "", told.caption), head(told.columns), body);
  frame.replaceChildren(table);
  if (focused) frame.querySelector(`button[data-row="${CSS.escape(focused)}"]`)?.focus();
}
