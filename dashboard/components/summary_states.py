"""The Summary when there is no period to show: never logged, nothing in these days, or only data without a date."""

import streamlit as st

from dashboard import selection
from dashboard.components import summary_top
from dashboard.periods import Chosen
from dashboard.presenters import figures
from dashboard.services.summary import SummaryView


def show(view: SummaryView) -> None:
    """Say why there is no picture and what to do; open items and what else is known stay above."""
    summary_top.show(view)
    title, what_to_do = figures.no_picture(view.state, view.undated, view.completeness, view.as_of)
    with st.container(key="summary_state", border=True, width=720):
        st.subheader(title, anchor=False)
        st.markdown(what_to_do)
        if view.state == "nothing_in_period":
            st.button("Show all days", on_click=_show_all, type="primary", key="summary_show_all")
        for line in figures.undated_listed(view.undated):
            st.text(line)


def _show_all() -> None:
    selection.choose_period(Chosen("all"))
