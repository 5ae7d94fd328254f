"""Has the browser change its ticket for a cookie, so that a reload or a second tab finds the person signed in."""

import streamlit as st

from dashboard.components.browser_files import mount


def show(ticket: str) -> None:
    """Draws nothing; the browser asks the server for the cookie."""
    with st.container(key="kept_sign_in"):
        mount("kept_sign_in", key="keep", data={"ticket": ticket})
