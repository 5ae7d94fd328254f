"""An import is taken back whole: every row, every derived number and the person are as they were before it."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access import audit, batches, csv_export, entries, flares, ingest, patients, undo
from data_access.engine import connect_engine, reading, writing
from data_access.errors import Conflict, ExplainedError, RowRefused
from data_access.ingest import Ingested
from data_access.ingest.kinds import KINDS
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
from data_access.tables import metadata
from data_access.undo import Undone
from tests.data_access.made_up import ANNA, NOW, TODAY, a_year, about, person

LATER = NOW + timedelta(hours=2)
BOB = replace(ANNA, record_number="T-2", given_name="Bob")
NOT_COMPARED = {"audit_events", "audit_heads", "import_batches", "batch_patients", "import_undos"}


def bring(engine: sa.Engine, *bundles: PatientBundle, name: str = "diary.csv") -> int:
    """The number of an import of those bundles, one transaction a patient as an import does it."""
    with writing(engine) as conn:
        batch = batches.start(conn, file_name=name, sha256="0" * 64, format="fhir", user_id=1, now=NOW)
    for bundle in bundles:
        with writing(engine) as conn:
            ingest.add(conn, bundle, batch_id=batch, now=NOW, as_of=TODAY)
    with writing(engine) as conn:
        batches.finish(conn, batch, report={}, now=NOW)
    return batch


def take_back(engine: sa.Engine, batch: int, reason: str = "wrong file") -> Undone:
    with writing(engine) as conn:
        return undo.undo(conn, batch, reason=reason, user_id=1, user_name="Dr T", now=LATER, as_of=TODAY)


def everything(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but what tells of imports and audit; the data version left out, for it only moves on."""
    found = {}
    with reading(engine) as conn:
        for table in metadata.sorted_tables:
            if table.name not in NOT_COMPARED:
                columns = [column for column in table.columns if column.name != "data_version"]
                query = sa.select(*columns).order_by(*table.primary_key.columns)
                found[table.name] = [tuple(row) for row in conn.execute(query)]
        heads = [head for number in patients.numbers(conn) if (head := patients.head(conn, number))]
        found["export"] = [(csv_export.archive(conn, heads),)]
        found["flares as they count"] = [(each,) for head in heads for each in flares.judged(conn, head.patient_id)]
    return found


def version(engine: sa.Engine, patient_id: int = 1) -> int:
    with reading(engine) as conn:
        head = patients.head(conn, patient_id)
    assert head is not None
    return head.data_version


def test_an_import_that_is_taken_back_leaves_every_row_and_every_derived_number_as_before(engine: sa.Engine) -> None:
    year = a_year(days=300)
    bring(engine, replace(year, entries=year.entries[::2], doses=year.doses[::2]))
    before, moved = everything(engine), version(engine)
    batch = bring(engine, year, a_year(person(7), seed=4, days=60))
    assert everything(engine) != before
    done = take_back(engine, batch)
    assert everything(engine) == before
    assert (done.patients, done.gone) == ((1, 2), (2,))
    assert version(engine) > moved + 1


def test_what_was_taken_back_comes_in_again_as_if_new(engine: sa.Engine) -> None:
    bring(engine, a_year(days=30))
    files = a_year(days=90), a_year(BOB, seed=2, days=10)
    batch = bring(engine, *files)
    added, there = _added(engine, batch), _without_links(everything(engine))
    take_back(engine, batch)
    again = bring(engine, *files)
    assert [each.added for each in _added(engine, again)] == [each.added for each in added]
    renumbered = _without_links(everything(engine), {3: 2}, again, batch)
    assert renumbered == there


def _added(engine: sa.Engine, batch: int) -> list[batches.Reached]:
    with reading(engine) as conn:
        return batches.reached(conn, batch)


def _without_links(
    found: dict[str, list[tuple[object, ...]]], number: dict[Any, int] | None = None, again: int = 0, first: int = 0
) -> dict[str, object]:
    """Source rows without the opaque link; the person who came again has a new number, and the rows a new batch."""
    told: dict[str, object] = {}
    for table in metadata.sorted_tables:
        if table.name in NOT_COMPARED:
            continue
        names = [c.name for c in table.columns if c.name != "data_version"]
        rows: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in found[table.name]]
        for row in rows:
            row.pop("link_id", None)
            row["patient_id"] = (number or {}).get(row.get("patient_id"), row.get("patient_id"))
            if row.get("batch_id") == again:
                row["batch_id"] = first
        told[table.name] = rows
    return _ranked(told)


