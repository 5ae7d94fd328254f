"""Files that came in: each with its hash, who brought it, what became of it, and whom it added something to."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data_access.errors import Conflict
from data_access.tables import batch_patients, import_batches, import_undos, patients

Before = Mapping[str, tuple[Any, Any]]
"""By column of the person, what stood there and what the file filled in instead."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One file that was imported. `finished_at` None: it was interrupted; the patients it finished are whole.

    `undone_at` None: what it added stands. `kept`: whom it reached is on record, so that it can be taken back.
    """

    batch_id: int
    file_name: str
    sha256: str
    format: str
    user_id: int | None
    started_at: datetime
    finished_at: datetime | None
    report: Mapping[str, Any]
    undone_at: datetime | None = None
    undone_by: int | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """What a batch did to one patient: made the person, added rows (by kind), filled in gaps of the person.

    `joined`: users who became members of the care team with it.
    """

    patient_id: int
    created: bool = False
    added: Mapping[str, int] = field(default_factory=dict)
    filled: Before = field(default_factory=dict)
    joined: tuple[int, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether all was there already."""
        return not (self.created or self.added or self.filled or self.joined)


@dataclass(frozen=True, slots=True)
class Undo:
    """Who took a batch back, when and why; `gone` counts the people who were taken back with it."""

    reason: str
    user_name: str
    undone_at: datetime
    gone: int


def start(
    conn: sa.Connection,
    *,
    file_name: str,
    sha256: str,
    format: str,
    user_id: int | None,
    now: datetime,
) -> int:
    """The number of a new batch; it goes with every row the file adds."""
    row = sa.insert(import_batches).values(
        file_name=file_name[-255:], sha256=sha256, format=format, user_id=user_id, started_at=now, kept=True
    )
    key = conn.execute(row).inserted_primary_key
    if key is None:
        raise LookupError("the database gave no number for a new batch")
    return int(key[0])


def finish(conn: sa.Connection, batch_id: int, *, report: Mapping[str, Any], now: datetime) -> None:
    """Closes the batch with its counts."""
    b = import_batches
    closed = sa.update(b).where(b.c.batch_id == batch_id)
    conn.execute(closed.values(finished_at=now, report=json.dumps(report, ensure_ascii=False)))


def require_standing(conn: sa.Connection, batch_id: int) -> None:
    """Returns once nobody can take that batch back before this transaction ends. Raises Conflict where it was."""
    b = import_batches.c
    query = sa.select(b.undone_at).where(b.batch_id == batch_id).with_for_update(read=True)
    if conn.execute(query).scalar() is not None:
        raise Conflict(
            "This import was taken back while it was still running.",
            "Everything it had added was removed again; nothing more is added.",
            "Import the file again if its content is wanted after all.",
        )


def reach(conn: sa.Connection, batch_id: int, reached: Reached) -> None:
    """Keeps whom the batch added something to; what it did to the same person before counts on."""
    b = batch_patients.c
    own = sa.and_(b.patient_id == reached.patient_id, b.batch_id == batch_id)
    row = conn.execute(sa.select(batch_patients).where(own)).one_or_none()
    values = _columns(reached if row is None else _together(_reached(row), reached))
    if row is None:
        conn.execute(sa.insert(batch_patients).values(values | {"batch_id": batch_id}))
    else:
        conn.execute(sa.update(batch_patients).where(own).values(values))


def _together(earlier: Reached, later: Reached) -> Reached:
    return Reached(
        patient_id=earlier.patient_id,
        created=earlier.created or later.created,
        added=Counter(earlier.added) + Counter(later.added),
        filled={**later.filled, **earlier.filled},
        joined=(*earlier.joined, *later.joined),
    )


