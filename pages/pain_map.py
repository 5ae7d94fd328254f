"""Pain map: where does it hurt, and what changed?"""

import streamlit as st

from dashboard import access, selection
from dashboard.components import (
    pain_map_below,
    pain_map_filter,
    pain_map_maps,
    pain_map_reading,
    pain_map_states,
    patient_page,
)
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission
from dashboard.presenters import pain_map_facts
from dashboard.services import pain_map


def draw(asked: Asked) -> None:
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
