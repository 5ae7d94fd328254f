"""Bundles and NDJSON: their forms, whom each resource is about, and every other kind of resource."""

import json
from datetime import date
from typing import Any

import pytest

from clinical.medication.frequency import times_a_day
from data_access.errors import UnreadableFile
from data_access.records import (
    ActionRecord,
    AllergyRecord,
    ConditionRecord,
    DoseRecord,
    EventRecord,
    GoalRecord,
    MedicationRecord,
)
from tests.data_access.importers.reading_files import (
    ANNA,
    DATA,
    LOINC,
    SNOMED,
    Node,
    bundle,
    concept,
    observation,
    read,
)

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ANNAS: Node = {"subject": {"reference": "Patient/anna"}}


def resource(kind: str, **elements: Any) -> Node:
    return {"resourceType": kind, "id": "r1", **ANNAS, **elements}


def only(kind: str, content: str) -> Any:
    found = read(content)
    assert found.reasons == []
    (record,) = getattr(found.only, kind)
    return record


@pytest.mark.parametrize("form", ["transaction", "batch", "collection", "searchset", "document"])
def test_every_form_of_bundle_is_read(form: str) -> None:
    found = read(bundle(observation("72514-3", 6), form=form))
    assert (found.parsed.format, found.only.entries[0].pain) == (f"fhir-r4-{form}", 6)


@pytest.mark.parametrize("form", ["history", "message", "transaction-response", "subscription-notification", ""])
def test_bundles_that_carry_no_record_are_refused(form: str) -> None:
    with pytest.raises(UnreadableFile, match="does not carry a record"):
        read(bundle(form=form))


def test_ndjson_is_read_line_by_line() -> None:
    lines = "\n".join(json.dumps(each) for each in (ANNA, observation("72514-3", 6)))
    found = read(lines + "\n\n")
    assert (found.parsed.format, found.only.entries[0].where) == ("fhir-r4-ndjson", "line 2 Observation/o-72514-3")


def test_a_cut_off_line_of_ndjson_refuses_the_file() -> None:
    lines = "\n".join(json.dumps(each) for each in (ANNA, observation("72514-3", 6)))
    with pytest.raises(UnreadableFile):
        read(lines[:-10])


def test_a_single_resource_is_read() -> None:
    assert read(json.dumps(ANNA)).only.patient.family_name == "Example"


def test_the_person_is_read() -> None:
    patient = read(bundle()).only.patient
    assert (patient.record_number, patient.family_name, patient.given_name) == ("anna", "Example", "Anna Maria")
    assert (patient.birth_date, patient.sex) == (date(1980, 2, 29), "female")


@pytest.mark.parametrize(
    ("identifiers", "number"),
    [
        ([], "anna"),
        ([{"value": "P-7"}], "P-7"),
        ([{"type": concept("v2", "SS"), "value": "123"}, {"type": concept("v2", "MR"), "value": "M-1"}], "M-1"),
        ([{"type": concept("v2", "SS"), "value": "123"}], "anna"),
        ([{"use": "old", "value": "P-6"}, {"value": "P-7"}], "P-7"),
        ([{"value": "P-6"}, {"value": "P-7"}], "anna"),
    ],
)
def test_the_record_number_is_the_medical_one_or_else_the_id(identifiers: list[Node], number: str) -> None:
    assert read(bundle(patient=ANNA | {"identifier": identifiers})).only.patient.record_number == number


@pytest.mark.parametrize(
    "pointer",
    ["Patient/anna", "http://server.example/fhir/Patient/anna", "Patient/anna/_history/3"],
)
def test_a_reference_finds_its_patient_however_it_is_written(pointer: str) -> None:
    assert len(read(bundle(observation("72514-3", 6, subject={"reference": pointer}))).only.entries) == 1


def test_a_reference_by_full_url_finds_its_patient() -> None:
    pain = observation("72514-3", 6, subject={"reference": "urn:uuid:1"})
    entries = [{"fullUrl": "urn:uuid:1", "resource": ANNA}, {"resource": pain}]
    assert len(read(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})).only.entries) == 1


