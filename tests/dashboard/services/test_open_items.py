"""Open items: what waits for somebody, the most urgent first."""

from datetime import UTC, date, datetime, timedelta

from clinical.record import Action, Event, Medicine, Score
from dashboard.services.open_items import Undated, open_items, undated
from data_access.notes import Draft
from tests.dashboard.charts.timelines import flare, on

TODAY = date(2026, 11, 22)
NOTHING = Undated(0, (), (), 0)


def phq9(item_9: float, day: date | None = TODAY) -> Score:
    return Score(day, "PHQ-9", 9, (1,) * 8 + (item_9,))


def test_the_order_is_safety_flare_overdue_draft_due_undated() -> None:
    found = open_items(
        [Action("Later", TODAY + timedelta(days=3)), Action("Late", TODAY - timedelta(days=3))],
        [phq9(1)],
        [flare(0, None)],
        Draft(0, "half a note", None, 1, datetime(2026, 11, 20, tzinfo=UTC)),
        Undated(3, (), (), 0),
        TODAY,
    )
    assert [item.kind for item in found] == ["safety", "flare", "overdue", "draft", "due", "undated"]
    assert found[1].count == (TODAY - on(0)).days + 1


def test_item_nine_at_zero_is_not_a_safety_item_and_the_latest_answer_counts() -> None:
    assert open_items([], [phq9(0)], [], None, NOTHING, TODAY) == ()
    earlier = phq9(2, TODAY - timedelta(days=30))
    assert open_items([], [earlier, phq9(0)], [], None, NOTHING, TODAY) == ()


def test_done_actions_and_an_empty_draft_are_not_open() -> None:
    empty = Draft(0, "  \n", None, 1, datetime(2026, 11, 20, tzinfo=UTC))
    assert open_items([Action("Done", status="done")], [], [], empty, NOTHING, TODAY) == ()


def test_an_action_due_today_is_not_overdue() -> None:
    assert open_items([Action("Today", TODAY)], [], [], None, NOTHING, TODAY)[0].kind == "due"


def test_what_has_no_date_is_counted_by_kind_and_a_medicine_without_start_is_usual() -> None:
    found = undated(2, [Score(None, "PHQ-9", 5), phq9(0)], [Event(None, "visit", "Review")], [Medicine("gabapentin")])
    assert (found.entries, found.scores, found.events, found.medicines) == (2, ("PHQ-9 5",), ("Review",), 1)
    assert found.count == 4