def _ranked(told: dict[str, Any]) -> dict[str, object]:
    """Rows by their place among those of the patient: numbers that were taken back are never given again."""
    for kind in KINDS:
        own = sorted((row["patient_id"], row[kind.number]) for row in told[kind.table.name])
        places = {key: place for place, key in enumerate(own)}
        for rows in told.values():
            for row in rows:
                if kind.number in row:
                    row[kind.number] = places.get((row["patient_id"], row[kind.number]), row[kind.number])
    return told


def test_every_removed_row_is_kept_whole_and_nobody_changes_that(engine: sa.Engine) -> None:
    bring(engine, about())
    marked = EntryRecord(TODAY, "08:00", pain=5.0, note="Größe", marks=(MarkRecord("b_lumbar_l", 6, ("aching",)),))
    batch = bring(engine, about(entries=(marked,), conditions=(ConditionRecord("Fibromyalgia"),)))
    held = everything(engine)
    assert take_back(engine, batch, " another patient's file ").rows == {"entries": 1, "regions": 1, "conditions": 1}
    with reading(engine) as conn:
        row = conn.execute(sa.select(metadata.tables["import_undos"])).one()
    content = json.loads(row.content)
    assert (row.reason, row.user_name, row.undone_at) == ("another patient's file", "Dr T", LATER)
    for name, rows in content.items():
        columns = [column.name for column in metadata.tables[name].columns]
        written = [[getattr(v, "isoformat", lambda v=v: v)() for v in said] for said in held[name]]
        assert [[each[column] for column in columns] for each in rows] == written
    for tampering in ("DELETE FROM import_undos", "UPDATE import_undos SET reason = 'x'"):
        with pytest.raises(RowRefused), writing(engine) as conn:
            conn.execute(sa.text(tampering))


def test_what_the_file_said_of_the_person_is_set_back_unless_somebody_changed_it_since(engine: sa.Engine) -> None:
    bare = PatientRecord("T-1", "Testfall")
    bring(engine, about(bare))
    before = everything(engine)
    full = replace(about(ANNA), team_id=4, care_team=(7, 9))
    batch = bring(engine, full)
    assert everything(engine) != before
    take_back(engine, batch)
    assert everything(engine) == before
    again = bring(engine, full)
    with writing(engine) as conn:
        conn.execute(sa.text("UPDATE patients SET given_name = 'Anne', search_name = 'testfall anne t-1'"))
    take_back(engine, again)
    with reading(engine) as conn:
        (found,) = patients.search(conn, "anne", None)
        assert (found.given_name, found.birth_date, found.sex, found.team_id) == ("Anne", None, "unknown", None)
        assert patients.care_team(conn, found.patient_id) == []


def test_the_number_of_somebody_who_was_taken_back_is_never_given_to_another_person(engine: sa.Engine) -> None:
    batch = bring(engine, about())
    with writing(engine) as conn:
        audit.record(conn, user_id=1, role="clinician", action="import", patient_id=1, now=NOW)
    take_back(engine, batch)
    again = bring(engine, about(), about(BOB))
    with reading(engine) as conn:
        assert patients.numbers(conn) == [2, 3]
        assert [each.patient_id for each in batches.reached(conn, again)] == [2, 3]
        assert len(audit.listed(conn, 1)) == 1
        assert audit.verify(conn) == []


