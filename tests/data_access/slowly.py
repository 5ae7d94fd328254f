"""The day rows again, in plain Python from the source rows: the oracle for what the product computes with arrays."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinical.body_map import PRESENT, REGION_COUNT, UNMARKED
from data_access.tables import diary_entries, doses, pain_marks

Row = sa.RowMapping
MEANS = (
    "pain", "fatigue", "interference", "sleep_hours", "sleep_quality", "stress", "mood", "stiffness_minutes",
    "sensitivity", "activity",
)  # fmt: skip


def days(conn: sa.Connection, patient_id: int) -> dict[date, dict[str, Any]]:
    """Each day with an entry or a dose, with what a day row holds; None where not answered."""
    entries = defaultdict(list)
    for row in conn.execute(sa.select(diary_entries)).mappings():
        if row["patient_id"] == patient_id and row["day"] is not None and row["status"] == "active":
            entries[row["day"]].append(row)
    marks = defaultdict(list)
    for row in conn.execute(sa.select(pain_marks)).mappings():
        if row["patient_id"] == patient_id:
            marks[row["entry_id"]].append(row)
    taken = defaultdict(list)
    for row in conn.execute(sa.select(doses)).mappings():
        if row["patient_id"] == patient_id and row["day"] is not None:
            taken[row["day"]].append(row)
    return {day: _day(entries[day], marks, taken[day]) for day in sorted({*entries, *taken})}


def _day(entries: Sequence[Row], marks: Mapping[int, list[Row]], taken: Sequence[Row]) -> dict[str, Any]:
    made: dict[str, Any] = {"entries": len(entries)}
    for name in MEANS:
        answers = [entry[name] for entry in entries if entry[name] is not None]
        made[name] = math.fsum(answers) / len(answers) if answers else None
    pains = [entry["pain"] for entry in entries if entry["pain"] is not None]
    made["pain_worst"] = max(pains, default=None)
    answers = [entry["flare"] for entry in entries if entry["flare"] is not None]
    made["flare"] = any(answers) if answers else None
    made["regions"] = _map([mark for entry in entries if entry["has_map"] for mark in marks[entry["entry_id"]]])
    if not any(entry["has_map"] for entry in entries):
        made["regions"] = None
    made["spread"] = None if made["regions"] is None else sum(1 for value in made["regions"] if _hurts(value))
    made["rescue_doses"] = sum(1 for dose in taken if dose["as_needed"] and dose["taken"])
    return made


def _hurts(value: int) -> bool:
    return value == PRESENT or 1 <= value <= 10


def _map(marks: Sequence[Row]) -> bytes:
    worst = [UNMARKED] * REGION_COUNT
    for mark in marks:
        value = PRESENT if mark["intensity"] is None else mark["intensity"]
        if _weight(value) > _weight(worst[mark["region"]]):
            worst[mark["region"]] = value
    return bytes(worst)


def _weight(value: int) -> float:
    # An intensity says more than a mark without one, which says more than a marked 0.
    return {UNMARKED: -1.0, 0: 0.0, PRESENT: 0.5}.get(value, float(value))
