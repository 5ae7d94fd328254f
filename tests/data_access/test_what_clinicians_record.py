"""Answers, closings, assessments, scores and medicines recorded on screen: added, taken back, never overwritten."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinical.safety import ITEM_9, NO, open_items, undated_subject
from data_access import asked, criteria, ingest, measures, medication, prompt_answers, safety
from data_access.engine import reading, writing
from data_access.errors import Conflict, ExplainedError, RowRefused
from data_access.records import MeasureRecord, MedicationRecord
from data_access.tables import measures as measure_rows
from tests.data_access.made_up import (
    ASSESSED,
    CLOSING,
    NOW,
    PROMPT_ANSWER,
    RED_FLAG,
    TODAY,
    WRITER,
    about,
    add,
)

TRAMADOL = MedicationRecord("tramadol", "N02AX02", dose=50.0, unit="mg", start_day=TODAY - timedelta(days=30))
PHQ9 = MeasureRecord(TODAY, "PHQ-9", 3.0, items=(*([0.0] * 8), 3.0))


@pytest.fixture
def clinic(engine: sa.Engine) -> sa.Engine:
    """One person with a running medicine and a PHQ-9."""
    add(engine, about(medications=(TRAMADOL,), measures=(PHQ9,)))
    return engine


def test_answers_are_kept_in_the_order_given_and_the_later_one_stands_beside_the_earlier(clinic: sa.Engine) -> None:
    with writing(clinic) as conn:
        asked.give(conn, 1, [RED_FLAG], user_id=7, as_of=TODAY)
        asked.give(conn, 1, [replace(RED_FLAG, answer=NO, remark=" gone ")], user_id=8, as_of=TODAY)
        asked.give(conn, 1, [], user_id=8, as_of=TODAY)
    with reading(clinic) as conn:
        held = asked.answers(conn, 1)
    assert held == [replace(RED_FLAG, answer_id=1), replace(RED_FLAG, answer=NO, remark="gone", answer_id=2)]


def test_what_is_open_is_closed_once_by_the_first(clinic: sa.Engine) -> None:
    with writing(clinic) as conn:
        asked.give(conn, 1, [RED_FLAG], user_id=7, as_of=TODAY)
        safety.close(conn, 1, CLOSING, user_id=7, as_of=TODAY)
    with pytest.raises(Conflict), writing(clinic) as conn:
        safety.close(conn, 1, replace(CLOSING, user_name="Dr Late"), user_id=8, as_of=TODAY)
    with writing(clinic) as conn:
        safety.close(conn, 1, replace(CLOSING, subject=ITEM_9, reason="talked at length"), user_id=8, as_of=TODAY)
    with reading(clinic) as conn:
        assert [(each.subject, each.user_name) for each in safety.closures(conn, 1)] == [
            (CLOSING.subject, "Dr T"),
            (ITEM_9, "Dr T"),
        ]


def test_of_two_phq9_without_a_day_only_the_one_that_was_closed_is_closed(engine: sa.Engine) -> None:
    answers = [(*([0.0] * 8), float(item_9)) for item_9 in (1, 2)]
    add(engine, about(measures=tuple(MeasureRecord(None, "PHQ-9", sum(items), items=items) for items in answers)))
    with writing(engine) as conn:
        (item,) = open_items([], [], measures.scores(conn, 1), TODAY)
        assert (item.value, item.earlier) == (2.0, 1)
        safety.close(conn, 1, replace(CLOSING, subject=item.subject), user_id=7, as_of=TODAY)
        closed = next(each for each in measures.scores(conn, 1) if undated_subject(each) == item.subject)
        measures.withdraw(conn, 1, closed.measure_id, reason="another person's", writer=WRITER)
    with reading(engine) as conn:
        left = open_items([], safety.closures(conn, 1), measures.scores(conn, 1), TODAY)
    assert [(each.value, each.day) for each in left] == [(1.0, None)]


def test_a_closing_needs_a_reason(clinic: sa.Engine) -> None:
    with pytest.raises(RowRefused), writing(clinic) as conn:
        safety.close(conn, 1, replace(CLOSING, subject=ITEM_9, reason="  "), user_id=8, as_of=TODAY)


def test_a_prompt_answered_twice_keeps_both_answers(clinic: sa.Engine) -> None:
    again = replace(PROMPT_ANSWER, answer="accepted", reason="")
    with writing(clinic) as conn:
        prompt_answers.give(conn, 1, PROMPT_ANSWER, user_id=7, as_of=TODAY)
        prompt_answers.give(conn, 1, again, user_id=7, as_of=TODAY)
    with reading(clinic) as conn:
        assert prompt_answers.listed(conn, 1) == [PROMPT_ANSWER, again]


def test_an_assessment_is_corrected_by_one_other_and_both_stay(clinic: sa.Engine) -> None:
    with writing(clinic) as conn:
        first = criteria.record(conn, 1, ASSESSED, user_id=7, as_of=TODAY)
        criteria.record(conn, 1, replace(ASSESSED, replaces=first, fatigue=3), user_id=7, as_of=TODAY)
    with pytest.raises(Conflict), writing(clinic) as conn:
        criteria.record(conn, 1, replace(ASSESSED, replaces=first), user_id=8, as_of=TODAY)
    with reading(clinic) as conn:
        held = criteria.listed(conn, 1)
    assert held == [
        replace(ASSESSED, assessment_id=1),
        replace(ASSESSED, assessment_id=2, replaces=1, fatigue=3),
    ]


def test_a_score_sent_twice_is_entered_once(clinic: sa.Engine) -> None:
    peg = MeasureRecord(TODAY, "PEG", 5.0)
    with writing(clinic) as conn:
        numbers = [measures.enter(conn, 1, peg, writer=WRITER, token="t", version="v1") for _ in range(2)]
        another = measures.enter(conn, 1, peg, writer=WRITER, token="u")
    assert numbers == [2, 2]
    assert another == 3


def test_a_withdrawn_score_leaves_every_read_but_the_history(clinic: sa.Engine) -> None:
    with writing(clinic) as conn:
        measures.withdraw(conn, 1, 1, reason="somebody else's", writer=WRITER)
    with reading(clinic) as conn:
        assert measures.scores(conn, 1) == []
        assert measures.records(conn, 1) == []
        (held,) = measures.history(conn, 1)
    assert (held.record, held.source, held.entered_by) == (PHQ9, "clinic", None)
    assert held.withdrawal == measures.Withdrawal("somebody else's", 7, NOW)
    with pytest.raises(Conflict), writing(clinic) as conn:
        measures.withdraw(conn, 1, 1, reason="again", writer=WRITER)


def test_the_file_a_withdrawn_score_came_from_does_not_bring_it_back(clinic: sa.Engine) -> None:
    with writing(clinic) as conn:
        measures.withdraw(conn, 1, 1, reason="somebody else's", writer=WRITER)
        again = ingest.add(conn, about(measures=(PHQ9,)), now=NOW, as_of=TODAY)
    assert (again.added, again.already_there) == ({}, 1)


def test_a_score_is_never_rewritten_and_a_withdrawn_one_stays(clinic: sa.Engine) -> None:
    with pytest.raises(RowRefused), writing(clinic) as conn:
        conn.execute(sa.update(measure_rows).values(score=1.0))
    with writing(clinic) as conn:
        measures.withdraw(conn, 1, 1, reason="somebody else's", writer=WRITER)
    for change in (sa.update(measure_rows).values(status="active"), sa.delete(measure_rows)):
        with pytest.raises(RowRefused), writing(clinic) as conn:
            conn.execute(change)


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (MeasureRecord(TODAY + timedelta(days=1), "PEG", 5.0), "in the future"),
        (MeasureRecord(TODAY, "P" * 61, 5.0), "longer than 60"),
        (MeasureRecord(TODAY - timedelta(days=36_500), "PEG", 5.0), "before the patient was born"),
    ],
)
def test_a_score_that_cannot_be_is_refused_in_words(clinic: sa.Engine, record: MeasureRecord, why: str) -> None:
    with pytest.raises(ExplainedError, match=why), writing(clinic) as conn:
        measures.enter(conn, 1, record, writer=WRITER)


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (MedicationRecord("  "), "has no name"),
        (MedicationRecord("x" * 201), "longer than 200"),
        (replace(TRAMADOL, dose=0.0), "above 0"),
        (replace(TRAMADOL, unit="ug/h"), "does not fit tramadol"),
        (replace(TRAMADOL, dose=500.0, unit="g"), "over 100 times"),
        (replace(TRAMADOL, end_day=TODAY - timedelta(days=31)), "before the start"),
    ],
)
def test_a_medicine_that_cannot_be_is_refused_in_words(clinic: sa.Engine, record: MedicationRecord, why: str) -> None:
    with pytest.raises(ExplainedError, match=why), writing(clinic) as conn:
        medication.add(conn, 1, record, writer=WRITER)


def test_a_medicine_sent_twice_is_added_once(clinic: sa.Engine) -> None:
    with writing(clinic) as conn:
        numbers = [medication.add(conn, 1, MedicationRecord("ibuprofen"), writer=WRITER, token="t") for _ in range(2)]
    assert numbers == [2, 2]


def test_a_stopped_medicine_ends_that_day_and_is_stopped_only_as_it_was_seen(clinic: sa.Engine) -> None:
    with reading(clinic) as conn:
        (seen,) = medication.listed(conn, 1)
    with pytest.raises(Conflict), writing(clinic) as conn:
        medication.stop(conn, 1, replace(seen, dose=100.0), end=TODAY, reason="dizzy", writer=WRITER)
    with writing(clinic) as conn:
        medication.stop(conn, 1, seen, end=TODAY, reason="dizzy", writer=WRITER)
    with reading(clinic) as conn:
        (now,) = medication.listed(conn, 1)
        (exported,) = medication.records(conn, 1)
    assert now == replace(seen, end=TODAY, reason_stopped="dizzy")
    assert (exported.end_day, exported.reason_stopped) == (TODAY, "dizzy")
    for again in (seen, now):
        with pytest.raises(Conflict), writing(clinic) as conn:
            medication.stop(conn, 1, again, end=TODAY, reason="too late", writer=WRITER)


@pytest.mark.parametrize("days", [1, -31])
def test_a_medicine_ends_neither_tomorrow_nor_before_it_began(clinic: sa.Engine, days: int) -> None:
    with pytest.raises(ExplainedError, match="cannot be saved"), writing(clinic) as conn:
        seen = medication.listed(conn, 1)[0]
        medication.stop(conn, 1, seen, end=TODAY + timedelta(days=days), reason="dizzy", writer=WRITER)


def test_neither_the_file_from_before_the_stop_nor_the_one_from_after_brings_it_again(clinic: sa.Engine) -> None:
    with writing(clinic) as conn:
        medication.stop(conn, 1, medication.listed(conn, 1)[0], end=TODAY, reason="dizzy", writer=WRITER)
        after = replace(TRAMADOL, end_day=TODAY, reason_stopped="dizzy")
        again = ingest.add(conn, about(medications=(TRAMADOL, after)), now=NOW, as_of=TODAY)
    assert (again.added, again.already_there) == ({}, 2)
