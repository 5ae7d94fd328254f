"""Medication: what are they taking, is it safe, does it help?"""

from dashboard import access, selection
from dashboard.components import medication_panel, patient_page
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission
from dashboard.services import medication_review


def draw(asked: Asked) -> None:
    """The medicines of that patient in that period."""
    view = medication_review.view(asked.viewer, asked.head, asked.periods, as_of=selection.today())
    medication_panel.show(view, asked)


viewer = access.require(Permission.VIEW_PATIENT)
patient_page.show(viewer, Permission.VIEW_PATIENT, draw)
