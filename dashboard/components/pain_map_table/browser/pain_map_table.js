// The region table. A heading sorts; the order lasts as long as the page. Text is set with textContent only.

import { dress, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("pain_map_table.css", import.meta.url));

function order(a, b) {
  if (a === null || b === null) return (a === null) - (b === null); // what is not known goes last either way
  return typeof a === "number" ? a - b : a.localeCompare(b);
}

function sorted(rows, { column, down }) {
  const sign = down ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column][1], other[column][1]];
    return a === null || b === null ? order(a, b) : sign * order(a, b);
  });
}

function body(rows, columns) {
  const made = write("tbody");
  for (const row of rows) {
    const line = write("tr");
    row.forEach(([text], i) => {
      const cell = write(i ? "td" : "th", columns[i][1] ? "number" : "", text);
      if (!i) cell.setAttribute("scope", "row");
      cell.dataset.label = columns[i][0];
      line.append(cell);
    });
    made.append(line);
  }
  return made;
}

function draw(table, data, by) {
  const head = write("tr");
  data.columns.forEach(([title, number], i) => {
    const cell = write("th", number ? "number" : "");
    cell.setAttribute("scope", "col");
    const sort = by?.column === i ? (by.down ? "descending" : "ascending") : "none";
    cell.setAttribute("aria-sort", sort);
    const button = write("button", sort, title);
    button.type = "button";
    button.addEventListener("click", () => {
      const down = by?.column === i ? !by.down : number;
      draw(table, data, (table.by = { column: i, down }));
      table.querySelectorAll("thead button")[i].focus();
    });
    cell.append(button);
    head.append(cell);
  });
  const top = write("thead");
  top.append(head);
  table.replaceChildren(write("caption", "", data.caption), top, body(by ? sorted(data.rows, by) : data.rows, data.columns));
}

export default function ({ data: [data], parentElement }) {
  dress(parentElement, style);
  let frame = parentElement.querySelector(".frame");
  if (!frame) {
    frame = write("div", "frame");
    frame.append(write("table"), write("p", "quiet"));
    parentElement.append(frame);
  }
  const [table, quiet] = frame.children;
  draw(table, data, table.by);
  quiet.textContent = data.quiet;
}
