"""Assessments of the fibromyalgia criteria as clinicians recorded them. They are only ever added.

A correction is a new assessment that names the one it replaces; both stay on record.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa

from data_access import derived
from data_access.engine import lock_patient
from data_access.errors import Conflict
from data_access.tables import criteria_assessments


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessment: the areas confirmed and those estimated, the symptom items (None: not asked), who and when.

    `fatigue`, `unrefreshed`, `cognitive` 0-3; `headache`, `abdominal`, `depression` 0-1; `months` at this level.
    `replaces` is the assessment that this one corrects; `assessment_id` 0 before it is stored.
    """

    day: date
    areas: tuple[str, ...]
    estimate_areas: tuple[str, ...]
    reading: Literal["strict", "extended"]
    fatigue: int | None
    unrefreshed: int | None
    cognitive: int | None
    headache: int | None
    abdominal: int | None
    depression: int | None
    months: float | None
    other_disorder: bool | None
    remark: str
    replaces: int | None
    user_name: str
    assessed_at: datetime
    assessment_id: int = 0


_SAID = (
    "day", "reading", "fatigue", "unrefreshed", "cognitive", "headache", "abdominal", "depression", "months",
    "other_disorder", "remark", "replaces", "user_name", "assessed_at",
)  # fmt: skip


def listed(conn: sa.Connection, patient_id: int) -> list[Assessed]:
    """Every assessment by day, then in the order they came in; replaced ones too."""
    c = criteria_assessments.c
    query = sa.select(criteria_assessments).where(c.patient_id == patient_id)
    return [_assessed(row) for row in conn.execute(query.order_by(c.day, c.assessment_id))]


def _assessed(row: sa.Row[*tuple[Any, ...]]) -> Assessed:
    said = {name: getattr(row, name) for name in _SAID}
    areas, estimated = _named(row.areas), _named(row.estimate_areas)
    return Assessed(areas=areas, estimate_areas=estimated, assessment_id=row.assessment_id, **said)


def _named(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|")) if joined else ()


def record(conn: sa.Connection, patient_id: int, made: Assessed, *, user_id: int, as_of: date) -> int:
    """The number of the new assessment. Raises Conflict when what it replaces was replaced by somebody else."""
    lock_patient(conn, patient_id)
    c = criteria_assessments.c
    if made.replaces is not None:
        _require_unreplaced(conn, patient_id, made.replaces)
    last = conn.execute(sa.select(sa.func.max(c.assessment_id)).where(c.patient_id == patient_id)).scalar()
    number: int = (last or 0) + 1
    conn.execute(
        sa.insert(criteria_assessments).values(
            patient_id=patient_id,
            assessment_id=number,
            areas="|".join(made.areas),
            estimate_areas="|".join(made.estimate_areas),
            user_id=user_id,
            source="clinic",
            **{name: getattr(made, name) for name in _SAID},
        )
    )
    derived.refresh(conn, patient_id, as_of, ())
    return number


def _require_unreplaced(conn: sa.Connection, patient_id: int, assessment_id: int) -> None:
    c = criteria_assessments.c
    query = sa.select(c.assessment_id).where(c.patient_id == patient_id, c.replaces == assessment_id)
    if conn.execute(query).first() is not None:
        raise Conflict(
            "This assessment was corrected in the meantime.",
            "Nothing was written; what you filled in is still there.",
            "Look at the one that stands now, and correct that if it is still wrong.",
        )
