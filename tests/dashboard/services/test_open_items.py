"""Open items: what waits for somebody, the most urgent first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from clinical.interventions import INTERVENTIONS
from clinical.medication.prompts import Prompt
from clinical.plan import EMPTY, Goal, Plan, PlannedIntervention
from clinical.record import Action, Event, Medicine, Score
from clinical.safety import SafetyItem
from clinical.safety import open_items as open_safety
from dashboard.services.open_items import Undated, open_items, undated
from data_access.notes import Draft
from tests.dashboard.charts.timelines import flare, on

TODAY = date(2026, 11, 22)
NOTHING = Undated(0, (), (), 0)


def phq9(item_9: float, day: date | None = TODAY) -> Score:
    return Score(day, "PHQ-9", 9, (1,) * 8 + (item_9,))


def agreed(*actions: Action) -> Plan:
    return replace(EMPTY, actions=actions)


def asked(*scores: Score) -> tuple[SafetyItem, ...]:
    return open_safety([], [], scores, TODAY)


def prompt(title: str, latest: date | None) -> Prompt:
    return Prompt(
        f"check:high:{title}", "check", "high", title, "Two together.", "rule", "K", "guideline", (title,), (), latest,
        latest, 1, latest,
    )  # fmt: skip


def test_the_order_is_safety_flare_prompts_overdue_draft_due_undated() -> None:
    found = open_items(
        agreed(Action("Later", TODAY + timedelta(days=3)), Action("Late", TODAY - timedelta(days=3))),
        asked(phq9(1)),
        [prompt("opioid and gabapentinoid", TODAY), prompt("two NSAIDs", None)],
        [flare(0, None)],
        Draft(0, "half a note", None, 1, datetime(2026, 11, 20, tzinfo=UTC)),
        Undated(3, (), (), 0),
        TODAY,
    )
    assert [item.kind for item in found] == ["safety", "flare", "prompts", "overdue", "draft", "due", "undated"]
    assert found[1].count == (TODAY - on(0)).days + 1
    assert (found[2].label, found[2].count, found[2].day) == ("opioid and gabapentinoid", 2, TODAY)


def test_what_is_open_of_safety_is_listed_each_in_the_order_given_whatever_its_day() -> None:
    earlier = phq9(2, TODAY - timedelta(days=30))
    assert [item.day for item in open_items(EMPTY, asked(earlier, phq9(0)), [], [], None, NOTHING, TODAY)] == [
        earlier.day
    ]
    assert open_items(EMPTY, asked(phq9(0)), [], [], None, NOTHING, TODAY) == ()
    first = asked(phq9(1))[0]
    second = replace(first, day=TODAY - timedelta(days=90))
    found = open_items(EMPTY, [first, second], [], [], None, NOTHING, TODAY)
    assert [item.safety for item in found] == [first, second]


def test_done_actions_and_an_empty_draft_are_not_open() -> None:
    empty = Draft(0, "  \n", None, 1, datetime(2026, 11, 20, tzinfo=UTC))
    assert open_items(agreed(Action("Done", status="done")), [], [], [], empty, NOTHING, TODAY) == ()


def test_an_action_due_today_is_not_overdue() -> None:
    assert open_items(agreed(Action("Today", TODAY)), [], [], [], None, NOTHING, TODAY)[0].kind == "due"


def test_what_has_no_date_is_counted_by_kind_and_a_medicine_without_start_is_usual() -> None:
    found = undated(2, [Score(None, "PHQ-9", 5), phq9(0)], [Event(None, "visit", "Review")], [Medicine("gabapentin")])
    assert (found.entries, found.scores, found.events, found.medicines) == (2, ("PHQ-9 5",), ("Review",), 1)
    assert found.count == 4


def test_reviews_whose_day_has_passed_are_one_item_the_longest_overdue_first() -> None:
    late, later = TODAY - timedelta(days=3), TODAY - timedelta(days=9)
    goals = (Goal("Walk", review=late, goal_id=1), Goal("Reached", status="completed", review=later, goal_id=2))
    pacing = PlannedIntervention("pacing", status="active", review=later, intervention_id=1)
    overdue = Action("Late", TODAY - timedelta(days=1))
    plan = replace(agreed(overdue), goals=goals, interventions=(pacing,))
    found = open_items(plan, [], [], [], None, NOTHING, TODAY)
    assert [(item.kind, item.label, item.day, item.count) for item in found] == [
        ("overdue", "Late", overdue.due, 0),
        ("review", INTERVENTIONS["pacing"].label, later, 2),
    ]
    assert [(each.what, each.day) for each in found[1].reviews] == [
        (INTERVENTIONS["pacing"].label, later),
        ("Walk", late),
    ]


def test_a_review_of_today_is_not_overdue() -> None:
    plan = replace(EMPTY, goals=(Goal("Walk", review=TODAY, goal_id=1),))
    assert open_items(plan, [], [], [], None, NOTHING, TODAY) == ()
