"""Questionnaire scores as a table; a click on a name shows it below, one on a statement its rule and source."""

from collections.abc import Callable

import streamlit as st

from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened
from dashboard.presenters.measures_table import Table


def show(key: str, table: Table, *, chosen: Callable[[str], None]) -> None:
    """Draw the table; `chosen` is told the row that was clicked."""

    def clicked() -> None:
        row = st.session_state[key].get("chosen")
        if isinstance(row, str):
            chosen(row)

    mount("measures_table", key=key, data=opened(table), on_chosen_change=clicked)
