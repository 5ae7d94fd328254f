// The questions of an entry. What is tapped and typed stays here until the server says that it holds it, and is sent
// again until it does; nothing goes into the browser's storage. A question without an answer has none: no value stands
// in for it.

import { asked } from "../flareboard.shared/asked.js";
import { dress, sheetFrom, write } from "../flareboard.shared/markup.js";
import { once } from "../flareboard.shared/radios.js";
import { same, without } from "../flareboard.shared/values.js";
import { Doses } from "./doses.js";
import { mapWords, newToken } from "./fields.js";
import { Amount, Choice, Scale, Several, Text } from "./questions.js";
import * as unsaved from "./unsaved.js";

const style = await sheetFrom(new URL("entry_form.css", import.meta.url));
const forms = new WeakMap();
const PAUSE = 600; // ms without a change before the answers are sent
const LATEST = 1400; // ms after the first unsent change at which they are sent in any case
const SILENCE = 3500; // ms without an answer after which the person is told
const KINDS = { scale: Scale, amount: Amount, choice: Choice, several: Several, doses: Doses, text: Text };

export default function ({ data: [data], parentElement, setStateValue }) {
  if (!forms.has(parentElement)) forms.set(parentElement, new EntryForm(parentElement));
  const form = forms.get(parentElement);
  form.send = (sent) => setStateValue("entry", sent);
  form.update(data);
  return () => form.leave();
}

class EntryForm {
  constructor(parent) {
    dress(parent, style);
    this.root = write("form", "entry", "", parent);
    this.root.setAttribute("aria-label", "Entry");
    this.root.noValidate = true;
    this.root.onsubmit = (event) => event.preventDefault();
    this.root.onkeydown = (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.saveEntry();
    };
    this.head = write("div", "head", "", this.root);
    this.notice = write("p", "notice", "", this.root);
    this.grid = write("div", "grid", "", this.root);
    this.buildFoot();
    this.window = newToken().slice(0, 8);
    this.count = 0;
    this.fields = {};
  }

  // Drawing --------------------------------------------------------------------------------------------------------

  buildFoot() {
    const foot = write("div", "foot", "", this.root);
    this.problem = write("div", "problem", "", foot); // beside the button that was pressed, and never below the screen
    this.problem.setAttribute("role", "alert");
    this.problem.hidden = true;
    this.who = write("div", "who", "", foot); // on a telephone nothing else says by now whose entry it is
    this.saveButton = write("button", "save", "Save entry", foot);
    this.saveButton.type = "button";
    this.saveButton.title = "Ctrl + Enter";
    this.saveButton.onclick = () => this.saveEntry();
    this.dropButton = write("button", "drop", "Discard", foot);
    this.dropButton.type = "button";
    this.dropButton.onclick = () => this.askToDrop();
    this.status = write("div", "status", "", foot);
    this.status.setAttribute("role", "status");
  }

  build(data) {
    if (!this.day) this.buildHead();
    this.day.max = data.today;
    this.saveButton.textContent = data.corrects ? "Save correction" : "Save entry";
    const make = (question) =>
      new KINDS[question.kind](question, document.createDocumentFragment(), (value) => this.change(question.name, value));
    this.asked = asked(this.grid, this.asked ?? [], data.questions, make);
    if (data.corrects && !this.reason) this.reason = this.buildReason();
  }

  buildHead() {
    this.moment("day", "date", "Day");
    this.moment("time", "time", "Time");
    this.buildNoPain();
  }

  moment(name, type, label) {
    const box = write("label", "moment", label, this.head);
    const input = write("input", "", "", box);
    input.type = type;
    input.name = name;
    input.onchange = () => this.change(name, input.value || undefined);
    this[name] = input;
    return input;
  }

  buildNoPain() {
    const box = write("div", "map", "", this.head);
    this.regions = write("span", "", "", box);
    this.noPain = write("button", "chip", "No pain anywhere", box);
    this.noPain.type = "button";
    this.noPain.onclick = once(() => this.change("no_pain", this.fields.no_pain ? undefined : true));
  }

  buildReason() {
    const question = { name: "reason", label: "Why it is corrected (required, stays with the entry)", kind: "text" };
    return new Text(question, this.grid, (value) => this.change("reason", value), 400);
  }

  show() {
    for (const name of ["day", "time"]) if (this[name].value !== (this.fields[name] ?? "")) this[name].value = this.fields[name] ?? "";
    for (const question of [...this.asked, ...(this.reason ? [this.reason] : [])]) question.show(this.fields[question.name]);
    this.noPain.setAttribute("aria-pressed", Boolean(this.fields.no_pain) && !this.data.regions);
    this.noPain.hidden = this.data.regions > 0;
    this.regions.textContent = mapWords(this.data.map, this.fields.no_pain);
    this.who.textContent = this.data.who;
    this.notice.textContent = this.data.notice;
    this.notice.hidden = !this.data.notice;
    this.dropButton.hidden = !this.data.revision && !this.dirty();
  }

  tell(words, kind = "") {
    this.status.textContent = words;
    this.status.className = `status ${kind}`;
  }

