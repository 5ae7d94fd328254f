// What a statement rests on (rule, inputs, dates, days), in a popover that opens without asking the server.

import { dress, placeUnder, sheetFrom, write } from "./markup.js";

const arriving = sheetFrom(new URL("evidence.css", import.meta.url)); // nothing waits for it but the first click

function popover(evidence, host) {
  const box = write("div", "evidence", "", host);
  box.setAttribute("popover", "auto");
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", `Evidence: ${evidence.title}`);
  write("h3", "", evidence.title, box);
  const list = write("dl", "", "", box);
  for (const [label, value] of evidence.rows) list.append(write("dt", "", label), write("dd", "", value));
  write("p", "", evidence.caution, box);
  return box;
}

/** Has a click on the button show the evidence; `host` is what goes away together with the button. */
export function opensEvidence(button, evidence, host) {
  button.type = "button";
  button.setAttribute("aria-haspopup", "dialog");
  let box = null;
  const build = () => {
    box = popover(evidence, host);
    box.addEventListener("toggle", (event) => {
      if (event.newState === "open") placeUnder(box, button);
      else button.focus({ preventScroll: true });
    });
  };
  button.addEventListener("click", async () => {
    const style = await arriving;
    if (!host.isConnected) return;
    dress(host.getRootNode(), style);
    if (!box) build();
    box.togglePopover();
  });
}
