"""The floor: what Streamlit itself costs on this machine, today. A blank page, and one with a single Plotly chart.

The chart is the Summary's own timeline, so that it has the same size in every sense; on another page a click
changes it for that of another period. A third chart, of plain lines, is there to compare with.
"""

import json
from typing import Any

import numpy as np
import streamlit as st

from benchmarks.own_chart import FILE

st.set_page_config(layout="wide")
FIGURES: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
FIRST = "Since last visit"
LINES, POINTS = 6, 600


def lines() -> dict[str, Any]:
    """A figure of plain lines, as a dict of float32 arrays: the cheapest chart Plotly knows."""
    values = np.random.default_rng(1).random((LINES, POINTS)).astype(np.float32)
    drawn = [{"type": "scatter", "mode": "lines", "x0": 0, "dx": 1, "y": row} for row in values]
    return {"data": drawn, "layout": {"height": 380}}


def blank() -> None:
    """A page with a word on it."""
    st.write("blank")


def one_chart() -> None:
    """A page with one chart."""
    st.plotly_chart(FIGURES[FIRST], theme=None, key="chart")


def ten_years() -> None:
    """The same with the chart of the whole diary."""
    st.plotly_chart(FIGURES["All"], theme=None, key="chart")


def plain_lines() -> None:
    """The same with plain lines."""
    st.plotly_chart(lines(), theme=None, key="chart")


def changing() -> None:
    """A page with one chart that another click replaces."""
    choice = st.segmented_control("Period", list(FIGURES), default=FIRST, key="choice", required=True)
    st.plotly_chart(FIGURES[choice], theme=None, key="chart")


PAGES = [
    st.Page(blank, title="Blank"),
    st.Page(one_chart, title="One chart"),
    st.Page(ten_years, title="Ten years"),
    st.Page(plain_lines, title="Plain lines"),
    st.Page(changing, title="Changing"),
]
for listed in PAGES:
    st.sidebar.page_link(listed)
st.navigation(PAGES, position="hidden").run()
