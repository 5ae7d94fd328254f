// The data-quality strip: a bar where something was logged, a dot where nothing was.

import { draw, rootOf, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("quality_strip.css", import.meta.url));
const TALL = 16, STEP = 3;

export default function ({ data: [data], parentElement }) {
  const root = rootOf(parentElement, "quality", style);
  const viewBox = `0 0 ${data.cells.length * STEP} ${TALL}`;
  const svg = draw("svg", { viewBox, preserveAspectRatio: "none", "aria-hidden": "true" });
  data.cells.forEach((share, place) => {
    const height = Math.max(2, share * (TALL - 2));
    const kind = share > 0 ? "logged" : "gap";
    draw("rect", { class: kind, x: place * STEP, y: TALL - height, width: STEP - 1, height }, svg);
  });
  root.title = data.explained;
  root.replaceChildren(svg, write("span", "said", data.said));
}
