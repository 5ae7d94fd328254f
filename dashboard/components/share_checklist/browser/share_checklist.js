// The checklist of a document: what is missing, each with its link; what is there, folded away. Text by textContent only.

import { rootOf, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("share_checklist.css", import.meta.url));

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = rootOf(parentElement, "checklist", style);
  const shape = JSON.stringify(data);
  if (root.shape === shape) return;
  root.shape = shape;
  const open = root.querySelector("details")?.open ?? false;
  root.replaceChildren();
  const title = write("h3", data.lacking.length ? "" : "complete", data.heading, root);
  title.id = "share-checklist";
  root.setAttribute("role", "group");
  root.setAttribute("aria-labelledby", title.id);
  const list = write("ul", "", undefined, root);
  for (const point of data.lacking) list.append(missing(point, data.hrefs[point.code], setTriggerValue));
  if (data.remark) write("p", "remark", data.remark, root);
  if (data.there.length) root.append(there(data, open));
}

function missing(point, href, go) {
  const entry = write("li");
  named(point, entry);
  if (!href) {
    write("span", "where", point.where, entry);
    return entry;
  }
  const link = write("a", "where", point.where, entry);
  link.href = href;
  link.setAttribute("aria-label", `${point.title}: open ${point.where}`);
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go("go", point.code);
  };
  return entry;
}

function there(data, open) {
  const fold = write("details");
  fold.open = open;
  write("summary", "", data.met, fold);
  const list = write("ul", "", undefined, fold);
  for (const point of data.there) {
    const entry = write("li", "met", undefined, list);
    named(point, entry);
  }
  return fold;
}

/** The point and, behind a help mark, who asks for it: a touch has no tooltip, so a press shows it as well. */
function named(point, entry) {
  const line = write("span", "line", undefined, entry);
  write("span", "title", point.title, line);
  const mark = write("button", "help", "?", line);
  const source = write("span", "source", point.source, entry);
  mark.type = "button";
  mark.title = point.source;
  mark.setAttribute("aria-label", `Who asks for this: ${point.title}`);
  const show = (open) => {
    source.hidden = !open;
    mark.setAttribute("aria-expanded", open);
  };
  mark.onclick = () => show(source.hidden);
  show(false);
}
