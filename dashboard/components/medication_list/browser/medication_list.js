// The list of medicines as a table. Text is set with textContent only; 'Stop' reports which line is meant.

import { opensEvidence } from "../flareboard.shared/evidence.js";
import { sheetFrom, write } from "../flareboard.shared/markup.js";
import { frameOf } from "../flareboard.shared/rows.js";

const style = await sheetFrom(new URL("medication_list.css", import.meta.url));

function row(told, columns, may, host) {
  const line = write("tr");
  told.cells.forEach((text, i) => {
    const cell = write(i ? "td" : "th", "", text, line);
    if (!i) cell.setAttribute("scope", "row");
    else cell.dataset.label = columns[i];
  });
  const turns = write("td", "turns", "", line);
  turns.dataset.label = columns[told.cells.length];
  if (!told.turns.length) write("span", "none", told.no_turn, turns);
  for (const fact of told.turns) {
    const button = write("button", "turn", `${fact.name}: ${fact.value[0].toLowerCase()}${fact.value.slice(1)}`, turns);
    opensEvidence(button, fact.evidence, host);
  }
  if (!may) return line;
  const last = write("td", "doing", "", line);
  if (told.may_stop) {
    const button = write("button", "stop", "Stop …", last);
    button.type = "button";
    button.dataset.medicine = told.key;
    button.setAttribute("aria-label", `Stop ${told.cells[0]}`);
    button.setAttribute("aria-haspopup", "dialog");
  }
  return line;
}

function head(columns, may) {
  const line = write("tr");
  for (const title of may ? [...columns, ""] : columns) {
    const cell = write(title ? "th" : "td", "", title, line);
    if (title) cell.setAttribute("scope", "col");
  }
  const top = write("thead");
  top.append(line);
  return top;
}

function group(told, list, host) {
  const body = write("tbody");
  const line = write("tr", "group", "", body);
  const cell = write("th", "", told.title, line);
  cell.colSpan = list.columns.length + (list.may_change ? 1 : 0);
  cell.setAttribute("scope", "colgroup");
  body.append(...told.rows.map((one) => row(one, list.columns, list.may_change, host)));
  return body;
}

function plain(told, parent) {
  const box = write("section", "plain", "", parent);
  write("h2", "", told.title, box);
  if (told.rows.length) {
    const table = write("table", "", "", box);
    table.setAttribute("aria-label", told.title);
    table.append(head(told.columns, false));
    const body = write("tbody", "", "", table);
    for (const cells of told.rows) {
      const line = write("tr", "", "", body);
      cells.forEach((text, i) => {
        const cell = write(i ? "td" : "th", "", text, line);
        if (!i) cell.setAttribute("scope", "row");
        else cell.dataset.label = told.columns[i];
      });
    }
  }
  if (told.note) write("p", "note", told.note, box);
}

function begin(frame) {
  frame.addEventListener("click", (event) => {
    const button = event.target.closest("button.stop");
    if (button) frame.report("stop", button.dataset.medicine);
  });
}

export default function ({ data: [told], parentElement, setTriggerValue }) {
  const frame = frameOf(parentElement, style, begin);
  frame.report = setTriggerValue;
  const focused = frame.getRootNode().activeElement?.dataset?.medicine;
  const table = write("table");
  const host = write("div", "host");
  table.append(write("caption", "", told.caption), head(told.columns, told.may_change));
  table.append(...told.groups.map((one) => group(one, told, host)));
  const further = write("div", "further");
  for (const one of told.tables) plain(one, further);
  frame.replaceChildren(table, further, host);
  if (focused) frame.querySelector(`button[data-medicine="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}
