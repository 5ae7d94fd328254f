// The data-quality strip: a bar where something was logged, a dot where nothing was.
const SVG = "http://www.w3.org/2000/svg";
const TALL = 16, STEP = 3;

function bar(className, x, y, height) {
  const made = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ class: className, x, y, width: STEP - 1, height })) {
    made.setAttribute(name, value);
  }
  return made;
}

export default function ({ data: [data], parentElement }) {
  const root = parentElement.querySelector(".quality");
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${data.cells.length * STEP} ${TALL}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  data.cells.forEach((share, place) => {
    const height = Math.max(2, share * (TALL - 2));
    svg.append(bar(share > 0 ? "logged" : "gap", place * STEP, TALL - height, height));
  });
  const said = document.createElement("span");
  said.className = "said";
  said.textContent = data.said;
  root.title = data.explained;
  root.replaceChildren(svg, said);
}
