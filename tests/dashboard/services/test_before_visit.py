"""What the Summary says of the plan: which items, in which order, how many, and on which days each rests."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Engine

from clinical.diary import Diary
from clinical.plan import EMPTY, Action, Goal, Plan, Rating
from clinical.record import Pinned
from dashboard.periods import Chosen, resolve
from dashboard.permissions import Viewer
from dashboard.presenters.before_visit import NO_PLAN, NOTHING_RUNS, PlanCard, card
from dashboard.services import before_visit, summary
from dashboard.services.before_visit import MOST, SincePlan
from data_access import patients
from data_access.engine import reading
from tests.clinical.diaries import on, period, with_pain
from tests.conftest import AS_OF
from tests.conftest import NOW as NOW_AT

Acting = Callable[..., Viewer]
TODAY = on(59)
NOW = period(40, 59)
PINNED = Pinned(period(0, 27), "pain")
DIARY = with_pain([6.0] * 30 + [4.0] * 30)
WALK = Goal("Walk to the shop", measure="minutes", due=on(90), made=on(30), evidence=PINNED, attainment=-1, goal_id=1)
CALL = Action("Call about sleep", due=on(50), made=on(30), action_id=1)


def of(plan: Plan, diary: Diary = DIARY) -> SincePlan:
    return before_visit.since_plan(plan, diary, [], [], NOW, TODAY)


def shown(plan: Plan) -> PlanCard:
    return card(of(plan), TODAY)


def titles(plan: Plan) -> list[str]:
    return [each.item.title for each in of(plan).items]


def test_running_goals_come_first_then_open_actions_by_due_day_then_what_was_done_lately() -> None:
    goals = (replace(WALK, title="B", due=on(99)), WALK, replace(WALK, title="Over", status="completed"))
    actions = (
        replace(CALL, title="Done lately", status="done", done=on(45)),
        replace(CALL, title="Done long ago", status="done", done=on(39)),
        replace(CALL, title="No day", due=None),
        CALL,
        replace(CALL, title="Given up", status="cancelled"),
    )

    assert titles(replace(EMPTY, goals=goals, actions=actions)) == [
        "Walk to the shop", "B", "Call about sleep", "No day", "Done lately",
    ]  # fmt: skip


def test_never_more_than_six_lines_and_the_last_says_how_many_there_are() -> None:
    six = replace(EMPTY, actions=tuple(replace(CALL, action_id=n) for n in range(1, 7)))
    nine = replace(EMPTY, actions=tuple(replace(CALL, action_id=n) for n in range(1, 10)))

    assert (len(of(six).items), of(six).left, shown(six).quiet) == (MOST, 0, "")
    assert (len(of(nine).items), of(nine).left) == (MOST - 1, 4)
    assert shown(nine).quiet == "and 4 more items on the Care plan"


def test_without_a_plan_the_card_says_so_and_differs_from_a_plan_that_is_over() -> None:
    over = replace(EMPTY, goals=(replace(WALK, status="completed"),))

    assert (shown(EMPTY).lines, shown(EMPTY).quiet) == ((), NO_PLAN)
    assert (shown(over).lines, shown(over).quiet) == ((), NOTHING_RUNS)


def test_a_line_says_both_windows_with_their_days_and_never_because() -> None:
    (line,) = shown(replace(EMPTY, goals=(WALK,))).lines
    rows = dict(line.evidence.rows)

    assert line.said == "−1, less than expected; pain 6.0 → 4.0, better, an important change"
    (unrated,) = shown(replace(EMPTY, goals=(replace(WALK, attainment=None),))).lines
    assert unrated.said == "pain 6.0 → 4.0, better, an important change (28 and 30 d)"
    assert "28 days logged" in rows["Before"] and "30 days logged" in rows["Since agreed"]
    assert rows["Rests on"] == "Pain, 1 Jan – 28 Jan 2026"
    assert (rows["Agreed"], rows["Rated last"]) == ("31 Jan 2026", "−1 (less than expected)")
    assert "Rule" in rows and "need not be cause" in line.evidence.caution


def test_an_overdue_action_is_told_as_such_and_what_rests_on_nothing_too() -> None:
    (line,) = shown(replace(EMPTY, actions=(CALL,))).lines

    assert (line.said, line.tone) == ("due 20 Feb, overdue; rests on no window of the charts", "overdue")


def test_too_few_days_are_told_and_no_number_is_shown() -> None:
    thin = card(of(replace(EMPTY, goals=(WALK,)), with_pain([6.0] * 30 + [4.0] * 2)), TODAY)

    assert thin.lines[0].said == "−1, less than expected; pain: too few days logged since"


def test_a_goal_begins_with_its_level_the_day_it_was_rated_and_where_it_started() -> None:
    rated = tuple(
        Rating(1, level, on(day), "", "K. Psych", NOW_AT, n) for n, (level, day) in enumerate(((0, 35), (-2, 45)))
    )
    goal = replace(WALK, attainment=-2, baseline_attainment=-1, evidence=None)
    of_another = Rating(2, 1, on(55), "", "K. Psych", NOW_AT, 9)
    (line,) = shown(replace(EMPTY, goals=(goal,), ratings=(*rated, of_another))).lines

    assert line.said == "−2, much less than expected, 15 Feb, start −1; rests on no window of the charts"
    (unrated,) = shown(replace(EMPTY, goals=(replace(goal, attainment=None),))).lines
    assert unrated.said == "rests on no window of the charts"


def test_a_goal_whose_day_has_passed_says_so_on_its_line() -> None:
    (line,) = shown(replace(EMPTY, goals=(replace(WALK, due=on(50), evidence=None),))).lines
    assert line.said == "due 20 Feb, overdue; level −1; rests on no window of the charts"
    assert line.tone == "overdue"
    (today,) = shown(replace(EMPTY, goals=(replace(WALK, due=TODAY, evidence=None),))).lines
    assert (today.said, today.tone) == ("−1, less than expected; rests on no window of the charts", "")


def test_what_was_done_lately_keeps_a_line_however_much_is_still_open() -> None:
    still = tuple(replace(CALL, title=f"Open {n}", action_id=n) for n in range(1, 8))
    done = replace(CALL, title="Done lately", status="done", done=on(45), action_id=8)
    found = of(replace(EMPTY, actions=(*still, done)))

    assert [each.item.title for each in found.items] == ["Open 1", "Open 2", "Open 3", "Open 4", "Done lately"]
    assert found.left == 3


def test_the_summary_of_the_clinic_holds_it_for_the_period(clinic: Engine, acting: Acting) -> None:
    viewer: Viewer = acting("clinician", whole_clinic=True)
    with reading(clinic) as conn:
        head = patients.find_by_record(conn, "FB-00002")
    assert head is not None
    wanted = resolve(Chosen("4w"), last_visit=None, first_day=None, as_of=AS_OF)
    found = summary.view(viewer, head, wanted, as_of=AS_OF).since_plan

    assert found is not None and found.made
    assert any(each.since is not None for each in found.items)
