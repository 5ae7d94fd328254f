"""Flares and patterns without days to show: never logged, nothing in these days, only days without a date."""

import streamlit as st

from dashboard import selection
from dashboard.components import patient_page
from dashboard.periods import Chosen
from dashboard.presenters import flares_episodes as words
from dashboard.services.flare_review import FlaresView


def show(view: FlaresView) -> None:
    """Say why there is nothing to show and what to do."""
    title, what_to_do = words.not_shown(view)
    with st.container(key="flares_state", border=True, width=720):
        st.subheader(title, anchor=False)
        st.markdown(what_to_do)
        if view.state == "nothing_in_period":
            st.button("Show all days", on_click=_show_all, type="primary", key="flares_show_all")


def _show_all() -> None:
    selection.choose_period(Chosen("all"))
    patient_page.redraw()
