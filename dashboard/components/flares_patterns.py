"""Below the episodes: how flares come back, what pain went with, and what changed around each turn of treatment."""

import streamlit as st

from dashboard import access
from dashboard.components import pain_map_reading
from dashboard.components.patient_page import Asked
from dashboard.presenters import flares_patterns as words
from dashboard.services import flare_patterns
from dashboard.services.flare_review import FlaresView


@access.part
def show(view: FlaresView, asked: Asked) -> None:
    """Draw the three sections; one with nothing to tell is left out."""
    found = flare_patterns.view(asked.viewer, asked.head, as_of=view.as_of)
    sections = (
        ("flares_recurrence", "How flares come back", words.recurrence(found)),
        ("flares_associations", words.associations_heading(found), words.associations(found)),
        ("flares_cards", words.cards_heading(found), words.cards(found)),
    )
    for key, heading, facts in sections:
        if facts:
            with st.container(key=f"{key}_section"):
                pain_map_reading.facts(key, heading, facts)