def _columns(reached: Reached) -> dict[str, Any]:
    before = {name: [_written(each) for each in both] for name, both in reached.filled.items()}
    person = {"filled": before, "joined": list(reached.joined)} if before or reached.joined else None
    return {
        "patient_id": reached.patient_id,
        "created": reached.created,
        "added": json.dumps(dict(reached.added)) if reached.added else "",
        "person_before": json.dumps(person, ensure_ascii=False) if person else "",
    }


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _reached(row: sa.Row[*tuple[Any, ...]]) -> Reached:
    added = json.loads(row.added) if row.added else {}
    person = json.loads(row.person_before) if row.person_before else {"filled": {}, "joined": []}
    filled = {name: _read(name, *both) for name, both in person["filled"].items()}
    return Reached(row.patient_id, row.created, added, filled, tuple(person["joined"]))


def _read(name: str, before: Any, after: Any) -> tuple[Any, Any]:
    if not isinstance(patients.c[name].type, sa.Date):
        return before, after
    was, became = (date.fromisoformat(each) if each else None for each in (before, after))
    return was, became


def reached(conn: sa.Connection, batch_id: int) -> list[Reached]:
    """Whom that batch added something to, by patient number; who was taken back with it is not there."""
    query = sa.select(batch_patients).where(batch_patients.c.batch_id == batch_id)
    return [_reached(row) for row in conn.execute(query.order_by(batch_patients.c.patient_id))]


def reached_by_bytes(conn: sa.Connection, sha256: str) -> list[int]:
    """Whom imports of that very file reached that were not taken back, by patient number."""
    b, i = batch_patients.c, import_batches.c
    joined = batch_patients.join(import_batches, i.batch_id == b.batch_id)
    query = sa.select(b.patient_id).distinct().select_from(joined)
    standing = sa.and_(i.sha256 == sha256, i.undone_at.is_(None))
    return list(conn.execute(query.where(standing).order_by(b.patient_id)).scalars())


def teams(conn: sa.Connection) -> dict[int, dict[int | None, int]]:
    """By batch, how many of the patients it reached are cared for by which team (None: by nobody yet)."""
    b, p = batch_patients.c, patients.c
    joined = batch_patients.join(patients, p.patient_id == b.patient_id)
    query = sa.select(b.batch_id, p.team_id, sa.func.count()).select_from(joined).group_by(b.batch_id, p.team_id)
    found: dict[int, dict[int | None, int]] = defaultdict(dict)
    for batch_id, team_id, count in conn.execute(query):
        found[batch_id][team_id] = count
    return dict(found)


def undos(conn: sa.Connection) -> dict[int, Undo]:
    """By batch that was taken back from somebody: by whom, when and why."""
    u, p = import_undos.c, patients.c
    joined = import_undos.outerjoin(patients, p.patient_id == u.patient_id)
    gone = sa.func.count() - sa.func.count(p.patient_id)
    said = u.batch_id, u.reason, u.user_name, u.undone_at
    query = sa.select(*said, gone).select_from(joined).group_by(*said)
    return {batch_id: Undo(*rest) for batch_id, *rest in conn.execute(query)}


@dataclass(frozen=True, slots=True)
class Brought:
    """A batch by its number alone: who brought it and who took it back, None for nobody."""

    batch_id: int
    user_id: int | None
    undone_by: int | None


def brought(conn: sa.Connection) -> list[Brought]:
    """Every batch without its account, the latest first."""
    b = import_batches.c
    query = sa.select(b.batch_id, b.user_id, b.undone_by).order_by(b.batch_id.desc())
    return [Brought(*row) for row in conn.execute(query)]


def listed(conn: sa.Connection, only: Collection[int] | None = None) -> list[Batch]:
    """Every batch (with `only`: of those numbers), the latest first."""
    query = sa.select(*import_batches.c).order_by(import_batches.c.batch_id.desc())
    if only is not None:
        query = query.where(import_batches.c.batch_id.in_(sorted(only)))
    return [_batch(row) for row in conn.execute(query)]


def _batch(row: sa.Row[*tuple[Any, ...]]) -> Batch:
    return Batch(
        batch_id=row.batch_id,
        file_name=row.file_name,
        sha256=row.sha256,
        format=row.format,
        user_id=row.user_id,
        started_at=row.started_at,
        finished_at=row.finished_at,
        report=json.loads(row.report) if row.report else {},
        undone_at=row.undone_at,
        undone_by=row.undone_by,
        kept=row.kept,
    )
