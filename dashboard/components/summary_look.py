"""The Summary's own style sheet: spacing only, the colours are the frame's."""

from functools import cache
from importlib.resources import files

import streamlit as st


def apply() -> None:
    """Put the style sheet on the page; static text, nothing is interpolated."""
    st.html(_style_sheet())


@cache
def _style_sheet() -> str:
    return f"<style>{files('dashboard.components').joinpath('summary.css').read_text('utf-8')}</style>"
