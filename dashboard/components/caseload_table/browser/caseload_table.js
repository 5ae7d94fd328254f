// Draws one page of the caseload from JSON. Text reaches the page through textContent only.

import { draw, rootOf, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("caseload_table.css", import.meta.url));
const NOT_LOGGED = 255;
const DAY = 7.5, TALL = 34, BASE = 33, FULL = 30;

function strip(row, ramp) {
  const svg = draw("svg", {
    viewBox: `0 0 ${28 * DAY} ${TALL}`, width: 28 * DAY, height: TALL, role: "img", preserveAspectRatio: "none",
  });
  svg.setAttribute("aria-label", row.strip_text);
  row.strip.forEach((tenths, day) => {
    const x = day * DAY;
    if (row.flare[day]) svg.append(draw("rect", { class: "tint", x, y: 0, width: DAY, height: TALL }));
    if (tenths === NOT_LOGGED) {
      svg.append(draw("line", { class: "gap", x1: x + 1, x2: x + DAY - 1, y1: BASE - 1, y2: BASE - 1 }));
      return;
    }
    const height = (tenths / 100) * FULL;
    const step = Math.round(tenths / 10);
    svg.append(step === 0
      ? draw("rect", { class: "zero", x: x + 1.2, y: BASE - 2.4, width: DAY - 2.4, height: 2 })
      : draw("rect", { class: "bar", x: x + 1, y: BASE - height, width: DAY - 2, height, fill: ramp[step] }));
  });
  return svg;
}

function cell(className, label, text) {
  const made = write("td", className);
  made.setAttribute("role", "cell");
  if (label) made.append(write("span", "label", label));
  made.append(document.createTextNode(text));
  made.title = text; // for the columns that end in an ellipsis where room is short
  return made;
}

function who(row) {
  const made = write("th", "who");
  made.setAttribute("scope", "row");
  made.setAttribute("role", "rowheader");
  const link = write("a", "open", row.name);
  link.href = row.href;
  made.append(link, write("span", "second", row.second));
  return made;
}

function mean(row) {
  const made = write("td", "number mean");
  made.setAttribute("role", "cell");
  made.append(write("b", "", row.mean), write("span", row.tone, row.change));
  return made;
}

function action(row, data) {
  const made = write("td", "act");
  made.setAttribute("role", "cell");
  if (data.may_review) made.append(act(row.undo ? "undo" : "mark", row.undo ? "Undo review" : "Mark reviewed", row));
  if (data.may_queue) made.append(queueButton(row));
  return made;
}

function act(kind, words, row) {
  const button = write("button", kind, words);
  button.type = "button";
  button.setAttribute("aria-label", `${words}: ${row.name}`);
  return button;
}

// A table and its chairs' talk in one sign; there is no room for its words beside 'Mark reviewed'.
function queueButton(row) {
  const button = act("queue", "Queue for case review", row);
  button.title = button.textContent;
  const sign = draw("svg", { viewBox: "0 0 16 16", width: 15, height: 15, "aria-hidden": "true" });
  draw("path", { d: "M2 3h9v6H6.5L4 11V9H2zM13 5h1v6h-2v2l-2.5-2H7" }, sign);
  button.replaceChildren(sign);
  return button;
}

const EVENTS = { undo: "undone", mark: "reviewed", queue: "queued" };

function patientRow(row, data) {
  const made = write("tr", "row");
  made.setAttribute("role", "row");
  made.dataset.link = row.link;
  const strips = write("td", "strip");
  strips.setAttribute("role", "cell");
  strips.append(strip(row, data.ramp));
  made.append(
    who(row), strips, mean(row),
    cell("number fact facts-start", "Flare days", row.flare_days), cell("number fact", "Regions", row.regions),
    cell("number fact facts-start", "Sleep", row.sleep), cell("number fact", "Logged", row.logged),
    cell("reviewed fact facts-start", "Reviewed", row.reviewed), cell("fact next", "Next visit", row.next),
    cell("also", "", row.also), action(row, data),
  );
  return made;
}

function groupRows(group, data) {
  const body = write("tbody");
  body.setAttribute("role", "rowgroup");
  const head = write("tr", "group");
  head.setAttribute("role", "row");
  const title = write("th");
  title.colSpan = data.columns.length;
  title.setAttribute("scope", "rowgroup");
  title.setAttribute("role", "rowheader");
  title.append(write("b", "", group.title), document.createTextNode(` · ${group.count} · ${group.rule}`));
  head.append(title);
  body.append(head, ...group.rows.map((row) => patientRow(row, data)));
  return body;
}

function columnHeads(data) {
  const head = write("thead");
  head.setAttribute("role", "rowgroup");
  const line = write("tr");
  line.setAttribute("role", "row");
  for (const column of data.columns) {
    const made = write("th", column.number ? "number" : "");
    made.setAttribute("scope", "col");
    made.setAttribute("role", "columnheader");
    made.append(write("span", column.hidden ? "sr" : "", column.title));
    line.append(made);
  }
  head.append(line);
  return head;
}

function table(data) {
  const made = write("table");
  made.setAttribute("role", "table");
  made.append(write("caption", "sr", data.caption), columnHeads(data));
  made.append(...data.groups.map((group) => groupRows(group, data)));
  return made;
}

// Up and down (or j and k) go from patient to patient; Enter opens, as on any link.
function move(root, event) {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  const row = event.target.closest?.(".row");
  if (!step || !row || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...root.querySelectorAll(".row")];
  const next = rows[rows.indexOf(row) + step];
  if (!next) return;
  event.preventDefault();
  next.querySelector("a.open").focus();
}

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = rootOf(parentElement, "frame", style);
  const focused = parentElement.activeElement?.closest?.(".row")?.dataset.link;
  root.replaceChildren(table(data));
  if (focused) root.querySelector(`.row[data-link="${CSS.escape(focused)}"] a.open`)?.focus();

  root.onclick = (event) => {
    const row = event.target.closest(".row");
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const button = event.target.closest("button");
    if (button) {
      button.disabled = !button.classList.contains("queue");
      setTriggerValue(EVENTS[button.className], row.dataset.link);
    } else if (!getSelection()?.toString()) {
      event.preventDefault();
      setTriggerValue("opened", row.dataset.link);
    }
  };
  root.onkeydown = (event) => move(root, event);
}
