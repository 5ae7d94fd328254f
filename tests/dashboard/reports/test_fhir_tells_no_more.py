"""The resources of a FHIR document tell no more than its words do, and hold no sign that turns letters round."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from clinical.plan import PlannedIntervention
from clinical.record import Event
from clinical.red_flags import RED_FLAGS
from clinical.safety import YES, Answer
from dashboard.reports import fhir_document
from dashboard.reports.compose import compose
from dashboard.reports.document_text import text
from dashboard.reports.fhir_document import Parties
from dashboard.reports.record import Record
from dashboard.reports.templates import SECTIONS, TEMPLATES
from dashboard.services.markers import markers
from data_access.fhir_people import care_team
from data_access.patients import Member
from data_access.records import ActionRecord, EventRecord, PatientBundle
from tests.conftest import AS_OF, NOW
from tests.dashboard.reports.fhir_documents import AUTHOR, Node, document, loaded, ordered, resources, sections
from tests.data_access.fhir_written import read_back

LETTERS = [code for code, kind in TEMPLATES.items() if not kind.plain]
TREATMENTS = (
    PlannedIntervention("walking", status="active", detail="WALKS"),
    PlannedIntervention("heat", status="planned", detail="WARMS"),
    PlannedIntervention("cold", status="stopped", detail="COOLS"),
)
TOLD = {"WALKS": {"treatments", "plan"}, "WARMS": {"plan"}, "COOLS": {"treatments"}}


def treated(engine: Engine) -> tuple[Record, PatientBundle]:
    record, stored = loaded(engine, "FB-00002")
    return replace(record, plan=replace(record.plan, interventions=TREATMENTS)), stored


@pytest.mark.parametrize("template", LETTERS)
@pytest.mark.parametrize("chosen", [("treatments",), ("plan",), ("treatments", "plan"), ("pain",)], ids="+".join)
def test_the_plan_holds_the_treatments_that_the_words_tell_and_no_others(
    demo_engine: Engine, template: str, chosen: tuple[str, ...]
) -> None:
    record, stored = treated(demo_engine)
    order = ordered(template, *chosen)
    sent = json.dumps(resources(document(record, stored, order), "CarePlan"))
    printed = text(compose(record, order, AUTHOR, signed_at=NOW))
    for name, told_in in TOLD.items():
        assert (name in sent) == bool(told_in & set(chosen)) == (name in printed), name


def test_what_was_done_before_the_period_goes_only_with_the_whole_record(demo_engine: Engine) -> None:
    record, stored = loaded(demo_engine, "FB-00002")
    before = record.periods.now.start - timedelta(days=1)
    done = ActionRecord("LONG AGO", status="done", done_day=before)
    with_it = replace(stored, actions=(*stored.actions, done))
    assert "LONG AGO" not in json.dumps(document(record, with_it, ordered("gp_letter")))
    assert "LONG AGO" in json.dumps(document(record, with_it, ordered("gp_letter"), everything=True))


def eventful(engine: Engine) -> tuple[Record, PatientBundle]:
    """Two things that happened on one day: the chart has room for the name of the first alone."""
    record, stored = loaded(engine, "FB-00002")
    day = record.periods.now.start + timedelta(days=3)
    events = (EventRecord(day, "life_event", "MOVED HOUSE"), EventRecord(day, "visit", "PRIVATE MATTER"))
    happened = [_event(each, number) for number, each in enumerate(events)]
    timeline = replace(record.timeline, markers=tuple(markers(happened, [], [], [], [])))
    return replace(record, timeline=timeline), replace(stored, events=events)


def _event(record: EventRecord, number: int) -> Event:
    return Event(record.day, record.kind, record.label, number)


def happened(made: Node) -> str:
    return json.dumps([*resources(made, "Encounter"), *resources(made, "Procedure"), *resources(made, "Observation")])


def test_what_happened_goes_as_far_as_the_printed_chart_names_it(demo_engine: Engine) -> None:
    record, stored = eventful(demo_engine)
    sent = happened(document(record, stored, ordered("referral_pain", "course")))
    assert "MOVED HOUSE" in sent
    assert "PRIVATE MATTER" not in sent
    without = happened(document(record, stored, ordered("referral_pain", "treatments", "pain")))
    assert "MOVED HOUSE" not in without
    whole = happened(document(record, stored, ordered("referral_pain", *SECTIONS), everything=True))
    assert "PRIVATE MATTER" in whole


def test_a_copy_for_the_patient_holds_its_words_alone(demo_engine: Engine) -> None:
    record, stored = loaded(demo_engine, "FB-00024")
    asked = Answer(next(iter(RED_FLAGS)), YES, AS_OF, "BLUNT REMARK", "Dr T", NOW, 1)
    made = document(replace(record, answers=[asked]), stored, ordered("patient_copy"))
    kinds = {node["resourceType"] for node in resources(made)}
    assert kinds <= {"Composition", "Patient", "Practitioner", "Organization", "Provenance", "Device"}
    assert "BLUNT REMARK" not in json.dumps(made)
    assert "BLUNT REMARK" in json.dumps(document(replace(record, answers=[asked]), stored, ordered("gp_letter")))
    medicines = sections(made)["medication"]
    assert medicines["text"]["div"].strip()
    assert "emptyReason" not in medicines  # it has words: nothing says that nothing is on record


def test_signs_that_turn_letters_round_and_controls_do_not_go_out_and_the_rest_does(demo_engine: Engine) -> None:
    record, stored = loaded(demo_engine, "FB-00002", None)
    medicine = replace(
        stored.medications[0], medicine="ibu\u202eprofen\x07", frequency="twice\n  a day\t\u2067", route="\x07"
    )
    hostile = replace(stored, medications=(medicine,))
    order = ordered("referral_pain", *SECTIONS)
    made, parties = compose(record, order, AUTHOR, signed_at=NOW), Parties(hostile, AUTHOR, order, everything=True)
    content = fhir_document.as_json(record, made, parties, now=NOW)
    assert not {"\u202e", "\u2067", "\x07"} & set(content.decode("utf-8"))
    assert "\\u0007" not in content.decode("utf-8")
    (found,) = read_back(content)[0].medications
    assert (found.medicine, found.frequency, found.route) == ("ibuprofen", "twice\n  a day\t", "\ufffd")


def test_two_clinicians_of_one_name_are_two(demo_engine: Engine) -> None:
    team = care_team("urn:uuid:p", [Member(7, "A. Smith", "medicine"), Member(9, "A. Smith", "psychology")], "")
    people = [node for _, node in team if node["resourceType"] == "Practitioner"]
    assert len({own for own, _ in team}) == 3
    assert [node["identifier"] for node in people] == [
        [{"system": "urn:flareboard:user", "value": "7"}],
        [{"system": "urn:flareboard:user", "value": "9"}],
    ]
    record, stored = loaded(demo_engine, "FB-00002")
    order = ordered("gp_letter")
    signed = [replace(AUTHOR, user_id=number) for number in (7, 9)]
    made = [
        fhir_document.bundle(record, compose(record, order, who), Parties(stored, who, order), now=NOW)
        for who in signed
    ]
    first, second = (resources(each, "Composition")[0]["author"][0]["reference"] for each in made)
    assert first != second


def test_a_red_flag_answered_yes_elsewhere_is_said_by_name_when_it_arrives(demo_engine: Engine) -> None:
    record, stored = loaded(demo_engine, "FB-00010")
    question, flag = next(iter(RED_FLAGS.items()))
    made = document(replace(record, answers=[Answer(question, YES, AS_OF, "", "Dr T", NOW, 1)]), stored)
    _, account = read_back(json.dumps(made).encode())
    assert account.unused[f"RED FLAG ANSWERED YES, ask now: {flag.label}"] == 1
    assert account.unused["Observation red-flag (asked anew here)"] == len(RED_FLAGS) - 1
