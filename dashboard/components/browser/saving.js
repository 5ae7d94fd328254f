// What saves itself. What is typed stays in the window until the server says that it holds it, is sent after a pause
// and at the latest every 1.5 s, again while the server is silent, and at once when its author is about to leave. It
// never goes into the browser's storage: a page that is reloaded has forgotten it.

import { same } from "./values.js";

const PAUSE = 700; // ms without a key before it is sent
const LATEST = 1400; // ms after the first unsaved key at which it is sent in any case
const SILENCE = 3500; // ms without an answer after which the author is told, and no click waits any longer
const LATER = 5000; // ms after which what the server could not save just then is sent once more

// What is not yet known to be saved when its place went away (another page, signed out by a restarted server): it
// comes back with its place, for the same person only; until then closing the window is asked about.
const unsaved = (window.flareboardUnsaved = window.flareboardUnsaved ?? watched({ user: null, kept: new Map() }));

function watched(store) {
  window.addEventListener("beforeunload", (event) => {
    if ([...store.kept.values()].some((each) => !each.quiet)) event.preventDefault();
  });
  return store;
}

/**
 * The way of one text or form to the server and back. `form` is where it is typed:
 * `root` holds its fields, `content()` is what stands in them as plain values, `contentOf(data)` what the server holds,
 * `fill(data)` puts that into the fields and `putBack(content)` what was typed before, `unfit()` is true of what is too
 * long to send, which `sayUnfit()` says, `tell(words, wrong)` and `explain(words)` say how it stands, `conflict(data)`
 * asks what becomes of two versions, `post(message)` sends. What is more than saving (submitting, discarding) is an
 * `act`: `pending(data)` is true until it has its answer, which `acted(act, data)` is told.
 */
export class Saving {
  constructor(form) {
    Object.assign(this, { form, base: 0, count: 0, held: null, inFlight: null, waiting: null });
    this.window = Math.random().toString(36).slice(2);
  }

  dirty() {
    return !same(this.form.content(), this.held);
  }

  /** The server holds this: it is the ground on which the next save stands. */
  hold(data) {
    this.base = data.revision;
    this.held = this.form.contentOf(data);
  }

  // To the server ----------------------------------------------------------------------------------------------------

  /** Something was changed: it goes out after a pause, however long the typing goes on. */
  typed() {
    if (!this.dirty()) return this.asBefore();
    if (!this.stuck) this.form.tell("Saving …");
    this.since = this.since ?? Date.now();
    clearTimeout(this.waiting);
    const left = this.since + LATEST - Date.now();
    this.waiting = setTimeout(() => this.send(), Math.max(0, Math.min(PAUSE, left)));
  }

  /** What was typed is back to what the server holds. */
  asBefore() {
    this.since = null;
    if (!this.inFlight && !this.stuck && this.saved) this.form.tell(this.saved);
  }

  send() {
    clearTimeout(this.waiting);
    this.waiting = null;
    if (this.inFlight || this.stuck || !this.dirty()) return;
    if (this.form.unfit()) return this.form.sayUnfit();
    this.since = null;
    this.form.tell("Saving …");
    this.post(this.form.content());
  }

  /** The author is about to leave: everything typed goes out now, behind what is still on its way. */
  flush() {
    if (this.inFlight && !this.stuck && !this.inFlight.act && !this.form.unfit()) {
      if (!same(this.form.content(), this.inFlight.content)) this.post(this.form.content());
      return;
    }
    this.send();
  }

  /** Sent again until it is answered: what had arrived all the same is recognised there and not saved twice. */
  post(content, act) {
    this.inFlight = { content, act, sent: `${this.window}-${++this.count}` };
    this.inFlight.first = this.inFlight.sent;
    this.inFlight.tries = [this.inFlight.sent];
    this.repeat();
  }