def test_a_number_that_only_the_audit_trail_remembers_is_not_given_again(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        audit.record(conn, user_id=1, role="clinician", action="view", patient_id=41, now=NOW)
    bring(engine, about())
    with reading(engine) as conn:
        assert patients.numbers(conn) == [42]


def test_an_interrupted_import_can_be_taken_back_and_who_still_runs_it_is_told(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        batch = batches.start(conn, file_name="a", sha256="0" * 64, format="fhir", user_id=1, now=NOW)
        ingest.add(conn, a_year(days=9), batch_id=batch, now=NOW, as_of=TODAY)
    take_back(engine, batch)
    with pytest.raises(Conflict, match="taken back while"), writing(engine) as conn:
        ingest.add(conn, a_year(BOB, days=9), batch_id=batch, now=NOW, as_of=TODAY)
    with reading(engine) as conn:
        assert patients.numbers(conn) == []


def test_who_takes_back_waits_for_the_person_who_is_being_added(engine: sa.Engine) -> None:
    batch = bring(engine, a_year(days=9))
    undoing = threading.Thread(target=take_back, args=(engine, batch))
    with writing(engine) as conn:
        ingest.add(conn, a_year(BOB, days=9), batch_id=batch, now=NOW, as_of=TODAY)
        undoing.start()
    undoing.join()
    with reading(engine) as conn:
        assert patients.numbers(conn) == []
        assert batches.listed(conn, [batch])[0].undone_at == LATER


def test_one_person_in_several_parts_of_a_file_is_one_account(engine: sa.Engine) -> None:
    bring(engine, about(PatientRecord("T-1", "Testfall")))
    before = everything(engine)
    first = about(replace(ANNA, birth_date=None), entries=(EntryRecord(TODAY, pain=1.0),))
    batch = bring(engine, first, about(entries=(EntryRecord(TODAY, "09:00", pain=2.0),)))
    (reached,) = _added(engine, batch)
    assert (dict(reached.added), reached.filled["birth_date"]) == ({"entries": 2}, (None, ANNA.birth_date))
    take_back(engine, batch)
    assert everything(engine) == before


def test_without_a_reason_twice_or_of_an_older_version_nothing_is_taken_back(engine: sa.Engine) -> None:
    batch = bring(engine, a_year(days=20))
    before = everything(engine)
    for reason in ("", "  ", "x" * 401):
        with pytest.raises(ExplainedError, match="with a reason"):
            take_back(engine, batch, reason)
    with pytest.raises(LookupError), reading(engine) as conn:
        undo.obstacles(conn, 99)
    assert everything(engine) == before
    assert _refused(engine, bring(engine, a_year(days=20))) == {"it added nothing, so there is nothing to take back"}
    with writing(engine) as conn:
        conn.execute(sa.text("UPDATE import_batches SET kept = false"))
    (why,) = _refused(engine, batch)
    assert "older version" in why
    with writing(engine) as conn:
        conn.execute(sa.text("UPDATE import_batches SET kept = true"))
    take_back(engine, batch)
    assert _refused(engine, batch) == {"it was taken back already"}


def _refused(engine: sa.Engine, batch: int) -> set[str]:
    """Why it is refused; what is told beforehand is what an attempt says, and nothing is touched by it."""
    before = everything(engine)
    with pytest.raises(undo.Resting) as refused:
        take_back(engine, batch)
    with reading(engine) as conn:
        assert undo.obstacles(conn, batch) == list(refused.value.obstacles)
    assert everything(engine) == before
    return {each.why for each in refused.value.obstacles}


def test_a_failure_in_the_middle_takes_nothing_back(engine: sa.Engine) -> None:
    batch = bring(engine, a_year(days=30), a_year(BOB, days=30))
    before = everything(engine)
    with pytest.raises(RuntimeError), writing(engine) as conn:
        undo.undo(conn, batch, reason="x", user_id=1, user_name="Dr T", now=LATER, as_of=TODAY)
        raise RuntimeError("the power went")
    assert everything(engine) == before


# --- any records, both engines -----------------------------------------------------------------------------------

_DAYS = st.none() | st.dates(TODAY - timedelta(days=40), TODAY)
_KEYS = st.none() | st.sampled_from(["a", "b", "c"])
_MARKS = st.none() | st.sets(st.sampled_from(["b_lumbar_l", "f_knee_r", "neck"]), max_size=3).map(
    lambda found: tuple(MarkRecord(region, 5) for region in sorted(found))
)
_PAIN = st.none() | st.sampled_from([0.0, 2.0, 3.5, 9.0, 10.0])
_KINDS: dict[str, st.SearchStrategy[Any]] = {
    "entries": st.builds(
        EntryRecord, day=_DAYS, at_time=st.sampled_from(["", "08:00", "20:00"]), pain=_PAIN, marks=_MARKS,
        flare=st.none() | st.booleans(), sleep_hours=st.none() | st.sampled_from([4.0, 8.0]), source_key=_KEYS,
    ),
    "doses": st.builds(
        DoseRecord, day=_DAYS, medicine=st.sampled_from(["tramadol", "ibuprofen"]), taken=st.booleans(),
        as_needed=st.booleans(),
    ),
    "medications": st.builds(
        MedicationRecord, medicine=st.sampled_from(["tramadol", "amitriptyline"]), start_day=_DAYS, source_key=_KEYS
    ),
    "measures": st.builds(
        MeasureRecord, day=_DAYS, instrument=st.sampled_from(["PHQ-9", "FIQR"]), score=st.sampled_from([0.0, 20.0])
    ),
    "events": st.builds(EventRecord, day=_DAYS, kind=st.sampled_from(["visit", "injury"]), label=st.just("ä=")),
    "conditions": st.builds(ConditionRecord, label=st.sampled_from(["Fibromyalgia", "Migraine"]), source_key=_KEYS),
    "allergies": st.builds(AllergyRecord, label=st.sampled_from(["Penicillin", "Codeine"])),
    "goals": st.builds(GoalRecord, title=st.sampled_from(["Swim", "Walk"]), due_day=_DAYS, source_key=_KEYS),
    "actions": st.builds(ActionRecord, title=st.sampled_from(["Call", "Book"]), due_day=_DAYS, source_key=_KEYS),
}  # fmt: skip
_PEOPLE = st.builds(
    replace,
    st.sampled_from([ANNA, BOB, replace(ANNA, record_number="T-3")]),
    given_name=st.sampled_from(["", "Anna"]),
    birth_date=st.none() | st.just(date(1975, 4, 3)),
    sex=st.sampled_from(["unknown", "female"]),
)
_BUNDLES = st.builds(
    PatientBundle,
    patient=_PEOPLE,
    source=st.sampled_from(["fhir", "clinic"]),
    team_id=st.none() | st.integers(1, 2),
    care_team=st.sets(st.integers(1, 3), max_size=2).map(tuple),
    **{kind: st.lists(records, max_size=4).map(tuple) for kind, records in _KINDS.items()},
)
_FILES = st.lists(_BUNDLES, max_size=3)


@pytest.fixture(params=["sqlite", "postgresql"])
def emptied(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[Callable[[], sa.Engine]]:
    """A new database for every example of a property."""
    made: list[sa.Engine] = []
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    template = request.getfixturevalue("_migrated_sqlite")

    def fresh() -> sa.Engine:
        if server is not None:
            made.append(connect_engine(server.create(template="migrated")))
        else:
            path = tmp_path / f"{len(made)}.db"
            path.write_bytes(template.read_bytes())
            made.append(connect_engine(f"sqlite:///{path}"))
        return made[-1]

    yield fresh
    for each in made:
        each.dispose()
        if server is not None:
            server.drop(each.url.render_as_string(hide_password=False))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(earlier=_FILES, file=_FILES.filter(bool), later=_FILES)
def test_whatever_came_in_is_taken_back_to_the_last_number(
    emptied: Callable[[], sa.Engine],
    earlier: list[PatientBundle],
    file: list[PatientBundle],
    later: list[PatientBundle],
) -> None:
    engine = emptied()
    first = bring(engine, *earlier)
    before = everything(engine)
    second = bring(engine, *file)
    brought = everything(engine)
    third = bring(engine, *later)
    for batch, then in ((third, brought), (second, before), (first, None)):
        if _added(engine, batch):
            take_back(engine, batch)
        assert then is None or everything(engine) == then
    assert not any(rows for name, rows in everything(engine).items() if name != "export")


def test_a_file_that_found_rows_there_already_does_not_keep_them(engine: sa.Engine) -> None:
    batch = bring(engine, a_year(days=20))
    there: Ingested
    with writing(engine) as conn:
        other = batches.start(conn, file_name="b", sha256="1" * 64, format="fhir", user_id=1, now=NOW)
        there = ingest.add(conn, a_year(days=20), batch_id=other, now=NOW, as_of=TODAY)
    assert there.added == {}
    assert take_back(engine, batch).gone == (1,)


def test_the_number_of_a_row_that_was_taken_back_is_given_to_no_other_row(engine: sa.Engine) -> None:
    bring(engine, about(ANNA, entries=(EntryRecord(TODAY, "04:01", pain=9.0),)))
    first = entry_numbers(engine)
    stays = bring(engine, about(ANNA, entries=(EntryRecord(TODAY, "04:02", pain=8.0),)))
    take_back(engine, stays)
    bring(engine, about(ANNA, entries=(EntryRecord(TODAY - timedelta(days=300), "04:02", pain=1.0),)))
    assert entry_numbers(engine) == [*first, first[-1] + 2]
    with writing(engine) as conn:
        filled = entries.Filled(EntryRecord(TODAY, "04:03", pain=2.0), token="a")
        entries.add(conn, 1, filled, entries.Writer(1, NOW, TODAY))
    assert entry_numbers(engine) == [*first, first[-1] + 2, first[-1] + 3]


def entry_numbers(engine: sa.Engine) -> list[int]:
    e = metadata.tables["diary_entries"].c
    with reading(engine) as conn:
        return list(conn.execute(sa.select(e.entry_id).order_by(e.entry_id)).scalars())
