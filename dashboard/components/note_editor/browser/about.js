// What kind of note it is and what it is about: a kind whose headings go into an empty text, days, a flare, a goal, a
// region. Text is only ever put into value and textContent.

import { element, write } from "../flareboard.shared/markup.js";

/** The fields by name, their values as text. */
export const FIELDS = ["kind", "start", "end", "flare", "goal", "region"];
const PINS = FIELDS.slice(1);
const NONE = { flare: "No flare", goal: "No goal", region: "No region" };

export function kindField() {
  const title = "A kind puts headings into an empty note; they are a suggestion of Flareboard, not a standard";
  return element("select", { id: "kind", "aria-label": "Kind of note", title });
}

/** Below the text, folded until it is opened or something is pinned: days, then what else the note can be pinned to. */
export function pinFields() {
  const row = element("details", { class: "pins" });
  row.append(element("summary", {}, "Pin to days, a flare, a goal or a region"));
  const start = element("input", { type: "date", id: "start", min: "1990-01-01", max: "2199-12-31" });
  const end = element("input", { type: "date", id: "end", min: "1990-01-01", max: "2199-12-31" });
  const days = write("div", "days", undefined, row);
  days.append(element("label", { for: "start" }, "Pin to a day (optional)"), start, element("label", { for: "end" }, "to"), end);
  const named = { flare: "Pin to a flare", goal: "Pin to a goal", region: "Pin to a region, left and right the patient's" };
  const others = write("div", "others", undefined, row);
  const [flare, goal, region] = Object.entries(named).map(([id, label]) => {
    const made = element("select", { id, "aria-label": label, title: label });
    others.append(made);
    return made;
  });
  return { row, start, end, flare, goal, region };
}

/** Opens the row where something is pinned; what somebody opened stays open. */
export function showPins(editor) {
  if (PINS.some((name) => editor[name].value)) editor.row.open = true;
}

/** Offers what there is to choose from; what is chosen stays chosen. */
export function offer(editor, data) {
  offered(editor.kind, data.kinds.map(([value, label]) => option(value, label)), data.kinds);
  offered(editor.flare, choices("flare", data.flares), data.flares);
  offered(editor.goal, choices("goal", data.goals), data.goals);
  const grouped = data.regions.map(([view, regions]) => {
    const group = element("optgroup", { label: view });
    group.append(...regions.map(([value, label]) => option(value, label)));
    return group;
  });
  offered(editor.region, [option("", NONE.region), ...grouped], data.regions);
  for (const name of ["flare", "goal", "region"]) editor[name].disabled = editor[name].options.length < 2;
}

function choices(name, listed) {
  return [option("", NONE[name]), ...listed.map(([value, label]) => option(value, label))];
}

function option(value, label) {
  return element("option", { value }, label);
}

// Drawn anew only where it changed: an open list would close under the hand.
function offered(select, options, from) {
  const said = JSON.stringify(from);
  if (select.said === said) return;
  const chosen = select.value;
  select.said = said;
  select.replaceChildren(...options);
  select.value = chosen;
}

/** Puts a value into a select even where it is not among those offered just now. */
export function choose(select, value) {
  select.value = value;
  if (select.value === value) return;
  select.append(option(value, value));
  select.value = value;
}

/** The text after a kind was chosen: its headings where nothing was written yet, else what stands there. */
export function outlined(text, kind, kinds) {
  const outline = (of) => kinds.find(([code]) => code === of)?.[2] ?? "";
  const bare = !text.trim() || kinds.some(([, , each]) => each && each.trim() === text.trim());
  return bare ? outline(kind) : text;
}
