"""Signed notes of several disciplines, whose numbers are those of the diary, and who last reviewed whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from data_access.demo.course import Course
from data_access.demo.happenings import Visit
from data_access.demo.names import StaffRole
from data_access.demo.staff import DISCIPLINE, staff_name, staff_number
from data_access.demo.traits import PatientPlan

MOST_NOTES = 5


@dataclass(frozen=True, slots=True)
class InventedNote:
    """A note as it was signed; `author` is a staff number."""

    author: int
    author_name: str
    discipline: str
    text: str
    signed_at: datetime
    pinned_start: date | None = None
    pinned_end: date | None = None


@dataclass(frozen=True, slots=True)
class InventedReview:
    """'Mark reviewed' of the caseload; `reviewer` is a staff number."""

    reviewer: int
    reviewed_at: datetime


_SEEN: dict[StaffRole, tuple[str, ...]] = {
    "physician": (
        "No new neurological signs. Medicines discussed, wishes to keep them as they are.",
        "Asked about red flags: none reported. Agreed to change one thing at a time.",
        "Wants fewer tablets in the long run. Explained what each one is meant to do.",
    ),
    "physiotherapist": (
        "Pacing reviewed with the diary in front of us. Ten minutes of walking, then rest, then ten more.",
        "Works in bursts on good days and pays for it. Agreed to stop at the timer, not at the pain.",
        "Lumbar movement better than last time, sitting still limited. Stretches repeated and adjusted.",
    ),
    "psychologist": (
        "Worry about flares is as heavy as the flares. Practised noticing without bracing.",
        "Sleep is the topic: lies awake planning. Started stimulus control, two weeks.",
        "Values: being there for the family. Goal reworded to fit.",
    ),
    "nurse": (
        "Telephone call. Coping, tired. Reminded of the number to ring.",
        "Telephone call. Questionnaires completed. No questions about medicines.",
    ),
}
_PLAN: dict[StaffRole, str] = {
    "physician": "Plan: no change today; look at the diary together in two months.",
    "physiotherapist": "Plan: same programme, raise walking by a tenth each week while sleep holds.",
    "psychologist": "Plan: next session in three weeks.",
    "nurse": "Plan: call again in four weeks.",
}


def write_notes(
    plan: PatientPlan, course: Course, logged: NDArray[np.bool_], visits: Sequence[Visit]
) -> tuple[InventedNote, ...]:
    """The notes of one person's last visits, oldest first; not every visit has one."""
    random = plan.random("notes")
    recent = list(visits)[-MOST_NOTES:]
    return tuple(_note(plan, course, logged, visit, random) for visit in recent if random.random() < 0.7)


def _note(
    plan: PatientPlan, course: Course, logged: NDArray[np.bool_], visit: Visit, random: np.random.Generator
) -> InventedNote:
    seen = str(random.choice(_SEEN[visit.role]))
    flare = _last_flare(course, visit.day)
    pinned = flare if flare is not None and random.random() < 0.35 else None
    lines = [_diary_line(course, logged, visit.day)]
    if flare is not None:
        lines.append(f"Flare in the diary from {_spoken(flare[0])} to {_spoken(flare[1])}.")
    return InventedNote(
        author=staff_number(plan.team_id, visit.role),
        author_name=staff_name(plan.team_id, visit.role),
        discipline=DISCIPLINE[visit.role],
        text="\n".join([*lines, seen, _PLAN[visit.role]]),
        signed_at=_at(visit.day, random),
        pinned_start=pinned[0] if pinned else None,
        pinned_end=pinned[1] if pinned else None,
    )


def _diary_line(course: Course, logged: NDArray[np.bool_], day: date) -> str:
    last = (day - course.start).days
    window = slice(max(last - 28, 0), last)
    pain = course.answers["pain"][window][logged[window]]
    if len(pain) < 4:
        return "Few diary entries before this visit."
    return f"Diary, four weeks before: pain about {pain.mean():.0f} of 10 on {len(pain)} days, worst {pain.max():.0f}."


def _last_flare(course: Course, day: date) -> tuple[date, date] | None:
    """The last flare of days or weeks that ended in the five weeks before, as (first day, last day)."""
    ended = [(f.start, f.end) for f in course.flares if f.kind == "flare" and f.end is not None and f.end < day]
    return ended[-1] if ended and day - ended[-1][1] < timedelta(days=35) else None


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B}"


def _at(day: date, random: np.random.Generator) -> datetime:
    return datetime.combine(day, time(int(random.integers(9, 17)), int(random.integers(0, 60))), UTC)


def write_review(plan: PatientPlan, random: np.random.Generator) -> InventedReview | None:
    """Who last marked this person reviewed, and when; one in five never was."""
    roles: tuple[StaffRole, ...] = ("physician", "physiotherapist", "psychologist", "nurse")
    role = roles[random.choice(4, p=(0.55, 0.2, 0.15, 0.1))]
    day = plan.end - timedelta(days=int(min(random.exponential(25) + 2, 120)))
    at = _at(day, random)
    if random.random() < 0.2 or day < plan.start:
        return None
    return InventedReview(staff_number(plan.team_id, role), at)
