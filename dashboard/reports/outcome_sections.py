"""The three outcomes of the programme, against the period before."""

from dataclasses import replace
from datetime import date

from clinical import marks
from clinical.change import Change
from clinical.outcomes import Distress, Outcomes
from dashboard.presenters.outcomes import AT_START, NO_RATE, NONE_BEFORE, TOO_FEW_FOR_A_RATE, WORDS, not_measured_since
from dashboard.presenters.words import MINUS, NO_DATA, day, listed, number, several, span
from dashboard.reports.one_page import UNKNOWN, OutcomeRow
from dashboard.reports.record import Record


def title(record: Record) -> str:
    """'Three outcomes', or two where one is a score that was left out."""
    return "Two outcomes" if _withheld(record) else "Three outcomes"


def known_outcomes(record: Record) -> tuple[OutcomeRow, ...]:
    """The outcomes of which something is known; the others are named under the table, not set as rows of nothing."""
    words = {NO_DATA: UNKNOWN, "–": "not compared"}
    return tuple(
        replace(row, now=words.get(row.now, row.now), before=words.get(row.before, row.before), change=_change(row))
        for row in _outcomes(record)
        if _is_known(row)
    )


def _change(row: OutcomeRow) -> str:
    return "not compared" if row.change == "–" else row.change


def _is_known(row: OutcomeRow) -> bool:
    return not {row.now, row.before} <= {NO_DATA, UNKNOWN}


def _outcomes(record: Record) -> tuple[OutcomeRow, ...]:
    found = record.outcomes
    rows = [("Pain severity, mean (0–10)", found.pain), ("Flare days per 28 logged", found.flare_days_per_28)]
    shown = [
        OutcomeRow(
            name,
            _value(change, change.now, change.days_now, found),
            _value(change, change.before, change.days_before, found),
            _signed(change.difference, change.percent, 1),
            TOO_FEW_FOR_A_RATE if _unrated(change, found) else WORDS[change.important],
            f"{change.days_now:,} and {several(change.days_before, 'day')}",
        )
        for name, change in rows
    ]
    return (*shown, *([] if _withheld(record) else [_distress(found.distress, record)]))


def _withheld(record: Record) -> bool:
    """Whether distress is known by a questionnaire, and the sender took the questionnaires out."""
    distress = record.outcomes.distress
    return "measures" in record.left_out and distress is not None and not distress.by_diary


def _unrated(change: Change, found: Outcomes) -> bool:
    """Whether days were logged, but too few for flare days per 28."""
    return change is found.flare_days_per_28 and change.now is None and change.days_now > 0


def _value(change: Change, value: float | None, logged: int, found: Outcomes) -> str:
    if value is None and logged and change is found.flare_days_per_28:
        return NO_RATE
    return number(value)


def _distress(distress: Distress | None, record: Record) -> OutcomeRow:
    if distress is None:
        return OutcomeRow("Emotional distress", "not recorded", "not recorded", "–", "–", "no score, no stress answer")
    change, as_of = distress.change, record.as_of
    places = 1 if distress.by_diary else 0
    if distress.not_measured_since is not None:
        return _not_measured(distress, distress.not_measured_since, record)
    rests_on = f"{change.days_now} and {several(change.days_before, 'day')}"
    if not distress.by_diary:
        days = [day(each, as_of) for each in (distress.day_now, distress.day_before) if each]
        rests_on = f"{'score' if len(days) == 1 else 'scores'} of {listed(days)}"
    judged = WORDS[change.important] if distress.by_diary or distress.day_before else NONE_BEFORE
    return OutcomeRow(
        f"Distress, {distress.source} ({distress.low:g}–{distress.high:g})",
        f"{number(change.now, places)}{f' ({distress.band})' if distress.band else ''}",
        f"{number(change.before, places)}{_of_day(distress, record)}",
        _signed(change.difference, change.percent, places),
        judged,
        rests_on,
    )


def _not_measured(distress: Distress, last: date, record: Record) -> OutcomeRow:
    band = f" ({distress.band})" if distress.band else ""
    return OutcomeRow(
        f"Distress, {distress.source} ({distress.low:g}–{distress.high:g})",
        "not measured",
        f"{number(distress.change.before, 0)}{band}{_of_day(distress, record)}",
        "–",
        not_measured_since(last, record.as_of),
        f"score of {day(last, record.as_of)}",
    )


def _of_day(distress: Distress, record: Record) -> str:
    """', at the start, 14 Oct' for a score of the period's first day, the day of one from before the period before."""
    before, of = distress.day_before, record.periods
    if before is None or of.before.start <= before < of.now.start:
        return ""
    named = f"{AT_START}, " if before >= of.now.start else ""
    return f", {named}{day(before, record.as_of)}"


def _signed(difference: float | None, percent: int | None, places: int) -> str:
    if difference is None:
        return "–"
    if difference == 0:
        return "no change"
    sign = "+" if difference > 0 else MINUS
    share = f" ({'up' if difference > 0 else 'down'} {abs(percent)} %)" if percent is not None else ""
    return f"{sign}{number(abs(difference), places)}{share}"


def compared(record: Record) -> str:
    """What is known of neither period, the period compared with, and the rule of an important change."""
    rows = _outcomes(record)
    unknown = [row.name.split(",")[0].lower() for row in rows if not _is_known(row)]
    nothing = f"Not recorded in either period: {listed(unknown)}. " if unknown else ""
    if len(unknown) == len(rows):
        return f"{nothing}Period before: {span(record.periods.before)}."
    rule = marks.in_words(record.outcomes.pain.rule).replace(">=", "≥")
    return f"{nothing}Period before: {span(record.periods.before)}. {rule}"
