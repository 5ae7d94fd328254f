"""The prompts by level, each with what it rests on and its answers. Words come as JSON and are set as text."""

import streamlit as st

from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened
from dashboard.presenters.medication_prompts import Prompts

_KEY = "medication_prompts"


def show(prompts: Prompts) -> str | None:
    """Draw them; returns the key of the prompt whose answer was asked for in this very run, None otherwise."""
    mount("medication_prompts", key=_KEY, data=opened(prompts), on_answer_change=_nothing_more)
    asked = st.session_state[_KEY].get("answer")
    return asked if isinstance(asked, str) else None


def _nothing_more() -> None:
    """The run that follows a click opens the dialog; there is nothing to do before it."""