def test_a_patient_who_is_only_referred_to_must_be_on_record_already() -> None:
    found = read(bundle(observation("72514-3", 6), patient=None))
    assert found.parsed.must_exist == {"anna"}


def test_two_patients_of_one_file_stay_two() -> None:
    bea = ANNA | {"id": "bea", "name": [{"family": "Sample"}]}
    found = read(
        bundle(bea, observation("72514-3", 6), observation("72514-3", 3, subject={"reference": "Patient/bea"}))
    )
    pains = {each.patient.record_number: [entry.pain for entry in each.entries] for each in found.bundles}
    assert pains == {"anna": [6], "bea": [3]}


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        (None, "it does not say which patient it is about"),
        ({"display": "Anna"}, "it does not say which patient it is about"),
        ({"reference": "Group/all"}, "it is about something else than a patient in this file"),
        ({"reference": "Patient/" + "x" * 65}, "record_number is longer than 64 characters"),
    ],
)
def test_a_resource_about_nobody_is_rejected(subject: Node | None, reason: str) -> None:
    assert read(bundle(observation("72514-3", 6, subject=subject))).reasons == [reason]


def test_deletions_of_a_transaction_are_counted_and_do_nothing() -> None:
    entries = [{"resource": ANNA}, {"request": {"method": "DELETE", "url": "Observation/1"}}]
    found = read(json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entries}))
    assert dict(found.account.unused) == {"DELETE request of a transaction": 1}


def test_an_entry_without_a_resource_is_rejected_with_its_place() -> None:
    content = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": ANNA}, {}, 7]})
    assert [(r.where, r.why) for r in read(content).account.rejected] == [
        ("entry[1]", "it holds no resource"),
        ("entry[2]", "it holds no resource"),
    ]


def test_kinds_without_a_place_are_counted_by_name() -> None:
    found = read(bundle(resource("Encounter"), resource("Encounter", id="r2"), resource("Practitioner")))
    assert dict(found.account.unused) == {"Encounter": 2, "Practitioner": 1}


def test_a_condition_is_read() -> None:
    node = resource(
        "Condition",
        code=concept(SNOMED, "203082005", "Fibromyalgia"),
        clinicalStatus=concept("cs", "active"),
        onsetDateTime="2013-04-05T16:00:00Z",
    )
    assert only("conditions", bundle(node)) == ConditionRecord(
        "Fibromyalgia", SNOMED, "203082005", date(2013, 4, 5), "active", "Condition/r1", "entry[1] Condition/r1"
    )


@pytest.mark.parametrize("kind", ["Condition", "AllergyIntolerance"])
@pytest.mark.parametrize("status", ["refuted", "entered-in-error"])
def test_what_was_ruled_out_is_not_used(kind: str, status: str) -> None:
    node = resource(kind, patient=ANNAS["subject"], code=concept(SNOMED, "1"), verificationStatus=concept("vs", status))
    if kind == "Condition":
        del node["patient"]
    assert dict(read(bundle(node)).account.unused) == {f"{kind} {status}": 1}


def test_an_allergy_is_read_with_its_reactions() -> None:
    node = {
        "resourceType": "AllergyIntolerance",
        "id": "r1",
        "patient": {"reference": "Patient/anna"},
        "code": {"text": "Penicillin"},
        "criticality": "high",
        "reaction": [
            {"manifestation": [{"text": "Hives"}, {"text": "Swelling"}]},
            {"manifestation": [{"text": "Hives"}]},
        ],
    }
    assert only("allergies", bundle(node)) == AllergyRecord(
        "Penicillin", "", "", "Hives, Swelling", "high", "active", "AllergyIntolerance/r1",
        "entry[1] AllergyIntolerance/r1",
    )  # fmt: skip


def prescription(**elements: Any) -> Node:
    usual = {
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": concept(RXNORM, "197806", "Ibuprofen 600 MG Oral Tablet"),
        "authoredOn": "2026-01-05T16:00:00Z",
    }
    return resource("MedicationRequest", **usual | elements)


