"""Ingest: new goes in, twice adds nothing, what cannot go in is explained and the rest goes in all the same."""

import threading
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinical.body_map import REGIONS
from data_access import care_plan, diary, events, ingest, measures, medication, patients
from data_access.engine import connect_engine, reading, writing
from data_access.ingest import Ingested
from data_access.records import (
    ActionRecord,
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
from data_access.tables import goals, metadata, pain_marks
from tests.data_access.made_up import ANNA, NOW, TODAY, a_year, about, add, person

ENTRY = EntryRecord(TODAY, "08:00", pain=5.0, marks=(MarkRecord("b_lumbar_l", 6, ("aching",), "deep"),), where="line 2")


def _whys(done: Ingested) -> list[str]:
    return [rejection.why for rejection in done.rejected]


def _everything(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but the moment it was written and the opaque link."""
    with reading(engine) as conn:
        return {
            table.name: sorted(
                (
                    tuple(row)
                    for row in conn.execute(sa.select(*(c for c in table.c if c.name not in ("link_id", "created_at"))))
                ),
                key=repr,
            )
            for table in metadata.sorted_tables
        }


def test_what_goes_in_comes_out_again(engine: sa.Engine) -> None:
    bundle = a_year(days=40)
    done = add(engine, bundle)
    assert done.rejected == []
    assert done.created
    with reading(engine) as conn:
        pid = done.patient_id
        out = {
            "entries": (*diary.entries(conn, pid), *diary.undated(conn, pid)),
            "doses": medication.dose_records(conn, pid),
            "medications": medication.records(conn, pid),
            "measures": measures.records(conn, pid),
            "events": events.records(conn, pid),
            "conditions": care_plan.conditions(conn, pid),
            "allergies": care_plan.allergies(conn, pid),
            "goals": _goals(conn, pid),
        }
    for kind, records in out.items():
        said = [_as_stored(record) for record in getattr(bundle, kind)]
        assert sorted(records, key=repr) == sorted(said, key=repr), kind
        assert done.added[kind] == len(said)
    assert done.added["regions"] == sum(len(entry.marks or ()) for entry in bundle.entries)


def _goals(conn: sa.Connection, patient_id: int) -> list[GoalRecord]:
    """The goals of that patient as they came in."""
    g = goals.c
    columns = (g.title, g.measure, g.baseline, g.target, g.unit, g.due_day, g.status, g.attainment, g.source_key)
    rows = conn.execute(sa.select(*columns, g.importance).where(g.patient_id == patient_id))
    return [replace(GoalRecord(*row[:-1]), importance=row.importance) for row in rows]


def _as_stored(record: object) -> object:
    said = {f.name: getattr(record, f.name) for f in fields(record)}  # type: ignore[arg-type]
    if said.get("marks"):
        places = {region.region_id: region.index for region in REGIONS}
        said["marks"] = tuple(sorted(said["marks"], key=lambda mark: places[mark.region_id]))
    return type(record)(**(said | {"where": ""}))


@pytest.mark.parametrize("keyed", [False, True], ids=["without keys", "with keys"])
def test_the_same_records_again_add_nothing_and_change_nothing(engine: sa.Engine, keyed: bool) -> None:
    bundle = a_year(days=60, keyed=keyed)
    first = add(engine, bundle)
    before = _everything(engine)
    second = add(engine, bundle, now=NOW + timedelta(days=1))
    assert (second.added, second.rejected, second.created) == ({}, [], False)
    assert second.already_there == sum(n for kind, n in first.added.items() if kind != "regions")
    assert _everything(engine) == before


def test_only_what_is_new_is_added(engine: sa.Engine) -> None:
    add(engine, a_year(days=30))
    older = replace(a_year(days=30), entries=(*a_year(days=30).entries, replace(ENTRY, day=date(2020, 1, 1))))
    done = add(engine, older)
    assert done.added == {"entries": 1, "regions": 1}
    assert done.already_there > 0


def test_an_unusual_dose_and_an_unknown_medicine_go_in_as_they_are_written(engine: sa.Engine) -> None:
    unusual = DoseRecord(TODAY, "paracetamol", taken=True, dose=15_000.0, unit="mg")
    herbal = MedicationRecord("Arnica D6 globules", dose=5_000_000.0, unit="pieces")
    foreign = MedicationRecord("naloxone", "V03AB15", dose=1.0, unit="patch")
    done = add(engine, about(doses=(unusual,), medications=(herbal, foreign)))
    assert (done.added, done.rejected) == ({"doses": 1, "medications": 2}, [])


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (replace(ENTRY, pain=10.5), "pain is not between 0 and 10"),
        (replace(ENTRY, pain=-0.1), "pain is not between 0 and 10"),
        (replace(ENTRY, pain=float("nan")), "pain is not a number"),
        (replace(ENTRY, stress=float("inf")), "stress is not a number"),
        (replace(ENTRY, sleep_hours=24.5), "sleep hours is not between 0 and 24"),
        (replace(ENTRY, stiffness_minutes=2000.0), "stiffness minutes is not between 0 and 1440"),
        (replace(ENTRY, day=TODAY + timedelta(days=1)), "the date is in the future"),
        (replace(ENTRY, day=date(1975, 4, 2)), "the date lies before the patient was born"),
        (DoseRecord(date(1975, 4, 2), "ibuprofen", taken=True), "the date lies before the patient was born"),
        (replace(ENTRY, day=date(1850, 1, 1)), "day is not between 1900 and 2200"),
        (replace(ENTRY, at_time="25:00"), "at time is not a time of day (HH:MM)"),
        (replace(ENTRY, at_time="8:00"), "at time is not a time of day (HH:MM)"),
        (replace(ENTRY, note="x" * 10_001), "note is longer than 10000 characters"),
        (replace(ENTRY, note="a\x00b"), "note holds characters that cannot be stored"),
        (replace(ENTRY, note="a\ud800b"), "note holds characters that cannot be stored"),
        (replace(ENTRY, relief=("heat|cold",)), "a relief code is empty or holds a |"),
        (replace(ENTRY, relief=("h" * 401,)), "relief is longer than 400 characters"),
        (replace(ENTRY, source_key="k" * 201), "source key is longer than 200 characters"),
        (replace(ENTRY, marks=(MarkRecord("b_tail_m", 3),)), "a marked region is not in the vocabulary"),
        (
            replace(ENTRY, marks=(MarkRecord("b_lumbar_l", 11),)),
            "b_lumbar_l: intensity is not between 0 and 10",
        ),
        (
            replace(ENTRY, marks=(MarkRecord("b_lumbar_l", 10**30),)),
            "b_lumbar_l: intensity is too large",
        ),
        (
            replace(ENTRY, marks=(MarkRecord("b_lumbar_l", 3, ("angry",)),)),
            "a pain quality of b_lumbar_l is not in the vocabulary",
        ),
        (
            replace(ENTRY, marks=(MarkRecord("b_lumbar_l", 3, (), "under"),)),  # type: ignore[arg-type]
            "b_lumbar_l: depth is not one of the known values",
        ),
        (
            replace(ENTRY, marks=(MarkRecord("b_lumbar_l", 3), MarkRecord("b_lumbar_l", 4))),
            "the region b_lumbar_l is marked twice",
        ),
        (DoseRecord(TODAY, "", taken=True), "the medicine has no name"),
        (DoseRecord(TODAY, "ibuprofen", taken=True, dose=0.0), "the dose must be above 0"),
        (
            DoseRecord(TODAY, "paracetamol", taken=True, dose=1000.0, unit="g"),
            "1000 g of paracetamol at once: that is over 100 times the usual ceiling of a day, 4000 mg (unconfirmed)",
        ),
        (
            MedicationRecord("paracetamol", "N02BE01", dose=500.0, unit="g"),
            "500 g of paracetamol at once: that is over 100 times the usual ceiling of a day, 4000 mg (unconfirmed)",
        ),
        (
            DoseRecord(TODAY, "tramadol", taken=True, dose=50.0, unit="ug/h"),
            "ug/h does not fit tramadol: it is not given as a patch",
        ),
        (DoseRecord(TODAY + timedelta(days=1), "ibuprofen", taken=True), "the date is in the future"),
        (MedicationRecord("x", start_day=TODAY, end_day=TODAY - timedelta(days=1)), "the end lies before the start"),
        (MedicationRecord("x", atc="N02BE01XYZ"), "atc is longer than 8 characters"),
        (MeasureRecord(TODAY, "", 3.0), "the instrument has no name"),
        (EventRecord(TODAY + timedelta(days=1), "injury"), "the date is in the future"),
        (EventRecord(TODAY, ""), "the kind of event is missing"),
        (GoalRecord("walk", attainment=3), "attainment is not between -2 and 2"),
        (ActionRecord("call", status="lost"), "status is not one of the known values"),  # type: ignore[arg-type]
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_that_cannot_be_is_rejected_with_its_place_and_the_rest_goes_in(
    engine: sa.Engine, record: object, why: str
) -> None:
    good = EntryRecord(TODAY - timedelta(days=1), "09:00", pain=3.0)
    placed = replace(record, where="line 7")  # type: ignore[type-var]
    kind = {
        EntryRecord: "entries", DoseRecord: "doses", MedicationRecord: "medications", MeasureRecord: "measures",
        EventRecord: "events", GoalRecord: "goals", ActionRecord: "actions",
    }[type(record)]  # fmt: skip
    bundle = about(**{"entries": (good,)} | {kind: (placed, *((good,) if kind == "entries" else ()))})
    done = add(engine, bundle)
    assert [(rejection.where, rejection.why) for rejection in done.rejected] == [("line 7", why)]
    assert done.added == {"entries": 1}


def test_a_visit_may_be_planned(engine: sa.Engine) -> None:
    done = add(engine, about(events=(EventRecord(TODAY + timedelta(days=30), "visit"),)))
    assert done.added == {"events": 1}
    assert done.rejected == []


def test_one_bad_row_among_thousands_is_found_by_the_database(engine: sa.Engine) -> None:
    rows = [DoseRecord(TODAY - timedelta(days=n), "ibuprofen", taken=True, where=f"line {n}") for n in range(1500)]
    for place in (0, 777, 1499):
        rows[place] = replace(rows[place], dose=-1.0)
    done = add(engine, about(doses=tuple(rows)))
    assert done.added == {"doses": 1497}
    assert sorted(rejection.where for rejection in done.rejected) == ["line 0", "line 1499", "line 777"]
    assert set(_whys(done)) == {"the dose must be above 0"}


def test_the_same_moment_with_other_values_is_rejected(engine: sa.Engine) -> None:
    add(engine, about(entries=(ENTRY,)))
    for other in (
        replace(ENTRY, pain=6.0),
        replace(ENTRY, pain=None),
        replace(ENTRY, marks=None),
        replace(ENTRY, marks=(MarkRecord("b_lumbar_l", 7, ("aching",), "deep"),)),
        replace(ENTRY, flare=False),
        replace(ENTRY, note="another"),
        replace(ENTRY, pain=6.0, source_key="Observation/1"),
    ):
        done = add(engine, about(entries=(other,)))
        assert done.added == {}
        assert _whys(done) == ["another entry of the same day and time is already there"]


def test_the_same_moment_twice_in_one_file_keeps_the_first(engine: sa.Engine) -> None:
    done = add(engine, about(entries=(ENTRY, replace(ENTRY, pain=6.0, where="line 3"), ENTRY)))
    assert done.added == {"entries": 1, "regions": 1}
    assert done.already_there == 1
    assert [rejection.where for rejection in done.rejected] == ["line 3"]


def test_a_known_record_with_other_values_is_rejected(engine: sa.Engine) -> None:
    keyed = MeasureRecord(TODAY, "PHQ-9", 11.0, source_key="Observation/7")
    add(engine, about(measures=(keyed,)))
    done = add(engine, about(measures=(replace(keyed, score=12.0),)))
    assert _whys(done) == ["the same record is already there with other values"]


def test_a_record_without_a_key_is_known_by_what_it_says(engine: sa.Engine) -> None:
    keyed = a_year(days=20, keyed=True)
    add(engine, keyed)
    plain = replace(keyed, entries=tuple(replace(entry, source_key=None) for entry in keyed.entries))
    done = add(engine, plain)
    assert (done.added, done.rejected) == ({}, [])


def test_two_tablets_a_day_are_two_doses_and_stay_two(engine: sa.Engine) -> None:
    tablet = DoseRecord(TODAY, "paracetamol", taken=True, dose=500.0, unit="mg", as_needed=True)
    assert add(engine, about(doses=(tablet, tablet))).added == {"doses": 2}
    again = add(engine, about(doses=(tablet, tablet)))
    assert (again.added, again.already_there) == ({}, 2)
    assert add(engine, about(doses=(tablet, tablet, tablet))).added == {"doses": 1}
    timed = replace(tablet, at_time="08:00")
    assert add(engine, about(doses=(timed, timed))).added == {"doses": 1}


def test_undated_entries_are_kept_as_undated_and_equal_ones_apart(engine: sa.Engine) -> None:
    sheet = EntryRecord(None, pain=4.0, note="no date")
    assert add(engine, about(entries=(sheet, sheet))).added == {"entries": 2}
    done = add(engine, about(entries=(sheet, sheet)))
    assert (done.added, done.already_there) == ({}, 2)
    with reading(engine) as conn:
        assert diary.undated(conn, done.patient_id) == [sheet, sheet]
        assert diary.entries(conn, done.patient_id) == []
        assert len(diary.load(conn, done.patient_id)) == 0


def test_a_map_without_pain_is_not_a_missing_map(engine: sa.Engine) -> None:
    done = add(engine, about(entries=(replace(ENTRY, marks=()), replace(ENTRY, at_time="20:00", marks=None))))
    with reading(engine) as conn:
        assert [entry.marks for entry in diary.entries(conn, done.patient_id)] == [(), None]


# --- who it is ---------------------------------------------------------------------------------------------------


def test_another_date_of_birth_under_the_same_number_refuses_everything(engine: sa.Engine) -> None:
    add(engine, about(ANNA))
    done = add(engine, about(replace(ANNA, birth_date=date(1990, 1, 1)), entries=(ENTRY,)))
    assert (done.patient_id, done.added) == (0, {})
    assert _whys(done) == ["another date of birth is on record under this record number"]
    with reading(engine) as conn:
        assert diary.entries(conn, 1) == []


def test_gaps_in_who_it_is_are_filled_and_what_is_known_is_kept(engine: sa.Engine) -> None:
    add(engine, about(PatientRecord("T-1", "", synthetic=True)))
    add(engine, PatientBundle(ANNA, "clinic", team_id=2))
    done = add(engine, about(replace(ANNA, family_name="Other", sex="male"), entries=(ENTRY,)))
    assert [(rejection.what, rejection.why) for rejection in done.rejected] == [
        ("family name", "another one is on record; it was kept"),
        ("sex", "another one is on record; it was kept"),
    ]
    assert done.added == {"entries": 1, "regions": 1}
    with reading(engine) as conn:
        head = patients.find_by_record(conn, "T-1")
        assert [found.record_number for found in patients.search(conn, "testfall anna", None)] == ["T-1"]
    assert head is not None
    assert (head.family_name, head.birth_date, head.sex, head.team_id) == ("Testfall", ANNA.birth_date, "female", 2)


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (replace(ANNA, record_number=" "), "the record number is empty"),
        (replace(ANNA, record_number="1" * 65), "record number is longer than 64 characters"),
        (replace(ANNA, family_name="x" * 121), "family name is longer than 120 characters"),
        (replace(ANNA, birth_date=TODAY + timedelta(days=1)), "the date of birth is in the future"),
        (replace(ANNA, sex="f"), "sex is not one of the known values"),  # type: ignore[arg-type]
    ],
)
def test_an_impossible_person_is_refused_and_nobody_is_made(engine: sa.Engine, who: PatientRecord, why: str) -> None:
    done = add(engine, about(who, entries=(ENTRY,)))
    assert (done.patient_id, done.added, _whys(done)) == (0, {}, [why])
    with reading(engine) as conn:
        assert patients.numbers(conn) == []


def test_a_very_long_name_can_be_searched(engine: sa.Engine) -> None:
    add(engine, about(replace(ANNA, family_name="ß" * 120, given_name="ü" * 120, record_number="R" * 64)))
    with reading(engine) as conn:
        assert len(patients.search(conn, "ss", None)) == 1


# --- the transaction ---------------------------------------------------------------------------------------------


def test_only_what_changed_moves_the_data_version(engine: sa.Engine) -> None:
    def version() -> int:
        with reading(engine) as conn:
            head = patients.head(conn, 1)
        assert head is not None
        return head.data_version

    add(engine, about(entries=(ENTRY,)))
    assert version() == 1
    add(engine, about(entries=(ENTRY,)))
    add(engine, about(entries=(replace(ENTRY, pain=99.0),)))
    assert version() == 1
    add(engine, about(events=(EventRecord(TODAY, "visit"),)))
    assert version() == 2


def test_a_crash_in_the_middle_leaves_nothing_of_the_person(engine: sa.Engine) -> None:
    with pytest.raises(RuntimeError), writing(engine) as conn:
        ingest.add(conn, a_year(days=20), now=NOW, as_of=TODAY)
        raise RuntimeError
    assert all(rows == [] for rows in _everything(engine).values())


def test_two_imports_of_the_same_file_at_once_add_it_once(engine: sa.Engine) -> None:
    done: list[Ingested] = []
    bundle = a_year(days=25)

    def run() -> None:
        done.append(add(engine, bundle))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(bool(each.added) for each in done) == [False, False, False, True]
    assert all(each.rejected == [] for each in done)


def test_where_a_row_came_from_is_kept(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        ingest.add(conn, replace(about(entries=(ENTRY,)), source="fhir"), batch_id=7, now=NOW, as_of=TODAY)
        row = conn.execute(sa.text("SELECT source, batch_id, source_key FROM diary_entries")).one()
    assert tuple(row) == ("fhir", 7, None)


# --- both engines, any records -----------------------------------------------------------------------------------


def test_both_engines_hold_the_same_after_the_same_imports(sqlite_engine: sa.Engine, postgres_url: str) -> None:
    engines = (sqlite_engine, connect_engine(postgres_url))
    bundles = [a_year(person(n), seed=n, days=120, keyed=n % 2 == 0) for n in range(4)]
    spoilt = replace(bundles[0], entries=tuple(replace(entry, pain=11.0) for entry in bundles[0].entries[:9]))
    done = [[add(engine, bundle) for bundle in (*bundles, spoilt, *bundles)] for engine in engines]
    assert done[0] == done[1]
    held = [_everything(engine) for engine in engines]
    assert held[0] == held[1]


_ENTRIES = st.builds(
    EntryRecord,
    day=st.none() | st.dates(TODAY - timedelta(days=6), TODAY + timedelta(days=1)),
    at_time=st.sampled_from(["", "08:00", "24:00"]),
    pain=st.none() | st.sampled_from([0.0, 3.5, 10.0, 10.01, float("nan")]),
    flare=st.none() | st.booleans(),
    note=st.text(max_size=3),
    marks=st.none()
    | st.lists(
        st.builds(
            MarkRecord,
            region_id=st.sampled_from(["b_lumbar_l", "b_lumbar_r", "nowhere"]),
            intensity=st.none() | st.integers(-1, 11),
        ),
        max_size=3,
    ).map(tuple),
    source_key=st.none() | st.sampled_from(["a", "b", "c"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_ENTRIES, max_size=8), st.integers(0, 10**9))
def test_any_entries_are_each_added_known_or_rejected_and_twice_adds_nothing(
    sqlite_engine: sa.Engine, entries: list[EntryRecord], number: int
) -> None:
    bundle = about(PatientRecord(f"H-{number}-{len(entries)}", "Testfall"), entries=tuple(entries))
    first = add(sqlite_engine, bundle)
    assert first.added.get("entries", 0) + first.already_there + len(first.rejected) == len(entries)
    second = add(sqlite_engine, bundle)
    assert second.added == {}
    assert len(second.rejected) == len(first.rejected)


def test_marks_belong_to_their_entry(engine: sa.Engine) -> None:
    add(engine, about(entries=(ENTRY, replace(ENTRY, at_time="21:00"))))
    with reading(engine) as conn:
        held = conn.execute(sa.select(pain_marks.c.entry_id).order_by(pain_marks.c.entry_id)).scalars().all()
    assert held == [1, 2]


def _row(day: date, n: int, *, pain: float) -> tuple[EntryRecord, DoseRecord, MeasureRecord]:
    """One row of a foreign diary as its importer gives it."""
    key, where = f"mapped:{day}T", f"line {n}"
    return (
        EntryRecord(day, pain=pain, source_key=key, where=where),
        DoseRecord(day, "ibuprofen", True, dose=400, unit="mg", source_key=f"{key}:ab:1", where=where),
        MeasureRecord(day, "Steps in 24 h", 4000.0 + n, "1/(24.h)", source_key=f"{key}:steps", where=where),
    )


def _rows(*rows: tuple[EntryRecord, DoseRecord, MeasureRecord]) -> PatientBundle:
    entries, doses, scores = zip(*rows, strict=True)
    return PatientBundle(person(1), "patient", entries, doses=doses, measures=scores)


def test_a_row_of_a_foreign_diary_goes_in_whole_or_not_at_all(engine: sa.Engine) -> None:
    day, before = TODAY, TODAY - timedelta(days=1)
    add(engine, PatientBundle(person(1), "patient", (EntryRecord(day, pain=2.0),)))
    done = add(engine, _rows(_row(day, 2, pain=9.0), _row(before, 3, pain=4.0)))
    assert done.added == {"entries": 1, "doses": 1, "measures": 1}
    assert [(each.where, each.what.split(" of ")[0]) for each in done.rejected] == [
        ("line 2", "diary entry"), ("line 2", "dose"), ("line 2", "measure"),
    ]  # fmt: skip
    assert all(each.why == ingest.ANOTHER_PART for each in done.rejected[1:])


def test_doses_and_steps_of_a_foreign_diary_are_known_by_what_they_say(engine: sa.Engine) -> None:
    entry, dose, steps = _row(TODAY, 2, pain=4.0)
    bare = (replace(dose, source_key=None), replace(dose, source_key=None))
    add(engine, PatientBundle(person(1), "patient", (), doses=bare, measures=(replace(steps, source_key="x"),)))
    three = tuple(replace(dose, source_key=f"mapped:{TODAY}T:ab:{n}") for n in (1, 2, 3))
    again = PatientBundle(person(1), "patient", (entry,), doses=three, measures=(steps,))
    done = add(engine, again)
    assert (done.added, done.already_there, done.rejected) == ({"entries": 1, "doses": 1}, 3, [])
    assert (add(engine, again).added, add(engine, again).already_there) == ({}, 5)
