"""FHIR R4 as typed records per patient: each resource is added, repeated, unused by kind, or rejected with a reason."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from data_access.importers import checks, fhir_bundle, fhir_medicines, fhir_observations, fhir_own, fhir_record
from data_access.importers.fhir_bundle import Resource, Resources, local
from data_access.importers.fhir_gathering import Gathered, Origin
from data_access.importers.fhir_readings import NotTaken, NotUsed, Reading, Unread
from data_access.importers.fhir_shape import reference
from data_access.importers.fhir_time import ImpossibleDate
from data_access.importers.fhir_version import require_r4
from data_access.importers.json_reading import without_collecting
from data_access.importers.parsed import Account, ParsedFile
from data_access.importers.reading import Limits, SourceFile, decoded, unreadable
from data_access.records import PatientBundle, PatientRecord

_IMPOSSIBLE = "a date that is not a day of the calendar"
_NOBODY = "it does not say which patient it is about"


@dataclass(slots=True)
class _Patient:
    """What the file says about one person; `person` None while only references name them."""

    number: str
    person: PatientRecord | None = None
    gathered: Gathered = field(default_factory=Gathered)
    records: dict[str, list[Any]] = field(default_factory=dict)


def parse(source: SourceFile, limits: Limits, as_of: date) -> ParsedFile:
    """A bundle, a single resource, or NDJSON. Raises UnreadableFile: not FHIR, another version, broken."""
    account = Account()
    try:
        with without_collecting():
            resources = fhir_bundle.read(decoded(source.content), limits, account)
            require_r4(resource.node for resource in resources.listed)
            reader = _Reader(resources, account, as_of)
            bundles = list(reader.bundles())
    except RecursionError:
        raise unreadable("The JSON is nested deeper than any record needs.", "Ask for a correct export.") from None
    only_referred = frozenset(p.number for p in reader.patients.values() if p.person is None)
    return ParsedFile(resources.form, bundles, account, only_referred, frozenset(reader.by_id))


class _Reader:
    """Goes through the resources of one file once, in order: patients first, then everything about them."""

    def __init__(self, resources: Resources, account: Account, as_of: date) -> None:
        self.resources = resources
        self.account = account
        self.as_of = as_of
        self.patients: dict[str, _Patient] = {}
        self.numbers: dict[str, str] = {}  # patient reference -> record number
        self.by_id: set[str] = set()
        self.answered = {reference(r.node, "derivedFrom") for r in resources.listed if r.kind == "Observation"}
        self.medications = {
            found.key
            for r in resources.listed
            if (found := resources.find(reference(r.node, "medicationReference"))) is not None
        }

    def bundles(self) -> Iterator[PatientBundle]:
        """One bundle per person, in the order they were met."""
        rest = []
        for resource in self.resources.listed:
            self.account.read += 1
            if resource.kind == "Patient":
                self._guarded(resource, self._take_patient)
            else:
                rest.append(resource)
        for resource in rest:
            self._guarded(resource, self._take)
        return map(self._bundle, self.patients.values())

    def _guarded(self, resource: Resource, take: Callable[[Resource], None]) -> None:
        try:
            take(resource)
        except NotUsed as kind:
            self.account.leave(str(kind))
        except NotTaken as reason:
            self.account.reject(resource.where, resource.kind, str(reason))
        except ImpossibleDate:
            self.account.reject(resource.where, resource.kind, _IMPOSSIBLE)

    def _take_patient(self, resource: Resource) -> None:
        made = fhir_record.person(resource)
        if reason := checks.problem(made, self.as_of):
            raise NotTaken(reason)
        known = self.patients.setdefault(made.record_number, _Patient(made.record_number))
        if known.person is not None and known.person != made:
            raise NotTaken("this record number stands twice in the file with other values")
        if known.person is not None:
            self.account.repeated += 1
        known.person = made
        self.numbers[resource.key] = made.record_number
        if not fhir_record.has_record_number(resource.node):
            self.by_id.add(made.record_number)

    def _take(self, resource: Resource) -> None:
        if resource.kind == "Medication" and resource.key in self.medications:
            return  # read through the prescriptions that refer to it
        if resource.kind not in _HANDLERS:
            raise NotUsed(resource.kind)
        if resource.kind == "QuestionnaireResponse" and self.answered & {resource.key, local(resource.key)}:
            raise NotUsed("QuestionnaireResponse (its answers are read from the observations derived from it)")
        _HANDLERS[resource.kind](self, resource, self._patient_of(resource))

    def _patient_of(self, resource: Resource) -> _Patient:
        pointer = reference(resource.node, "subject") or reference(resource.node, "patient")
        if not pointer:
            raise NotTaken(_NOBODY)
        found = self.resources.find(pointer, resource.node)
        key = found.key if found else local(pointer)
        if not key.startswith("Patient/"):
            raise NotTaken("it is about something else than a patient in this file")
        number = self.numbers.get(key)
        if number is None and found is not None:
            raise NotTaken("its patient was rejected")
        wanted = number or key.removeprefix("Patient/")
        if reason := checks.problem(PatientRecord(wanted, ""), self.as_of):
            raise NotTaken(reason)
        return self.patients.setdefault(wanted, _Patient(wanted))

    def _observation(self, resource: Resource, patient: _Patient) -> None:
        kind = fhir_own.kind_of(resource.node)
        if kind == "measure":
            self._keep(patient, "measures", [fhir_own.measure(resource)])
        elif kind == "event":
            self._keep(patient, "events", [fhir_own.event(resource)])
        else:
            origin = fhir_observations.origin_of_observation(resource, self.resources)
            self._gather(patient, origin, fhir_observations.of_observation(resource))

    def _response(self, resource: Resource, patient: _Patient) -> None:
        origin = fhir_observations.origin_of_response(resource)
        self._gather(patient, origin, fhir_observations.of_response(resource))

    def _gather(self, patient: _Patient, origin: Origin, found: list[Reading]) -> None:
        # Here and not on the finished entry: what another resource says of the same moment still goes in.
        if reason := checks.day_problem(origin.moment.day, self.as_of):
            raise NotTaken(reason)
        if not patient.gathered.add(origin, found):
            self.account.repeated += 1
        for reading in found:
            if isinstance(reading, Unread):
                self.account.leave(reading.kind)

    def _medicine(self, resource: Resource, patient: _Patient) -> None:
        read = fhir_medicines.reported(resource, self.resources)
        fhir_medicines.require_to_begin(read, resource.node, self.as_of)
        made = fhir_own.as_written(read, resource.node)
        self._keep(patient, "medications", [made], checks.LATEST if fhir_medicines.is_intended(resource.node) else None)

    def _keep(self, patient: _Patient, kind: str, made: Sequence[object], latest: date | None = None) -> None:
        """Takes them in, none of them after `latest` (None: today). Raises NotTaken."""
        for reason in (checks.problem(record, latest or self.as_of) for record in made):
            if reason:
                raise NotTaken(reason)
        patient.records.setdefault(kind, []).extend(made)

    def _bundle(self, patient: _Patient) -> PatientBundle:
        entries = [entry for entry in patient.gathered.entry_records() if self._may(entry)]
        measures, refused = patient.gathered.measure_records()
        for origin, reason in refused:
            self.account.reject(origin.where, "measure", reason)
        records: dict[str, Any] = {kind: tuple(made) for kind, made in patient.records.items()}
        records["goals"] = (*records.get("goals", ()), *filter(self._may, patient.gathered.goals))
        records["measures"] = (*filter(self._may, measures), *records.get("measures", ()))
        bundle = PatientBundle(
            patient=patient.person or PatientRecord(patient.number, ""),
            source="fhir",
            entries=tuple(entries),
        )
        return replace(bundle, **records)

    def _may(self, record: Any) -> bool:
        reason = checks.problem(record, self.as_of)
        if reason:
            self.account.reject(record.where, type(record).__name__.removesuffix("Record").lower(), reason)
        return not reason


def _one(kind: str, read: Callable[[Resource], object]) -> Callable[[_Reader, Resource, _Patient], None]:
    def take(reader: _Reader, resource: Resource, patient: _Patient) -> None:
        reader._keep(patient, kind, [fhir_own.as_written(read(resource), resource.node)])

    return take


def _with_references(
    kind: str, read: Callable[[Resource, Resources], object]
) -> Callable[[_Reader, Resource, _Patient], None]:
    def take(reader: _Reader, resource: Resource, patient: _Patient) -> None:
        made = fhir_own.as_written(read(resource, reader.resources), resource.node)
        reader._keep(patient, kind, [made])

    return take


def _plan(reader: _Reader, resource: Resource, patient: _Patient) -> None:
    own = fhir_own.is_own(resource.node)
    for _ in range(fhir_own.interventions(resource) if own else 0):
        reader.account.leave("CarePlan activity: a treatment (planned anew here)")
    made = list(fhir_own.actions(resource)) if own else fhir_record.actions(resource, reader.resources)
    reader._keep(patient, "actions", made)


_HANDLERS: dict[str, Callable[[_Reader, Resource, _Patient], None]] = {
    "Observation": _Reader._observation,
    "QuestionnaireResponse": _Reader._response,
    "Condition": _one("conditions", fhir_record.condition),
    "AllergyIntolerance": _one("allergies", fhir_record.allergy),
    "Goal": _one("goals", fhir_record.goal),
    "CarePlan": _plan,
    "Procedure": _one("events", fhir_record.procedure),
    "Encounter": _one("events", fhir_own.encounter),
    "MedicationRequest": _with_references("medications", fhir_medicines.prescribed),
    "MedicationStatement": _Reader._medicine,
    "MedicationAdministration": _with_references("doses", fhir_medicines.administered),
}
"""How each kind of resource becomes records; every other kind is counted as unused."""
