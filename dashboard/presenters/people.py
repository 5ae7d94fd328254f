"""A patient's name, age and sex as they are printed; and allergies and care team as the banner says them."""

from collections.abc import Sequence
from datetime import date

from dashboard.permissions import Role
from dashboard.presenters.words import full_day
from data_access.patients import Member, PatientHead
from data_access.records import NOT_ACTIVE, AllergyRecord, ConditionRecord

_SEX_LETTER = {"female": "F", "male": "M", "other": "X", "unknown": ""}


def name(head: PatientHead) -> str:
    """'Sample, Rowan', or the family name alone."""
    return f"{head.family_name}, {head.given_name}" if head.given_name else head.family_name


def age(born: date | None, as_of: date) -> int | None:
    """Full years, None where the birth date is not known."""
    if born is None:
        return None
    return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))


def about(head: PatientHead, as_of: date) -> str:
    """'47 years · 3 Feb 1979 · female'."""
    years = age(head.birth_date, as_of)
    if head.birth_date is None or years is None:
        return f"birth date not known · {_sex(head)}"
    return f"{years} years · {full_day(head.birth_date)} · {_sex(head)}"


def briefly(sex: str, born: date | None, record_number: str, as_of: date) -> str:
    """'47 F · FB-00017'."""
    years = age(born, as_of)
    person = " ".join(part for part in ("" if years is None else str(years), _SEX_LETTER.get(sex, "")) if part)
    return " · ".join(part for part in (person, record_number) if part)


def allergies(listed: Sequence[AllergyRecord]) -> list[str]:
    """'Allergy: codeine (rash)' for each that is not marked as over."""
    return [
        f"Allergy: {allergy.label} ({allergy.reaction})" if allergy.reaction else f"Allergy: {allergy.label}"
        for allergy in listed
        if allergy.status not in NOT_ACTIVE
    ]


def diagnoses(listed: Sequence[ConditionRecord]) -> str:
    """'Fibromyalgia, migraine': what is not marked as over, each once; '' for none."""
    named = [condition.label for condition in listed if condition.status not in NOT_ACTIVE]
    return ", ".join(dict.fromkeys(named))


def care_team(members: Sequence[Member], team_name: str = "") -> str:
    """'Team: Dr A. Invented, M. Physio'; the name of their team where nobody is named; or that there is none."""
    named = ", ".join(member.name for member in members) or team_name
    return f"Team: {named}" if named else "No care team yet"


def _sex(head: PatientHead) -> str:
    return "sex not known" if head.sex == "unknown" else head.sex


def role(of: Role, discipline: str) -> str:
    """What a member of staff is called: 'Physiotherapy', 'Coordinator', 'Administrator'."""
    return (discipline or of).replace("_", " ").capitalize()


_MARKDOWN = str.maketrans({character: f"\\{character}" for character in r"\`*_{}[]()<>#+-.!|~$:"})


def escaped(text: str) -> str:
    """Text that a markdown label shows as it stands: no formatting, no links, no images fetched from elsewhere."""
    return text.translate(_MARKDOWN)
