"""The list of medicines as a table: what the chart shows, in words. Words come as JSON and are set as text."""

import streamlit as st

from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened
from dashboard.presenters.medication_list import MedicineList

_KEY = "medication_list"


def show(listed: MedicineList) -> int | None:
    """Draw it; returns the number of the medicine that is to be stopped, if that was asked for in this very run."""
    mount("medication_list", key=_KEY, data=opened(listed), on_stop_change=_nothing_more)
    asked = st.session_state[_KEY].get("stop")
    return int(asked) if isinstance(asked, str) and asked.isdecimal() else None


def _nothing_more() -> None:
    """The run that follows a click opens the dialog; there is nothing to do before it."""
