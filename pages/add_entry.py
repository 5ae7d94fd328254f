"""Add entry: in the room, with the patient, in under a minute."""

from dashboard import access, selection
from dashboard.components import entry_filling, patient_frame
from dashboard.permissions import Permission

viewer = access.require(Permission.ADD_ENTRY)
head = selection.patient(viewer)
patient_frame.show(viewer, head)
entry_filling.show(head)
