"""The FHIR document: complete in itself, with nothing that was not chosen, and no claim of what nobody recorded."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from sqlalchemy import Engine

from clinical.red_flags import RED_FLAGS
from clinical.safety import NO, Answer
from dashboard.reports import fhir_document
from dashboard.reports.compose import compose
from dashboard.reports.document import Bullets, Pairs, Paragraph, Picture, Section, Table
from dashboard.reports.fhir_document import Parties
from dashboard.reports.fhir_narrative import of_section
from dashboard.reports.one_page import Line
from dashboard.reports.templates import SECTIONS, TEMPLATES
from data_access.ingest import Ingested
from data_access.records import PatientBundle
from tests.conftest import AS_OF, NOW
from tests.dashboard.reports.fhir_documents import (
    ASKED,
    AUTHOR,
    Node,
    document,
    loaded,
    ordered,
    references,
    resources,
    sections,
)
from tests.data_access.fhir_written import on_record, read_back, said, taken_in

EVERYTHING = tuple(SECTIONS)
PEOPLE = ("FB-00002", "FB-00010", "FB-00024")


def narrative(div: str) -> ElementTree.Element:
    return ElementTree.fromstring(div)  # noqa: S314  (our own words)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("number", PEOPLE)
def test_every_reference_resolves_and_everything_is_reached_from_the_composition(
    demo_engine: Engine, number: str, template: str
) -> None:
    made = document(*loaded(demo_engine, number), ordered(template))
    by_address = {each["fullUrl"]: each["resource"] for each in made["entry"]}
    assert len(by_address) == len(made["entry"])
    assert references(made) <= by_address.keys()
    reached, waiting = set(), [made["entry"][0]["fullUrl"]]
    while waiting:
        address = waiting.pop()
        if address not in reached:
            reached.add(address)
            waiting.extend(references(by_address[address]))
    left = [by_address[each]["resourceType"] for each in by_address.keys() - reached]
    assert set(left) <= {"Provenance", "Device"}  # these refer to the document, not it to them


def test_it_is_a_document_that_begins_with_its_composition(demo_engine: Engine) -> None:
    made = document(*loaded(demo_engine, "FB-00002"))
    first = resources(made)[0]
    assert (made["type"], made["language"], made["timestamp"]) == ("document", "en", NOW.isoformat())
    assert made["identifier"]["value"].startswith("urn:uuid:")
    assert first["resourceType"] == "Composition"
    assert first["type"]["coding"][0] == {"system": "http://loinc.org", "code": "57133-1"}
    assert (first["status"], first["attester"][0]["time"]) == ("final", NOW.isoformat())


def test_what_is_not_signed_says_so(demo_engine: Engine) -> None:
    first = resources(document(*loaded(demo_engine, "FB-00002"), signed=False))[0]
    assert first["status"] == "preliminary"
    assert "attester" not in first
    assert resources(document(*loaded(demo_engine, "FB-00002"), signed=False), "ServiceRequest")[0]["status"] == "draft"


@pytest.mark.parametrize(("template", "code"), [("gp_letter", "60591-5"), ("patient_copy", "60591-5")])
def test_a_letter_is_a_summary_and_asks_nobody_for_anything(demo_engine: Engine, template: str, code: str) -> None:
    made = document(*loaded(demo_engine, "FB-00002"), ordered(template))
    assert resources(made)[0]["type"]["coding"][0]["code"] == code
    assert resources(made, "ServiceRequest") == []


@pytest.mark.parametrize("number", PEOPLE)
def test_the_sections_that_c_cda_and_ips_demand_are_there_with_their_codes(demo_engine: Engine, number: str) -> None:
    made = document(*loaded(demo_engine, number), ordered("rheumatology"))
    codes = {section["code"]["coding"][0]["code"] for section in resources(made)[0]["section"]}
    assert {"42349-1", "11450-4", "48765-2", "10160-0", "51848-0", "18776-5"} <= codes
    assert "51847-2" not in codes  # assessment and plan stand apart: C-CDA forbids both forms together


def test_the_same_content_has_the_same_addresses_and_other_content_another_name(demo_engine: Engine) -> None:
    record, stored = loaded(demo_engine, "FB-00002")
    first, again = document(record, stored), document(record, stored)
    assert first == again
    other = document(record, stored, replace(ASKED, question="Something else?"))
    assert first["identifier"] != other["identifier"]


def test_only_the_chosen_sections_go_in(demo_engine: Engine) -> None:
    record, stored = loaded(demo_engine, "FB-00002")
    made = document(record, stored, ordered("psychology", "daily_life"))
    kinds = {node["resourceType"] for node in resources(made)}
    assert kinds.isdisjoint({"Condition", "MedicationStatement", "MedicationAdministration", "Goal", "CarePlan"})
    text = json.dumps(resources(made, "Observation"))
    assert "72514-3" not in text
    assert '"diary-entry"' in text
    assert '"stress"' in text
    assert all(section["emptyReason"]["coding"][0]["code"] == "withheld" for section in _empty(made))
    assert {section["title"] for section in _empty(made)} >= {"Diagnoses", "Medicines"}
    for medicine in stored.medications:
        assert medicine.medicine not in json.dumps(resources(made)[1:])


def _empty(made: Node) -> list[Node]:
    return [
        section
        for section in resources(made)[0]["section"]
        if "emptyReason" in section and section["title"] != SECTIONS["allergies"].title
    ]


def test_free_text_of_the_diary_goes_only_with_the_whole_record(demo_engine: Engine) -> None:
    record, stored = loaded(demo_engine, "FB-00002", None)
    notes = [entry.note for entry in stored.entries if entry.note]
    assert notes
    for chosen in (set(SECTIONS) - {"notes"}, EVERYTHING):  # the clinicians' notes are not the patient's
        without = document(record, stored, ordered("referral_pain", *chosen))
        assert all("note" not in node for node in resources(without, "Observation") if _is_entry(node))
        assert all(note not in json.dumps(resources(without)[1:], ensure_ascii=False) for note in notes)
    whole = document(record, stored, ordered("referral_pain", *EVERYTHING), everything=True)
    assert [
        node["note"][0]["text"] for node in resources(whole, "Observation") if _is_entry(node) and "note" in node
    ] == notes


def _is_entry(node: Node) -> bool:
    return any(coding["code"] == "diary-entry" for coding in node["code"]["coding"])


def test_no_allergy_on_record_is_never_no_known_allergy(demo_engine: Engine) -> None:
    made = document(*loaded(demo_engine, "FB-00010"))
    section = sections(made)["allergies"]
    assert section["emptyReason"]["coding"][0]["code"] == "unavailable"
    assert resources(made, "AllergyIntolerance") == []
    assert "no known" not in json.dumps(made).casefold()


def test_a_red_flag_that_nobody_asked_is_not_a_no(demo_engine: Engine) -> None:
    record, stored = loaded(demo_engine, "FB-00010")
    fever = Answer("fever", NO, AS_OF, "", "Dr T", NOW, 1)
    made = document(replace(record, answers=[fever]), stored)
    found = {node["code"]["coding"][1]["code"]: node for node in resources(made, "Observation")}
    assert found.keys() == RED_FLAGS.keys()
    assert found.pop("fever")["valueBoolean"] is False
    for node in found.values():
        assert "valueBoolean" not in node
        assert node["dataAbsentReason"]["coding"][0]["code"] == "not-asked"


def test_urgency_is_coded_only_where_r4_has_the_word(demo_engine: Engine) -> None:
    record, stored = loaded(demo_engine, "FB-00010")
    (soon,) = resources(document(record, stored, replace(ASKED, urgency="soon")), "ServiceRequest")
    (urgent,) = resources(document(record, stored, replace(ASKED, urgency="urgent")), "ServiceRequest")
    assert "priority" not in soon
    assert soon["note"][0]["text"] == "Urgency: soon"
    assert urgent["priority"] == "urgent"
    assert soon["reasonCode"] == [{"text": "Pain is spreading."}]
    assert soon["performer"] == [{"display": "Pain service"}]
    assert (soon["status"], soon["intent"]) == ("active", "order")


def test_who_signed_what_put_it_together_and_whose_words_the_diary_are(demo_engine: Engine) -> None:
    made = document(*loaded(demo_engine, "FB-00002"))
    by_address = {each["fullUrl"]: each["resource"] for each in made["entry"]}
    of_document, of_diary = resources(made, "Provenance")
    assert of_document["target"] == [{"reference": made["entry"][0]["fullUrl"]}]
    who = [by_address[agent["who"]["reference"]]["resourceType"] for agent in of_document["agent"]]
    assert who == ["Practitioner", "Device"]
    assert by_address[of_diary["agent"][0]["who"]["reference"]]["resourceType"] == "Patient"
    assert all(_is_entry(by_address[each["reference"]]) for each in of_diary["target"])


def test_an_invented_person_is_marked_as_test_data(demo_engine: Engine) -> None:
    (person,) = resources(document(*loaded(demo_engine, "FB-00002")), "Patient")
    assert [tag["code"] for tag in person["meta"]["tag"]] == ["HTEST"]


def test_every_section_has_its_words_and_no_data_becomes_markup(demo_engine: Engine) -> None:
    made = document(*loaded(demo_engine, "FB-00002"), ordered("referral_pain", *EVERYTHING))
    first = resources(made)[0]
    for part in (first, *first["section"]):
        div = narrative(part["text"]["div"])
        assert div.tag == "{http://www.w3.org/1999/xhtml}div"
        assert "".join(div.itertext()).strip()
    reason = sections(made)["reason"]["text"]["div"]
    assert "&lt;b&gt;CRPS&lt;/b&gt; likely &amp; what next?" in reason
    tags = {
        element.tag.partition("}")[2] for part in first["section"] for element in narrative(part["text"]["div"]).iter()
    }
    assert tags <= {"div", "p", "b", "i", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td"}


def test_a_narrative_holds_every_word_of_its_blocks_and_no_sign_that_xml_refuses() -> None:
    hostile = '\x07<script>alert(1)</script>\u202e & "more"'
    blocks = (
        Paragraph(hostile, strong=True),
        Bullets((hostile,)),
        Pairs((Line(hostile, hostile),)),
        Table(hostile, (hostile,), ((hostile,),)),
        Picture("map", "<svg onload='x'/>", hostile, hostile),
    )
    div = of_section(Section("pain", "Pain", blocks, "patient-reported", ""))["div"]
    root = narrative(div)
    assert [element for element in root.iter() if "script" in element.tag or element.attrib] == []
    assert "".join(root.itertext()).count("<script>alert(1)</script>") == 9
    assert not re.search("[\x00-\x08\u202e]", div)
    assert "svg" not in div


@pytest.mark.parametrize("number", ["FB-00002", "FB-00018", "FB-00024"])
def test_out_and_in_again_everything_is_there_once(demo_engine: Engine, engine: Engine, number: str) -> None:
    record, stored = loaded(demo_engine, number, None)
    order = ordered("referral_pain", *EVERYTHING)
    made, parties = compose(record, order, AUTHOR, signed_at=NOW), Parties(stored, AUTHOR, order, everything=True)
    content = fhir_document.as_json(record, made, parties, now=NOW)
    found, account = read_back(content)
    assert account.rejected == []
    assert {"Composition", "ServiceRequest", "Provenance", "Practitioner"} <= account.unused.keys()
    _arrives_whole(engine, stored, found)


def _arrives_whole(engine: Engine, stored: PatientBundle, found: PatientBundle) -> None:
    first: Ingested = taken_in(engine, found)
    assert first.rejected == []
    assert first.added["entries"] == len(stored.entries)
    assert first.added["regions"] == sum(len(entry.marks or ()) for entry in stored.entries)
    assert first.added["measures"] == len(stored.measures)
    assert said(on_record(engine, stored.patient.record_number)) == said(stored)
    assert taken_in(engine, found).added == {}
