// Who this is. Text reaches the page through textContent only.
function part(className, text, tag = "span") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Allergies and prompts in one line; what has no room there is one click away, and counted. */
function alerts(texts) {
  const row = part("chips", "");
  const chips = texts.map((text) => part("chip", text));
  const all = part("all", "", "div");
  all.setAttribute("popover", "auto");
  all.append(...texts.map((text) => part("", text, "p")));
  const more = part("chip more", "", "button");
  more.type = "button";
  more.popoverTargetElement = all;
  all.addEventListener("toggle", () => {
    const at = more.getBoundingClientRect();
    all.style.left = `${Math.max(8, Math.min(at.left, innerWidth - all.offsetWidth - 16))}px`;
    all.style.top = `${at.bottom + 4}px`;
  });
  row.append(...chips, more, all);
  return { row, fit: () => fit(row, chips, more) };
}

function fit(row, chips, more) {
  for (const chip of chips) chip.hidden = false;
  more.hidden = true;
  if (getComputedStyle(row).flexWrap === "wrap") return; // a phone shows every line
  let left = chips.length;
  while (left > 0 && row.scrollWidth > row.clientWidth) {
    chips[--left].hidden = true;
    more.hidden = false;
    more.textContent = left ? `+${chips.length - left} more` : `${chips.length} alerts: allergies, open items`;
  }
}

export default function ({ data: [data], parentElement }) {
  const root = parentElement.querySelector(".banner");
  const rest = [part("about", data.about), part("record", data.record)];
  const shown = data.alerts.length ? alerts(data.alerts) : undefined;
  if (data.no_allergies) rest.push(part("quiet", data.no_allergies));
  if (shown) rest.push(shown.row);
  const plan = part("plan", "", "div");
  const diagnoses = part("diagnoses", `Diagnoses: ${data.diagnoses}`);
  diagnoses.title = data.diagnoses;
  const team = part("team", data.team);
  team.title = data.team;
  plan.append(diagnoses, part("next", `Next visit: ${data.next_visit}`), team);
  root.replaceChildren(part("", data.name, "h1"), ...rest, plan);
  if (!shown) return undefined;
  const watch = new ResizeObserver(shown.fit);
  watch.observe(root);
  shown.fit();
  return () => watch.disconnect();
}
