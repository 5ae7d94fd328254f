"""FHIR documents of people in a database, as the Share page makes them."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from clinical.diary import Period
from dashboard.periods import Periods
from dashboard.reports import fhir_document
from dashboard.reports.compose import compose
from dashboard.reports.fhir_document import Parties
from dashboard.reports.record import Author, Order, Record
from dashboard.services import report_record
from data_access import exchange_records, patients
from data_access.engine import reading
from data_access.records import PatientBundle
from tests.conftest import AS_OF, NOW

AUTHOR = Author("Dr A. Invented", "medicine")
FOUR_WEEKS = Period(AS_OF.replace(month=10, day=26), AS_OF)
ASKED = Order(
    recipient="Pain service",
    question="Is <b>CRPS</b> likely & what next?",
    urgency="soon",
    consent="yes, on record",
    reason="Pain is spreading.",
)
Node = dict[str, Any]


def loaded(engine: Engine, number: str, period: Period | None = FOUR_WEEKS) -> tuple[Record, PatientBundle]:
    """The record of that person over four weeks, and their stored rows of that period; None: of all time."""
    with reading(engine) as conn:
        head = patients.find_by_record(conn, number)
        assert head is not None
        chosen = period or FOUR_WEEKS
        record = report_record.read(conn, head.patient_id, Periods(chosen, chosen.before(), "28d"), AS_OF)
        return record, exchange_records.of_patient(conn, head.patient_id, period)


def document(
    record: Record, stored: PatientBundle, order: Order = ASKED, *, signed: bool = True, everything: bool = False
) -> Node:
    """The bundle as ordered; `everything`: with the whole record, not only what its words tell."""
    made = compose(record, order, AUTHOR, signed_at=NOW if signed else None)
    return fhir_document.bundle(record, made, Parties(stored, AUTHOR, order, everything=everything), now=NOW)


def ordered(template: str, *sections: str) -> Order:
    """An order of that kind with those sections, its short set where none are named."""
    return replace(ASKED, template=template, sections=sections)


def resources(bundle: Node, kind: str = "") -> list[Node]:
    """Its resources, or those of that kind."""
    found = [each["resource"] for each in bundle["entry"]]
    return [node for node in found if not kind or node["resourceType"] == kind]


def sections(bundle: Node) -> dict[str, Node]:
    """The sections of the Composition by our code."""
    found = resources(bundle, "Composition")[0]["section"]
    return {section["code"]["coding"][-1]["code"]: section for section in found}


def references(node: object) -> set[str]:
    """Every address that something in there refers to."""
    if isinstance(node, dict):
        own = {node["reference"]} if isinstance(node.get("reference"), str) else set()
        return own.union(*map(references, node.values())) if node else own
    return set().union(*map(references, node)) if isinstance(node, list) and node else set()
