"""Body maps out as FHIR and in again: the same marks, and no side ever changes, also for readers without our codes."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.body_map import DEPTHS, QUALITIES, REGIONS, Region
from data_access import fhir_marks
from data_access.importers.fhir_body_sites import site_of
from data_access.importers.fhir_codes import FLAREBOARD_REGION, SNOMED
from data_access.records import EntryRecord, MarkRecord, PatientRecord
from tests.data_access.importers.reading_files import Read, read
from tests.data_access.importers.test_codes import verhoeff

ANNA = PatientRecord("T-1", "Testfall", "Anna", date(1975, 4, 3), "female")
DAY = date(2026, 3, 2)
Node = dict[str, Any]


def resources(*entries: EntryRecord) -> list[Node]:
    return [each["resource"] for each in fhir_marks.bundle(ANNA, entries)["entry"]]


def marked(*marks: MarkRecord, **more: Any) -> EntryRecord:
    return EntryRecord(DAY, marks=marks, **more)


def again(*entries: EntryRecord) -> Read:
    return read(json.dumps(fhir_marks.bundle(ANNA, entries)))


def of_mark(mark: MarkRecord) -> Node:
    return resources(marked(mark))[-1]


def said(entry: EntryRecord) -> tuple[object, ...]:
    """Everything a map says, whatever the order of its marks."""
    marks = None if entry.marks is None else frozenset(entry.marks)
    return entry.day, entry.at_time, marks, entry.detail_unknown


def test_a_mark_is_one_numeric_pain_rating_with_its_site_and_its_moment() -> None:
    node = of_mark(MarkRecord("b_buttock_l", 6))
    assert node["code"]["coding"] == [{"system": "http://loinc.org", "code": "72514-3"}]
    assert node["valueQuantity"] == {
        "value": 6,
        "unit": "{score}",
        "system": "http://unitsofmeasure.org",
        "code": "{score}",
    }
    assert node["category"][0]["coding"][0]["code"] == "survey"
    assert node["effectiveDateTime"] == "2026-03-02"
    assert node["performer"] == [node["subject"]]


@pytest.mark.parametrize(
    ("region", "code"),
    [
        ("b_buttock_l", "46862004:272741003=7771000"),
        ("b_buttock_r", "46862004:272741003=24028007"),
        ("f_knee_r", "6757004"),
        ("f_knee_l", "82169009"),
        ("b_thoracic_spine_m", "122495006"),
    ],
)
def test_the_site_is_the_base_code_with_its_side_pre_coordinated_only_where_verified(region: str, code: str) -> None:
    site = of_mark(MarkRecord(region, 5))["bodySite"]
    assert [(each["system"], each["code"]) for each in site["coding"]] == [(FLAREBOARD_REGION, region), (SNOMED, code)]


def test_an_intensity_that_was_not_recorded_is_absent_and_never_zero() -> None:
    node = of_mark(MarkRecord("f_knee_r", None))
    assert "valueQuantity" not in node
    assert node["dataAbsentReason"]["coding"][0]["code"] == "unknown"


def test_every_reference_resolves_inside_the_bundle() -> None:
    made = fhir_marks.bundle(
        ANNA, [marked(MarkRecord("f_knee_r", 3), MarkRecord("f_knee_l", 4)), marked(at_time="09:00")]
    )
    urls = [each["fullUrl"] for each in made["entry"]]
    found = set(json.dumps(made).split('"reference": "')[1:])
    assert {reference.split('"')[0] for reference in found} <= set(urls)
    assert len(urls) == len(set(urls)) == 5
    assert all(each["fullUrl"] == f"urn:uuid:{each['resource']['id']}" for each in made["entry"])


def test_the_bundle_is_valid_r4_for_an_independent_reader() -> None:
    everything = marked(
        *(
            MarkRecord(each.region_id, None if each.index % 5 == 0 else each.index % 11, ("stiff",), "deep")
            for each in REGIONS
        ),
        at_time="21:05",
        detail_unknown=True,
    )
    made = fhir_marks.bundle(ANNA, [everything, EntryRecord(None, marks=()), EntryRecord(DAY, pain=4)])
    assert len(Bundle.model_validate(made).entry or ()) == 2 + len(REGIONS) + 1


def test_several_entries_a_day_stay_apart() -> None:
    entries = [marked(MarkRecord("f_knee_r", 3), at_time="08:00"), marked(MarkRecord("f_knee_r", 8), at_time="20:30")]
    found = again(*entries)
    assert [said(entry) for entry in found.only.entries] == [said(entry) for entry in entries]


def test_a_map_without_pain_comes_back_as_one_and_no_map_as_none() -> None:
    found = again(marked(), EntryRecord(DAY, at_time="10:00", pain=3))
    assert [entry.marks for entry in found.only.entries] == [()]


def test_undated_maps_come_back_whole_and_apart() -> None:
    entries = [
        EntryRecord(None, marks=(MarkRecord("f_knee_r", 3), MarkRecord("b_neck_l", 2)), detail_unknown=True),
        EntryRecord(None, marks=(MarkRecord("f_knee_r", 5),)),
    ]
    assert [said(entry) for entry in again(*entries).only.entries] == [said(entry) for entry in entries]


def test_the_person_comes_back() -> None:
    assert again(marked()).only.patient == ANNA


def test_a_quality_outside_the_vocabulary_is_rejected_and_not_dropped() -> None:
    made = fhir_marks.bundle(ANNA, [marked(MarkRecord("f_knee_r", 3, ("stiff",)))])
    text = json.dumps(made).replace('"code": "stiff"', '"code": "dull"')
    assert read(text).reasons == ["unknown pain quality or depth"]


def test_a_local_time_that_is_none_is_rejected() -> None:
    text = json.dumps(fhir_marks.bundle(ANNA, [marked(MarkRecord("f_knee_r", 3), at_time="08:00")]))
    assert set(read(text.replace("08:00:00", "28:00:00")).reasons) == {"a date that is not a day of the calendar"}


@pytest.mark.parametrize("one", REGIONS, ids=lambda one: one.region_id)
def test_every_region_comes_back_as_itself_and_on_its_own_side_without_our_codes(one: Region) -> None:
    site = fhir_marks.site(one)
    assert site_of(site).regions == (one.region_id,)

    site["coding"] = [each for each in site["coding"] if each["system"] == SNOMED]
    elsewhere = [each for each in REGIONS if each.region_id in site_of(site).regions]
    assert one in elsewhere
    assert {(each.side, each.view) for each in elsewhere} == {(one.side, one.view)}


@pytest.mark.parametrize("one", REGIONS, ids=lambda one: one.region_id)
def test_every_code_that_goes_out_passes_its_check_digit(one: Region) -> None:
    base, _, side = fhir_marks.sided_code(one).partition(":272741003=")
    assert verhoeff(base)
    assert side in {"left": ("7771000", ""), "right": ("24028007", ""), "midline": ("",)}[one.side]
    assert verhoeff("272741003")


marks = st.lists(
    st.builds(
        MarkRecord,
        st.sampled_from([one.region_id for one in REGIONS]),
        st.none() | st.integers(0, 10),
        st.lists(st.sampled_from(QUALITIES), unique=True, max_size=4).map(tuple),
        st.sampled_from(["", *DEPTHS]),
    ),
    unique_by=lambda mark: mark.region_id,
    max_size=8,
).map(tuple)
entries = st.builds(
    EntryRecord,
    st.none() | st.dates(date(2025, 1, 1), date(2026, 11, 22)),
    st.sampled_from(["", "00:00", "08:15", "23:59"]),
    marks=marks,
    detail_unknown=st.booleans(),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(entries, max_size=4, unique_by=lambda entry: (entry.day, entry.at_time) if entry.day else object()))
def test_maps_go_out_and_come_back_the_same(made: list[EntryRecord]) -> None:
    found = again(*made)
    assert found.reasons == []
    assert found.account.unused.total() == 0
    expected = [(entry.day, entry.at_time if entry.day else "", *said(entry)[2:]) for entry in made]
    assert Counter(map(said, found.only.entries)) == Counter(expected)


@settings(deadline=None, max_examples=60)
@given(marks)
def test_for_a_reader_without_our_codes_no_mark_changes_its_side(made: tuple[MarkRecord, ...]) -> None:
    bundle = fhir_marks.bundle(ANNA, [marked(mark) for mark in made])
    for each in bundle["entry"]:
        site = each["resource"].get("bodySite")
        if site:
            own = site["coding"].pop(0)["code"]
            elsewhere = site_of(site).regions
            assert own in elsewhere
            assert {name[-1] for name in elsewhere} == {own[-1]}
