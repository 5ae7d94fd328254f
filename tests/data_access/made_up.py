"""Invented people for the tests of the data floor: small, seeded, with gaps, several entries a day and odd corners."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from clinical.body_map import QUALITIES, REGIONS
from clinical.medication.answers import PromptAnswer
from clinical.red_flags import RED_FLAGS
from clinical.safety import YES, Answer, Closure, red_flag_subject
from data_access import ingest, plan
from data_access.criteria import Assessed
from data_access.engine import writing
from data_access.entries import Writer
from data_access.ingest import Ingested
from data_access.records import (
    ActionRecord,
    AllergyRecord,
    ConditionRecord,
    DoseRecord,
    EntryRecord,
    EventRecord,
    GoalRecord,
    MarkRecord,
    MeasureRecord,
    MedicationRecord,
    PatientBundle,
    PatientRecord,
)

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, 15, 250_001, tzinfo=UTC)
WRITER = Writer(7, NOW, TODAY)
PLANNER = plan.Writer(7, "Dr T", NOW, TODAY)
FLAG = next(iter(RED_FLAGS))
RED_FLAG = Answer(FLAG, YES, TODAY, "since Monday", "Dr T", NOW, 0)
CLOSING = Closure(red_flag_subject(FLAG), "examined, sent on", TODAY, "Dr T", NOW, 0)
PROMPT_ANSWER = PromptAnswer("combination:high:tramadol+duloxetine", TODAY, "other", "known", "Dr T", NOW)
ASSESSED = Assessed(
    TODAY, ("jaw_l", "neck"), ("neck",), "extended", 2, 3, None, 1, 0, None, 7.5, None, "by phone", None, "Dr T", NOW
)
ANNA = PatientRecord("T-1", "Testfall", "Anna", date(1975, 4, 3), "female", synthetic=True)


def person(number: int) -> PatientRecord:
    """The invented person of that number."""
    return PatientRecord(f"T-{number:05}", f"Testfall{number % 7}", f"Person{number}", date(1950, 1, 1), "female", True)


def about(patient: PatientRecord = ANNA, **records: tuple[object, ...]) -> PatientBundle:
    """A bundle from the clinic with only those records."""
    return PatientBundle(patient, "clinic", **records)  # type: ignore[arg-type]


def add(engine: sa.Engine, bundle: PatientBundle, *, as_of: date = TODAY, now: datetime = NOW) -> Ingested:
    """What became of the bundle, in a transaction of its own."""
    with writing(engine) as conn:
        return ingest.add(conn, bundle, now=now, as_of=as_of)


def a_year(patient: PatientRecord = ANNA, *, seed: int = 1, days: int = 365, keyed: bool = False) -> PatientBundle:
    """One person's last `days` days in full variety; the same seed gives the same person."""
    chance = random.Random(seed)
    usual = chance.uniform(1.5, 7)
    entries, doses = [], []
    for back in range(days):
        day = TODAY - timedelta(days=back)
        flaring = (back // 11) % 6 == 0
        if chance.random() < 0.2 or 60 <= back < 75:
            continue
        entries += list(_entries(chance, day, usual + (2.5 if flaring else 0), keyed=keyed))
        doses += list(_doses(chance, day))
    return PatientBundle(
        patient,
        "demo",
        entries=(*entries, EntryRecord(day=None, pain=4.0, note="no date on the sheet", where="last line")),
        doses=tuple(doses),
        medications=_MEDICATIONS,
        measures=_MEASURES,
        events=_EVENTS,
        conditions=(ConditionRecord("Fibromyalgia", "http://snomed.info/sct", "203082005", date(2019, 2, 1)),),
        allergies=(AllergyRecord("Penicillin", reaction="rash", criticality="high"),),
        goals=(GoalRecord("Walk to the park", "minutes", 5, 20, "min", TODAY + timedelta(days=30), attainment=-1),),
        actions=(
            ActionRecord("Order a sleep diary", "psychology", due_day=TODAY - timedelta(days=3)),
            ActionRecord("Review tramadol", "medicine", due_day=TODAY, status="done", done_day=TODAY),
        ),
        team_id=1 + seed % 3,
        care_team=(1, 2),
    )


def _entries(chance: random.Random, day: date, level: float, *, keyed: bool) -> Iterator[EntryRecord]:
    times = chance.choice((("",), ("08:15",), ("07:00", "21:30"), ("", "12:00")))
    for time in times:
        answered = chance.random() < 0.95
        yield EntryRecord(
            day=day,
            at_time=time,
            pain=min(10.0, max(0.0, round(chance.gauss(level, 0.8) * 2) / 2)) if answered else None,
            fatigue=chance.choice((None, 3.0, 7.0)),
            sleep_hours=round(chance.uniform(3, 9), 1),
            sleep_quality=float(chance.randint(0, 10)),
            stress=float(chance.randint(0, 10)),
            stiffness_minutes=chance.choice((None, 45.0)),
            flare=chance.choice((None, True, False)),
            relief=chance.choice(((), ("heat",), ("heat", "massage"))),
            note=chance.choice(("", "poor night — wet weather", "=1+1")),
            marks=_marks(chance) if chance.random() < 0.8 else None,
            source_key=f"Observation/{day}-{time}" if keyed else None,
            where=f"{day} {time}",
        )


def _marks(chance: random.Random) -> tuple[MarkRecord, ...]:
    regions = chance.sample(REGIONS, chance.randint(0, 9))
    return tuple(
        MarkRecord(
            region.region_id,
            chance.choice((None, 0, 1, 4, 7, 10)),
            tuple(chance.sample(QUALITIES, chance.randint(0, 2))),
            chance.choice(("", "surface", "deep")),
        )
        for region in regions
    )


def _doses(chance: random.Random, day: date) -> Iterator[DoseRecord]:
    yield DoseRecord(day, "amitriptyline", taken=chance.random() < 0.9, dose=10.0, unit="mg")
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        yield DoseRecord(day, "paracetamol", taken=True, dose=500.0, unit="mg", as_needed=True)


_MEDICATIONS = (
    MedicationRecord(
        "amitriptyline", "N06AA09", dose=10.0, unit="mg", frequency="at night", start_day=date(2025, 1, 7)
    ),
    MedicationRecord(
        "tramadol", "N02AX02", start_day=date(2025, 3, 1), end_day=date(2026, 1, 5), reason_stopped="dizzy"
    ),
)
_MEASURES = (
    MeasureRecord(date(2026, 3, 1), "PHQ-9", 11.0, items=(1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 1.0, 0.0)),
    MeasureRecord(date(2026, 9, 1), "GAD-7", 9.0, items=(1.0, None, 2.0)),
    MeasureRecord(None, "FIQR", 48.5),
)
_EVENTS = (
    EventRecord(date(2026, 10, 1), "visit", "Consultation"),
    EventRecord(TODAY + timedelta(days=20), "visit", "Next consultation"),
    EventRecord(date(2026, 5, 5), "infection", "Cold"),
)
