"""Medicines and doses out as FHIR R4: a MedicationStatement a line of the list, a MedicationAdministration a dose.

A dose that was logged as not taken is `not-done`, never left out. What was not recorded is absent, never zero.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from data_access.fhir_nodes import (
    Node,
    Written,
    addressed,
    concept,
    extended,
    extension,
    identified,
    left_out,
    moment,
    own_concept,
    period,
    quantity,
    recorded,
    reference,
)
from data_access.importers.fhir_medicines import ON_HOLD, is_on_hold
from data_access.records import DoseRecord, MedicationRecord

_ATC = "http://www.whocc.no/atc"
_RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
_REPORTED = ("http://terminology.hl7.org/CodeSystem/medication-statement-category", "patientspecified")


def of_medications(person: str, records: Sequence[MedicationRecord], as_of: date) -> Iterator[Written]:
    """One statement for each line of the list, ended ones too; `as_of` tells which have ended."""
    for own, record in addressed(person, "medication", records):
        yield own, identified(_statement(person, record, as_of), own)


def of_doses(person: str, records: Sequence[DoseRecord]) -> Iterator[Written]:
    """One administration for each logged dose, those that were not taken too."""
    for own, record in addressed(person, "dose", records):
        yield own, identified(_administration(person, record), own)


def _statement(person: str, record: MedicationRecord, as_of: date) -> Node:
    node: Node = {
        "resourceType": "MedicationStatement",
        "status": _status(record, as_of),
        "category": _category(record),
        "medicationCodeableConcept": _medicine(record),
        "subject": reference(person),
        "dosage": [_dosage(record)],
    }
    if during := period(record.start_day, record.end_day):
        node["effectivePeriod"] = during
    if record.reason_stopped:
        node["statusReason"] = [{"text": record.reason_stopped}]
    return extended(node, _unit_alone(record))


def _status(record: MedicationRecord, as_of: date) -> str:
    """How it stands that day, by the one rule for it: it is on the list through its last day (`listing.runs_on`)."""
    if record.end_day is None and record.reason_stopped:
        return ON_HOLD if is_on_hold(record) else "stopped"
    if record.end_day is not None and record.end_day < as_of:
        return "stopped" if record.reason_stopped else "completed"
    return "intended" if record.start_day is not None and record.start_day > as_of else "active"


def _category(record: MedicationRecord) -> Node:
    """Who says that it is taken: only what the person reports has a code in R4."""
    if record.kind == "reported":
        return concept(_REPORTED, "reported by the person")
    return own_concept("prescribed", "prescribed")


def _medicine(record: MedicationRecord) -> Node:
    codes = [recorded(_ATC, record.atc, ""), recorded(_RXNORM, record.rxnorm, "")]
    codings = [coding for each in codes for coding in each.get("coding", ())]
    return ({"coding": codings} if codings else {}) | {"text": record.medicine}


def _dosage(record: MedicationRecord) -> Node:
    node: Node = {"asNeededBoolean": record.as_needed}
    if record.frequency:
        node["text"] = record.frequency
    if record.route:
        node["route"] = {"text": record.route}
    if record.dose is not None:
        node["doseAndRate"] = [{"doseQuantity": quantity(record.dose, record.unit)}]
    return node


def _administration(person: str, record: DoseRecord) -> Node:
    node: Node = {
        "resourceType": "MedicationAdministration",
        "status": "completed" if record.taken else "not-done",
        "medicationCodeableConcept": {"text": record.medicine},
        "subject": reference(person),
        **(moment("effectiveDateTime", record.day, record.at_time) or {"_effectiveDateTime": left_out()}),
    }
    route = {"route": {"text": record.route}} if record.route else {}
    if record.dose is not None:
        node["dosage"] = {**route, "dose": quantity(record.dose, record.unit)}
    elif record.route:
        node = extended(node, [extension("route", valueString=record.route)])  # R4 has no route without a dose
    needed = [extension("as-needed", valueBoolean=True)] if record.as_needed else []
    return extended(node, [*needed, *_unit_alone(record)])


def _unit_alone(record: MedicationRecord | DoseRecord) -> list[Node]:
    alone = record.dose is None and record.unit
    return [extension("unit", valueString=record.unit)] if alone else []
