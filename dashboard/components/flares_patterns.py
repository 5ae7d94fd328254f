"""Below the episodes: how flares come back, what pain went with, and what changed around each turn of treatment."""

import streamlit as st

from dashboard import access
from dashboard.components import pain_map_reading
from dashboard.components.patient_page import Asked
from dashboard.presenters import flares_associations, flares_cards, flares_recurrence
from dashboard.services import flare_patterns
from dashboard.services.flare_patterns import PatternsView
from dashboard.services.flare_review import FlaresView

_PAGE = "flares_cards_page"


@access.part
def show(view: FlaresView, asked: Asked) -> None:
    """Draw the sections; one with nothing to tell is left out."""
    found = flare_patterns.view(asked.viewer, asked.head, as_of=view.as_of)
    sections = (
        ("flares_recurrence", flares_recurrence.HEADING, flares_recurrence.facts(found)),
        ("flares_associations", flares_associations.heading(found), flares_associations.facts(found)),
        ("flares_reverse", flares_associations.other_heading(found), flares_associations.other_facts(found)),
    )
    for key, heading, facts in sections:
        if facts:
            with st.container(key=f"{key}_section"):
                pain_map_reading.facts(key, heading, facts)
    if found.cards:
        with st.container(key="flares_cards_section"):
            _cards(found, asked.head.link_id)


def _cards(found: PatternsView, patient: str) -> None:
    """The newest cards; older ones on further pages."""
    pages = flares_cards.pages(found)
    key = f"{_PAGE}_{patient}"
    page = min(st.session_state.get(key, 1), pages)
    pain_map_reading.facts("flares_cards", flares_cards.heading(found, page), flares_cards.facts(found, page))
    if pages > 1:
        st.pagination(pages, key=key)
