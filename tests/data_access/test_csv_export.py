"""Flareboard CSV out and in again: the same bytes, from any database into any other."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from clinical.body_map import DEPTHS, QUALITIES, REGIONS
from clinical.diary import Period
from clinical.record import Score
from clinical.safety import open_items, undated_subject
from data_access import csv_export, ingest, measures, medication, patients, standing
from data_access.engine import connect_engine, migrate, reading, writing
from data_access.entries import Writer
from data_access.importers import recognise
from data_access.importers.csv_rows import COLUMNS, EXTRAS, ONLY_WITH_ROWS
from data_access.importers.reading import SourceFile
from data_access.records import (
    AskedRecord,
    ClosingRecord,
    DoseRecord,
    EntryRecord,
    EventRecord,
    MarkRecord,
    MeasureRecord,
    MedicationRecord,
    PatientBundle,
    PatientRecord,
)
from data_access.tables import WEATHER
from tests.data_access.importers.reading_files import DATA

AS_OF = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def exported(engine: Engine, period: Period | None = None) -> bytes:
    with reading(engine) as conn:
        everybody = [head for number in patients.numbers(conn) if (head := patients.head(conn, number))]
        return csv_export.archive(conn, everybody, period)


def imported(engine: Engine, content: bytes) -> tuple[int, int]:
    """Adds a file; returns (rows added, rows rejected)."""
    parsed = recognise.parse(SourceFile("export.zip", content), AS_OF)
    added = 0
    rejected = []
    for bundle in parsed.bundles:
        with writing(engine) as conn:
            done = ingest.add(conn, bundle, now=NOW, as_of=AS_OF)
        added += sum(done.added.values())
        rejected += done.rejected
    return added, len(rejected) + len(parsed.account.rejected)


def tables(content: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: list(csv.reader(io.StringIO(archive.read(name).decode("utf-8"), newline="")))
            for name in archive.namelist()
        }


def test_the_demo_clinic_comes_back_the_same_from_the_other_engine(demo_engine: Engine, engine: Engine) -> None:
    first = exported(demo_engine)
    assert imported(engine, first)[1] == 0
    assert exported(engine) == first


def test_an_export_into_its_own_database_adds_nothing(demo_copy: Engine) -> None:
    assert imported(demo_copy, exported(demo_copy)) == (0, 0)


def test_the_real_samples_come_back_the_same(engine: Engine, sqlite_engine: Engine) -> None:
    for path in sorted([*(DATA / "fhir").glob("*.json"), *(DATA / "choir").glob("*.csv")]):
        content = path.read_bytes()
        if path.suffix == ".csv":
            content = b"\n".join(content.split(b"\n")[:40])
        imported(sqlite_engine if engine.dialect.name == "postgresql" else engine, content)
    source = sqlite_engine if engine.dialect.name == "postgresql" else engine
    first = exported(source)
    assert imported(source, first) == (0, 0)
    target = engine if engine is not source else sqlite_engine
    assert imported(target, first)[1] == 0
    assert exported(target) == first


def test_the_tables_and_their_headers_are_those_of_the_format(demo_engine: Engine) -> None:
    found = tables(exported(demo_engine))
    usual = [f"{kind}.csv" for kind in COLUMNS if kind not in ONLY_WITH_ROWS]
    assert list(found)[: len(usual)] == usual
    for kind, columns in COLUMNS.items():
        if f"{kind}.csv" not in found:
            assert kind in ONLY_WITH_ROWS
            continue
        header, further = found[f"{kind}.csv"][0], EXTRAS.get(kind, ())
        assert tuple(header[: len(columns)]) == columns
        behind = [name for name in header[len(columns) :] if name not in further]
        assert behind == [f"item_{n}" for n in range(1, len(behind) + 1)]
        assert tuple(header[len(columns) + len(behind) :]) in ((), further)


def test_tenderness_and_weather_stand_behind_the_usual_columns_and_only_where_somebody_answered(engine: Engine) -> None:
    said = EntryRecord(AS_OF, "08:00", pain=3.0)
    with writing(engine) as conn:
        ingest.add(conn, PatientBundle(PatientRecord("P1", "A"), "clinic", entries=(said,)), now=NOW, as_of=AS_OF)
    assert tuple(tables(exported(engine))["diary.csv"][0]) == COLUMNS["diary"]
    more = EntryRecord(AS_OF, "20:00", tenderness=0.0, weather=("cold", "damp"))
    with writing(engine) as conn:
        ingest.add(conn, PatientBundle(PatientRecord("P1", "A"), "clinic", entries=(more,)), now=NOW, as_of=AS_OF)
    header, first, second = tables(exported(engine))["diary.csv"]
    assert tuple(header) == (*COLUMNS["diary"], "tenderness", "weather")
    assert (first[-2:], second[-2:]) == (["", ""], ["0", "cold|damp"])


def test_what_was_withdrawn_or_stopped_on_screen_leaves_no_trace_but_the_end(engine: Engine, tmp_path: Path) -> None:
    odd = MeasureRecord(AS_OF, "PHQ-4", 3.0, unit="points", items=(1.0, 1.0, 1.0, 0.0))
    bundle = PatientBundle(
        PatientRecord("P1", "A"), "clinic", measures=(odd,), medications=(MedicationRecord("tramadol"),)
    )
    who = Writer(1, NOW, AS_OF)
    with writing(engine) as conn:
        ingest.add(conn, bundle, now=NOW, as_of=AS_OF)
        measures.withdraw(conn, 1, 1, reason="wrong person", writer=who)
        medication.stop(conn, 1, medication.listed(conn, 1)[0], end=AS_OF, reason="dizzy", writer=who)
    content = exported(engine)
    found = tables(content)
    assert found["measures.csv"] == [list(COLUMNS["measures"])]
    assert found["medications.csv"][1][-2:] == ["2026-11-22", "dizzy"]
    assert imported(engine, content) == (0, 0)
    second = connect_engine(f"sqlite:///{tmp_path / 'second.db'}")
    migrate(second)
    assert imported(second, content)[1] == 0
    assert exported(second) == content
    second.dispose()


def test_what_was_asked_and_closed_goes_with_every_export_whatever_its_period(engine: Engine, tmp_path: Path) -> None:
    asked = AskedRecord("fever", "yes", date(2026, 3, 1), "Dr T", NOW - timedelta(days=200), "since a week")
    again = replace(asked, answer="no", asked_on=AS_OF, remark="", answered_at=NOW + timedelta(microseconds=1))
    closed = ClosingRecord("red_flag:rigors", 'seen, "well"', AS_OF, "Dr T", NOW)
    person = PatientRecord("P1", "A")
    bundle = PatientBundle(person, "clinic", asked=(again, asked), closings=(closed,))
    with writing(engine) as conn:
        ingest.add(conn, PatientBundle(PatientRecord("P2", "B"), "clinic"), now=NOW, as_of=AS_OF)
    assert "asked.csv" not in tables(exported(engine))
    with writing(engine) as conn:
        assert ingest.add(conn, bundle, now=NOW, as_of=AS_OF).added == {"asked": 2, "closings": 1}
    content = exported(engine)
    found = tables(exported(engine, Period(AS_OF, AS_OF)))
    assert found["asked.csv"][1:] == [
        ["P1", "2026-03-01", "fever", "yes", "since a week", "Dr T", "2026-05-06T09:30:00Z"],
        ["P1", "2026-11-22", "fever", "no", "", "Dr T", "2026-11-22T09:30:00.000001Z"],
    ]
    assert found["closings.csv"][1:] == [
        ["P1", "red_flag:rigors", 'seen, "well"', "2026-11-22", "Dr T", "2026-11-22T09:30:00Z"]
    ]
    assert imported(engine, content) == (0, 0)
    second = connect_engine(f"sqlite:///{tmp_path / 'second.db'}")
    migrate(second)
    assert imported(second, content)[1] == 0
    assert exported(second) == content
    with reading(second) as conn:
        (open_now,) = open_items(standing.answers(conn, 1), standing.closures(conn, 1), [], AS_OF)
    assert (open_now.question, open_now.day) == ("fever", date(2026, 3, 1))
    second.dispose()


def test_a_closing_of_a_phq9_without_a_day_still_names_it_where_its_number_is_another(
    engine: Engine, sqlite_engine: Engine
) -> None:
    items = [(*([1.0] * 8), float(item_9)) for item_9 in (1, 2)]
    undated = tuple(MeasureRecord(None, "PHQ-9", sum(each), items=each) for each in items)
    first = undated_subject(Score(None, "PHQ-9", undated[0].score, items[0]))
    closed = ClosingRecord(first, "talked at length", AS_OF, "Dr T", NOW)
    later = MeasureRecord(AS_OF, "PHQ-9", 0.0, items=(0.0,) * 9)
    person = PatientRecord("ASKED-2", "Invented", "Asked", date(1960, 1, 1), "female", synthetic=True)
    with writing(engine) as conn:
        ingest.add(
            conn, PatientBundle(person, "clinic", measures=(*undated, later), closings=(closed,)), now=NOW, as_of=AS_OF
        )
    imported(sqlite_engine, exported(engine))
    for each in (engine, sqlite_engine):
        with reading(each) as conn:
            (item,) = open_items([], standing.closures(conn, 1), standing.scores(conn, 1), AS_OF)
        assert (item.value, item.day, item.earlier) == (2.0, None, 0)


def test_a_period_keeps_only_rows_with_a_day_inside_it(demo_engine: Engine) -> None:
    period = Period(date(2026, 10, 1), date(2026, 10, 31))
    rows = tables(exported(demo_engine, period))["diary.csv"][1:]
    assert rows
    assert all("2026-10-01" <= row[1] <= "2026-10-31" for row in rows)


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "'=1",
    "''",
    'say "a,b;c"',
    "one\ntwo\r\nthree\r",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_starts_a_formula_and_every_text_comes_back(engine: Engine, tmp_path: Path, text: str) -> None:
    one_line = "".join(each for each in text if each.isprintable())  # the name of an instrument holds nothing else
    bundle = PatientBundle(
        PatientRecord("=P1", text, text),
        "clinic",
        entries=(EntryRecord(AS_OF, note=text),),
        doses=(DoseRecord(AS_OF, text, True, unit=text),),
        medications=(MedicationRecord(text, frequency=text, reason_stopped=text, rxnorm="1", kind="reported"),),
        measures=(MeasureRecord(AS_OF, one_line, 1, unit=text[:24], items=(1, None, 2)),),
        events=(EventRecord(AS_OF, text, text),),
        asked=(AskedRecord("fever", "yes", AS_OF, text, NOW, text),),
        closings=(ClosingRecord("red_flag:fever", text, AS_OF, text, NOW),),
    )
    with writing(engine) as conn:
        assert ingest.add(conn, bundle, now=NOW, as_of=AS_OF).rejected == []
    content = exported(engine)
    for rows in tables(content).values():
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for row in rows for cell in row)
        assert not any(cell.startswith("-") and not cell[1:].isdigit() for row in rows for cell in row)
    second = connect_engine(f"sqlite:///{tmp_path / 'second.db'}")
    migrate(second)
    assert imported(second, content)[1] == 0
    assert exported(second) == content
    second.dispose()


def test_two_tablets_without_a_time_are_two(engine: Engine) -> None:
    tablet = DoseRecord(AS_OF, "paracetamol", True, dose=500, unit="mg", as_needed=True)
    undated = MeasureRecord(None, "Wong-Baker FACES", 6)
    bundle = PatientBundle(
        PatientRecord("P1", "Example"), "clinic", doses=(tablet, tablet), measures=(undated, undated)
    )
    with writing(engine) as conn:
        ingest.add(conn, bundle, now=NOW, as_of=AS_OF)
    content = exported(engine)
    assert [len(tables(content)[name]) for name in ("doses.csv", "measures.csv")] == [3, 3]
    assert imported(engine, content) == (0, 0)


SCORE = st.none() | st.floats(0, 10, allow_nan=False).map(lambda value: value + 0.0)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("=+-@'\",;|\n\r\t"), max_size=12)
DAYS = st.dates(date(2025, 1, 1), AS_OF)
ENTRIES = st.builds(
    EntryRecord,
    day=st.none() | DAYS,
    at_time=st.sampled_from(("", "08:00", "23:59")),
    pain=SCORE,
    stress=SCORE,
    flare=st.none() | st.booleans(),
    tenderness=st.none() | SCORE,
    weather=st.lists(st.sampled_from(WEATHER), unique=True, max_size=2).map(tuple),
    relief=st.lists(st.sampled_from(("heat", "cold", "=x")), unique=True).map(tuple),
    note=TEXT,
    marks=st.none()
    | st.lists(
        st.builds(
            MarkRecord,
            st.sampled_from([region.region_id for region in REGIONS]),
            st.none() | st.integers(0, 10),
            st.lists(st.sampled_from(QUALITIES), unique=True, max_size=2).map(tuple),
            st.sampled_from(("", *DEPTHS)),
        ),
        unique_by=lambda mark: mark.region_id,
        max_size=4,
    ).map(tuple),
    detail_unknown=st.booleans(),
)


def measures_of(instrument: str, low: float, high: float, item_high: int) -> st.SearchStrategy[MeasureRecord]:
    """Scores and answers inside the ranges of that instrument."""
    return st.builds(
        MeasureRecord,
        day=st.none() | DAYS,
        instrument=st.just(instrument),
        score=st.none() | st.floats(low, high),
        unit=st.sampled_from(("{score}", "{MME}/d", "")),
        items=st.lists(st.none() | st.integers(0, item_high).map(float), max_size=4).map(tuple),
    )


MEASURES = measures_of("PHQ-9", 0, 27, 3) | measures_of("MME", 0, 1000, 4) | measures_of("Our own", -100, 1000, 9)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ENTRIES, max_size=8), st.lists(MEASURES, max_size=6), TEXT)
def test_whatever_is_on_record_comes_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, entries: list[EntryRecord], measures: list[MeasureRecord], name: str
) -> None:
    folder = tmp_path_factory.mktemp("clinics")
    first, second = (connect_engine(f"sqlite:///{folder / name}.db") for name in ("first", "second"))
    for each in (first, second):
        migrate(each)
    bundle = PatientBundle(PatientRecord("P1", name), "clinic", entries=tuple(entries), measures=tuple(measures))
    with writing(first) as conn:
        ingest.add(conn, bundle, now=NOW, as_of=AS_OF)
    content = exported(first)
    assert imported(second, content)[1] == 0
    assert exported(second) == content
    for each in (first, second):
        each.dispose()
