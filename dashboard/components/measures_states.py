"""Above and instead of the scores: what was just done, and why there is nothing."""

import streamlit as st

from dashboard.components import measures_filling
from dashboard.components.patient_page import Asked
from dashboard.presenters import measures_detail as words
from dashboard.presenters.words import escaped
from dashboard.services.measures import MeasuresView


def show_said(asked: Asked) -> None:
    """What was just done on this page."""
    if said := measures_filling.said(asked):
        st.success(escaped(said))


def show_nothing(view: MeasuresView) -> None:
    """Why there is no dated score, and what to do."""
    title, text = words.nothing(view)
    with st.container(key="measures_state", border=True, width=720):
        st.subheader(title, anchor=False)
        st.markdown(text)
