"""Filling in an entry: the map, the questions and the latest entries; only this part reruns while somebody taps."""

import streamlit as st

from dashboard import access, selection
from dashboard.components import entry_form, entry_list, entry_notices, frame
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.services import entries
from data_access.patients import PatientHead


@st.fragment
def show(head: PatientHead) -> None:
    """Draw everything about entries of that patient. It decides access itself on each of its runs."""
    viewer = access.current()
    if viewer is None or not viewer.may(Permission.ADD_ENTRY):
        st.rerun()  # the whole page: its own guard says why it ends
    try:
        page = _read(viewer, head)
        if entry_form.keep_map(_place(head, page), page):
            page = _read(viewer, head)
        _draw(head, page)
    except ExplainedError as error:
        frame.explain(error)


def _read(viewer: Viewer, head: PatientHead) -> entries.EntryPage:
    return entries.page(
        viewer,
        head.patient_id,
        corrects=entry_list.correcting(head),
        shown=entry_list.shown(head),
        as_of=selection.today(),
        up_to=entry_list.up_to(head),
    )


def _place(head: PatientHead, page: entries.EntryPage) -> entry_form.Place:
    return entry_form.place(head, page.corrected.entry_id if page.corrected else entries.NEW_ENTRY)


def _draw(head: PatientHead, page: entries.EntryPage) -> None:
    as_of = selection.today()
    here = _place(head, page)
    entry_notices.show(head, here, page, as_of=as_of)
    drawing, asking = st.columns([9, 11], gap="medium")
    with drawing, st.container(key="entry_map_side"):
        entry_form.show_map(here, page)
    with asking, st.container(key="entry_questions"):
        saved = entry_form.show_questions(here, page)
    entry_list.show(head, page, as_of=as_of)
    if saved:
        st.rerun()  # the whole page: banner and data quality tell of the new entry too
