// Two versions of one thing, answer by answer, both in full. Nothing is chosen beforehand.

import { write } from "../flareboard.shared/markup.js";
import { Radios } from "../flareboard.shared/radios.js";
import { same } from "../flareboard.shared/values.js";

export class Clash {
  constructor(parent, act) {
    this.act = act;
    this.box = write("div", "clash", undefined, parent);
    this.box.setAttribute("role", "group");
    this.box.hidden = true;
    this.head = write("h3", "", "Somebody saved a newer version while you wrote", this.box);
    this.head.tabIndex = -1;
    this.head.id = "clash-head";
    this.box.setAttribute("aria-labelledby", this.head.id);
    this.by = write("p", "by", "", this.box);
    this.quick = write("div", "quick", undefined, this.box);
    this.all("Take all theirs", () => "theirs");
    this.all("Keep all mine", () => "mine");
    const other = { mine: "theirs", theirs: "mine", "": "" };
    this.each = this.all("Take what only one of us changed", ({ as_it_was }) => other[as_it_was]);
    this.rows = write("div", "rows", undefined, this.box);
    this.left = write("p", "unchosen", "", this.box);
    this.left.setAttribute("role", "status");
    const foot = write("div", "quick", undefined, this.box);
    this.saveButton = this.button("save settle", "Save what I chose", () => this.settle(), foot);
    this.button("", "Back to my draft", () => this.act("back"), foot);
    this.chosen = {};
  }

  button(name, words, act, parent) {
    const button = write("button", name, words, parent);
    button.type = "button";
    button.onclick = act;
    return button;
  }

  /** Chooses for many answers at once: what `which` says of each, '' for one that stays open. */
  all(words, which) {
    return this.button("chip", words, () => {
      for (const row of this.clash.rows) if (which(row)) this.chosen[row.name] = which(row);
      this.draw();
      const open = this.radios.find(({ name }) => !this.chosen[name]);
      (open?.radios.buttons[0] ?? this.saveButton).focus();
    }, this.quick);
  }

  focus() {
    this.head.focus();
  }

  show(clash, errors) {
    this.box.hidden = !clash;
    if (!clash || same(clash, this.clash)) {
      this.clash = clash;
      if (clash) this.say(errors);
      return;
    }
    this.clash = clash;
    this.chosen = {};
    this.build();
    this.say(errors);
  }

  build() {
    const { by, rows } = this.clash;
    this.by.textContent = rows.length
      ? `${by}. Nothing was overwritten and your draft is kept. Choose for each answer on which the two differ.`
      : `${by}. It says the same as yours.`;
    this.quick.hidden = !rows.length;
    this.each.hidden = !rows.some(({ as_it_was }) => as_it_was);
    this.rows.replaceChildren();
    this.radios = rows.map((row, index) => this.row(row, index));
    this.draw();
  }

  row({ name, label, mine, theirs, as_it_was }, index) {
    const box = write("div", "row", undefined, this.rows);
    const title = write("h4", "label", label, box);
    title.id = `clash-${index}`;
    const choose = (which) => {
      if (which) this.chosen[name] = which;
      else delete this.chosen[name];
      this.draw();
    };
    const texts = { theirs: write("p", "version theirs", theirs), mine: write("p", "version mine", mine) };
    const said = (which, words) => (as_it_was === which ? `${words}, as it was before` : words);
    const options = [["theirs", said("theirs", "Theirs")], ["mine", said("mine", "Mine")]];
    const radios = new Radios(box, options, title.id, choose);
    options.forEach(([which], place) => {
      texts[which].id = `clash-${index}-${which}`;
      radios.buttons[place].classList.add(which);
      radios.buttons[place].setAttribute("aria-describedby", texts[which].id);
      box.append(texts[which]);
    });
    return { name, radios, texts, box };
  }

  draw() {
    for (const { name, radios, texts, box } of this.radios) {
      radios.show(this.chosen[name]);
      for (const [which, text] of Object.entries(texts)) text.classList.toggle("chosen", this.chosen[name] === which);
      box.classList.remove("wrong");
    }
    this.say({});
  }

  say(errors) {
    const open = this.radios.filter(({ name }) => !this.chosen[name]).length;
    this.left.textContent = open ? `${open} of ${this.radios.length} not chosen yet` : "";
    for (const { name, box } of this.radios) box.classList.toggle("wrong", Boolean(errors[name]));
  }

  /** Saved once every answer was chosen; the first one that was not is pointed at. */
  settle() {
    const open = this.radios.find(({ name }) => !this.chosen[name]);
    if (!open) return this.act("settle", { chosen: { ...this.chosen } });
    this.say(Object.fromEntries(this.radios.filter(({ name }) => !this.chosen[name]).map(({ name }) => [name, true])));
    open.radios.buttons[0].focus();
  }
}
