"""Verdicts in words: how it stands with an episode, and everything that was ever said about it."""

from dataclasses import replace
from datetime import date

from dashboard.presenters.notes import moment
from dashboard.presenters.words import day, sentence_case
from dashboard.services.flare_review import Episode
from data_access.flares import Verdict

NOT_ONE = {"flare": "Not a flare", "spike": "Not a spike", "shift": "Not a new level"}
WHAT_IT_DOES = (
    "The verdict counts at once: flare days, Summary, caseload and reports follow. It stays on record with your name; "
    "a later verdict takes its place, and none is ever deleted."
)


def status(each: Episode, names: dict[int, str], *, short: bool = False) -> str:
    """'No verdict yet', 'Confirmed', 'Not a flare (infection)'; the long form with who and when."""
    verdict = each.judged.verdict
    if verdict is None:
        return "none yet" if short else "No verdict yet: it counts as it was found."
    said = _said(each, verdict)
    if short:
        reason = "" if each.counts else verdict.reason.partition(": ")[0]
        return _said(each, replace(verdict, reason=reason))
    counts = "" if each.counts else " It does not count."
    return f"{said}, {_who(verdict, names)}.{counts}"


def history(each: Episode, names: dict[int, str], as_of: date) -> tuple[str, ...]:
    """Every verdict on the episode, the latest first, with who and when."""
    return tuple(
        f"{_said(each, verdict)}{_dates(verdict, as_of)} · {_who(verdict, names)}"
        for verdict in each.judged.history[::-1]
    )


def left_over(verdict: Verdict, names: dict[int, str], as_of: date) -> str:
    """A verdict whose episode the diary no longer holds."""
    said = {"confirmed": "confirmed", "not_a_flare": "not a flare", "dates_changed": "dates changed"}[verdict.verdict]
    reason = f" ({verdict.reason})" if verdict.reason else ""
    return f"Episode of {day(verdict.flare_start, as_of)}: {said}{reason} · {_who(verdict, names)}"


def _said(each: Episode, verdict: Verdict) -> str:
    reason = f" ({verdict.reason})" if verdict.reason else ""
    if verdict.verdict == "not_a_flare":
        return f"{NOT_ONE[each.flare.kind]}{reason}"
    return f"{'Confirmed' if verdict.verdict == 'confirmed' else 'Dates changed'}{reason}"


def _dates(verdict: Verdict, as_of: date) -> str:
    if verdict.verdict != "dates_changed":
        return ""
    last = "still open" if verdict.new_end is None else f"to {day(verdict.new_end, as_of)}"
    return f": {day(verdict.new_start, as_of)} {last}"


def _who(verdict: Verdict, names: dict[int, str]) -> str:
    return f"{names.get(verdict.user_id, 'somebody no longer listed')}, {moment(verdict.given_at)}"


def reason_option(code: str) -> str:
    """'Infection', 'Other illness'."""
    return sentence_case(code)


def as_found(each: Episode, as_of: date) -> str:
    """'3 Mar to 9 Mar', 'since 17 Nov, still open': the dates the detector found."""
    found = each.judged.detected
    if found.end is None:
        return f"since {day(found.start, as_of)}, still open"
    return f"{day(found.start, as_of)} to {day(found.end, as_of)}"
