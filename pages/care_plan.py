"""Care plan: what was agreed, is it working, what is late, who does what; and what each discipline wrote."""

import streamlit as st

from dashboard import access, selection
from dashboard.components import jump, note_part, patient_page, plan_part
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission


def draw(asked: Asked) -> None:
    """The plan of that patient beside the notes."""
    jump.link("To the notes", "notes")
    agreed, written = st.columns([0.64, 0.36], gap="medium")
    with agreed, st.container(key="plan_agreed", gap="small"):
        plan_part.show(asked)
    with written, st.container(key="plan_written"):
        jump.target("Notes", "notes")
        note_part.show(asked.viewer, asked.head, as_of=selection.today())


viewer = access.require(Permission.VIEW_PATIENT)
patient_page.show(viewer, Permission.VIEW_PATIENT, draw)
