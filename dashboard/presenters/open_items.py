"""Open items in words: what is open, since when, and where one answers it."""

from dataclasses import dataclass
from datetime import date

from dashboard.presenters import episodes, safety_items
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.words import day, listed, sentence_case, several
from dashboard.services.open_items import OpenItem, Undated

MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One line of the list. `page` is the script to open for it, '' where the evidence opens in place."""

    text: str
    when: str
    tone: str  # safety, overdue, draft ...
    page: str
    evidence: Evidence


def lines(items: tuple[OpenItem, ...], undated: Undated, as_of: date) -> list[OpenLine]:
    """The first `MOST_SHOWN` items, more where they are for the same day, and one line for those that are left."""
    most = max(MOST_SHOWN, sum(_pressing(item) for item in items))
    shown = [_line(item, undated, as_of) for item in items[:most]]
    left = len(items) - len(shown)
    if left > 0:
        more = Evidence("More open items", tuple(_row(item, as_of) for item in items[most:]), "")
        shown.append(OpenLine(f"{left} more", "", "due", "", more))
    return shown


def _pressing(item: OpenItem) -> bool:
    """Whether it is for the same day: such items lead the list and are never folded away."""
    return item.unsaved is not None or (item.safety is not None and item.safety.level in ("emergency", "same_day"))


def _line(item: OpenItem, undated: Undated, as_of: date) -> OpenLine:
    return _LINES[item.kind](item, undated, as_of)


def _safety(item: OpenItem, _: Undated, as_of: date) -> OpenLine:
    found = item.safety
    if found is None:
        raise LookupError("an open safety item without what is open")
    said, when = safety_items.words(found, as_of).rsplit(", ", 1)
    asks = "Ask today: " if found.kind == "phq9_item9" else ""
    return OpenLine(f"{asks}{said}", f" · {when}", "safety", "", safety_items.evidence(found, as_of))


def _unsaved(item: OpenItem, _: Undated, as_of: date) -> OpenLine:
    found = item.unsaved
    if found is None:
        raise LookupError("an unsaved item without what is unsaved")
    page = "measures.py" if found.kind == "phq9_item9" else "pain_map.py"
    text = safety_items.unsaved(found, as_of)
    rows = (("Draft", text), ("Open", "Nothing is open before it is saved; nobody else is shown this draft."))
    return OpenLine(text, " · not saved", "safety", page, Evidence("Not saved yet", rows, ""))


def _prompts(item: OpenItem, _: Undated, as_of: date) -> OpenLine:
    rows = tuple((prompt.level.capitalize(), f"{prompt.title}. {prompt.statement}") for prompt in item.prompts)
    heading = f"{several(item.count, 'medication prompt')} open (high or medium)"
    evidence = Evidence(heading, rows, "Prompts to review, never a verdict; answered on the Medication page.")
    when = f" · {item.count} open (high or medium)"
    return OpenLine(f"Review medicines: {item.label}", when, "overdue", "medication.py", evidence)


def _flare(item: OpenItem, _: Undated, as_of: date) -> OpenLine:
    started = (("Dates", f"since {day(item.day, as_of)}, day {item.count}, still open"),)
    rows = started if item.flare is None else episodes.rows(item.flare, as_of)
    return OpenLine(f"In a flare, day {item.count}", "", "overdue", "", Evidence("Open flare", rows))


def _overdue(item: OpenItem, _: Undated, as_of: date) -> OpenLine:
    late = (as_of - item.day).days if item.day else 0
    when = f" · {several(late, 'day')} overdue"
    return OpenLine(item.label, when, "overdue", "care_plan.py", Evidence(item.label, (_row(item, as_of),), ""))


def _review(item: OpenItem, _: Undated, as_of: date) -> OpenLine:
    rows = tuple((day(found.day, as_of), found.what) for found in item.reviews)
    more = f" and {item.count - 1} more" if item.count > 1 else ""
    late = (as_of - item.day).days if item.day else 0
    evidence = Evidence("Reviews whose day has passed", rows, item.reviews[0].rule if item.reviews else "")
    when = f" · review {several(late, 'day')} overdue"
    return OpenLine(f"{sentence_case(item.label)}{more}", when, "overdue", "care_plan.py", evidence)


def _due(item: OpenItem, _: Undated, as_of: date) -> OpenLine:
    when = f" · due {day(item.day, as_of)}" if item.day else " · no due date"
    return OpenLine(item.label, when, "due", "care_plan.py", Evidence(item.label, (_row(item, as_of),), ""))


def _draft(item: OpenItem, _: Undated, as_of: date) -> OpenLine:
    evidence = Evidence("Draft", (_row(item, as_of),), "")
    return OpenLine("Your note, not signed", f" · {day(item.day, as_of)}", "draft", "care_plan.py", evidence)


def _undated(item: OpenItem, undated: Undated, as_of: date) -> OpenLine:
    rows = [("Diary entries", str(undated.entries))] if undated.entries else []
    if undated.scores:
        rows.append(("Scores", listed(sorted(undated.scores), 24)))
    if undated.events:
        rows.append(("Events", listed(sorted(set(undated.events)), 12)))
    caution = "The source gave no date: kept and listed here, never placed on a time axis, in no mean and no map."
    evidence = Evidence("Undated data", tuple(rows), caution)
    return OpenLine(f"{several(item.count, 'record')} without a date", "", "undated", "", evidence)


def _row(item: OpenItem, as_of: date) -> tuple[str, str]:
    return (day(item.day, as_of), item.label or item.kind)


_LINES = {
    "safety": _safety,
    "unsaved": _unsaved,
    "flare": _flare,
    "prompts": _prompts,
    "overdue": _overdue,
    "review": _review,
    "due": _due,
    "draft": _draft,
    "undated": _undated,
}
