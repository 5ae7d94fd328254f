"""Prescriptions, statements and administrations as medications and doses."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from data_access.importers.fhir_bundle import Resource, Resources
from data_access.importers.fhir_readings import NotTaken, NotUsed
from data_access.importers.fhir_shape import (
    Node,
    Number,
    codings,
    label,
    obj,
    quantity,
    reference,
    text,
)
from data_access.importers.fhir_time import bounds, day, of
from data_access.records import DoseRecord, MedicationRecord

_RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
_ATC = ("http://www.whocc.no/atc", "urn:oid:2.16.840.1.113883.6.73")
_ORDERS = ("order", "original-order", "reflex-order", "filler-order", "instance-order", "plan", "")
_NEVER_GIVEN = ("entered-in-error", "draft", "cancelled")
_OVER = ("completed", "stopped")
LONGEST_FREQUENCY = 120
_PERIODS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}


@dataclass(frozen=True, slots=True)
class _Medicine:
    name: str
    rxnorm: str
    atc: str


@dataclass(frozen=True, slots=True)
class _Dosage:
    dose: float | None
    unit: str
    route: str
    frequency: str
    as_needed: bool
    start: date | None
    end: date | None


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
    dosage = _dosage(obj(node, "dosageInstruction"))
    start = dosage.start or day(text(node, "authoredOn"))
    supply = bounds(obj(obj(node, "dispenseRequest"), "validityPeriod"))[1]
    end = dosage.end or (supply if status in _OVER else None)
    return _record(resource, _medicine(node, resources), dosage, (start, end), "prescribed")


def reported(resource: Resource, resources: Resources) -> MedicationRecord:
    """A MedicationStatement as a medicine the person reports. Raises NotUsed, NotTaken, ImpossibleDate."""
    node = resource.node
    status = text(node, "status")
    if status in ("entered-in-error", "not-taken", "intended"):
        raise NotUsed(f"MedicationStatement {status}")
    dosage = _dosage(obj(node, "dosage"))
    start, end = bounds(obj(node, "effectivePeriod"))
    start = start or day(text(node, "effectiveDateTime")) or dosage.start
    return _record(resource, _medicine(node, resources), dosage, (start, end or dosage.end), "reported")


def administered(resource: Resource, resources: Resources) -> DoseRecord:
    """A MedicationAdministration as a dose, taken or not. Raises NotUsed, NotTaken, ImpossibleDate."""
    node = resource.node
    status = text(node, "status")
    if status not in ("completed", "in-progress", "not-done"):
        raise NotUsed(f"MedicationAdministration {status}")
    given = obj(node, "dosage")
    amount, unit = _amount(obj(given, "dose"))
    when = of(node, "effective")
    return DoseRecord(
        day=when.day,
        medicine=_medicine(node, resources).name,
        taken=status != "not-done",
        at_time=when.at_time if when.day else "",
        dose=amount,
        unit=unit,
        route=label(obj(given, "route")),
        source_key=resource.key,
        where=resource.where,
    )


def _record(
    resource: Resource,
    medicine: _Medicine,
    dosage: _Dosage,
    during: tuple[date | None, date | None],
    kind: Literal["prescribed", "reported"],
) -> MedicationRecord:
    node, (start, end) = resource.node, during
    return MedicationRecord(
        medicine=medicine.name,
        atc=medicine.atc,
        rxnorm=medicine.rxnorm,
        dose=dosage.dose,
        unit=dosage.unit,
        route=dosage.route,
        frequency=dosage.frequency,
        as_needed=dosage.as_needed,
        start_day=start,
        end_day=end,
        reason_stopped=_why_over(node, end),
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


def _amount(node: Node) -> tuple[float | None, str]:
    if not node:
        return None, ""
    found = quantity(node)
    if not isinstance(found, Number):
        raise NotTaken("the dose is no number")
    return found.value, text(node, "unit") or text(node, "code")


def _dosage(node: Node) -> _Dosage:
    timing = obj(node, "timing")
    repeat = obj(timing, "repeat")
    start, end = bounds(obj(repeat, "boundsPeriod"))
    amount, unit = _amount(obj(obj(node, "doseAndRate"), "doseQuantity"))
    needed = node.get("asNeededBoolean") is True or bool(obj(node, "asNeededCodeableConcept"))
    # The prescriber's own sentence first: structured timings in the field contradict it often enough.
    written = " ".join(text(node, "text").split())
    frequency = written if 0 < len(written) <= LONGEST_FREQUENCY else _frequency(repeat) or label(obj(timing, "code"))
    return _Dosage(amount, unit, label(obj(node, "route")), frequency, needed, start, end)


def _frequency(repeat: Node) -> str:
    """How often, like '2 times every 3 days'; '' where the timing does not say."""
    period, unit = repeat.get("period"), _PERIODS.get(text(repeat, "periodUnit"), "")
    times = repeat.get("frequency", 1)
    plain = all(isinstance(n, int | float) and not isinstance(n, bool) and 0 < n < 1000 for n in (period, times))
    if not plain or not unit or not isinstance(period, int | float):
        return ""
    span = f"a {unit}" if period == 1 else f"every {period:g} {unit}s"
    return f"{'once' if times == 1 else f'{times:g} times'} {span}"
