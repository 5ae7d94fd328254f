"""Body map and timeline of the Summary: one fragment, so that a map mode or a region reruns these two alone."""

from datetime import date
from typing import Any

import streamlit as st

from clinical.maps import Mode
from dashboard import access
from dashboard.charts import timeline
from dashboard.components import body_map, look, note_link, plotly_chart, summary_top
from dashboard.presenters import figures
from dashboard.services import summary
from dashboard.services.kept import Kept
from dashboard.services.summary import SummaryView

MAP_HEIGHT = 252
LINE_ABOVE, NEXT_LINE, LETTERS = 23, 17, 98
"""Pixels of a sentence above and of each further line of it; about how many letters fit one on a wide screen."""
ROOM_ABOVE, MOST_TAKEN = 156, 24
"""Pixels that sentences usually take; what they take beyond comes off map and chart, so that the tiles stay seen."""
_MODE = "summary_map_mode"
_ROUND = "summary_map_round"
_figures: Kept[dict[str, Any]] = Kept(64)
"""Timelines as drawn, some 50 kB each: building one takes longer than all else that a change of the map mode does."""


@access.part
def show(view: SummaryView, patient: str) -> None:
    """Draw map and timeline; a selected region filters the pain panel. `patient` keeps selections apart."""
    taken = _taken_above(view)
    with st.container(horizontal=True, gap="medium", key="summary_charts"):
        with st.container(key="summary_map", gap=None):
            selected = _map(view, patient, MAP_HEIGHT - taken)
        with st.container(key="summary_timeline", gap=None):
            _timeline(view, patient, selected, timeline.HEIGHT - taken)


def _map(view: SummaryView, patient: str, height: int) -> tuple[str, ...]:
    first: Mode = "latest" if view.completeness.days_logged == 1 else "typical"
    mode: Mode = st.session_state.get(_MODE, first)
    shown = summary.region_map(view, mode)
    st.markdown(f"**{figures.map_title(shown)}**", help=figures.map_rule(shown, view.wpi))
    st.segmented_control(
        "Map shows",
        list(figures.MODES),
        format_func=figures.MODES.__getitem__,
        default=first,
        required=True,
        key=_MODE,
        label_visibility="collapsed",
    )
    # A new key is a new map without a selection: for another patient, and after 'Whole body'.
    key = f"summary_map_{patient}_{st.session_state.get(_ROUND, 0)}"
    return body_map.show(key, shown, height=height, hint=figures.map_caption(shown, view.wpi))


def _timeline(view: SummaryView, patient: str, selected: tuple[str, ...], height: int) -> None:
    drawn = summary.timeline_of(view, selected)
    with st.container(horizontal=True, vertical_alignment="center", key="summary_timeline_title"):
        st.markdown(f"**{figures.timeline_title(drawn)}**", width="content")
        if selected:
            st.button("Show whole body", on_click=_whole_body, key="summary_whole_body")
        st.caption("hatched: gap", help=figures.timeline_help(drawn, view.left_out), width="content")
    figure = _figures.get(
        (view.timeline, selected, look.is_dark(), height),
        lambda: timeline.figure(drawn, look.is_dark(), height, figures.left_out_named(view.left_out)),
    )
    clicked = plotly_chart.show("summary_timeline_chart", figure, spoken=figures.timeline_spoken(drawn))
    if clicked is not None:
        step = summary.step(view, date.fromisoformat(clicked[:10]))
        st.caption(figures.step_in_words(step, view.as_of))
        note_link.show(step.markers, patient)
    with st.container(key="summary_events"):
        st.caption(figures.events_listed(drawn, view.as_of))


def _taken_above(view: SummaryView) -> int:
    """Pixels that more or longer sentences than usual take."""
    texts = summary_top.said(view)
    taken = sum(LINE_ABOVE + NEXT_LINE * ((len(text) - 1) // LETTERS) for text in texts)
    return min(max(taken - ROOM_ABOVE, 0), MOST_TAKEN)


def _whole_body() -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
