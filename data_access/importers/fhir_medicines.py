"""Prescriptions, statements and administrations as medications and doses."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from data_access.importers.fhir_bundle import Resource, Resources
from data_access.importers.fhir_dosage import Dosage, amount, dosage
from data_access.importers.fhir_readings import NotTaken, NotUsed
from data_access.importers.fhir_shape import Node, codings, label, obj, objects, reference, text
from data_access.importers.fhir_time import bounds, day, of
from data_access.records import DoseRecord, MedicationRecord

_RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
_ATC = ("http://www.whocc.no/atc", "urn:oid:2.16.840.1.113883.6.73")
_ORDERS = ("order", "original-order", "reflex-order", "filler-order", "instance-order", "plan", "")
_NEVER_GIVEN = ("entered-in-error", "draft", "cancelled")
_OVER = ("completed", "stopped")
ON_HOLD = "on-hold"
_HELD = "on hold"
"""How the reason of a medicine that is on hold begins: no column says so, and it must not look as if it were taken."""
_NOT_BEGUN = "it is only intended, and no day after today on which it begins is given: whether it began is not known"


@dataclass(frozen=True, slots=True)
class _Medicine:
    name: str
    rxnorm: str
    atc: str


def prescribed(resource: Resource, resources: Resources) -> MedicationRecord:
    """A MedicationRequest as a prescribed medicine. Raises NotUsed, NotTaken, ImpossibleDate."""
    node = resource.node
    status = text(node, "status")
    if status in _NEVER_GIVEN:
        raise NotUsed(f"MedicationRequest {status}")
    if node.get("doNotPerform") is True:
        raise NotUsed("MedicationRequest not to be given")
    if text(node, "intent") not in _ORDERS:
        raise NotUsed(f"MedicationRequest of intent {text(node, 'intent')}")
    supply = bounds(obj(obj(node, "dispenseRequest"), "validityPeriod"))[1]
    # Whoever is active beyond the supply stays on the list; that the supply is over is said beside it.
    taken = dosage(objects(node, "dosageInstruction"), None if status in _OVER else supply)
    start = taken.start or day(text(node, "authoredOn"))
    end = taken.end or (supply if status in _OVER else None)
    return _record(resource, _medicine(node, resources), taken, (start, end), "prescribed")


def is_on_hold(record: MedicationRecord) -> bool:
    """Whether it is on hold, by the words that stand where others have the reason why they ended."""
    return record.end_day is None and record.reason_stopped.startswith(_HELD)


def reported(resource: Resource, resources: Resources) -> MedicationRecord:
    """A MedicationStatement as a medicine the person reports. Raises NotUsed, NotTaken, ImpossibleDate.

    Whether one that is `intended` begins after today is for `require_to_begin` to say.
    """
    node = resource.node
    status = text(node, "status")
    if status in ("entered-in-error", "not-taken"):
        raise NotUsed(f"MedicationStatement {status}")
    taken = dosage(objects(node, "dosage"))
    start, end = bounds(obj(node, "effectivePeriod"))
    start = start or day(text(node, "effectiveDateTime")) or taken.start
    return _record(resource, _medicine(node, resources), taken, (start, end or taken.end), "reported")


def is_intended(node: Node) -> bool:
    """Whether that statement says that the medicine is yet to begin."""
    return text(node, "status") == "intended"


def require_to_begin(record: MedicationRecord, node: Node, as_of: date) -> None:
    """Raises NotTaken for one that is intended without a day ahead of today: it would look as if it were taken."""
    if is_intended(node) and not (record.start_day and record.start_day > as_of):
        raise NotTaken(_NOT_BEGUN)


def administered(resource: Resource, resources: Resources) -> DoseRecord:
    """A MedicationAdministration as a dose, taken or not. Raises NotUsed, NotTaken, ImpossibleDate."""
    node = resource.node
    status = text(node, "status")
    if status not in ("completed", "in-progress", "not-done"):
        raise NotUsed(f"MedicationAdministration {status}")
    given = obj(node, "dosage")
    dose, unit = amount(obj(given, "dose"))
    when = of(node, "effective")
    return DoseRecord(
        day=when.day,
        medicine=_medicine(node, resources).name,
        taken=status != "not-done",
        at_time=when.at_time if when.day else "",
        dose=dose,
        unit=unit,
        route=label(obj(given, "route")),
        source_key=resource.key,
        where=resource.where,
    )


def _record(
    resource: Resource,
    medicine: _Medicine,
    given: Dosage,
    during: tuple[date | None, date | None],
    kind: Literal["prescribed", "reported"],
) -> MedicationRecord:
    node, (start, end) = resource.node, during
    held = text(node, "status") == ON_HOLD
    return MedicationRecord(
        medicine=medicine.name,
        atc=medicine.atc,
        rxnorm=medicine.rxnorm,
        dose=given.dose,
        unit=given.unit,
        route=given.route,
        frequency=given.frequency,
        as_needed=given.as_needed,
        start_day=start,
        end_day=None if held else end,
        reason_stopped=_why_held(node, end) if held else _why_over(node, end),
        kind=kind,
        source_key=resource.key,
        where=resource.where,
    )


def _why_over(node: Node, end: date | None) -> str:
    """The reason a medicine ended. One that is over without a date must not look as if it were still taken."""
    status = text(node, "status")
    if status not in _OVER:
        return ""
    reason = label(obj(node, "statusReason"))
    return reason or ("" if end else f"{status}, on a day that is not recorded")


def _why_held(node: Node, end: date | None) -> str:
    """That it is on hold, why, and until when it was to be taken."""
    reason = label(obj(node, "statusReason")) or "since a day that is not recorded"
    planned = f"; it was to end on {end.day} {end:%b %Y}" if end else ""
    return f"{_HELD}: {reason}{planned}"


def _medicine(node: Node, resources: Resources) -> _Medicine:
    concept = obj(node, "medicationCodeableConcept")
    if not concept and (pointer := reference(node, "medicationReference")):
        found = resources.find(pointer, node)
        if found is None:
            raise NotTaken("the medicine it refers to is not in the file")
        concept = obj(found.node, "code")
    name = label(concept)
    if not name:
        raise NotTaken("the medicine has no name")
    codes = codings(concept)
    rxnorm = next((c.code for c in codes if c.system == _RXNORM), "")
    return _Medicine(name, rxnorm, next((c.code for c in codes if c.system in _ATC), ""))
