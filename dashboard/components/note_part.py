"""The notes of the Care plan: the one being written, and below it the signed ones."""

from datetime import date

from dashboard.components import note_writing, notes_list
from dashboard.permissions import Viewer
from data_access.patients import PatientHead


def show(viewer: Viewer, head: PatientHead, *, as_of: date) -> None:
    """Draw the editor and the list of that patient's notes."""
    note_writing.show(viewer, head)
    notes_list.show(head, as_of=as_of)