  repeat() {
    const { content, act, sent, first } = this.inFlight;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      if (!this.inFlight || !this.form.root.isConnected) return;
      this.silent = true;
      this.form.tell("Not saved yet: the server does not answer. Your text stays here and is sent again.", true);
      this.inFlight.sent = `${this.window}-${++this.count}`;
      this.inFlight.tries.push(this.inFlight.sent);
      this.repeat();
    }, SILENCE);
    this.form.post({ content, act, sent, first, revision: this.base, base: this.held });
  }

  // From the server --------------------------------------------------------------------------------------------------

  receive(data) {
    const restarted = this.session && this.session !== data.session;
    this.session = data.session;
    this.saved = data.saved;
    if (this.isAnswer(data)) return this.answered(data);
    if (this.inFlight && restarted) return this.begunAnew(data);
    if (this.inFlight || this.stuck) return;
    if (!this.held || (!this.dirty() && (data.revision !== this.base || this.form.outdated?.(data)))) {
      this.form.fill(data);
      this.hold(data);
      this.form.tell(data.saved);
      this.form.explain("");
    }
  }

  /** A server that answers late answers a try before the last; what is more than saving counts under its last number. */
  isAnswer({ sent }) {
    if (!this.inFlight) return false;
    return this.inFlight.act ? sent === this.inFlight.sent : this.inFlight.tries.includes(sent);
  }

  /** The server was restarted or the session replaced: whether it still saved the text shows in what it holds now. */
  begunAnew(data) {
    const arrived = same(this.form.contentOf(data), this.inFlight.content);
    this.noLongerWaiting();
    this.form.released?.();
    if (!arrived) return this.send();
    this.hold(data);
    this.form.tell(data.saved);
  }

  noLongerWaiting() {
    this.inFlight = null;
    this.silent = false;
    clearTimeout(this.silence);
  }

  answered(data) {
    const { content, act } = this.inFlight;
    if (act && this.form.pending(data)) return this.hold(data); // as a draft; what becomes of it follows
    this.noLongerWaiting();
    if (data.conflict) return this.form.conflict(data);
    if (data.refused) return this.refused(data);
    if (act) return this.form.acted(act, data);
    this.base = data.revision;
    this.held = this.form.joined?.(content, data) ?? content;
    if (this.wasRefused) this.form.explain("");
    this.wasRefused = false;
    if (this.dirty()) this.typed();
    else this.form.tell(data.saved);
  }

  refused(data) {
    this.wasRefused = true;
    this.form.released?.();
    this.form.explain(data.refused);
    this.form.tell("Not saved", true);
    if (data.again) this.waiting = setTimeout(() => this.send(), LATER);
  }

  // Leaving and coming back --------------------------------------------------------------------------------------------

  /** What the server says of the place of that name; `fresh`: it was made just now. */
  enter(name, data, fresh) {
    if (fresh) this.bringBack(name, data);
    unsaved.kept.delete(name);
    this.receive(data);
    this.watchTheDoors();
  }

  /** Puts back what was typed under that name when its place went away. */
  bringBack(name, data) {
    if (unsaved.user !== data.user) {
      unsaved.user = data.user;
      unsaved.kept.clear();
    }
    const kept = unsaved.kept.get(name);
    if (!kept || (kept.first && kept.first === data.finished)) return;
    this.held = kept.held;
    this.base = kept.base;
    this.session = data.session;
    this.form.putBack(kept.content, kept.more);
    if (same(this.form.contentOf(data), kept.content)) this.hold(data);
    else this.send();
  }

  /** The place goes away: what is not known to be saved waits under that name. */
  leave(name) {
    this.doors?.abort();
    this.doors = undefined;
    if (!this.held || !this.dirty()) return;
    const first = this.inFlight?.act ? this.inFlight.first : undefined;
    const { held, base } = this;
    const more = this.form.more?.();
    unsaved.kept.set(name, { content: this.form.content(), more, held, base, first, quiet: Boolean(first) });
  }

  /**
   * Every way out, each heard before the page itself hears it. A click or a step back takes the place away, and with it
   * the only way to the server: it waits the moment until the text is answered for.
   */
  watchTheDoors() {
    if (this.doors) return;
    this.doors = new AbortController();
    const on = (target, name, act) => target.addEventListener(name, act, { capture: true, signal: this.doors.signal });
    const outside = (event) => !event.composedPath().includes(this.form.root);
    on(window, "pointerdown", (event) => { if (outside(event)) this.flush(); });
    on(window, "click", (event) => {
      const target = event.composedPath().find((each) => typeof each.click === "function"); // a drawing has none
      const newTab = event.ctrlKey || event.metaKey || event.shiftKey;
      if (outside(event) && !newTab) this.delay(event, () => target.click());
    });
    on(window, "popstate", (event) => this.delay(event, () => window.dispatchEvent(new PopStateEvent("popstate", event))));
    on(window, "pagehide", () => this.flush());
    on(document, "visibilitychange", () => { if (document.visibilityState === "hidden") this.flush(); });
    on(window, "beforeunload", (event) => {
      if (!this.dirty()) return;
      this.flush();
      event.preventDefault();
    });
  }

  delay(event, again) {
    const hopeless = () => this.stuck || this.silent || this.form.unfit() || !this.form.root.isConnected;
    if (this.lettingGo || !this.dirty() || hopeless()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.flush();
    const look = () => {
      if (this.dirty() && !hopeless()) return setTimeout(look, 10);
      this.lettingGo = true;
      again();
      this.lettingGo = false;
    };
    look();
  }
}
