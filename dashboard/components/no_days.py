"""A patient page without days to show: why, what to do, and all days where a longer period would help."""

import streamlit as st

from dashboard import selection
from dashboard.components import patient_page
from dashboard.periods import Chosen


def show(page: str, title: str, what_to_do: str, *, offer_all: bool) -> None:
    """Draw the box that stands in the page's place; `page` begins its keys."""
    with st.container(key=f"{page}_state", border=True, width=720):
        st.subheader(title, anchor=False)
        st.markdown(what_to_do)
        if offer_all:
            st.button("Show all days", on_click=_show_all, type="primary", key=f"{page}_show_all")


def _show_all() -> None:
    selection.choose_period(Chosen("all"))
    patient_page.redraw()
