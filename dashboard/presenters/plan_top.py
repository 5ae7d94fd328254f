"""What stands first on the care plan: what matters to the patient, and what is late or missing; and the formulation."""

from collections.abc import Sequence
from datetime import date

from clinical.plan import Formulation
from clinical.plan_warnings import PlanWarning, WarningKind
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.notes import moment
from dashboard.presenters.plan_items import (
    Act,
    Box,
    Matters,
    Said,
    Section,
    Shown,
    Top,
    Warnings,
    by_whom,
    change_button,
    form,
    history_button,
    key,
)
from dashboard.presenters.words import day, listed, sentence_case
from dashboard.services.plan import PlanView

FORMULATION = key("formulation", 0)
PARTS = {
    "biological": "Biological",
    "psychological": "Psychological",
    "social": "Social",
    "protective": "Protective",
}
"""The four boxes of the formulation, by field."""
MATTERS = "What matters to the patient"
NOT_SAID = "Not recorded: ask what matters to them."
NOTHING_LATE = "Nothing is overdue, and nothing lacks an owner or a review date."
_CAUTION = "Read off the plan as it is recorded: a prompt to look, never a verdict on anybody's work."
_LEAD: dict[WarningKind, str] = {
    "overdue": "Overdue",
    "review_overdue": "Review overdue",
    "still_active": "Ended, still active",
    "only_passive": "Only passive measures: nothing active is on the plan beside them",
    "no_owner": "No owner",
    "no_review": "No review date",
}
_MOST_NAMED = 3
_LONGEST_NAME = 60


def section(view: PlanView, shown: Shown) -> Section:
    """The person's words beside the warnings."""
    said = view.plan.formulation.matters
    buttons = (change_button(shown, FORMULATION, "what matters to the patient"),) if shown.may_edit else ()
    matters = Matters(MATTERS, said, "" if said else NOT_SAID, buttons)
    return Section("top", MATTERS, top=Top(matters, warnings(view.warnings, view)))


def warnings(found: Sequence[PlanWarning], view: PlanView) -> Warnings:
    """One line a kind, the most pressing first, each with its rule."""
    lines = tuple(_line(kind, same, view) for kind in _LEAD if (same := [w for w in found if w.kind == kind]))
    empty = not (view.plan.goals or view.plan.interventions or view.plan.actions)
    nothing = "Nothing has been agreed yet." if empty else NOTHING_LATE
    return Warnings("Late or missing", lines, "" if lines else nothing)


def _line(kind: WarningKind, found: Sequence[PlanWarning], view: PlanView) -> Said:
    if kind == "only_passive":
        return Said(_LEAD[kind], "", _evidence(kind, found, view.as_of))
    named = listed([_named(each, view.as_of) for each in found], _MOST_NAMED)
    return Said(f"{_LEAD[kind]} ({len(found)}): {named}", "", _evidence(kind, found, view.as_of))


def _named(each: PlanWarning, as_of: date) -> str:
    what = each.what if len(each.what) <= _LONGEST_NAME else f"{each.what[: _LONGEST_NAME - 1].rstrip()}…"
    since = f" (since {day(each.day, as_of)})" if each.day else ""
    return f"{sentence_case(what)}{since}"


def _evidence(kind: WarningKind, found: Sequence[PlanWarning], as_of: date) -> Evidence:
    named = [(sentence_case(each.item), _whole(each, as_of)) for each in found if each.what]
    return Evidence(_LEAD[kind], (*named, ("Rule", sentence_case(found[0].rule))), _CAUTION)


def _whole(each: PlanWarning, as_of: date) -> str:
    return f"{sentence_case(each.what)}{f', since {day(each.day, as_of)}' if each.day else ''}"


def formulation(view: PlanView, shown: Shown) -> Section:
    """How the team understands this person's pain, in four boxes."""
    of = view.plan.formulation
    last = history_button(shown, FORMULATION, "the formulation")
    on_record = any(getattr(of, part) for part in (*PARTS, "matters"))
    drafted = form(FORMULATION) in shown.drafts
    label = "Go on with draft" if drafted else "Change" if on_record else "Write the formulation"
    change = (Act("change", FORMULATION, label, f"{label}: formulation", "strong"),) if shown.may_edit else ()
    return Section(
        name="formulation",
        heading="Formulation",
        lead=_lead(of),
        buttons=(*change, last) if of.revised.revision else change,
        boxes=tuple(Box(title, getattr(of, part), "Not recorded") for part, title in PARTS.items()),
        history=shown.changes_of(FORMULATION),
        panel=shown.panel if shown.panel.startswith("formulation") else "",
    )


def _lead(of: Formulation) -> Said | None:
    said = by_whom(of.revised.user_name, moment(of.revised.at) if of.revised.at else "")
    return Said(f"changed last {said}", "quiet") if said else None
