"""What rests on an import since is in its way: nothing is touched, and each reason is told."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from clinical.diary import Period
from clinical.plan import Action, Goal, Pinned, PlannedIntervention
from clinical.safety import ITEM_9, Closure
from data_access import (
    access,
    asked,
    caseload,
    criteria,
    discussions,
    entries,
    entry_drafts,
    exports,
    flares,
    form_drafts,
    ingest,
    measure_drafts,
    measures,
    medication,
    meetings,
    notes,
    patients,
    plan,
    prompt_answers,
    safety,
    undo,
)
from data_access.engine import reading, writing
from data_access.entries import Filled
from data_access.exports import Sent
from data_access.flares import Verdict
from data_access.ingest import Ingested
from data_access.meetings import Meeting
from data_access.notes import Author, Pins
from data_access.records import (
    ActionRecord,
    AskedRecord,
    ClosingRecord,
    DoseRecord,
    EntryRecord,
    GoalRecord,
    MarkRecord,
    MeasureRecord,
    MedicationRecord,
    PatientBundle,
)
from tests.data_access.made_up import (
    ASSESSED,
    CLOSING,
    FLAG,
    NOW,
    PLANNER,
    PROMPT_ANSWER,
    RED_FLAG,
    TODAY,
    WRITER,
    about,
)
from tests.data_access.test_undo import BOB, bring, everything, take_back

DOCTOR = Author(7, "Dr T", "medicine")
DAY = TODAY - timedelta(days=5)
LATELY = Period(DAY, TODAY)
LONG_AGO = Period(TODAY - timedelta(days=400), TODAY - timedelta(days=390))
MARK = (MarkRecord("b_lumbar_l", 6),)
PHQ9 = MeasureRecord(DAY, "PHQ-9", 3.0, items=(*([0.0] * 8), 3.0))
FILE = about(
    entries=(EntryRecord(DAY, "08:00", pain=5.0, marks=MARK), EntryRecord(TODAY, "08:00", pain=6.0)),
    doses=(DoseRecord(DAY, "Tramal 50 mg", taken=True),),
    medications=(MedicationRecord("tramadol", start_day=DAY),),
    measures=(PHQ9,),
    goals=(GoalRecord("Swim"),),
    actions=(ActionRecord("Call the pool"),),
)
Work = Callable[[Connection], object]


def _correct(conn: Connection) -> None:
    filled = Filled(EntryRecord(DAY, "08:00", pain=2.0), (), "c")
    entries.correct(conn, 1, 2, filled, reason="misheard", writer=WRITER)


def _withdraw(conn: Connection) -> None:
    entries.withdraw(conn, 1, 2, reason="somebody else's", writer=WRITER)


def _begin_correction(conn: Connection) -> None:
    entry_drafts.save_draft(conn, 1, 7, corrects=2, content="{}", expected_revision=0, now=NOW)


def _stop(conn: Connection) -> None:
    running = medication.listed(conn, 1)[0]
    medication.stop(conn, 1, running, end=TODAY, reason="stomach", writer=WRITER)


def _withdraw_score(conn: Connection) -> None:
    measures.withdraw(conn, 1, 1, reason="wrong person", writer=WRITER)


def _change_goal(conn: Connection) -> None:
    (goal,) = plan.load(conn, 1).goals
    plan.save(conn, 1, replace(goal, title="Swim twice"), writer=PLANNER)


def _rate(conn: Connection) -> None:
    plan.rate(conn, 1, 1, level=0, day=TODAY, remark="", writer=PLANNER)


def _do(conn: Connection) -> None:
    (action,) = plan.load(conn, 1).actions
    plan.save(conn, 1, replace(action, status="done", done=TODAY), writer=PLANNER)


def _plan_for_the_goal(conn: Connection) -> None:
    plan.save(conn, 1, PlannedIntervention("pacing", goal_id=1), writer=PLANNER)


def _agree_for_the_goal(conn: Connection) -> None:
    plan.save(conn, 1, Action("Book", goal_id=1), writer=PLANNER)


def _fill_in_the_goal(conn: Connection) -> None:
    form_drafts.save_draft(conn, 1, 7, "goal 1", content="{}", expected_revision=0, now=NOW)


def _pin_goal(conn: Connection) -> None:
    _sign(conn, pins=Pins(goal=1))


def _begin_note_on_goal(conn: Connection) -> None:
    pins = Pins(goal=1)
    notes.save_draft(conn, 1, 7, text="Seen.", pin=None, pins=pins, expected_revision=0, now=NOW)


def _sign(conn: Connection, pin: Period | None = None, pins: Pins | None = None) -> None:
    notes.save_draft(conn, 1, 7, text="Seen.", pin=pin, pins=pins or Pins(), expected_revision=0, now=NOW)
    notes.sign(conn, 1, DOCTOR, expected_revision=1, now=NOW)


def _pin_days(conn: Connection) -> None:
    _sign(conn, pin=LATELY)


def _pin_evidence(conn: Connection) -> None:
    plan.save(conn, 1, Goal("Sleep", evidence=Pinned(LATELY, "pain")), writer=PLANNER)


def _assess(conn: Connection) -> None:
    criteria.record(conn, 1, ASSESSED, user_id=7, as_of=TODAY)


def _answer_prompt(conn: Connection) -> None:
    prompt_answers.give(conn, 1, PROMPT_ANSWER, user_id=7, as_of=TODAY)


def _close_item_9(conn: Connection) -> None:
    safety.close(conn, 1, replace(CLOSING, subject=ITEM_9), user_id=7, as_of=TODAY)


RESTING: dict[str, Work] = {
    "corrected or withdrawn": _withdraw,
    "diary entry corrected": _correct,
    "correction in hand": _begin_correction,
    "medicine stopped": _stop,
    "score withdrawn": _withdraw_score,
    "change of a goal": _change_goal,
    "rating of a goal": _rate,
    "change of an action": _do,
    "intervention planned": _plan_for_the_goal,
    "action agreed": _agree_for_the_goal,
    "form of a goal": _fill_in_the_goal,
    "note pinned to a goal": _pin_goal,
    "note in hand": _begin_note_on_goal,
    "signed note": _pin_days,
    "evidence of a plan item": _pin_evidence,
    "criteria assessment": _assess,
    "answer to a medication prompt": _answer_prompt,
    "closing of a safety item": _close_item_9,
}


@pytest.mark.parametrize("what", RESTING)
def test_later_work_on_what_a_file_brought_is_in_the_way(engine: sa.Engine, what: str) -> None:
    bring(engine, about(entries=(EntryRecord(LONG_AGO.start, pain=1.0),)))
    batch = bring(engine, FILE)
    assert whats(engine, batch) == []
    with writing(engine) as conn:
        RESTING[what](conn)
    (found,) = set(whats(engine, batch))
    assert what in found
    untouched(engine, batch)


def whats(engine: sa.Engine, batch: int) -> list[str]:
    with reading(engine) as conn:
        return [each.what for each in undo.obstacles(conn, batch)]


def untouched(engine: sa.Engine, batch: int) -> None:
    before = everything(engine)
    with pytest.raises(undo.Resting, match="later work rests on it"):
        take_back(engine, batch)
    assert everything(engine) == before


def _elsewhere(conn: Connection) -> None:
    """Work on the same person that has nothing to do with what the file brought."""
    entries.add(conn, 1, Filled(EntryRecord(TODAY, "20:00", pain=1.0), (), "n"), WRITER)
    entries.withdraw(conn, 1, 1, reason="another one", writer=WRITER)
    _sign(conn, pin=LONG_AGO, pins=Pins(region="neck"))
    plan.save(conn, 1, Goal("Sleep", evidence=Pinned(LONG_AGO, "pain")), writer=PLANNER)
    plan.rate(conn, 1, 2, level=1, day=TODAY, remark="", writer=PLANNER)
    criteria.record(conn, 1, replace(ASSESSED, day=LONG_AGO.end), user_id=7, as_of=TODAY)
    criteria.record(conn, 1, replace(ASSESSED, estimate_areas=()), user_id=7, as_of=TODAY)
    medication.add(conn, 1, MedicationRecord("ibuprofen"), writer=WRITER)
    prompt_answers.give(conn, 1, replace(PROMPT_ANSWER, prompt="nsaid:high:ibuprofen"), user_id=7, as_of=TODAY)
    asked.give(conn, 1, [RED_FLAG], user_id=7, as_of=TODAY)
    safety.close(conn, 1, CLOSING, user_id=7, as_of=TODAY)
    measures.enter(conn, 1, MeasureRecord(TODAY, "PHQ-4", 3.0), writer=WRITER)
    form_drafts.save_draft(conn, 1, 7, "goal 2", content="{}", expected_revision=0, now=NOW)
    exports.store(conn, 1, Sent("pdf", "a.pdf", "GP", LONG_AGO, b"%PDF"), user_id=7, now=NOW)
    caseload.mark_reviewed(conn, 1, 7, now=NOW, as_of=TODAY)


def test_other_work_on_the_same_person_is_not_in_the_way_and_stays(engine: sa.Engine) -> None:
    bring(engine, about(entries=(EntryRecord(LONG_AGO.start, pain=1.0),), goals=(GoalRecord("Swim"),)))
    batch = bring(engine, replace(FILE, goals=()))
    with writing(engine) as conn:
        plan.save(conn, 1, Goal("Rest"), writer=PLANNER)
        _elsewhere(conn)
    assert whats(engine, batch) == []
    take_back(engine, batch)
    held = everything(engine)
    assert [len(held[name]) for name in ("notes", "criteria_assessments", "exports", "reviews")] == [1, 2, 1, 1]
    assert [(row[2], row[3]) for row in held["diary_entries"]] == [(LONG_AGO.start, ""), (TODAY, "20:00")]


# --- flares ------------------------------------------------------------------------------------------------------


def _diary(first: int, last: int, pain: float) -> tuple[EntryRecord, ...]:
    return tuple(EntryRecord(TODAY - timedelta(days=back), pain=pain) for back in range(first, last, -1))


def _judged(engine: sa.Engine, start: date) -> None:
    with writing(engine) as conn:
        assert [each.start for each in flares.detected(conn, 1)] == [start]
        flares.give_verdict(conn, 1, Verdict(start, "confirmed", "", None, None, 7, NOW))


def test_a_verdict_on_a_flare_in_the_days_of_the_file_is_in_the_way(engine: sa.Engine) -> None:
    bring(engine, about(entries=_diary(120, 40, 2.0)))
    batch = bring(engine, about(entries=_diary(40, 20, 8.0)))
    _judged(engine, TODAY - timedelta(days=40))
    assert whats(engine, batch) == ["verdict on a flare: confirmed"]
    untouched(engine, batch)


def test_a_verdict_on_a_flare_that_only_the_file_makes_one_is_in_the_way(engine: sa.Engine) -> None:
    bring(engine, about(entries=_diary(40, 20, 8.0)))
    batch = bring(engine, about(entries=_diary(120, 40, 2.0)))  # what is usual for this person
    _judged(engine, TODAY - timedelta(days=40))
    assert whats(engine, batch) == ["verdict on a flare: confirmed"]
    untouched(engine, batch)


def test_a_note_pinned_to_such_a_flare_is_in_the_way(engine: sa.Engine) -> None:
    bring(engine, about(entries=_diary(40, 20, 8.0)))
    batch = bring(engine, about(entries=_diary(120, 40, 2.0)))
    with writing(engine) as conn:
        _sign(conn, pins=Pins(flare=TODAY - timedelta(days=40)))
    assert whats(engine, batch) == ["signed note"]


def test_a_verdict_on_a_flare_that_does_not_need_the_file_stays_where_it_is(engine: sa.Engine) -> None:
    bring(engine, about(entries=(*_diary(200, 110, 2.0), *_diary(110, 90, 8.0), *_diary(90, 10, 2.0))))
    batch = bring(engine, about(entries=_diary(5, 0, 2.0)))
    _judged(engine, TODAY - timedelta(days=110))
    assert whats(engine, batch) == []
    take_back(engine, batch)
    with reading(engine) as conn:
        assert [each.verdict is not None for each in flares.judged(conn, 1)] == [True]


# --- rows that no table lets go of, and people whom the file had made ------------------------------------------------


def test_answers_and_closings_of_the_file_itself_stay(engine: sa.Engine) -> None:
    bring(engine, about())
    answer = AskedRecord(FLAG, "yes", TODAY, "Dr T", NOW)
    closing = ClosingRecord(CLOSING.subject, "examined", TODAY, "Dr T", NOW)
    batch = bring(engine, about(asked=(answer,), closings=(closing,)))
    assert whats(engine, batch) == ["1 answer to a question asked once", "1 closing of a safety item"]
    untouched(engine, batch)


def _queue(conn: Connection) -> None:
    team = access.add_team(conn, "Team")
    conn.execute(sa.text("UPDATE patients SET team_id = :team"), {"team": team})
    held = meetings.save(conn, Meeting(0, team, TODAY, "Review"), PLANNER)
    meetings.queue(conn, held.meeting_id, 1, "What next?", PLANNER)
    discussions.discussion(conn, 1, held.meeting_id)


def _type_an_entry(conn: Connection) -> None:
    entries.add(conn, 1, Filled(EntryRecord(TODAY, "20:00", pain=1.0), (), "n"), WRITER)


def _export(conn: Connection) -> None:
    exports.store(conn, 1, Sent("pdf", "a.pdf", "GP", LONG_AGO, b"%PDF"), user_id=7, now=NOW)


def _judge(conn: Connection) -> None:
    flares.give_verdict(conn, 1, Verdict(LONG_AGO.start, "confirmed", "", None, None, 7, NOW))


def _begin_a_form(conn: Connection) -> None:
    measure_drafts.save_draft(conn, 1, 7, "PHQ-9", content="{}", expected_revision=0, now=NOW)


OF_A_PERSON: dict[str, Work] = {
    "discussion of a case review": _queue,
    "diary entry": _type_an_entry,
    "document": _export,
    "verdict on a flare": _judge,
    "form in hand": _begin_a_form,
    "signed note": _sign,
    "criteria assessment": _assess,
    "answer to a question": lambda conn: asked.give(conn, 1, [RED_FLAG], user_id=7, as_of=TODAY),
    "change of the plan": _pin_evidence,
}


@pytest.mark.parametrize("what", OF_A_PERSON)
def test_whatever_was_written_of_a_person_since_keeps_them_on_record(engine: sa.Engine, what: str) -> None:
    batch = bring(engine, about(entries=FILE.entries))
    with writing(engine) as conn:
        OF_A_PERSON[what](conn)
    assert any(what in each for each in whats(engine, batch))
    untouched(engine, batch)


def test_one_document_in_several_formats_is_one_document_in_the_way(engine: sa.Engine) -> None:
    batch = bring(engine, about(entries=FILE.entries))
    with writing(engine) as conn:
        formats = [Sent(made_as, f"a.{made_as}", "GP", LONG_AGO, b"%") for made_as in ("pdf", "docx", "text")]
        exports.store_together(conn, 1, formats, user_id=7, now=NOW)
    assert "1 signed or exported document" in whats(engine, batch)
    with writing(engine) as conn:
        _export(conn)
    assert "2 signed or exported documents" in whats(engine, batch)


def test_a_person_to_whom_a_later_import_added_goes_after_it(engine: sa.Engine) -> None:
    first = bring(engine, about())
    second = bring(engine, FILE)
    assert whats(engine, first) == [f"import {second}"]
    untouched(engine, first)
    take_back(engine, second)
    assert take_back(engine, first).gone == (1,)


def test_who_reviewed_or_looked_at_a_person_of_a_wrong_file_does_not_keep_them(engine: sa.Engine) -> None:
    batch = bring(engine, replace(FILE, care_team=(7,)), replace(FILE, patient=BOB))
    with writing(engine) as conn:
        caseload.mark_reviewed(conn, 1, 7, now=NOW, as_of=TODAY)
        notes.look(conn, 1, 7, NOW)
    take_back(engine, batch)
    with reading(engine) as conn:
        assert patients.numbers(conn) == []
        query = sa.text("SELECT content FROM import_undos WHERE patient_id = 1")
        content = json.loads(conn.execute(query).scalar_one())
    assert {"patients", "care_team_members", "reviews", "note_looks"} <= content.keys()
    assert content["patients"][0]["given_name"] == "Anna"


def test_one_patient_with_an_obstacle_keeps_the_whole_import(engine: sa.Engine) -> None:
    batch = bring(engine, FILE, replace(FILE, patient=BOB))
    with writing(engine) as conn:
        _sign(conn)
    with reading(engine) as conn:
        assert {each.patient_id for each in undo.obstacles(conn, batch)} == {1}
    untouched(engine, batch)


def test_what_is_undone_while_somebody_else_writes_is_all_or_nothing(engine: sa.Engine) -> None:
    batch = bring(engine, FILE)
    before = everything(engine)
    done: Ingested
    with pytest.raises(undo.Resting), writing(engine) as conn:
        bundle: PatientBundle = about(entries=(EntryRecord(TODAY, "22:00", pain=1.0),))
        done = ingest.add(conn, bundle, now=NOW, as_of=TODAY)
        assert done.added == {"entries": 1}
        undo.undo(conn, batch, reason="x", user_id=1, user_name="Dr T", now=NOW, as_of=TODAY)
    assert everything(engine) == before


def test_a_closing_of_an_older_score_is_not_in_the_way(engine: sa.Engine) -> None:
    bring(engine, about(measures=(replace(PHQ9, day=LONG_AGO.start),)))
    batch = bring(engine, about(measures=(PHQ9,)))
    with writing(engine) as conn:
        closing = Closure(ITEM_9, "spoke with her", LONG_AGO.end, "Dr T", NOW, 0)
        safety.close(conn, 1, closing, user_id=7, as_of=TODAY)
    assert whats(engine, batch) == []
