// The upper third of the Summary: sentences, outcomes, time in band, open items. Everything that comes with the data is
// set with textContent.

import { opensEvidence } from "../flareboard.shared/evidence.js";
import { dress, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("summary_top.css", import.meta.url));

function sentence(item, host) {
  const entry = write("li");
  const button = write("button", `row ${item.tone}`);
  button.type = "button";
  for (const [kind, text] of item.parts) button.append(write(kind === "strong" ? "strong" : "span", "", text));
  opensEvidence(button, item.evidence, host);
  entry.append(button);
  return entry;
}

function found(data, host) {
  const box = write("div");
  const list = write("ul", "", undefined, box);
  for (const item of data.sentences) list.append(sentence(item, host));
  for (const words of data.quiet) write("p", "quiet", words, box);
  return box;
}

function planLine(item, host) {
  const entry = write("li");
  const button = write("button", `row planned ${item.tone}`, undefined, entry);
  write("strong", "", item.title, button);
  write("span", "", item.said, button);
  opensEvidence(button, item.evidence, host);
  return entry;
}

function agreed(plan, host) {
  const box = write("div");
  const list = write("ul", "", undefined, box);
  for (const item of plan.lines) list.append(planLine(item, host));
  if (plan.quiet) write("p", "quiet", plan.quiet, box);
  return box;
}

const lookedAt = new WeakMap(); // by place on the page: which was chosen last, and of whom: nobody else starts there

/** Two lists in one place: neither moves what stands below it at the width of a desk. */
function either(section, names, boxes) {
  const title = write("h2", "switch", undefined, section);
  const place = write("div", "both", undefined, section);
  place.append(...boxes);
  const buttons = names.map((name) => write("button", "", name, title));
  const choose = (chosen) => {
    buttons.forEach((button, at) => button.setAttribute("aria-pressed", String(at === chosen)));
    boxes.forEach((box, at) => box.classList.toggle("away", at !== chosen));
  };
  buttons.forEach((button) => { button.type = "button"; });
  return { buttons, choose };
}

function sentences(data, host, place) {
  const section = write("section");
  if (!data.plan) {
    write("h2", "", data.heading, section);
    section.append(found(data, host));
    return section;
  }
  const boxes = [found(data, host), agreed(data.plan, host)];
  const { buttons, choose } = either(section, [data.heading, data.plan.heading], boxes);
  buttons.forEach((button, at) => button.addEventListener("click", () => {
    lookedAt.set(place, { of: data.of, at });
    choose(at);
  }));
  const last = lookedAt.get(place);
  choose(last && data.of && last.of === data.of ? last.at : 0);
  return section;
}

function spark(drawn) {
  const box = write("span", "spark");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", drawn.spoken);
  box.title = drawn.spoken;
  for (const bar of drawn.bars) {
    const piece = write("i", bar === null ? "gap" : "");
    if (bar !== null) piece.style.height = `${Math.max(6, 100 * bar)}%`;
    box.append(piece);
  }
  return box;
}

function card(outcome, host) {
  const button = write("button", "card");
  button.type = "button";
  const value = write("span", "line");
  value.append(write("span", outcome.known ? "value" : "value none", outcome.value), write("span", "scale", outcome.scale));
  if (outcome.known && outcome.spark.bars.length) value.append(spark(outcome.spark));
  const change = write("span", "change");
  change.append(write("span", outcome.tone, outcome.difference), write("span", "", ` ${outcome.words}`));
  button.append(write("span", "name", outcome.name), value, change, write("span", "foot", outcome.foot));
  opensEvidence(button, outcome.evidence, host);
  return button;
}

function bandRow(row) {
  const bar = write("div", "bar");
  bar.setAttribute("role", "img");
  bar.setAttribute("aria-label", row.spoken);
  bar.title = row.spoken;
  if (row.empty) bar.append(write("span", "when", row.empty));
  for (const part of row.parts) {
    const piece = write("span", "", part.label);
    piece.style.width = `${part.percent}%`;
    piece.style.background = part.fill;
    piece.style.color = part.ink;
    bar.append(piece);
  }
  return [write("span", "when", row.name), bar];
}

function outcomes(data, host) {
  const section = write("section");
  section.append(write("h2", "", "What the programme is for"));
  const cards = write("div", "cards");
  for (const outcome of data.outcomes) cards.append(card(outcome, host));
  section.append(cards);
  if (data.compact) return section;
  section.append(write("h2", "", data.bands.heading));
  const rows = write("div", "bands");
  for (const row of data.bands.rows) rows.append(...bandRow(row));
  section.append(rows);
  return section;
}

function openItem(item, host, setTriggerValue) {
  const entry = write("li");
  const button = write("button", `row ${item.tone} ${item.page ? "page" : ""}`);
  button.type = "button";
  button.append(write("span", item.tone === "safety" ? "alert" : "", item.text), write("span", "when", item.when));
  if (item.page) button.addEventListener("click", () => setTriggerValue("go", item.page));
  else opensEvidence(button, item.evidence, host);
  entry.append(button);
  return entry;
}

function openItems(data, host, setTriggerValue) {
  const section = write("section", "open");
  section.append(write("h2", "", data.open.heading));
  const list = write("ul");
  for (const item of data.open.items) list.append(openItem(item, host, setTriggerValue));
  section.append(list);
  if (data.open.nothing) section.append(write("p", "quiet", data.open.nothing));
  return section;
}

export default function (component) {
  const { data: [data], parentElement, setTriggerValue } = component;
  dress(parentElement, style);
  parentElement.querySelector(".top")?.remove();
  const top = write("div", data.compact ? "top compact" : "top");
  const grid = write("div", "grid");
  grid.append(sentences(data, top, parentElement));
  if (data.outcomes.length) grid.append(outcomes(data, top));
  top.append(grid, openItems(data, top, setTriggerValue));
  parentElement.append(top);
  return () => top.remove();
}
