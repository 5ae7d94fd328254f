"""My work: what waits for the viewer over all patients of their care teams, and an action that was done."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from clinical import note_templates
from clinical.plan import Action
from dashboard.errors import Conflict, NotPermitted, Overtaken
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from data_access import my_work, patients, plan, plan_records
from data_access.my_work import Awaited, OwnAction, Undecided, Unfinished
from data_access.plan import Writer

_LONG_ENOUGH = 300
"""Characters: a draft of a note that begins with as many holds more than the headings of an outline."""


@dataclass(frozen=True, slots=True)
class MyWork:
    """What waits for one person: actions (due first on top), countersignatures, drafts, patients without a decision."""

    actions: tuple[OwnAction, ...]
    cosigns: tuple[Awaited, ...]
    drafts: tuple[Unfinished, ...]
    undecided: tuple[Undecided, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits at all."""
        return not (self.actions or self.cosigns or self.drafts or self.undecided)


def load(viewer: Viewer) -> MyWork:
    """Everything that waits for the viewer; only about patients they may see. Raises NotPermitted.

    Patients without a decision are those of the viewer's own teams, also for somebody who sees the whole clinic.
    """
    scope = None if viewer.whole_clinic else viewer.teams
    with work.reading(viewer, Permission.VIEW_CASELOAD, action="view my work") as conn:
        signs = viewer.may(Permission.COSIGN)
        return MyWork(
            actions=tuple(my_work.actions_of(conn, viewer.user_id, scope)),
            cosigns=tuple(my_work.cosigns_awaited(conn, viewer.user_id, scope)) if signs else (),
            drafts=tuple(each for each in my_work.drafts_of(conn, viewer.user_id, scope) if not _is_bare(each)),
            undecided=tuple(my_work.undecided(conn, viewer.teams or scope)),
        )


def _is_bare(draft: Unfinished) -> bool:
    """Whether nobody has written anything yet into a note: an outline alone is no work that waits."""
    short = len(draft.begins) < _LONG_ENOUGH
    return draft.kind == "note" and short and note_templates.is_bare(draft.begins)


def set_status(
    viewer: Viewer, link_id: str, action_id: int, revision: int, *, done: bool, now: datetime, as_of: date
) -> Action:
    """The action as it stands now: done today, or open again. `revision` is the one the viewer saw.

    Raises NotPermitted, Overtaken with what stands when somebody changed it meanwhile, Conflict when it is gone.
    """
    patient_id = _patient_id(viewer, link_id)
    with work.writing(
        viewer,
        Permission.EDIT_PLAN,
        patient_id,
        action="mark action done" if done else "open action again",
        resource=f"action {action_id}",
    ) as conn:
        there: Action | None = plan_records.one(conn, patient_id, "action", action_id)
        if there is None:
            raise _gone()
        if there.revised.revision != revision:
            raise Overtaken(there)
        changed = replace(there, status="done" if done else "open", done=as_of if done else None)
        return plan.save(conn, patient_id, changed, writer=Writer(viewer.user_id, viewer.name, now, as_of))


def _patient_id(viewer: Viewer, link_id: str) -> int:
    with work.looking_up(viewer, Permission.EDIT_PLAN, action="mark action done") as conn:
        head = patients.find_by_link(conn, link_id)
    if head is None:
        raise NotPermitted(Permission.EDIT_PLAN.value)
    return head.patient_id


def _gone() -> Conflict:
    return Conflict("This action is not on the plan any more.", "Nothing was changed.", "Look at the care plan.")


__all__ = ["Awaited", "MyWork", "OwnAction", "Undecided", "Unfinished", "load", "set_status"]
