"""Goals of the care plan in words: what from where to where, the five levels, the T score and what it rests on."""

from datetime import date

from clinical.goals import LEVELS, NOT_SCALED, Attainment, scaled
from clinical.plan import Goal, Rating
from clinical.plan_warnings import STANDING_GOALS
from dashboard.presenters import plan_since
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.notes import moment
from dashboard.presenters.plan_items import (
    Act,
    Group,
    Item,
    Ladder,
    Mark,
    Said,
    Section,
    Shown,
    Step,
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
from dashboard.presenters.words import day, listed, number, plainly, sentence_case
from dashboard.services.plan import PlanView
from dashboard.services.plan_saving import Given

NOTHING = "No goal has been agreed yet."
T_SOURCE = "Turner-Stokes L. Clin Rehabil 2009;23:362-370, the formula as its erratum corrects it"
T_CAUTION = "A score of how far goals were reached, as they were rated; it says nothing about why."


def section(view: PlanView, shown: Shown) -> Section:
    """Goals somebody works towards, by due day; the others unfold."""
    ordered = sorted(view.plan.goals, key=lambda goal: (goal.due or date.max, goal.title))
    standing = [goal for goal in ordered if goal.status in STANDING_GOALS]
    over = [goal for goal in ordered if goal.status not in STANDING_GOALS]
    groups = [Group("", tuple(_item(goal, view, shown) for goal in standing))]
    if over and "goals" in shown.unfolded:
        groups.append(Group("Reached, given up or not begun", tuple(_item(goal, view, shown) for goal in over)))
    return Section(
        name="goals",
        heading=f"Goals ({len(standing)})",
        lead=lead(view.attainment, _last_rated(view), view.as_of) if standing else None,
        buttons=(add_button(shown, "goal", "a goal"),) if shown.may_edit else (),
        groups=tuple(groups),
        nothing="" if standing else NOTHING,
        more=_more(len(over), shown),
        panel=shown.panel if shown.panel.partition(" ")[0] in ("goal", "rating") else "",
    )


def _more(count: int, shown: Shown) -> tuple[Act, ...]:
    if not count:
        return ()
    label = f"Reached, given up or not begun ({count})"
    return (Act("unfold", "goals", label, label, pressed="goals" in shown.unfolded),)


def _last_rated(view: PlanView) -> date | None:
    """The latest day on which a goal that counts was rated here."""
    counted = {goal.goal_id for goal in scaled(view.plan.goals)}
    return max((rating.day for rating in view.plan.ratings if rating.goal_id in counted), default=None)


def lead(found: Attainment, rated: date | None, as_of: date) -> Said:
    """'T score 45.4, at the start 36.3: up 9.1 · 1 up, 1 down; last rated 26 Oct', or why there is none."""
    if found.now is None:
        return Said(f"T score cannot be computed: {found.why_not}", "quiet", _t_evidence(found))
    text = f"T score {number(found.now)} (50 is as expected)"
    if found.baseline is None:
        return Said(f"{text}; none at the start: {found.why_no_baseline}", "", _t_evidence(found))
    change = round(found.now, 1) - round(found.baseline, 1)
    way = "no change" if abs(change) < 0.05 else f"{'up' if change > 0 else 'down'} {number(abs(change))}"
    beside = "; ".join(filled(_moved(found), f"last rated {day(rated, as_of)}" if rated else ""))
    text = f"T score {number(found.now)}, at the start {number(found.baseline)}: {way}"
    return Said(f"{text} · {beside}" if beside else text, "", _t_evidence(found))


def _moved(found: Attainment) -> str:
    """'1 up, 1 down, 2 as at the start': one score can hide that goals went opposite ways."""
    ways = [part.now - part.start for part in found.parts if part.now is not None and part.start is not None]
    counts = {
        "up": sum(way > 0 for way in ways),
        "down": sum(way < 0 for way in ways),
        "as at the start": ways.count(0),
    }
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count)


