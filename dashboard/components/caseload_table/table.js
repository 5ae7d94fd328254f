// Draws one page of the caseload from JSON. Text reaches the page through textContent only.
const SVG = "http://www.w3.org/2000/svg";
const NOT_LOGGED = 255;
const DAY = 7.5, TALL = 34, BASE = 33, FULL = 30;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

function shape(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function strip(row, ramp) {
  const svg = shape("svg", {
    viewBox: `0 0 ${28 * DAY} ${TALL}`, width: 28 * DAY, height: TALL, role: "img", preserveAspectRatio: "none",
  });
  svg.setAttribute("aria-label", row.strip_text);
  row.strip.forEach((tenths, day) => {
    const x = day * DAY;
    if (row.flare[day]) svg.append(shape("rect", { class: "tint", x, y: 0, width: DAY, height: TALL }));
    if (tenths === NOT_LOGGED) {
      svg.append(shape("line", { class: "gap", x1: x + 1, x2: x + DAY - 1, y1: BASE - 1, y2: BASE - 1 }));
      return;
    }
    const height = (tenths / 100) * FULL;
    const step = Math.round(tenths / 10);
    svg.append(step === 0
      ? shape("rect", { class: "zero", x: x + 1.2, y: BASE - 2.4, width: DAY - 2.4, height: 2 })
      : shape("rect", { class: "bar", x: x + 1, y: BASE - height, width: DAY - 2, height, fill: ramp[step] }));
  });
  return svg;
}

function cell(className, label, text) {
  const made = element("td", className);
  made.setAttribute("role", "cell");
  if (label) made.append(element("span", "label", label));
  made.append(document.createTextNode(text));
  made.title = text; // for the columns that end in an ellipsis where room is short
  return made;
}

function who(row) {
  const made = element("th", "who");
  made.setAttribute("scope", "row");
  made.setAttribute("role", "rowheader");
  const link = element("a", "open", row.name);
  link.href = row.href;
  made.append(link, element("span", "second", row.second));
  return made;
}

function mean(row) {
  const made = element("td", "number mean");
  made.setAttribute("role", "cell");
  made.append(element("b", "", row.mean), element("span", row.tone, row.change));
  return made;
}

function action(row, data) {
  const made = element("td", "act");
  made.setAttribute("role", "cell");
  if (!data.may_review) return made;
  const button = element("button", row.undo ? "undo" : "mark", row.undo ? "Undo review" : "Mark reviewed");
  button.type = "button";
  button.setAttribute("aria-label", `${button.textContent}: ${row.name}`);
  made.append(button);
  return made;
}

function patientRow(row, data) {
  const made = element("tr", "row");
  made.setAttribute("role", "row");
  made.dataset.link = row.link;
  const strips = element("td", "strip");
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
  const body = element("tbody");
  body.setAttribute("role", "rowgroup");
  const head = element("tr", "group");
  head.setAttribute("role", "row");
  const title = element("th");
  title.colSpan = data.columns.length;
  title.setAttribute("scope", "rowgroup");
  title.setAttribute("role", "rowheader");
  title.append(element("b", "", group.title), document.createTextNode(` · ${group.count} · ${group.rule}`));
  head.append(title);
  body.append(head, ...group.rows.map((row) => patientRow(row, data)));
  return body;
}

function columnHeads(data) {
  const head = element("thead");
  head.setAttribute("role", "rowgroup");
  const line = element("tr");
  line.setAttribute("role", "row");
  for (const column of data.columns) {
    const made = element("th", column.number ? "number" : "");
    made.setAttribute("scope", "col");
    made.setAttribute("role", "columnheader");
    made.append(element("span", column.hidden ? "sr" : "", column.title));
    line.append(made);
  }
  head.append(line);
  return head;
}

function table(data) {
  const made = element("table");
  made.setAttribute("role", "table");
  made.append(element("caption", "sr", data.caption), columnHeads(data));
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

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".frame");
  const focused = parentElement.activeElement?.closest?.(".row")?.dataset.link;
  root.replaceChildren(table(data));
  if (focused) root.querySelector(`.row[data-link="${CSS.escape(focused)}"] a.open`)?.focus();

  root.onclick = (event) => {
    const row = event.target.closest(".row");
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const button = event.target.closest("button");
    if (button) {
      button.disabled = true;
      setTriggerValue(button.classList.contains("undo") ? "undone" : "reviewed", row.dataset.link);
    } else if (!getSelection()?.toString()) {
      event.preventDefault();
      setTriggerValue("opened", row.dataset.link);
    }
  };
  root.onkeydown = (event) => move(root, event);
}
