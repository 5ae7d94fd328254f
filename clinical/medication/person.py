"""What the checks know of the person, and what coded diagnoses mean to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from clinical.reviewed import rows


@dataclass(frozen=True, slots=True)
class Condition:
    """A diagnosis on record (active ones only); `code` of any system, `onset` None when not recorded."""

    label: str
    code: str = ""
    onset: date | None = None


@dataclass(frozen=True, slots=True)
class Allergy:
    """An allergy on record that is not marked as over, as written, with its reaction where given."""

    label: str
    reaction: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who takes the medicines. None or empty: not known, which is never read as 'no'.

    `answers`: the latest answer to each asked-once question, by the question's name. `pain_onset`: the day of the
    chronic primary pain diagnosis where it is known otherwise than by a coded diagnosis.
    """

    birth_date: date | None = None
    sex: str = ""
    weight_kg: float | None = None
    conditions: tuple[Condition, ...] = ()
    pain_onset: date | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    allergies: tuple[Allergy, ...] = ()

    def age(self, on: date) -> int | None:
        """Whole years on that day."""
        if self.birth_date is None:
            return None
        born = self.birth_date
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """Diagnoses that mean the same to a check: by code (or its beginning), words of the label, or an answer."""

    name: str
    label: str
    codes: tuple[str, ...]
    words: tuple[str, ...]
    not_words: tuple[str, ...]
    question: str
    evidence: str

    def holds(self, condition: Condition) -> bool:
        """Whether that diagnosis belongs to the group."""
        code, label = condition.code.upper().strip(), condition.label.casefold()
        if any(word in label for word in self.not_words):
            return False
        return any(_matches(code, each) for each in self.codes) or any(word in label for word in self.words)


_ICD = re.compile(r"[A-Z][0-9]|MG[0-9]")


def _matches(code: str, wanted: str) -> bool:
    """SNOMED CT by the whole code, ICD-10 and ICD-11 by its beginning."""
    return code == wanted if wanted.isdigit() else bool(_ICD.match(code)) and code.startswith(wanted)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


GROUPS: dict[str, ConditionGroup] = {
    row["name"]: ConditionGroup(
        row["name"],
        row["label"],
        _split(row["codes"]),
        _split(row["words"]),
        _split(row["not_words"]),
        row["question"],
        row["evidence"],
    )
    for row in rows("condition_groups")
}


def recorded(person: Person, group: str) -> tuple[str, ...]:
    """Labels of the person's diagnoses in that group, and the question when it was answered with yes."""
    wanted = GROUPS[group]
    found = tuple(condition.label for condition in person.conditions if wanted.holds(condition))
    said_yes = bool(wanted.question) and person.answers.get(wanted.question, "").casefold() == "yes"
    return (*found, f"{wanted.label} (answered)") if said_yes else found


def pain_onset(person: Person) -> date | None:
    """The first day of a chronic primary pain diagnosis, as given or as coded; None when neither says."""
    if person.pain_onset is not None:
        return person.pain_onset
    primary = GROUPS["chronic_primary_pain"]
    return min((c.onset for c in person.conditions if c.onset is not None and primary.holds(c)), default=None)
