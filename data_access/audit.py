"""The audit trail: one SHA-256 chain of events per patient (number 0: everything else), each end anchored.

Each event's hash covers all its fields and the hash before it, so a changed, removed, inserted or moved event breaks
the chain where it happened; the anchored head (count and hash) gives away a tail that was cut off.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from data_access.tables import audit_events, audit_heads

BEGINNING = "0" * 64
"""The 'hash before' of the first event of a chain."""
_LONGEST_RESOURCE = 120
_READ_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Who did what, when; `patient_id` 0 where it concerns no single patient."""

    patient_id: int
    seq: int
    at: datetime
    user_id: int | None
    role: str
    action: str
    resource: str
    detail: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """One place where a chain is not as it was written; `seq` is the first event concerned."""

    patient_id: int
    seq: int
    what: str


def record(
    conn: sa.Connection,
    *,
    user_id: int | None,
    role: str,
    action: str,
    now: datetime,
    patient_id: int = 0,
    resource: str = "",
    detail: str = "",
) -> int:
    """The place of the new event in its chain; it is kept or lost together with what the transaction writes.

    Writers of one chain wait for each other here. `resource` and `detail` hold ids, counts and reasons, never content.
    """
    events, last_hash = _head_for_update(conn, patient_id)
    fields = (patient_id, events + 1, now, user_id, role, action, resource[:_LONGEST_RESOURCE], detail, last_hash)
    event = AuditEvent(*fields, hash=_hash(fields))
    conn.execute(sa.insert(audit_events).values({c: getattr(event, c.name) for c in audit_events.c}))
    grown = sa.update(audit_heads).where(audit_heads.c.patient_id == patient_id)
    conn.execute(grown.values(events=event.seq, hash=event.hash))
    return event.seq


def hold(conn: sa.Connection, patient_id: int) -> None:
    """Keeps that chain for this transaction, as `record` does: for a writer whose event is recorded last.

    Services take the chain before the patient; one that took it after would wait for another in a circle.
    """
    _head_for_update(conn, patient_id)


def _head_for_update(conn: sa.Connection, patient_id: int) -> tuple[int, str]:
    h = audit_heads.c
    query = sa.select(h.events, h.hash).where(h.patient_id == patient_id).with_for_update()
    found = conn.execute(query).one_or_none()
    if found is None:
        # Two first events at once: the second waits here for the first, then takes its number from it.
        insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
        first = insert(audit_heads).values(patient_id=patient_id, events=0, hash=BEGINNING)
        conn.execute(first.on_conflict_do_nothing())
        found = conn.execute(query).one()
    return found.events, found.hash


def _hash(fields: tuple[Any, ...]) -> str:
    patient_id, seq, at, *rest = fields
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps([patient_id, seq, instant, *rest], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def listed(conn: sa.Connection, patient_id: int) -> list[AuditEvent]:
    """The events of one chain, oldest first."""
    query = sa.select(*audit_events.c).where(audit_events.c.patient_id == patient_id).order_by(audit_events.c.seq)
    return [AuditEvent(*row) for row in conn.execute(query)]


def verify(conn: sa.Connection) -> list[Break]:
    """Every place where a chain is not as it was written; an empty list when all chains are sound."""
    heads = {row.patient_id: (row.events, row.hash) for row in conn.execute(sa.select(*audit_heads.c))}
    breaks: list[Break] = []
    for patient_id, events in groupby(_events(conn), key=lambda event: event.patient_id):
        breaks += _chain_breaks(patient_id, events, heads.pop(patient_id, None))
    breaks += (Break(patient_id, 1, "every event of the chain is missing") for patient_id in heads)
    return sorted(breaks, key=lambda found: (found.patient_id, found.seq))


def _events(conn: sa.Connection) -> Iterator[AuditEvent]:
    query = sa.select(*audit_events.c).order_by(audit_events.c.patient_id, audit_events.c.seq)
    # On the statement, not on the connection: there it would make server cursors of all that follows.
    for row in conn.execute(query.execution_options(yield_per=_READ_AT_ONCE)):
        yield AuditEvent(*row)


def _chain_breaks(patient_id: int, events: Iterable[AuditEvent], head: tuple[int, str] | None) -> Iterator[Break]:
    last_seq, last_hash = 0, BEGINNING
    for event in events:
        if event.seq != last_seq + 1:
            yield Break(patient_id, last_seq + 1, f"events {last_seq + 1} to {event.seq - 1} are missing")
        elif event.previous_hash != last_hash:
            yield Break(patient_id, event.seq, "the event does not follow the one before it")
        if event.hash != _hash_of(event):
            yield Break(patient_id, event.seq, "the event was changed after it was written")
        last_seq, last_hash = event.seq, event.hash
    if head is None:
        yield Break(patient_id, last_seq, "the anchored end of the chain is missing")
    elif head != (last_seq, last_hash):
        yield Break(patient_id, min(last_seq, head[0]) + 1, "the chain does not end where it was anchored")


def _hash_of(event: AuditEvent) -> str:
    return _hash(
        (
            event.patient_id,
            event.seq,
            event.at,
            event.user_id,
            event.role,
            event.action,
            event.resource,
            event.detail,
            event.previous_hash,
        )
    )
