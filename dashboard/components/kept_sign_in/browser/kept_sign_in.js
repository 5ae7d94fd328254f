// Has the browser change its ticket for a cookie. Draws nothing.

let changed = "";
export default function ({ data: [data] }) {
  if (changed === data.ticket) return; // drawn again: a ticket is good for one change
  changed = data.ticket;
  fetch("/sign-in/keep", { method: "POST", body: data.ticket, credentials: "same-origin" });
}
