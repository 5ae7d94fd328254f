"""Entries filled in on screen: added once, corrected by a new one, withdrawn; the old one stays as it was written."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from data_access import diary, entries, entry_drafts, medication
from data_access.engine import migrate, reading, step_back, writing
from data_access.entries import Filled, Writer
from data_access.errors import Conflict, ExplainedError, RowRefused
from data_access.migrations.schema_0002.guards import ENTRY
from data_access.records import DoseRecord, EntryRecord, MarkRecord
from data_access.tables import diary_entries, doses, pain_marks
from tests.data_access.made_up import NOW, TODAY, a_year, about, add

PID = 1
WHO = Writer(7, NOW, TODAY)
MARKS = (MarkRecord("f_knee_r", None), MarkRecord("b_lumbar_l", 6, ("aching",), "deep"))
ENTRY_SAID = EntryRecord(
    TODAY, "08:00", pain=6.0, tenderness=4.0, weather=("cold", "damp"), relief=("heat",), marks=MARKS
)
DOSE = DoseRecord(TODAY, "paracetamol", taken=True, at_time="08:00", dose=1000.0, unit="mg", as_needed=True)
FILLED = Filled(ENTRY_SAID, (DOSE,), token="a1")


@pytest.fixture
def patient(engine: sa.Engine) -> sa.Engine:
    add(engine, about())
    return engine


def _add(engine: sa.Engine, filled: Filled = FILLED) -> entries.Added:
    with writing(engine) as conn:
        return entries.add(conn, PID, filled, WHO)


def _listed(engine: sa.Engine) -> list[entries.Listed]:
    with reading(engine) as conn:
        return entries.latest(conn, PID, 20)


def test_an_entry_is_on_record_with_its_map_its_doses_and_who_typed_it(patient: sa.Engine) -> None:
    assert _add(patient) == entries.Added(1)
    (found,) = _listed(patient)
    assert replace(found.entry, source_key=None) == ENTRY_SAID
    assert [replace(dose, source_key=None) for dose in found.doses] == [DOSE]
    assert (found.source, found.entered_by, found.recorded_at, found.change) == ("clinic", 7, NOW, None)
    with reading(patient) as conn:
        day = diary.load(conn, PID)
        assert (day["pain"].tolist(), day["spread"].tolist(), day["rescue_doses"].tolist()) == ([6.0], [2.0], [1.0])


def test_the_same_filling_in_sent_twice_adds_one_entry(patient: sa.Engine) -> None:
    assert _add(patient) == entries.Added(1)
    assert _add(patient) == entries.Added(1, again=True)
    assert len(_listed(patient)) == 1


def test_another_entry_of_the_same_moment_is_refused_and_one_of_another_time_is_not(patient: sa.Engine) -> None:
    _add(patient)
    with pytest.raises(Conflict, match="already an entry of that day and time"):
        _add(patient, replace(FILLED, token="a2"))
    _add(patient, Filled(replace(ENTRY_SAID, at_time="20:00"), token="a3"))
    assert [listed.entry_id for listed in _listed(patient)] == [2, 1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": TODAY + timedelta(days=1)},
        {"pain": 11.0},
        {"tenderness": -1.0},
        {"weather": ("sunny",)},
        {"note": "x" * 10_001},
        {"marks": (MarkRecord("b_tail", 3),)},
    ],
)
def test_what_cannot_be_is_refused_with_a_reason_and_nothing_is_written(
    patient: sa.Engine, wrong: dict[str, object]
) -> None:
    with pytest.raises(ExplainedError, match="cannot be saved"):
        _add(patient, replace(FILLED, entry=replace(ENTRY_SAID, **wrong)))  # type: ignore[arg-type]
    assert _listed(patient) == []


def test_a_day_before_the_patient_was_born_is_refused_with_a_reason(patient: sa.Engine) -> None:
    with pytest.raises(ExplainedError, match="the date lies before the patient was born"):
        _add(patient, replace(FILLED, entry=replace(ENTRY_SAID, day=date(1975, 4, 2))))
    assert _listed(patient) == []
    assert _add(patient, replace(FILLED, entry=replace(ENTRY_SAID, day=date(1975, 4, 3)))) == entries.Added(1)


def test_a_corrected_entry_stays_on_record_and_only_the_new_one_counts(patient: sa.Engine) -> None:
    _add(patient)
    right = Filled(replace(ENTRY_SAID, pain=3.0, marks=()), token="b1")
    with writing(patient) as conn:
        assert entries.correct(conn, PID, 1, right, reason=" wrong side ", writer=WHO).entry_id == 2
    new, old = _listed(patient)
    assert (new.entry.pain, new.change) == (3.0, None)
    assert old.change == entries.Change("corrected", "wrong side", 2, 7, NOW)
    assert replace(old.entry, source_key=None) == ENTRY_SAID
    assert len(old.doses) == 1
    with reading(patient) as conn:
        assert diary.load(conn, PID)["pain"].tolist() == [3.0]
        assert medication.dose_records(conn, PID) == []


def test_a_correction_may_move_the_entry_to_another_day(patient: sa.Engine) -> None:
    _add(patient)
    yesterday = TODAY - timedelta(days=1)
    with writing(patient) as conn:
        moved = Filled(replace(ENTRY_SAID, day=yesterday), token="b2")
        entries.correct(conn, PID, 1, moved, reason="wrong day", writer=WHO)
        assert diary.load(conn, PID).dates().tolist() == [yesterday]


def test_a_withdrawn_entry_stays_on_record_and_counts_no_more(patient: sa.Engine) -> None:
    _add(patient)
    with writing(patient) as conn:
        entries.withdraw(conn, PID, 1, reason="wrong patient", writer=WHO)
    (old,) = _listed(patient)
    assert old.change == entries.Change("withdrawn", "wrong patient", None, 7, NOW)
    with reading(patient) as conn:
        assert len(diary.load(conn, PID)) == 0
    for again in ("correct", "withdraw"):
        with pytest.raises(Conflict, match="in the meantime"), writing(patient) as conn:
            if again == "correct":
                entries.correct(conn, PID, 1, replace(FILLED, token="b3"), reason="r", writer=WHO)
            else:
                entries.withdraw(conn, PID, 1, reason="r", writer=WHO)


def test_an_older_file_does_not_bring_back_what_was_withdrawn_or_corrected(patient: sa.Engine) -> None:
    later = replace(
        FILLED, entry=replace(ENTRY_SAID, at_time="20:00"), doses=(replace(DOSE, at_time="20:00"),), token="a9"
    )
    _add(patient)
    _add(patient, later)
    older = about(entries=(ENTRY_SAID, later.entry), doses=(DOSE, *later.doses))
    with writing(patient) as conn:
        entries.withdraw(conn, PID, 1, reason="wrong patient", writer=WHO)
        moved = Filled(replace(ENTRY_SAID, at_time="21:00"), (), "b9")
        entries.correct(conn, PID, 2, moved, reason="wrong time", writer=WHO)
    done = add(patient, older)
    assert (done.added, done.already_there, done.rejected) == ({}, 4, [])


def test_a_change_without_a_reason_is_refused(patient: sa.Engine) -> None:
    _add(patient)
    with pytest.raises(RowRefused), writing(patient) as conn:
        entries.withdraw(conn, PID, 1, reason="  ", writer=WHO)
    assert _listed(patient)[0].change is None


def test_the_database_itself_keeps_what_was_written(patient: sa.Engine) -> None:
    _add(patient)
    with pytest.raises(RowRefused), writing(patient) as conn:
        conn.execute(sa.update(diary_entries).values(pain=0.0))
    with writing(patient) as conn:
        entries.withdraw(conn, PID, 1, reason="r", writer=WHO)
    for table, value in ((diary_entries, {"status": "active"}), (doses, {"dose": 1.0}), (pain_marks, {"intensity": 0})):
        with pytest.raises(RowRefused), writing(patient) as conn:
            conn.execute(sa.update(table).values(value))
        with pytest.raises(RowRefused), writing(patient) as conn:
            conn.execute(sa.delete(table))


def test_the_guard_knows_every_column_of_an_entry() -> None:
    assert {*ENTRY, "status"} == set(diary_entries.c.keys())


def test_an_old_entry_is_found_by_its_day_whenever_it_was_recorded(patient: sa.Engine) -> None:
    said = [(3, "08:00"), (40, "09:00"), (40, "21:30"), (400, ""), (20, "07:00")]
    for number, (ago, at_time) in enumerate(said):
        entry = replace(ENTRY_SAID, day=TODAY - timedelta(days=ago), at_time=at_time)
        _add(patient, replace(FILLED, entry=entry, token=f"c{number}"))
    with writing(patient) as conn:
        entries.withdraw(conn, PID, 2, reason="twice", writer=WHO)
    with reading(patient) as conn:
        found = entries.latest(conn, PID, 8, up_to=TODAY - timedelta(days=20))
        assert [listed.entry_id for listed in found] == [5, 3, 2, 4], "a withdrawn one is found as well"
        assert [listed.entry_id for listed in entries.latest(conn, PID, 1, up_to=TODAY - timedelta(days=41))] == [4]
        assert entries.latest(conn, PID, 8, up_to=TODAY - timedelta(days=401)) == []


def test_the_map_to_copy_is_the_latest_of_an_earlier_day(patient: sa.Engine) -> None:
    days = [TODAY - timedelta(days=back) for back in range(4)]
    for place, day in enumerate(days):
        marks = None if place == 1 else (MarkRecord("b_lumbar_l", place),)
        _add(patient, Filled(replace(ENTRY_SAID, day=day, marks=marks), token=f"m{place}"))
    with reading(patient) as conn:
        found = entries.last_map(conn, PID, TODAY)
        assert found is not None
        assert (found.day, found.marks) == (days[2], (MarkRecord("b_lumbar_l", 2),))
        assert entries.last_map(conn, PID, days[3]) is None


def test_a_draft_belongs_to_its_author_and_to_what_it_corrects(patient: sa.Engine) -> None:
    with writing(patient) as conn:
        first = entry_drafts.save_draft(conn, PID, 7, content='{"pain":3}', expected_revision=0, now=NOW)
        entry_drafts.save_draft(conn, PID, 7, content="{}", corrects=1, expected_revision=0, now=NOW)
        assert entry_drafts.draft(conn, PID, 8) is None
        assert entry_drafts.draft(conn, PID, 7) == first
        assert entry_drafts.discard_draft(conn, PID, 7)
        assert not entry_drafts.discard_draft(conn, PID, 7)
        assert entry_drafts.draft(conn, PID, 7, 1) is not None


def test_a_draft_that_moved_is_not_overwritten(patient: sa.Engine) -> None:
    with writing(patient) as conn:
        entry_drafts.save_draft(conn, PID, 7, content="{}", expected_revision=0, now=NOW)
    for revision in (0, 4):
        with pytest.raises(Conflict, match="changed in another window"), writing(patient) as conn:
            entry_drafts.save_draft(conn, PID, 7, content="[]", expected_revision=revision, now=NOW)
    with reading(patient) as conn:
        assert entry_drafts.draft(conn, PID, 7) == entry_drafts.EntryDraft(0, "{}", 1, NOW)


def test_a_draft_goes_on_and_leaves_every_other_one_as_it_is(patient: sa.Engine) -> None:
    with writing(patient) as conn:
        for author, corrects in ((7, 0), (7, 1), (8, 0)):
            entry_drafts.save_draft(conn, PID, author, content="{}", corrects=corrects, expected_revision=0, now=NOW)
        went_on = entry_drafts.save_draft(conn, PID, 7, content='{"pain":4}', expected_revision=1, now=NOW)
    with reading(patient) as conn:
        assert entry_drafts.draft(conn, PID, 7) == went_on == entry_drafts.EntryDraft(0, '{"pain":4}', 2, NOW)
        others = [entry_drafts.draft(conn, PID, author, corrects) for author, corrects in ((7, 1), (8, 0))]
    assert [(other.content, other.revision) for other in others if other] == [("{}", 1), ("{}", 1)]


def test_a_clinic_of_the_migration_before_is_taken_along(engine: sa.Engine) -> None:
    step_back(engine)
    migrate(engine)
    add(engine, a_year(days=30))
    step_back(engine)
    with reading(engine) as conn:
        before = conn.execute(sa.text("SELECT count(*), sum(pain) FROM diary_entries")).one()
    migrate(engine)
    with reading(engine) as conn:
        assert conn.execute(sa.text("SELECT count(*), sum(pain) FROM diary_entries")).one() == before
        assert all(listed.entry.weather == () for listed in entries.latest(conn, PID, 100))
