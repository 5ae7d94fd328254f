"""The Medication page below the period: sentence, prompts beside the course, facts, and the list. One fragment."""

from typing import Any

import streamlit as st

from dashboard import access
from dashboard.charts import medication as chart
from dashboard.components import (
    look,
    medication_answer,
    medication_change,
    medication_list,
    medication_prompts,
    pain_map_reading,
    plotly_chart,
)
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission
from dashboard.presenters import medication_facts as facts
from dashboard.presenters import medication_list as list_words
from dashboard.presenters import medication_numbers as numbers
from dashboard.presenters import medication_prompts as prompt_words
from dashboard.presenters import medication_tables as tables
from dashboard.services.kept import Kept
from dashboard.services.medication_review import MedicationView

_figures: Kept[dict[str, Any]] = Kept(32)


@access.part
def show(view: MedicationView, asked: Asked) -> None:
    """Draw them; without any medicine only what to do about that."""
    with st.container(key="medication_page", gap="small"):
        medication_change.show_done()
        if view.empty:
            _nothing(asked, view)
            return
        pain_map_reading.lead(facts.lead(view))
        left, right = st.columns([0.36, 0.64], gap="medium")
        with left, st.container(key="medication_left"):
            _prompts(view, asked)
        with right:
            with st.container(key="medication_chart", gap=None):
                _chart(view)
            with st.container(key="medication_facts_section"):
                pain_map_reading.facts("medication_facts", numbers.HEADING, numbers.facts(view))
        with st.container(key="medication_list_section", gap="small"):
            _list(view, asked)


def _nothing(asked: Asked, view: MedicationView) -> None:
    with st.container(key="medication_state", border=True, width=720):
        st.subheader(facts.NOTHING[0], anchor=False)
        st.markdown(facts.NOTHING[1])
        _add(asked, view)


def _prompts(view: MedicationView, asked: Asked) -> None:
    may = asked.viewer.may(Permission.ANSWER_PROMPTS)
    wanted = medication_prompts.show(prompt_words.prompts(view, may_answer=may))
    prompt = view.prompt(wanted) if wanted is not None else None
    if prompt is not None:
        medication_answer.ask(prompt, len(view.answers_to(prompt.key)), asked.head.patient_id, view.as_of)


def _chart(view: MedicationView) -> None:
    st.markdown(f"**{facts.chart_title(view)}**", help=facts.chart_help(view))
    if not facts.anything_to_draw(view):
        st.caption(facts.NOTHING_DATED)
        return
    dark = look.is_dark()
    figure = _figures.get((view.key, dark), lambda: chart.figure(view.course, numbers.LINES, dark))
    plotly_chart.show("medication_course", figure, spoken=facts.spoken(view))
    if without := facts.without_lane(view):
        st.caption(without)


def _list(view: MedicationView, asked: Asked) -> None:
    may = asked.viewer.may(Permission.CHANGE_MEDICINES)
    _add(asked, view)
    number = medication_list.show(list_words.listed(view, tables.tables(view), may_change=may))
    line = view.line(number) if number is not None else None
    if line is not None:
        medication_change.ask_stop(line.same, asked.head.patient_id, view.as_of)


def _add(asked: Asked, view: MedicationView) -> None:
    may = asked.viewer.may(Permission.CHANGE_MEDICINES)
    if may and st.button("Add a medicine …", icon=":material/add:", key="medication_add"):
        medication_change.ask_add(asked.head.patient_id, view.as_of)