def test_a_prescription_is_read_with_its_dose_and_course() -> None:
    dosage = {
        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
        "asNeededBoolean": True,
        "route": {"text": "oral"},
        "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet", "code": "{tablet}"}}],
    }
    assert only("medications", bundle(prescription(dosageInstruction=[dosage]))) == MedicationRecord(
        "Ibuprofen 600 MG Oral Tablet", "", "197806", 1, "tablet", "oral", "2 times a day", True, date(2026, 1, 5),
        None, "", "prescribed", "MedicationRequest/r1", "entry[1] MedicationRequest/r1",
    )  # fmt: skip


def test_the_prescribers_own_sentence_comes_before_the_structured_timing() -> None:
    dosage = {"text": "One every 12 hours", "timing": {"repeat": {"frequency": 1, "period": 12, "periodUnit": "d"}}}
    assert only("medications", bundle(prescription(dosageInstruction=[dosage]))).frequency == "One every 12 hours"


DAILY = {"frequency": 1, "period": 1, "periodUnit": "d"}
ONE_TABLET = [{"doseQuantity": {"value": 1, "unit": "tablet"}}]

THREE_TABLETS = [{"doseQuantity": {"value": 3, "unit": "tablet"}}]
ONE_OR_TWO = [{"doseRange": {"low": {"value": 1}, "high": {"value": 2, "unit": "tablet"}}}]


def timed(dose: Any = ONE_TABLET, text: str = "", **repeat: Any) -> Node:
    return {"timing": {"repeat": DAILY | repeat}, "doseAndRate": dose, **({"text": text} if text else {})}


def of_dosage(*instructions: Node, **more: Any) -> tuple[float | None, str]:
    found = only("medications", bundle(prescription(dosageInstruction=list(instructions), **more)))
    return found.dose, found.frequency


def test_two_instructions_are_kept_in_words_and_no_smaller_dose_is_made_of_them() -> None:
    two = [{"doseQuantity": {"value": 2, "unit": "tablet"}}]
    assert of_dosage(timed(two, when=["MORN"]), timed(when=["NIGHT"])) == (
        None,
        "2 tablet in the morning + 1 tablet at night",
    )
    first: dict[str, Any] = {"text": "Two in the morning and one at lunch"}
    several = [first, {"text": "One at night", "asNeededBoolean": True}]
    assert of_dosage(*several)[1] == "Two in the morning and one at lunch + One at night as needed"


@pytest.mark.parametrize(
    ("instruction", "dose", "words"),
    [
        (timed(frequencyMax=4), 1, "1 to 4 times a day"),
        (timed(period=1, periodMax=3), 1, "once every 1 to 3 days"),
        (timed(ONE_OR_TWO), None, "1 to 2 tablet once a day"),
        (timed([*ONE_TABLET, *THREE_TABLETS]), None, "1 tablet or 3 tablet once a day"),
        (timed(when=["MORN", "NIGHT"]), 1, "once a day (in the morning, at night)"),
        (timed(dayOfWeek=["mon"], timeOfDay=["08:00:00", "20:00:00"]), 1, "once a day (mon, 08:00:00, 20:00:00)"),
        (timed(text="x" * 200), 1, f"{'x' * (120 - 27)} ... (longer in the source)"),
        (timed(text="Once a day", frequencyMax=4), 1, "Once a day, but its timing says 1 to 4 times a day"),
        (
            timed(text="Take 1 tablet every 12 hours as directed.", period=12),
            1,
            "Take 1 tablet every 12 hours as directed, but its timing says once every 12 days",
        ),
    ],
)  # fmt: skip
def test_a_range_or_a_contradiction_is_kept_in_words_that_mean_no_count(
    instruction: Node, dose: float | None, words: str
) -> None:
    assert of_dosage(instruction) == (dose, words)
    assert times_a_day(words) is None


def test_that_the_supply_of_an_active_prescription_is_over_is_said_beside_it() -> None:
    supply = {"validityPeriod": {"start": "2023-01-01", "end": "2023-06-07"}}
    dose, words = of_dosage(timed(text="Take 1 tablet twice a day.", frequency=2), dispenseRequest=supply)
    assert (dose, words) == (1, "Take 1 tablet twice a day; supply to 7 Jun 2023")
    found = times_a_day(words)
    assert found is not None
    assert found.times == 2


