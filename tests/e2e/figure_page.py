"""A page with nothing but a body map and day tiles, for the tests that look at these two in a real browser."""

from datetime import date, timedelta

import streamlit as st

from clinical.body_map import pack
from dashboard.components import body_map, day_tiles
from dashboard.components.day_tiles import DayTile
from tests.dashboard.body_figure.maps import everywhere, nothing, region_map

FIRST = date(2026, 10, 26)
MAPS = {
    "typical": region_map("typical", {"b_calf_l": 10, "b_thigh_l": 3, "f_neck_l": 4}, present=["f_chest_l"]),
    "how often": everywhere("how_often", 52),
    "nothing": nothing(),
}


@st.fragment
def the_map() -> None:
    """The map, its mode and what is selected."""
    mode = st.radio("Mode", list(MAPS))
    asked = ("f_knee_l",) if st.toggle("Page asks for the knee") else ()
    chosen = body_map.show("map", MAPS[mode], height=400, selected=asked)
    st.text(f"chosen: {' '.join(chosen) or 'none'}")


@st.fragment
def the_days() -> None:
    """Twenty-eight tiles and the day that was clicked."""
    marks = pack({"b_calf_l": 6, "f_chest_l": None})
    tiles = [_tile(FIRST + timedelta(days=i), i, marks) for i in range(28)]
    day = day_tiles.show("days", tiles)
    st.text(f"day: {day or 'none'}")


def _tile(day: date, number: int, marks: bytes) -> DayTile:
    if number % 9 == 4:
        return DayTile(day, logged=False)
    return DayTile(day, logged=True, pain=5, body_map=None if number % 5 == 2 else marks, flare=number < 3)


st.set_page_config(layout="wide")
the_map()
the_days()
