// The queue of a case review as a strip: who is next, how each stands, how long this one takes; led by the keyboard.
// Text reaches the page through textContent only.

import { element, rootOf, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("case_strip.css", import.meta.url));
const WAIT = 4000; // ms that the key to the record waits for it to be drawn
const KEPT_EVERY = 10; // seconds of a running timer between two times that the server is told
const IDLE = 5 * 60 * 1000; // ms without pointer or key after which time is no discussion any more
const SIGNS_OF_LIFE = ["pointermove", "pointerdown", "keydown", "wheel", "touchstart"];
const RESTS = { idle: "paused: 5 min without input", hidden: "paused: this page was hidden" };
const MARKS = { queued: "○", discussed: "●", deferred: "◐", signed: "✓", hidden: "–" };
const KEYS = "Outside of fields: n next, p previous, r to the record. Esc leaves a field of the record.";
const IN_THE_PANEL = '[class*="st-key-case_record"]';

// The browser's own memory of a tab outlives a reload; where it is refused, the server's last word counts.
function remembered(key) {
  try { return JSON.parse(sessionStorage.getItem(key)) ?? {}; } catch { return {}; }
}

function remember(key, value) {
  try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* the server is told all the same */ }
}

function build(root) {
  const parts = { list: element("ol", { "aria-label": "Queue" }), time: write("span", "time", "") };
  parts.pause = element("button", { type: "button", class: "pause" });
  parts.before = element("button", { type: "button", "aria-keyshortcuts": "p" }, "Previous");
  parts.after = element("button", { type: "button", "aria-keyshortcuts": "n" }, "Next");
  parts.keys = element("input", { type: "checkbox", id: "keys" });
  const label = element("label", { class: "keys", for: "keys", title: KEYS });
  label.append(parts.keys, write("span", "", "Keys "), ...["n", "p", "r"].map((key) => element("kbd", {}, key)));
  parts.label = label;
  parts.said = element("span", { class: "sr", role: "status", "aria-live": "polite" });
  const clock = write("span", "clock", "");
  parts.rest = element("span", { class: "rest", role: "status" });
  clock.append(parts.time, parts.pause, parts.rest);
  parts.clock = clock;
  const lead = write("div", "lead", "");
  lead.append(parts.before, parts.after, clock, label);
  root.append(parts.list, lead, parts.said);
  return parts;
}

function cell(each, go) {
  const item = element("li", {});
  const button = element("button", { type: "button", class: `cell ${each.state}` });
  if (each.here) button.setAttribute("aria-current", "step");
  const mark = write("span", "mark", MARKS[each.state] ?? "○", button);
  mark.setAttribute("aria-hidden", "true");
  write("span", "name", each.label, button).title = each.label;
  write("span", "state", each.words, button);
  button.onclick = () => go(each.place);
  item.append(button);
  return item;
}

function spoken(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// Seconds as counted: those up to the last start, and those since.
function counted(timer) {
  return timer.held + (timer.since === null ? 0 : (performance.now() - timer.since) / 1000);
}

function keep(timer) {
  remember(timer.key, { seconds: Math.floor(counted(timer)), paused: timer.since === null && !timer.rests });
}

function run(timer, running) {
  timer.held = counted(timer);
  timer.since = running ? performance.now() : null;
  timer.rests = "";
  keep(timer);
}

// Nobody is there: the timer stands, at most as long after the last sign of life as counts as discussion.
function rest(root, why) {
  const { timer } = root;
  if (!timer || timer.since === null) return;
  const until = Math.min(performance.now(), root.used + IDLE);
  timer.held += Math.max(0, until - timer.since) / 1000;
  timer.since = null;
  timer.rests = why;
  keep(timer);
  drawTime(root, root.data);
  tell(root);
}

// Somebody is there: what rested goes on. The button of the timer says for itself what it does.
function wake(root, event) {
  root.used = performance.now();
  if (!root.timer?.rests || document.hidden || event.composedPath().includes(root.parts.pause)) return;
  run(root.timer, true);
  drawTime(root, root.data);
}

function timerOf(data) {
  const { key, seconds, runs } = data.timer;
  const before = remembered(key);
  const timer = { key, held: Math.max(seconds, before.seconds ?? 0), since: null, rests: "", told: seconds };
  if (runs && !before.paused) timer.since = performance.now();
  return timer;
}

// A live region is read out whenever it is written to.
function writeOnce(part, text) {
  if (part.textContent !== text) part.textContent = text;
}

function drawTime(root, data) {
  const { time, pause, clock } = root.parts;
  clock.hidden = !data.timer;
  if (!data.timer) return;
  const running = root.timer.since !== null;
  time.textContent = spoken(counted(root.timer));
  time.setAttribute("aria-label", `${data.timer.words}: ${time.textContent}`);
  pause.hidden = !data.timer.may;
  pause.textContent = running ? "Pause" : "Run";
  pause.setAttribute("aria-label", running ? "Pause the timer" : "Run the timer");
  clock.classList.toggle("paused", !running);
  writeOnce(root.parts.rest, RESTS[root.timer.rests] ?? "");
}

function tell(root) {
  const { timer } = root;
  const seconds = Math.floor(counted(timer));
  if (!root.data.timer?.may || seconds <= timer.told) return;
  timer.told = seconds;
  root.send("time", { key: timer.key, seconds });
}

function tick(root) {
  if (!root.isConnected || !root.timer) return undefined;
  drawTime(root, root.data);
  if (root.timer.since === null) return undefined;
  if (document.hidden) return rest(root, "hidden");
  if (performance.now() - root.used >= IDLE) return rest(root, "idle");
  keep(root.timer);
  if (counted(root.timer) - root.timer.told >= KEPT_EVERY) tell(root);
  return undefined;
}

function typing(event) {
  const at = event.composedPath()[0];
  return at.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(at.tagName);
}

// The first field of the panel, through whatever roots its parts have.
function firstField(within) {
  for (const each of within.querySelectorAll("*")) {
    if (each.matches("textarea:not([disabled]), input:not([disabled]):not([type=hidden])")) return each;
    const inside = each.shadowRoot && firstField(each.shadowRoot);
    if (inside) return inside;
  }
  return null;
}

// To the record of the patient in sight, once it is drawn: what is typed meanwhile must not lead on or land elsewhere.
function toThePanel(root) {
  if (!root.data.timer?.may) return; // nothing is recorded here
  const until = performance.now() + WAIT;
  root.awaits = true;
  const look = () => {
    const panel = document.querySelector(`.st-key-case_record_${root.data.here}`);
    const field = root.going === null && panel && firstField(panel);
    if (!field && performance.now() < until && root.isConnected) return requestAnimationFrame(look);
    root.awaits = false;
    if (field) field.focus();
    return undefined;
  };
  look();
}

function pressed(root, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector('[role="dialog"]')) return; // what lies over the page has the keyboard
  if (event.key === "Escape" && typing(event)) {
    const inPanel = event.composedPath().some((each) => each.matches?.(IN_THE_PANEL));
    if (inPanel) root.parts.list.querySelector("[aria-current]")?.focus({ preventScroll: true });
    return;
  }
  if (typing(event) || !root.parts.keys.checked) return;
  if (root.awaits) return event.preventDefault();
  const act = { n: () => root.go(root.data.after), p: () => root.go(root.data.before), r: () => toThePanel(root) };
  if (!act[event.key]) return;
  event.preventDefault();
  act[event.key]();
}

