"""The sets of inflammatory back pain (ASAS 2009, Calin, Berlin) and the NICE NG65 referral checklist (reference 8.1).

They describe inflammatory back pain, no diagnosis. A set that is not met excludes nothing.
"""

from dataclasses import dataclass
from typing import Literal

from clinical import reviewed
from clinical.pointers.facts import Item, both
from clinical.pointers.known import Known, item

Outcome = Literal["met", "exactly_three", "not_met", "not_enough", "does_not_apply"]


@dataclass(frozen=True, slots=True)
class BackPainSet:
    """One set: its conditions (all must hold), its items, and what follows; percentages as published, None if none."""

    code: str
    title: str
    needed: int
    outcome: Outcome
    conditions: tuple[Item, ...]
    items: tuple[Item, ...]
    sensitivity: float | None
    specificity: float | None
    validation: str
    source: str
    evidence: str

    @property
    def present(self) -> int:
        """How many items hold."""
        return sum(one.state == "yes" for one in self.items)

    @property
    def unknown(self) -> int:
        """How many items are not known."""
        return sum(one.state == "unknown" for one in self.items)


_SETS = reviewed.rows("back_pain_sets")
_ITEMS = reviewed.rows("back_pain_items")
CODES: tuple[str, ...] = tuple(row["set"] for row in _SETS)
PROMPTING = ("asas", "berlin")
"""The sets that prompt, at their published rule: Calin fires often in fibromyalgia, NG65 is a checklist [P]."""
HLA_B27_AT = 3
"""NG65: with exactly so many of its items and none unknown, HLA-B27, and refer if it is positive."""


def back_pain_sets(known: Known) -> tuple[BackPainSet, ...]:
    """Every set in the order of its table."""
    return tuple(_set(known, row) for row in _SETS)


def prompted(sets: tuple[BackPainSet, ...]) -> tuple[str, ...]:
    """The sets that are met and may prompt."""
    return tuple(each.code for each in sets if each.code in PROMPTING and each.outcome == "met")


def _set(known: Known, row: reviewed.Row) -> BackPainSet:
    rows = [each for each in _ITEMS if each["set"] == row["set"]]
    conditions = tuple(item(known, each["item"], each) for each in rows if each["role"] == "condition")
    items = tuple(item(known, each["item"], each) for each in rows if each["role"] == "item")
    needed = int(row["needed"])
    return BackPainSet(
        code=row["set"],
        title=row["title"],
        needed=needed,
        outcome=_outcome(row["set"], needed, conditions, items),
        conditions=conditions,
        items=items,
        sensitivity=_percent(row["sensitivity"]),
        specificity=_percent(row["specificity"]),
        validation=row["validation"],
        source=row["source"],
        evidence=row["evidence"],
    )


def _percent(text: str) -> float | None:
    return float(text) if text else None


def _outcome(code: str, needed: int, conditions: tuple[Item, ...], items: tuple[Item, ...]) -> Outcome:
    """What can be said; an unknown item never counts against the set."""
    holds = both([one.state for one in conditions])
    if holds == "no":
        return "does_not_apply"
    present = sum(one.state == "yes" for one in items)
    unknown = sum(one.state == "unknown" for one in items)
    least = HLA_B27_AT if code == "ng65" else needed
    if present + unknown < least:
        return "not_met"
    if holds == "unknown":
        return "not_enough"
    if present >= needed:
        return "met"
    if unknown:
        return "not_enough"
    return "exactly_three" if code == "ng65" and present == HLA_B27_AT else "not_met"
