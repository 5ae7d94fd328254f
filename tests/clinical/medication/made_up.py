"""Invented lists and logs of medicines, short to write."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from clinical.medication import Condition, DoseTable, Person, Prompt, Review, review
from clinical.record import Medicine

TODAY = date(2026, 11, 22)
FIBROMYALGIA = Condition("Fibromyalgia", "203082005", date(2020, 1, 1))

Taken = tuple[int, str, float | None, str, str]
"""Days before today, medicine, dose, unit, time ('' not known)."""


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def log(*taken: Taken, route: str = "oral", declined: Sequence[tuple[int, str]] = ()) -> DoseTable:
    """Those doses, and medicines declared not taken on a day (days before today, medicine)."""
    rows = [*((*dose, True) for dose in taken), *((days, name, None, "", "", False) for days, name in declined)]
    return DoseTable(
        day=np.array([np.datetime64(ago(row[0])) for row in rows], "datetime64[D]"),
        medicine=np.array([row[1] for row in rows], object),
        dose=np.array([np.nan if row[2] is None else row[2] for row in rows], np.float32),
        unit=np.array([row[3] for row in rows], object),
        as_needed=np.zeros(len(rows), np.bool_),
        taken=np.array([row[5] for row in rows], np.bool_),
        route=np.full(len(rows), route, object),
        minute=np.array([_minute(row[4]) for row in rows], np.int32),
    )


def _minute(at: str) -> int:
    return int(at[:2]) * 60 + int(at[3:]) if at else -1


def prescribed(
    name: str, dose: float | None = None, unit: str = "mg", frequency: str = "once a day", **more: object
) -> Medicine:
    """A line of the list that began a year ago, by mouth."""
    given: dict[str, object] = {"start": ago(365), "route": "oral", **more}
    return Medicine(name, dose=dose, unit=unit if dose is not None else "", frequency=frequency, **given)  # type: ignore[arg-type]


def reviewed(*medicines: Medicine, doses: DoseTable | None = None, person: Person | None = None) -> Review:
    """All checks of today."""
    return review(medicines, log() if doses is None else doses, person or Person(), TODAY)


def checks(found: Review) -> dict[str, Prompt]:
    """The prompts by the name of their check (the gravest where there are several)."""
    return {prompt.check: prompt for prompt in reversed(found.prompts)}