def test_a_course_that_is_over_on_an_unknown_day_does_not_look_as_if_it_went_on() -> None:
    over = only("medications", bundle(prescription(status="completed")))
    assert (over.end_day, over.reason_stopped) == (None, "completed, on a day that is not recorded")
    supplied = prescription(status="stopped", dispenseRequest={"validityPeriod": {"end": "2026-02-05"}})
    ended = only("medications", bundle(supplied))
    assert (ended.end_day, ended.reason_stopped) == (date(2026, 2, 5), "")


@pytest.mark.parametrize(
    "elements",
    [{"status": "draft"}, {"status": "cancelled"}, {"doNotPerform": True}, {"intent": "proposal"}],
)
def test_a_prescription_that_was_never_given_is_not_used(elements: Node) -> None:
    found = read(bundle(prescription(**elements)))
    assert (found.only.medications, found.account.unused.total()) == ((), 1)


def test_a_medicine_may_be_a_resource_of_its_own_or_contained() -> None:
    named = {"resourceType": "Medication", "id": "m1", "code": {"text": "tramadol"}}
    outside = prescription(medicationCodeableConcept=None, medicationReference={"reference": "Medication/m1"})
    inside = prescription(
        medicationCodeableConcept=None, medicationReference={"reference": "#m1"}, contained=[named], id="r2"
    )
    found = read(bundle(named, outside, inside))
    assert [m.medicine for m in found.only.medications] == ["tramadol", "tramadol"]
    assert (found.reasons, found.account.unused.total()) == ([], 0)


def test_a_medicine_that_is_not_there_is_rejected() -> None:
    lost = prescription(medicationCodeableConcept=None, medicationReference={"reference": "Medication/m1"})
    assert read(bundle(lost)).reasons == ["the medicine it refers to is not in the file"]


def test_a_statement_is_a_reported_medicine() -> None:
    node = resource(
        "MedicationStatement",
        status="active",
        medicationCodeableConcept={"text": "paracetamol"},
        effectivePeriod={"start": "2026-01-05", "end": "2026-02-05"},
    )
    record = only("medications", bundle(node))
    assert (record.kind, record.start_day, record.end_day) == ("reported", date(2026, 1, 5), date(2026, 2, 5))


@pytest.mark.parametrize(("status", "taken"), [("completed", True), ("not-done", False)])
def test_an_administration_is_a_dose(status: str, taken: bool) -> None:
    node = resource(
        "MedicationAdministration",
        status=status,
        medicationCodeableConcept={"text": "morphine"},
        effectiveDateTime="2026-03-02T21:15:00Z",
        dosage={"dose": {"value": 10, "unit": "mg"}, "route": {"text": "oral"}},
    )
    assert only("doses", bundle(node)) == DoseRecord(
        date(2026, 3, 2), "morphine", taken, "21:15", 10, "mg", "oral", False, "MedicationAdministration/r1",
        "entry[1] MedicationAdministration/r1",
    )  # fmt: skip


def test_a_goal_is_read_with_target_and_attainment() -> None:
    node = resource(
        "Goal",
        lifecycleStatus="active",
        description={"text": "Walk 2 km"},
        target=[
            {"measure": {"text": "distance"}, "detailQuantity": {"value": 2, "code": "km"}, "dueDate": "2027-01-01"}
        ],
        achievementStatus=concept(LOINC, "LA34480-6"),
    )
    assert only("goals", bundle(node)) == GoalRecord(
        "Walk 2 km", "distance", None, 2, "km", date(2027, 1, 1), "active", 1, "Goal/r1", "entry[1] Goal/r1"
    )


PRIORITY = "http://terminology.hl7.org/CodeSystem/goal-priority"


