// The upper third of the Summary: sentences, outcomes, time in band, open items. Everything that comes with the data is
// set with textContent; evidence opens in a popover without a round trip to the server.

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function evidencePopover(evidence) {
  const box = make("div", "evidence");
  box.setAttribute("popover", "auto");
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", `Evidence: ${evidence.title}`);
  box.append(make("h3", "", evidence.title));
  const list = make("dl");
  for (const [label, value] of evidence.rows) list.append(make("dt", "", label), make("dd", "", value));
  box.append(list, make("p", "", evidence.caution));
  return box;
}

function placeUnder(box, button) {
  const at = button.getBoundingClientRect();
  const left = Math.min(at.left, window.innerWidth - box.offsetWidth - 16);
  const below = at.bottom + 4;
  const top = below + box.offsetHeight > window.innerHeight - 8 ? Math.max(8, at.top - box.offsetHeight - 4) : below;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${top}px`;
}

function opensEvidence(button, evidence, host) {
  button.setAttribute("aria-haspopup", "dialog");
  let box = null;
  button.addEventListener("click", () => {
    if (!box) {
      box = evidencePopover(evidence);
      host.append(box);
      box.addEventListener("toggle", (event) => {
        if (event.newState === "open") placeUnder(box, button);
        else button.focus({ preventScroll: true });
      });
    }
    box.togglePopover();
  });
}

function sentence(item, host) {
  const entry = make("li");
  const button = make("button", `row ${item.tone}`);
  button.type = "button";
  for (const [kind, text] of item.parts) button.append(make(kind === "strong" ? "strong" : "span", "", text));
  opensEvidence(button, item.evidence, host);
  entry.append(button);
  return entry;
}

function sentences(data, host) {
  const section = make("section");
  section.append(make("h2", "", data.heading));
  const list = make("ul");
  for (const item of data.sentences) list.append(sentence(item, host));
  section.append(list);
  for (const words of data.quiet) section.append(make("p", "quiet", words));
  return section;
}

function spark(drawn) {
  const box = make("span", "spark");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", drawn.spoken);
  box.title = drawn.spoken;
  for (const bar of drawn.bars) {
    const piece = make("i", bar === null ? "gap" : "");
    if (bar !== null) piece.style.height = `${Math.max(6, 100 * bar)}%`;
    box.append(piece);
  }
  return box;
}

function card(outcome, host) {
  const button = make("button", "card");
  button.type = "button";
  const value = make("span", "line");
  value.append(make("span", outcome.known ? "value" : "value none", outcome.value), make("span", "scale", outcome.scale));
  if (outcome.known && outcome.spark.bars.length) value.append(spark(outcome.spark));
  const change = make("span", "change");
  change.append(make("span", outcome.tone, outcome.difference), make("span", "", ` ${outcome.words}`));
  button.append(make("span", "name", outcome.name), value, change, make("span", "foot", outcome.foot));
  opensEvidence(button, outcome.evidence, host);
  return button;
}

function bandRow(row) {
  const bar = make("div", "bar");
  bar.setAttribute("role", "img");
  bar.setAttribute("aria-label", row.spoken);
  bar.title = row.spoken;
  if (row.empty) bar.append(make("span", "when", row.empty));
  for (const part of row.parts) {
    const piece = make("span", "", part.label);
    piece.style.width = `${part.percent}%`;
    piece.style.background = part.fill;
    piece.style.color = part.ink;
    bar.append(piece);
  }
  return [make("span", "when", row.name), bar];
}

function outcomes(data, host) {
  const section = make("section");
  section.append(make("h2", "", "What the programme is for"));
  const cards = make("div", "cards");
  for (const outcome of data.outcomes) cards.append(card(outcome, host));
  section.append(cards, make("h2", "", data.bands.heading));
  const rows = make("div", "bands");
  for (const row of data.bands.rows) rows.append(...bandRow(row));
  section.append(rows);
  return section;
}

function openItem(item, host, setTriggerValue) {
  const entry = make("li");
  const button = make("button", `row ${item.tone} ${item.page ? "page" : ""}`);
  button.type = "button";
  button.append(make("span", item.tone === "safety" ? "alert" : "", item.text), make("span", "when", item.when));
  if (item.page) button.addEventListener("click", () => setTriggerValue("go", item.page));
  else opensEvidence(button, item.evidence, host);
  entry.append(button);
  return entry;
}

function openItems(data, host, setTriggerValue) {
  const section = make("section", "open");
  section.append(make("h2", "", data.open.heading));
  const list = make("ul");
  for (const item of data.open.items) list.append(openItem(item, host, setTriggerValue));
  section.append(list);
  if (data.open.nothing) section.append(make("p", "quiet", data.open.nothing));
  return section;
}

export default function (component) {
  const { data: [data], parentElement, setTriggerValue } = component;
  parentElement.querySelector(".top")?.remove();
  const top = make("div", "top");
  const grid = make("div", "grid");
  grid.append(sentences(data, top));
  if (data.outcomes.length) grid.append(outcomes(data, top));
  top.append(grid, openItems(data, top, setTriggerValue));
  parentElement.append(top);
  return () => top.remove();
}
