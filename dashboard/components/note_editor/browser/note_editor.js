// A text area that saves itself. What is typed stays here until the server says that it holds it; text is only ever
// put into value and textContent, and never into the browser's storage: a page that is reloaded has forgotten it.

import { element, rootOf, sheetFrom } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("note_editor.css", import.meta.url));
const PAUSE = 700; // ms without a key before the text is sent
const LATEST = 1400; // ms after the first unsaved key at which it is sent in any case
const SILENCE = 3500; // ms without an answer after which the author is told, and no click waits any longer

// Text not yet known to be saved when its editor went away (another page, signed out by a restarted server): it comes
// back with the editor, for the same person and patient only; until then closing the window is asked about.
const unsaved = (window.flareboardUnsaved = window.flareboardUnsaved ?? watched({ user: null, kept: new Map() }));

function watched(store) {
  window.addEventListener("beforeunload", (event) => {
    if (store.kept.size) event.preventDefault();
  });
  return store;
}

function build(root) {
  const label = element("label", { for: "text" });
  const text = element("textarea", { id: "text", rows: "7", spellcheck: "true", "aria-describedby": "status" });
  const days = element("div", { class: "days", role: "group", "aria-label": "Days the note is pinned to" });
  const start = element("input", { type: "date", id: "start", min: "1990-01-01", max: "2199-12-31" });
  const end = element("input", { type: "date", id: "end", min: "1990-01-01", max: "2199-12-31" });
  const first = element("label", { for: "start" }, "Pin to a day (optional)");
  const last = element("label", { for: "end" }, "to");
  days.append(first, start, last, end);
  // Read out only when something is wrong: a voice that says 'saving' every second helps nobody.
  const status = element("div", { id: "status", class: "status" });
  const problem = element("div", { class: "problem", role: "alert", hidden: "" });
  root.append(label, text, problem, element("div", { class: "foot" }));
  root.querySelector(".foot").append(days, status);
  return { label, text, start, end, status, problem, base: 0, count: 0, waiting: null, inFlight: null, held: null };
}

function backwards(editor) {
  return editor.end.value !== "" && (editor.start.value === "" || editor.end.value < editor.start.value);
}

// Days in the wrong order never keep the text from being saved: the days saved before stay until they are right.
function content(editor) {
  const days = backwards(editor) ? editor.held : { start: editor.start.value, end: editor.end.value };
  return { text: editor.text.value, start: days?.start ?? "", end: days?.end ?? "" };
}

function same(a, b) {
  return a && b && a.text === b.text && a.start === b.start && a.end === b.end;
}

function dirty(editor) {
  return !same(content(editor), editor.held);
}

function tell(editor, words, wrong = false) {
  editor.status.textContent = words;
  editor.status.classList.toggle("wrong", wrong);
  editor.status.setAttribute("aria-live", wrong ? "polite" : "off");
}

function fill(editor, data) {
  editor.text.value = data.text;
  editor.start.value = data.start;
  editor.end.value = data.end;
  hold(editor, data);
}

// The server holds this text: it is the ground on which the next save stands.
function hold(editor, data) {
  editor.base = data.revision;
  editor.held = { text: data.text, start: data.start, end: data.end };
}

function tooLong(editor) {
  const length = [...editor.text.value].length;
  return length > editor.longest ? length : 0;
}

function explain(editor, words, ...choices) {
  editor.problem.hidden = !words;
  editor.problem.replaceChildren(...(words ? [element("p", {}, words), ...choices] : []));
}

function choice(words, done) {
  const made = element("button", { type: "button" }, words);
  made.onclick = done;
  return made;
}

function send(editor) {
  clearTimeout(editor.waiting);
  editor.waiting = null;
  if (editor.inFlight || editor.stuck || !dirty(editor)) return;
  const length = tooLong(editor);
  if (length) {
    explain(editor, `This text has ${length.toLocaleString("en")} characters; a note holds ` +
      `${editor.longest.toLocaleString("en")}. The draft saved before is untouched. Shorten it, or write a second note.`);
    return tell(editor, "Not saved: too long", true);
  }
  editor.inFlight = content(editor);
  editor.since = null;
  tell(editor, "Saving …");
  post(editor);
}

// The author is about to leave: everything typed goes out now, behind what is still on its way.
function flush(editor) {
  if (editor.inFlight && !editor.stuck && !tooLong(editor) && !same(content(editor), editor.inFlight)) {
    editor.inFlight = content(editor);
    return post(editor);
  }
  send(editor);
}

// Sent again until it is answered: a text that had arrived all the same is recognised there and not saved twice.
function post(editor) {
  editor.inFlight.sent = `${editor.window}-${++editor.count}`;
  clearTimeout(editor.silence);
  editor.silence = setTimeout(() => {
    if (!editor.inFlight || !editor.text.isConnected) return;
    editor.silent = true;
    tell(editor, "Not saved yet: the server does not answer. Your text stays here and is sent again.", true);
    post(editor);
  }, SILENCE);
  editor.save({ ...editor.inFlight, revision: editor.base });
}

function typed(editor) {
  if (!editor.stuck) {
    explain(editor, backwards(editor) ? "The days are not saved yet: the last one comes before the first." : "");
  }
  if (!dirty(editor)) return;
  if (!editor.stuck) tell(editor, "Saving …");
  editor.since = editor.since ?? Date.now();
  clearTimeout(editor.waiting);
  const left = editor.since + LATEST - Date.now();
  editor.waiting = setTimeout(() => send(editor), Math.max(0, Math.min(PAUSE, left)));
}

