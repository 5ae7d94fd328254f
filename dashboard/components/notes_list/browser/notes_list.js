// The signed notes. Text is drawn from plain blocks or set with textContent; every click is reported, nothing is decided
// here. The search box stays the same element over every redraw: what is being typed in it is never replaced.

import { blocks, blocksStyle, plainWords } from "../flareboard.shared/blocks.js";
import { comesBack } from "../flareboard.shared/dialogs.js";
import { dress, sheetFrom, write } from "../flareboard.shared/markup.js";
import { frameOf } from "../flareboard.shared/rows.js";

const style = await sheetFrom(new URL("notes_list.css", import.meta.url));
const PAUSE = 350; // ms without a key before the words are looked for

function button(name, text, parent, asked) {
  const made = write("button", name, text, parent);
  made.type = "button";
  made.dataset.asked = JSON.stringify(asked);
  return made;
}

function begin(frame) {
  const top = write("div", "top", undefined, frame);
  frame.heading = write("h3", "title", undefined, top);
  const label = write("label", "search", undefined, top);
  write("span", "", "Search notes", label);
  frame.search = write("input", "", undefined, label);
  frame.search.type = "search";
  frame.search.maxLength = 200;
  frame.search.placeholder = "words, or “words in order”";
  frame.chips = write("div", "chips", undefined, frame);
  frame.chips.setAttribute("role", "group");
  frame.chips.setAttribute("aria-label", "Which notes");
  frame.said = write("p", "said", undefined, frame);
  frame.said.setAttribute("role", "status");
  frame.list = write("div", "list", undefined, frame);
  frame.search.addEventListener("input", () => {
    clearTimeout(frame.waiting);
    frame.waiting = setTimeout(() => look(frame), PAUSE);
  });
  frame.search.addEventListener("keydown", (event) => { if (event.key === "Enter") look(frame); });
  frame.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const asked = button?.dataset.asked;
    if (!asked) return;
    if (button.getAttribute("aria-haspopup")) comesBack(frame, () => that(frame, asked));
    frame.report(JSON.parse(asked));
  });
}

/** The button that asks for that, as it stands now. */
function that(frame, asked) {
  return [...frame.querySelectorAll("button")].find((each) => each.dataset.asked === asked);
}

function look(frame) {
  clearTimeout(frame.waiting);
  frame.waiting = null;
  if (frame.search.value === frame.looked) return;
  frame.looked = frame.search.value;
  frame.report({ do: "search", value: frame.search.value });
}

function chip(told, parent) {
  const made = button(`chip ${told.do}`, "", parent, { do: told.do, value: told.value });
  made.setAttribute("aria-pressed", String(told.on));
  write("span", "", told.label, made);
  write("span", "count", told.count.toLocaleString("en"), made);
}

function version(told, hits, parent) {
  const box = write("div", "version", undefined, parent);
  if (told.about) write("p", "facts", told.about, box);
  if (told.before) write("p", "left", "… the beginning is left out", box);
  if (told.as_signed) {
    const letters = write("div", "letters", undefined, box);
    write("p", "facts", "Letter by letter as it was signed:", letters);
    letters.append(plainWords(told.letters, hits));
  } else {
    box.append(blocks(told.blocks, hits));
  }
  if (told.after) write("p", "left", "…", box);
  return box;
}

function opens(told, parent) {
  const of = { note: told.note_id, version: told.version };
  if (told.whole) button("link", told.whole, parent, { do: "whole", ...of });
  const letters = button("link", told.as_signed ? "As formatted" : "As signed", parent, { do: "letters", ...of });
  letters.setAttribute("aria-label", `${letters.textContent}: version ${told.version}`);
}

function card(told, hits) {
  const box = write("article", told.unread ? "note unread" : "note");
  box.dataset.note = told.note_id;
  const top = write("h5", "", undefined, box);
  write("span", "who", `${told.discipline} · ${told.author}`, top);
  write("span", "facts", told.facts, top);
  if (told.unread) write("span", "new", "Unread", top);
  if (told.pins.length) {
    const pins = write("ul", "pins", undefined, box);
    pins.setAttribute("aria-label", "About");
    for (const pin of told.pins) write("li", "", pin, pins);
  }
  version(told.text, hits, box);
  for (const text of told.cosigned) write("p", "cosigned", text, box);
  const foot = write("div", "foot", undefined, box);
  const who = `note of ${told.author}, ${told.facts}`;
  if (told.may_cosign) {
    const sign = button("act", "Countersign …", foot, { do: "cosign", note: told.note_id });
    sign.setAttribute("aria-label", `Countersign … ${who}`);
    sign.setAttribute("aria-haspopup", "dialog");
  }
  opens(told.text, foot);
  if (told.earlier_count) {
    const of = { do: "earlier", note: told.note_id, version: told.text.version };
    const earlier = button("link", `Earlier versions (${told.earlier_count})`, foot, of);
    earlier.setAttribute("aria-expanded", String(told.earlier.length > 0));
  }
  if (told.may_amend) button("link amend", "Amend", foot, { do: "amend", note: told.note_id });
  if (told.may_ask) {
    const ask = button("link", "Ask to countersign …", foot, { do: "ask", note: told.note_id });
    ask.setAttribute("aria-label", `Ask to countersign … ${who}`);
    ask.setAttribute("aria-haspopup", "dialog");
  }
  for (const each of told.earlier) {
    const old = version(each, [], box);
    old.classList.add("old");
    opens(each, write("div", "foot", undefined, old));
  }
  return box;
}

function month(told, hits) {
  const box = write("section", "month");
  box.setAttribute("aria-label", told.title);
  write("h4", "", told.title, box);
  box.append(...told.cards.map((one) => card(one, hits)));
  return box;
}

// What had the focus is known by what it asks for: it has it again after the list was drawn anew.
function withFocus(frame, draw) {
  const asked = frame.getRootNode().activeElement?.dataset?.asked;
  draw();
  if (asked) that(frame, asked)?.focus({ preventScroll: true });
}

export default function ({ data: [told], parentElement, setTriggerValue }) {
  dress(parentElement, blocksStyle);
  const frame = frameOf(parentElement, style, begin);
  frame.report = (asked) => setTriggerValue("asked", { ...asked, of: told.of, at: Date.now() });
  frame.heading.textContent = told.heading;
  frame.search.parentElement.hidden = !told.chips.length;
  const typing = frame.waiting || frame.search.value !== (frame.looked ?? frame.search.value);
  if (!typing || frame.of !== told.of) frame.search.value = frame.looked = told.text;
  frame.of = told.of;
  if (frame.said.textContent !== told.said) frame.said.textContent = told.said;
  withFocus(frame, () => {
    frame.chips.replaceChildren();
    told.chips.forEach((one) => chip(one, frame.chips));
    if (told.all_read) button("link", "Mark all as read", frame.chips, { do: "all_read" });
    if (told.show_all) button("link", told.show_all, frame.chips, { do: "all" });
    frame.list.replaceChildren(...told.months.map((one) => month(one, told.hits)));
    if (told.more) button("more", told.more, frame.list, { do: "more" });
  });
}
