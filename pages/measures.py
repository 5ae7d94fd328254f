"""Measures: how do the scores read, and what changed by more than a published mark?"""

import streamlit as st

from dashboard import access, selection
from dashboard.components import (
    measures_actions,
    measures_filling,
    measures_list,
    measures_states,
    measures_total,
    pain_map_reading,
    patient_page,
    safety_items,
)
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission
from dashboard.presenters import measures_table
from dashboard.services import measures
from dashboard.services.measure_drafts import TOTALS


def draw(asked: Asked) -> None:
    """The scores of that patient, or the questionnaire that is being filled in."""
    view = measures.view(asked.viewer, asked.head, asked.periods, as_of=selection.today())
    safety_items.show(asked, "phq9_item9")
    opened = measures_filling.opened(asked)
    if opened == TOTALS:
        measures_total.show(asked)
    elif opened:
        measures_filling.show(asked, opened)
    else:
        _scores(view, asked)


def _scores(view: measures.MeasuresView, asked: Asked) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="measures_top"):
        if view.state == "full":
            pain_map_reading.lead(measures_table.lead(view))
        measures_actions.show(asked)
    measures_states.show_said(asked)
    measures_actions.show_waiting(asked)
    if view.state != "full":
        measures_states.show_nothing(view)
    measures_list.show(view, asked)


viewer = access.require(Permission.VIEW_PATIENT)
patient_page.show(viewer, Permission.VIEW_PATIENT, draw)
