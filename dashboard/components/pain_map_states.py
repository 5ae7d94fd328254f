"""The pain map without a map to show: never logged, nothing or no map in these days, only maps without a date."""

import streamlit as st

from dashboard import access, selection
from dashboard.components import body_map, patient_page
from dashboard.components.patient_page import Asked
from dashboard.periods import Chosen
from dashboard.presenters import known as known_words
from dashboard.presenters import pain_map as words
from dashboard.services import known
from dashboard.services.known import Known
from dashboard.services.pain_map import PainMapView

MAP_HEIGHT = 460


def show(view: PainMapView, asked: Asked) -> None:
    """Say why there is no map and what to do; then the maps that have no date, where there are any."""
    title, what_to_do = words.no_map(view)
    with st.container(key="pain_map_state", border=True, width=720):
        st.subheader(title, anchor=False)
        st.markdown(what_to_do)
        if view.state in ("nothing_in_period", "no_maps"):
            st.button("Show all days", on_click=_show_all, type="primary", key="pain_map_show_all")
    if view.undated:
        without = known.known(asked.viewer, asked.head, as_of=view.as_of)
        if without.maps:
            with st.container(key="pain_map_undated"):
                _undated(without, asked.head.link_id)


@access.part
def _undated(found: Known, patient: str) -> None:
    several, place = len(found.maps), 0
    title = st.empty()
    if several > 1:
        place = st.selectbox(
            "Map",
            range(several),
            format_func=lambda each: f"Map {each + 1} of {several}",
            key=f"pain_map_undated_{patient}",
            label_visibility="collapsed",
        )
    named = known_words.map_title(several, place)
    title.markdown(f"**{named}**")
    shown = found.maps[place]
    hint = known_words.map_caption(shown)
    body_map.show(f"pain_map_undated_{patient}_{place}", shown, height=MAP_HEIGHT, hint=hint, title=named)


def _show_all() -> None:
    selection.choose_period(Chosen("all"))
    patient_page.redraw()
