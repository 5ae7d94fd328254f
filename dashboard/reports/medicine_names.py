"""Medicines told apart and named: the same medicine and strength once, a strength never cut off a long name."""

import re
from collections.abc import Sequence
from datetime import date

from clinical.findings import Medicine
from dashboard.services.medication_use import standing

_STRENGTH = re.compile(
    r"\d[\d.,]*\s?(?:mg|mcg|micrograms?|µg|ug|g|ml|iu|unt|units?|meq|%)(?:\s?/\s?(?:\d[\d.,]*\s?)?(?:mg|mcg|g|ml|hr?|actuat))?(?!\w)",
    re.IGNORECASE,
)

DAY_UNKNOWN = ", on a day that is not recorded"
"""How an import says that a medicine is over of which it knows no more: no reason for stopping."""


def by_strength(medicines: Sequence[Medicine], as_of: date) -> list[list[Medicine]]:
    """Groups of the same medicine and dose, running and regular ones first; the one that tells most is the last."""
    grouped: dict[tuple[str, float | None, str, bool, str], list[Medicine]] = {}
    for medicine in medicines:
        key = (medicine.name.casefold(), medicine.dose, medicine.unit, medicine.as_needed, medicine.kind)
        grouped.setdefault(key, []).append(medicine)
    groups = [sorted(same, key=lambda m: (not _over(m, as_of), m.start or date.min)) for same in grouped.values()]
    return sorted(groups, key=lambda same: (_over(same[-1], as_of), same[-1].as_needed, same[-1].name))


def _over(medicine: Medicine, as_of: date) -> bool:
    return standing(medicine, as_of) == "stopped"


def fitting(name: str, most: int) -> str:
    """The name in about `most` characters: words go, strengths stay ('12 HR Oxycodone Hydrochloride 60 MG …')."""
    if len(name) <= most:
        return name
    found = list(_STRENGTH.finditer(name))
    if not found:
        return f"{name[: most - 1].rstrip()}…"
    if found[-1].end() < most:
        return f"{name[: found[-1].end()]} …"
    strengths = " / ".join(each.group() for each in found[:_MOST_STRENGTHS])
    room = max(most - len(strengths) - 2, 12)
    return f"{name[: min(room, found[0].start())].rstrip()}… {strengths}"


_MOST_STRENGTHS = 4
