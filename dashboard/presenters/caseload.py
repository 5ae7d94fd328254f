"""The caseload in words: each row as its table prints it, grouped under the reason that brought it there."""

from datetime import date
from itertools import groupby
from typing import Any

from clinical.change import Change, Sample, compare
from clinical.triage import REASONS
from dashboard.presenters import people, safety_items
from dashboard.presenters.words import day, full_day, number, several
from data_access.caseload import CaseloadPage, CaseloadRow

NOT_LOGGED = 255
NOTHING = "—"
MARKS = {
    "safety": "safety item or red flag",
    "in_flare": "in a flare",
    "worse": "worse",
    "medication_prompt": "medication prompt",
    "overdue": "overdue",
    "stopped_logging": "stopped logging",
    "improved": "better",
    "never_logged": "never logged",
    "undated_only": "undated entries only",
    "spike": "spike now",
    "shift_up": "shift up",
    "shift_down": "shift down",
}
"""What the codes of `clinical.triage` are called beside a patient."""

ALERTS = ("medication_prompt", "overdue")
"""Marks that stand in a patient's banner, beside what is open of safety: something that somebody has to answer."""

NOBODY = {
    "mine": "Nobody is in your care yet",
    "team": "Your team has no patients yet",
    "all": "The clinic has no patients yet",
}
HOW_THEY_COME = (
    "Patients appear here once their diaries are imported and a care team looks after them. "
    "Until then there is nothing to worry about on this page."
)

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TONES = {"important worsening": "worse", "important improvement": "better"}
_REASON = {reason.code: reason for reason in REASONS}


def groups(page: CaseloadPage, *, viewer_id: int, as_of: date) -> list[dict[str, Any]]:
    """The page's rows under their reasons, as JSON for the table; `count` is the size of the whole group."""
    grouped = groupby(page.rows, key=lambda row: row.reason_code)
    return [
        {
            "title": _REASON[code].title,
            "rule": _REASON[code].rule,
            "count": page.counts_by_reason[code],
            "rows": [_row(row, viewer_id, as_of) for row in rows],
        }
        for code, rows in grouped
    ]


def alerts(marks: tuple[str, ...]) -> list[str]:
    """The marks that a banner shows, worded; what is open of safety stands there by itself."""
    return [f"{MARKS[mark][:1].upper()}{MARKS[mark][1:]} open" for mark in marks if mark in ALERTS]


def line(total: int, as_of: date) -> str:
    """'40 patients · 28 days to 22 Nov 2026 · against the 28 before'."""
    return f"{several(total, 'patient')} · 28 days to {full_day(as_of)} · against the 28 before"


def caption(page: int, pages: int) -> str:
    """What a screen reader calls the table."""
    return f"Caseload, worst first, page {page} of {pages}. Up and down arrows go from patient to patient."


def _row(row: CaseloadRow, viewer_id: int, as_of: date) -> dict[str, Any]:
    head = row.head
    change = _change(row)
    return {
        "link": head.link_id,
        "href": f"summary?p={head.link_id}",
        "name": people.name(head),
        "second": people.briefly(head.sex, head.birth_date, head.record_number, as_of),
        "strip": list(row.strip),
        "flare": list(row.strip_flare),
        "strip_text": _strip_in_words(row),
        "mean": _or_nothing(row.pain_mean),
        "change": _change_in_words(row, change),
        "tone": _TONES.get(change.important, "quiet"),
        "flare_days": NOTHING if row.flare_days is None else str(row.flare_days),
        "regions": _or_nothing(row.regions_median, places=0),
        "sleep": _or_nothing(row.sleep_mean, unit="h"),
        "logged": f"{row.days_logged}/28",
        "reviewed": _reviewed(row, as_of),
        "undo": row.last_reviewed_day == as_of and row.last_reviewed_by == viewer_id,
        "next": _next_visit(row.next_visit_day, as_of),
        "also": " · ".join(_also(row, as_of)),
    }


def _change(row: CaseloadRow) -> Change:
    return compare(Sample(row.pain_mean, row.days_logged), Sample(row.pain_mean_before, row.days_logged_before))


def _change_in_words(row: CaseloadRow, change: Change) -> str:
    if not row.days_logged:
        return "no entry"
    if change.difference is None or change.important == "not enough days":
        enough = row.days_logged > row.days_logged_before
        return "few before" if enough else f"{several(row.days_logged, 'day')} only"
    if change.difference == 0:
        return "= 0.0"
    return f"{'▲' if change.difference > 0 else '▼'} {number(abs(change.difference))}"


def _or_nothing(value: float | None, places: int = 1, unit: str = "") -> str:
    return NOTHING if value is None else number(value, places, unit)


def _reviewed(row: CaseloadRow, as_of: date) -> str:
    if row.last_reviewed_day is None:
        return "not yet"
    when = "today" if row.last_reviewed_day == as_of else day(row.last_reviewed_day, as_of)
    return f"{when} · {row.last_reviewed_name}" if row.last_reviewed_name else when


def _next_visit(visit: date | None, as_of: date) -> str:
    if visit is None or visit < as_of:
        return NOTHING
    ahead = (visit - as_of).days
    if ahead <= 1:
        return ("today", "tomorrow")[ahead]
    return f"{_WEEKDAYS[visit.weekday()]} {day(visit, as_of)}" if ahead <= 7 else day(visit, as_of)


def _also(row: CaseloadRow, as_of: date) -> list[str]:
    own = [said for mark in row.also if (said := safety_items.from_mark(mark, as_of))]
    own += [f"flare day {row.flare_day_now}"] if row.flare_day_now else []
    # 'never logged' says more than the group it stands in; a flare's day is said already.
    shown = [mark for mark in row.also if mark in MARKS and not (mark == "in_flare" and row.flare_day_now)]
    marks = [MARKS[mark] for mark in shown]
    return own + marks


def _strip_in_words(row: CaseloadRow) -> str:
    pain = [tenths / 10 for tenths in row.strip if tenths != NOT_LOGGED]
    if not pain:
        return "Pain: nothing logged on these 28 days"
    flare = f"; {several(row.flare_days, 'logged flare day')}" if row.flare_days else ""
    return f"Pain on {len(pain)} of 28 days, {number(min(pain))} to {number(max(pain))}{flare}"
