// The note being written: a text and the days it is pinned to, which save themselves (saving.js). Text is only ever put
// into value and textContent.

import { element, rootOf, sheetFrom } from "../flareboard.shared/markup.js";
import { Saving } from "../flareboard.shared/saving.js";

const style = await sheetFrom(new URL("note_editor.css", import.meta.url));

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
  return { root, label, text, start, end, status, problem };
}

function backwards(editor) {
  return editor.end.value !== "" && (editor.start.value === "" || editor.end.value < editor.start.value);
}

// Days in the wrong order never keep the text from being saved: the days saved before stay until they are right.
function content(editor) {
  const days = backwards(editor) ? editor.saving.held : { start: editor.start.value, end: editor.end.value };
  return { text: editor.text.value, start: days?.start ?? "", end: days?.end ?? "" };
}

/** What the server holds, of what it told. */
function contentOf({ text, start, end }) {
  return { text, start, end };
}

function put(editor, { text, start, end }) {
  editor.text.value = text;
  editor.start.value = start;
  editor.end.value = end;
}

function tell(editor, words, wrong = false) {
  editor.status.textContent = words;
  editor.status.classList.toggle("wrong", wrong);
  editor.status.setAttribute("aria-live", wrong ? "polite" : "off");
}

function tooLong(editor) {
  const length = [...editor.text.value].length;
  return length > editor.longest ? length : 0;
}

function sayTooLong(editor) {
  explain(editor, `This text has ${tooLong(editor).toLocaleString("en")} characters; a note holds ` +
    `${editor.longest.toLocaleString("en")}. The draft saved before is untouched. Shorten it, or write a second note.`);
  tell(editor, "Not saved: too long", true);
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

function typed(editor) {
  if (!editor.saving.stuck) {
    explain(editor, backwards(editor) ? "The days are not saved yet: the last one comes before the first." : "");
  }
  editor.saving.typed();
}

function conflict(editor, data) {
  const { saving } = editor;
  saving.stuck = true;
  const settle = (text) => {
    saving.stuck = false;
    saving.hold(data);
    editor.text.value = text;
    explain(editor, "");
    tell(editor, data.saved);
    saving.send();
  };
  const mine = editor.text.value;
  const both = data.text ? `${mine}\n\n[${data.saved} in another window:]\n${data.text}` : mine;
  explain(
    editor,
    data.text
      ? "This draft was changed in another window. Nothing was overwritten: the saved draft is safe, and your text is still here, not saved yet."
      : "This draft was signed or discarded in another window. Your text is still here, not saved yet.",
    choice(data.text ? "Keep both texts" : "Keep my text as a new draft", () => settle(both)),
    choice(data.text ? "Take the saved draft, drop mine" : "Drop my text", () => { put(editor, data); settle(data.text); }),
  );
  tell(editor, "Not saved: two windows", true);
}

function begin(root) {
  const editor = build(root);
  editor.saving = new Saving({
    root,
    content: () => content(editor),
    contentOf,
    fill: (data) => put(editor, data),
    putBack: (typed) => put(editor, typed),
    unfit: () => tooLong(editor) > 0,
    sayUnfit: () => sayTooLong(editor),
    tell: (words, wrong) => tell(editor, words, wrong),
    explain: (words) => explain(editor, words),
    conflict: (data) => conflict(editor, data),
    post: ({ content: { text, start, end }, sent, revision }) => editor.save({ text, start, end, sent, revision }),
  });
  editor.text.oninput = () => typed(editor);
  editor.start.onchange = editor.end.onchange = () => { typed(editor); editor.saving.send(); };
  editor.text.onblur = () => editor.saving.flush();
  return editor;
}

export default function ({ data: [data], parentElement, setStateValue }) {
  const root = rootOf(parentElement, "editor", style);
  const fresh = !root.editor;
  const editor = root.editor ?? (root.editor = begin(root));
  editor.longest = data.longest;
  editor.save = (draft) => setStateValue("draft", draft);
  editor.label.textContent = data.label;
  editor.saving.enter(data.note, data, fresh);
  return () => editor.saving.leave(data.note);
}
