"""How the screen looks: the static style sheet, and whether the viewer's theme is dark."""

from functools import cache
from importlib.resources import files

import streamlit as st


def is_dark() -> bool:
    """Whether this browser shows the dark theme."""
    return st.context.theme.type == "dark"


@cache
def _style_sheet() -> str:
    css = files("dashboard.components").joinpath("look.css").read_text("utf-8")
    return f"<style>{css}</style>"


def apply() -> None:
    """Put the style sheet on the page; static text, nothing is interpolated."""
    st.html(_style_sheet())
