"""Every field of a plan item that cannot be kept is told at that field; what can be kept is not objected to."""

from dataclasses import replace
from datetime import date

import pytest

from clinical.body_map import REGIONS
from clinical.plan import CHARTS, Action, Formulation, Goal, Item, PlannedIntervention
from clinical.plan_checks import DISCIPLINES, LONGEST, problems
from clinical.record import Pinned
from data_access import tables
from tests.clinical.diaries import on, period

TODAY = on(100)
GOAL = Goal("Walk to the shop", measure="minutes", baseline=8, target=20, made=on(90), due=on(150), review=on(120))
ACTION = Action("Call", due=on(101), made=on(100), discipline="nursing")
PACING = PlannedIntervention("pacing", discipline="physiotherapy", start=on(80), review=on(120), status="active")


@pytest.mark.parametrize("item", [GOAL, ACTION, PACING, Formulation(matters="My allotment")])
def test_a_sound_item_has_no_problem(item: Item) -> None:
    assert problems(item, TODAY) == {}


@pytest.mark.parametrize(
    ("item", "field", "says"),
    [
        (replace(GOAL, title=" "), "title", "wants to do"),
        (replace(GOAL, measure="", target=None, baseline=None), "measure", "how anyone will see"),
        (replace(GOAL, measure="", status="completed"), "measure", "what is measured"),
        (replace(GOAL, measure="", target=None, baseline=None, status="accepted"), "measure", "how anyone will see"),
        (replace(GOAL, measure="", target=None, baseline=None, status="on-hold"), "measure", "how anyone will see"),
        (replace(GOAL, due=on(89)), "due", "before it was agreed (1 Apr 2026)"),
        (replace(GOAL, review=on(89)), "review", "before it was agreed"),
        (replace(GOAL, importance=4, difficulty=1), "importance", "outside 0 to 3"),
        (replace(GOAL, importance=2), "difficulty", "both, or neither"),
        (replace(GOAL, confidence=11), "confidence", "outside 0 to 10"),
        (replace(GOAL, baseline_attainment=0), "baseline_attainment", "outside -2 to -1"),
        (replace(GOAL, attainment=3), "attainment", "outside -2 to 2"),
        (replace(GOAL, target=float("nan")), "target", "not a number"),
        (replace(GOAL, baseline=float("inf")), "baseline", "not a number"),
        (replace(GOAL, status="running"), "status", "not a status"),
        (replace(GOAL, due=date(20, 1, 1), made=None), "due", "check the year"),
        (replace(GOAL, title="x" * 401), "title", "401 characters: at most 400"),
        (replace(GOAL, why="x" * 601), "why", "at most 600"),
        (replace(ACTION, title=""), "title", "what is to be done"),
        (replace(ACTION, discipline="astrology"), "discipline", "'astrology' is not a discipline"),
        (replace(ACTION, due=on(99)), "due", "before it was agreed"),
        (replace(ACTION, done=on(100)), "done", "not marked as done"),
        (replace(ACTION, status="done", done=on(101)), "done", "has not come yet"),
        (replace(ACTION, status="late"), "status", "not a status"),  # type: ignore[arg-type]
        (replace(PACING, code=""), "code", "Choose an intervention"),
        (replace(PACING, code="leeches"), "code", "not in the vocabulary"),
        (replace(PACING, discipline="astrology"), "discipline", "not a discipline"),
        (replace(PACING, review=on(79)), "review", "before it starts"),
        (replace(PACING, made=on(90), review=on(89)), "review", "before it was agreed (1 Apr 2026)"),
        (replace(PACING, made=TODAY, start=None, status="planned", review=on(99)), "review", "before it was agreed"),
        (replace(PACING, end=on(79)), "end", "before it starts (22 Mar 2026)"),
        (replace(PACING, status="finished", end=on(101)), "end", "has not come yet"),
        (replace(PACING, status="stopped"), "why_stopped", "why it was stopped"),
        (replace(PACING, status="over"), "status", "not a status"),  # type: ignore[arg-type]
        (replace(PACING, amount="x" * 201), "amount", "at most 200"),
        (Formulation(social="x" * 4_001), "social", "4,001 characters: at most 4,000"),
        (replace(GOAL, evidence=Pinned(period(1, 9), "weight")), "evidence", "no chart"),
        (replace(GOAL, evidence=Pinned(period(1, 9), "measure:XYZ")), "evidence", "no chart"),
        (replace(GOAL, evidence=Pinned(period(1, 9), "region")), "evidence", "Choose the region"),
        (replace(GOAL, evidence=Pinned(period(101, 110), "pain")), "evidence", "has not come yet"),
        (replace(PACING, evidence=Pinned(period(101, 110), "pain")), "evidence", "has not come yet"),
        (replace(ACTION, evidence=Pinned(period(101, 110), "pain")), "evidence", "has not come yet"),
        (replace(ACTION, evidence=Pinned(period(1, 9), "pain", "tail")), "evidence", "Choose the region"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(item: Item, field: str, says: str) -> None:
    found = problems(item, TODAY)

    assert list(found) == [field]
    assert says in found[field]


@pytest.mark.parametrize(
    "item",
    [
        replace(GOAL, measure="", target=None, baseline=None, status="cancelled"),
        replace(GOAL, due=on(90), importance=0, difficulty=3, confidence=0, attainment=-2, baseline_attainment=-2),
        replace(ACTION, due=on(100), status="done", done=on(100)),
        replace(PACING, end=on(80), status="stopped", why_stopped="knee pain"),
        replace(PACING, discipline=""),
        replace(PACING, made=on(90), review=on(85), status="finished"),
        replace(GOAL, evidence=Pinned(period(90, 110), "pain")),
    ],
)
def test_the_ends_of_every_range_can_be_kept(item: Item) -> None:
    assert problems(item, TODAY) == {}


@pytest.mark.parametrize("chart", [*CHARTS, "measure:PHQ-9"])
def test_every_chart_can_be_pinned(chart: str) -> None:
    region = REGIONS[5].region_id if chart == "region" else ""

    assert problems(replace(GOAL, evidence=Pinned(period(1, 9), chart, region)), TODAY) == {}


def test_disciplines_and_lengths_are_those_of_the_tables() -> None:
    stored = {
        Goal: tables.goals,
        PlannedIntervention: tables.plan_interventions,
        Action: tables.actions,
    }

    assert DISCIPLINES == tables.DISCIPLINES
    for kind, table in stored.items():
        assert {name: table.c[name].type.length for name in LONGEST[kind]} == LONGEST[kind]  # type: ignore[attr-defined]
