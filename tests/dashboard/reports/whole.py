"""A made-up person of whom everything is on record: diary, plan, notes, red flags, criteria, answers to prompts."""

from datetime import date, timedelta

import sqlalchemy as sa

from clinical.diary import Period
from clinical.plan import Action, Formulation, Goal, PlannedIntervention
from clinical.red_flags import RED_FLAGS
from clinical.safety import NO, YES, Answer, Closure, red_flag_subject
from data_access import asked, criteria, notes, plan, safety
from data_access.criteria import Assessed
from data_access.engine import writing
from data_access.entries import Writer
from data_access.notes import Author
from data_access.records import MeasureRecord, MedicationRecord, PatientBundle
from tests.dashboard.services.clinic import PATIENT, fill
from tests.data_access.made_up import ANNA, NOW, PLANNER, TODAY, a_year

FIRST, SECOND = list(RED_FLAGS)[:2]
WRITER = Writer(11, NOW, TODAY)
PERIOD = Period(TODAY - timedelta(days=83), TODAY)
NOTE = """## Since last time
Better in the water.
## Examination
Tender over **both** shoulders.
- grip 4 of 5
- no swelling
## Agreed
1. Walk every day
2. Ring the GP
"""
OPIOID = MedicationRecord(
    "morphine 10 mg tablets", "N02AA01", dose=20, unit="mg", route="oral", frequency="twice a day",
    start_day=date(2026, 9, 20),
)  # fmt: skip
SEDATIVE = MedicationRecord(
    "diazepam", "N05BA01", dose=5, unit="mg", route="oral", frequency="once at night", start_day=date(2026, 9, 20)
)
SCORES = (
    MeasureRecord(TODAY - timedelta(days=9), "PHQ-9", 14.0, items=(2.0, 2.0, 2.0, 2.0, 1.0, 2.0, 2.0, 1.0, 0.0)),
    MeasureRecord(TODAY - timedelta(days=8), "GAD-7", None, items=(1.0, 1.0, None, None, None, None, None)),
)


def stored(engine: sa.Engine) -> sa.Engine:
    """That person as patient 1 of an empty, migrated database."""
    year = a_year(ANNA, seed=3)
    person = PatientBundle(
        **{name: getattr(year, name) for name in year.__slots__}
        | {"medications": (*year.medications, OPIOID, SEDATIVE), "measures": (*year.measures, *SCORES)}
    )
    fill(engine, person)
    _planned(engine)
    _asked(engine)
    with writing(engine) as conn:
        author = Author(11, "M. Physio", "physiotherapy")
        notes.sign_text(conn, PATIENT, author, text=NOTE, template="review", now=NOW)
        criteria.record(conn, PATIENT, _assessed(), user_id=11, as_of=TODAY)
    return engine


def _planned(engine: sa.Engine) -> None:
    items = (
        Formulation(biological="Sore after colds.", protective="A dog.", matters="To pick her up from school."),
        Goal("Swim once a week", "swims", 0, 1, "/wk", TODAY + timedelta(days=40), why="Weightless.", owner_user_id=11,
             baseline_attainment=-1),
        PlannedIntervention("pacing", amount="10 min on, 5 off", start=TODAY - timedelta(days=60), status="active",
                            response="Easier days.", discipline="physiotherapy", owner_user_id=11),
        PlannedIntervention("acupuncture", amount="six sessions", start=TODAY - timedelta(days=200), status="stopped",
                            end=TODAY - timedelta(days=140), why_stopped="no benefit"),
        Action("Ring the employer", due=TODAY + timedelta(days=5), owner_name="K. Works"),
    )  # fmt: skip
    with writing(engine) as conn:
        for item in items:
            plan.save(conn, PATIENT, item, writer=PLANNER)


def _asked(engine: sa.Engine) -> None:
    given = [Answer(FIRST, YES, TODAY, "since Monday", "Dr T", NOW, 0), Answer(SECOND, NO, TODAY, "", "Dr T", NOW, 0)]
    with writing(engine) as conn:
        asked.give(conn, PATIENT, given, user_id=11, as_of=TODAY)


def closed(engine: sa.Engine) -> None:
    """The open red flag is closed by a clinician."""
    with writing(engine) as conn:
        closing = Closure(red_flag_subject(FIRST), "examined, normal", TODAY, "Dr T", NOW, 0)
        safety.close(conn, PATIENT, closing, user_id=11, as_of=TODAY)


def _assessed() -> Assessed:
    areas = ("lower_back", "upper_back", "neck", "hip_left", "hip_right", "upper_leg_left", "upper_leg_right")
    return Assessed(TODAY, areas, ("neck",), "strict", 3, 2, 2, 1, 0, 0, 18.0, False, "", None, "Dr T", NOW)
