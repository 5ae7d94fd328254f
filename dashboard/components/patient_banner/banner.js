// Who this is. Text reaches the page through textContent only.
function part(className, text, tag = "span") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".banner");
  const chips = data.alerts.map((text) => part("chip", text));
  const rest = [part("about", data.about), part("record", data.record), ...chips];
  if (data.no_allergies) rest.push(part("quiet", data.no_allergies));
  const team = part("team", data.team);
  team.title = data.team;
  root.replaceChildren(part("", data.name, "h1"), ...rest, team);
}
