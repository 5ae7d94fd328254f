"""The dialog that answers one medication prompt."""

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clinical.medication import Prompt
from dashboard import access, clock
from dashboard.components import patient_page
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import medication_prompts as words
from dashboard.presenters.words import escaped
from dashboard.services import medication_answers
from dashboard.services.medication_answers import ANSWERS, LONGEST_REASON, Answering

_OPENINGS = "medication_answer.openings"


def ask(prompt: Prompt, seen: int, patient_id: int, as_of: date) -> None:
    """Open the dialog about that prompt, `seen` earlier answers of which stand on the page."""
    opening = int(st.session_state.get(_OPENINGS, 0)) + 1
    st.session_state[_OPENINGS] = opening  # each dialog starts anew, whatever was left in the one before
    _dialog(prompt, seen, patient_id, as_of, opening)


# Whoever dismisses it meets the page as it stands then: somebody else may have answered meanwhile.
@st.dialog("Answer the prompt", on_dismiss=patient_page.redraw)
def _dialog(prompt: Prompt, seen: int, patient_id: int, as_of: date, opening: int) -> None:
    st.markdown(f"**{escaped(prompt.title)}**")
    st.markdown(escaped(prompt.statement))
    with st.form(f"medication_answer_{opening}", border=False, enter_to_submit=False):
        chosen = st.radio(
            "Your answer",
            ANSWERS,
            index=None,
            format_func=words.answer_option,
            key=f"medication_answer_kind_{opening}",
        )
        reason = st.text_area(
            "Why, or which action (stays with the answer)",
            max_chars=LONGEST_REASON,
            height=96,
            key=f"medication_answer_reason_{opening}",
        )
        st.markdown(words.what_it_does(prompt, as_of))
        said = Answering(prompt.key, prompt.title, prompt.latest_day, seen, chosen, reason)
        refused = st.container()
        with st.container(horizontal=True):
            if st.form_submit_button("Answer", type="primary", key="medication_answer_now"):
                _answer(said, patient_id, refused)
            if st.form_submit_button("Leave it open", key="medication_answer_leave"):
                st.rerun()


def _answer(said: Answering, patient_id: int, refused: DeltaGenerator) -> None:
    viewer = access.require(Permission.ANSWER_PROMPTS)
    try:
        medication_answers.answer(viewer, patient_id, said, now=clock.now(), as_of=clock.today())
    except ExplainedError as error:
        refused.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    st.rerun()
