// What the body map and the day tiles share: the traced figure, its colours and its patterns.

import { draw, write } from "../flareboard.shared/markup.js";

/** The traced figure: outline and strokes per view, regions in vocabulary order. Loaded once per page. */
export const figure = await (await fetch(new URL("figure.json", import.meta.url))).json();

export const HALF_WIDTH = 170;
export const TALL = 750;
export const SMALLEST_NUMBER = 7.5; // px; below it a number is left out rather than printed illegibly

/**
 * Where a number of so many characters stands with `unit` px per unit, at most `largest` px: in its region (anchor
 * "middle"), on the page beside it ("start" or "end"), or null where it would be too small to read. As in figure.py.
 */
export function place(region, characters, unit, largest) {
  const inside = Math.min(region.fit[characters - 1] * unit, largest);
  if (inside >= SMALLEST_NUMBER) return { x: region.at[0], y: region.at[1], size: inside, anchor: "middle" };
  if (!region.beside) return null;
  const [x, y, ...fit] = region.beside;
  const outside = Math.min(fit[characters - 1] * unit, largest);
  return outside >= SMALLEST_NUMBER ? { x, y, size: outside, anchor: x > 0 ? "start" : "end" } : null;
}

/** Hands the colours of the theme that is showing to the style sheet; returns whether it is the dark one. */
export function colour(root, sheets) {
  const probe = write("i", "", "", root);
  probe.style.backgroundColor = "var(--st-background-color, #ffffff)";
  const [r, g, b] = getComputedStyle(probe).backgroundColor.match(/[\d.]+/g).map(Number);
  probe.remove();
  const dark = 0.299 * r + 0.587 * g + 0.114 * b < 110;
  for (const [name, value] of Object.entries(sheets[dark ? "dark" : "light"])) {
    root.style.setProperty(`--${name}`, value);
  }
  return dark;
}

/** Hatch for what is missing, dots for pain without an intensity, stripes over what hurts seldom, scaled to about `gap` px. */
export function patterns(svg, prefix, gap) {
  const defs = draw("defs", {}, svg);
  const hatch = { width: gap, height: gap, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  draw("path", { d: `M0 0V${gap}`, class: "hatch-line", "stroke-width": gap / 5 }, draw("pattern", { ...hatch, id: `${prefix}hatch` }, defs));
  const dots = { width: gap, height: gap, patternUnits: "userSpaceOnUse", id: `${prefix}dots` };
  draw("circle", { cx: gap / 2, cy: gap / 2, r: gap / 5, class: "dot" }, draw("pattern", dots, defs));
  const stripes = { width: gap, height: gap, patternUnits: "userSpaceOnUse", patternTransform: "rotate(-45)", id: `${prefix}stripes` };
  draw("path", { d: `M0 0V${gap}`, class: "stripe", "stroke-width": gap * 0.8 }, draw("pattern", stripes, defs));
  return defs;
}
