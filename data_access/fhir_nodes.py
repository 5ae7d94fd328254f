"""The parts FHIR R4 resources are put together from: addresses, codes, amounts, moments, people referred to.

What FHIR has no place for stands in extensions and codes of our own (`urn:flareboard:*`), never in an invented code of
somebody else's system. A local time has no zone, so it stands in an extension of its day.
"""

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from data_access.importers.fhir_codes import FLAREBOARD, Key
from data_access.importers.fhir_own import OWN
from data_access.importers.fhir_time import LOCAL_TIME

Node = dict[str, Any]
Written = tuple[str, Node]
"""A resource with its address, `urn:uuid:...`."""
Kept = TypeVar("Kept")

UCUM = "http://unitsofmeasure.org"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_REASONS = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
_UCUM_CODES = frozenset(
    {
        "{score}", "h", "min", "d", "wk", "/d", "1/(24.h)", "{MME}/d", "mg", "g", "ug", "mg/d", "ug/h", "mL",
        "{tablet}", "{puff}", "{patch}", "%", "kg",
    }
)  # fmt: skip
"""Units of clinical reference 2.6; any other one goes out as the words it was written with."""
_NOT_SENT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_UNSHOWN = "\ufffd"
_CODE = re.compile(r"\S+( \S+)*")
_SYSTEM = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def address(*parts: str) -> str:
    """The same address for the same parts, whenever it is written."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(parts))}"


def person_address(record_number: str) -> str:
    """The address of the patient with that record number."""
    return address(f"urn:flareboard:patient:{record_number}")


def addressed(person: str, kind: str, records: Iterable[Kept]) -> list[tuple[str, Kept]]:
    """Each record with an address made of what it says; equal ones are told apart by their number."""
    seen: Counter[str] = Counter()
    found = []
    for record in records:
        said = repr(replace(record, source_key=None, where=""))  # type: ignore[type-var]  # every record is a dataclass
        seen[said] += 1
        found.append((address(person, kind, said, str(seen[said])), record))
    return found


def reference(to: str, display: str = "") -> Node:
    """A reference to an address of the same bundle."""
    return {"reference": to} | ({"display": display} if display else {})


def identified(node: Node, own: str) -> Node:
    """The resource under our own identifier: reading it in again, it says nothing new where it came from."""
    return node | {"identifier": [{"system": OWN, "value": own.removeprefix("urn:uuid:")}]}


def concept(key: Key, text: str = "", *more: Key) -> Node:
    """A concept of those codes, read as `text`."""
    codings = [{"system": system, "code": code} for system, code in (key, *more)]
    return {"coding": codings} | ({"text": text} if text else {})


def recorded(system: str, code: str, text: str) -> Node:
    """A concept as it was recorded; a code or system that FHIR cannot write is left out, the words stay."""
    coding = {"code": code} if _CODE.fullmatch(code) else {}
    if coding and _SYSTEM.fullmatch(system):
        coding = {"system": system, **coding}
    return ({"coding": [coding]} if coding else {}) | ({"text": text} if text else {})


def own_concept(code: str, text: str = "", *more: Key) -> Node:
    """A concept of our own code system."""
    return concept((FLAREBOARD, code), text, *more)


def quantity(value: float, unit: str = "{score}") -> Node:
    """An amount; its unit as it was written, and as UCUM where it is one."""
    known = {"system": UCUM, "code": unit} if unit in _UCUM_CODES else {}
    return {"value": plain(value)} | ({"unit": unit} if unit else {}) | known


def plain(value: float) -> float | int:
    """7.0 as 7: JSON keeps the difference, nobody meant it."""
    return int(value) if value == int(value) else value


def absent(reason: str) -> Node:
    """Why a value is not there: unknown, not-asked, asked-unknown ..."""
    return concept((_REASONS, reason))


def left_out(reason: str = "unknown") -> Node:
    """An element that R4 demands and nobody recorded."""
    return {"extension": [{"url": ABSENT, "valueCode": reason}]}


def extension(name: str, **value: object) -> Node:
    """An extension of our own: `extension("made-day", valueDate="2026-03-02")`."""
    return {"url": f"urn:flareboard:{name}", **value}


def sendable(value: Any) -> Any:
    """The resource as R4 can hold it: no control characters but tab and line ends, no signs that turn letters round.

    A text that is nothing else becomes one sign that stands for it: an empty text R4 has no place for.
    """
    match value:
        case str():
            return (_NOT_SENT.sub("", value) or _UNSHOWN) if value else value
        case dict():
            return {name: sendable(each) for name, each in value.items()}
        case list():
            return [sendable(each) for each in value]
    return value


def extended(node: Node, given: Sequence[Node]) -> Node:
    """The node with those extensions, as it is where there are none."""
    return node | {"extension": [*node.get("extension", ()), *given]} if given else node


def moment(name: str, day: date | None, at_time: str = "") -> Node:
    """A day under that element, its local time beside it; {} for an undated one."""
    if day is None:
        return {}
    node: Node = {name: day.isoformat()}
    if at_time:
        node[f"_{name}"] = {"extension": [{"url": LOCAL_TIME, "valueTime": f"{at_time}:00"}]}
    return node


def period(start: date | None, end: date | None) -> Node:
    """A period by its days, {} where neither is known."""
    return ({"start": start.isoformat()} if start else {}) | ({"end": end.isoformat()} if end else {})


def category(code: str) -> list[Node]:
    """The category of an observation: survey, exam ..."""
    return [concept((_CATEGORIES, code))]


def component(code: Node, value: Node) -> Node:
    """A part of an observation."""
    return {"code": code, **value}
