// Formatted text of a note, drawn from plain blocks (presenters/note_markdown.py). Every word reaches the page by
// textContent: there is no link, no image and no HTML in it. Dress the place they are drawn in with `blocksStyle`.

import { sheetFrom, write } from "./markup.js";

export const blocksStyle = await sheetFrom(new URL("blocks.css", import.meta.url));

// Signs that turn the order of letters around or stand between them unseen: what they would do is undone, and said.
const UNSEEN = /[\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
const UNSEEN_NAMES = {
  "\u202a": "turns letters left to right", "\u202b": "turns letters right to left", "\u202c": "ends a turn of letters",
  "\u202d": "forces letters left to right", "\u202e": "forces letters right to left", "\u2066": "turns letters left to right",
  "\u2067": "turns letters right to left", "\u2068": "turns letters", "\u2069": "ends a turn of letters",
};
const WORD = /[\p{L}\p{N}]/u;
const LOOKS = { strong: ["strong"], emphasis: ["em"], both: ["strong", "em"], code: ["code"], plain: [] };

/** The blocks as one element; `hits` are words or phrases sought, marked where a word begins with them. */
export function blocks(parts, hits = []) {
  const sought = hits.map((hit) => folded(hit).text.trim()).filter(Boolean);
  const root = write("div", "blocks");
  parts.forEach((part) => DRAWN[part.kind]?.(part, root, sought));
  return root;
}

/** Plain text in a place of its own, with the same marks of what was sought and of what nobody would see. */
export function plainWords(text, hits = []) {
  return blocks([{ kind: "paragraph", runs: [{ text, look: "plain" }] }], hits);
}

const DRAWN = {
  heading: (part, parent, sought) => {
    const depth = Math.min(part.level, 3);
    fill(write(`h${depth + 3}`, `heading l${depth}`, undefined, parent), part.runs, sought);
  },
  paragraph: (part, parent, sought) => fill(write("p", "", undefined, parent), part.runs, sought),
  list: drawList,
  quote: (part, parent, sought) => within(write("blockquote", "", undefined, parent), part.blocks, sought),
  code: drawCode,
  table: drawTable,
  line: (part, parent) => write("hr", "", undefined, parent),
};

function within(place, parts, sought) {
  parts.forEach((part) => DRAWN[part.kind]?.(part, place, sought));
}

// The marks are those that were written: a browser's own would count anew, and '5.' after '3.' would become '4.'.
function drawList(part, parent, sought) {
  const list = write(part.ordered ? "ol" : "ul", "", undefined, parent);
  list.setAttribute("role", "list"); // which some readers forget where list-style is none
  for (const item of part.items) {
    const row = write("li", "", undefined, list);
    write("span", "mark", item.mark, row);
    within(write("div", "", undefined, row), item.blocks, sought);
  }
}

function drawCode(part, parent, sought) {
  if (part.language) fill(write("p", "language", undefined, parent), [{ text: part.language, look: "plain" }], sought);
  fill(write("pre", "", undefined, parent), [{ text: part.text, look: "plain" }], sought);
}

function drawTable(part, parent, sought) {
  const table = write("table", "", undefined, parent);
  const cells = (row, tag, place) => {
    const line = write("tr", "", undefined, place);
    for (const runs of row) fill(write(tag, "", undefined, line), runs, sought);
    return line;
  };
  for (const cell of cells(part.head, "th", write("thead", "", undefined, table)).children) cell.setAttribute("scope", "col");
  const body = write("tbody", "", undefined, table);
  for (const row of part.rows) cells(row, "td", body);
}

function fill(place, runs, sought) {
  place.dir = "auto";
  const marked = found(runs.map((run) => run.text).join(""), sought);
  let at = 0;
  for (const run of runs) {
    const home = (LOOKS[run.look] ?? []).reduce((parent, tag) => write(tag, "", undefined, parent), place);
    for (const [start, end, hit] of cut(marked, at, at + run.text.length)) {
      words(run.text.slice(start - at, end - at), hit ? write("mark", "", undefined, home) : home);
    }
    at += run.text.length;
  }
}

// The stretch from start to end in pieces that are marked as a whole or not at all.
function* cut(marked, start, end) {
  let at = start;
  for (const [from, to] of marked) {
    if (to <= at || from >= end) continue;
    if (from > at) yield [at, from, false];
    yield [Math.max(from, at), Math.min(to, end), true];
    at = Math.min(to, end);
  }
  if (at < end) yield [at, end, false];
}

function words(text, place) {
  let rest = text;
  for (let hit = UNSEEN.exec(rest); hit; hit = UNSEEN.exec(rest)) {
    if (hit.index) place.append(rest.slice(0, hit.index));
    const number = `U+${hit[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    write("span", "unseen", number, place).title = `A sign nobody sees: ${UNSEEN_NAMES[hit[0]] ?? "it has no width"}`;
    rest = rest.slice(hit.index + hit[0].length);
  }
  if (rest) place.append(rest);
}

// Where in the text a word begins with what is sought, as sorted stretches that do not overlap.
function found(text, sought) {
  if (!sought.length) return [];
  const plain = folded(text);
  const stretches = sought.flatMap((hit) => [...places(plain.text, hit)].map((at) => [plain.from[at], plain.to[at + hit.length - 1]]));
  stretches.sort((a, b) => a[0] - b[0]);
  const joined = [];
  for (const [from, to] of stretches) {
    const last = joined.at(-1);
    if (last && from < last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function* places(text, hit) {
  for (let at = text.indexOf(hit); at >= 0; at = text.indexOf(hit, at + 1)) {
    if (at === 0 || text[at - 1] === " ") yield at;
  }
}

// The words of the text without case and accents, one space between them, as the search compares them; `from` and `to`
// lead back letter by letter.
function folded(text) {
  const made = { text: "", from: [], to: [] };
  let at = 0;
  for (const letter of text) {
    const plain = WORD.test(letter) ? letter.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss") : " ";
    const joins = /\p{M}/u.test(letter) || (plain === " " && made.text.endsWith(" "));
    if (joins && made.to.length) made.to[made.to.length - 1] = at + letter.length;
    else if (!joins) {
      for (let i = 0; i < plain.length; i++) made.from.push(at), made.to.push(at + letter.length);
      made.text += plain;
    }
    at += letter.length;
  }
  return made;
}
