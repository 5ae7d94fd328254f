"""Chart, table and the chosen episode: one fragment, so that a click on an episode reruns these alone."""

from dataclasses import replace
from datetime import date

import numpy as np
import streamlit as st

from dashboard import access
from dashboard.charts import timeline
from dashboard.components import flares_table, flares_verdict, look, pain_map_reading, plotly_chart
from dashboard.components.patient_page import Asked
from dashboard.presenters import figures
from dashboard.presenters import flares_episodes as words
from dashboard.presenters import flares_verdicts as verdict_words
from dashboard.presenters.words import escaped
from dashboard.services.flare_review import Episode, FlaresView
from dashboard.services.kept import Kept
from dashboard.services.timeline import Timeline

CHART_HEIGHT = 200
_CHOSEN = "flares.chosen"

_figures: Kept[dict[str, object]] = Kept(32)


@access.part
def show(view: FlaresView, asked: Asked) -> None:
    """Draw them; without an episode the chart alone, and what that rests on."""
    patient = asked.head.link_id
    with st.container(key="flares_chart", gap=None):
        _chart(view, patient)
    if not view.episodes:
        st.caption(words.none_found(view))
    else:
        chosen = _chosen(view, patient)
        with st.container(key="flares_episodes"):
            flares_table.show(words.table(view, chosen.found), chosen=lambda found: _choose(patient, found))
        with st.container(key="flares_detail"):
            _detail(view, chosen, asked)
    _left_over(view)


def _chart(view: FlaresView, patient: str) -> None:
    st.markdown(f"**{words.chart_title(view)}**", help=words.chart_help(view))
    drawn = _pain_alone(view)
    figure = _figures.get((view.key, look.is_dark()), lambda: timeline.figure(drawn, look.is_dark(), CHART_HEIGHT))
    clicked = plotly_chart.show("flares_timeline", figure, spoken=figures.timeline_spoken(drawn))
    if clicked is not None and st.session_state.get("flares.clicked") != (patient, clicked):
        st.session_state["flares.clicked"] = (patient, clicked)
        found = view.on(date.fromisoformat(clicked[:10]))
        if found is not None:
            _choose(patient, found.found.isoformat())


def _pain_alone(view: FlaresView) -> Timeline:
    """The aligned timeline without its other series: those are on the Summary."""
    nothing = {name: np.full_like(values, np.nan) for name, values in view.timeline.series.items()}
    return replace(view.timeline, series=nothing)


def _choose(patient: str, found: str) -> None:
    st.session_state[_CHOSEN] = (patient, date.fromisoformat(found))


def _chosen(view: FlaresView, patient: str) -> Episode:
    """The episode that was clicked, the latest one to begin with."""
    kept = st.session_state.get(_CHOSEN)
    wanted = kept[1] if isinstance(kept, tuple) and kept[0] == patient else None
    return view.episode(wanted) or view.episodes[0]


def _detail(view: FlaresView, chosen: Episode, asked: Asked) -> None:
    what, verdict = st.columns([0.62, 0.38], gap="medium")
    with what:
        pain_map_reading.facts("flares_facts", words.heading(view, chosen), words.facts(view, chosen))
    with verdict, st.container(key="flares_verdict", gap="small"):
        flares_verdict.show(view, chosen, asked)


def _left_over(view: FlaresView) -> None:
    if view.left_over:
        with st.expander(f"Verdicts on episodes the diary no longer holds ({len(view.left_over)})"):
            for verdict in view.left_over:
                st.markdown(escaped(verdict_words.left_over(verdict, view.names, view.as_of)))
