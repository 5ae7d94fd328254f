// The sentence about the change, and named numbers. Everything that comes with the data is set with textContent.

import { opensEvidence } from "../flareboard.shared/evidence.js";
import { dress, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("pain_map_reading.css", import.meta.url));

function sentence(lead, host) {
  const button = write("button", "lead");
  button.append(write("strong", "", `${lead.heading}: `), write("span", "", lead.text));
  opensEvidence(button, lead.evidence, host);
  return button;
}

function fact(told, host) {
  const button = write("button", "fact");
  button.append(
    write("span", "name", told.name),
    write("span", told.known ? "value" : "value none", told.value),
    write("span", "detail", told.detail),
  );
  opensEvidence(button, told.evidence, host);
  return button;
}

export default function ({ data: [data], parentElement }) {
  dress(parentElement, style);
  parentElement.querySelector(".reading")?.remove();
  const reading = write("div", "reading");
  if (data.lead) reading.append(sentence(data.lead, reading));
  if (data.heading) reading.append(write("h2", "", data.heading));
  if (data.facts.length) {
    const list = write("div", "facts");
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", data.heading);
    for (const told of data.facts) list.append(fact(told, reading));
    reading.append(list);
  }
  parentElement.append(reading);
  return () => reading.remove();
}
