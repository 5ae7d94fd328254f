"""Everything that the data floor writes of one person as one FHIR bundle, and what comes back of it."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from data_access import (
    exchange_records,
    fhir_care,
    fhir_diary,
    fhir_people,
    fhir_scores,
    fhir_treatment,
    ingest,
    patients,
)
from data_access.engine import reading, writing
from data_access.fhir_nodes import Written, person_address
from data_access.importers import recognise
from data_access.importers.parsed import Account
from data_access.importers.reading import SourceFile
from data_access.ingest import Ingested
from data_access.records import PatientBundle
from tests.data_access.made_up import NOW, TODAY

KINDS = (
    "entries",
    "medications",
    "doses",
    "measures",
    "events",
    "conditions",
    "allergies",
    "goals",
    "actions",
)


def resources(stored: PatientBundle, as_of: date = TODAY) -> list[Written]:
    """Every resource of those records, the patient first."""
    person = person_address(stored.patient.record_number)
    goals = list(fhir_care.of_goals(person, stored.goals))
    conditions = list(fhir_care.of_conditions(person, stored.conditions))
    return [
        (person, fhir_people.patient(stored.patient)),
        *(each for _, parts in fhir_diary.of_entries(person, stored.entries) for each in parts),
        *fhir_treatment.of_medications(person, stored.medications, as_of),
        *fhir_treatment.of_doses(person, stored.doses),
        *fhir_scores.of_measures(person, stored.measures),
        *fhir_care.of_events(person, stored.events, as_of),
        *conditions,
        *fhir_care.of_allergies(person, stored.allergies),
        *goals,
        *fhir_care.plan(person, stored.actions, (), goals, conditions),
    ]


def written(stored: PatientBundle) -> bytes:
    """Those resources as one collection."""
    entries = [
        {"fullUrl": where, "resource": node | {"id": where.removeprefix("urn:uuid:")}}
        for where, node in resources(stored)
    ]
    made = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return json.dumps(made, ensure_ascii=False).encode("utf-8")


def read_back(content: bytes) -> tuple[PatientBundle, Account]:
    """The one patient of the file and the account of reading it."""
    parsed = recognise.parse(SourceFile("document.json", content), TODAY)
    (found,) = parsed.bundles
    return found, parsed.account


def taken_in(engine: Engine, found: PatientBundle) -> Ingested:
    """What became of those records in that database."""
    with writing(engine) as conn:
        return ingest.add(conn, found, now=NOW, as_of=TODAY)


def on_record(engine: Engine, record_number: str) -> PatientBundle:
    """Everything that database holds of the person with that record number."""
    with reading(engine) as conn:
        head = patients.find_by_record(conn, record_number)
        assert head is not None
        return exchange_records.of_patient(conn, head.patient_id)


def said(stored: PatientBundle) -> dict[str, Counter[Any]]:
    """Every field of every record, by kind: not where it came from, and of an owner who has an account the name."""
    return {kind: Counter(_said(record) for record in getattr(stored, kind)) for kind in KINDS}


def _said(record: Any) -> Any:
    bare = replace(record, source_key=None, where="")
    if getattr(bare, "marks", None):
        bare = replace(bare, marks=tuple(sorted(bare.marks, key=lambda mark: mark.region_id)))
    return replace(bare, owner_user_id=None) if hasattr(bare, "owner_user_id") else bare
