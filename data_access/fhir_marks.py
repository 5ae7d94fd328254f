"""Body maps out as FHIR R4: an Observation for each mark, held together by one for each map.

A mark is LOINC 72514-3 with a numeric value and a body site: our region's own code, and the SNOMED CT base code with
its laterality, pre-coordinated only where verified (clinical reference 2.4). Left and right are the patient's. What was
not recorded is absent with its reason, never zero. Local times have no zone, so they stand in an extension.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from clinical.body_map import REGION_INDEX, Region, region
from data_access.importers.fhir_body_sites import SIDED
from data_access.importers.fhir_codes import (
    BODY_MAP,
    DEPTH,
    DETAIL_UNKNOWN,
    FLAREBOARD,
    FLAREBOARD_DEPTH,
    FLAREBOARD_QUALITY,
    FLAREBOARD_REGION,
    PAIN,
    PAINFUL,
    QUALITY,
    QUALITY_WORDS,
    SNOMED,
    Key,
)
from data_access.importers.fhir_time import LOCAL_TIME
from data_access.records import EntryRecord, MarkRecord, PatientRecord

Node = dict[str, Any]

SITE_VIEW = "urn:flareboard:body-site-view"
UCUM = "http://unitsofmeasure.org"
_LATERALITY = "272741003"
_SIDES = {"left": "7771000", "right": "24028007"}
_VIEWS = {"front": ("255549009", "Anterior"), "back": ("255551008", "Posterior")}
_MR: Node = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}
_SURVEY: Node = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey"}]}
_UNKNOWN: Node = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"}]}
_QUALITY_CODES = {quality: code for code, (quality, _) in QUALITY_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of a person among the others: what its resources are named after."""

    patient: str
    entry: EntryRecord
    number: int

    def address(self, part: str) -> str:
        """The same address for the same part of the same entry, whenever it is written."""
        moment = f"{self.entry.day} {self.entry.at_time}" if self.entry.day else f"undated {self.number}"
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{self.patient} {moment} {part}')}"


def bundle(person: PatientRecord, entries: Sequence[EntryRecord]) -> Node:
    """A collection of the patient and the maps of those entries; entries without a map give nothing."""
    address = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:flareboard:patient:{person.record_number}')}"
    resources = [(address, patient(person))]
    for number, entry in enumerate(entries):
        resources += of_map(Place(address, entry, number))
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"fullUrl": url, "resource": node | {"id": url.removeprefix("urn:uuid:")}} for url, node in resources
        ],
    }


def site(one: Region) -> Node:
    """A region as a body site: our own code, the SNOMED CT code with its side, and front or back as a qualifier."""
    code, view = _VIEWS[one.view]
    return {
        "extension": [
            {"url": SITE_VIEW, "valueCodeableConcept": {"coding": [{"system": SNOMED, "code": code}], "text": view}}
        ],
        "coding": [
            {"system": FLAREBOARD_REGION, "code": one.region_id},
            {"system": SNOMED, "code": sided_code(one)},
        ],
        "text": one.label,
    }


def sided_code(one: Region) -> str:
    """The SNOMED CT code of a region, its side included: pre-coordinated, or as an expression; midline has none."""
    if one.snomed_base in SIDED or one.side == "midline":
        return one.snomed_base
    return f"{one.snomed_base}:{_LATERALITY}={_SIDES[one.side]}"


def of_map(place: Place) -> Iterator[tuple[str, Node]]:
    """The observation of a whole map and those of its marks; a map without pain has no marks, and says so."""
    entry = place.entry
    if entry.marks is None:
        return
    marks = sorted(entry.marks, key=lambda mark: REGION_INDEX[mark.region_id])
    panel = place.address("map")
    members = [(place.address(mark.region_id), mark) for mark in marks]
    whole = observed(place, BODY_MAP, "Body map") | {"valueInteger": len(marks)}
    if entry.detail_unknown:
        whole["component"] = [_component(DETAIL_UNKNOWN, {"valueBoolean": True})]
    if members:
        whole["hasMember"] = [{"reference": address} for address, _ in members]
    yield panel, whole
    for address, mark in members:
        yield address, _mark(place, mark) | {"derivedFrom": [{"reference": panel}]}


def _mark(place: Place, mark: MarkRecord) -> Node:
    node = observed(place, PAIN, "Pain intensity of a body region, 0-10") | {"bodySite": site(region(mark.region_id))}
    details = [_component(QUALITY, _quality(quality)) for quality in mark.qualities]
    if mark.depth:
        details.append(_component(DEPTH, _coded(FLAREBOARD_DEPTH, mark.depth)))
    if mark.intensity is None:
        node["dataAbsentReason"] = _UNKNOWN
        details.append(_component(PAINFUL, {"valueBoolean": True}))
    else:
        node["valueQuantity"] = {"value": mark.intensity, "unit": "{score}", "system": UCUM, "code": "{score}"}
    return node | ({"component": details} if details else {})


def observed(place: Place, key: Key, label: str) -> Node:
    """An observation of that entry without a value: what the person said, when they said it."""
    who = {"reference": place.patient}
    node: Node = {
        "resourceType": "Observation",
        "status": "final",
        "category": [_SURVEY],
        "code": _concept(key, label),
        "subject": who,
        "performer": [who],
    }
    if place.entry.day:
        node["effectiveDateTime"] = place.entry.day.isoformat()
    if place.entry.day and place.entry.at_time:
        time = {"url": LOCAL_TIME, "valueTime": f"{place.entry.at_time}:00"}
        node["_effectiveDateTime"] = {"extension": [time]}
    return node


def _component(key: Key, value: Node) -> Node:
    return {"code": _concept(key, ""), **value}


def _concept(key: Key, label: str) -> Node:
    system, code = key
    return {"coding": [{"system": system, "code": code}]} | ({"text": label} if label else {})


def _coded(system: str, code: str) -> Node:
    return {"valueCodeableConcept": {"coding": [{"system": system, "code": code}]}}


def _quality(quality: str) -> Node:
    value = _coded(FLAREBOARD_QUALITY, quality)
    if quality in _QUALITY_CODES:
        value["valueCodeableConcept"]["coding"].append({"system": SNOMED, "code": _QUALITY_CODES[quality]})
    return value


def patient(person: PatientRecord) -> Node:
    """The person under their record number."""
    name = {"family": person.family_name} | ({"given": [person.given_name]} if person.given_name else {})
    return {
        "resourceType": "Patient",
        "identifier": [{"type": _MR, "system": f"{FLAREBOARD}:record-number", "value": person.record_number}],
        "name": [name],
        "gender": person.sex,
    } | ({"birthDate": person.birth_date.isoformat()} if person.birth_date else {})
