// Type-ahead over patients. The server searches; this draws what came back, with textContent only.

import { element, rootOf, sheetFrom } from "../flareboard.shared/markup.js";

const style = await sheetFrom(new URL("patient_search.css", import.meta.url));
const PAUSE = 110; // ms after the last key before the server is asked

function build(root, data) {
  const box = element("div", { class: "box" });
  const label = element("label", { class: "sr", for: "find" }, data.label);
  const input = element("input", {
    id: "find", type: "search", placeholder: data.placeholder, autocomplete: "off", spellcheck: "false",
    maxlength: "80", role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list",
  });
  const results = element("div", { id: "found", class: "results", role: "listbox", popover: "manual",
    "aria-label": "Patients found" });
  const said = element("div", { class: "sr", role: "status", "aria-live": "polite" });
  box.append(label, input);
  if (data.by_slash) box.append(element("kbd", { "aria-hidden": "true" }, "/"));
  root.append(box, results, said);
  return { input, results, said };
}

function option(result, index) {
  const made = element("a", { id: `found-${index}`, role: "option", tabindex: "-1", href: result.href,
    "aria-selected": "false" });
  made.dataset.link = result.link;
  made.append(element("b", {}, result.name), element("span", {}, result.second));
  return made;
}

function typedNow(parts) {
  return parts.input.value.trim();
}

function open(parts) {
  const place = parts.input.getBoundingClientRect();
  parts.results.style.left = `${place.left}px`;
  parts.results.style.top = `${place.bottom + 4}px`;
  if (!parts.results.matches(":popover-open")) parts.results.showPopover();
  parts.input.setAttribute("aria-expanded", "true");
}

function close(parts) {
  if (parts.results.matches(":popover-open")) parts.results.hidePopover();
  parts.input.setAttribute("aria-expanded", "false");
  parts.input.removeAttribute("aria-activedescendant");
}

function choose(parts, index) {
  const options = [...parts.results.querySelectorAll("[role=option]")];
  options.forEach((one, place) => one.setAttribute("aria-selected", String(place === index)));
  const chosen = options[index];
  if (!chosen) return parts.input.removeAttribute("aria-activedescendant");
  parts.input.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

function selected(parts) {
  return [...parts.results.querySelectorAll("[role=option]")].findIndex(
    (one) => one.getAttribute("aria-selected") === "true");
}

function draw(parts, data) {
  const wanted = typedNow(parts);
  if (!wanted || parts.input.getRootNode().activeElement !== parts.input) return close(parts);
  if (data.text.trim() !== wanted) return; // an older answer: the newer one is on its way
  const found = data.results;
  const nobody = found.length ? [] : [element("p", {}, "Nobody of your patients has such a name or number.")];
  parts.results.replaceChildren(...found.map(option), ...nobody);
  parts.said.textContent = found.length === 1 ? "1 patient" : `${found.length} patients`;
  open(parts);
  choose(parts, found.length ? 0 : -1);
}

// On a phone the sidebar lies over the page: whoever has chosen wants to see the patient.
function uncover() {
  if (window.innerWidth > 768) return;
  document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

function typing(event) {
  const at = event.composedPath()[0];
  return at.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(at.tagName);
}

export default function ({ data: [data], parentElement, setStateValue, setTriggerValue }) {
  const root = rootOf(parentElement, "search", style);
  const parts = root.parts ?? (root.parts = build(root, data));
  const { input, results } = parts;
  const ask = (text) => { if (text !== root.asked) { root.asked = text; setStateValue("typed", text); } };
  const go = (chosen) => {
    close(parts);
    input.value = "";
    input.blur();
    clearTimeout(root.waiting);
    root.asked = "";
    uncover();
    setTriggerValue("opened", chosen.dataset.link);
  };
  input.oninput = () => {
    clearTimeout(root.waiting);
    root.waiting = setTimeout(() => ask(typedNow(parts)), PAUSE);
    if (!typedNow(parts)) close(parts);
  };
  input.onkeydown = (event) => {
    const options = [...results.querySelectorAll("[role=option]")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      event.preventDefault();
      choose(parts, (selected(parts) + step + options.length) % options.length);
    } else if (event.key === "Enter" && data.text.trim() === typedNow(parts) && options[selected(parts)]) {
      event.preventDefault();
      go(options[selected(parts)]);
    } else if (event.key === "Escape") {
      input.value = "";
      close(parts);
      input.blur();
    }
  };
  input.onblur = () => setTimeout(() => close(parts), 150);
  input.onfocus = () => draw(parts, data);
  results.onmousedown = (event) => event.preventDefault(); // keeps the focus in the box until the click is done
  results.onclick = (event) => {
    const chosen = event.target.closest("[role=option]");
    if (!chosen || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(chosen);
  };
  draw(parts, data);

  const onSlash = (event) => {
    if (!data.by_slash || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    event.preventDefault();
    input.focus();
    input.select();
  };
  const onLink = (event) => {
    if (event.target.closest?.('[data-testid="stSidebar"] [data-testid="stPageLink"]')) uncover();
  };
  document.addEventListener("keydown", onSlash);
  document.addEventListener("click", onLink);
  return () => {
    document.removeEventListener("keydown", onSlash);
    document.removeEventListener("click", onLink);
  };
}
