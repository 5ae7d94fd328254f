"""A patient page that redraws below its banner: period control and what the page shows for the days chosen in it.

Choosing a period reruns this part; the frame around it and the banner, which no period changes, stay as they are. It
is a door of its own: who looks at whom is decided anew on each of its runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from dashboard import access, selection
from dashboard.components import frame, patient_frame
from dashboard.errors import ExplainedError
from dashboard.periods import Periods
from dashboard.permissions import Permission, Viewer
from dashboard.services import patients
from dashboard.services.patients import Calendar
from data_access.patients import PatientHead

_KEY = "patient_page"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a patient page is asked for, and by whom."""

    viewer: Viewer
    head: PatientHead
    periods: Periods


@dataclass(frozen=True, slots=True)
class _Found:
    """Who asks, about whom, and what was logged: as the database said in this very run."""

    viewer: Viewer
    head: PatientHead
    logged: Calendar


def show(viewer: Viewer, permission: Permission, draw: Callable[[Asked], None]) -> None:
    """Draw the frame of the chosen patient and, with the periods chosen in it, the page. `viewer` is let in already."""
    head = selection.patient(viewer)
    _below([_Found(viewer, head, patient_frame.banner(viewer, head))], head.link_id, permission, draw)


@st.fragment(key=_KEY)
def _below(found: list[_Found], of: str, permission: Permission, draw: Callable[[Asked], None]) -> None:
    """Draw what is below the banner of patient `of`. `found` is good for the run that drew the page, and gone then."""
    try:
        now = found.pop() if found else _find(permission, of)
        periods = patient_frame.period_row(now.logged)
        draw(Asked(now.viewer, now.head, periods))
    except ExplainedError as error:
        frame.explain(error)


def _find(permission: Permission, of: str) -> _Found:
    viewer = access.current()
    if viewer is None or not viewer.may(permission):
        st.rerun()  # the whole page: its own guard says why it ends
    head = selection.patient(viewer)
    if head.link_id != of:
        st.rerun()  # nobody's days are ever drawn below somebody else's banner
    return _Found(viewer, head, patients.calendar(viewer, head, as_of=selection.today()))


def redraw() -> NoReturn:
    """For callbacks of widgets inside: rerun this part, nothing else."""
    st.rerun(_KEY)
