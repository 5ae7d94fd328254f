export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".page");
  if (root.drawn === data.picture) return;
  root.drawn = data.picture;
  const picture = root.querySelector("img") ?? root.appendChild(document.createElement("img"));
  picture.alt = data.alt;
  picture.src = `data:image/png;base64,${data.picture}`;
}
