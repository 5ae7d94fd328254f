"""FHIR documents before three validators that are not ours: of all templates, of several people, empty ones too."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.reports.templates import SECTIONS, TEMPLATES
from tests import fhir_validators
from tests.dashboard.reports.fhir_documents import Node, document, loaded, ordered, resources
from tests.data_access.fhir_written import taken_in
from tests.data_access.importers.reading_files import DATA, read
from tests.data_access.made_up import ANNA, about

PEOPLE = ("FB-00002", "FB-00023", "FB-00024")


def judged(bundles: dict[str, Node], folder: Path) -> dict[str, list[str]]:
    """What is said against them, by name; those that are good are not in it."""
    return {name: found[:20] for name, found in fhir_validators.findings(bundles, folder).items() if found}


def in_every_template(engine: Engine, number: str) -> dict[str, Node]:
    """That person's documents of each kind over four weeks, and one of all sections and all time."""
    record, stored = loaded(engine, number)
    made = {f"{number} {template}": document(record, stored, ordered(template)) for template in TEMPLATES}
    return made | {f"{number} everything": document(record, stored, ordered("referral_pain", *SECTIONS))}


@pytest.mark.parametrize("number", PEOPLE)
def test_a_demo_patients_documents_are_valid(demo_engine: Engine, tmp_path: Path, number: str) -> None:
    made = in_every_template(demo_engine, number)
    kinds = {node["resourceType"] for node in resources(made[f"{number} everything"])}
    assert kinds >= {"Composition", "Patient", "Practitioner", "Organization", "Observation", "MedicationStatement"}
    assert kinds >= {"Condition", "CarePlan", "CareTeam", "ServiceRequest", "Provenance", "Device"}
    assert judged(made, tmp_path) == {}


def test_an_empty_patients_documents_are_valid(demo_engine: Engine, engine: Engine, tmp_path: Path) -> None:
    taken_in(engine, about(ANNA))
    assert judged(in_every_template(demo_engine, "FB-00010") | in_every_template(engine, "T-1"), tmp_path) == {}


def test_an_imported_patients_documents_are_valid(sqlite_engine: Engine, tmp_path: Path) -> None:
    made: dict[str, Node] = {}
    for path in sorted((DATA / "fhir").glob("*.json")):
        found = read(path.read_bytes()).only
        taken_in(sqlite_engine, found)
        record, stored = loaded(sqlite_engine, found.patient.record_number, None)
        for template in TEMPLATES:
            made[f"{path.stem} {template}"] = document(record, stored, ordered(template, *SECTIONS))
    assert judged(made, tmp_path) == {}


def _without_status(made: Node) -> None:
    del resources(made, "Observation")[0]["status"]


def _with_unknown_element(made: Node) -> None:
    resources(made, "Patient")[0]["favouriteColour"] = "blue"


def _with_unknown_code(made: Node) -> None:
    resources(made, "MedicationStatement")[0]["status"] = "sometimes"


def _with_reason_for_no_emptiness(made: Node) -> None:
    section = next(each for each in resources(made)[0]["section"] if "entry" in each)
    section["emptyReason"] = {"text": "empty"}


def _with_reference_to_the_wrong_kind(made: Node) -> None:
    medicine = made["entry"][0]["resource"]["author"][0]["reference"]
    resources(made, "Condition")[0]["subject"] = {"reference": medicine}


def _with_reference_to_nowhere(made: Node) -> None:
    resources(made, "Condition")[0]["subject"] = {"reference": "urn:uuid:00000000-0000-0000-0000-000000000000"}


@pytest.mark.parametrize(
    "spoil",
    [
        _without_status,
        _with_unknown_element,
        _with_unknown_code,
        _with_reason_for_no_emptiness,
        _with_reference_to_the_wrong_kind,
        _with_reference_to_nowhere,
    ],
)
def test_the_validators_would_say_so(demo_engine: Engine, tmp_path: Path, spoil: Callable[[Node], None]) -> None:
    made = document(*loaded(demo_engine, "FB-00002"))
    spoil(made)
    assert judged({"spoilt": made}, tmp_path).keys() == {"spoilt"}
