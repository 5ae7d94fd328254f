"""One section of the care plan; words come as JSON and are set as text, a click reports what is to be done to what."""

from collections.abc import Callable

import streamlit as st

from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened
from dashboard.presenters.plan_items import Section

Do = Callable[[str, str], None]


def show(section: Section, *, do: Do) -> None:
    """Draw it; `do` is told, before anything is drawn anew, which act was asked for on the item of which key."""
    key = f"plan_section_{section.name}"

    def clicked() -> None:
        asked = st.session_state[key].get("act")
        if isinstance(asked, dict):
            do(str(asked.get("act", "")), str(asked.get("key", "")))

    mount("plan_section", key=key, data=opened(section), on_act_change=clicked)
