"""Every assessment on record: the scores over time, the table, and where a correction begins."""

from functools import partial

import streamlit as st

from dashboard.charts import criteria_course
from dashboard.charts.criteria_course import Point
from dashboard.components import criteria_form, look, pain_map_table, plotly_chart
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission
from dashboard.presenters import criteria_record as words
from dashboard.services.criteria import CriteriaView, Standing


def show(asked: Asked, view: CriteriaView) -> None:
    """Draw what is on record, the latest first; nothing where nothing is."""
    if not view.assessments:
        return
    with st.container(key="criteria_history", gap="small"):
        st.markdown("**Assessments on record**")
        if len(view.standing) > 1:
            st.caption(words.chart_title(view))
            points = [_point(each) for each in reversed(view.standing)]
            figure = criteria_course.figure(points, look.is_dark())
            plotly_chart.show("criteria_chart", figure, spoken=words.spoken(view))
        with st.container(key="criteria_table"):
            pain_map_table.show(words.table(view))
        if asked.viewer.may(Permission.ASSESS):
            _correct(asked, view)


def _point(of: Standing) -> Point:
    found = of.result
    return Point(of.assessed.day, {"FS": found.fs, "WPI": found.wpi, "SSS": found.sss})


def _correct(asked: Asked, view: CriteriaView) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="criteria_correct"):
        chosen = st.selectbox(
            "Correct an assessment",
            view.standing,
            format_func=partial(words.option, view),
            key=f"criteria_which_{asked.head.link_id}",
            width=420,
        )
        st.button("Correct this one …", key="criteria_begin", on_click=_begin, args=(asked, chosen))


def _begin(asked: Asked, chosen: Standing | None) -> None:
    if chosen is not None:
        criteria_form.correct(asked, chosen)
