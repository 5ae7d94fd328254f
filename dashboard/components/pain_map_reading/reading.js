// The sentence about the change, and named numbers. Everything that comes with the data is set with textContent;
// evidence opens in a popover without a round trip to the server.

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
  button.type = "button";
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

function sentence(lead, host) {
  const button = make("button", "lead");
  button.append(make("strong", "", `${lead.heading}: `), make("span", "", lead.text));
  opensEvidence(button, lead.evidence, host);
  return button;
}

function fact(told, host) {
  const button = make("button", "fact");
  button.append(
    make("span", "name", told.name),
    make("span", told.known ? "value" : "value none", told.value),
    make("span", "detail", told.detail),
  );
  opensEvidence(button, told.evidence, host);
  return button;
}

export default function ({ data, parentElement }) {
  parentElement.querySelector(".reading")?.remove();
  const reading = make("div", "reading");
  if (data.lead) reading.append(sentence(data.lead, reading));
  if (data.heading) reading.append(make("h2", "", data.heading));
  if (data.facts.length) {
    const list = make("div", "facts");
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", data.heading);
    for (const told of data.facts) list.append(fact(told, reading));
    reading.append(list);
  }
  parentElement.append(reading);
  return () => reading.remove();
}
