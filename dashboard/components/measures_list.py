"""Table, chart and the chosen questionnaire: one fragment, so that a click on a row reruns these alone."""

import zlib
from typing import Any

import streamlit as st

from dashboard import access
from dashboard.charts import measures_course
from dashboard.components import look, measures_table, measures_withdrawal, pain_map_reading, plotly_chart
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission
from dashboard.presenters import measures_detail as detail
from dashboard.presenters import measures_panels
from dashboard.presenters import measures_table as words
from dashboard.presenters.words import escaped
from dashboard.services.kept import Kept
from dashboard.services.measures import Course, MeasuresView, Reading

_CHOSEN = "measures.chosen"
_figures: Kept[dict[str, Any]] = Kept(32)


@access.part
def show(view: MeasuresView, asked: Asked) -> None:
    """Draw dated scores beside their courses, then what has no date and what was withdrawn."""
    if view.courses:
        table, chart = st.columns([0.62, 0.38], gap="medium")
        course = _chosen(view, asked)
        with table, st.container(key="measures_scores", gap="small"):
            measures_table.show(
                "measures_dated", words.table(view, course.code), chosen=lambda code: _choose(asked, code)
            )
            _detail(view, course, asked)
        with chart, st.container(key="measures_chart", gap=None):
            _chart(view)
    if view.undated:
        with st.container(key="measures_undated_section"):
            _undated(view, asked)
    _withdrawn(view)


def _choose(asked: Asked, code: str) -> None:
    st.session_state[_CHOSEN] = (asked.head.link_id, code)


def _wanted(asked: Asked) -> str | None:
    kept = st.session_state.get(_CHOSEN)
    return kept[1] if isinstance(kept, tuple) and kept[0] == asked.head.link_id else None


def _chosen(view: MeasuresView, asked: Asked) -> Course:
    """The questionnaire that was clicked, the first one to begin with."""
    return view.course(_wanted(asked)) or view.courses[0]


def _detail(view: MeasuresView, course: Course, asked: Asked) -> None:
    with st.container(key="measures_detail", gap="small"):
        place = _place(course, asked)
        reading = course.readings[place]
        pain_map_reading.facts("measures_facts", detail.heading(reading), detail.facts(course, place, view))
        _below(view, reading, asked)


def _place(course: Course, asked: Asked) -> int:
    """Which of its scores is shown: the latest unless another one is chosen."""
    if len(course.readings) == 1:
        return 0
    options = [each.score.measure_id for each in reversed(course.readings)]
    labels = dict(zip(options, reversed(detail.options(course)), strict=True))
    # A score more or less is another list: it begins at the latest, in the field as in what stands below it.
    key = f"measures_which_{asked.head.link_id}_{course.code}_{zlib.crc32(repr(options).encode()):x}"
    label = f"Scores of {course.code}, the latest first"
    number = st.selectbox(label, options, format_func=lambda each: labels.get(each, ""), key=key)
    return course.of(number)


def _below(view: MeasuresView, reading: Reading, asked: Asked) -> None:
    """What must stand beside it, its answers, where it comes from, and the button that withdraws it."""
    if caveat := detail.caveat(reading):
        st.markdown(f"**Beside this number:** {escaped(caveat)}")
    if table := detail.answers_table(reading):
        with st.expander(f"Item answers: {detail.heading(reading)}", key=f"measures_items_{reading.score.measure_id}"):
            st.markdown(table)
            st.caption(escaped(detail.wording_note(reading)))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="measures_origin"):
        st.caption(escaped(detail.origin(reading, view)), width="content")
        if asked.viewer.may(Permission.ENTER_SCORES) and st.button("Withdraw this score …", key="measures_withdraw"):
            measures_withdrawal.ask(reading, asked.head.patient_id)


def _chart(view: MeasuresView) -> None:
    st.markdown("**Course over these days**", help=CHART_HELP)
    if not (panels := measures_panels.panels(view)):
        st.caption("No score with a number to draw.")
        return
    dark = look.is_dark()
    figure = _figures.get((view.key, dark), lambda: measures_course.figure(panels, view.periods.now, dark))
    plotly_chart.show("measures_course", figure, spoken=measures_panels.spoken(view))
    if left_out := measures_panels.left_out(view):
        st.caption(escaped(left_out))


CHART_HELP = (
    "Each questionnaire on its own whole scale, all on one axis of days. The ground shows its bands, darker is worse. "
    "The upright bar at the left is as long as the important difference that decides here: lay it on two points. "
    "Scores without a date are never drawn."
)


def _undated(view: MeasuresView, asked: Asked) -> None:
    chosen = next((each for each in view.undated if str(each.score.measure_id) == _wanted(asked)), None)
    shown = words.undated(view, chosen.score.measure_id if chosen else None)
    measures_table.show("measures_undated", shown, chosen=lambda number: _choose(asked, number))
    if chosen is not None:
        with st.container(key="measures_undated_detail", gap="small"):
            course = Course(chosen.score.instrument, (chosen,))
            pain_map_reading.facts("measures_undated_facts", detail.heading(chosen), detail.facts(course, 0, view))
            _below(view, chosen, asked)


def _withdrawn(view: MeasuresView) -> None:
    if view.withdrawn:
        with st.expander(f"Withdrawn scores ({len(view.withdrawn)}): they count no more and stay on record"):
            for each in view.withdrawn:
                st.markdown(escaped(detail.withdrawn(each, view)))
