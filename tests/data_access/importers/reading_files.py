"""Files as tests write them: a FHIR bundle from its resources, a CSV from its lines, and what becomes of them."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data_access.importers import recognise
from data_access.importers.parsed import Account, ParsedFile
from data_access.importers.reading import DEFAULT_LIMITS, Limits, SourceFile
from data_access.records import PatientBundle

AS_OF = date(2026, 11, 22)
DATA = Path(__file__).parents[2] / "data"
LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
MYPAIN = "http://fhir.org/guides/cqf/cds4cpm/CodeSystem/mypain-questionnaire-codes"
ANNA: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "anna",
    "name": [{"family": "Example", "given": ["Anna", "Maria"]}],
    "gender": "female",
    "birthDate": "1980-02-29",
}
Node = dict[str, Any]


@dataclass(frozen=True)
class Read:
    """Everything that reading a file gave."""

    parsed: ParsedFile
    bundles: list[PatientBundle]

    @property
    def account(self) -> Account:
        return self.parsed.account

    @property
    def only(self) -> PatientBundle:
        """The one patient of the file."""
        (bundle,) = self.bundles
        return bundle

    @property
    def reasons(self) -> list[str]:
        return [rejection.why for rejection in self.account.rejected]


def read(content: bytes | str, limits: Limits = DEFAULT_LIMITS, name: str = "file") -> Read:
    """The file as the importer reads it on the day of the tests."""
    raw = content if isinstance(content, bytes) else content.encode("utf-8")
    parsed = recognise.parse(SourceFile(name, raw), AS_OF, limits)
    return Read(parsed, list(parsed.bundles))


def bundle(*resources: Node, form: str = "collection", patient: Node | None = ANNA) -> str:
    """A bundle of Anna (or of nobody) and those resources."""
    everything = [*([patient] if patient else []), *resources]
    return json.dumps({"resourceType": "Bundle", "type": form, "entry": [{"resource": each} for each in everything]})


def concept(system: str, code: str, display: str = "") -> Node:
    """A CodeableConcept of one code."""
    return {"coding": [{"system": system, "code": code} | ({"display": display} if display else {})]}


def observation(code: str, value: Any = None, *, system: str = LOINC, **more: Any) -> Node:
    """An observation of Anna on 2 March 2026 at 08:30; a number becomes a quantity, a dict stands as it is."""
    node: Node = {
        "resourceType": "Observation",
        "id": f"o-{code}",
        "status": "final",
        "code": concept(system, code),
        "subject": {"reference": "Patient/anna"},
        "effectiveDateTime": "2026-03-02T08:30:00+01:00",
    }
    if isinstance(value, int | float):
        node["valueQuantity"] = {"value": value}
    elif value is not None:
        node |= value
    node |= more
    return {name: each for name, each in node.items() if each is not None}


def coded(system: str, code: str, display: str = "") -> Node:
    """An answer given as one code."""
    return {"valueCodeableConcept": concept(system, code, display)}
