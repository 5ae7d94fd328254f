"""Signed notes, the latest first: who, which discipline, when, pinned to what, and every earlier version.

Text is shown as it was signed, letter by letter: no formatting, no links, nothing fetched from elsewhere.
"""

from datetime import date

import streamlit as st

from dashboard.components import note_writing
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import notes as words
from dashboard.presenters.words import escaped, several
from dashboard.services import notes
from dashboard.services.notes import Note, Thread
from data_access.patients import PatientHead

AT_ONCE = 10
"""Notes shown before the reader asks for more."""
LONGEST_SHOWN = 1_500
"""Characters shown before the reader asks for the whole note."""
_SHOWN = "notes_list.shown"


def show(viewer: Viewer, head: PatientHead, threads: tuple[Thread, ...], *, as_of: date) -> None:
    """Draw the list; a click on 'Amend' opens the note in the editor."""
    st.subheader(f"Signed notes ({len(threads)})", anchor=False)
    if not threads:
        st.caption("No note has been signed for this patient yet.")
    shown = st.session_state.get(_SHOWN, AT_ONCE)
    for thread in threads[:shown]:
        with st.container(border=True, key=f"note_{thread.current.note_id}", gap="small"):
            _thread(viewer, head, thread, as_of)
    if len(threads) > shown:
        left = several(len(threads) - shown, "older note")
        st.button(f"Show more ({left})", on_click=_more, args=(shown + AT_ONCE,), key="notes_more")


def _more(count: int) -> None:
    st.session_state[_SHOWN] = count


def _thread(viewer: Viewer, head: PatientHead, thread: Thread, as_of: date) -> None:
    note = thread.current
    st.markdown(f"**{escaped(words.author(note.author))}** {escaped(_about(note, as_of))}")
    _text(note)
    if thread.earlier:
        with st.expander(f"Earlier versions ({len(thread.earlier)})", key=f"versions_{note.note_id}"):
            for earlier in thread.earlier:
                st.caption(escaped(f"Version {earlier.version} · {_about(earlier, as_of)}"))
                _text(earlier)
    if viewer.may(Permission.WRITE_NOTE) and not notes.why_not_amend(viewer, note):
        st.button(
            "Amend",
            on_click=note_writing.start_amending,
            args=(head, note),
            type="tertiary",
            icon=":material/edit:",
            key=f"amend_{note.note_id}",
        )


def _about(note: Note, as_of: date) -> str:
    parts = [words.signed(note), words.pinned(note.pin, as_of), words.amended(note)]
    return " · ".join(part for part in parts if part)


def _text(note: Note) -> None:
    if len(note.text) <= LONGEST_SHOWN:
        st.text(note.text)
        return
    st.text(f"{note.text[:LONGEST_SHOWN]} …")
    with st.expander(f"The whole note ({len(note.text):,} characters)", key=f"whole_{note.note_id}_{note.version}"):
        st.text(note.text)
