"""What FHIR says of how something stands: on hold, intended, suspected; kept in words, and coded again going out."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from clinical.medication.listing import runs_on
from clinical.record import Medicine
from data_access.care_plan import says_none, standing_conditions
from data_access.records import (
    NOT_ACTIVE,
    AllergyRecord,
    ConditionRecord,
    MedicationRecord,
    PatientBundle,
)
from tests.data_access.fhir_written import on_record, read_back, said, taken_in, written
from tests.data_access.importers.reading_files import SNOMED, Node, bundle, concept, read
from tests.data_access.made_up import ANNA, TODAY

ANNAS: Node = {"subject": {"reference": "Patient/anna"}}
TOMORROW = TODAY + timedelta(days=1)


def statement(status: str, kind: str = "MedicationStatement", **more: Any) -> Node:
    named = {"medicationCodeableConcept": {"text": "pregabalin"}}
    order = {"intent": "order"} if kind == "MedicationRequest" else {}
    return {"resourceType": kind, "id": "m1", "status": status, **ANNAS, **named, **order, **more}


def on_list(record: MedicationRecord, day: date = TODAY) -> bool:
    made = Medicine(record.medicine, start=record.start_day, end=record.end_day, reason_stopped=record.reason_stopped)
    return runs_on(made, day)


def out(*records: MedicationRecord) -> list[Node]:
    content = json.loads(written(PatientBundle(ANNA, "clinic", medications=records)))
    return [each["resource"] for each in content["entry"][1:]]


def statuses(*records: MedicationRecord) -> list[str]:
    return [node["status"] for node in out(*records)]


@pytest.mark.parametrize("kind", ["MedicationStatement", "MedicationRequest"])
def test_a_medicine_on_hold_is_not_on_the_list_and_says_why(kind: str) -> None:
    (found,) = read(bundle(statement("on-hold", kind, statusReason={"text": "before surgery"}))).only.medications
    assert found.reason_stopped == "on hold: before surgery"
    assert not on_list(found)
    assert statuses(found) == ["on-hold"]


def test_a_medicine_on_hold_whose_end_is_planned_does_not_look_as_if_it_were_taken() -> None:
    node = statement("on-hold", effectivePeriod={"start": "2026-01-05", "end": "2027-02-05"})
    (found,) = read(bundle(node)).only.medications
    assert not on_list(found)
    assert found.reason_stopped == "on hold: since a day that is not recorded; it was to end on 5 Feb 2027"


def test_a_medicine_intended_from_a_day_ahead_is_kept_and_one_without_such_a_day_is_rejected() -> None:
    ahead = statement("intended", effectivePeriod={"start": TOMORROW.isoformat()})
    (found,) = read(bundle(ahead)).only.medications
    assert (found.start_day, on_list(found), on_list(found, TOMORROW)) == (TOMORROW, False, True)
    for undecided in (statement("intended"), statement("intended", effectivePeriod={"start": TODAY.isoformat()})):
        refused = read(bundle(undecided))
        assert refused.only.medications == ()
        assert "only intended" in refused.reasons[0]


def test_a_day_ahead_is_still_refused_for_a_medicine_that_is_taken() -> None:
    taken = statement("active", effectivePeriod={"start": TOMORROW.isoformat()})
    assert read(bundle(taken)).reasons == ["the start lies in the future"]


def test_on_hold_and_intended_come_back_as_they_went_out(engine: Engine) -> None:
    held = MedicationRecord("pregabalin", reason_stopped="on hold: before surgery")
    ahead = MedicationRecord("amitriptyline", start_day=TODAY + timedelta(days=9), kind="reported")
    stored = PatientBundle(ANNA, "clinic", medications=(held, ahead))
    found, account = read_back(written(stored))
    assert account.rejected == []
    assert taken_in(engine, found).rejected == []
    assert said(on_record(engine, ANNA.record_number))["medications"] == said(stored)["medications"]


def test_through_its_last_day_a_medicine_is_on_the_list_here_and_there() -> None:
    lines = [
        MedicationRecord("a", end_day=TODAY),
        MedicationRecord("b", end_day=TODAY, reason_stopped="no benefit"),
        MedicationRecord("c", end_day=TODAY - timedelta(days=1)),
        MedicationRecord("d", end_day=TODAY - timedelta(days=1), reason_stopped="no benefit"),
        MedicationRecord("e", reason_stopped="no benefit"),
        MedicationRecord("f", start_day=TOMORROW),
        MedicationRecord("g"),
    ]
    assert statuses(*lines) == ["active", "active", "completed", "stopped", "stopped", "intended", "active"]
    assert [on_list(each) for each in lines] == [status == "active" for status in statuses(*lines)]


def a_condition(verified: str, clinical: str = "active") -> Node:
    standing = {"clinicalStatus": concept("cs", clinical), "verificationStatus": concept("vs", verified)}
    return {"resourceType": "Condition", "id": "c1", **ANNAS, "code": {"text": "Lupus"}, **standing}


@pytest.mark.parametrize(
    ("verified", "clinical", "words"),
    [
        ("provisional", "active", "suspected: provisional"),
        ("differential", "active", "suspected: differential"),
        ("unconfirmed", "active", "suspected: unconfirmed"),
        ("unconfirmed", "resolved", "resolved; unconfirmed"),
        ("differential", "recurrence", "recurrence; differential"),
        ("confirmed", "active", "active"),
    ],
)
def test_a_suspected_diagnosis_says_so_wherever_it_goes(verified: str, clinical: str, words: str) -> None:
    (found,) = read(bundle(a_condition(verified, clinical))).only.conditions
    assert found.status == words
    assert (found.status in NOT_ACTIVE) == (verified != "confirmed")  # left out where only names are said
    content = written(PatientBundle(ANNA, "clinic", conditions=(found,)))
    node = json.loads(content)["entry"][1]["resource"]
    assert _code(node["clinicalStatus"]) == clinical
    assert _code(node.get("verificationStatus", {})) == ("" if verified == "confirmed" else verified)
    assert read_back(content)[0].conditions == (replace(found, source_key=None, where=_where(content)),)


def _code(coded: Node) -> str:
    return str(coded["coding"][0]["code"]) if coded else ""


def _where(content: bytes) -> str:
    return read_back(content)[0].conditions[0].where


def test_the_checks_of_medicines_know_of_a_suspected_diagnosis_that_it_is_suspected() -> None:
    listed = (
        ConditionRecord("Glaucoma", code="H40", status="suspected: provisional"),
        ConditionRecord("Asthma"),
        ConditionRecord("Gout", status="resolved; unconfirmed"),
    )
    found = standing_conditions(listed)
    assert [(each.label, each.code) for each in found] == [
        ("Glaucoma (suspected: provisional)", "H40"),
        ("Asthma", ""),
    ]


def test_an_allergy_that_nobody_confirmed_stays_with_the_checks_and_goes_out_as_unconfirmed(engine: Engine) -> None:
    node = {"resourceType": "AllergyIntolerance", "id": "a1", "patient": ANNAS["subject"], "code": {"text": "Codeine"}}
    (found,) = read(bundle(node | {"verificationStatus": concept("vs", "unconfirmed")})).only.allergies
    assert found.status == "unconfirmed"
    assert found.status not in NOT_ACTIVE
    content = written(PatientBundle(ANNA, "clinic", allergies=(found,)))
    coded = json.loads(content)["entry"][1]["resource"]
    assert (_code(coded["clinicalStatus"]), _code(coded["verificationStatus"])) == ("active", "unconfirmed")
    assert read_back(content)[0].allergies[0].status == "unconfirmed"


def none_known() -> Sequence[AllergyRecord]:
    return (
        AllergyRecord("No known allergy"),
        AllergyRecord("no known drug allergies"),
        AllergyRecord("Keine bekannte Allergie", SNOMED, "716186003"),
        AllergyRecord("-", "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-known-allergies"),
        AllergyRecord("-", "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-allergy-info"),
    )


def test_that_no_allergy_is_known_is_no_allergy() -> None:
    assert all(says_none(each) for each in none_known())
    assert not says_none(AllergyRecord("Penicillin", SNOMED, "91936005"))
    assert not says_none(AllergyRecord("Penicillin", "urn:elsewhere", "716186003"))


def test_a_diagnosis_in_own_words_keeps_them() -> None:
    stored = PatientBundle(ANNA, "clinic", conditions=(ConditionRecord("Pain", status="own; unconfirmed"),))
    assert read_back(written(stored))[0].conditions[0].status == "own; unconfirmed"
