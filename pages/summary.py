"""Summary: how has this patient been, and why?"""

from dashboard import access, selection
from dashboard.components import (
    patient_frame,
    summary_charts,
    summary_states,
    summary_tiles,
    summary_top,
)
from dashboard.permissions import Permission
from dashboard.services import known, summary

viewer = access.require(Permission.VIEW_PATIENT)
head = selection.patient(viewer)
periods = patient_frame.show(viewer, head)
view = summary.view(viewer, head, periods, as_of=selection.today())

if view.state == "full":
    summary_top.show(view)
    summary_charts.show(view, head.link_id)
    summary_tiles.show(view)
else:
    summary_states.show(view, known.known(viewer, head, as_of=view.as_of), head.link_id)
