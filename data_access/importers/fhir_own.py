"""What Flareboard itself wrote, read back exactly: words as they stand, and what R4 has a place for only in extensions.

Our own resources carry our identifier. They have no key of another system: reading them in where they came from adds
nothing, because they say nothing new.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from clinical.goals import LEVELS
from clinical.red_flags import RED_FLAGS
from data_access.importers.fhir_bundle import Resource
from data_access.importers.fhir_codes import FLAREBOARD, Key
from data_access.importers.fhir_readings import NotUsed
from data_access.importers.fhir_shape import Node, codings, number, obj, objects, text
from data_access.importers.fhir_time import bounds, day, of
from data_access.records import (
    ActionRecord,
    AllergyRecord,
    ConditionRecord,
    DoseRecord,
    EventRecord,
    GoalRecord,
    MeasureRecord,
    MedicationRecord,
)

OWN = "urn:flareboard:record"
"""The system of the identifier that our own resources carry."""
INSTRUMENT = "urn:flareboard:instrument"
INTERVENTION = "urn:flareboard:intervention"
MEASURE: Key = (FLAREBOARD, "measure")
EVENT: Key = (FLAREBOARD, "event")
ENTRY: Key = (FLAREBOARD, "diary-entry")
NOT_READ_BACK = {
    "flare-episode": "Observation flare-episode (flares are found again from the diary)",
    "red-flag": "Observation red-flag (asked anew here)",
    "asked": "Observation asked (asked anew here)",
}
"""Observations of ours that say nothing to take over, by code."""
RED_FLAG = "urn:flareboard:red-flag"
Kept = TypeVar("Kept")


def is_own(node: Node) -> bool:
    """Whether Flareboard wrote that resource."""
    return any(text(one, "system") == OWN for one in objects(node, "identifier"))


def kind_of(node: Node) -> str:
    """Which of our own observations that is: 'measure', 'event', 'red-flag' ...; '' for one of another make."""
    if not is_own(node):
        return ""
    codes = codings(obj(node, "code"))
    if any(coding.system == INSTRUMENT for coding in codes):
        return MEASURE[1]
    return next((coding.code for coding in codes if coding.system == FLAREBOARD), "")


def why_not_read_back(node: Node) -> str:
    """Why that observation of ours says nothing to take over; a red flag answered with yes by its name; '' for others.

    It is not on record here until somebody asks: whoever reads the account must learn of it.
    """
    kind = kind_of(node)
    if kind == "red-flag" and node.get("valueBoolean") is True:
        asked = next((c.code for c in codings(obj(node, "code")) if c.system == RED_FLAG), "")
        label = RED_FLAGS[asked].label if asked in RED_FLAGS else "one that is not known here"
        return f"RED FLAG ANSWERED YES, ask now: {label}"
    return NOT_READ_BACK.get(kind, "")


def measure(resource: Resource) -> MeasureRecord:
    """One questionnaire with its score and its answers, in their order. Raises ImpossibleDate."""
    node = resource.node
    score = obj(node, "valueQuantity")
    return MeasureRecord(
        day=of(node, "effective").day,
        instrument=text(obj(node, "code"), "text"),
        score=number(score.get("value")),
        unit=text(score, "unit") or _word(node, "unit"),
        items=tuple(number(obj(part, "valueQuantity").get("value")) for part in objects(node, "component")),
        where=resource.where,
    )


def event(resource: Resource) -> EventRecord:
    """Something that happened, of any kind but a procedure. Raises ImpossibleDate."""
    node = resource.node
    visit = resource.kind == "Encounter"
    return EventRecord(
        day=bounds(obj(node, "period"))[0] if visit else of(node, "effective").day,
        kind=text(obj(node, "type" if visit else "code"), "text"),
        label=text(obj(node, "reasonCode"), "text") if visit else text(node, "valueString"),
        where=resource.where,
    )


def encounter(resource: Resource) -> EventRecord:
    """A visit that was ours to write. Raises NotUsed for one of another make."""
    if not is_own(resource.node):
        raise NotUsed("Encounter")
    return event(resource)


def actions(resource: Resource) -> Iterator[ActionRecord]:
    """The agreed actions among the activities of our plan."""
    for activity in objects(resource.node, "activity"):
        detail = obj(activity, "detail")
        if any(coding.system == INTERVENTION for coding in codings(obj(detail, "code"))):
            continue
        yield ActionRecord(
            title=text(detail, "description"),
            discipline=_word(activity, "discipline"),
            due_day=bounds(obj(detail, "scheduledPeriod"))[1],
            status=_STANDINGS.get(text(detail, "status"), "open"),
            done_day=_day(activity, "done-day"),
            owner_name=text(obj(detail, "performer"), "display"),
            made_day=_day(activity, "made-day"),
            where=resource.where,
        )


_STANDINGS: dict[str, Any] = {"completed": "done", "cancelled": "cancelled"}


def interventions(resource: Resource) -> int:
    """How many activities of our plan are treatments, which are not read back."""
    details = (obj(activity, "detail") for activity in objects(resource.node, "activity"))
    return sum(any(c.system == INTERVENTION for c in codings(obj(each, "code"))) for each in details)


def as_written(record: Kept, node: Node) -> Kept:
    """The record as it was before it went out, where Flareboard wrote it; any other one as it is."""
    exact = _EXACT.get(type(record))
    if exact is None or not is_own(node):
        return record
    made: Kept = replace(record, source_key=None, **exact(node))  # type: ignore[type-var]  # all are dataclasses
    return made


def _medication(node: Node) -> dict[str, Any]:
    dosage = obj(node, "dosage")
    kind = next((c.code for c in codings(obj(node, "category")) if c.system == FLAREBOARD), "reported")
    return {
        "medicine": text(obj(node, "medicationCodeableConcept"), "text"),
        "route": text(obj(dosage, "route"), "text"),
        "frequency": text(dosage, "text"),
        "unit": text(obj(obj(dosage, "doseAndRate"), "doseQuantity"), "unit") or _word(node, "unit"),
        "reason_stopped": text(obj(node, "statusReason"), "text"),
        "kind": "prescribed" if kind == "prescribed" else "reported",
    }


def _dose(node: Node) -> dict[str, Any]:
    return {
        "medicine": text(obj(node, "medicationCodeableConcept"), "text"),
        "unit": text(obj(obj(node, "dosage"), "dose"), "unit") or _word(node, "unit"),
        "route": text(obj(obj(node, "dosage"), "route"), "text") or _word(node, "route"),
        "as_needed": _value(node, "as-needed", "valueBoolean") is True,
    }


def _condition(node: Node) -> dict[str, Any]:
    return {"label": text(obj(node, "code"), "text"), **_status(node)}


def _allergy(node: Node) -> dict[str, Any]:
    manifested = obj(obj(node, "reaction"), "manifestation")
    return {
        "label": text(obj(node, "code"), "text"),
        "reaction": text(manifested, "text"),
        "criticality": text(node, "criticality") or _word(node, "criticality"),
        **_status(node),
    }


def _goal(node: Node) -> dict[str, Any]:
    target = obj(node, "target")
    amount = obj(target, "detailQuantity")
    importance = _value(node, "importance", "valueInteger")
    attainment = _value(node, "attainment", "valueInteger")
    return {
        "title": text(obj(node, "description"), "text"),
        "measure": text(obj(target, "measure"), "text"),
        "baseline": number(_value(node, "baseline", "valueDecimal")),
        "target": number(amount.get("value")),
        "unit": text(amount, "unit") or _word(node, "unit"),
        **_status(node),
        **({"importance": importance} if importance in range(4) else {}),
        **({"attainment": attainment} if attainment in LEVELS else {}),
    }


def _event(node: Node) -> dict[str, Any]:
    return {"label": text(obj(node, "code"), "text")} if text(node, "resourceType") == "Procedure" else {}


def _status(node: Node) -> dict[str, Any]:
    written = _word(node, "status")
    return {"status": written} if written else {}


def _value(node: Node, name: str, kind: str) -> object:
    url = f"urn:flareboard:{name}"
    return next((one.get(kind) for one in objects(node, "extension") if text(one, "url") == url), None)


def _word(node: Node, name: str) -> str:
    found = _value(node, name, "valueString")
    return found if isinstance(found, str) else ""


def _day(node: Node, name: str) -> date | None:
    found = _value(node, name, "valueDate")
    return day(found) if isinstance(found, str) else None


_EXACT: dict[type, Callable[[Node], dict[str, Any]]] = {
    MedicationRecord: _medication,
    DoseRecord: _dose,
    ConditionRecord: _condition,
    AllergyRecord: _allergy,
    GoalRecord: _goal,
    EventRecord: _event,
}
