// A form that keeps itself (saving.js): its fields, what is wrong with them, submitting, discarding, and the choice
// between two versions. Text is only ever put into value and textContent.

import { asked } from "../flareboard.shared/asked.js";
import { dress, sheetFrom, write } from "../flareboard.shared/markup.js";
import { Saving } from "../flareboard.shared/saving.js";
import { same, without } from "../flareboard.shared/values.js";
import { Clash } from "./kept_clash.js";
import { fieldOf } from "./kept_fields.js";

const style = await sheetFrom(new URL("kept_form.css", import.meta.url));
const forms = new WeakMap();

export default function ({ data: [data], parentElement, setStateValue }) {
  const fresh = !forms.has(parentElement);
  if (fresh) forms.set(parentElement, new KeptForm(parentElement));
  const form = forms.get(parentElement);
  form.deliver = (message) => setStateValue("form", message);
  form.update(data, fresh);
  return () => form.saving.leave(data.form);
}

class KeptForm {
  constructor(parent) {
    dress(parent, style);
    this.root = write("form", "kept", undefined, parent);
    this.root.noValidate = true;
    this.root.onsubmit = (event) => event.preventDefault();
    this.root.onkeydown = (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.submit();
    };
    this.notice = write("p", "notice", "", this.root);
    this.grid = write("div", "grid", undefined, this.root);
    this.choice = new Clash(this.root, (act, more) => this.act(act, more));
    this.buildFoot();
    this.answers = {};
    this.errors = {};
    this.fields = [];
    this.saving = new Saving(this);
  }

  buildFoot() {
    const foot = write("div", "foot", undefined, this.root);
    this.problem = write("div", "problem", undefined, foot); // beside the button that was pressed
    this.problem.setAttribute("role", "alert");
    this.problem.hidden = true;
    this.remark = write("p", "remark", "", foot);
    this.saveButton = this.button("save", "", () => this.submit(), foot);
    this.saveButton.title = "Ctrl + Enter";
    this.dropButton = this.button("drop", "Discard draft", () => this.askToDrop(), foot);
    this.status = write("div", "status", undefined, foot);
    this.status.setAttribute("role", "status");
  }

  button(name, words, act, parent) {
    const button = write("button", name, words, parent);
    button.type = "button";
    button.onclick = act;
    return button;
  }

  // Drawing ----------------------------------------------------------------------------------------------------------

  update(data, fresh) {
    this.data = data;
    this.root.setAttribute("aria-label", data.title);
    this.saveButton.textContent = data.submit;
    this.remark.textContent = data.remark;
    this.remark.hidden = !data.remark;
    const make = (field) => fieldOf(field, (value) => this.change(field.name, value));
    this.fields = asked(this.grid, this.fields, data.fields, make);
    const refused = data.kind === "refused" ? data.words : "";
    const conflict = data.kind === "conflict" || data.kind === "gone";
    this.saving.enter(data.form, { ...data, refused, conflict }, fresh);
    if (fresh || !same(data.given, this.given)) this.mark({ ...(fresh ? data.errors : this.errors), ...data.given });
    this.given = data.given;
    this.show(fresh);
    this.choose(data);
  }

  show(fresh = false) {
    for (const field of this.fields) field.show(this.answers[field.name]);
    if (fresh) this.restored = this.data.restored;
    const notice = this.data.notice || (this.data.revision ? this.restored : "");
    this.notice.textContent = notice;
    this.notice.hidden = !notice;
    this.dropButton.hidden = !this.data.revision && !this.saving.dirty();
  }

  /** Two versions are put side by side instead of the fields, as long as nothing was chosen. */
  choose(data) {
    const open = Boolean(data.clash);
    const opens = open && this.grid.hidden !== open;
    this.grid.hidden = this.saveButton.hidden = open;
    this.choice.show(data.clash, data.kind === "clash" ? data.errors : {});
    if (open) this.notice.hidden = true;
    if (opens) this.choice.focus();
  }

  mark(errors) {
    this.errors = errors;
    for (const field of this.fields) field.wrong(errors[field.name]);
    if (errors[""]) this.explain(errors[""]);
  }

  tell(words, wrong = false, good = false) {
    this.status.textContent = words;
    this.status.className = `status${wrong ? " wrong" : ""}${good ? " good" : ""}`;
    // Read out only when something is wrong or done: a voice that says 'saving' every second helps nobody.
    this.status.setAttribute("aria-live", wrong || good ? "polite" : "off");
  }

  explain(words, ...choices) {
    this.problem.hidden = !words;
    this.problem.replaceChildren();
    if (!words) return;
    for (const line of [words].flat()) {
      const told = write("p", "", line, this.problem);
      if (told.scrollHeight > told.clientHeight) told.tabIndex = 0; // the keyboard scrolls what is long
    }
    for (const [label, act] of choices) this.button("", label, act, this.problem);
  }

  // What the person does ---------------------------------------------------------------------------------------------

  change(name, value) {
    this.answers = { ...this.answers, [name]: value };
    const field = this.fields.find((each) => each.name === name);
    field.show(value);
    field.wrong();
    this.errors = without(this.errors, name);
    if (!this.saving.stuck) this.explain("");
    this.saving.typed();
    this.dropButton.hidden = !this.data.revision && !this.saving.dirty();
  }

  submit() {
    if (this.unfit()) return this.sayUnfit();
    const open = this.fields.find(({ field }) => field.ask && !field.hidden && !this.answers[field.name]);
    if (open && !this.busy && !this.saving.stuck) return this.askFor(open);
    this.act("submit");
  }

  /** Asked once, beside the button: the person may answer, or go on without. */
  askFor(open) {
    this.explain(
      open.field.ask,
      [`${this.data.submit} without it`, () => this.act("submit")],
      ["Choose it", () => { this.explain(""); open.focus(); }],
    );
    this.problem.querySelector("button").focus();
  }

