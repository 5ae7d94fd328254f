"""The care plan in words: what changed, since when, from what to what; nothing that is missing reads as a number."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from clinical.diary import Period, empty_diary
from clinical.goals import LEVELS, Attainment, GoalPart
from clinical.interventions import INTERVENTIONS
from clinical.plan import Goal, Rating
from clinical.record import Pinned
from clinical.since_plan import Changed, Direction, Level, Since
from dashboard.presenters import plan_fields, plan_goals, plan_history, plan_since
from dashboard.presenters.plan_history import Names
from dashboard.presenters.plan_interventions import remark
from data_access.plan import Change

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
BEFORE, AFTER = Period(date(2026, 8, 1), date(2026, 8, 28)), Period(date(2026, 9, 1), TODAY)
PAIN = Pinned(BEFORE, "pain")
NAMES = Names({7: "Kemi"}, {3: "Walk to school"})


def since(change: Changed, direction: Direction | None, *, enough: bool = True) -> Since:
    return Since(
        chart="pain",
        label="Pain",
        unit="",
        before=Level(6.1, 26, BEFORE),
        after=Level(4.9, 70, AFTER),
        last=Level(4.7, 25, None),
        difference=-1.2 if enough else None,
        change=change,
        direction=direction,
        enough=enough,
        why_not="" if enough else "too few days logged since",
        rule="A rule.",
        series=np.array([6, 6, np.nan, np.nan, 5, 4], np.float32),
    )


@pytest.mark.parametrize(
    ("change", "direction", "words", "tone"),
    [
        ("important improvement", "better", "better, an important change", "better"),
        ("important worsening", "worse", "worse, an important change", "worse"),
        ("not an important change", "better", "lower, below the mark", ""),
        ("not an important change", "worse", "lower, below the mark", ""),
        ("no agreed threshold", "lower", "lower, no agreed mark", ""),
        ("no agreed threshold", "worse", "lower, no agreed mark", ""),
        ("important, not settled", "better", "lower, whether that is important is not settled", ""),
        ("no agreed threshold", "unchanged", "no change", ""),
    ],
)
def test_the_change_is_said_once_and_coloured_only_where_it_is_important(
    change: Changed, direction: Direction, words: str, tone: str
) -> None:
    told = plan_since.line(since(change, direction), PAIN).said
    assert told.text == f"Since agreed: pain 6.1 → 4.9 (26 and 70 days logged): {words}"
    assert told.tone == tone


def test_a_rise_below_the_mark_is_still_told_as_a_rise() -> None:
    rise = replace(since("not an important change", "worse"), difference=1.4, after=Level(6.3, 70, AFTER))
    assert plan_since.changed(rise) == "higher, below the mark"
    assert dict(plan_since.evidence(rise, PAIN).rows)["Change"] == "+1.4: below the mark"


def test_too_few_days_are_a_normal_answer_without_a_comparison() -> None:
    told = plan_since.line(since("not enough days", None, enough=False), PAIN).said
    assert told.text == "Since agreed: pain: too few days logged since (26 and 70 days logged)"
    assert told.tone == "quiet"


def test_a_part_of_the_course_without_a_logged_day_has_no_bar() -> None:
    bars = plan_since.line(since("not an important change", "better"), PAIN).bars
    assert bars == (1.0, 1.0, None, None, 0.833, 0.667)
    assert plan_since.bars(empty_diary(TODAY, 9)["pain"]) == ()


def test_each_change_says_the_field_as_it_was_and_as_it_became() -> None:
    pinned = {"period": {"start": "2026-09-01", "end": "2026-09-28"}, "chart": "region", "region": "b_calf_l"}
    before = {"title": "Walk", "due": "2026-11-12", "owner_user_id": 7, "evidence": None, "goal_id": None}
    after = {"title": "Walk", "due": None, "owner_user_id": 8, "evidence": pinned, "goal_id": 3}
    change = Change("action", 1, 2, before, after, "agreed on the telephone", "M. Physio", AT)
    (told,) = plan_history.shown("Walk", [change], [], NAMES).changes
    assert told.who.startswith("Changed by M. Physio, 20 Nov 2026")
    assert told.who.endswith("agreed on the telephone")
    assert told.lines == (
        "Due: 12 Nov 2026 → nothing",
        "Owner: Kemi → a former colleague",
        "Serves the goal: nothing → Walk to school",
        "Rests on: nothing → Pain, left calf, 1 Sep – 28 Sep 2026",
    )


def test_ratings_stand_among_the_changes_the_latest_first() -> None:
    made = Change("goal", 3, 1, {}, {"title": "Walk"}, "", "M. Physio", AT)
    rated = Rating(3, 1, TODAY, "On flat ground", "K. Psych", datetime(2026, 11, 21, tzinfo=UTC))
    told = plan_history.shown("Walk", [made], [rated], NAMES)
    assert [each.who.split(" by ")[0] for each in told.changes] == [
        "Rated +1: better than expected for 22 Nov 2026",
        "Made",
    ]
    assert told.changes[0].lines == ("On flat ground",)


def test_what_came_with_an_import_has_no_history_and_says_so() -> None:
    assert plan_history.shown("Walk", [], [], NAMES).nothing == plan_history.NOTHING


@pytest.mark.parametrize("now", [None, *LEVELS])
def test_the_ladder_marks_where_it_began_and_where_it_stands(now: int | None) -> None:
    told = plan_goals.ladder(Goal("Walk", attainment=now, baseline_attainment=-1), None, TODAY)
    assert [step.level for step in told.steps] == ["−2", "−1", "0", "+1", "+2"]
    assert [step.level for step in told.steps if step.start] == ["−1"]
    assert [step.level for step in told.steps if step.now] == ([] if now is None else [plan_goals.level(now)])
    assert ("Not rated yet" in told.said) == (now is None)


def test_a_score_without_one_at_the_start_says_why() -> None:
    found = Attainment(50.0, "", None, "not rated at the start: 'Walk'", ())
    assert (
        plan_goals.lead(found, None, TODAY).text
        == "T score 50.0 (50 is as expected); none at the start: not rated at the start: 'Walk'"
    )
    assert (
        plan_goals.lead(replace(found, baseline=50.0), None, TODAY).text == "T score 50.0, at the start 50.0: no change"
    )


def test_beside_the_score_stands_how_many_goals_went_which_way_and_the_day_of_the_last_rating() -> None:
    levels = ((-1, 0), (-1, -2), (0, 0), (-2, 1))
    parts = tuple(GoalPart("Walk", 1, start, now) for start, now in levels)
    found = Attainment(50.0, "", 40.0, "", parts, ())
    text = plan_goals.lead(found, date(2026, 10, 26), TODAY).text
    assert text == "T score 50.0, at the start 40.0: up 10.0 · 2 up, 1 down, 1 as at the start; last rated 26 Oct"


@pytest.mark.parametrize(
    ("unweighted", "weights"),
    [
        ((), "w is importance × difficulty"),
        (("Swim",), "all weights w are 1, because importance and difficulty are not given for 'Swim' [P]"),
    ],
)
def test_the_formula_is_printed_with_the_weights_it_was_computed_with(
    unweighted: tuple[str, ...], weights: str
) -> None:
    parts = (GoalPart("Walk", 1, -1, 0), GoalPart("Swim", 1, -1, 0))
    told = plan_goals.lead(Attainment(50.0, "", 40.0, "", parts, unweighted), None, TODAY).evidence
    assert told is not None
    assert dict(told.rows)["Formula"].endswith(f"; {weights}")


def test_every_intervention_can_be_chosen_with_what_guidance_says_and_its_mark() -> None:
    options = {option.code: option for option in plan_fields.vocabulary()}
    assert set(options) == set(INTERVENTIONS)
    for code, known in INTERVENTIONS.items():
        told = remark(known)
        assert options[code].remark == told.text
        assert (f"[{known.evidence}]" in options[code].remark) == bool(known.remark)
        assert options[code].remark.startswith("Unconfirmed") == (known.unconfirmed and bool(known.remark))
