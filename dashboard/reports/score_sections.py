"""Questionnaires on the page: the latest scores, and those without a date."""

from collections.abc import Iterable, Sequence

from clinical.findings import Score
from clinical.instruments import instrument_code
from clinical.score_ranges import ScoreRange, score_range
from dashboard.presenters.words import full_day, listed, plainly
from dashboard.reports.one_page import Line
from dashboard.reports.printable import clipped
from dashboard.reports.record import Record

_NO_UNIT = {"{score}": "", "{MME}/d": "MME a day"}
"""Units as a FHIR server writes them, in words."""
_MOST_VALUES = 8
_LONGEST_NAME = 40


def latest_scores(record: Record) -> tuple[Line, ...]:
    """The latest score of each questionnaire up to the end of the period; the one among the outcomes is told there."""
    end = record.periods.now.end
    dated = [s for s in record.scores if s.day and s.day <= end and s.score is not None]
    latest = {s.instrument: s for s in sorted(dated, key=lambda s: (s.day or end, s.measure_id))}
    told = _told(record)
    return tuple(
        Line(_named(name), f"{_values([score])}, {full_day(score.day)}")
        for name, score in sorted(latest.items())
        if score.day and instrument_code(name) != told
    )


def _told(record: Record) -> str:
    distress = record.outcomes.distress
    return distress.source if distress is not None and distress.change.now is not None else ""


def undated_scores(record: Record) -> tuple[str, ...]:
    """'PEG 5, 7 and 8 of 10', one for each questionnaire with scores whose day nobody wrote down."""
    undated = [s for s in record.scores if s.day is None and s.score is not None]
    names = dict.fromkeys(s.instrument for s in undated)
    return tuple(f"{_named(name)} {_values([s for s in undated if s.instrument == name])}" for name in names)


def _named(instrument: str) -> str:
    return clipped(instrument, _LONGEST_NAME)


def _values(scores: Sequence[Score]) -> str:
    """The values with what they are counted in: a unit, the end of the scale, or 'T score'."""
    numbers = listed([plainly(score.score) for score in scores], _MOST_VALUES)
    units = list(dict.fromkeys(clipped(_NO_UNIT.get(score.unit, score.unit), 20) for score in scores))
    if any(units):
        return f"{numbers} {' or '.join(unit or 'no unit' for unit in units)}"
    known = score_range(scores[0].instrument)
    return f"{numbers}{_scale(known, [s.score for s in scores if s.score is not None])}" if known else numbers


def _scale(known: ScoreRange, values: Iterable[float]) -> str:
    if all(known.score.holds(value) for value in values):
        return "" if known.score.low < 0 else f" of {known.score.high:g}"
    return " (T score)" if known.t_score else ""