function place(root, data) {
  const { parts } = root;
  const focused = root.getRootNode().activeElement?.closest?.("li");
  const at = focused ? [...parts.list.children].indexOf(focused) : -1;
  parts.list.replaceChildren(...data.cells.map((each) => cell(each, root.go)));
  if (at >= 0) parts.list.children[data.cells.findIndex((each) => each.here)]?.querySelector("button").focus();
  parts.before.hidden = parts.after.hidden = !data.timer && !data.here;
  parts.before.disabled = data.before === null;
  parts.after.textContent = data.after === 0 ? "To the end" : "Next";
  parts.label.hidden = !data.here;
  if (root.saidOf !== data.spoken) parts.said.textContent = data.spoken;
  root.saidOf = data.spoken;
}

export default function ({ data: [data], parentElement, setStateValue, setTriggerValue }) {
  const root = rootOf(parentElement, "strip", style);
  root.parts ??= build(root);
  root.used ??= performance.now();
  root.send = setStateValue;
  root.go = (wanted) => {
    if (wanted === null || wanted === undefined || wanted === root.data.here || root.going !== null) return;
    root.going = wanted;
    setTimeout(() => { root.going = null; }, WAIT); // an answer that never came must not hold anybody here
    const { timer } = root;
    const time = timer && root.data.timer?.may ? { key: timer.key, seconds: Math.floor(counted(timer)) } : null;
    if (timer) keep(timer);
    setTriggerValue("go", { place: wanted, time });
  };
  if (!data.timer) root.timer = null;
  else if (root.timer?.key !== data.timer.key) root.timer = timerOf(data);
  else root.timer.held = Math.max(root.timer.held, root.timer.since === null ? data.timer.seconds : 0);
  if (root.going === undefined || root.data?.here !== data.here) root.going = null;
  root.data = data;
  place(root, data);
  if (data.timer) drawTime(root, data);
  else root.parts.clock.hidden = true;
  root.parts.pause.onclick = () => {
    run(root.timer, root.timer.since === null);
    drawTime(root, root.data);
    tell(root);
  };
  root.parts.before.onclick = () => root.go(root.data.before);
  root.parts.after.onclick = () => root.go(root.data.after);
  root.parts.keys.checked = remembered("case_strip.keys").on !== false;
  root.parts.keys.onchange = () => remember("case_strip.keys", { on: root.parts.keys.checked });
  const ticking = setInterval(() => tick(root), 1000);
  const heard = new AbortController();
  document.addEventListener("keydown", (event) => pressed(root, event), { signal: heard.signal });
  for (const sign of SIGNS_OF_LIFE) {
    document.addEventListener(sign, (event) => wake(root, event), { signal: heard.signal, capture: true, passive: true });
  }
  const left = () => { if (document.hidden) rest(root, "hidden"); };
  document.addEventListener("visibilitychange", left, { signal: heard.signal });
  window.addEventListener("pagehide", () => { if (root.timer) { keep(root.timer); tell(root); } }, { signal: heard.signal });
  return () => {
    clearInterval(ticking);
    heard.abort();
    if (root.timer) keep(root.timer);
  };
}
