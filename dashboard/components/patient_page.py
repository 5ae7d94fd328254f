"""A patient page that redraws without the frame around it: banner, period control and what the page shows below.

Choosing a period reruns this part; the frame around it stays as it is. It is a door of its own: who looks at whom is
decided anew on each of its runs.
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
from data_access.patients import PatientHead

_KEY = "patient_page"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a patient page is asked for, and by whom."""

    viewer: Viewer
    head: PatientHead
    periods: Periods


@st.fragment(key=_KEY)
def show(permission: Permission, draw: Callable[[Asked], None]) -> None:
    """Draw the frame of the chosen patient and, with the periods chosen in it, the page."""
    viewer = access.current()
    if viewer is None or not viewer.may(permission):
        st.rerun()  # the whole page: its own guard says why it ends
    try:
        head = selection.patient(viewer)
        draw(Asked(viewer, head, patient_frame.show(viewer, head, redraw=redraw)))
    except ExplainedError as error:
        frame.explain(error)


def redraw() -> NoReturn:
    """For callbacks of widgets inside: rerun this part, nothing else."""
    st.rerun(_KEY)
