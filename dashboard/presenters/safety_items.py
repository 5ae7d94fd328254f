"""Open red flags and safety items in words, the same in banner, caseload, Summary and print."""

from datetime import date

from clinical.red_flags import RED_FLAGS, Level
from clinical.safety import SafetyItem
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.words import day, full_day
from dashboard.services.unsaved import Unsaved

PRESSING: dict[Level, str] = {
    "emergency": "emergency: needs assessment now",
    "same_day": "needs an answer the same day",
    "urgent": "urgent",
    "soon": "needs assessment soon",
}
"""How pressing each level is, as the checklist ranks them; what to do is the clinician's to say."""
CLOSING = "Open until a clinician closes it with a reason; a later answer closes nothing."


def words(item: SafetyItem, as_of: date) -> str:
    """'Red flag: Fever, 19 Nov' or 'PHQ-9 item 9: 1 of 3, 19 Nov (and 2 earlier)'."""
    said = f"Red flag: {item.label}" if item.kind == "red_flag" else f"PHQ-9 item 9: {item.answered} of 3"
    when = "date not known" if item.day is None else day(item.day, as_of)
    return f"{said}, {when}{_earlier(item)}"


def unsaved(found: Unsaved, as_of: date) -> str:
    """'Unsaved: item 9 above 0 (2 of 3) in a PHQ-9, kept today by Dr Vega', of a draft that is the reader's own."""
    kept = found.kept_at.astimezone().date()
    when = f"kept {'today' if kept == as_of else day(kept, as_of)} by {found.author}"
    if found.kind == "phq9_item9":
        return f"Unsaved: item 9 above 0 ({found.value:g} of 3) in a PHQ-9, {when}"
    return f"Unsaved: red flag ticked, {found.label}, {when}"


def from_mark(mark: str, as_of: date) -> str:
    """The same of the caseload's mark, 'red_flag:fever:2026-11-19'; '' for a mark of something else."""
    kind, _, said = mark.partition(":")
    what, _, when = said.partition(":")
    if kind == "further":
        return _further(int(what), when)
    if kind == "further_red_flags":  # as it was kept before every pressing one was named
        return _more(int(what))
    shown = "date not known" if not when else day(date.fromisoformat(when), as_of)
    if kind == "item_9":
        return f"PHQ-9 item 9: {what} of 3, {shown}"
    if kind == "red_flag":
        return f"red flag: {RED_FLAGS[what].label}, {shown}" if what in RED_FLAGS else f"red flag, {shown}"
    return ""


_BY_INITIALS = {flag.initials: flag.label for flag in RED_FLAGS.values()}


def _further(others: int, initials: str) -> str:
    """'red flag: Stated intent ... · 2 more red flags': those for the same day by name, the others counted."""
    named = [f"red flag: {_BY_INITIALS.get(each, 'needs assessment now')}" for each in initials.split(".") if each]
    return " · ".join([*named, _more(others)] if others else named)


def _more(count: int) -> str:
    return f"{count} more red {'flag' if count == 1 else 'flags'}"


def evidence(item: SafetyItem, as_of: date) -> Evidence:
    """Rule, inputs, date and level of an open item."""
    return _of_red_flag(item, as_of) if item.kind == "red_flag" else _of_item_9(item, as_of)


def _of_red_flag(item: SafetyItem, as_of: date) -> Evidence:
    flag = RED_FLAGS[item.question]
    rows = (
        ("Rule", f"{flag.source} [{flag.evidence}]"),
        ("Inputs", f"{flag.wording} Answered: yes{_earlier(item)}"),
        ("Date", _when(item, as_of)),
        ("Level", PRESSING[item.level]),
        ("Open", CLOSING),
    )
    return Evidence(f"Red flag: {item.label}", rows, "A prompt to examine, never a verdict.")


def _of_item_9(item: SafetyItem, as_of: date) -> Evidence:
    rows = (
        ("Rule", "PHQ-9 item 9 above 0 asks for a conversation the same day"),
        ("Inputs", _input_of_item_9(item)),
        ("Date", _when(item, as_of)),
        ("Open", CLOSING),
    )
    return Evidence("Thoughts of self-harm", rows, "A prompt to ask, never a verdict.")


def _input_of_item_9(item: SafetyItem) -> str:
    if not item.at_least:
        return f"PHQ-9, item 9 answered {item.answered} of 3{_earlier(item)}"
    return f"PHQ-9, item 9 {item.answered} of 3{_earlier(item)}: {item.why_at_least}"


def _when(item: SafetyItem, as_of: date) -> str:
    return "not known: the source gave none" if item.day is None else full_day(item.day)


def _earlier(item: SafetyItem) -> str:
    return f" (and {item.earlier} earlier)" if item.earlier else ""
