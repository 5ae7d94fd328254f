"""Finding a patient, and what the frame of every patient page says about them."""

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import Connection

from clinical.diary import Diary
from clinical.safety import SafetyItem, open_items
from dashboard.permissions import Permission, Viewer
from dashboard.services import diaries, history, unsaved, work
from dashboard.services.unsaved import Unsaved
from data_access import access, caseload, patients
from data_access.events import PLANNED
from data_access.patients import Member, PatientHead
from data_access.records import AllergyRecord, ConditionRecord

_LINK = re.compile(r"[A-Za-z0-9_-]{6,32}")
LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class Calendar:
    """What period control and data-quality strip are drawn from."""

    last_visit: date | None  # the last visit before today
    first_day: date | None  # the first logged day
    last_day: date | None  # the last logged day up to today
    diary: Diary


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands above every page of one patient: the banner, and the calendar of what was logged."""

    allergies: tuple[AllergyRecord, ...]
    conditions: tuple[ConditionRecord, ...]
    care_team: tuple[Member, ...]
    team_name: str  # of the team the patient belongs to, where nobody is named
    marks: tuple[str, ...]  # codes of clinical.triage that hold now, the reason first
    next_visit: date | None  # the first one planned for today or later
    safety: tuple[SafetyItem, ...]  # open red flags and safety items, the most pressing first
    calendar: Calendar
    unsaved: tuple[Unsaved, ...] = ()  # of the viewer's own drafts


def by_link(viewer: Viewer, link_id: str) -> PatientHead | None:
    """The patient behind an opaque link, or None where there is none or it is not this person's to see.

    Not a view yet: what the page then shows is recorded by the service that hands it over. A refusal is.
    """
    if not _LINK.fullmatch(link_id) or not viewer.may(Permission.VIEW_PATIENT):
        return None
    with work.looking_up(viewer, Permission.VIEW_PATIENT, action="open link") as conn:
        head = patients.find_by_link(conn, link_id)
    if head is not None and not viewer.in_scope(head.team_id):
        work.refuse(viewer, Permission.VIEW_PATIENT, head.patient_id, "open link")
        return None
    return head


def search(viewer: Viewer, text: str, *, limit: int = 12) -> list[PatientHead]:
    """Patients in the viewer's scope whose name or record number starts like the text; none for an empty text."""
    wanted = " ".join(text.split())[:LONGEST_SEARCH]
    if not wanted:
        return []
    with work.reading(viewer, Permission.VIEW_PATIENT, action="search patients") as conn:
        return patients.search(conn, wanted, None if viewer.whole_clinic else viewer.teams, limit=limit)


def frame(viewer: Viewer, head: PatientHead, *, as_of: date) -> Frame:
    """What banner, quality strip and period control show. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action="open patient") as conn:
        known = history.load(conn, head)
        planned = [event.day for event in known.events if event.kind in PLANNED and event.day is not None]
        members = tuple(patients.care_team(conn, head.patient_id))
        return Frame(
            allergies=known.allergies,
            conditions=known.conditions,
            care_team=members,
            team_name="" if members else access.team_name(conn, head.team_id),
            marks=caseload.reasons(conn, head.patient_id),
            next_visit=min((day for day in planned if day >= as_of), default=None),
            safety=open_items(known.answers, known.closures, known.scores, as_of),
            calendar=_calendar(conn, head, as_of),
            unsaved=unsaved.of(conn, viewer, head.patient_id),
        )


def calendar(viewer: Viewer, head: PatientHead, *, as_of: date) -> Calendar:
    """What quality strip and period control show, without the banner. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action="open patient") as conn:
        return _calendar(conn, head, as_of)


def _calendar(conn: Connection, head: PatientHead, as_of: date) -> Calendar:
    logged = diaries.load(conn, head)
    days = _first_and_last(logged, as_of)
    visits = [event.day for event in history.load(conn, head).events if event.kind == "visit" and event.day is not None]
    return Calendar(
        last_visit=max((day for day in visits if day < as_of), default=None),
        first_day=min(days, default=None),
        last_day=max((day for day in days if day <= as_of), default=None),
        diary=logged,
    )


def _first_and_last(diary: Diary, as_of: date) -> list[date]:
    """The first logged day and the last one up to today; none for a diary without any."""
    days = diary.dates()[diary.logged]
    return [*days[:1].tolist(), *days[days <= np.datetime64(as_of)][-1:].tolist()]
