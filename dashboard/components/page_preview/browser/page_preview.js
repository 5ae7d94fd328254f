// The pages of a document as pictures: one at a time, fitted to the column or larger, then to be moved about in.

import { rootOf, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("page_preview.css", import.meta.url));
const SIZES = [1, 1.5, 2, 3]; // times the width of the column
const views = new WeakMap();

export default function ({ data: [data], parentElement, setStateValue }) {
  const root = rootOf(parentElement, "preview", style);
  if (!views.has(root)) views.set(root, new Preview(root));
  const view = views.get(root);
  view.ask = (page) => setStateValue("at", page);
  view.update(data);
}

class Preview {
  constructor(root) {
    this.at = 0;
    this.size = 0;
    const bar = write("div", "bar", undefined, root);
    this.back = this.button("‹", "Page before", () => this.turn(this.at - 1), bar);
    this.told = write("span", "told", "", bar);
    this.told.setAttribute("aria-live", "polite");
    this.on = this.button("›", "Next page", () => this.turn(this.at + 1), bar);
    write("span", "space", "", bar);
    this.less = this.button("−", "Smaller", () => this.zoom(this.size - 1), bar);
    this.scale = write("span", "told", "", bar);
    this.more = this.button("+", "Larger", () => this.zoom(this.size + 1), bar);
    this.stage = write("div", "stage", undefined, root);
    this.stage.setAttribute("role", "region");
    this.stage.setAttribute("aria-label", "Page");
    this.sheet = write("div", "sheet", undefined, this.stage);
    this.picture = write("img", "", undefined, this.sheet);
    this.picture.onload = () => this.fit();
    this.zoom(0);
  }

  button(sign, words, act, parent) {
    const button = write("button", "", sign, parent);
    button.type = "button";
    button.title = words;
    button.setAttribute("aria-label", words);
    button.onclick = act;
    return button;
  }

  update(data) {
    this.count = data.count;
    this.at = data.at;
    if (this.drawn !== data.picture) this.picture.src = `data:image/png;base64,${data.picture}`;
    this.drawn = data.picture;
    this.picture.alt = data.alt;
    this.tell();
  }

  /** Asks for that page; it comes with the next answer. */
  turn(to) {
    if (to < 0 || to >= this.count) return;
    this.at = to;
    this.tell();
    this.ask(to);
  }

  tell() {
    this.told.textContent = `Page ${this.at + 1} of ${this.count}`;
    this.enable(this.back, this.at > 0);
    this.enable(this.on, this.at < this.count - 1);
  }

  zoom(to) {
    if (to < 0 || to >= SIZES.length) return;
    this.size = to;
    this.sheet.style.width = `${100 * SIZES[to]}%`;
    this.scale.textContent = to ? `${100 * SIZES[to]} %` : "Fit";
    this.enable(this.less, to > 0);
    this.enable(this.more, to < SIZES.length - 1);
    this.stage.tabIndex = to ? 0 : -1; // the keyboard scrolls what is larger than its place
  }

  /** The place keeps the shape of the page, however large the page is shown in it. */
  fit() {
    this.stage.style.aspectRatio = `${this.picture.naturalWidth} / ${this.picture.naturalHeight}`;
  }

  /** Still there for the keyboard where it leads nowhere: a button that goes away under a finger loses the place. */
  enable(button, on) {
    button.setAttribute("aria-disabled", String(!on));
  }
}
