"""The red-flag checklist, what is open and what was closed, in words; nothing here says what to give or to do next."""

from datetime import date

from clinical.red_flags import RED_FLAGS, Level, RedFlag, of_group
from clinical.safety import ITEM_9_LABEL, NO, UNDATED_ITEM_9, YES, Answer, Closure, SafetyItem
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.notes import moment
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.safety_items import CLOSING
from dashboard.presenters.words import day, full_day, listed, sentence_case, several
from dashboard.services.safety import SafetyView

NOT_ASKED = "not asked"
CAUTION = (
    "Asked directly, never inferred from a log. A question that was not asked, or was answered with no, excludes "
    "nothing: many red flags of guidelines barely change the probability (Downie 2013)."
)
LEVELS: dict[Level, str] = {
    "emergency": "Emergency: act now, the same day",
    "same_day": "Same-day safety task",
    "urgent": "Urgent",
    "soon": "Soon",
}
SHORT: dict[Level, str] = {"emergency": "emergency", "same_day": "same day", "urgent": "urgent", "soon": "soon"}
_ABOUT: dict[str, str] = {
    "cardiac or aortic": (
        "Between the shoulder blades is also a usual spot of fibromyalgia: that it is usual is no reason to wait. "
        "A no means that the whole sentence was asked, with sweating, breathlessness and faintness."
    ),
}
"""What a clinician needs to know of a group before asking (reference 8.3)."""
EMERGENCIES_FIRST = (
    "Emergencies first: cauda equina, heart and aorta, giant cell arteritis. A yes there is for today, by your own "
    "emergency pathway, before anything else on this page."
)
WHAT_A_YES_DOES = (
    "A yes opens its item with the save: banner, caseload and every export show it until a clinician closes it with a "
    "reason. A later no closes nothing."
)
WHAT_CLOSING_DOES = (
    "It leaves banner, caseload and exports at once. The answer, your name and the reason stay on record; a new yes "
    "opens it again."
)
UNCONFIRMED = {"K": ": unconfirmed, from general knowledge"}
"""What is said beside the mark of a row that nobody re-read in its source."""


def group_title(group: str) -> str:
    """'Cauda equina · emergency', every level the group has."""
    levels = dict.fromkeys(SHORT[flag.level] for flag in of_group(group))
    return f"{sentence_case(group)} · {listed(list(levels))}"


def group_note(group: str) -> str:
    """What stands above the questions of that group, '' for nothing."""
    return _ABOUT.get(group, "")


def item_heading(item: SafetyItem) -> str:
    """'Emergency: act now, the same day'."""
    return LEVELS[item.level]


def item_text(item: SafetyItem, view: SafetyView) -> str:
    """'Saddle or genital numbness · yes, asked 3 Nov by Dr Vega, and 1 earlier answer'."""
    as_of = view.as_of
    earlier = f", and {several(item.earlier, 'earlier answer')}" if item.earlier else ""
    if item.kind == "red_flag":
        answer = view.standing.get(item.question)
        said = answer is not None and (answer.answer, answer.asked_on) == (YES, item.day)
        who = f" by {answer.user_name}" if answer is not None and said else ""
        later = "" if said else "; answered no since then"
        return f"{item.label} · yes, asked {day(item.day, as_of)}{who}{earlier}{later}"
    told = f" ({item.why_at_least})" if item.at_least else ""
    return f"{item.label} · answered {item.answered} of 3{told}, {_of_day(item.day, as_of)}{earlier}"


def _of_day(value: date | None, as_of: date) -> str:
    return "day not known" if value is None else day(value, as_of)


def closed(closure: Closure, as_of: date) -> str:
    """'Fever, up to 3 Nov · closed by Dr Vega, 5 Nov 2026, 14:03: seen by ...'."""
    undated = closure.subject.startswith(UNDATED_ITEM_9)
    through = ", undated" if undated else f", up to {day(closure.closed_through, as_of)}"
    who = f"closed by {closure.user_name}, {moment(closure.closed_at)}"
    return f"{subject(closure.subject)}{through} · {who}: {closure.reason}"


