"""A person with a week of body maps, and assessments of the fibromyalgia criteria as a clinician fills them in."""

from typing import Any

from sqlalchemy import Engine

from clinical.criteria import Answers
from clinical.fibromyalgia import SymptomSeverity
from dashboard.services.criteria import Filled
from data_access.patients import PatientHead
from data_access.records import MarkRecord
from tests.dashboard.pain_maps import LOW_BACK, TRAPEZIUS, entry, stored

RECORD = "CRITERIA-1"
ELBOW = MarkRecord("b_elbow_l", 4)
BACK_AND_LEGS = frozenset(
    {
        "upper_back", "lower_back", "hip_left", "hip_right",
        "upper_leg_left", "upper_leg_right", "lower_leg_left", "lower_leg_right",
    }
)  # fmt: skip
"""The picture of the source article: case T11 of the reference."""
SEVERE = SymptomSeverity(3, 3, 2, 0, 0, 0)


def mapped(engine: Engine, *, days: int = 5) -> PatientHead:
    """Low back every day, trapezius and elbow on one, in the last days up to today; other pain long before."""
    week = [entry(day, LOW_BACK) for day in range(1, days)]
    return stored(
        engine, entry(0, LOW_BACK, TRAPEZIUS, ELBOW), *week, entry(30, MarkRecord("f_jaw_l", 7)), record=RECORD
    )


def filled(**said: Any) -> Filled:
    """Case T11 as it is filled in, with what is said otherwise."""
    answers: dict[str, Any] = {"areas": BACK_AND_LEGS, "symptoms": SEVERE, "months": 18, "other_disorder": False}
    for name in answers.keys() & said.keys():
        answers[name] = said.pop(name)
    return Filled(Answers(**answers), **{"estimate": ("lower_back", "upper_back"), **said})