function conflict(editor, data) {
  editor.stuck = true;
  const settle = (text) => {
    editor.stuck = false;
    hold(editor, data);
    editor.text.value = text;
    explain(editor, "");
    tell(editor, data.saved);
    send(editor);
  };
  const mine = editor.text.value;
  const both = data.text ? `${mine}\n\n[${data.saved} in another window:]\n${data.text}` : mine;
  explain(
    editor,
    data.text
      ? "This draft was changed in another window. Nothing was overwritten: the saved draft is safe, and your text is still here, not saved yet."
      : "This draft was signed or discarded in another window. Your text is still here, not saved yet.",
    choice(data.text ? "Keep both texts" : "Keep my text as a new draft", () => settle(both)),
    choice(data.text ? "Take the saved draft, drop mine" : "Drop my text", () => { fill(editor, data); settle(data.text); }),
  );
  tell(editor, "Not saved: two windows", true);
}

function answered(editor, data) {
  const sent = editor.inFlight;
  editor.inFlight = null;
  editor.silent = false;
  clearTimeout(editor.silence);
  if (data.conflict) return conflict(editor, data);
  if (data.refused) {
    explain(editor, data.refused);
    return tell(editor, "Not saved", true);
  }
  editor.base = data.revision;
  editor.held = { text: sent.text, start: sent.start, end: sent.end };
  if (dirty(editor)) typed(editor);
  else tell(editor, data.saved);
}

function receive(editor, data) {
  const restarted = editor.session && editor.session !== data.session;
  editor.session = data.session;
  if (editor.inFlight && data.sent === editor.inFlight.sent) return answered(editor, data);
  if (editor.inFlight && restarted) {
    // The server was restarted or the session replaced: whether it still saved the text shows in what it holds now.
    const arrived = data.text === editor.inFlight.text;
    editor.inFlight = null;
    editor.silent = false;
    if (arrived) hold(editor, data);
    return send(editor);
  }
  if (editor.inFlight || editor.stuck) return;
  if (!editor.held || (!dirty(editor) && data.revision !== editor.base)) {
    fill(editor, data);
    tell(editor, data.saved);
    explain(editor, "");
  }
}

function bringBack(editor, data) {
  if (unsaved.user !== data.user) {
    unsaved.user = data.user;
    unsaved.kept.clear();
  }
  const kept = unsaved.kept.get(data.note);
  if (!kept) return;
  fill(editor, { ...kept.held, revision: kept.base });
  editor.text.value = kept.text;
  editor.start.value = kept.start;
  editor.end.value = kept.end;
  editor.session = data.session;
  if (data.text === kept.text) hold(editor, data);
  else send(editor);
}

export default function ({ data: [data], parentElement, setStateValue }) {
  const root = rootOf(parentElement, "editor", style);
  const fresh = !root.editor;
  const editor = root.editor ?? (root.editor = build(root));
  editor.window = editor.window ?? Math.random().toString(36).slice(2);
  editor.longest = data.longest;
  editor.save = (draft) => setStateValue("draft", draft);
  editor.label.textContent = data.label;
  editor.text.oninput = () => typed(editor);
  editor.start.onchange = editor.end.onchange = () => { typed(editor); send(editor); };
  editor.text.onblur = () => flush(editor);
  if (fresh) bringBack(editor, data);
  unsaved.kept.delete(data.note);
  receive(editor, data);
  const stopWatching = watchTheDoors(editor);
  return () => {
    stopWatching();
    if (dirty(editor)) unsaved.kept.set(data.note, { ...content(editor), held: editor.held, base: editor.base });
  };
}

// Every way out of the editor, each heard before the page itself hears it. A click or a step back takes the editor
// away, and with it the only way to the server: it waits the moment until the text is answered for.
function watchTheDoors(editor) {
  const heard = new AbortController();
  const on = (target, name, act) => target.addEventListener(name, act, { capture: true, signal: heard.signal });
  const outside = (event) => !event.composedPath().includes(editor.text.parentElement);
  on(window, "pointerdown", (event) => { if (outside(event)) flush(editor); });
  on(window, "click", (event) => {
    const target = event.composedPath().find((each) => typeof each.click === "function"); // a drawing has none
    const newTab = event.ctrlKey || event.metaKey || event.shiftKey;
    if (outside(event) && !newTab) delay(editor, event, () => target.click());
  });
  on(window, "popstate", (event) => delay(editor, event, () => window.dispatchEvent(new PopStateEvent("popstate", event))));
  on(window, "pagehide", () => flush(editor));
  on(document, "visibilitychange", () => { if (document.visibilityState === "hidden") flush(editor); });
  on(window, "beforeunload", (event) => {
    if (!dirty(editor)) return;
    flush(editor);
    event.preventDefault();
  });
  return () => heard.abort();
}

function delay(editor, event, again) {
  const hopeless = () => editor.stuck || editor.silent || tooLong(editor) || !editor.text.isConnected;
  if (editor.lettingGo || !dirty(editor) || hopeless()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  flush(editor);
  const look = () => {
    if (dirty(editor) && !hopeless()) return setTimeout(look, 10);
    editor.lettingGo = true;
    again();
    editor.lettingGo = false;
  };
  look();
}
