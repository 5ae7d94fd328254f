"""Derived rows: what a plain second computation says, the same after a refresh as after a rebuild."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinical.diary import COLUMNS, Diary, Period
from clinical.flares import VERSION, flares_of
from data_access import derived, diary, flares, patients, snapshots
from data_access.engine import connect_engine, reading, writing
from data_access.records import DoseRecord, EntryRecord, EventRecord, MarkRecord, PatientBundle
from data_access.tables import diary_entries, metadata, patient_days, patient_snapshots
from tests.data_access import slowly
from tests.data_access.made_up import ANNA, TODAY, a_year, about, add, person

DERIVED = ("patient_days", "flares", "patient_snapshots")


def _derived(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    with reading(engine) as conn:
        tables = (metadata.tables[name] for name in DERIVED)
        return {t.name: [tuple(r) for r in conn.execute(sa.select(t).order_by(*t.primary_key))] for t in tables}


def _assert_equals_plain_computation(conn: sa.Connection, pid: int) -> None:
    plain = slowly.days(conn, pid)
    rows = {row["day"]: row for row in conn.execute(sa.select(patient_days)).mappings() if row["patient_id"] == pid}
    assert list(rows) == list(plain)
    for day, expected in plain.items():
        for name, value in expected.items():
            held = rows[day][name]
            assert (held == pytest.approx(value, rel=1e-6)) if isinstance(value, float) else held == value, (day, name)


def test_day_rows_equal_a_plain_second_computation(engine: sa.Engine) -> None:
    pid = add(engine, a_year(days=150)).patient_id
    add(engine, a_year(person(2), seed=2, days=30))
    with reading(engine) as conn:
        _assert_equals_plain_computation(conn, pid)


def test_the_diary_a_page_reads_is_the_day_rows(engine: sa.Engine) -> None:
    pid = add(engine, a_year(days=150)).patient_id
    with reading(engine) as conn:
        loaded = diary.load(conn, pid)
        plain = slowly.days(conn, pid)
    assert (loaded.start, loaded.end) == (min(plain), max(plain))
    assert len(loaded) == (loaded.end - loaded.start).days + 1
    for place, day in enumerate(loaded.dates().tolist()):
        expected = plain.get(day)
        assert loaded.entries[place] == (expected["entries"] if expected else 0)
        assert loaded.has_map[place] == bool(expected and expected["regions"] is not None)
        for name in COLUMNS:
            value = expected[name] if expected else None
            assert np.isnan(loaded[name][place]) if value is None else loaded[name][place] == np.float32(value)
        packed = expected["regions"] if expected else None
        assert loaded.maps[place].tobytes() == (packed or b"\xff" * 74)


def test_nights_of_a_device_bring_sleep_and_no_day_on_which_anything_was_logged(engine: sa.Engine) -> None:
    pid = add(engine, about(entries=(EntryRecord(TODAY, pain=5.0, note="Sleep from Fitbit (device)"),))).patient_id
    nights = tuple(
        EntryRecord(TODAY - timedelta(days=n), "06:30", sleep_hours=6.5, note="Sleep from Apple Health (device)")
        for n in (1, 2, 40)
    )
    add(engine, about(entries=nights))
    with reading(engine) as conn:
        loaded = diary.load(conn, pid)
        snapshot = conn.execute(sa.select(patient_snapshots)).one()
    assert loaded.dates()[loaded.logged].tolist() == [TODAY]
    assert loaded["sleep_hours"][[0, -3, -2]].tolist() == [6.5, 6.5, 6.5]
    np.testing.assert_equal(loaded["rescue_doses"][[0, -2, -1]].tolist(), [np.nan, np.nan, 0])
    assert snapshot.days_logged == 1
    before = _derived(engine)
    assert derived.rebuild_all(engine, TODAY) == 1
    rows = _derived(engine)
    assert rows["patient_days"] == before["patient_days"]


def test_a_diary_of_a_period_is_a_part_of_the_whole(engine: sa.Engine) -> None:
    pid = add(engine, a_year(days=150)).patient_id
    period = Period(TODAY - timedelta(days=90), TODAY - timedelta(days=30))
    with reading(engine) as conn:
        part, whole = diary.load(conn, pid, period), diary.load(conn, pid)
    _assert_same(part.during(period), whole.during(period))


def _assert_same(one: Diary, other: Diary) -> None:
    assert one.start == other.start
    for name in COLUMNS:
        np.testing.assert_array_equal(one[name], other[name])
    for name in ("entries", "maps", "has_map"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_flares_are_those_the_detector_finds_in_the_stored_days(engine: sa.Engine) -> None:
    pid = add(engine, a_year(days=365)).patient_id
    with reading(engine) as conn:
        found = flares_of(diary.load(conn, pid), TODAY)
        assert flares.detected(conn, pid) == found
    assert found


_PARTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(1, 50), cuts=_PARTS, number=st.integers(0, 10**9))
def test_adding_in_parts_gives_what_a_rebuild_gives(
    sqlite_engine: sa.Engine, seed: int, cuts: list[int], number: int
) -> None:
    who = replace(person(number), record_number=f"{number}-{seed}-{cuts}")
    whole = a_year(who, seed=seed, days=70)
    places = sorted({0, len(whole.entries), *(cut % len(whole.entries) for cut in cuts)})
    for first, last in pairwise(places):
        share = slice(first, last)
        add(sqlite_engine, replace(whole, entries=whole.entries[share], doses=whole.doses[share]))
    pid = add(sqlite_engine, whole).patient_id
    before = _derived(sqlite_engine)
    with writing(sqlite_engine) as conn:
        derived.refresh(conn, pid, TODAY)
    assert _derived(sqlite_engine) == before


def test_a_rebuild_brings_back_rows_that_were_lost(engine: sa.Engine) -> None:
    for n in range(3):
        add(engine, a_year(person(n), seed=n, days=60))
    before = _derived(engine)
    with writing(engine) as conn:
        for name in DERIVED:
            conn.execute(sa.delete(metadata.tables[name]))
    assert derived.rebuild_all(engine, TODAY) == 3
    assert _derived(engine) == before


def test_many_changed_days_are_rebuilt_as_a_whole(engine: sa.Engine) -> None:
    add(engine, a_year(days=30))
    add(engine, a_year(days=600))
    before = _derived(engine)
    derived.rebuild_all(engine, TODAY)
    assert _derived(engine) == before


def test_a_withdrawn_entry_leaves_the_day(engine: sa.Engine) -> None:
    entry = EntryRecord(TODAY, "08:00", pain=8.0, marks=(MarkRecord("b_lumbar_l", 8),))
    pid = add(engine, about(entries=(entry, replace(entry, at_time="20:00", pain=2.0)))).patient_id
    with writing(engine) as conn:
        conn.execute(sa.update(diary_entries).where(diary_entries.c.entry_id == 1).values(status="withdrawn"))
        derived.refresh(conn, pid, TODAY, {TODAY})
        assert diary.load(conn, pid)["pain"].tolist() == [2.0]
        counting = sa.update(diary_entries).where(diary_entries.c.status == "active")
        conn.execute(counting.values(status="withdrawn"))
        derived.refresh(conn, pid, TODAY, {TODAY})
        assert len(diary.load(conn, pid)) == 0


def test_a_day_with_only_a_dose_is_a_day_without_entries(engine: sa.Engine) -> None:
    pid = add(engine, about(doses=(DoseRecord(TODAY, "ibuprofen", taken=True, as_needed=True),))).patient_id
    with reading(engine) as conn:
        loaded = diary.load(conn, pid)
    assert (loaded.entries.tolist(), loaded["rescue_doses"].tolist()) == ([0], [1.0])
    assert not loaded.logged.any()


def test_both_engines_derive_the_same(sqlite_engine: sa.Engine, postgres_url: str) -> None:
    made = []
    for engine in (sqlite_engine, connect_engine(postgres_url)):
        for n in range(3):
            add(engine, a_year(person(n), seed=n, days=200))
        made.append(_derived(engine))
    assert made[0] == made[1]
    assert all(made[0].values())


# --- the snapshot ------------------------------------------------------------------------------------------------


def _snapshot(engine: sa.Engine, pid: int = 1) -> dict[str, Any]:
    with reading(engine) as conn:
        query = sa.select(patient_snapshots).where(patient_snapshots.c.patient_id == pid)
        return dict(conn.execute(query).mappings().one())


def _logged(days: range, pain: float) -> tuple[EntryRecord, ...]:
    marks = (MarkRecord("b_lumbar_l", 6), MarkRecord("b_lumbar_r", None), MarkRecord("b_buttock_l", 0))
    return tuple(EntryRecord(TODAY - timedelta(days=back), pain=pain, sleep_hours=6.5, marks=marks) for back in days)


def test_the_snapshot_holds_the_last_four_weeks(engine: sa.Engine) -> None:
    recent, before = _logged(range(0, 28, 2), 5.0), _logged(range(28, 56), 4.0)
    add(engine, PatientBundle(ANNA, "clinic", entries=(*recent, *before), team_id=3))
    held = _snapshot(engine)
    assert (held["as_of"], held["team_id"], held["last_entry_day"]) == (TODAY, 3, TODAY)
    assert (held["pain_mean"], held["pain_mean_before"]) == (5.0, 4.0)
    assert (held["days_logged"], held["days_logged_before"]) == (14, 28)
    assert (held["regions_median"], held["sleep_mean"]) == (2.0, 6.5)
    assert held["strip"] == bytes([snapshots.NOT_LOGGED, 50] * 14)


def test_somebody_without_entries_has_a_snapshot_too(engine: sa.Engine) -> None:
    add(engine, about())
    held = _snapshot(engine)
    assert held["strip"] == bytes([snapshots.NOT_LOGGED]) * 28
    assert (held["pain_mean"], held["flare_days"], held["last_entry_day"], held["days_logged"]) == (None, None, None, 0)


def test_the_next_visit_is_the_first_one_not_yet_over(engine: sa.Engine) -> None:
    visits = (-10, 20, 40)
    add(engine, about(events=tuple(EventRecord(TODAY + timedelta(days=n), "visit") for n in visits)))
    assert _snapshot(engine)["next_visit_day"] == TODAY + timedelta(days=20)


def test_a_new_day_refreshes_only_what_is_stale(engine: sa.Engine) -> None:
    for n in range(3):
        add(engine, a_year(person(n), seed=n, days=90))
    tomorrow = TODAY + timedelta(days=1)
    assert derived.refresh_stale(engine, TODAY) == 0
    add(engine, about(), as_of=tomorrow)
    assert derived.refresh_stale(engine, tomorrow) == 3
    assert derived.refresh_stale(engine, tomorrow) == 0
    before = _derived(engine)
    derived.rebuild_all(engine, tomorrow)
    assert _derived(engine) == before


def test_days_passing_without_entries_close_a_flare_and_move_the_data_version(engine: sa.Engine) -> None:
    calm = _logged(range(12, 120), 2.0)
    pid = add(engine, about(entries=(*calm, *_logged(range(12), 8.0)))).patient_id
    assert _snapshot(engine)["flare_day_now"] is not None
    later = TODAY + timedelta(days=60)
    derived.refresh_stale(engine, later)
    held = _snapshot(engine)
    assert (held["flare_day_now"], held["days_logged"]) == (None, 0)
    with reading(engine) as conn:
        head = patients.head(conn, pid)
    assert head is not None
    assert head.data_version == 2


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(1, 10**6), cut=st.integers(20, 280), passed=st.integers(1, 120))
def test_days_without_entries_change_no_finished_flare(
    sqlite_engine: sa.Engine, seed: int, cut: int, passed: int
) -> None:
    who = replace(person(seed), record_number=f"{seed}-{cut}-{passed}")
    pid = add(sqlite_engine, a_year(who, seed=seed, days=300)).patient_id
    last = TODAY - timedelta(days=cut)
    with reading(sqlite_engine) as conn:
        known = diary.load(conn, pid).during(Period(TODAY - timedelta(days=299), last))
    before = flares_of(known, last)
    if all(flare.end is not None for flare in before):
        assert flares_of(known, last + timedelta(days=passed)) == before


def test_others_write_while_many_snapshots_are_refreshed(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        add(engine, about(person(n)))
    tomorrow, written = TODAY + timedelta(days=1), []

    def breath(_: float) -> None:
        with writing(engine) as conn:
            done = conn.execute(sa.select(patient_snapshots.c.patient_id).where(patient_snapshots.c.as_of == tomorrow))
            written.append(len(done.all()))

    monkeypatch.setattr(derived, "LONGEST_WRITE", 0.0)
    monkeypatch.setattr(derived, "sleep", breath)
    derived.refresh_stale(engine, tomorrow)
    assert written == [1, 2]
    assert derived.refresh_stale(engine, tomorrow) == 0


@pytest.mark.parametrize("by_a_write", [False, True])
def test_episodes_of_an_earlier_detector_are_found_anew(engine: sa.Engine, by_a_write: bool) -> None:
    pid = add(engine, about(entries=(*_logged(range(12, 120), 2.0), *_logged(range(12), 8.0)))).patient_id
    right = _derived(engine)
    assert right["flares"]
    with writing(engine) as conn:
        conn.execute(sa.delete(metadata.tables["flares"]))
        conn.execute(sa.update(patient_snapshots).values(detector=VERSION - 1))
    if by_a_write:
        with writing(engine) as conn:
            derived.refresh(conn, pid, TODAY, ())
    else:
        assert derived.refresh_stale(engine, TODAY) == 1
    assert _derived(engine) == right
    assert derived.refresh_stale(engine, TODAY) == 0


def test_a_new_day_also_sees_what_was_written_for_an_earlier_one(engine: sa.Engine) -> None:
    entries = (*_logged(range(12, 120), 2.0), *_logged(range(12), 8.0))
    pid = add(engine, about(entries=entries)).patient_id
    with writing(engine) as conn:
        derived.refresh(conn, pid, TODAY - timedelta(days=30))
    derived.refresh_stale(engine, TODAY)
    before = _derived(engine)
    derived.rebuild_all(engine, TODAY)
    assert _derived(engine) == before


def test_a_refresh_for_an_earlier_day_does_not_look_ahead(engine: sa.Engine) -> None:
    pid = add(engine, about(entries=_logged(range(40), 5.0))).patient_id
    earlier = TODAY - timedelta(days=20)
    with writing(engine) as conn:
        derived.refresh(conn, pid, earlier)
    assert _snapshot(engine)["last_entry_day"] == earlier


def test_an_empty_database_rebuilds_to_nothing(engine: sa.Engine) -> None:
    assert (derived.rebuild_all(engine, TODAY), derived.refresh_stale(engine, date(2027, 1, 1))) == (0, 0)
