"""The last 28 days as small maps; a clicked day says what was logged on it."""

import streamlit as st

from dashboard.components import day_tiles
from dashboard.presenters import figures
from dashboard.services.summary import SummaryView


def show(view: SummaryView) -> None:
    """Draw the tiles, and the chosen day in words."""
    clicked = day_tiles.show("summary_tiles", view.tiles, title=figures.tiles_title(view.tiles))
    chosen = next((tile for tile in view.tiles if tile.day == clicked), None)
    if chosen is not None:
        st.caption(figures.day_in_words(chosen))
