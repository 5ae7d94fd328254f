"""Files that came in: each with its hash, who brought it, and what became of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data_access.tables import import_batches


@dataclass(frozen=True, slots=True)
class Batch:
    """One file that was imported. `finished_at` None: it was interrupted; the patients it finished are whole."""

    batch_id: int
    file_name: str
    sha256: str
    format: str
    user_id: int | None
    started_at: datetime
    finished_at: datetime | None
    report: Mapping[str, Any]


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
        file_name=file_name[-255:], sha256=sha256, format=format, user_id=user_id, started_at=now
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


def listed(conn: sa.Connection) -> list[Batch]:
    """Every batch, the latest first."""
    query = sa.select(*import_batches.c).order_by(import_batches.c.batch_id.desc())
    return [_batch(row) for row in conn.execute(query)]


def _batch(row: sa.Row[*tuple[Any, ...]]) -> Batch:
    report = json.loads(row.report) if row.report else {}
    return Batch(
        row.batch_id,
        row.file_name,
        row.sha256,
        row.format,
        row.user_id,
        row.started_at,
        row.finished_at,
        report,
    )
