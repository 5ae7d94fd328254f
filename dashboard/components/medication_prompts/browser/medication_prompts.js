// Prompts by level, each with what it rests on and its answers. Text is set with textContent only.

import { comesBack } from "../flareboard.shared/dialogs.js";
import { sheetFrom, write } from "../flareboard.shared/markup.js";
import { frameOf } from "../flareboard.shared/rows.js";

const style = await sheetFrom(new URL("medication_prompts.css", import.meta.url));

function table(told, parent) {
  if (!told.rows.length) return;
  const box = write("div", "entries", "", parent);
  const made = write("table", "", "", box);
  write("caption", "", told.caption, made);
  const head = write("tr", "", "", write("thead", "", "", made));
  for (const title of told.columns) write("th", "", title, head).setAttribute("scope", "col");
  const body = write("tbody", "", "", made);
  for (const cells of told.rows) {
    const line = write("tr", "", "", body);
    for (const text of cells) write("td", "", text, line);
  }
}

function behind(prompt, frame, parent) {
  const more = write("details", "", "", parent);
  more.open = frame.open.has(prompt.key);
  more.addEventListener("toggle", () => frame.open[more.open ? "add" : "delete"](prompt.key));
  write("summary", "", prompt.behind, more);
  const list = write("dl", "", "", more);
  for (const [label, value] of prompt.rows) list.append(write("dt", "", label), write("dd", "", value));
  table(prompt.inputs, more);
}

function card(prompt, frame) {
  const box = write("article", `prompt ${prompt.level}`);
  const top = write("h4", "", "", box);
  write("span", "level", prompt.level_said, top);
  write("span", "", prompt.title, top);
  write("p", "said", prompt.statement, box);
  if (prompt.mark) write("p", "mark", prompt.mark, box);
  for (const text of prompt.answers) write("p", "answer", text, box);
  const foot = write("div", "foot", "", box);
  if (prompt.behind) behind(prompt, frame, foot);
  if (prompt.may_answer) {
    const button = write("button", "", prompt.button, foot);
    button.type = "button";
    button.dataset.prompt = prompt.key;
    button.setAttribute("aria-label", `${prompt.button.replace(" …", "")}: ${prompt.title}`);
    button.setAttribute("aria-haspopup", "dialog");
  }
  return box;
}

function group(told, frame) {
  const box = write("section", told.folded ? "folded" : "");
  box.setAttribute("aria-label", told.title);
  if (!told.folded) {
    write("h3", "", told.title, box);
    box.append(...told.prompts.map((prompt) => card(prompt, frame)));
    return box;
  }
  const more = write("details", "", "", box);
  more.open = frame.open.has(told.title.split(" (")[0]);
  more.addEventListener("toggle", () => frame.open[more.open ? "add" : "delete"](told.title.split(" (")[0]));
  write("summary", "", told.title, more);
  more.append(...told.prompts.map((prompt) => card(prompt, frame)));
  return box;
}

function find(frame, key) {
  return frame.querySelector(`button[data-prompt="${CSS.escape(key)}"]`);
}

function begin(frame) {
  frame.open = new Set();
  frame.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-prompt]");
    if (!button) return;
    comesBack(frame, () => find(frame, button.dataset.prompt));
    frame.report("answer", button.dataset.prompt);
  });
}

export default function ({ data: [told], parentElement, setTriggerValue }) {
  const frame = frameOf(parentElement, style, begin);
  frame.report = setTriggerValue;
  const focused = frame.getRootNode().activeElement?.dataset?.prompt;
  const scrolled = frame.querySelector(".scroll")?.scrollTop ?? 0;
  const scroll = write("div", "scroll");
  write("h2", "", told.heading, scroll);
  if (told.nothing) write("p", "nothing", told.nothing, scroll);
  scroll.append(...told.groups.map((one) => group(one, frame)));
  frame.replaceChildren(scroll);
  scroll.scrollTop = scrolled;
  if (focused) find(frame, focused)?.focus({ preventScroll: true });
}
