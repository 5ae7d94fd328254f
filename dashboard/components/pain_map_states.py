"""The pain map without a map to show: never logged, nothing or no map in these days, only maps without a date."""

import streamlit as st

from dashboard.components import no_days, undated_maps
from dashboard.components.patient_page import Asked
from dashboard.presenters import pain_map as words
from dashboard.services import known
from dashboard.services.pain_map import PainMapView

MAP_HEIGHT = 460


def show(view: PainMapView, asked: Asked) -> None:
    """Say why there is no map and what to do; then the maps that have no date, where there are any."""
    no_days.show("pain_map", *words.no_map(view), offer_all=view.state in ("nothing_in_period", "no_maps"))
    if view.undated:
        without = known.known(asked.viewer, asked.head, as_of=view.as_of)
        if without.maps:
            with st.container(key="pain_map_undated"):
                undated_maps.show("pain_map", without, asked.head.link_id, height=MAP_HEIGHT)
