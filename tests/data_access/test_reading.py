"""What pages read of one patient: typed, ordered, and the same from both engines."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
import sqlalchemy as sa

from clinical.diary import Period
from clinical.findings import Action, Event, Medicine, Score
from clinical.plan import Revised
from data_access import care_plan, diary, events, flares, frames, measures, medication, patients, plan
from data_access.engine import connect_engine, migrate, reading, writing
from data_access.records import DoseRecord, EntryRecord, MeasureRecord, MedicationRecord, PatientBundle
from tests.data_access.made_up import ANNA, NOW, PLANNER, TODAY, a_year, about, add, person
from tests.postgres import Postgres

YEAR = Period(TODAY - timedelta(days=364), TODAY)


READERS: dict[str, Callable[[sa.Connection, int], object]] = {
    "head": lambda conn, pid: _without_link(patients.head(conn, pid)),
    "entries": diary.entries,
    "entries of a period": lambda conn, pid: diary.entries(conn, pid, Period(TODAY - timedelta(days=30), TODAY)),
    "undated": diary.undated,
    "medicines": medication.listed,
    "medication records": medication.records,
    "dose records": medication.dose_records,
    "scores": measures.scores,
    "measure records": measures.records,
    "events": events.listed,
    "event records": events.records,
    "next visit": lambda conn, pid: events.next_visit(conn, pid, TODAY),
    "conditions": care_plan.conditions,
    "allergies": care_plan.allergies,
    "goals": lambda conn, pid: plan.load(conn, pid).goals,
    "actions": care_plan.actions,
    "flares": flares.listed,
    "judged flares": flares.judged,
}


def _without_link(head: patients.PatientHead | None) -> patients.PatientHead | None:
    return head and replace(head, link_id="")  # it is random


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> list[dict[str, object]]:
    """Everything read of one patient among three, from SQLite and from PostgreSQL."""
    sqlite = connect_engine(f"sqlite:///{tmp_path_factory.mktemp('reading')}/a.db")
    migrate(sqlite)
    found = []
    for engine in (sqlite, connect_engine(postgres.create(template="migrated"))):
        for n in range(3):
            add(engine, a_year(person(n), seed=n, days=200))
        with reading(engine) as conn:
            found.append({name: read(conn, 2) for name, read in READERS.items()})
    return found


@pytest.mark.parametrize("name", list(READERS))
def test_both_engines_read_the_same(readings: list[dict[str, object]], name: str) -> None:
    sqlite, postgres = (each[name] for each in readings)
    assert sqlite == postgres
    assert sqlite


def test_nothing_is_read_of_somebody_else(engine: sa.Engine) -> None:
    add(engine, a_year(days=10))
    add(engine, about(person(2)))
    with reading(engine) as conn:
        for name, read in READERS.items():
            assert name == "head" or not read(conn, 2), name
        assert len(diary.load(conn, 2)) == 0
        assert len(medication.doses(conn, 2, YEAR)) == 0


def test_doses_come_as_typed_columns_in_order(engine: sa.Engine) -> None:
    doses = (
        DoseRecord(TODAY, "tramadol", taken=False, at_time="20:00", dose=50.0, unit="mg", as_needed=True),
        DoseRecord(TODAY, "ibuprofen", taken=True, at_time="08:00"),
        DoseRecord(TODAY - timedelta(days=364), "ibuprofen", taken=True, dose=400.0, unit="mg"),
        DoseRecord(TODAY - timedelta(days=365), "too early", taken=True),
        DoseRecord(None, "undated", taken=True),
    )
    pid = add(engine, about(doses=doses)).patient_id
    with reading(engine) as conn:
        found = medication.doses(conn, pid, YEAR)
        assert [dose.medicine for dose in medication.dose_records(conn, pid)][-1] == "undated"
    assert found.day.tolist() == [TODAY - timedelta(days=364), TODAY, TODAY]
    assert found.medicine.tolist() == ["ibuprofen", "ibuprofen", "tramadol"]
    np.testing.assert_array_equal(found.dose, np.array([400, np.nan, 50], np.float32))
    assert found.as_needed.tolist() == [False, False, True]
    assert found.taken.tolist() == [True, True, False]
    assert {name: getattr(found, name).dtype for name in frames.DOSES} == {
        "day": np.dtype("datetime64[D]"), "medicine": np.dtype(object), "dose": np.dtype(np.float32),
        "unit": np.dtype(object), "as_needed": np.dtype(bool), "taken": np.dtype(bool),
    }  # fmt: skip


def test_no_doses_are_empty_columns_of_the_same_types(engine: sa.Engine) -> None:
    pid = add(engine, about()).patient_id
    with reading(engine) as conn:
        found = medication.doses(conn, pid, YEAR)
    assert (len(found), found.day.dtype, found.taken.dtype) == (0, np.dtype("datetime64[D]"), np.dtype(bool))


def test_medicines_are_listed_by_start_those_of_unknown_start_first(engine: sa.Engine) -> None:
    started = [TODAY, None, TODAY - timedelta(days=9), None]
    rows = tuple(MedicationRecord(f"m{n}", start_day=day, dose=2.5) for n, day in enumerate(started))
    pid = add(engine, about(medications=rows)).patient_id
    with reading(engine) as conn:
        found = medication.listed(conn, pid)
    assert [medicine.name for medicine in found] == ["m1", "m3", "m2", "m0"]
    assert found[0] == Medicine("m1", dose=2.5, medication_id=2)


@pytest.mark.parametrize(
    "items", [(), (None,), (None, None), (1.0,), (0.0, None, 3.0), (None, 2.5, None), (1e-9, 0.1 + 0.2)]
)
def test_item_answers_survive_with_their_gaps(engine: sa.Engine, items: tuple[float | None, ...]) -> None:
    pid = add(engine, about(measures=(MeasureRecord(TODAY, "PHQ-4", None, "points", items),))).patient_id
    with reading(engine) as conn:
        assert measures.scores(conn, pid) == [Score(TODAY, "PHQ-4", None, items, "points", 1)]


def test_undated_things_come_last(engine: sa.Engine) -> None:
    pid = add(engine, a_year(days=3)).patient_id
    with reading(engine) as conn:
        assert measures.scores(conn, pid)[-1].day is None
        assert [event.kind for event in events.listed(conn, pid)] == ["infection", "visit", "visit"]
        assert events.listed(conn, pid)[0] == Event(events.listed(conn, pid)[0].day, "infection", "Cold", 1)


def test_an_action_can_be_closed(engine: sa.Engine) -> None:
    pid = add(engine, a_year(days=3)).patient_id
    with writing(engine) as conn:
        open_one = care_plan.actions(conn, pid)[0]
        done = plan.save(conn, pid, replace(open_one, status="done", done=TODAY), writer=PLANNER)
        first = care_plan.actions(conn, pid)[0]
    overdue = TODAY - timedelta(days=3)
    said = Action("Order a sleep diary", overdue, "done", TODAY, "psychology", None, 1)
    assert first == done == replace(said, revised=Revised(2, "Dr T", NOW))


def test_entries_of_a_day_come_in_the_order_of_their_times(engine: sa.Engine) -> None:
    times = ("21:00", "", "07:30")
    entries = tuple(EntryRecord(TODAY, time, pain=float(n)) for n, time in enumerate(times))
    pid = add(engine, PatientBundle(ANNA, "clinic", entries=entries)).patient_id
    with reading(engine) as conn:
        assert [entry.at_time for entry in diary.entries(conn, pid, Period(TODAY, TODAY))] == ["", "07:30", "21:00"]
        assert diary.entries(conn, pid, Period(TODAY - timedelta(days=1), TODAY - timedelta(days=1))) == []
