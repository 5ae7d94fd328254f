"""Pain map: where does it hurt, and what changed? Beside it the criteria, and the pointers with the red flags."""

import streamlit as st

from dashboard import access, selection
from dashboard.components import (
    criteria_panel,
    pain_map_below,
    pain_map_filter,
    pain_map_maps,
    pain_map_part,
    pain_map_reading,
    pain_map_states,
    patient_page,
    pointers_panel,
)
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission
from dashboard.presenters import pain_map_facts
from dashboard.services import pain_map


def draw(asked: Asked) -> None:
    """The chosen part of the page, and nothing of the others."""
    parts = {"map": draw_map, "criteria": criteria_panel.show, "pointers": pointers_panel.show}
    parts[pain_map_part.show(asked)](asked)


def draw_map(asked: Asked) -> None:
    """The pain map of that patient in that period."""
    chosen = pain_map_filter.chosen(asked.head.link_id)
    view = pain_map.view(asked.viewer, asked.head, asked.periods, chosen, as_of=selection.today())
    if view.state != "full":
        pain_map_states.show(view, asked)
        return
    with st.container(horizontal=True, key="pain_map_top"):
        pain_map_reading.lead(pain_map_facts.lead(view))
        pain_map_filter.show(asked)
    pain_map_maps.show(view, asked.head.link_id)
    pain_map_below.show(view, asked)


viewer = access.require(Permission.VIEW_PATIENT)
patient_page.show(viewer, Permission.VIEW_PATIENT, draw)
