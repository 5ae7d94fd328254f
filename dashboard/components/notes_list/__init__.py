"""Signed notes, the latest first: filtered, searched, unread ones marked, each with its versions and countersignatures.

Only what is shown goes to the browser. Text is drawn from plain blocks, never as markup; a button shows it letter by
letter as it was signed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard import access, clock
from dashboard.components import note_cosigning, note_writing
from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened as as_json
from dashboard.presenters import note_cards, note_filters
from dashboard.presenters.note_filters import Filters
from dashboard.services import note_list, note_looks
from dashboard.services.note_list import NotesView
from dashboard.services.notes import Note
from data_access.patients import PatientHead

LINKED = "note"
"""The note that a link asks for, in the address: its number inside the patient."""
FILTERS = "notes_list.filters"
_KEY = "notes_list"


@access.part
def show(head: PatientHead, *, as_of: date) -> None:
    """Draw the list; a click on 'Amend' opens the note in the editor."""
    viewer = access.current()
    if viewer is None:
        st.rerun()
    _follow_link(head)
    filters = _filters(head)
    if filters.asked is not None and filters.asked[0] == "all_read":
        note_looks.all_read(viewer, head.patient_id, now=clock.now())
    view = note_list.view(viewer, head.patient_id, filters.wanted, now=clock.now())
    _act(head, filters, view)
    told = note_cards.told(view, viewer, filters.shown, filters.opened, as_of)
    mount(_KEY, key=_KEY, data={"of": head.link_id, **as_json(told)}, on_asked_change=_heard(head))


def _filters(head: PatientHead) -> Filters:
    kept = st.session_state.get(FILTERS)
    return kept if isinstance(kept, Filters) and kept.of == head.link_id else Filters(head.link_id)


def _follow_link(head: PatientHead) -> None:
    """Show the note that the address asks for, once: the address forgets it, so that every filter works from there."""
    wanted = st.query_params.get(LINKED)
    if wanted is None:
        return
    del st.query_params[LINKED]
    found = note_filters.linked(head.link_id, wanted)
    if found is not None:
        st.session_state[FILTERS] = found


def _heard(head: PatientHead) -> Callable[[], None]:
    """What a click or a search asks for, put into the filters before the list is drawn anew."""

    def heard() -> None:
        asked = st.session_state[_KEY].get("asked")
        if isinstance(asked, dict):
            st.session_state[FILTERS] = note_filters.after(_filters(head), asked)

    return heard


def _act(head: PatientHead, filters: Filters, view: NotesView) -> None:
    """Do, once, what a click asked for that is more than showing something."""
    if filters.asked is None:
        return
    do, note_id = filters.asked
    st.session_state[FILTERS] = replace(filters, asked=None)
    note = _current(view, note_id)
    if do == "amend" and note is not None:
        note_writing.start_amending(head, note)
        st.rerun()
    if do == "cosign" and note is not None:
        note_cosigning.ask(note, head)
    if do == "ask" and note is not None:
        note_cosigning.ask_others(note, head, _asked(view, note))


def _asked(view: NotesView, note: Note) -> frozenset[int]:
    """Who was asked to countersign this very version."""
    states = view.cosigns.get(note.note_id, ())
    return frozenset(each.asked_user_id for each in states if each.version == note.version)


def _current(view: NotesView, note_id: int) -> Note | None:
    return next((each.current for each in view.found if each.current.note_id == note_id), None)
