// What every component draws with. Text reaches the page by textContent and attributes only.

const SVG = "http://www.w3.org/2000/svg";

/** A new HTML element with a class and plain text, put into its parent. */
export function write(tag, name, text, parent) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  parent?.append(made);
  return made;
}

/** A new HTML element with attributes and plain text. */
export function element(tag, attributes = {}, text) {
  const made = write(tag, "", text);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** A new SVG element with attributes, put into its parent. */
export function draw(tag, attributes, parent) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent?.append(made);
  return made;
}

/** A style sheet read from a file beside the module that asks. */
export async function sheetFrom(url) {
  const sheet = new CSSStyleSheet();
  await sheet.replace(await (await fetch(url)).text());
  return sheet;
}

/** Dresses a component's own root, where a page style cannot reach. */
export function dress(parent, sheet) {
  if (!parent.adoptedStyleSheets.includes(sheet)) parent.adoptedStyleSheets.push(sheet);
}

/** The element of that class in which a component draws: made and dressed once for each place on the page. */
export function rootOf(parent, name, sheet) {
  dress(parent, sheet);
  return parent.querySelector(`.${name}`) ?? write("div", name, "", parent);
}

/** Puts an open popover below its button, or above it where it would end below the screen. */
export function placeUnder(box, button) {
  const at = button.getBoundingClientRect();
  const left = Math.min(at.left, window.innerWidth - box.offsetWidth - 16);
  const below = at.bottom + 4;
  const top = below + box.offsetHeight > window.innerHeight - 8 ? Math.max(8, at.top - box.offsetHeight - 4) : below;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${top}px`;
}
