"""What every patient page carries: banner, data-quality strip, period control."""

import streamlit as st

from dashboard import selection
from dashboard.periods import Periods
from dashboard.permissions import Viewer
from dashboard.services import patients
from data_access.patients import PatientHead


def show(viewer: Viewer, head: PatientHead) -> Periods:
    """Draw the frame of that patient; returns the periods chosen in it."""
    frame = patients.frame(viewer, head, as_of=selection.today())
    st.subheader(f"{head.family_name}, {head.given_name}", anchor=False)
    return selection.periods(frame)
