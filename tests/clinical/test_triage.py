"""Each patient once, under the first reason that holds, with the others as marks."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.change import Sample, compare
from clinical.flares import Flare
from clinical.red_flags import RED_FLAGS, Level
from clinical.safety import ITEM_9, ITEM_9_LABEL, SafetyItem
from clinical.triage import RANK, REASONS, TriageFacts, triage

TODAY = date(2026, 11, 22)


def pain(now: float | None, before: float | None, days: int = 20) -> Any:
    return compare(Sample(now, days if now is not None else 0), Sample(before, days if before is not None else 0))


def flare(kind: Any = "flare", end: date | None = None, peak: float = 8, usual: float = 4) -> Flare:
    start = TODAY - timedelta(days=4)
    return Flare(kind, start, end, start, peak, usual, ("pain",), 5, 0, "rule")


def item_9(answer: float) -> SafetyItem:
    return SafetyItem("phq9_item9", ITEM_9, ITEM_9_LABEL, "same_day", TODAY, answer, ITEM_9)


def red_flag(question: str, level: Level = "urgent") -> SafetyItem:
    return SafetyItem("red_flag", question, question, level, TODAY, None, f"red_flag:{question}")


STEADY = TriageFacts(as_of=TODAY, last_entry=TODAY, pain=pain(4.0, 4.1))


def test_the_groups_are_in_the_order_of_the_design() -> None:
    assert [reason.code for reason in REASONS] == [
        "safety", "in_flare", "worse", "medication_prompt", "overdue", "stopped_logging", "improved", "steady",
    ]  # fmt: skip
    assert all(reason.title and reason.rule for reason in REASONS)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "steady"),
        ({"safety": (item_9(1),)}, "safety"),
        ({"safety": (red_flag("fever"),)}, "safety"),
        ({"open_flare": flare()}, "in_flare"),
        ({"open_flare": flare("spike")}, "steady"),
        ({"open_flare": flare(end=TODAY)}, "steady"),
        ({"pain": pain(6.0, 4.0)}, "worse"),
        ({"pain": pain(5.2, 4.0)}, "worse"),  # exactly 30 %
        ({"pain": pain(5.1, 4.0)}, "steady"),  # 28 %
        ({"pain": pain(9.0, 4.0, days=3)}, "steady"),  # too few days
        ({"prompts_open": 2}, "medication_prompt"),
        ({"overdue_actions": 1, "oldest_due": TODAY - timedelta(days=3)}, "overdue"),
        ({"review_due": TODAY - timedelta(days=1)}, "overdue"),
        ({"review_due": TODAY}, "steady"),
        ({"last_entry": TODAY - timedelta(days=14)}, "stopped_logging"),
        ({"last_entry": TODAY - timedelta(days=13)}, "steady"),
        ({"last_entry": None, "pain": pain(None, None)}, "stopped_logging"),
        ({"pain": pain(2.8, 4.0)}, "improved"),  # exactly 30 %
        ({"pain": pain(6.5, 9.0)}, "steady"),  # 28 %, though more than two points
    ],
)
def test_each_reason_holds_at_its_printed_threshold(facts: dict[str, Any], code: str) -> None:
    found = triage(replace(STEADY, **facts))

    assert found.reason_code == code
    assert found.rank == RANK[code]


def test_the_other_reasons_follow_as_marks_in_order() -> None:
    found = triage(
        replace(STEADY, safety=(item_9(2),), open_flare=flare(), prompts_open=1, review_due=TODAY - timedelta(days=9))
    )

    assert found.reason_code == "safety"
    assert found.also == ("in_flare", "medication_prompt", "overdue", "item_9:2:2026-11-22")


def test_never_logged_is_marked_as_such() -> None:
    found = triage(replace(STEADY, last_entry=None, pain=pain(None, None)))

    assert (found.reason_code, found.also) == ("stopped_logging", ("never_logged",))
    undated = triage(replace(STEADY, last_entry=None, pain=pain(None, None), undated_entries=2))
    assert undated.also == ("undated_only",)


def test_an_open_safety_item_carries_its_answer_and_day() -> None:
    assert triage(replace(STEADY, safety=(item_9(1.0),))).also == ("item_9:1:2026-11-22",)
    assert triage(replace(STEADY, safety=(replace(item_9(1.0), day=None),))).also == ("item_9:1:",)
    inferred = replace(item_9(1.0), at_least=True)
    assert triage(replace(STEADY, safety=(inferred,))).also == ("item_9:at least 1:2026-11-22",)


def test_every_red_flag_for_the_same_day_is_named_and_the_others_are_counted() -> None:
    flags = (red_flag("saddle_numbness", "emergency"), red_flag("fever"), red_flag("previous_cancer", "soon"))
    assert triage(replace(STEADY, safety=flags)).also == ("red_flag:saddle_numbness:2026-11-22", "further:2:")
    intent = (*flags[:1], red_flag("stated_intent", "same_day"), *flags[1:])
    assert triage(replace(STEADY, safety=intent)).also[1] == "further:2:si"
    assert len({flag.initials for flag in RED_FLAGS.values()}) == len(RED_FLAGS)
    both = triage(replace(STEADY, safety=(*flags[:1], item_9(3))))
    assert both.also == ("item_9:3:2026-11-22", "red_flag:saddle_numbness:2026-11-22")


def test_all_marks_together_fit_the_column_that_holds_them() -> None:
    worst = replace(
        STEADY,
        safety=(replace(item_9(3), at_least=True), *map(red_flag, sorted(RED_FLAGS, key=len, reverse=True))),
        open_flare=flare(),
        pain=pain(9.0, 4.0),
        prompts_open=9,
        review_due=date(2026, 1, 1),
        last_entry=date(2026, 1, 1),
        recent_shift=flare("shift", end=TODAY, peak=3, usual=6),
    )
    assert len("|".join(triage(worst).also)) <= 200


def test_spikes_and_shifts_are_marks_and_say_their_direction() -> None:
    up, down = flare("shift", end=TODAY), flare("shift", end=TODAY, peak=3, usual=6)

    assert triage(replace(STEADY, open_flare=flare("spike"), recent_shift=up)).also == ("spike", "shift_up")
    assert triage(replace(STEADY, recent_shift=down)).also == ("shift_down",)


def test_worse_patients_come_first_inside_a_reason() -> None:
    def severity(**facts: Any) -> float:
        return triage(replace(STEADY, **facts)).severity

    emergency, soon = red_flag("saddle_numbness", "emergency"), red_flag("previous_cancer", "soon")
    assert severity(safety=(item_9(3),)) > severity(safety=(item_9(1),))
    assert severity(safety=(emergency,)) > severity(safety=(item_9(3), *[soon] * 20)) > severity(safety=(soon,))
    assert severity(open_flare=flare(peak=9)) > severity(open_flare=flare(peak=8))
    assert severity(pain=pain(8.0, 4.0)) > severity(pain=pain(7.0, 4.0))
    assert severity(review_due=TODAY - timedelta(days=30)) > severity(review_due=TODAY - timedelta(days=2))
    assert severity(last_entry=TODAY - timedelta(days=90)) > severity(last_entry=TODAY - timedelta(days=20))
    assert severity(pain=pain(2.0, 5.0)) > severity(pain=pain(3.5, 5.0))


@given(
    st.builds(
        TriageFacts,
        as_of=st.just(TODAY),
        last_entry=st.one_of(st.none(), st.dates(date(2026, 1, 1), TODAY)),
        pain=st.builds(
            lambda now, before, days: pain(now, before, days), st.floats(0, 10), st.floats(0, 10), st.integers(0, 28)
        ),
        open_flare=st.sampled_from([None, flare(), flare("spike")]),
        safety=st.lists(st.sampled_from([item_9(1), item_9(3), red_flag("fever")]), max_size=3).map(tuple),
        prompts_open=st.integers(0, 2),
        overdue_actions=st.integers(0, 2),
    )
)
def test_everyone_is_in_exactly_one_group_and_never_twice(facts: TriageFacts) -> None:
    found = triage(facts)

    assert REASONS[found.rank].code == found.reason_code
    assert found.reason_code not in found.also
    assert len(set(found.also)) == len(found.also)
    assert found.severity >= 0
