"""Flares and patterns: when did it flare, what stood around it, and is that what it was?"""

from dashboard import access, selection
from dashboard.components import flares_list, flares_patterns, flares_states, pain_map_reading, patient_page
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission
from dashboard.presenters import flares_episodes
from dashboard.services import flare_review


def draw(asked: Asked) -> None:
    """The episodes of that patient in that period."""
    view = flare_review.view(asked.viewer, asked.head, asked.periods, as_of=selection.today())
    if view.state != "full":
        flares_states.show(view)
        return
    pain_map_reading.lead(flares_episodes.lead(view))
    flares_list.show(view, asked)
    flares_patterns.show(view, asked)


viewer = access.require(Permission.VIEW_PATIENT)
patient_page.show(viewer, Permission.VIEW_PATIENT, draw)
