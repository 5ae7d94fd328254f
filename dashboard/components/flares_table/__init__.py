"""The episodes as a table; a click on one shows it beside. Words come as JSON and are set as text."""

from collections.abc import Callable
from dataclasses import asdict

import streamlit as st

from dashboard.components.browser_files import mount
from dashboard.presenters.flares_episodes import Table

_KEY = "flares_table"


def show(table: Table, *, chosen: Callable[[str], None]) -> None:
    """Draw the table; `chosen` is told the episode that was clicked, as the day it was found to start."""

    def clicked() -> None:
        episode = st.session_state[_KEY].get("chosen")
        if isinstance(episode, str):
            chosen(episode)

    mount("flares_table", key=_KEY, data=asdict(table), on_chosen_change=clicked)
