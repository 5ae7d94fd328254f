"""Red flags and PHQ-9 item 9: open until a named clinician closes them, and by nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.record import Score
from clinical.red_flags import GROUPS, LEVELS, RED_FLAGS, of_group
from clinical.safety import (
    ITEM_9,
    UNDATED_ITEM_9,
    Answer,
    Closure,
    open_items,
    red_flag_subject,
    standing,
    undated_subject,
)

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def answer(question: str, said: str = "yes", *, ago: int = 0, hours: float = 0) -> Answer:
    return Answer(question, said, TODAY - timedelta(days=ago), "", "Dr Vega", NOW + timedelta(hours=hours), 1)


def closing(subject: str, *, through: int = 0, hours: float = 1) -> Closure:
    when = NOW + timedelta(hours=hours)
    return Closure(subject, "seen today", TODAY - timedelta(days=through), "Dr Lind", when, 1)


def phq9(item_9: float | None, *, ago: int | None = 0, number: int = 1) -> Score:
    day = None if ago is None else TODAY - timedelta(days=ago)
    return Score(day, "PHQ-9 total score", 9, (*(1.0,) * 8, item_9), measure_id=number)


def test_nothing_answered_opens_nothing() -> None:
    assert open_items([], [], [], TODAY) == ()


def test_a_tick_opens_the_item_with_its_level_and_day() -> None:
    (item,) = open_items([answer("saddle_numbness", ago=3)], [], [], TODAY)

    assert (item.kind, item.level, item.label) == ("red_flag", "emergency", "Saddle or genital numbness")
    assert (item.day, item.value, item.earlier) == (TODAY - timedelta(days=3), None, 0)
    assert item.subject == "red_flag:saddle_numbness"


def test_a_later_no_closes_nothing() -> None:
    said = [answer("fever", ago=5), answer("fever", "no", ago=1, hours=1)]

    assert [item.question for item in open_items(said, [], [], TODAY)] == ["fever"]
    assert standing(said)["fever"].answer == "no"


def test_a_no_opens_nothing() -> None:
    assert open_items([answer("fever", "no")], [], [], TODAY) == ()


def test_an_answer_to_a_question_asked_once_opens_nothing() -> None:
    assert open_items([answer("family_history")], [], [], TODAY) == ()


def test_a_closing_closes_every_earlier_yes_on_its_subject_and_on_no_other() -> None:
    said = [answer("fever", ago=9), answer("fever", ago=2), answer("rigors", ago=2)]
    open_before = open_items(said, [], [], TODAY)
    assert [(item.question, item.earlier) for item in open_before] == [("fever", 1), ("rigors", 0)]

    still = open_items(said, [closing(red_flag_subject("fever"), through=2)], [], TODAY)
    assert [item.question for item in still] == ["rigors"]


def test_a_new_yes_after_the_closing_opens_it_again() -> None:
    said = [answer("fever", ago=2), answer("fever", ago=2, hours=2)]  # of the same day, but entered after it was closed

    assert len(open_items(said, [closing(red_flag_subject("fever"), through=2)], [], TODAY)) == 1


def test_a_closing_reaches_no_further_than_the_day_that_was_seen() -> None:
    assert len(open_items([answer("fever", ago=0)], [closing(red_flag_subject("fever"), through=1)], [], TODAY)) == 1


def test_item_9_above_zero_is_a_same_day_item_that_neither_a_total_nor_a_zero_closes() -> None:
    later = [phq9(0.0, ago=1, number=3), Score(TODAY, "PHQ-9", 4, measure_id=4)]
    (item,) = open_items([], [], [phq9(2.0, ago=8), *later], TODAY)

    assert (item.kind, item.level, item.value, item.day) == ("phq9_item9", "same_day", 2.0, TODAY - timedelta(days=8))
    assert open_items([], [closing(ITEM_9, through=8)], [phq9(2.0, ago=8), *later], TODAY) == ()


def test_item_9_raised_again_after_the_closing_is_open_again() -> None:
    scores = [phq9(1.0, ago=8), phq9(3.0, ago=1, number=2)]
    (item,) = open_items([], [closing(ITEM_9, through=8)], scores, TODAY)

    assert (item.value, item.earlier) == (3.0, 0)
    (both,) = open_items([], [], scores, TODAY)
    assert (both.value, both.earlier) == (3.0, 1)


@pytest.mark.parametrize("ago", [2, 8])
def test_a_score_that_came_on_record_after_the_closing_is_open_whatever_its_day(ago: int) -> None:
    closed = closing(ITEM_9, through=2)
    known = replace(phq9(1.0, ago=ago), recorded_at=closed.closed_at - timedelta(hours=1))
    news = replace(phq9(2.0, ago=ago, number=2), recorded_at=closed.closed_at + timedelta(hours=1))

    (item,) = open_items([], [closed], [known, news], TODAY)
    assert (item.value, item.earlier) == (2.0, 0)


@pytest.mark.parametrize(
    "score",
    [phq9(0.0), phq9(None), Score(TODAY, "PHQ-9", 24), Score(TODAY, "GAD-7", 21, (3.0,) * 9), phq9(3.0, ago=-1)],
    ids=["zero", "not answered", "total only", "another questionnaire", "in the future"],
)
def test_what_says_nothing_of_item_9_opens_nothing(score: Score) -> None:
    assert open_items([], [], [score], TODAY) == ()


def test_an_undated_phq9_is_not_overlooked_and_each_is_closed_by_itself() -> None:
    scores = [phq9(1.0, ago=None), phq9(2.0, ago=None, number=2)]
    (item,) = open_items([], [closing(ITEM_9), closing(UNDATED_ITEM_9)], scores, TODAY)
    assert (item.subject, item.day, item.value, item.earlier) == (undated_subject(scores[1]), None, 2.0, 1)

    once = closing(item.subject)
    (left,) = open_items([], [once], scores, TODAY)
    assert (left.value, left.earlier) == (1.0, 0)
    assert open_items([], [once, closing(left.subject)], scores, TODAY) == ()


@pytest.mark.parametrize("closed", [0, 1])
def test_an_undated_phq9_that_nobody_closed_stays_open_when_the_closed_one_is_withdrawn(closed: int) -> None:
    scores = [phq9(1.0, ago=None), phq9(2.0, ago=None, number=2)]
    done, left = closing(undated_subject(scores[closed])), scores[1 - closed]
    assert [item.value for item in open_items([], [done], [left], TODAY)] == [left.items[8]]


def test_an_undated_phq9_that_came_on_record_after_the_closing_is_open_even_if_it_says_the_same() -> None:
    done = closing(undated_subject(phq9(1.0, ago=None)))
    before, after = (
        replace(phq9(1.0, ago=None), recorded_at=done.closed_at + timedelta(hours=h), measure_id=7) for h in (-1, 1)
    )
    assert open_items([], [done], [before], TODAY) == ()
    assert len(open_items([], [done], [before, after], TODAY)) == 1


def test_the_subject_of_an_undated_phq9_is_alike_on_every_record_and_tells_no_answer() -> None:
    subject = undated_subject(phq9(2.0, ago=None))
    assert subject == undated_subject(phq9(2.0, ago=None, number=9)) != undated_subject(phq9(3.0, ago=None))
    assert subject.startswith(f"{UNDATED_ITEM_9}:")
    assert len(subject) <= 60


@pytest.mark.parametrize(("total", "least"), [(25, 1.0), (26, 2.0), (27, 3.0)])
@pytest.mark.parametrize("items", [(), (3.0,) * 8, (3.0,) * 8 + (None,)], ids=["none", "eight", "ninth left out"])
def test_a_total_that_eight_items_cannot_reach_opens_item_9(total: float, least: float, items: tuple[float]) -> None:
    (item,) = open_items([], [], [Score(TODAY, "PHQ-9", total, items)], TODAY)
    assert (item.level, item.value, item.at_least, item.answered) == ("same_day", least, True, f"at least {least:g}")
    assert "the other eight reach 24" in item.why_at_least


def test_a_zero_beside_a_total_that_cannot_be_without_item_9_hides_nothing() -> None:
    (item,) = open_items([], [], [Score(TODAY, "PHQ-9", 26, (*(None,) * 8, 0.0))], TODAY)
    assert (item.value, item.at_least) == (2.0, True)


def test_an_answer_to_item_9_stands_before_what_the_total_tells() -> None:
    (item,) = open_items([], [], [Score(TODAY, "PHQ-9", 27, (3.0,) * 9)], TODAY)
    assert (item.value, item.answered, item.at_least, item.why_at_least) == (3.0, "3", False, "")


def test_the_most_pressing_stands_first_then_the_latest() -> None:
    said = [
        answer("previous_cancer"),
        answer("fever", ago=4),
        answer("rigors", ago=1),
        answer("saddle_numbness", ago=9),
    ]
    found = open_items(said, [], [phq9(1.0, ago=2)], TODAY)

    assert [item.question for item in found] == ["saddle_numbness", ITEM_9, "rigors", "fever", "previous_cancer"]


@given(
    said=st.lists(
        st.builds(
            answer,
            st.sampled_from(["fever", "rigors"]),
            st.sampled_from(["yes", "no"]),
            ago=st.integers(0, 5),
            hours=st.integers(0, 3),
        ),
        max_size=8,
    ),
    more=st.sampled_from(["yes", "no"]),
    closings=st.lists(
        st.builds(closing, st.just("red_flag:fever"), through=st.integers(0, 5), hours=st.integers(0, 3)), max_size=2
    ),
)
def test_no_further_answer_ever_closes_an_item(said: list[Answer], more: str, closings: list[Closure]) -> None:
    before = {item.question for item in open_items(said, closings, [], TODAY)}
    after = {item.question for item in open_items([*said, answer("fever", more)], closings, [], TODAY)}
    backwards = {item.question for item in open_items(said[::-1], closings[::-1], [], TODAY)}

    assert before <= after
    assert before == backwards


def test_every_red_flag_has_a_level_a_question_and_a_source() -> None:
    for flag in RED_FLAGS.values():
        assert flag.level in LEVELS
        assert flag.wording.endswith("?")
        assert flag.source
        assert len(red_flag_subject(flag.question)) <= 60
    assert [len(of_group(group)) for group in GROUPS] == [4, 2, 4, 1, 3, 5, 6, 4]


@pytest.mark.parametrize("group", ["cauda equina", "cardiac or aortic", "giant cell arteritis"])
def test_the_emergency_groups_are_emergencies_and_come_first(group: str) -> None:
    assert {flag.level for flag in of_group(group)} == {"emergency"}
    assert group in GROUPS[:3]
