"""Lists of painful areas: the 19 areas of the WPI, ticked or named, and lists in the style of the Michigan Body Map."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from clinical.body_map import region, wpi_areas
from clinical.fibromyalgia import WPI_AREAS
from data_access import diary
from data_access.engine import reading
from data_access.records import EntryRecord, MeasureRecord
from tests.data_access.importers.reading_files import Read, read
from tests.data_access.made_up import ANNA, about, add

LISTED = "patient,date,form,areas\n"
AREAS = sorted(WPI_AREAS)
TICKED = f"patient,date,{','.join(AREAS)}\n"


def the_map(form: str, areas: str) -> EntryRecord:
    found = read(f'{LISTED}T-1,2026-03-02,{form},"{areas}"\n')
    assert found.reasons == []
    (entry,) = found.only.entries
    return entry


def regions(entry: EntryRecord) -> set[str]:
    return {mark.region_id for mark in entry.marks or ()}


def reasons(row: str, header: str = LISTED) -> list[tuple[str, str, str]]:
    found = read(f"{header}{row}\n")
    assert found.bundles == []
    return [(each.where, each.what, each.why) for each in found.account.rejected]


def test_the_file_is_recognised_and_its_patients_must_be_on_record() -> None:
    found = read(f"{LISTED}T-1,2026-03-02,WPI,neck\n")
    assert found.parsed.format == "body-area-lists"
    assert found.parsed.must_exist == {"T-1"}
    assert found.account.read == 1


def test_a_wpi_list_marks_every_region_of_its_areas_and_is_an_index() -> None:
    found = read(f'{LISTED}T-1,2026-03-02,WPI,"hip_left; Lower back; jaw, right"\n').only
    assert found.measures == (MeasureRecord(date(2026, 3, 2), "WPI", 3.0, "{score}", where="line 2"),)
    (entry,) = found.entries
    assert (entry.day, entry.detail_unknown, entry.pain) == (date(2026, 3, 2), True, None)
    assert {mark.intensity for mark in entry.marks or ()} == {None}
    assert wpi_areas(regions(entry)) == {"hip_left", "lower_back", "jaw_right"}
    assert "past week" in entry.note


def test_a_michigan_style_list_is_placed_by_plain_names_says_so_and_makes_no_index() -> None:
    found = read(f'{LISTED}T-1,2026-03-02,mbm,"Left knee; right groin"\n').only
    assert regions(found.entries[0]) == {"f_knee_l", "b_knee_l", "f_groin_r"}
    assert "no official crosswalk" in found.entries[0].note
    assert found.measures == ()


@pytest.mark.parametrize("form", ["WPI", "MBM"])
def test_no_pain_is_a_map_without_pain(form: str) -> None:
    entry = the_map(form, "No pain")
    assert (entry.marks, entry.detail_unknown) == ((), False)


def test_an_area_named_twice_counts_once() -> None:
    found = read(f'{LISTED}T-1,2026-03-02,WPI,"neck; Neck"\n').only
    assert found.measures[0].score == 1


@pytest.mark.parametrize(
    ("row", "what", "why"),
    [
        (
            "T-1,2026-03-02,MBM,left knee; left flank",
            "area left flank",
            "it is no part of our figure, and there is no ",
        ),
        ("T-1,2026-03-02,WPI,left knee", "area left knee", "it is none of the 19 areas of the widespread pain index"),
        ("T-1,2026-03-02,WPI,upper arm", "area upper arm", "it says neither left nor right"),
        ("T-1,2026-03-02,WPI,", "area list", "no area is named; a map without pain is written as 'no pain'"),
        ("T-1,2026-03-02,WPI,no pain; neck", "area list", "it names areas beside 'no pain'"),
        ("T-1,2026-03-02,BPI,neck", "form BPI", "the form is neither WPI nor MBM"),
        ("T-1,2026-02-30,WPI,neck", "area list", "date is not a day of the calendar"),
        ("T-1,2026-11-23,WPI,neck", "area list", "the date lies in the future"),
        (",2026-03-02,WPI,neck", "area list", "the record number is empty"),
        ("T-1,2026-03-02,WPI", "area list", "the row has 3 cells, the header 4"),
    ],
)
def test_a_row_that_cannot_be_is_rejected_whole_with_its_reason(row: str, what: str, why: str) -> None:
    ((where, about, reason),) = reasons(row)
    assert (where, about) == ("line 2", what)
    assert reason.startswith(why)


def test_the_rows_beside_a_rejected_one_go_in() -> None:
    found = read(f"{LISTED}T-1,2026-03-02,WPI,left flank\nT-2,2026-03-03,WPI,neck\n")
    assert len(found.account.rejected) == 1
    assert found.only.patient.record_number == "T-2"


def test_a_column_for_each_area_is_read_too() -> None:
    ticks = ",".join("1" if area in ("neck", "hip_right") else "0" for area in AREAS)
    found = read(f"{TICKED}T-1,2026-03-02,{ticks}\n").only
    assert found.measures[0].score == 2
    assert wpi_areas(regions(found.entries[0])) == {"neck", "hip_right"}


def test_an_area_that_was_not_answered_is_not_a_no() -> None:
    ticks = ",".join("" if area == "jaw_left" else "0" for area in AREAS)
    (rejection,) = reasons(f"T-1,2026-03-02,{ticks}", TICKED)
    assert rejection == ("line 2", "area jaw_left", "it is neither 1 nor 0: without all 19 answers there is no index")


def test_a_time_may_be_given() -> None:
    found = read("patient,date,time,form,areas\nT-1,2026-03-02,08:30,WPI,neck\nT-1,2026-03-02,8:30,WPI,neck\n")
    assert found.only.entries[0].at_time == "08:30"
    assert found.reasons == ["the time is not HH:MM"]


@settings(deadline=None, max_examples=60)
@given(st.sets(st.sampled_from(AREAS), min_size=1), st.booleans())
def test_a_list_comes_in_as_exactly_its_areas_and_keeps_every_side(areas: set[str], ticked: bool) -> None:
    ticks = ",".join("1" if area in areas else "0" for area in AREAS)
    listed = f'{LISTED}T-1,2026-03-02,WPI,"{"; ".join(sorted(areas))}"\n'
    found: Read = read(f"{TICKED}T-1,2026-03-02,{ticks}\n" if ticked else listed)
    marked = regions(found.only.entries[0])
    assert wpi_areas(marked) == areas
    assert found.only.measures[0].score == len(areas)
    for side in ("left", "right"):
        if not any(area.endswith(side) or not area.endswith(("left", "right")) for area in areas):
            assert side not in {region(name).side for name in marked}


def test_the_same_list_twice_adds_nothing_and_a_diary_entry_of_the_moment_stays(engine: Engine) -> None:
    add(engine, about(ANNA, entries=(EntryRecord(date(2026, 3, 3), pain=4),)))
    rows = f"{LISTED}T-1,2026-03-02,WPI,neck; hip_left\nT-1,2026-03-03,WPI,neck\n"

    first, second = (add(engine, replace(read(rows).only, patient=ANNA)) for _ in range(2))

    neck_and_hip = len(regions(the_map("WPI", "neck; hip_left")))
    assert first.added == {"entries": 1, "measures": 1, "regions": neck_and_hip}
    assert [each.why for each in first.rejected] == [
        "another entry of the same day and time is already there",
        "another part of its row was rejected, and a row goes in whole or not at all",  # its index
    ]
    assert (second.added, second.already_there) == ({}, 2)
    with reading(engine) as conn:
        kept = diary.load(conn, 1)
    assert [kept["pain"][1], kept.has_map[0], kept.has_map[1]] == [4, True, False]


def test_a_list_with_a_time_goes_in_beside_the_untimed_entry_of_its_day(engine: Engine) -> None:
    add(engine, about(ANNA, entries=(EntryRecord(date(2026, 3, 3), pain=4),)))
    timed = read("patient,date,time,form,areas\nT-1,2026-03-03,08:30,WPI,neck\n").only
    done = add(engine, replace(timed, patient=ANNA))
    assert (done.rejected, done.added["entries"], done.added["measures"]) == ([], 1, 1)
