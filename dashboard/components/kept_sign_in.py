"""Has the browser change its ticket for a cookie, so that a reload or a second tab finds the person signed in."""

import streamlit as st

_JS = """
let changed = "";
export default function ({ data }) {
  if (changed === data.ticket) return; // drawn again: a ticket is good for one change
  changed = data.ticket;
  fetch("/sign-in/keep", { method: "POST", body: data.ticket, credentials: "same-origin" });
}
"""

_keep = st.components.v2.component("flareboard_kept_sign_in", js=_JS)


def show(ticket: str) -> None:
    """Draws nothing; the browser asks the server for the cookie."""
    with st.container(key="kept_sign_in"):
        _keep(key="keep", data={"ticket": ticket})
