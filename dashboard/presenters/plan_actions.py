"""Actions of the care plan in words: who does what by when, the longest overdue first."""

from datetime import date

from clinical.plan import Action
from dashboard.presenters import plan_since
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.notes import discipline, moment
from dashboard.presenters.plan import done_actions, open_actions
from dashboard.presenters.plan_items import (
    Act,
    Group,
    Item,
    Mark,
    Section,
    Shown,
    add_button,
    by_whom,
    change_button,
    filled,
    history_button,
    key,
    optional_day,
    owner,
    recorded_day,
)
from dashboard.presenters.words import day, several
from dashboard.services.plan import PlanView

NOTHING = "No open action."
OVER = "Done or cancelled"
AT_ONCE = 12
"""Open actions shown before somebody asks for all."""


def section(view: PlanView, shown: Shown) -> Section:
    """Open actions; what is done or cancelled is not even sent before it is asked for."""
    still = open_actions(view.plan.actions)
    over = len(view.plan.actions) - len(still)
    first = still if "open_actions" in shown.unfolded else still[:AT_ONCE]
    groups = [Group("", tuple(_item(each, view, shown) for each in first))]
    if over and "actions" in shown.unfolded:
        groups.append(Group(OVER, tuple(_item(each, view, shown) for each in done_actions(view.plan.actions))))
    return Section(
        name="actions",
        heading=_heading(still, view.as_of),
        buttons=(add_button(shown, "action", "an action"),) if shown.may_edit else (),
        groups=tuple(groups),
        nothing="" if still else NOTHING,
        more=(*_all(len(still), shown), *_more(over, shown)),
        panel=shown.panel if shown.panel.startswith("action") else "",
    )


def _heading(still: list[Action], as_of: date) -> str:
    late = sum(is_late(each, as_of) for each in still)
    return f"Actions ({len(still)} open{f', {late} overdue' if late else ''})"


def is_late(each: Action, as_of: date) -> bool:
    """Whether it is open past its day; a thing due today is not."""
    return each.status == "open" and each.due is not None and each.due < as_of


def _all(count: int, shown: Shown) -> tuple[Act, ...]:
    if count <= AT_ONCE:
        return ()
    unfolded = "open_actions" in shown.unfolded
    label = "Show fewer open actions" if unfolded else f"Show {count - AT_ONCE} more open actions"
    return (Act("unfold", "open_actions", label, label, pressed=unfolded),)


def _more(count: int, shown: Shown) -> tuple[Act, ...]:
    if not count:
        return ()
    label = f"{OVER} ({count})"
    return (Act("unfold", "actions", label, label, pressed="actions" in shown.unfolded),)


def _item(each: Action, view: PlanView, shown: Shown) -> Item:
    of = key("action", each.action_id)
    late = is_late(each, view.as_of)
    return Item(
        key=of,
        title=each.title,
        marks=(Mark(_late(each, view.as_of), "late"),) if late else (),
        facts=_facts(each, view),
        buttons=_buttons(each, of, shown),
        details=_details(each, view),
        tone="late" if late else "" if each.status == "open" else "over",
        since=plan_since.line(view.since[of], each.evidence) if each.evidence and of in view.since else None,
        history=shown.changes_of(of),
    )


def _late(each: Action, as_of: date) -> str:
    return "" if each.due is None else f"{several((as_of - each.due).days, 'day')} overdue"


def _facts(each: Action, view: PlanView) -> tuple[str, ...]:
    return filled(
        _when(each, view.as_of),
        owner(each.owner_user_id, each.owner_name, view.names) or _nobody(each),
        each.detail,
    )


def _nobody(each: Action) -> str:
    """A discipline alone is no owner."""
    return f"no owner ({discipline(each.discipline).lower()})" if each.discipline else "no owner"


def _when(each: Action, as_of: date) -> str:
    if each.status == "cancelled":
        return "cancelled"
    if each.status == "done":
        return f"done {day(each.done, as_of)}" if each.done else "done"
    return optional_day(each.due, as_of, "due") or "no date"


def _buttons(each: Action, of: str, shown: Shown) -> tuple[Act, ...]:
    last = history_button(shown, of, each.title)
    if not shown.may_edit:
        return (last,)
    seen = f"{of}@{each.revised.revision}"  # a click counts for what was on the screen, and for nothing newer
    if each.status != "open":
        return (Act("reopen", seen, "Reopen", f"Reopen {each.title}"), change_button(shown, of, each.title), last)
    return (
        Act("done", seen, "Done", f"Mark as done: {each.title}", "strong"),
        Act("cancel", seen, "Cancel", f"Cancel {each.title}"),
        change_button(shown, of, each.title),
        last,
    )


def _details(each: Action, view: PlanView) -> Evidence:
    goal = next((goal.title for goal in view.plan.goals if goal.goal_id == each.goal_id), "")
    rows = (
        ("Detail", each.detail),
        ("Discipline", discipline(each.discipline) if each.discipline else ""),
        ("Serves the goal", goal),
        ("Due", recorded_day(each.due)),
        ("Rests on", plan_since.rests_on(each.evidence) if each.evidence else "no chart pinned"),
        ("Agreed", recorded_day(each.made)),
        ("Agreed in", "a case review" if each.meeting_id else ""),
        ("Changed last", by_whom(each.revised.user_name, moment(each.revised.at) if each.revised.at else "")),
    )
    return Evidence(each.title, tuple(row for row in rows if row[1]), "")
