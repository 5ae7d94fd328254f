"""The dialog that answers one medication prompt."""

from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clinical.medication import Prompt
from clinical.medication.answers import PromptAnswerKind
from dashboard import access, clock
from dashboard.components import patient_page
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import medication_prompts as words
from dashboard.presenters.words import escaped
from dashboard.services import medication_answers
from dashboard.services.medication_answers import ANSWERS, LONGEST_REASON, Answering

_OPENINGS = "medication_answer.openings"
_DRAFTS = "medication_answer.drafts"


def ask(prompt: Prompt, seen: int, patient_id: int, as_of: date) -> None:
    """Open the dialog about that prompt, `seen` earlier answers of which stand on the page."""
    opening = int(st.session_state.get(_OPENINGS, 0)) + 1
    st.session_state[_OPENINGS] = (
        opening  # each dialog has widgets of its own: a click in the one before counts in none
    )
    _dialog(prompt, seen, patient_id, as_of, opening)


# Whoever dismisses it meets the page as it stands then: somebody else may have answered meanwhile.
@st.dialog("Answer the prompt", on_dismiss=patient_page.redraw)
def _dialog(prompt: Prompt, seen: int, patient_id: int, as_of: date, opening: int) -> None:
    st.markdown(f"**{escaped(prompt.title)}**")
    st.markdown(escaped(prompt.statement))
    kind, why = f"medication_answer_kind_{opening}", f"medication_answer_reason_{opening}"
    draft = _draft(patient_id, prompt.key)
    keep: dict[str, Any] = {"on_change": _keep, "args": (patient_id, prompt.key, kind, why)}
    with st.container(key="medication_answer_form"):
        chosen = st.radio(
            "Your answer", ANSWERS, index=_place(draft[0]), format_func=words.answer_option, key=kind, **keep
        )
        reason = st.text_area(
            "Why, or which action (stays with the answer)",
            draft[1],
            max_chars=LONGEST_REASON,
            height=96,
            key=why,
            **keep,
        )
        st.markdown(words.what_it_does(prompt, as_of))
        said = Answering(prompt.key, prompt.title, prompt.latest_day, seen, chosen, reason)
        refused = st.container()
        with st.container(horizontal=True):
            if st.button("Answer", type="primary", key="medication_answer_now"):
                _answer(said, patient_id, refused)
            if st.button("Leave it open", key="medication_answer_leave"):
                st.rerun()


Draft = tuple[PromptAnswerKind | None, str]


def _draft(patient_id: int, prompt: str) -> Draft:
    """What was chosen and typed about that prompt and not sent: dismissing the dialog loses nothing."""
    found: dict[tuple[int, str], Draft] = st.session_state.setdefault(_DRAFTS, {})
    return found.get((patient_id, prompt), (None, ""))


def _keep(patient_id: int, prompt: str, kind: str, why: str) -> None:
    drafts = st.session_state.setdefault(_DRAFTS, {})
    drafts[patient_id, prompt] = (st.session_state.get(kind), st.session_state.get(why) or "")


def _place(answer: PromptAnswerKind | None) -> int | None:
    return None if answer is None else ANSWERS.index(answer)


def _answer(said: Answering, patient_id: int, refused: DeltaGenerator) -> None:
    viewer = access.require(Permission.ANSWER_PROMPTS)
    try:
        medication_answers.answer(viewer, patient_id, said, now=clock.now(), as_of=clock.today())
    except ExplainedError as error:
        refused.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    st.session_state.get(_DRAFTS, {}).pop((patient_id, said.prompt), None)
    st.rerun()
