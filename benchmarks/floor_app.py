"""The floor: what Streamlit itself costs on this machine, today. A blank page, and one with a single chart.

The chart has as many points and pixels as the Summary's timeline; the second page changes it on a click.
"""

import numpy as np
import streamlit as st

from benchmarks.sizes import CHART_HEIGHT, POINTS_A_SERIES, SERIES

st.set_page_config(layout="wide")


def chart(seed: int) -> None:
    """One Plotly chart of `SERIES` lines, as a plain dict of float32 arrays: the cheapest way Streamlit knows."""
    values = np.random.default_rng(seed).random((SERIES, POINTS_A_SERIES)).astype(np.float32)
    lines = [{"type": "scatter", "mode": "lines", "x0": 0, "dx": 1, "y": row} for row in values]
    st.plotly_chart({"data": lines, "layout": {"height": CHART_HEIGHT}}, theme=None, key="chart")


def blank() -> None:
    """A page with a word on it."""
    st.write("blank")


def one_chart() -> None:
    """A page with one chart."""
    chart(1)


def changing() -> None:
    """A page with one chart that another click replaces."""
    choice = st.segmented_control("Data", ["one", "two", "three"], default="one", key="choice")
    chart({"one": 1, "two": 2, "three": 3}[choice or "one"])


PAGES = [st.Page(blank, title="Blank"), st.Page(one_chart, title="One chart"), st.Page(changing, title="Changing")]
for listed in PAGES:
    st.sidebar.page_link(listed)
st.navigation(PAGES, position="hidden").run()
