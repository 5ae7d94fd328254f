"""Care plan: what was agreed, and what each discipline wrote."""

import streamlit as st

from dashboard import access, selection
from dashboard.components import note_part, patient_frame, plan_lists
from dashboard.permissions import Permission
from dashboard.services import notes

viewer = access.require(Permission.VIEW_PATIENT)
head = selection.patient(viewer)
patient_frame.show(viewer, head)
as_of = selection.today()
plan = notes.plan(viewer, head.patient_id)

agreed, written = st.columns([2, 3], gap="medium")
with agreed, st.container(key="plan_agreed"):
    plan_lists.show(plan.goals, plan.actions, plan.owners, as_of=as_of)
with written, st.container(key="plan_written"):
    note_part.show(viewer, head, as_of=as_of)
