"""The criteria panel: what the answers say by the 2016 and 2011 criteria, the answers, and what is on record."""

import streamlit as st

from clinical.criteria import result
from dashboard import access, selection
from dashboard.components import criteria_figure, criteria_form, criteria_history, frame, pain_map_reading
from dashboard.components.patient_page import Asked
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import criteria as words
from dashboard.presenters import criteria_form as form_words
from dashboard.presenters import criteria_record as record_words
from dashboard.presenters.words import escaped
from dashboard.services import criteria, criteria_filling
from dashboard.services.criteria import CriteriaView
from dashboard.services.criteria_filling import Filling


@access.part
def show(asked: Asked) -> None:
    """Draw the panel; whoever may not assess sees the estimate and what is on record, and no form."""
    try:
        _draw(asked)
    except ExplainedError as error:
        frame.explain(error)


def _draw(asked: Asked) -> None:
    view = criteria.view(asked.viewer, asked.head, as_of=selection.today())
    pain_map_reading.lead(record_words.lead(view))
    if asked.viewer.may(Permission.ASSESS):
        _assessing(asked, view)
    else:
        _read_only(view)
    criteria_history.show(asked, view)


def _assessing(asked: Asked, view: CriteriaView) -> None:
    filling = criteria_filling.held(asked.viewer, asked.head.patient_id)
    corrected = view.corrected_by(filling)
    if corrected is not None:  # the week that it is about, with the map of that week
        view = criteria.view(asked.viewer, asked.head, as_of=corrected.assessed.day)
    filling = criteria_figure.clicked(asked, view, filling)
    said, asking = st.columns([0.43, 0.57], gap="medium")
    with asking, st.container(key="criteria_form", gap="small"):
        criteria_form.show(asked, view, filling)
    with said, st.container(key="criteria_result", gap="small"):
        _result(view, filling)


def _result(view: CriteriaView, filling: Filling) -> None:
    answers = filling.answers(view.strict.areas, view.as_of)
    found = result(answers)
    pain_map_reading.facts("criteria_facts", "On these answers", words.facts(view, answers, found))
    if regional := words.regional(found):
        st.markdown(f"**{escaped(regional)}**")
    st.markdown(words.conditions_table(found))
    st.caption(f"{form_words.NOT_COUNTED_WORDS} {words.CAUTION}")


def _read_only(view: CriteriaView) -> None:
    st.markdown(f"From the map: {escaped(words.estimate_words(view))}.")
    st.caption(f"Assessments are recorded by clinicians. {words.CAUTION}")