@pytest.mark.parametrize(
    ("priority", "importance"),
    [
        (concept(PRIORITY, "high-priority"), 3),
        (concept(PRIORITY, "medium-priority"), 2),
        (concept(PRIORITY, "low-priority"), 1),
        (concept(PRIORITY, "urgent"), None),
        (concept("urn:elsewhere", "high-priority"), None),
        ({"text": "high-priority"}, None),
    ],
)
def test_the_priority_of_a_goal_is_its_importance_where_it_is_coded(priority: Node, importance: int | None) -> None:
    node = resource("Goal", lifecycleStatus="active", description={"text": "Walk"}, priority=priority)
    found = only("goals", bundle(node))
    assert isinstance(found, GoalRecord)
    assert found.importance == importance


def test_an_activity_says_who_does_it_and_when_the_plan_was_made() -> None:
    performers = [{"display": "Ms  Physio"}, {"reference": "Practitioner/p1"}, {"display": "Ms Physio"}]
    both = [*performers, {"display": "the patient"}]
    activities = [
        {"detail": {"description": "Pacing", "performer": both}},
        {"detail": {"description": "Cognitive behavioural therapy"}},
    ]
    found = read(bundle(resource("CarePlan", status="active", created="2026-03-02T08:00:00Z", activity=activities)))
    pacing, therapy = found.only.actions
    assert (pacing.owner_name, pacing.made_day) == ("Ms Physio, the patient", date(2026, 3, 2))
    assert (therapy.title, therapy.owner_name, therapy.made_day) == (
        "Cognitive behavioural therapy", "", date(2026, 3, 2),
    )  # fmt: skip


def test_a_plan_that_was_made_tomorrow_is_refused() -> None:
    plan = resource("CarePlan", status="active", created="2199-01-01", activity=[{"detail": {"description": "Pacing"}}])
    assert read(bundle(plan)).reasons == ["the day it was agreed lies in the future"]


def test_the_activities_of_a_care_plan_are_actions() -> None:
    referral = {
        "resourceType": "ServiceRequest",
        "id": "s1",
        **ANNAS,
        "status": "completed",
        "code": {"text": "Physio"},
    }
    activities = [
        {"detail": {"status": "in-progress", "description": "Pacing", "scheduledPeriod": {"end": "2026-12-01"}}},
        {"reference": {"reference": "ServiceRequest/s1"}},
    ]
    found = read(bundle(referral, resource("CarePlan", status="active", activity=activities)))
    assert found.only.actions == (
        ActionRecord(
            "Pacing", due_day=date(2026, 12, 1), source_key="CarePlan/r1#0", where="entry[2] CarePlan/r1 activity[0]"
        ),
        ActionRecord("Physio", status="done", source_key="CarePlan/r1#1", where="entry[2] CarePlan/r1 activity[1]"),
    )


def test_a_plan_goes_in_whole_or_not_at_all() -> None:
    activities = [{"detail": {"description": "Pacing"}}, {"detail": {"status": "completed"}}]
    found = read(bundle(resource("CarePlan", status="active", activity=activities)))
    assert (found.only.actions, found.reasons) == ((), ["an activity of the plan has no words"])


def test_a_procedure_is_an_event() -> None:
    node = resource("Procedure", status="completed", code={"text": "Nerve block"}, performedDateTime="2026-01-05")
    assert only("events", bundle(node)) == EventRecord(
        date(2026, 1, 5), "procedure", "Nerve block", "Procedure/r1", "entry[1] Procedure/r1"
    )


def response(**elements: Any) -> Node:
    items = [
        {"linkId": "/69725-0", "answer": [{"valueCoding": {"system": LOINC, "code": "LA6570-1"}}]},
        {"linkId": "group", "item": [{"linkId": "68509-9", "answer": [{"valueInteger": 1}]}]},
        {"linkId": "mood", "answer": [{"valueString": "low"}]},
    ]
    return resource(
        "QuestionnaireResponse", status="completed", authored="2026-03-02T08:00:00Z", item=items, **elements
    )


def test_a_questionnaire_response_is_read_where_its_items_name_their_code() -> None:
    found = read(bundle(response()))
    (measure,) = found.only.measures
    assert (measure.instrument, measure.items, measure.day) == ("GAD-7", (2, 1), date(2026, 3, 2))
    assert dict(found.account.unused) == {"QuestionnaireResponse item without a code we know": 1}


