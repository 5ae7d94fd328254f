"""The body maps that have no date: one at a time, chosen by its place, never placed on a time axis."""

import streamlit as st

from dashboard import access
from dashboard.components import body_map
from dashboard.presenters import known as words
from dashboard.services.known import Known


@access.part
def show(page: str, found: Known, patient: str, *, height: int) -> None:
    """Draw one of the patient's undated maps, and the choice where there are several; `page` begins the keys."""
    several, place = len(found.maps), 0
    title = st.empty()
    if several > 1:
        place = st.selectbox(
            "Map",
            range(several),
            format_func=lambda each: f"Map {each + 1} of {several}",
            key=f"{page}_undated_{patient}",
            label_visibility="collapsed",
        )
    named, shown = words.map_title(several, place), found.maps[place]
    title.markdown(f"**{named}**")
    hint = words.map_caption(shown)
    body_map.show(f"{page}_undated_{patient}_{place}", shown, height=height, hint=hint, title=named)
