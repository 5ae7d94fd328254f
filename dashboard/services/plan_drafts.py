"""Which forms of the care plan somebody is in the middle of; a draft is its author's alone."""

from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from data_access import form_drafts

KINDS = ("formulation", "goal", "intervention", "action", "rating")


def waiting(viewer: Viewer, patient_id: int) -> frozenset[str]:
    """The names of those forms, 'goal 3'; none for who may not change the plan. Raises NotPermitted."""
    if not viewer.may(Permission.EDIT_PLAN):
        return frozenset()
    with work.reading(viewer, Permission.EDIT_PLAN, patient_id, action="open own form") as conn:
        drafts = form_drafts.listed(conn, patient_id, viewer.user_id)
    return frozenset(each.form for each in drafts if each.form.partition(" ")[0] in KINDS)