def test_answers_are_not_read_twice_when_observations_were_derived_from_them() -> None:
    derived = observation("69725-0", 2, derivedFrom=[{"reference": "QuestionnaireResponse/r1"}])
    found = read(bundle(response(), derived))
    assert [measure.items for measure in found.only.measures] == [(2,)]
    assert found.account.unused.total() == 1


def test_a_response_without_a_known_item_is_counted() -> None:
    node = resource(
        "QuestionnaireResponse", questionnaire="urn:q", item=[{"linkId": "1", "answer": [{"valueInteger": 1}]}]
    )
    assert dict(read(bundle(node)).account.unused) == {"QuestionnaireResponse urn:q (no item with a code we know)": 1}


@pytest.mark.parametrize(
    ("node", "version"),
    [
        ({"resourceType": "MedicationOrder", "id": "1"}, "DSTU2"),
        (resource("Condition", patient=ANNAS["subject"]), "DSTU2"),
        (resource("Condition", clinicalStatus="active"), "STU3 or older"),
        (resource("MedicationRequest", medication={"concept": {"text": "x"}}), "R5"),
        (resource("Procedure", occurrenceDateTime="2026-01-01"), "R5"),
        (resource("Observation", meta={"profile": ["http://hl7.org/fhir/5.0/StructureDefinition/Observation"]}), "R5"),
        ({"resourceType": "CapabilityStatement", "fhirVersion": "5.0.0"}, "R5"),
        ({"resourceType": "CapabilityStatement", "fhirVersion": "1.0.2"}, "DSTU2"),
        (resource("Observation", meta={"fhirVersion": "3.0.1"}), "STU3"),
        (resource("CarePlan", activity=[{"plannedActivityReference": {}}]), "R5"),
    ],
)
def test_another_version_is_refused_by_its_name(node: Node, version: str) -> None:
    with pytest.raises(UnreadableFile, match=f"FHIR {version}; Flareboard reads FHIR R4"):
        read(bundle(node))


def test_r4b_is_read_as_r4() -> None:
    assert len(read(bundle({"resourceType": "CapabilityStatement", "fhirVersion": "4.3.0"})).bundles) == 1


def test_a_resource_without_an_id_has_a_key_that_stays_the_same() -> None:
    first = read(bundle(observation("72514-3", 6, id=None))).only.entries[0].source_key
    assert first == read(bundle(observation("72514-3", 6, id=None))).only.entries[0].source_key
    assert first != read(bundle(observation("72514-3", 7, id=None))).only.entries[0].source_key


@pytest.mark.parametrize(
    ("name", "counts", "unused"),
    [
        ("benufldevelopbundle", {"entries": 1, "medications": 9, "measures": 3, "conditions": 4, "goals": 1}, 29),
        ("brenda_jackson", {"medications": 32, "measures": 18, "conditions": 4, "events": 5}, 3),
        ("noConditionsufldevelopbundle", {}, 0),
        (
            "sharonDecisionCompleteBundle",
            {"entries": 1, "medications": 8, "measures": 3, "conditions": 4, "goals": 1},
            33,
        ),
    ],
)
def test_the_real_bundles_are_read_to_the_last_resource(name: str, counts: dict[str, int], unused: int) -> None:
    found = read((DATA / "fhir" / f"{name}.json").read_bytes())
    kinds = ("entries", "medications", "doses", "measures", "events", "conditions", "allergies", "goals", "actions")
    assert {kind: len(made) for kind in kinds if (made := getattr(found.only, kind))} == counts
    assert (found.account.unused.total(), found.account.rejected) == (unused, [])


def test_released_scores_without_an_effective_date_are_undated() -> None:
    found = read((DATA / "fhir" / "brenda_jackson.json").read_bytes())
    assert {measure.day for measure in found.only.measures} == {None}
    assert sorted(m.score or 0 for m in found.only.measures if m.instrument == "PHQ-9") == [8, 15, 18]
