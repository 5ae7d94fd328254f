"""The people who are cared for: who they are, how a link or a search finds them, who cares for them."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data_access.records import PatientRecord, Sex
from data_access.tables import audit_heads, care_team_members, import_undos, patients, users
from data_access.text import begins_a_word, bytewise, folded

LONGEST_SEARCH_NAME = 320
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class PatientHead:
    """Who it is. `link_id` is the only thing that may stand in a URL; `data_version` moves with every change."""

    patient_id: int
    link_id: str
    record_number: str
    family_name: str
    given_name: str
    birth_date: date | None
    sex: Sex
    team_id: int | None
    synthetic: bool
    data_version: int


@dataclass(frozen=True, slots=True)
class Member:
    """One of the people who care for a patient; `discipline` None where their role has none."""

    user_id: int
    name: str
    discipline: str | None


HEAD_COLUMNS = (
    patients.c.patient_id,
    patients.c.link_id,
    patients.c.record_number,
    patients.c.family_name,
    patients.c.given_name,
    patients.c.birth_date,
    patients.c.sex,
    patients.c.team_id,
    patients.c.synthetic,
    patients.c.data_version,
)

# Built once: every run of every page asks for one of them.
_BY_NUMBER = sa.select(*HEAD_COLUMNS).where(patients.c.patient_id == sa.bindparam("wanted"))
_BY_LINK = sa.select(*HEAD_COLUMNS).where(patients.c.link_id == sa.bindparam("wanted"))
_BY_RECORD = sa.select(*HEAD_COLUMNS).where(patients.c.record_number == sa.bindparam("wanted"))
_CARE_TEAM = (
    sa.select(users.c.user_id, users.c.name, users.c.discipline)
    .join(care_team_members, care_team_members.c.user_id == users.c.user_id)
    .where(care_team_members.c.patient_id == sa.bindparam("patient_id"), users.c.active)
    .order_by(users.c.user_id)
)


def new_link_id() -> str:
    """A fresh opaque id for links: 128 random bits, it says nothing about the person."""
    return secrets.token_hex(16)


def search_name(record: PatientRecord) -> str:
    """What a search looks through: the folded family name, given name and record number."""
    return folded(f"{record.family_name} {record.given_name} {record.record_number}")[:LONGEST_SEARCH_NAME]


def create(conn: sa.Connection, record: PatientRecord, team_id: int | None, link_id: str, now: datetime) -> int:
    """The number of the new patient. The record number and the link must be new.

    A number whose person was taken back is never given to another person: what was recorded of it stays about it.
    """
    patient_id = _new_number(conn)
    conn.execute(
        sa.insert(patients).values(
            patient_id=patient_id,
            link_id=link_id,
            record_number=record.record_number,
            family_name=record.family_name,
            given_name=record.given_name,
            search_name=search_name(record),
            birth_date=record.birth_date,
            sex=record.sex,
            team_id=team_id,
            synthetic=record.synthetic,
            created_at=now,
        )
    )
    return patient_id


_GIVEN = sa.union_all(
    *(sa.select(sa.func.max(table.c.patient_id).label("highest")) for table in (patients, audit_heads, import_undos))
).subquery()
_HIGHEST = sa.select(sa.func.coalesce(sa.func.max(_GIVEN.c.highest), 0))
_NEXT = sa.select(sa.func.nextval(sa.func.pg_get_serial_sequence("patients", "patient_id")))


def _new_number(conn: sa.Connection) -> int:
    """A number that nobody has or ever had; SQLite would give the highest again once its row is gone."""
    highest = int(conn.execute(_HIGHEST).scalar_one())
    if conn.dialect.name != "postgresql":
        return highest + 1
    # Two at once get two numbers from the sequence; one that was restored or filled in by hand may lie behind.
    while (number := int(conn.execute(_NEXT).scalar_one())) <= highest:
        pass
    return number


def head(conn: sa.Connection, patient_id: int) -> PatientHead | None:
    """The patient of that number, None where there is none."""
    return _one(conn, _BY_NUMBER, patient_id)


def heads(conn: sa.Connection, patient_ids: Collection[int]) -> dict[int, PatientHead]:
    """What heads each of those patients' pages; who is not there is not in it."""
    rows = conn.execute(sa.select(*HEAD_COLUMNS).where(patients.c.patient_id.in_(sorted(patient_ids))))
    return {row.patient_id: _head(row) for row in rows}


def find_by_link(conn: sa.Connection, link_id: str) -> PatientHead | None:
    """The patient behind that link, None where there is none."""
    return _one(conn, _BY_LINK, link_id)


def find_by_record(conn: sa.Connection, record_number: str) -> PatientHead | None:
    """The patient with that record number, None where there is none."""
    return _one(conn, _BY_RECORD, record_number)


def _one(conn: sa.Connection, query: sa.Select[*tuple[Any, ...]], wanted: int | str) -> PatientHead | None:
    row = conn.execute(query, {"wanted": wanted}).one_or_none()
    return None if row is None else _head(row)


def _head(row: sa.Row[*tuple[Any, ...]]) -> PatientHead:
    return PatientHead(*row)


def numbers(conn: sa.Connection) -> list[int]:
    """The number of every patient, ascending."""
    return list(conn.execute(sa.select(patients.c.patient_id).order_by(patients.c.patient_id)).scalars())


_IMPORTED = sa.select(sa.exists().where(sa.not_(patients.c.synthetic)))


def any_imported(conn: sa.Connection) -> bool:
    """Whether somebody on record was not invented for a demonstration."""
    return bool(conn.execute(_IMPORTED).scalar())


def search(conn: sa.Connection, text: str, teams: Collection[int] | None, limit: int = 12) -> list[PatientHead]:
    """Patients with a name or record number beginning like each word of the text, by name; `teams` None = all.

    Those whose family name begins with the text come first. An empty text finds nobody.
    """
    wanted = folded(text)
    if not wanted:
        return []
    found = sa.select(*HEAD_COLUMNS).where(matches(wanted))
    if teams is not None:
        found = found.where(patients.c.team_id.in_(sorted(teams)))
    starts = sa.case((patients.c.search_name.startswith(wanted, autoescape=True), 0), else_=1)
    ordered = found.order_by(starts, bytewise(patients.c.search_name), patients.c.patient_id).limit(limit)
    return [_head(row) for row in conn.execute(ordered)]


def matches(wanted: str) -> sa.ColumnElement[bool]:
    """The condition that each word of a folded text begins a word of the name or record number."""
    return sa.and_(*(begins_a_word(patients.c.search_name, word) for word in wanted.split()[:MOST_WORDS]))


def care_team(conn: sa.Connection, patient_id: int) -> list[Member]:
    """The active users who care for that patient, in the order they joined the clinic."""
    return [Member(*row) for row in conn.execute(_CARE_TEAM, {"patient_id": patient_id})]


def changed(conn: sa.Connection, patient_id: int) -> None:
    """Moves the patient's data version on: whatever was cached for the old one is not asked for again."""
    version = patients.c.data_version
    conn.execute(sa.update(patients).where(patients.c.patient_id == patient_id).values({version: version + 1}))
