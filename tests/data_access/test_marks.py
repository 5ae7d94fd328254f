"""The maps of a diary by quality and depth, and the maps of single entries, against a plain second reading."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from clinical.body_map import DEPTHS, PRESENT, QUALITIES, REGION_INDEX, UNMARKED, active
from clinical.diary import Period
from data_access import diary
from data_access.engine import reading
from data_access.records import EntryRecord, MarkRecord
from tests.data_access.made_up import TODAY, a_year, about, add

FIRST = TODAY - timedelta(days=4)
CALF, KNEE, NECK = (REGION_INDEX[name] for name in ("b_calf_l", "f_knee_r", "b_neck_l"))


def entry(back: int, *marks: MarkRecord, at: str = "") -> EntryRecord:
    """An entry with a map `back` days after the first."""
    return EntryRecord(FIRST + timedelta(days=back), at_time=at, pain=5, marks=marks)


LOGGED = about(
    entries=(
        entry(0, MarkRecord("b_calf_l", 7, ("shooting", "burning"), "deep"), MarkRecord("f_knee_r", 3, ("aching",))),
        entry(1, MarkRecord("b_calf_l", 2, ("burning",), "surface"), at="08:00"),
        entry(1, MarkRecord("b_calf_l", 9, ("aching",), "surface"), at="20:00"),
        entry(2, MarkRecord("b_neck_l", None, ("tender_to_touch",))),
        entry(3),
        EntryRecord(FIRST + timedelta(days=4), pain=5),
        EntryRecord(None, marks=(MarkRecord("b_calf_l", 10, ("burning",)),)),
    )
)


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    add(engine, LOGGED)
    with reading(engine) as open_connection:
        yield open_connection


def test_only_marks_of_that_quality_stay_on_the_maps(conn: Connection) -> None:
    found = diary.load_filtered(conn, 1, qualities=["burning"])

    assert [found.maps[day, CALF] for day in range(4)] == [7, 2, UNMARKED, UNMARKED]  # not the evening's aching 9
    assert not active(found.maps[:, [KNEE, NECK]]).any()
    assert found["spread"][:4].tolist() == [1, 1, 0, 0]


def test_a_day_with_a_map_stays_one_without_such_pain(conn: Connection) -> None:
    found, whole = diary.load_filtered(conn, 1, qualities=["numb"]), diary.load(conn, 1)

    assert found.has_map.tolist() == whole.has_map.tolist() == [True] * 4 + [False]
    assert found["spread"][:4].tolist() == [0] * 4
    assert np.isnan(found["spread"][4])
    assert found["pain"].tolist() == whole["pain"].tolist()


def test_any_of_the_qualities_and_one_of_the_depths(conn: Connection) -> None:
    found = diary.load_filtered(conn, 1, qualities=["aching", "burning"], depths=["surface"])
    assert [found.maps[day, CALF] for day in range(2)] == [UNMARKED, 9]
    assert not active(found.maps[:, KNEE]).any()  # its depth was not recorded


def test_a_quality_is_matched_whole_and_its_underscore_stands_for_itself(conn: Connection) -> None:
    assert diary.load_filtered(conn, 1, qualities=["tender_to_touch"]).maps[2, NECK] == PRESENT
    assert not active(diary.load_filtered(conn, 1, qualities=["tender"]).maps).any()
    assert not active(diary.load_filtered(conn, 1, qualities=["tender to touch", "%", "b_rning"]).maps).any()


def test_nothing_asked_for_is_the_whole_diary(conn: Connection) -> None:
    assert (diary.load_filtered(conn, 1).maps == diary.load(conn, 1).maps).all()


def test_of_a_period_only_its_days_are_read(conn: Connection) -> None:
    period = Period(FIRST + timedelta(days=1), FIRST + timedelta(days=2))
    found = diary.load_filtered(conn, 1, qualities=["burning"], period=period)
    assert (found.start, len(found), found.maps[0, CALF]) == (period.start, 2, 2)


def test_a_period_without_any_map_has_none_after_the_filter(conn: Connection) -> None:
    last = FIRST + timedelta(days=4)
    found = diary.load_filtered(conn, 1, qualities=["burning"], period=Period(last, last))
    assert len(found) == 1
    assert not found.has_map.any()
    assert not active(found.maps).any()


def test_a_patient_without_entries_has_an_empty_diary(conn: Connection) -> None:
    assert len(diary.load_filtered(conn, 99, qualities=["burning"])) == 0
    assert diary.mark_details(conn, 99).marks == 0
    assert len(diary.entry_maps(conn, 99).packed) == 0


def test_each_entry_keeps_its_own_map(conn: Connection) -> None:
    found = diary.entry_maps(conn, 1)
    days: list[date] = found.days.tolist()
    assert [(day - FIRST).days for day in days] == [0, 1, 1, 2, 3]
    assert found.packed[:, CALF].tolist() == [7, 2, 9, UNMARKED, UNMARKED]


def test_how_many_marks_carry_each_quality_and_depth(conn: Connection) -> None:
    found = diary.mark_details(conn, 1)
    assert found.marks == 5
    assert dict(found.qualities) == {"shooting": 1, "burning": 2, "aching": 2, "tender_to_touch": 1}
    assert dict(found.depths) == {"deep": 1, "": 2, "surface": 2}


def plainly(entries: list[EntryRecord], qualities: Collection[str], depths: Collection[str]) -> dict[date, set[str]]:
    """The painful regions of each day with a map, by looking at every mark."""
    found: dict[date, set[str]] = {}
    for one in entries:
        if one.marks is None or one.day is None:
            continue
        on_day = found.setdefault(one.day, set())
        for mark in one.marks:
            right_quality = not qualities or set(qualities) & set(mark.qualities)
            if right_quality and (not depths or mark.depth in depths) and mark.intensity != 0:
                on_day.add(mark.region_id)
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(QUALITIES), max_size=3), st.sets(st.sampled_from(DEPTHS), max_size=2))
def test_the_filter_agrees_with_looking_at_every_mark(year: Engine, qualities: set[str], depths: set[str]) -> None:
    with reading(year) as open_connection:
        found = diary.load_filtered(open_connection, 1, qualities=qualities, depths=depths)
        expected = plainly(diary.entries(open_connection, 1), qualities, depths)
    names = list(REGION_INDEX)
    hurts = active(found.maps)
    days: list[date] = found.dates().tolist()
    assert {
        day: {names[place] for place in np.flatnonzero(hurts[at])} for at, day in enumerate(days) if found.has_map[at]
    } == expected


@pytest.fixture
def year(engine: Engine) -> Engine:
    add(engine, a_year(days=90))
    return engine
