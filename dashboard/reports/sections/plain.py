"""The patient copy: its sections in the order a patient reads them, function and goals before pain."""

from collections.abc import Mapping

from dashboard.reports.sections import plain_care as care
from dashboard.reports.sections import plain_diary as diary
from dashboard.reports.sections import plain_safety as safety
from dashboard.reports.sections.content import Maker

MAKERS: Mapping[str, Maker] = {
    "reason": care.reason,
    "matters": care.matters,
    "plan": care.agreed,
    "treatments": care.treatments,
    "course": diary.course,
    "pain": diary.pain,
    "daily_life": diary.daily_life,
    "associations": diary.associations,
    "measures": diary.measures,
    "assessment": care.formulation,
    "diagnoses": care.diagnoses,
    "medication": care.medication,
    "allergies": care.allergies,
    "red_flags": safety.red_flags,
    "data_notes": diary.data_notes,
}
"""In the order they are printed. Criteria, pointers, examination and notes are written for clinicians: not offered."""

TITLES: Mapping[str, str] = {
    "reason": "About this letter",
    "matters": "What matters to you",
    "plan": "Your goals and your plan",
    "treatments": "What you have tried",
    "course": "How it has been going",
    "pain": "Your pain",
    "daily_life": "Sleep, stress and energy",
    "associations": "What went together",
    "measures": "Your questionnaires",
    "assessment": "How your team understands your pain",
    "diagnoses": "What your record says you have",
    "medication": "Your medicines",
    "allergies": "Your allergies",
    "red_flags": "To be on the safe side",
    "data_notes": "About the numbers",
}
