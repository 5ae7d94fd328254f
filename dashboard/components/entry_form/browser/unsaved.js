// Answers not known to be saved when their form went away (signed out in another tab, or by a restarted server): they
// come back with the form, for the same person and entry only. Until then the window says that it keeps them, and
// closing it is asked about.

import { write } from "../flareboard.shared/markup.js";

const MOMENT = 700; // ms a form may be away, while its page is drawn anew, before anything is said
const WORDS = "Not saved yet: your last answers on Add entry. This window keeps them. Sign in again and open Add entry to save them.";
const LOOK = {
  position: "fixed", left: "50%", bottom: "16px", transform: "translateX(-50%)", zIndex: 1000, width: "min(560px, 92vw)",
  padding: "10px 14px", borderRadius: "4px", border: "2px solid currentColor", font: "600 15px/1.4 sans-serif",
  color: "CanvasText", background: "Canvas", colorScheme: "light dark",
};

const store = (window.flareboardUnsavedEntries = window.flareboardUnsavedEntries ?? watched({ user: null, kept: new Map() }));

function watched(made) {
  window.addEventListener("beforeunload", (event) => {
    if (made.kept.size) event.preventDefault();
  });
  return made;
}

export function keep(form, answers) {
  store.kept.set(form, answers);
  setTimeout(say, MOMENT);
}

/** What was kept of that form for that person; what another person left behind is forgotten. */
export function fetch(form, user) {
  if (store.user !== user) {
    store.user = user;
    store.kept.clear();
  }
  const found = store.kept.get(form);
  store.kept.delete(form);
  say();
  return found;
}

function say() {
  if (!store.kept.size) {
    store.notice?.remove();
    store.notice = undefined;
  } else if (!store.notice) {
    store.notice = write("p", "flareboard-kept", WORDS, document.body);
    store.notice.setAttribute("role", "status");
    Object.assign(store.notice.style, LOOK);
  }
}