  act(act, more = {}) {
    if (this.saving.stuck) return this.problem.querySelector("button")?.focus(); // what is asked there comes first
    if (this.busy) return;
    this.busy = true;
    this.chosen = more.chosen;
    this.at = this.root.getRootNode().activeElement;
    this.grid.inert = true;
    this.root.setAttribute("aria-busy", "true");
    this.explain("");
    this.tell(act === "discard" ? "Discarding …" : "Saving …");
    this.saving.post(this.content(), act);
  }

  released() {
    if (!this.busy) return;
    this.busy = false;
    this.grid.inert = false;
    this.root.removeAttribute("aria-busy");
    if (this.at?.isConnected && !this.root.getRootNode().activeElement) this.at.focus({ preventScroll: true });
  }

  askToDrop() {
    if (this.busy || this.saving.stuck) return this.problem.querySelector("button")?.focus();
    this.explain(
      "Throw away this draft? What is saved is not touched.",
      ["Discard it", () => this.act("discard")],
      ["Keep it", () => { this.explain(""); this.dropButton.focus(); }],
    );
    this.problem.querySelector("button").focus();
  }

  // What saving.js asks ----------------------------------------------------------------------------------------------

  content() {
    return { ...this.answers };
  }

  contentOf(data) {
    return data.answers;
  }

  fill(data) {
    this.answers = { ...data.answers };
    this.standOn(data);
  }

  /** The revision that what is typed here was begun on, and what stood in the fields then. */
  standOn({ on, began }) {
    this.on = on;
    this.began = began;
  }

  /** Nothing was typed here, and something else stands there now. */
  outdated(data) {
    return this.on !== data.on || !same(data.answers, this.saving.held);
  }

  more() {
    return { on: this.on, began: this.began };
  }

  putBack(content, ground) {
    const known = Object.keys(content).filter((name) => name in this.data.answers);
    this.answers = { ...this.data.answers, ...Object.fromEntries(known.map((name) => [name, content[name]])) };
    this.standOn(ground);
  }

  /** The server put together what was sent and what another window changed; what was typed since stays. */
  joined(sent, data) {
    const since = Object.keys(this.answers).filter((name) => !same(this.answers[name], sent[name]));
    const mine = Object.fromEntries(since.map((name) => [name, this.answers[name]]));
    this.answers = { ...data.answers, ...mine };
    this.standOn(data);
    return data.answers;
  }

  unfit() {
    return JSON.stringify(this.answers).length > this.data.longest;
  }

  sayUnfit() {
    const length = JSON.stringify(this.answers).length.toLocaleString("en");
    this.explain(`These answers have ${length} characters; a form holds ${this.data.longest.toLocaleString("en")}. ` +
      "The draft saved before is untouched, and what you typed is still here. Shorten it.");
    this.tell("Not saved: too long", true);
  }

  post({ content, act = "draft", sent, first, revision, base }) {
    this.deliver({ act, answers: content, base, on: this.on, revision, sent, first, chosen: this.chosen ?? null });
  }

  pending(data) {
    return data.kind === "pending";
  }

  /** What became of a submission, or of what else was asked for. */
  acted(act, data) {
    this.released();
    this.fill(data);
    this.saving.hold(data);
    this.mark(data.kind === "errors" ? { ...data.errors } : {});
    this.restored = "";
    if (data.kind === "errors") return this.sayErrors(data);
    this.show();
    const done = data.kind === "done";
    this.tell(done || data.kind === "discarded" ? data.words : data.saved, false, done);
  }

  sayErrors(data) {
    this.show();
    const wrong = this.fields.filter((field) => this.errors[field.name]);
    this.tell(`${data.look} ${data.saved}.`.trim(), true);
    this.grid.hidden = false;
    wrong[0]?.focus();
  }

  /** The draft was changed, saved or discarded in another window: nothing goes on unasked. */
  conflict(data) {
    this.released();
    this.saving.stuck = true;
    const settle = (answers, ground = data) => {
      this.saving.stuck = false;
      this.saving.hold({ ...data, answers: ground === data ? data.answers : ground.began });
      this.answers = answers;
      this.standOn(ground);
      this.explain("");
      this.show();
      this.tell(data.saved);
      this.saving.send();
    };
    const mine = this.answers;
    if (data.kind === "gone") {
      // What somebody saved since it was begun is not what it was written on: saved, the two are shown side by side.
      const ground = this.more();
      this.explain(
        "This draft was saved or discarded in another window. What you typed here is not part of it; it is still here, not saved yet.",
        ["Keep mine as a new draft", () => settle(mine, ground)],
        ["Drop mine", () => settle({ ...data.answers })],
      );
    } else {
      const here = Object.fromEntries(data.both.map((name) => [name, mine[name]]));
      const since = Object.keys(mine).filter((name) => !same(mine[name], this.saving.held?.[name]));
      const kept = Object.fromEntries(since.map((name) => [name, mine[name]]));
      this.explain(
        ["This was changed in another window too; nothing was overwritten. There it says now:", ...data.there],
        ["Keep what stands here", () => settle({ ...data.answers, ...kept, ...here })],
        ["Take the other window's", () => settle({ ...data.answers, ...without(kept, ...data.both) })],
        ...(data.texts ? [["Keep both texts", () => settle({ ...data.answers, ...kept, ...both(data, mine) })]] : []),
      );
    }
    this.tell("Not saved: two windows", true);
  }
}

/** The texts that were changed in two windows, one below the other. */
function both(data, mine) {
  return Object.fromEntries(data.both.map((name) => [name, `${mine[name]}\n\n[In another window:]\n${data.answers[name]}`]));
}
