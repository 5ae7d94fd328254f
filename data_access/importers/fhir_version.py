"""Which FHIR a file is: R4 (also 4B) is read; DSTU2, STU3 and R5 are refused in words instead of misread.

Most files do not say, so the shapes that only another version has are looked for.
"""

import re
from collections.abc import Iterable

from data_access.errors import UnreadableFile
from data_access.importers.fhir_shape import Node, obj, objects, text, texts
from data_access.importers.reading import unreadable

_DECLARED = re.compile(r"^(\d+)\.(\d+)")
_PROFILE = re.compile(r"hl7\.org/fhir/(\d)\.\d/")
_NAMES = {"0": "DSTU1", "1": "DSTU2", "3": "STU3", "5": "R5", "6": "R6"}

_OLD_KINDS = {
    "MedicationOrder": "DSTU2", "DiagnosticOrder": "DSTU2", "DeviceUseRequest": "DSTU2",
    "ProcedureRequest": "STU3", "ReferralRequest": "STU3", "BodySite": "STU3",
}  # fmt: skip
_OLD_ELEMENTS = {
    "Condition": {"dateRecorded": "DSTU2", "patient": "DSTU2", "assertedDate": "STU3"},
    "AllergyIntolerance": {"substance": "DSTU2", "assertedDate": "STU3"},
    "Observation": {"reliability": "DSTU2", "comments": "DSTU2", "context": "STU3", "related": "STU3"},
    "MedicationStatement": {"wasNotTaken": "DSTU2", "taken": "STU3", "notTaken": "STU3"},
    "MedicationRequest": {"context": "STU3", "definition": "STU3"},
    "MedicationAdministration": {"wasNotGiven": "DSTU2", "notGiven": "STU3"},
    "Procedure": {"notPerformed": "DSTU2", "notDone": "STU3"},
    "Patient": {"careProvider": "DSTU2", "animal": "STU3"},
}
_NEW_ELEMENTS = {
    "Bundle": ("issues",),
    "Observation": ("triggeredBy", "bodyStructure", "instantiatesCanonical", "instantiatesReference"),
    "Condition": ("participant",),
    "AllergyIntolerance": ("participant",),
    "MedicationStatement": ("adherence", "renderedDosageInstruction"),
    "MedicationRequest": ("renderedDosageInstruction", "effectiveDosePeriod"),
    "MedicationAdministration": ("isSubPotent", "occurenceDateTime", "occurencePeriod", "occurrenceDateTime"),
    "Procedure": ("occurrenceDateTime", "occurrencePeriod", "occurrenceString", "reported"),
    "Encounter": ("actualPeriod",),
}
_CODEABLE_REFERENCES = {
    "MedicationRequest": "medication",
    "MedicationStatement": "medication",
    "MedicationAdministration": "medication",
}
_PLAIN_STATUS = {"Condition": "clinicalStatus", "AllergyIntolerance": "clinicalStatus"}


def require_r4(nodes: Iterable[Node]) -> None:
    """Returns when nothing says or shows another version than R4. Raises UnreadableFile with the version's name."""
    for node in nodes:
        if version := _declared(node) or _shown(node):
            raise _refused(version)


def _declared(node: Node) -> str:
    for holder in (node, obj(node, "meta")):
        if found := _DECLARED.match(text(holder, "fhirVersion")):
            return "" if found[1] == "4" else _NAMES.get(found[1], f"version {found[1]}")
    for profile in texts(obj(node, "meta"), "profile"):
        if (found := _PROFILE.search(profile)) and found[1] != "4":
            return _NAMES.get(found[1], f"version {found[1]}")
    return ""


def _shown(node: Node) -> str:
    kind = text(node, "resourceType")
    if old := _OLD_KINDS.get(kind, ""):
        return old
    for element, version in _OLD_ELEMENTS.get(kind, {}).items():
        if element in node:
            return version
    if any(element in node for element in _NEW_ELEMENTS.get(kind, ())):
        return "R5"
    if _CODEABLE_REFERENCES.get(kind, "\0") in node or _has_new_activity(node, kind):
        return "R5"
    if isinstance(node.get(_PLAIN_STATUS.get(kind, "\0")), str):
        return "STU3 or older"
    return ""


def _has_new_activity(node: Node, kind: str) -> bool:
    return kind == "CarePlan" and any(
        "plannedActivityReference" in a or "performedActivity" in a for a in objects(node, "activity")
    )


def _refused(version: str) -> UnreadableFile:
    return unreadable(
        f"The file is FHIR {version}; Flareboard reads FHIR R4.",
        "Ask for an export in FHIR R4 (4.0.1), or convert it first.",
    )
