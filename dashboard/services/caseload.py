"""The caseload: whose patients, in which order, one page at a time; and 'mark reviewed'."""

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Literal

from dashboard.errors import NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from data_access import caseload, patients
from data_access.caseload import CaseloadPage, CaseloadScope

Reach = Literal["mine", "team", "all"]
PAGE_SIZE = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filters say; `reason` None: any; `page` from 1."""

    reach: Reach = "mine"
    reason: str | None = None
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the caseload; `page` is the one shown, which is the last where less is left than was asked for."""

    found: CaseloadPage
    page: int
    pages: int


def reaches(viewer: Viewer) -> tuple[Reach, ...]:
    """The reaches that differ for this person: who works for no team has no team's patients, and so on."""
    own: tuple[Reach, ...] = ("mine",) if viewer.role == "clinician" else ()
    team: tuple[Reach, ...] = ("team",) if viewer.teams else ()
    return own + team + (("all",) if viewer.whole_clinic else ())


def first_reach(viewer: Viewer) -> Reach:
    """Where this person starts: the nearest reach that has patients. Raises NotPermitted."""
    offered = reaches(viewer) or ("team",)
    with work.looking_up(viewer, Permission.VIEW_CASELOAD, action="view caseload") as conn:
        return next((reach for reach in offered if caseload.anybody(conn, _scope(viewer, reach))), offered[0])


def queue(viewer: Viewer, asked: Asked) -> Queue:
    """The asked-for page of the patients in the viewer's reach, from snapshots alone. Raises NotPermitted."""
    scope = _scope(viewer, asked.reach)
    with work.reading(viewer, Permission.VIEW_CASELOAD, action="view caseload", resource=asked.reach) as conn:
        page = max(asked.page, 1)
        found = caseload.page(conn, scope, asked.reason, asked.text, page - 1, PAGE_SIZE)
        pages = max(1, ceil(found.total / PAGE_SIZE))
        if page > pages:
            page = pages
            found = caseload.page(conn, scope, asked.reason, asked.text, page - 1, PAGE_SIZE)
    return Queue(found, page, pages)


def mark_reviewed(viewer: Viewer, link_id: str, *, now: datetime, as_of: date) -> None:
    """Record that this person looked at the patient today."""
    patient_id = _patient_id(viewer, link_id)
    with work.writing(viewer, Permission.MARK_REVIEWED, patient_id, action="mark reviewed") as conn:
        caseload.mark_reviewed(conn, patient_id, viewer.user_id, now=now, as_of=as_of)


def undo_review(viewer: Viewer, link_id: str, *, now: datetime, as_of: date) -> None:
    """Take back this person's own review of today; anybody else's stays."""
    patient_id = _patient_id(viewer, link_id)
    with work.writing(viewer, Permission.MARK_REVIEWED, patient_id, action="undo review") as conn:
        caseload.undo_review(conn, patient_id, viewer.user_id, now=now, as_of=as_of)


def _scope(viewer: Viewer, reach: Reach) -> CaseloadScope:
    """Never wider than what the person may see, whatever was asked for."""
    permitted = None if viewer.whole_clinic else viewer.teams
    if reach == "mine":
        return CaseloadScope(viewer.user_id, permitted)
    if reach == "team":
        return CaseloadScope(None, viewer.teams)
    return CaseloadScope(None, permitted)


def _patient_id(viewer: Viewer, link_id: str) -> int:
    with work.looking_up(viewer, Permission.MARK_REVIEWED, action="mark reviewed") as conn:
        head = patients.find_by_link(conn, link_id)
    if head is None:
        raise NotPermitted(Permission.MARK_REVIEWED.value)
    return head.patient_id
