"""The case reviews of an invented team: two that were held, with what was said of each patient, and one to come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data_access.demo.case_words import ASKED, DEFERRED, QUESTIONS, SAID, UNDECIDED, CaseWords
from data_access.demo.names import StaffRole
from data_access.demo.staff import ROLES_OF_A_TEAM
from data_access.demo.traits import PatientPlan, stream

QUEUED = 5
"""Patients of a meeting."""
HELD_WEEKS_AGO = (7, 3)
TITLE = "Case review"
_TEAMS_FROM = 1_000_000
"""Streams of teams lie beyond those of people."""


@dataclass(frozen=True, slots=True)
class InventedCase:
    """One patient of a meeting; `deferred` when it was put off, `said` without words while it is still to come."""

    patient: int  # number of the plan
    question: str
    said: CaseWords | None
    deferred: bool
    seconds: int


@dataclass(frozen=True, slots=True)
class InventedMeeting:
    """A meeting of one team, held when its day has passed; `absent` sent apologies."""

    team: int
    day: date
    held: bool
    absent: StaffRole | None
    cases: tuple[InventedCase, ...]


def draw_meetings(team: int, people: Sequence[PatientPlan], *, end: date, seed: int) -> tuple[InventedMeeting, ...]:
    """The meetings of that team about its people, oldest first; none where nobody keeps a diary."""
    random = stream(seed, _TEAMS_FROM + team, "plan")
    logging = [each for each in people if each.habits.entries_at_most is None]
    if not logging:
        return ()
    coming = _coming(logging, random)
    others = [each for each in logging if each not in coming] or logging
    past = [_held(team, end, weeks, others, place, random) for place, weeks in enumerate(HELD_WEEKS_AGO)]
    day = _wednesday(end + timedelta(days=7))
    return (*past, InventedMeeting(team, day, False, None, tuple(_queued(coming, random))))


def _coming(logging: Sequence[PatientPlan], random: np.random.Generator) -> list[PatientPlan]:
    """Named cases with a question of their own first, others by the dice."""
    named = [each for each in logging if each.case in ASKED]
    rest = [each for each in logging if each.case not in ASKED]
    order = random.permutation(len(rest))
    return [*named, *(rest[int(place)] for place in order)][:QUEUED]


def _queued(coming: Sequence[PatientPlan], random: np.random.Generator) -> Iterator[InventedCase]:
    free = iter(random.permutation(len(QUESTIONS)))
    for each in coming:
        question = ASKED.get(each.case) or QUESTIONS[int(next(free))]
        yield InventedCase(each.number, question, None, False, 0)


def _held(
    team: int, end: date, weeks: int, people: Sequence[PatientPlan], place: int, random: np.random.Generator
) -> InventedMeeting:
    chosen = [people[int(who)] for who in random.permutation(len(people))]
    said = [SAID[int(each)] for each in random.permutation(len(SAID))]
    if place == 1 and any(who.habits.stopped_days_ago for who in people):  # something to go on with
        chosen.sort(key=lambda who: who.habits.stopped_days_ago == 0)
        said = [UNDECIDED, *said]
    cases = [_case(who, said[n], place == 1 and n == QUEUED - 1, random) for n, who in enumerate(chosen[:QUEUED])]
    spoke_up = {case.said.disagreement_by for case in cases if case.said}
    absent: StaffRole = "psychologist" if place == 1 and "psychologist" not in spoke_up else "nurse"
    return InventedMeeting(team, _wednesday(end - timedelta(weeks=weeks)), True, absent, tuple(cases))


def _case(who: PatientPlan, said: CaseWords, deferred: bool, random: np.random.Generator) -> InventedCase:
    words = DEFERRED if deferred else said
    return InventedCase(who.number, words.question, words, deferred, 40 if deferred else int(random.integers(200, 720)))


def _wednesday(day: date) -> date:
    """The Wednesday of that week."""
    return day + timedelta(days=2 - day.weekday())


def attendance(meeting: InventedMeeting, role: StaffRole) -> str:
    """Whether that member of the team is invited, was there, or sent apologies."""
    if not meeting.held:
        return "invited"
    return "apologies" if role == meeting.absent else "present"


ROLES = ROLES_OF_A_TEAM
GUEST = ("Ola Invented", "occupational_therapy")
"""Somebody who comes without an account here."""
