// One section of the care plan: its items, their ladders and sparks, and the buttons. Text is set with textContent
// only; a button reports what is to be done to which item, and the server draws what came of it.

import { opensEvidence } from "../flareboard.shared/evidence.js";
import { draw, sheetFrom, write } from "../flareboard.shared/markup.js";
import { frameOf } from "../flareboard.shared/rows.js";

const style = await sheetFrom(new URL("plan_section.css", import.meta.url));
const BAR = 4; // px of one bar of a spark, its gap included
const HIGH = 14; // px a full bar stands high
const LOOKS = 120; // frames to wait for a panel that is being drawn

function act(told, parent) {
  const button = write("button", `do ${told.tone}`, told.label, parent);
  button.type = "button";
  button.dataset.act = told.act;
  button.dataset.key = told.key;
  button.setAttribute("aria-label", told.name);
  if (told.pressed !== null) button.setAttribute("aria-expanded", String(told.pressed));
  return button;
}

function said(told, name, parent, host) {
  if (!told.evidence) return write("span", `${name} ${told.tone}`, told.text, parent);
  const button = write("button", `why ${name} ${told.tone}`, told.text, parent);
  opensEvidence(button, told.evidence, host);
  return button;
}

function heading(told, parent, host) {
  const line = write("div", "heading", undefined, parent);
  write("h2", "", told.heading, line);
  if (told.lead) said(told.lead, "lead", line, host);
  const last = write("span", "adding", undefined, line);
  for (const one of [...told.more, ...told.buttons]) act(one, last);
}

function spark(told, parent) {
  const size = { width: told.bars.length * BAR, height: HIGH, role: "img", "aria-label": told.spoken, class: "spark" };
  const made = draw("svg", size, parent);
  told.bars.forEach((high, i) => {
    if (high === null) return;
    const tall = Math.max(1, high * HIGH);
    const place = { x: i * BAR, y: HIGH - tall, width: BAR - 1, height: tall };
    draw("rect", { ...place, class: i < told.before ? "before" : "after" }, made);
  });
}

function since(told, parent, host) {
  const line = write("p", "since", undefined, parent);
  if (told.bars.length) spark(told, line);
  said(told.said, "course", line, host);
}

function ladder(told, parent) {
  const box = write("div", "ladder", undefined, parent);
  const steps = write("ol", "", undefined, box);
  steps.setAttribute("aria-label", told.spoken);
  for (const step of told.steps) {
    const made = write("li", [step.now && "now", step.start && "start"].filter(Boolean).join(" "), step.level, steps);
    made.title = step.words;
  }
  write("p", "level", told.said, box);
}

function history(told, parent) {
  const box = write("div", "history", undefined, parent);
  write("h4", "", told.heading, box);
  const list = write("ol", "", undefined, box);
  for (const change of told.changes) {
    const line = write("li", "", undefined, list);
    write("span", "who", change.who, line);
    for (const text of change.lines) write("span", "field", text, line);
  }
  if (told.nothing) write("p", "quiet", told.nothing, box);
}

function title(told, parent, host) {
  const line = write("h3", "", undefined, parent);
  const button = write("button", "title", told.title, line);
  button.title = "Everything about it";
  opensEvidence(button, told.details, host);
  for (const mark of told.marks) write("span", `mark ${mark.tone}`, mark.text, line);
}

function item(told, host) {
  const box = write("li", `item ${told.tone}`);
  box.dataset.item = told.key;
  const main = write("div", "main", undefined, box);
  title(told, main, host);
  if (told.facts.length) write("p", "facts", told.facts.join(" · "), main);
  if (told.remark) said(told.remark, "remark", main, host);
  if (told.ladder) ladder(told.ladder, box);
  if (told.since) since(told.since, box, host);
  const doing = write("div", "doing", undefined, box);
  for (const one of told.buttons) act(one, doing);
  if (told.history) history(told.history, box);
  return box;
}

function group(told, parent, host) {
  if (told.title) write("p", "group", told.title, parent);
  const list = write("ul", "items", undefined, parent);
  list.append(...told.items.map((one) => item(one, host)));
}

function box(told, parent) {
  const part = write("div", "box", undefined, parent);
  write("h3", "", told.title, part);
  write("p", told.text ? "words" : "quiet", told.text || told.nothing, part);
}

function matters(told, parent) {
  const part = write("div", "matters", undefined, parent);
  write("h2", "", told.title, part);
  const words = told.text ? write("blockquote", "", undefined, part) : null;
  write("p", told.text ? "" : "quiet", told.text || told.nothing, words ?? part);
  const doing = write("div", "doing", undefined, part);
  for (const one of told.buttons) act(one, doing);
}

function warnings(told, parent, host) {
  const part = write("div", `warnings ${told.lines.length ? "some" : ""}`, undefined, parent);
  write("h2", "", told.title, part);
  if (!told.lines.length) return void write("p", "quiet", told.nothing, part);
  const list = write("ul", "", undefined, part);
  for (const line of told.lines) said(line, "warning", write("li", "", undefined, list), host);
}

function top(told, parent, host) {
  const part = write("div", "first", undefined, parent);
  matters(told.matters, part);
  warnings(told.warnings, part, host);
}

function begin(frame) {
  frame.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (button) frame.report("act", { act: button.dataset.act, key: button.dataset.key });
  });
}

// A form that was asked for far down stands at the head of its section: eye and keyboard are taken there.
function lead(looks = LOOKS) {
  const panel = document.querySelector(".st-key-plan_panel");
  const field = panel && firstField(panel);
  if (!field) return void (looks && requestAnimationFrame(() => lead(looks - 1)));
  panel.scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
}

function firstField(panel) {
  const roots = [...panel.querySelectorAll("*")].map((each) => each.shadowRoot ?? each);
  const form = roots.map((root) => root.querySelector?.("form.kept")).find(Boolean);
  return form?.querySelector("input:not([hidden]), textarea, select, [tabindex='0']");
}

// The button that opens the form of that name, 'goal 3'.
function opener(panel) {
  const [kind, number] = panel.split(" ");
  return kind === "rating" ? { act: "rate", key: `goal:${number}` } : { act: "change", key: `${kind}:${number}` };
}

function refocus(frame, was) {
  if (!was?.act) return;
  const same = `button[data-act="${CSS.escape(was.act)}"][data-key="${CSS.escape(was.key)}"]`;
  const there = frame.querySelector(same) ?? frame.querySelector(`button[data-key="${CSS.escape(was.key)}"]`);
  (there ?? frame.querySelector("button[data-act]"))?.focus({ preventScroll: true });
}

export default function ({ data: [told], parentElement, setTriggerValue }) {
  const frame = frameOf(parentElement, style, begin);
  frame.report = setTriggerValue;
  const was = { ...frame.getRootNode().activeElement?.dataset };
  const drawn = write("section", told.name);
  drawn.setAttribute("aria-label", told.heading);
  if (told.top) top(told.top, drawn, drawn);
  else heading(told, drawn, drawn);
  if (told.boxes.length) {
    const boxes = write("div", "boxes", undefined, drawn);
    for (const one of told.boxes) box(one, boxes);
  }
  for (const one of told.groups) group(one, drawn, drawn);
  if (told.nothing) write("p", "quiet", told.nothing, drawn);
  if (told.history) history(told.history, drawn);
  frame.replaceChildren(drawn);
  refocus(frame, was);
  if (told.panel && told.panel !== frame.panel) lead();
  if (!told.panel && frame.panel) refocus(frame, opener(frame.panel));
  frame.panel = told.panel;
}
