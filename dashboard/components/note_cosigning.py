"""Countersigning a colleague's note, read once more before it is signed; and asking for it on a note of one's own."""

from collections.abc import Collection

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import access, clock
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import notes as words
from dashboard.presenters import people
from dashboard.presenters.words import escaped
from dashboard.services import notes
from dashboard.services.notes import LONGEST_REASON, Note
from data_access.patients import PatientHead

_OPENINGS = "note_cosigning.openings"
NOBODY_LEFT = "Every colleague of this care team who can countersign was asked already, or there is none."


def ask(note: Note, head: PatientHead) -> None:
    """Open the dialog about that version; each opening has fields of its own."""
    _dialog(note, head, _opening())


def ask_others(note: Note, head: PatientHead, asked: Collection[int]) -> None:
    """Ask for countersignatures of one's own note; `asked`: who was asked about this version before."""
    _others(note, head, asked, _opening())


def _opening() -> int:
    opening = int(st.session_state.get(_OPENINGS, 0)) + 1
    st.session_state[_OPENINGS] = opening
    return opening


@st.dialog("Ask colleagues to countersign", width="medium")
def _others(note: Note, head: PatientHead, asked: Collection[int], opening: int) -> None:
    viewer = access.require(Permission.WRITE_NOTE)
    st.markdown(f"Your note about **{escaped(people.name(head))}**, {escaped(words.signed(note))}")
    left = {each.user_id: each for each in notes.who_may_cosign(viewer, head.patient_id) if each.user_id not in asked}
    if not left:
        st.info(NOBODY_LEFT)
        return
    chosen = st.pills(
        "Who is to countersign it",
        list(left),
        selection_mode="multi",
        format_func=lambda number: escaped(words.colleague(left[number])),
        key=f"note_ask_others_{opening}",
    )
    st.caption("It then waits for them on their list of work, and the note says so.")
    refused = st.container()
    with st.container(horizontal=True):
        if st.button("Ask", type="primary", disabled=not chosen, key="note_ask_now"):
            _ask(note, head.patient_id, chosen, refused)
        if st.button("Not now", key="note_ask_leave"):
            st.rerun()


def _ask(note: Note, patient_id: int, chosen: list[int], refused: DeltaGenerator) -> None:
    viewer = access.require(Permission.WRITE_NOTE)
    try:
        notes.ask_cosign(viewer, patient_id, note, ask=chosen, now=clock.now())
    except ExplainedError as error:
        refused.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    st.rerun()


@st.dialog("Countersign this note?", width="medium")
def _dialog(note: Note, head: PatientHead, opening: int) -> None:
    written = f"**{escaped(words.author(note.author))}**, {escaped(words.signed(note))}"
    st.markdown(f"About **{escaped(people.name(head))}**, by {written}")
    with st.container(height=220, border=True):
        st.text(note.text)
    with st.form(f"note_cosign_form_{opening}", border=False, enter_to_submit=False):
        remark = st.text_input(
            "Remark (optional, stays with the countersignature)",
            max_chars=LONGEST_REASON,
            key=f"note_cosign_remark_{opening}",
        )
        st.markdown(words.WHAT_COUNTERSIGNING_MEANS)
        refused = st.container()
        with st.container(horizontal=True):
            if st.form_submit_button("Countersign", type="primary", key="note_cosign_now"):
                _cosign(note, head.patient_id, remark, refused)
            if st.form_submit_button("Not now", key="note_cosign_leave"):
                st.rerun()


def _cosign(note: Note, patient_id: int, remark: str, refused: DeltaGenerator) -> None:
    viewer = access.require(Permission.COSIGN)
    try:
        notes.cosign(viewer, patient_id, note, remark=remark, now=clock.now())
    except ExplainedError as error:
        refused.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    st.rerun()
