"""What goes out as FHIR comes in again as it was: every field of every record, once, into either engine."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from clinical.body_map import DEPTHS, QUALITIES, REGIONS
from data_access import ingest, medication, patients
from data_access.engine import reading, writing
from data_access.errors import UnreadableFile
from data_access.importers import recognise
from data_access.importers.reading import SourceFile
from data_access.records import (
    ActionRecord,
    AllergyRecord,
    ConditionRecord,
    DoseRecord,
    EntryRecord,
    EventRecord,
    GoalRecord,
    MarkRecord,
    MeasureRecord,
    MedicationRecord,
    PatientBundle,
    PatientRecord,
)
from data_access.tables import WEATHER
from tests.data_access.fhir_written import on_record, read_back, said, taken_in, written
from tests.data_access.importers.reading_files import DATA, bundle, read
from tests.data_access.made_up import ANNA, NOW, TODAY, WRITER, a_year, add

CASES = ("FB-00002", "FB-00009", "FB-00010", "FB-00018", "FB-00023", "FB-00024")
"""In a flare with several medicines, one entry, none, two entries a day, many medicines, a red flag."""
FOREIGN = sorted((DATA / "fhir").glob("*.json"))


def every_person(engine: Engine) -> list[str]:
    with reading(engine) as conn:
        return [head.record_number for number in patients.numbers(conn) if (head := patients.head(conn, number))]


def test_every_person_of_the_demo_comes_back_from_the_file_as_they_are_on_record(demo_engine: Engine) -> None:
    for number in every_person(demo_engine):
        stored = on_record(demo_engine, number)
        found, account = read_back(written(stored))
        assert account.rejected == []
        assert account.repeated == 0
        assert account.unused.total() == 0
        assert replace(found.patient, synthetic=True) == stored.patient
        assert said(found) == said(stored), number


@pytest.mark.parametrize("number", CASES)
def test_a_demo_patient_is_the_same_on_either_engine_and_a_second_import_adds_nothing(
    demo_engine: Engine, engine: Engine, number: str
) -> None:
    stored = on_record(demo_engine, number)
    found, _ = read_back(written(stored))
    first = taken_in(engine, found)
    assert first.rejected == []
    assert first.added.get("regions", 0) == sum(len(entry.marks or ()) for entry in stored.entries)
    assert said(on_record(engine, number)) == said(stored)
    again = taken_in(engine, read_back(written(on_record(engine, number)))[0])
    assert (again.added, again.rejected) == ({}, [])


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.stem)
def test_a_record_of_another_make_goes_out_of_one_clinic_and_into_another(
    engine: Engine, sqlite_engine: Engine, path: Any
) -> None:
    for each in recognise.parse(SourceFile(path.name, path.read_bytes()), TODAY).bundles:
        source = sqlite_engine if engine.dialect.name == "postgresql" else engine
        target = engine if source is sqlite_engine else sqlite_engine
        taken_in(source, each)
        stored = on_record(source, each.patient.record_number)
        found, account = read_back(written(stored))
        assert account.rejected == []
        assert taken_in(target, found).rejected == []
        assert said(on_record(target, each.patient.record_number)) == said(stored)
        again = taken_in(source, found)
        assert (again.added, again.rejected) == ({}, [])


def test_where_it_came_from_ones_own_document_adds_nothing(demo_copy: Engine) -> None:
    for number in CASES:
        again = taken_in(demo_copy, read_back(written(on_record(demo_copy, number)))[0])
        assert (again.added, again.rejected) == ({}, []), number


def test_a_medicine_stopped_on_screen_is_not_on_the_list_twice(engine: Engine) -> None:
    add(engine, a_year(days=3))
    with writing(engine) as conn:
        running = next(each for each in medication.listed(conn, 1) if each.end is None)
        medication.stop(conn, 1, running, end=TODAY, reason="no benefit", writer=WRITER)
    found, _ = read_back(written(on_record(engine, ANNA.record_number)))
    assert ("no benefit", TODAY) in [(each.reason_stopped, each.end_day) for each in found.medications]
    assert taken_in(engine, found).added == {}


def test_two_tablets_without_a_time_are_two(engine: Engine) -> None:
    tablet = DoseRecord(TODAY, "paracetamol", True, dose=500, unit="mg", as_needed=True)
    found, _ = read_back(written(PatientBundle(ANNA, "clinic", doses=(tablet, tablet))))
    assert taken_in(engine, found).added == {"doses": 2}
    assert taken_in(engine, found).added == {}


def test_a_dose_that_was_not_taken_comes_back_as_one_that_was_not_taken() -> None:
    missed = DoseRecord(TODAY, "amitriptyline", False, "21:00", 10.0, "mg")
    content = written(PatientBundle(ANNA, "clinic", doses=(missed,)))
    assert [each["resource"].get("status") for each in json.loads(content)["entry"]] == [None, "not-done"]
    assert read_back(content)[0].doses[0].taken is False


def test_a_visit_of_another_make_has_no_place_as_before() -> None:
    visit = {
        "resourceType": "Encounter", "id": "e1", "status": "finished", "class": {"code": "AMB"},
        "type": [{"text": "visit"}], "subject": {"reference": "Patient/anna"},
    }  # fmt: skip
    found = read(bundle(visit))
    assert found.only.events == ()
    assert found.account.unused == {"Encounter": 1}


def test_an_entry_that_contradicts_itself_is_rejected_and_not_halved() -> None:
    content = written(PatientBundle(ANNA, "clinic", entries=(EntryRecord(TODAY, pain=3, stress=4),)))
    made = json.loads(content)
    twin = json.loads(json.dumps(made["entry"][1]))
    twin["resource"]["id"] = twin["fullUrl"] = "another"
    twin["resource"]["component"][0]["valueQuantity"]["value"] = 9
    made["entry"].append(twin)
    found, account = read_back(json.dumps(made).encode())
    assert [each.why for each in account.rejected] == ["the same moment twice with other values"]
    assert found.entries[0].stress == 4


def test_the_same_content_has_the_same_addresses() -> None:
    stored = a_year(days=20)
    assert written(stored) == written(a_year(days=20))


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("=<>&\"'\n\t"), max_size=12)
NAMES = WORDS.filter(lambda text: text.strip() != "")
SCORE = st.none() | st.floats(0, 10, allow_nan=False).map(lambda value: value + 0.0)
DAYS = st.dates(date(2025, 1, 1), TODAY)
MARKS = st.lists(
    st.builds(
        MarkRecord,
        st.sampled_from([region.region_id for region in REGIONS]),
        st.none() | st.integers(0, 10),
        st.lists(st.sampled_from(QUALITIES), unique=True, max_size=2).map(tuple),
        st.sampled_from(("", *DEPTHS)),
    ),
    unique_by=lambda mark: mark.region_id,
    max_size=4,
).map(tuple)
ENTRIES = st.builds(
    EntryRecord,
    day=st.none() | DAYS,
    at_time=st.sampled_from(("", "08:00", "23:59")),
    pain=SCORE,
    mood=SCORE,
    sleep_hours=st.none() | st.floats(0, 24, allow_nan=False).map(lambda value: value + 0.0),
    stiffness_minutes=st.none() | st.integers(0, 1440).map(float),
    flare=st.none() | st.booleans(),
    tenderness=SCORE,
    weather=st.lists(st.sampled_from(WEATHER), unique=True, max_size=2).map(tuple),
    relief=st.lists(st.sampled_from(("heat", "none", "own words  here", "=x")), unique=True).map(tuple),
    note=WORDS,
    marks=st.none() | MARKS,
    detail_unknown=st.booleans(),
)
MEDICATIONS = st.builds(
    MedicationRecord,
    medicine=NAMES,
    atc=st.sampled_from(("", "N06AA09")),
    rxnorm=st.sampled_from(("", "704")),
    dose=st.none() | st.floats(0.5, 900),
    unit=st.sampled_from(("", "mg", "tablets")),
    route=WORDS,
    frequency=WORDS,
    as_needed=st.booleans(),
    start_day=st.none() | st.just(date(2024, 1, 1)),
    end_day=st.none() | DAYS | st.just(TODAY + timedelta(days=9)),
    reason_stopped=WORDS,
    kind=st.sampled_from(("prescribed", "reported")),
)
DOSES = st.builds(
    DoseRecord,
    day=st.none() | DAYS,
    medicine=NAMES,
    taken=st.booleans(),
    at_time=st.just("07:30") | st.just(""),
    dose=st.none() | st.floats(0.5, 900),
    unit=st.sampled_from(("", "mg", "drops")),
    route=WORDS,
    as_needed=st.booleans(),
)
MEASURES = st.builds(
    MeasureRecord,
    day=st.none() | DAYS,
    instrument=st.sampled_from(("Our own", "Own  words")),
    score=st.none() | st.floats(-9, 900),
    unit=st.sampled_from(("{score}", "h", "", "own unit")),
    items=st.lists(st.none() | st.integers(0, 9).map(float), max_size=4).map(tuple),
) | st.builds(
    MeasureRecord,
    day=st.none() | DAYS,
    instrument=st.just("PHQ-9"),
    score=st.none() | st.integers(0, 27).map(float),
    items=st.lists(st.none() | st.integers(0, 3).map(float), max_size=9).map(tuple),
)
EVENTS = st.builds(
    EventRecord, day=st.none() | DAYS, kind=st.sampled_from(("visit", "procedure", "injury", "own  kind")), label=WORDS
)
CONDITIONS = st.builds(
    ConditionRecord,
    label=NAMES,
    code_system=st.sampled_from(("", "http://snomed.info/sct")),
    code=st.sampled_from(("", "203082005")),
    onset_day=st.none() | DAYS,
    status=st.sampled_from(("active", "resolved", "own word")),
).map(lambda record: record if record.code else replace(record, code_system=""))
ALLERGIES = st.builds(
    AllergyRecord,
    label=NAMES,
    reaction=WORDS,
    criticality=st.sampled_from(("", "low", "severe")),
    status=st.sampled_from(("active", "inactive", "over")),
)
GOALS = st.builds(
    GoalRecord,
    title=NAMES,
    measure=WORDS,
    baseline=st.none() | st.floats(-9, 900),
    target=st.none() | st.floats(-9, 900),
    unit=st.sampled_from(("", "min", "steps")),
    due_day=st.none() | DAYS,
    status=st.sampled_from(("active", "completed", "own word")),
    attainment=st.none() | st.integers(-2, 2),
    importance=st.none() | st.integers(0, 3),
)
ACTIONS = st.builds(
    ActionRecord,
    title=NAMES,
    discipline=st.sampled_from(("", "psychology")),
    due_day=st.none() | DAYS,
    status=st.sampled_from(("open", "done", "cancelled")),
    done_day=st.none() | DAYS,
    owner_name=WORDS,
    made_day=st.none() | DAYS,
)


def _some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


RECORDS = st.builds(
    PatientBundle,
    patient=st.just(PatientRecord("P1", "O'Neil <b>", "A&B", date(1980, 2, 29), "other")),
    source=st.just("clinic"),
    entries=st.lists(
        ENTRIES, max_size=4, unique_by=lambda entry: (entry.day, entry.at_time) if entry.day else object()
    ).map(tuple),
    medications=_some(MEDICATIONS),
    doses=_some(DOSES),
    measures=_some(MEASURES),
    events=_some(EVENTS),
    conditions=_some(CONDITIONS),
    allergies=_some(ALLERGIES),
    goals=_some(GOALS),
    actions=_some(ACTIONS),
)


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(RECORDS)
def test_whatever_is_on_record_comes_back_as_it_was(stored: PatientBundle) -> None:
    found, account = read_back(written(stored))
    assert [each.why for each in account.rejected] == []
    assert account.unused.total() == 0
    undated = tuple(replace(each, at_time=each.at_time if each.day else "") for each in stored.entries)
    doses = tuple(replace(each, at_time=each.at_time if each.day else "") for each in stored.doses)
    assert said(found) == said(replace(stored, entries=undated, doses=doses))
    assert found.patient == stored.patient


JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", "x", [], {}, True, -1, 1e300, [[]], [None], {"value": "x"}, "9999-99-99"]
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to everything inside that node."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [found for name, each in inside for found in ((*path, name), *places(each, (*path, name)))]


SMALL = json.loads(written(replace(a_year(days=2), team_id=None)))
PLACES = places(SMALL["entry"])


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=4))
def test_a_document_of_ours_that_somebody_spoilt_is_read_or_rejected_but_never_stops_the_import(
    spoilt: list[tuple[tuple[Any, ...], Any]],
) -> None:
    made = json.loads(json.dumps(SMALL))
    for path, junk in spoilt:
        _put(made["entry"], path, junk)
    try:
        parsed = recognise.parse(SourceFile("spoilt.json", json.dumps(made).encode()), TODAY)
        found = list(parsed.bundles)
    except UnreadableFile:
        return
    for each in found:
        for entry in each.entries:
            assert entry.pain is None or 0 <= entry.pain <= 10


def _put(node: Any, path: tuple[Any, ...], junk: Any) -> None:
    """Writes the junk there, where there still is such a place."""
    *way, last = path
    try:
        for name in way:
            node = node[name]
        node[last] = deepcopy(junk)
    except (KeyError, IndexError, TypeError):
        return


def test_nothing_of_it_depends_on_the_other_system_knowing_our_names(engine: Engine) -> None:
    """Read by the codes of LOINC alone, pain, hours of sleep and the score of a PHQ-9 are what they were."""
    stored = PatientBundle(
        ANNA,
        "clinic",
        entries=(EntryRecord(TODAY, "08:00", pain=6.5, sleep_hours=5.25),),
        measures=(MeasureRecord(TODAY, "PHQ-9", 11.0, "{score}"),),
    )
    made = json.loads(written(stored))
    for each in made["entry"][1:]:
        each["resource"].pop("identifier", None)
        each["resource"]["code"]["coding"] = [
            coding for coding in each["resource"]["code"]["coding"] if not coding["system"].startswith("urn:")
        ]
    found, account = read_back(json.dumps(made).encode())
    assert account.rejected == []
    assert [(entry.pain, entry.sleep_hours) for entry in found.entries] == [(6.5, 5.25)]
    assert [(score.instrument, score.score) for score in found.measures] == [("PHQ-9", 11.0)]
    with writing(engine) as conn:
        assert ingest.add(conn, found, now=NOW, as_of=TODAY).rejected == []
