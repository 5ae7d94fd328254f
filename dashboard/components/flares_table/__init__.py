"""The episodes as a table; a click on one shows it beside. Words come as JSON and are set as text."""

from collections.abc import Callable
from dataclasses import asdict
from importlib.resources import files

import streamlit as st

from dashboard.components.component_data import packed
from dashboard.presenters.flares_episodes import Table


def _asset(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")


_table = st.components.v2.component(
    "flareboard_flares_table",
    html='<div class="mount"></div>',
    css=_asset("table.css"),
    js=_asset("table.js"),
)
_KEY = "flares_table"


def show(table: Table, *, chosen: Callable[[str], None]) -> None:
    """Draw the table; `chosen` is told the episode that was clicked, as the day it was found to start."""

    def clicked() -> None:
        episode = st.session_state[_KEY].get("chosen")
        if isinstance(episode, str):
            chosen(episode)

    _table(key=_KEY, data=packed(asdict(table)), on_chosen_change=clicked)