  explain(words, ...choices) {
    this.problem.hidden = !words;
    this.problem.replaceChildren();
    if (!words) return;
    write("p", "", words, this.problem);
    for (const [label, act] of choices) {
      const button = write("button", "", label, this.problem);
      button.type = "button";
      button.onclick = act;
    }
  }

  // What the person does -------------------------------------------------------------------------------------------

  change(name, value) {
    if (this.saving) return;
    this.fields = value === undefined ? without(this.fields, name) : { ...this.fields, [name]: value };
    if (!this.stuck) this.explain("");
    this.show();
    if (this.stuck || same(this.fields, this.held)) return;
    this.tell("Saving draft …");
    this.since = this.since ?? Date.now();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.flush(), Math.max(0, Math.min(PAUSE, this.since + LATEST - Date.now())));
  }

  saveEntry() {
    if (this.saving || this.stuck) return;
    const wrong = this.asked.find((question) => question.wrong);
    if (wrong) return this.explain(`${wrong.label}: ${wrong.wrong} Nothing was saved yet.`), wrong.focus();
    if (this.reason && !(this.fields.reason ?? "").trim()) {
      this.explain("A correction needs a reason. Say in a few words why; it stays with the entry.");
      return this.reason.focus();
    }
    if (this.contradicts()) return this.askAboutPain();
    this.lock(true);
    this.root.setAttribute("aria-busy", "true");
    this.saveButton.disabled = true;
    this.explain("");
    this.tell("Saving entry …");
    this.post("save");
  }

  /** While an entry is on its way neither its questions nor its map can be changed. */
  lock(saving) {
    this.saving = saving;
    const side = document.querySelector(".st-key-entry_map_side"); // with what can be copied into the map
    if (side) side.inert = saving;
    window.dispatchEvent(new CustomEvent("entry-saving", { detail: saving }));
  }

  contradicts() {
    return this.fields.no_pain && !this.data.regions && this.fields.pain > 0 && this.agreed !== this.fields.token;
  }

  /** Both can be meant (pain in the head only); asked once an entry. */
  askAboutPain() {
    const settle = (fields) => {
      this.agreed = this.fields.token;
      this.fields = fields;
      this.show();
      this.saveEntry();
    };
    this.explain(
      `"No pain anywhere" is chosen, and pain is ${this.fields.pain} of 10. Nothing was saved yet.`,
      ["Both are right: save", () => settle(this.fields)],
      ['Save without "No pain anywhere"', () => settle(without(this.fields, "no_pain"))],
    );
    this.problem.querySelector("button").focus();
  }

  askToDrop() {
    if (this.saving || this.stuck) return;
    this.explain(
      "Throw away what is filled in here, map included? Saved entries are not touched.",
      ["Discard it", () => { this.explain(""); this.lock(true); this.post("discard"); }],
      ["Keep it", () => this.explain("")],
    );
  }

  // To the server --------------------------------------------------------------------------------------------------

  dirty() {
    return this.held !== undefined && !(same(this.fields, this.held) && this.marks === undefined);
  }

  flush() {
    clearTimeout(this.waiting);
    this.since = undefined;
    if (this.inFlight || this.stuck || same(this.fields, this.held)) return;
    this.post("draft");
  }

  post(act) {
    clearTimeout(this.waiting);
    this.inFlight = { fields: { ...this.fields }, base: { ...this.held }, act };
    if (this.rescued) this.inFlight.rescued = this.rescued;
    this.again();
  }

  // Sent until it is answered: what had arrived all the same is recognised there and not saved twice.
  again() {
    this.inFlight.repeated = this.inFlight.sent !== undefined;
    this.inFlight.sent = `${this.window}-${++this.count}`;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      if (!this.inFlight || !this.root.isConnected) return;
      this.silent = true;
      this.tell("Not saved yet: the server does not answer. Your answers stay here and are sent again.", "wrong");
      this.again();
    }, SILENCE);
    this.send({ ...this.inFlight });
  }

  // From the server ------------------------------------------------------------------------------------------------

  update(data) {
    const fresh = this.data === undefined;
    const restarted = this.data && this.data.session !== data.session;
    this.data = data;
    this.build(data);
    if (fresh) this.bringBack(data);
    if (same(this.marks, data.map)) this.marks = undefined;
    if (this.inFlight && data.sent === this.inFlight.sent) this.answered(data);
    else if (this.inFlight && restarted) this.again();
    else if (!this.inFlight && !this.stuck && data.parted) this.gone(data);
    else if (!this.inFlight && !this.stuck) this.follow(data);
    this.show();
    this.watchTheDoors();
  }

  /** Nothing of ours is on its way: what the server holds is shown, unless something newer stands here. */
  follow(data) {
    if (this.held && !same(this.fields, this.held)) return;
    if (!this.held || !same(this.held, data.fields)) this.take(data.fields);
    if (data.revision) this.told = false; // something new is being filled in: the last entry was told long enough
    if (!this.told) this.tell(data.saved);
  }

  take(fields) {
    this.fields = { ...fields };
    this.held = { ...fields };
  }

  answered(data) {
    const sent = this.inFlight;
    this.inFlight = null;
    this.silent = false;
    clearTimeout(this.silence);
    this.rescued = undefined;
    if (sent.act !== "draft") this.settle();
    if (data.kind === "conflict") return this.conflict(data);
    if (data.parted) return this.gone(data);
    if (data.kind === "saved" || data.kind === "gone" || data.kind === "discarded") {
      this.take(data.fields);
      this.told = true;
      this.tell(data.words, data.kind === "discarded" ? "" : "good");
      return;
    }
    this.told = false;
    if (data.kind === "draft" || data.kept) this.join(sent.fields, data.fields);
    if (data.kind === "refused") {
      this.explain(data.words);
      return this.tell(data.kept ? `Entry not saved. ${data.saved}.` : "Not saved", "wrong");
    }
    if (!same(this.fields, this.held)) this.change("token", this.fields.token);
    else this.tell(data.saved);
  }

  settle() {
    this.lock(false);
    this.root.removeAttribute("aria-busy");
    this.saveButton.disabled = false;
  }

  /** The server holds `theirs`; what was answered here since `sent` left stays. */
  join(sent, theirs) {
    const changed = Object.keys({ ...this.fields, ...sent }).filter((name) => !same(this.fields[name], sent[name]));
    const mine = Object.fromEntries(changed.filter((name) => name in this.fields).map((name) => [name, this.fields[name]]));
    this.fields = { ...without(theirs, ...changed), ...mine };
    this.held = { ...theirs };
  }

  conflict(data) {
    this.stuck = true;
    const settle = (theirs) => {
      this.stuck = false;
      const mine = Object.fromEntries(data.conflicts.filter((name) => name in this.fields).map((name) => [name, this.fields[name]]));
      this.held = { ...data.fields };
      this.fields = theirs ? { ...data.fields } : { ...without(data.fields, ...data.conflicts), ...mine };
      this.explain("");
      this.show();
      if (this.dirty()) this.flush();
      else this.tell(data.saved);
    };
    this.explain(data.words, ["Keep what stands here", () => settle(false)], ["Take the other window's", () => settle(true)]);
    this.tell("Not saved: two windows", "wrong");
  }

  /** The entry was saved elsewhere while an answer or the map was changed here: nothing goes on unasked. */
  gone(data) {
    this.stuck = true;
    const settle = (act, fields) => {
      this.stuck = false;
      this.held = { ...this.data.fields };
      this.fields = fields;
      this.explain("");
      this.show();
      this.post(act);
    };
    this.explain(
      `${data.parted} What you changed here since is not part of it.`,
      ["Keep it as another entry", () => settle("keep", { ...this.fields, token: this.data.fields.token })],
      ["Drop it", () => settle("drop", { ...this.data.fields })],
    );
    this.tell("Not saved", "wrong");
  }

  bringBack(data) {
    const kept = unsaved.fetch(data.form, data.user);
    if (!kept) return;
    this.fields = kept.fields;
    this.held = kept.held;
    if (kept.marks) this.rescued = { marks: kept.marks, base: kept.map };
    setTimeout(() => this.post("draft"));
  }

  // Leaving --------------------------------------------------------------------------------------------------------

  leave() {
    this.doors?.abort();
    this.doors = undefined;
    if (this.saving) this.lock(false);
    const { fields, held, marks } = this;
    if (this.dirty()) unsaved.keep(this.data.form, { fields, held, marks, map: this.data.map });
  }

  watchTheDoors() {
    if (this.doors) return;
    this.doors = new AbortController();
    const on = (target, name, act) => target.addEventListener(name, act, { capture: true, signal: this.doors.signal });
    const outside = (event) => !event.composedPath().includes(this.root);
    on(window, "pointerdown", (event) => outside(event) && this.flush());
    // The map reports for itself; what it set is remembered until the page says that the server holds it.
    on(window, "marks", (event) => {
      this.marks = same(event.detail, this.data.map) ? undefined : event.detail;
    });
    on(window, "click", (event) => this.holdBack(event));
    on(window, "pagehide", () => this.flush());
    on(document, "visibilitychange", () => document.visibilityState === "hidden" && this.flush());
    on(window, "beforeunload", (event) => {
      if (!this.dirty()) return;
      this.flush();
      event.preventDefault();
    });
  }

  /** A click that leads to another page waits the moment until the answers are answered for. */
  holdBack(event) {
    const leads = event.composedPath().find((each) => each.matches?.("a[href], [data-testid='stSidebar'] button"));
    const newTab = event.ctrlKey || event.metaKey || event.shiftKey;
    const hopeless = () => this.stuck || this.silent || !this.root.isConnected;
    if (!leads || newTab || this.lettingGo || !this.dirty() || hopeless()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.flush();
    const look = () => {
      if (this.dirty() && !hopeless()) return setTimeout(look, 10);
      this.lettingGo = true;
      leads.click();
      this.lettingGo = false;
    };
    look();
  }
}