def subject(code: str) -> str:
    """What a closing is about."""
    kind, _, question = code.partition(":")
    if kind != "red_flag":
        return ITEM_9_LABEL
    return RED_FLAGS[question].label if question in RED_FLAGS else question.replace("_", " ")


def same_day(items: tuple[SafetyItem, ...]) -> tuple[SafetyItem, ...]:
    """Those that cannot wait until tomorrow."""
    return tuple(item for item in items if item.level in ("emergency", "same_day"))


def saved(count: int, opened: tuple[SafetyItem, ...]) -> str:
    """What stands after a save: how many answers, and the emergencies first among what is open."""
    now = [item.label for item in same_day(opened)]
    first = f" Emergencies first: {'; '.join(now)}." if now else ""
    return f"{several(count, 'answer')} saved.{first}"


def checklist_title(view: SafetyView) -> str:
    """'Red flags: not asked', or how many were asked, when last and by whom."""
    if not view.asked:
        return f"Red flags: {NOT_ASKED}"
    last = max(
        (answer for question, answer in view.standing.items() if question in RED_FLAGS),
        key=lambda answer: (answer.asked_on, answer.answered_at),
    )
    who = f"last {day(last.asked_on, view.as_of)} by {last.user_name}"
    return f"Red flags: {view.asked} of {len(RED_FLAGS)} asked, {who}"


def group_fact(view: SafetyView, group: str) -> Fact:
    """How it stands with that group, each question one click away."""
    flags = of_group(group)
    return Fact(
        name=group_title(group),
        value=_value(view, flags),
        detail=_detail(view, flags),
        evidence=_evidence(view, group, flags),
        known=any(item.question in {flag.question for flag in flags} for item in view.open),
    )


def _value(view: SafetyView, flags: tuple[RedFlag, ...]) -> str:
    still = {item.question for item in view.open}
    is_open = [flag.label for flag in flags if flag.question in still]
    if is_open:
        return f"Open: {listed(is_open)}"
    said = [view.standing[flag.question].answer for flag in flags if flag.question in view.standing]
    if not said:
        return sentence_case(NOT_ASKED)
    yes = f"{said.count(YES)} yes, closed" if YES in said else ""
    no = f"{said.count(NO)} no" if NO in said else ""
    return ", ".join(part for part in (yes, no) if part)


def _detail(view: SafetyView, flags: tuple[RedFlag, ...]) -> str:
    given = [view.standing[flag.question] for flag in flags if flag.question in view.standing]
    if not given:
        return several(len(flags), "question")
    last = max(given, key=lambda answer: (answer.asked_on, answer.answered_at))
    missing = f"{len(flags) - len(given)} {NOT_ASKED} · " if len(given) < len(flags) else ""
    return f"{missing}{day(last.asked_on, view.as_of)}, {last.user_name}"


def _evidence(view: SafetyView, group: str, flags: tuple[RedFlag, ...]) -> Evidence:
    said = (f"{flag.wording} {answer_said(view.standing.get(flag.question))}" for flag in flags)
    asked = tuple((f"Question {number}", one) for number, one in enumerate(said, 1))
    sources = dict.fromkeys(f"{flag.source} [{flag.evidence}{UNCONFIRMED.get(flag.evidence, '')}]" for flag in flags)
    note = (("Note", _ABOUT[group]),) if group in _ABOUT else ()
    rows = (*note, *asked, ("Open", CLOSING), ("Source", "; ".join(sources)))
    return Evidence(f"Red flags: {group}", rows, CAUTION)


def answer_said(answer: Answer | None) -> str:
    """'no, 3 Nov 2026, Dr Vega', or 'not asked'."""
    if answer is None:
        return NOT_ASKED
    remark = f" ({answer.remark})" if answer.remark else ""
    return f"{answer.answer.replace('_', ' ')}{remark}, {full_day(answer.asked_on)}, {answer.user_name}"