def _t_evidence(found: Attainment) -> Evidence:
    rows = [(f"{each.title}", _weighed(each.weight, each.start, each.now)) for each in found.parts]
    rows += [("Formula", f"T = 50 + 10 × Σ(w x) ÷ √(0.7 Σw² + 0.3 (Σw)²); {_weights(found)}"), ("Source", T_SOURCE)]
    return Evidence("Goal attainment T score", tuple(rows), T_CAUTION)


def _weights(found: Attainment) -> str:
    """What the weights of this very score are."""
    if not found.unweighted:
        return "w is importance × difficulty"
    named = listed([f"'{title}'" for title in found.unweighted], 4)
    return f"all weights w are 1, because importance and difficulty are not given for {named} [P]"


def _weighed(weight: float, start: int | None, now: int | None) -> str:
    return f"weight {plainly(weight)} · start {level(start) or 'not rated'} · now {level(now) or 'not rated'}"


def level(value: int | None) -> str:
    """'+1', '0', '−2'; '' for none."""
    if value is None:
        return ""
    return f"{'+' if value > 0 else ''}{number(value, 0)}"


def level_words(value: int) -> str:
    """'−1: less than expected'."""
    return f"{level(value)}: {LEVELS[value]}"


def _item(goal: Goal, view: PlanView, shown: Shown) -> Item:
    of = key("goal", goal.goal_id)
    overdue = goal.status in STANDING_GOALS and goal.due is not None and goal.due < view.as_of
    return Item(
        key=of,
        title=goal.title,
        marks=_marks(goal, overdue, view.as_of),
        facts=_facts(goal, view),
        buttons=_buttons(goal, of, shown),
        details=_details(goal, view),
        tone="late" if overdue else "" if goal.status in STANDING_GOALS else "over",
        since=plan_since.line(view.since[of], goal.evidence) if goal.evidence and of in view.since else None,
        ladder=ladder(goal, view.rated(goal.goal_id), view.as_of),
        history=shown.changes_of(of),
    )


def _marks(goal: Goal, overdue: bool, as_of: date) -> tuple[Mark, ...]:
    status = () if goal.status == "active" else (Mark(goal.status.replace("-", " ")),)
    late = (Mark(f"overdue since {day(goal.due, as_of)}", "late"),) if overdue else ()
    review = goal.review is not None and goal.review < view_day(goal, as_of)
    return (*status, *late, *((Mark("review overdue", "late"),) if review else ()))


def view_day(goal: Goal, as_of: date) -> date:
    """The day a review is held against: today while somebody works towards it, never afterwards."""
    return as_of if goal.status in STANDING_GOALS else date.min


def _facts(goal: Goal, view: PlanView) -> tuple[str, ...]:
    return filled(
        measured(goal),
        optional_day(goal.due, view.as_of, "by"),
        owner(goal.owner_user_id, goal.owner_name, view.names) or "no owner",
        optional_day(goal.review, view.as_of, "review") or "no review date",
        _counted(goal, view.attainment),
    )


def _counted(goal: Goal, found: Attainment) -> str:
    """'weight 3 × 2'; where the T score counts it as 1, because another goal has no weight, that too."""
    short = weight(goal, short=True)
    return f"{short}, counted as 1" if short and found.unweighted and goal.status not in NOT_SCALED else short


def measured(goal: Goal) -> str:
    """'Minutes walked: 5 → 20 min'; the measure alone without a number."""
    if goal.target is None:
        return sentence_case(goal.measure)
    start = "to " if goal.baseline is None else f"{plainly(goal.baseline)} → "
    return f"{sentence_case(goal.measure) or 'Target'}: {start}{plainly(goal.target, goal.unit)}"


