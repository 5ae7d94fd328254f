"""Who the records are about: a person who is there already, or a new one; never two persons under one number."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data_access import access, patients
from data_access.batches import Before
from data_access.engine import lock_patient
from data_access.ingest import validity
from data_access.patients import PatientHead
from data_access.records import PatientBundle, PatientRecord, Rejection
from data_access.tables import patients as patient_rows


@dataclass(frozen=True, slots=True)
class Settled:
    """The person, locked for this transaction; `patient_id` 0 when the records cannot be anybody's.

    `filled` is what they knew of the person and the record did not, `joined` who cares for them with it.
    """

    patient_id: int
    created: bool
    rejected: tuple[Rejection, ...]
    filled: Before = field(default_factory=dict)
    joined: tuple[int, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the person is new, or more is known of them than before."""
        return self.created or bool(self.filled)


def settle(conn: sa.Connection, bundle: PatientBundle, *, now: datetime, as_of: date) -> Settled:
    """Finds or creates the person. Another date of birth under the same number refuses everything: it is a mix-up."""
    person = bundle.patient
    if reason := _refusal(person, as_of):
        return _refused(reason)
    head = patients.find_by_record(conn, person.record_number)
    if head is None and (patient_id := _create(conn, bundle, now)):
        access.join_care_team(conn, patient_id, frozenset(bundle.care_team))
        return Settled(patient_id, created=True, rejected=())
    head = head or patients.find_by_record(conn, person.record_number)
    if head is None:
        return _refused("the person could not be added")
    lock_patient(conn, head.patient_id)
    if head.birth_date and person.birth_date and head.birth_date != person.birth_date:
        return _refused("another date of birth is on record under this record number")
    filled = _fill_gaps(conn, head, bundle if bundle.fills_person else _without_person(bundle))
    joined = access.join_care_team(conn, head.patient_id, frozenset(bundle.care_team))
    return Settled(head.patient_id, False, _kept(head, person), filled, joined)


def _create(conn: sa.Connection, bundle: PatientBundle, now: datetime) -> int | None:
    try:
        with conn.begin_nested():
            patient_id = patients.create(conn, bundle.patient, bundle.team_id, patients.new_link_id(), now)
    except sa.exc.IntegrityError:
        return None  # somebody else added the same person this very moment
    lock_patient(conn, patient_id)
    return patient_id


def _refusal(person: PatientRecord, as_of: date) -> str:
    if not person.record_number.strip():
        return "the record number is empty"
    if person.birth_date and person.birth_date > as_of:
        return "the date of birth is in the future"
    return validity.refusal(patient_rows, {name: getattr(person, name) for name in PERSON})


PERSON = ("record_number", "family_name", "given_name", "birth_date", "sex")


def _refused(reason: str) -> Settled:
    return Settled(0, created=False, rejected=(Rejection("patient", "patient", reason),))


def _kept(head: PatientHead, person: PatientRecord) -> tuple[Rejection, ...]:
    names = [name for name in ("family_name", "given_name") if _differs(getattr(head, name), getattr(person, name))]
    if person.sex != "unknown" and head.sex not in ("unknown", person.sex):
        names.append("sex")
    why = "another one is on record; it was kept"
    return tuple(Rejection("patient", name.replace("_", " "), why) for name in names)


def _differs(held: str, said: str) -> bool:
    return bool(held and said) and held != said


def _without_person(bundle: PatientBundle) -> PatientBundle:
    return replace(bundle, patient=PatientRecord(bundle.patient.record_number, ""))


def _fill_gaps(conn: sa.Connection, head: PatientHead, bundle: PatientBundle) -> Before:
    said = bundle.patient
    full = replace(
        said,
        family_name=head.family_name or said.family_name,
        given_name=head.given_name or said.given_name,
        birth_date=head.birth_date or said.birth_date,
        sex=said.sex if head.sex == "unknown" else head.sex,
    )
    known: dict[str, Any] = {name: getattr(full, name) for name in PERSON}
    known["team_id"] = head.team_id if head.team_id is not None else bundle.team_id
    filled = {name: (held, new) for name, new in known.items() if (held := getattr(head, name)) != new}
    if filled:
        known["search_name"] = patients.search_name(full)
        conn.execute(sa.update(patient_rows).where(patient_rows.c.patient_id == head.patient_id).values(known))
    return filled
