"""Interventions of the care plan in words: who does what, how much, since when, and what guidance says of it."""

from datetime import date

from clinical.interventions import INTERVENTIONS, Intervention
from clinical.plan import Course, PlannedIntervention
from clinical.plan_warnings import STANDING
from dashboard.presenters import plan_since
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.medication_prompts import MARKS
from dashboard.presenters.notes import discipline, moment
from dashboard.presenters.plan_items import (
    Act,
    Group,
    Item,
    Mark,
    Said,
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
from dashboard.presenters.words import sentence_case
from dashboard.services.plan import PlanView

NOTHING = "No intervention has been agreed yet."
NO_STATEMENT = "Guidance: no recommendation in the vocabulary"
NOT_KNOWN = "Guidance: not in the vocabulary, no statement checked"
OVER = "Finished or stopped"
_ORDER: dict[Course, int] = {"active": 0, "planned": 1, "paused": 2, "finished": 3, "stopped": 4}
_UNCONFIRMED = "remembered, never checked against its source: confirm before you rely on it"
_REMARK_CAUTION = "What guidance says of an intervention in general; whether it fits this person is yours to judge."


def section(view: PlanView, shown: Shown) -> Section:
    """What runs or is planned, long-term first; what is over unfolds."""
    ordered = sorted(view.plan.interventions, key=lambda each: (_ORDER[each.status], each.start or date.max))
    standing = [each for each in ordered if each.status in STANDING]
    over = [each for each in ordered if each.status not in STANDING]
    longer = tuple(_item(each, view, shown) for each in standing if not is_passive(each))
    shorter = tuple(_item(each, view, shown) for each in standing if is_passive(each))
    groups = [Group(title, items) for title, items in (("Long-term", longer), ("Short-term", shorter)) if items]
    if over and "interventions" in shown.unfolded:
        groups.append(Group(OVER, tuple(_item(each, view, shown) for each in over)))
    return Section(
        name="interventions",
        heading=f"Interventions ({len(standing)})",
        buttons=_adding(shown),
        groups=tuple(groups),
        nothing="" if standing else NOTHING,
        more=_more(len(over), shown),
        panel=shown.panel if shown.panel.startswith("intervention") else "",
    )


def _adding(shown: Shown) -> tuple[Act, ...]:
    if not shown.may_edit:
        return ()
    return (add_button(shown, "intervention", "an intervention"),)


def _more(count: int, shown: Shown) -> tuple[Act, ...]:
    if not count:
        return ()
    label = f"{OVER} ({count})"
    return (Act("unfold", "interventions", label, label, pressed="interventions" in shown.unfolded),)


def is_passive(each: PlannedIntervention) -> bool:
    """Whether it stands with the short-term ones; what the vocabulary does not know stands with the others."""
    known = INTERVENTIONS.get(each.code)
    return known is not None and known.passive


def title(each: PlannedIntervention) -> str:
    """'Activity pacing: at the computer'."""
    known = INTERVENTIONS.get(each.code)
    name = sentence_case(known.label if known else each.code)
    return f"{name}: {each.detail}" if each.detail else name


def _item(each: PlannedIntervention, view: PlanView, shown: Shown) -> Item:
    of, named = key("intervention", each.intervention_id), title(each)
    late = each.status in STANDING and each.review is not None and each.review < view.as_of
    last = history_button(shown, of, named)
    return Item(
        key=of,
        title=named,
        marks=_marks(each, late),
        facts=_facts(each, view),
        buttons=(change_button(shown, of, named), last) if shown.may_edit else (last,),
        details=_details(each, view, named),
        tone="late" if late else "" if each.status in STANDING else "over",
        remark=remark(INTERVENTIONS.get(each.code)),
        since=plan_since.line(view.since[of], each.evidence) if each.evidence and of in view.since else None,
        history=shown.changes_of(of),
    )


def _marks(each: PlannedIntervention, late: bool) -> tuple[Mark, ...]:
    status = Mark(each.status, "active" if each.status == "active" else "")
    return (status, Mark("review overdue", "late")) if late else (status,)


def _facts(each: PlannedIntervention, view: PlanView) -> tuple[str, ...]:
    who = owner(each.owner_user_id, each.owner_name, view.names) or _self(each) or "no owner"
    over = each.status not in STANDING
    return filled(
        discipline(each.discipline) if each.discipline else "",
        who,
        each.amount,
        optional_day(each.start, view.as_of, "since" if each.start and each.start <= view.as_of else "from"),
        optional_day(each.end, view.as_of, "to"),
        "" if over else optional_day(each.review, view.as_of, "review") or "no review date",
        f"stopped: {each.why_stopped}" if each.why_stopped else "",
        f"response: {each.response}" if each.response else "",
    )


def _self(each: PlannedIntervention) -> str:
    known = INTERVENTIONS.get(each.code)
    return "the patient" if known is not None and known.owner == "self" else ""


def remark(known: Intervention | None) -> Said:
    """'Guidance: EULAR weak for [V]'; what nobody checked says 'unconfirmed' first; where there is none, that."""
    if known is None:
        return Said(NOT_KNOWN, "quiet")
    if not known.remark:
        return Said(NO_STATEMENT, "quiet", _guidance(known))
    text = f"{'Unconfirmed' if known.unconfirmed else 'Guidance'}: {known.said}"
    return Said(text, "unconfirmed" if known.unconfirmed else "quiet", _guidance(known))


def _guidance(known: Intervention) -> Evidence:
    mark = _UNCONFIRMED if known.unconfirmed else MARKS.get(known.evidence, "")
    rows = (
        ("Said of it", known.remark or "no recommendation of a guideline is held for it"),
        ("Source", known.source),
        ("Mark", f"{known.evidence}: {mark}" if known.remark else ""),
        ("Class", known.kind),
        ("Usually owned by", known.owner or "nobody named"),
    )
    return Evidence(sentence_case(known.label), tuple(row for row in rows if row[1]), _REMARK_CAUTION)


def _details(each: PlannedIntervention, view: PlanView, named: str) -> Evidence:
    goal = next((goal.title for goal in view.plan.goals if goal.goal_id == each.goal_id), "")
    rows = (
        ("Amount", each.amount),
        ("Serves the goal", goal),
        ("Start", recorded_day(each.start)),
        ("Review", recorded_day(each.review)),
        ("End", recorded_day(each.end) if each.end else ""),
        ("Response", each.response),
        ("Why stopped", each.why_stopped),
        ("Rests on", plan_since.rests_on(each.evidence) if each.evidence else "no chart pinned"),
        ("Agreed", recorded_day(each.made)),
        ("Changed last", by_whom(each.revised.user_name, moment(each.revised.at) if each.revised.at else "")),
    )
    return Evidence(named, tuple(row for row in rows if row[1]), "")
