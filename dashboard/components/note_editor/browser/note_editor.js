// The note being written: a text, its kind and what it is pinned to, which save themselves (saving.js). Text is only
// ever put into value and textContent.

import { blocks, blocksStyle } from "../flareboard.shared/blocks.js";
import { dress, element, rootOf, sheetFrom } from "../flareboard.shared/markup.js";
import { Saving } from "../flareboard.shared/saving.js";
import { choose, FIELDS, kindField, offer, outlined, pinFields, showPins } from "./about.js";

const style = await sheetFrom(new URL("note_editor.css", import.meta.url));

function build(root) {
  const top = element("div", { class: "top" });
  const label = element("label", { for: "text" });
  const kind = kindField();
  const preview = element("button", { type: "button", "aria-pressed": "false" }, "Preview");
  const text = element("textarea", { id: "text", rows: "4", spellcheck: "true", "aria-describedby": "status hint" });
  const read = element("div", { class: "read", role: "region", "aria-label": "Preview of the note", tabindex: "0", hidden: "" });
  const hint = element("div", { id: "hint", class: "hint", "aria-live": "polite" });
  const { row, ...pins } = pinFields();
  // Read out only when something is wrong: a voice that says 'saving' every second helps nobody.
  const status = element("div", { id: "status", class: "status" });
  const problem = element("div", { class: "problem", role: "alert", hidden: "" });
  top.append(label, kind, preview);
  root.append(top, text, read, hint, problem, status, row);
  return { root, label, kind, preview, text, read, hint, row, ...pins, status, problem };
}

function backwards(editor) {
  return editor.end.value !== "" && (editor.start.value === "" || editor.end.value < editor.start.value);
}

// Days in the wrong order never keep the text from being saved: the days saved before stay until they are right.
function content(editor) {
  const typed = contentOf(Object.fromEntries(["text", ...FIELDS].map((name) => [name, editor[name].value])));
  const { start = "", end = "" } = editor.saving.held ?? {};
  return backwards(editor) ? { ...typed, start, end } : typed;
}

/** What the server holds, of what it told. */
function contentOf(data) {
  return Object.fromEntries(["text", ...FIELDS].map((name) => [name, data[name] ?? ""]));
}

function put(editor, typed) {
  editor.text.value = typed.text;
  for (const name of FIELDS) {
    if (editor[name].localName === "select") choose(editor[name], typed[name]);
    else editor[name].value = typed[name];
  }
  showPins(editor);
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
    post: ({ content, sent, revision }) => editor.save({ ...content, sent, revision }),
  });
  editor.text.oninput = () => typed(editor);
  for (const name of FIELDS) editor[name].onchange = () => { typed(editor); editor.saving.send(); };
  editor.kind.onchange = () => ofKind(editor);
  editor.preview.onclick = () => { editor.saving.flush(); editor.look(editor.preview.getAttribute("aria-pressed") !== "true"); };
  editor.text.onblur = () => editor.saving.flush();
  return editor;
}

// Headings go into an empty note only: what somebody typed stays as it is, and is told so.
function ofKind(editor) {
  const { value: text } = editor.text;
  editor.text.value = outlined(text, editor.kind.value, editor.kinds);
  const kept = editor.text.value === text && text.trim() && editor.kind.value;
  editor.hint.textContent = kept ? "Your text stays as it is: headings go into an empty note only." : "";
  if (editor.text.value !== text && !editor.text.hidden) begins(editor.text);
  typed(editor);
  editor.saving.send();
}

// The cursor stands below the first heading.
function begins(text) {
  const line = text.value.indexOf("\n") + 1;
  text.focus();
  text.setSelectionRange(line, line);
  text.scrollTop = 0;
}

function previewed(editor, data) {
  editor.preview.textContent = data.preview ? "Write" : "Preview";
  editor.preview.setAttribute("aria-pressed", String(data.preview));
  editor.text.hidden = data.preview;
  editor.read.hidden = !data.preview;
  const nothing = data.preview && !data.blocks.length ? [element("p", { class: "hint" }, "Nothing is saved yet.")] : [];
  editor.read.replaceChildren(...nothing, blocks(data.preview ? data.blocks : []));
}

export default function ({ data: [data], parentElement, setStateValue }) {
  dress(parentElement, blocksStyle);
  const root = rootOf(parentElement, "editor", style);
  const fresh = !root.editor;
  const editor = root.editor ?? (root.editor = begin(root));
  editor.longest = data.longest;
  editor.kinds = data.kinds;
  editor.save = (draft) => setStateValue("draft", draft);
  editor.look = (preview) => setStateValue("preview", preview);
  offer(editor, data);
  previewed(editor, data);
  editor.label.textContent = data.label;
  editor.saving.enter(data.note, data, fresh);
  return () => editor.saving.leave(data.note);
}
