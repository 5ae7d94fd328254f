"""All that the checks look at, put together once: the list, the log, the person, and each substance with its days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from clinical.medication.amounts import BELOW_A_PIECE, known_dose, scale
from clinical.medication.drugs import CLASS_LABELS
from clinical.medication.limits import value
from clinical.medication.listing import OnList, counted
from clinical.medication.log import Ints, Log
from clinical.medication.mme import NO_COUNT
from clinical.medication.person import Person
from clinical.medication.prompts import NotChecked
from clinical.medication.series import amounts, by_day, held
from clinical.medication.uses import Use, present, uses
from clinical.record import Medicine


@dataclass(frozen=True, slots=True)
class Held:
    """Milligrams of a substance a day by the list, at most; `unknown`: the lines that cannot be counted, and why."""

    mg: float
    lines: tuple[OnList, ...]
    unknown: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What is known on `as_of`; `groups` the substances of each class of the definitions, `history` every line ever."""

    as_of: date
    person: Person
    listed: tuple[OnList, ...]
    log: Log
    uses: tuple[Use, ...]
    groups: dict[str, tuple[Use, ...]]
    history: tuple[Medicine, ...] = ()


def gather(listed: tuple[OnList, ...], log: Log, person: Person, history: Sequence[Medicine] = ()) -> Facts:
    """All of it; aspirin counts as an NSAID, and citalopram as QT-prolonging, by its amount."""
    found = uses(listed, log)
    groups = {each: tuple(use for use in found if use.part.of(each)) for each in CLASS_LABELS}
    facts = Facts(log.as_of, person, listed, log, found, groups, tuple(history))
    groups["nsaid"] += _above(facts, "aspirin", "aspirin_nsaid_mg")
    age = person.age(log.as_of)
    if age is not None and age > value("citalopram_age"):
        groups["qt"] += _above(facts, "citalopram", "citalopram_mg")
    return facts


def prescribed(listed: Sequence[OnList], drug_class: str) -> Held:
    """Milligrams a day of the substance of that class when every line of the list is taken as often as it says.

    What the person reports of a medicine that is prescribed is not added to it.
    """
    lines = tuple(line for line in counted(listed) if line.drug is not None and line.drug.part(drug_class) is not None)
    total, unknown = 0.0, []
    for line in lines:
        amount, why = _of_line(line, drug_class)
        if amount is None:
            unknown.append((line.medicine.name, why))
        else:
            total += amount
    return Held(round(total, 4), lines, tuple(unknown))


def _of_line(line: OnList, drug_class: str) -> tuple[float | None, str]:
    part = line.drug.part(drug_class) if line.drug is not None else None
    if line.drug is None or part is None:
        return 0.0, ""
    found = scale(line.drug, part, line.medicine.unit)
    if not known_dose(line.medicine.dose):
        return None, "the dose is not given"
    if found.per_unit is None:
        return None, found.why
    if found.doubtful(line.medicine.dose or 0.0):
        return None, BELOW_A_PIECE
    if line.count is None:
        return None, NO_COUNT
    return (line.medicine.dose or 0.0) * found.per_unit * line.count, ""


def _above(facts: Facts, drug_class: str, limit: str) -> tuple[Use, ...]:
    """The substance on the days its amount is above the limit, or may be: an unknown amount is not taken for little."""
    if not facts.groups[drug_class]:
        return ()
    series = by_day(facts.log, amounts(facts.log, held(drug_class)), "mg")
    over = series.day[(series.value > value(limit)) | ~series.complete].astype(np.int64)
    return tuple(_on_days(facts, use, over, drug_class, value(limit)) for use in facts.groups[drug_class])


def _on_days(facts: Facts, use: Use, days: Ints, drug_class: str, limit: float) -> Use:
    first = facts.log.since(1) - len(use.taken) + 1
    taken = np.zeros_like(use.taken)
    taken[days - first] = True
    lines = tuple(line for line in use.lines if _may_be_above(line, drug_class, limit))
    first_at, last_at = np.where(taken, use.first_at, -1), np.where(taken, use.last_at, -1)
    return replace(
        use,
        lines=lines,
        taken=taken,
        working=taken,
        present=present(taken, lines, first),
        first_at=first_at,
        last_at=last_at,
    )


def _may_be_above(line: OnList, drug_class: str, limit: float) -> bool:
    amount, _ = _of_line(line, drug_class)
    if amount is None:
        return line.drug is None or line.drug.atc != ANTIPLATELET
    return amount > limit


def uncounted(facts: Facts, check: str, drug_class: str) -> tuple[NotChecked, ...]:
    """Lines of the list whose amount of that class cannot be counted."""
    unknown = prescribed(facts.listed, drug_class).unknown
    return tuple(NotChecked(check, name, f"on the list: {why}") for name, why in unknown)


def since(lines: Sequence[OnList]) -> date | None:
    """The day from which all of those lines are on the list; None when one of them has no start."""
    return None if any(line.medicine.start is None for line in lines) else latest_start(lines)


def latest_start(lines: Sequence[OnList]) -> date | None:
    """The latest day a line of them began, of those whose start is known."""
    return max((line.medicine.start for line in lines if line.medicine.start is not None), default=None)


ANTIPLATELET = "B01AC06"
"""The code of aspirin in small doses against clots: without a known amount it is not taken for an NSAID."""
