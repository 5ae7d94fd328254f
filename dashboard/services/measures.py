"""Questionnaire scores of one patient: the course of each, what is undated, what was withdrawn."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection

from clinical.item_9_known import lacks_item_9
from clinical.measures import Instrument, Judged, Meaning, against_last, instrument, meaning
from clinical.record import Score
from dashboard.periods import Periods
from dashboard.permissions import Permission, Viewer
from dashboard.services import history, work
from dashboard.services.kept import Kept
from data_access import access, measures
from data_access.measures import Entered
from data_access.patients import PatientHead

State = Literal["full", "undated_only", "none"]
READ = "view measures"
WEIGHTS = (
    "PHQ-9", "PHQ-4", "PHQ-2", "GAD-7", "GAD-2", "PEG", "BPI-SF interference", "BPI-SF severity",
    "PROMIS Pain Interference 4a", "PROMIS Pain Interference 6b", "PROMIS Pain Interference 8a", "FIQR", "WPI", "SSS",
    "FS", "ISI", "PSQI", "PROMIS Sleep Disturbance 4a", "PROMIS Sleep Disturbance 8a", "PCS", "TSK-11", "PSEQ-2",
    "PSS-10", "PSS-4", "EQ-5D-5L VAS", "painDETECT",
)  # fmt: skip
"""Which questionnaire stands first among those answered on the same day: safety and distress, function, sleep, the
rest [P]. Others follow by name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One score on record, what it says, and how it stands against the one before of the same questionnaire.

    `instrument` is None where its scale is not known here.
    """

    entered: Entered
    score: Score
    instrument: Instrument | None
    meaning: Meaning
    judged: Judged

    @property
    def day(self) -> date | None:
        return self.score.day

    @property
    def held(self) -> bool:
        """Whether there is a number or a profile: a questionnaire with gaps may have neither."""
        return self.meaning.value is not None or bool(self.meaning.profile)


@dataclass(frozen=True, slots=True)
class Course:
    """The dated scores of one questionnaire, oldest first, at least one."""

    code: str
    readings: tuple[Reading, ...]

    @property
    def latest(self) -> Reading:
        return self.readings[-1]

    @property
    def held(self) -> Reading:
        """The latest one with a number or a profile; the latest of all where none has one."""
        return next((each for each in reversed(self.readings) if each.held), self.latest)

    def before(self, place: int = -1) -> Reading | None:
        """What the reading at that place is compared with: the last one before it with a number or a profile."""
        earlier = self.readings[: place % len(self.readings)]
        return next((each for each in reversed(earlier) if each.held), None)

    @property
    def instrument(self) -> Instrument | None:
        return self.latest.instrument

    def of(self, measure_id: int | None) -> int:
        """The place of that score among the readings; of the latest where it is none of them."""
        numbers = [each.score.measure_id for each in self.readings]
        return numbers.index(measure_id) if measure_id in numbers else len(numbers) - 1


@dataclass(frozen=True, slots=True, eq=False)
class MeasuresView:
    """All the page shows of one patient in one period.

    `courses` hold dated scores up to the end of the period, the one answered last first, by clinical weight on the same
    day; `later` counts scores after that end.
    """

    key: Hashable
    state: State
    as_of: date
    periods: Periods
    courses: tuple[Course, ...]
    undated: tuple[Reading, ...]
    withdrawn: tuple[Entered, ...]
    later: int
    names: dict[int, str]

    def lacks_item_9(self, reading: Reading) -> bool:
        """Whether it is a PHQ-9 whose item 9 nobody wrote down, in it or beside it on the same day."""
        held = [each.score for course in self.courses for each in course.readings] + [e.score for e in self.undated]
        return lacks_item_9(reading.score, held)

    def course(self, code: str | None) -> Course | None:
        """The course of that questionnaire, if there is one."""
        return next((each for each in self.courses if each.code == code), None)


_views: Kept[MeasuresView] = Kept(64)


def view(viewer: Viewer, head: PatientHead, periods: Periods, *, as_of: date) -> MeasuresView:
    """Everything the page shows of that patient and period. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action=READ) as conn:
        return of(conn, head, periods, as_of)


def of(conn: Connection, head: PatientHead, periods: Periods, as_of: date) -> MeasuresView:
    """The same, inside a piece of work that was let in already."""
    key = (conn.engine, head.patient_id, head.data_version, periods.now, as_of)
    return _views.get(key, lambda: _view(conn, head, periods, as_of, key))


def of_day(viewer: Viewer, head: PatientHead, codes: Sequence[str], day: date) -> tuple[Score, ...]:
    """The scores of those questionnaires that count already on that day. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action=READ) as conn:
        scores = history.load(conn, head).scores
    return tuple(each for each in scores if each.day == day and code(each.instrument) in codes)


def _view(conn: Connection, head: PatientHead, periods: Periods, as_of: date, key: Hashable) -> MeasuresView:
    every = measures.history(conn, head.patient_id)
    counted = [each for each in every if each.withdrawal is None]
    until = periods.now.end
    dated = [each for each in counted if each.record.day is not None]
    shown = [each for each in dated if each.record.day is not None and each.record.day <= until]
    undated = tuple(_reading(each, None) for each in counted if each.record.day is None)
    return MeasuresView(
        key=key,
        state="full" if dated else "undated_only" if undated else "none",
        as_of=as_of,
        periods=periods,
        courses=tuple(sorted(_courses(shown), key=_order)),
        undated=tuple(sorted(undated, key=lambda each: (_weight(each.score.instrument), each.score.measure_id))),
        withdrawn=tuple(each for each in every if each.withdrawal is not None),
        later=len(dated) - len(shown),
        names={user.user_id: user.name for user in access.users(conn)},
    )


def _courses(entered: Sequence[Entered]) -> list[Course]:
    grouped: dict[str, list[Entered]] = {}
    for each in entered:
        grouped.setdefault(code(each.record.instrument), []).append(each)
    return [_course(name, same) for name, same in grouped.items()]


def _course(name: str, entered: Sequence[Entered]) -> Course:
    """Each judged against the last one before it that has a number: one with gaps takes nobody's place."""
    found: list[Reading] = []
    before: Entered | None = None
    for each in entered:
        found.append(_reading(each, before))
        before = each if found[-1].held else before
    return Course(name, tuple(found))


def _reading(now: Entered, before: Entered | None) -> Reading:
    score = as_score(now)
    judged = against_last(score, None if before is None else as_score(before))
    return Reading(now, score, instrument(score.instrument), meaning(score), judged)


def as_score(entered: Entered) -> Score:
    """The same score as the medicine reads it."""
    said = entered.record
    return Score(said.day, said.instrument, said.score, said.items, said.unit, entered.measure_id)


def code(name: str) -> str:
    """Our code of a questionnaire however its name is written; the name itself where it is not known here."""
    found = instrument(name)
    return name if found is None else found.code


def _order(course: Course) -> tuple[int, int, str]:
    day = course.latest.day or date.min
    return -day.toordinal(), _weight(course.code), course.code


def _weight(name: str) -> int:
    known = code(name)
    return WEIGHTS.index(known) if known in WEIGHTS else len(WEIGHTS)
