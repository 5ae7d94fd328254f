// Who this is. Text reaches the page through textContent only.

import { placeUnder, rootOf, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("patient_banner.css", import.meta.url));

/** Allergies and prompts in one line; what has no room there is one click away, and counted. */
function alerts(texts) {
  const row = write("span", "chips", "");
  const chips = texts.map((text) => write("span", "chip", text));
  const all = write("div", "all", "");
  all.setAttribute("popover", "auto");
  all.append(...texts.map((text) => write("p", "", text)));
  const more = write("button", "chip more", "");
  more.type = "button";
  more.popoverTargetElement = all;
  all.addEventListener("toggle", () => placeUnder(all, more));
  row.append(...chips, more, all);
  return { row, fit: () => fit(row, chips, more) };
}

/** Open red flags and safety items: a line of their own, all of it, whatever the room. */
function stillOpen(texts) {
  const list = write("ul", "safety", "");
  list.setAttribute("aria-label", "Open red flags and safety items");
  list.append(...texts.map((text) => write("li", "", text)));
  return list;
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

function queueButton(setTriggerValue) {
  const button = write("button", "queue", "Queue for case review …");
  button.type = "button";
  button.onclick = () => setTriggerValue("queue", true);
  return button;
}

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = rootOf(parentElement, "banner", style);
  const rest = [write("span", "about", data.about), write("span", "record", data.record)];
  const shown = data.alerts.length ? alerts(data.alerts) : undefined;
  if (data.no_allergies) rest.push(write("span", "quiet", data.no_allergies));
  if (shown) rest.push(shown.row);
  const plan = write("div", "plan", "");
  const diagnoses = write("span", "diagnoses", `Diagnoses: ${data.diagnoses}`);
  diagnoses.title = data.diagnoses;
  const team = write("span", "team", data.team);
  team.title = data.team;
  plan.append(diagnoses, write("span", "next", `Next visit: ${data.next_visit}`), team);
  if (data.may_queue) plan.append(queueButton(setTriggerValue));
  if (data.safety.length) rest.push(stillOpen(data.safety));
  root.replaceChildren(write("h1", "", data.name), ...rest, plan);
  if (!shown) return undefined;
  const watch = new ResizeObserver(shown.fit);
  watch.observe(root);
  shown.fit();
  return () => watch.disconnect();
}