def weight(goal: Goal, *, short: bool = False) -> str:
    """'weight 6 (importance 3 × difficulty 2)', 'weight 3 × 2' in short; '' where it was not weighted."""
    if goal.importance is None or goal.difficulty is None:
        return ""
    if short:
        return f"weight {goal.importance} × {goal.difficulty}"
    product = f"importance {goal.importance} × difficulty {goal.difficulty}"
    return f"{goal.importance * goal.difficulty} ({product})"


def _buttons(goal: Goal, of: str, shown: Shown) -> tuple[Act, ...]:
    last = history_button(shown, of, goal.title)
    if not shown.may_edit:
        return (last,)
    label = "Go on rating" if f"rating {goal.goal_id}" in shown.drafts else "Rate"
    return (Act("rate", of, label, f"{label} {goal.title}", "strong"), change_button(shown, of, goal.title), last)


def ladder(goal: Goal, latest: Rating | None, as_of: date) -> Ladder:
    """The five levels with where it began and where it stands."""
    steps = tuple(
        Step(level(value), words, value == goal.baseline_attainment, value == goal.attainment)
        for value, words in LEVELS.items()
    )
    start = "" if goal.baseline_attainment is None else f"start {level(goal.baseline_attainment)}"
    return Ladder(steps, " · ".join(filled(_rated(goal, latest, as_of), start)), _spoken(goal))


def _rated(goal: Goal, latest: Rating | None, as_of: date) -> str:
    if goal.attainment is None:
        return "Not rated yet"
    said = sentence_case(LEVELS[goal.attainment])
    return said if latest is None else f"{said}, {day(latest.day, as_of)}"


def _spoken(goal: Goal) -> str:
    start = (
        "start not recorded" if goal.baseline_attainment is None else f"start {level_words(goal.baseline_attainment)}"
    )
    now = "not rated yet" if goal.attainment is None else f"now {level_words(goal.attainment)}"
    return f"Levels of attainment: {start}; {now}"


def _details(goal: Goal, view: PlanView) -> Evidence:
    latest = view.rated(goal.goal_id)
    rows = (
        ("Measure", measured(goal)),
        ("Why it matters", goal.why),
        ("Confidence", "" if goal.confidence is None else f"{goal.confidence} of 10"),
        ("Barriers", goal.barriers),
        ("Weight", weight(goal) or "not weighted"),
        ("Rated last", _latest(latest)),
        ("Rests on", plan_since.rests_on(goal.evidence) if goal.evidence else "no chart pinned"),
        ("Agreed", recorded_day(goal.made)),
        ("Changed last", by_whom(goal.revised.user_name, moment(goal.revised.at) if goal.revised.at else "")),
    )
    return Evidence(goal.title, tuple(row for row in rows if row[1]), "")


def _latest(latest: Rating | None) -> str:
    if latest is None:
        return "never"
    remark = f": {latest.remark}" if latest.remark else ""
    return f"{level_words(latest.level)} on {recorded_day(latest.day)}, by {latest.user_name}{remark}"


def rated_before(goal: Goal, latest: Rating | None) -> str:
    """What stands above the form of a rating: who rated the goal last, when and how."""
    if latest is not None:
        return f"Rated last: {_latest(latest)}"
    if goal.attainment is None:
        return "Not rated yet."
    return f"It came in with {level_words(goal.attainment)}; nobody has rated it here yet."


def rated_beside(given: Given) -> str:
    """What is said once a rating was saved, where another one of that day stands too or one of a later day counts."""
    own, told = given.rating, []
    if given.beside:
        named = listed([f"{level_words(each.level)}, by {each.user_name}" for each in given.beside])
        also = "Another rating" if len(given.beside) == 1 else "Other ratings"
        told.append(f"{also} of {recorded_day(own.day)}: {named}.")
    if given.holds.rating_id != own.rating_id:
        last = given.holds
        told.append(f"{level_words(last.level)} of {recorded_day(last.day)}, by {last.user_name}, still counts.")
    elif given.beside:
        told.append("This one was made last and counts.")
    return " ".join(told)
