"""Writing a note: the editor with its draft, and the way from there to a signed note or back."""

import streamlit as st

from clinical import note_templates
from dashboard import access
from dashboard.components import note_editor, note_signing
from dashboard.errors import Conflict
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import notes as words
from dashboard.presenters import people
from dashboard.services import note_list, notes
from dashboard.services.notes import Draft, Note
from data_access.patients import PatientHead

_AMENDING = "note_writing.amending"


@st.fragment
def show(viewer: Viewer, head: PatientHead) -> None:
    """Draw the editor for a new note, or for the amendment that was asked for. Only this part reruns on typing."""
    if access.current() is None:
        st.rerun()
    if not viewer.may(Permission.WRITE_NOTE) or not viewer.discipline:
        st.caption("Notes are written and signed by clinicians with a discipline; you can read them here.")
        return
    # Three fixed places: whatever comes and goes in one, the editor keeps its own.
    done, writing, buttons = st.container(), st.container(), st.container()
    with done:
        if note_signing.show_done():
            stop_amending(head)
    amends = _amended(viewer, head)
    with writing:
        draft = note_editor.show(head.patient_id, head.link_id, label=_label(viewer, amends), amends=amends)
    with buttons:
        _buttons(viewer, head, draft, amends)


def start_amending(head: PatientHead, note: Note) -> None:
    """Open that note in the editor; a new note's draft waits meanwhile."""
    st.session_state[_AMENDING] = (head.patient_id, note.note_id)


def stop_amending(head: PatientHead) -> None:
    """Back to the new note; an unfinished amendment stays as a draft."""
    st.session_state.pop(_AMENDING, None)


def _amended(viewer: Viewer, head: PatientHead) -> Note | None:
    wanted = st.session_state.get(_AMENDING)
    if not isinstance(wanted, tuple) or wanted[0] != head.patient_id:
        return None
    return note_list.current(viewer, head.patient_id, wanted[1])


def _label(viewer: Viewer, amends: Note | None) -> str:
    if amends is None:
        return f"New note, {words.discipline(viewer.discipline).lower()}"
    return f"Amend your note {words.signed(amends)} (version {amends.version})"


def _buttons(viewer: Viewer, head: PatientHead, draft: Draft | None, amends: Note | None) -> None:
    empty = draft is None or note_templates.is_bare(draft.text)
    with st.container(horizontal=True, key="note_buttons"):
        if st.button("Sign …", type="primary", disabled=empty, key="note_sign"):
            note_signing.ask(viewer, head.patient_id, people.name(head), amends)
        if amends is not None:
            st.button("Stop amending", on_click=stop_amending, args=(head,), key="note_stop")
        if draft is not None:
            with st.popover("Discard draft", key="note_discard"):
                st.markdown("The draft is gone for good. Signed notes are not touched.")
                st.button("Discard it", on_click=_discard, args=(head, draft), key="note_discard_now")


def _discard(head: PatientHead, draft: Draft) -> None:
    viewer = access.require(Permission.WRITE_NOTE)
    try:
        notes.discard(viewer, head.patient_id, revision=draft.revision, amends=draft.amends)
    except Conflict as error:
        st.warning(f"{error.what_happened} {error.what_is_safe}")
