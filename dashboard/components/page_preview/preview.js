// The page as an <img>: scripts in an SVG do not run there.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".page");
  if (root.drawn === data.drawing) return;
  root.drawn = data.drawing;
  const picture = root.querySelector("img") ?? root.appendChild(document.createElement("img"));
  const before = picture.src;
  picture.alt = data.alt;
  picture.src = URL.createObjectURL(new Blob([data.drawing], { type: "image/svg+xml" }));
  if (before) URL.revokeObjectURL(before);
}
