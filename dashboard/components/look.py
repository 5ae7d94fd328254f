"""How the screen looks: the static style sheet, its colours from `theme`, and whether the viewer's theme is dark."""

from dataclasses import asdict
from functools import cache
from importlib.resources import files

import streamlit as st

from dashboard.theme import DARK, LIGHT

SHEETS = (
    "look.css", "summary.css", "pain_map.css", "entry.css", "flares.css", "measures.css", "medication.css",
    "pointers.css", "criteria.css", "case_review.css", "plan.css", "share.css", "import.css", "mapping.css",
)  # fmt: skip
"""One sheet for every page: each further one would cost every rerun a millisecond."""


def is_dark() -> bool:
    """Whether this browser shows the dark theme."""
    return st.context.theme.type == "dark"


def apply() -> None:
    """Put the style sheet on the page; constants only, nothing of a patient or a person."""
    st.html(_style_sheet())


@cache
def _style_sheet() -> str:
    css = "\n".join(files("dashboard.components").joinpath(name).read_text("utf-8") for name in SHEETS)
    return f"<style>:root{{{_colours()}}}\n{css}</style>"


def _colours() -> str:
    # light-dark() follows the theme in the browser itself, so no rerun is needed when somebody changes it.
    light, dark = asdict(LIGHT), asdict(DARK)
    return "".join(f"--fb-{name.replace('_', '-')}:light-dark({light[name]},{dark[name]});" for name in light)
