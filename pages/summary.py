"""Summary: how has this patient been, and why?"""

from dashboard import access, selection
from dashboard.components import (
    patient_page,
    summary_charts,
    summary_states,
    summary_tiles,
    summary_top,
)
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission
from dashboard.services import known, summary


def draw(asked: Asked) -> None:
    """The Summary of that patient in that period."""
    view = summary.view(asked.viewer, asked.head, asked.periods, as_of=selection.today())
    if view.state == "full":
        summary_top.show(view)
        summary_charts.show(view, asked.head.link_id)
        summary_tiles.show(view)
    else:
        without = known.known(asked.viewer, asked.head, as_of=view.as_of)
        summary_states.show(view, without, asked.head.link_id)


viewer = access.require(Permission.VIEW_PATIENT)
patient_page.show(viewer, Permission.VIEW_PATIENT, draw)
