// Questionnaire scores, one row each. Text is set with textContent only; a click reports which row is meant.

import { opensEvidence } from "../flareboard.shared/evidence.js";
import { dress, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("measures_table.css", import.meta.url));

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

// Up and down go from row to row; Enter and Space choose, as on any button.
function move(frame, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.dataset?.row) return;
  const names = [...frame.querySelectorAll("button[data-row]")];
  const next = names[names.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function framed(parent) {
  const frame = write("div", "frame", undefined, parent);
  frame.addEventListener("click", (event) => {
    const row = event.target.closest("button[data-row]")?.dataset.row;
    if (row) frame.report("chosen", row);
  });
  frame.addEventListener("keydown", (event) => move(frame, event));
  return frame;
}

export default function ({ data: [told], parentElement, setTriggerValue }) {
  dress(parentElement, style);
  const frame = parentElement.querySelector(".frame") ?? framed(parentElement);
  frame.report = setTriggerValue;
  const focused = frame.getRootNode().activeElement?.dataset?.row ?? parentElement.activeElement?.dataset?.row;
  const table = write("table", told.dense ? "dense" : "");
  const body = write("tbody");
  body.append(...told.rows.map((row) => drawn(row, told.columns, frame)));
  table.append(write("caption", "", told.caption), head(told.columns), body);
  frame.replaceChildren(table);
  if (focused) frame.querySelector(`button[data-row="${CSS.escape(focused)}"]`)?.focus();
}
