"""Signed notes of several disciplines, whose numbers are those of the diary, and who last reviewed whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from clinical.note_templates import headings
from data_access.demo.course import Course
from data_access.demo.happenings import Visit
from data_access.demo.names import StaffRole
from data_access.demo.note_words import FREE, PLANS, REMARKS, UNDER
from data_access.demo.staff import DISCIPLINE, staff_name, staff_number
from data_access.demo.traits import PatientPlan

MOST_NOTES = 7
"""Visits that may have a note; what was said between them comes on top."""
SINCE_LAST_TIME = "Since last time"


@dataclass(frozen=True, slots=True)
class Countersigning:
    """Who was asked to countersign (a staff number) and when they did, None while it is awaited."""

    asked: int
    name: str
    discipline: str
    signed_at: datetime | None
    remark: str


@dataclass(frozen=True, slots=True)
class InventedNote:
    """A note as it was signed; `author` is a staff number, `flare` the first day of the planted flare it is about."""

    author: int
    author_name: str
    discipline: str
    text: str
    signed_at: datetime
    pinned_start: date | None = None
    pinned_end: date | None = None
    template: str = ""
    flare: date | None = None
    goal: int | None = None
    region: str = ""
    countersigning: Countersigning | None = None


@dataclass(frozen=True, slots=True)
class InventedReview:
    """'Mark reviewed' of the caseload; `reviewer` is a staff number."""

    reviewer: int
    reviewed_at: datetime


@dataclass(frozen=True, slots=True)
class _Contact:
    """A visit, or something between two visits, that somebody wrote a note about."""

    day: date
    role: StaffRole
    template: str


@dataclass(frozen=True, slots=True)
class Topics:
    """What a person's notes may be pinned to: how many goals, a region that hurts, a flare before all else."""

    goals: int
    region: str
    flare_first: bool = False


def write_notes(
    plan: PatientPlan, course: Course, logged: NDArray[np.bool_], visits: Sequence[Visit], topics: Topics
) -> tuple[InventedNote, ...]:
    """The notes of one person, oldest first: of most of the last visits, of calls and group sessions between them."""
    random = plan.random("notes")
    contacts = sorted([*_visits(visits, random), *_between(plan, random)], key=lambda each: each.day)
    return tuple(_note(plan, course, logged, contact, topics, random) for contact in contacts)


def _visits(visits: Sequence[Visit], random: np.random.Generator) -> Iterator[_Contact]:
    for place, visit in enumerate(visits):
        if place < len(visits) - MOST_NOTES or random.random() > 0.8:
            continue
        usual = "telephone" if visit.role == "nurse" else "review"
        template = "assessment" if place == 0 else usual
        yield _Contact(visit.day, visit.role, template if random.random() < 0.7 else "")


def _between(plan: PatientPlan, random: np.random.Generator) -> Iterator[_Contact]:
    """A session or a group of the last weeks, and a call of the nurse: neither counts as a visit to the clinic."""
    ago = int(random.uniform(18, 38))
    group = random.random() < 0.4
    if plan.days > 60 and (plan.case == "in_flare" or random.random() < 0.5):
        yield _Contact(_weekday(plan.end - timedelta(days=ago)), "psychologist", "group_session" if group else "review")
    if plan.days > 60 and random.random() < 0.35:
        yield _Contact(_weekday(plan.end - timedelta(days=ago // 2)), "nurse", "telephone")


def _weekday(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _note(
    plan: PatientPlan,
    course: Course,
    logged: NDArray[np.bool_],
    contact: _Contact,
    topics: Topics,
    random: np.random.Generator,
) -> InventedNote:
    flare = _last_flare(course, contact.day)
    signed_at = _at(contact.day, random)
    pins = _pins(contact, flare, topics, random)
    return InventedNote(
        author=staff_number(plan.team_id, contact.role),
        author_name=staff_name(plan.team_id, contact.role),
        discipline=DISCIPLINE[contact.role],
        text=_text(contact, _diary_lines(course, logged, contact.day, flare), random),
        signed_at=signed_at,
        template=contact.template,
        countersigning=_countersigning(plan, contact, signed_at, random),
        **pins,
    )


def _text(contact: _Contact, diary: str, random: np.random.Generator) -> str:
    """Under the headings of its template, or free: what the diary said, what was seen, what comes next."""
    if not contact.template:
        return "\n\n".join((diary, str(random.choice(FREE[contact.role])), PLANS[contact.role]))
    lines = []
    for heading in headings(contact.template, DISCIPLINE[contact.role]):
        said = diary if heading == SINCE_LAST_TIME else str(random.choice(UNDER[heading]))
        lines.append(f"## {heading}\n{said}")
    if contact.template in ("telephone", "assessment"):
        lines.insert(1, diary)
    return "\n\n".join(lines)


class _Pins(TypedDict, total=False):
    pinned_start: date
    pinned_end: date
    flare: date
    goal: int
    region: str


def _pins(contact: _Contact, flare: tuple[date, date] | None, topics: Topics, random: np.random.Generator) -> _Pins:
    """What the note is about: a flare that has just ended, the days of it, a goal, a region; most are about none."""
    chance = random.random()
    if flare is not None and (chance < 0.4 or topics.flare_first):
        return {"flare": flare[0]}
    if flare is not None and chance < 0.5:
        return {"pinned_start": flare[0], "pinned_end": flare[1]}
    if topics.goals and 0.5 <= chance < 0.7:
        return {"goal": int(random.integers(1, topics.goals + 1))}
    if contact.role == "physiotherapist" and chance >= 0.7:
        return {"region": topics.region}
    return {}


def _countersigning(
    plan: PatientPlan, contact: _Contact, signed_at: datetime, random: np.random.Generator
) -> Countersigning | None:
    """Some notes of the last two months went to the physician, who has signed most of them."""
    if contact.role == "physician" or (plan.end - contact.day).days > 60 or random.random() > 0.4:
        return None
    waits = (plan.end - contact.day).days < 12 or random.random() < 0.35
    later = signed_at + timedelta(days=int(random.integers(1, 4)), hours=1)
    return Countersigning(
        asked=staff_number(plan.team_id, "physician"),
        name=staff_name(plan.team_id, "physician"),
        discipline=DISCIPLINE["physician"],
        signed_at=None if waits else later,
        remark="" if waits else str(random.choice(REMARKS)),
    )


def _diary_lines(course: Course, logged: NDArray[np.bool_], day: date, flare: tuple[date, date] | None) -> str:
    lines = [_diary_line(course, logged, day)]
    if flare is not None:
        lines.append(f"Flare in the diary from {_spoken(flare[0])} to {_spoken(flare[1])}.")
    return "\n".join(lines)


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
