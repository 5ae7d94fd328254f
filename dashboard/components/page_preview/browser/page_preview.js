// A page of a document as a picture.

import { rootOf, sheetFrom, write } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("page_preview.css", import.meta.url));

export default function ({ data: [data], parentElement }) {
  const root = rootOf(parentElement, "page", style);
  if (root.drawn === data.picture) return;
  root.drawn = data.picture;
  const picture = root.querySelector("img") ?? write("img", "", "", root);
  picture.alt = data.alt;
  picture.src = `data:image/png;base64,${data.picture}`;
}
