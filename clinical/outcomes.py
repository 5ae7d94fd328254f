"""The three outcomes a pain programme exists for: pain severity, flare days, emotional distress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinical.change import PROVISIONAL, Benchmark, Change, Sample, compare, sample
from clinical.diary import Diary, Period, empty_diary
from clinical.flares import Flare, flare_days
from clinical.instruments import INSTRUMENTS, PREFERRED, instrument_code, score_change
from clinical.record import Score
from clinical.thresholds import cited, days, limit


@dataclass(frozen=True, slots=True)
class Distress:
    """Emotional distress and where it comes from: `source` is PHQ-4, PHQ-9, GAD-7 or 'mean stress'.

    `low` and `high` are the ends of the scale; `band` is empty where none is defined; the days are those of the scores,
    None for mean stress.
    """

    source: str
    change: Change
    low: float
    high: float
    band: str
    day_now: date | None
    day_before: date | None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Pain 0-10, flare days per 28 logged days, distress (None when nothing was ever recorded)."""

    pain: Change
    flare_days_per_28: Change
    distress: Distress | None


def outcomes(
    diary: Diary,
    flares: Sequence[Flare],
    measures: Sequence[Score],
    now: Period,
    before: Period,
    as_of: date,
) -> Outcomes:
    """The three outcomes of `now` against `before`; nothing after `as_of` counts."""
    known = diary.during(Period(diary.start, as_of)) if len(diary) and as_of >= diary.start else empty_diary(as_of)
    return Outcomes(
        pain=compare(sample(known, now), sample(known, before)),
        flare_days_per_28=compare(
            flare_rate(known, flares, now, as_of), flare_rate(known, flares, before, as_of), FLARE_DAYS
        ),
        distress=_distress(known, measures, now, before, as_of),
    )


FLARE_DAYS = Benchmark(
    points=None,
    percent=None,
    min_days=0,
    min_baseline=0,
    rule=(
        f"Logged days inside a spike or flare, per {days('flare_days_per')} logged days; needs half of the period's "
        f"days logged; no published important difference. {cited('flare_days_min_share')}"
    ),
)


def flare_rate(diary: Diary, flares: Sequence[Flare], period: Period, as_of: date) -> Sample:
    """Flare days per 28 logged days; None when fewer than half of the period's days are logged."""
    logged = diary.days_logged(period)
    if logged * 100 < limit("flare_days_min_share") * period.days or logged < days("change_min_days"):
        return Sample(None, logged)
    return Sample(days("flare_days_per") * flare_days(diary, flares, period, as_of) / logged, logged)


def _distress(diary: Diary, measures: Sequence[Score], now: Period, before: Period, as_of: date) -> Distress | None:
    """The preferred questionnaire answered in the period, else mean stress, else the last questionnaire ever."""
    until = min(now.end, as_of)
    in_period = _latest(measures, now.start, until)
    if in_period is not None:
        return _questionnaire(in_period, _latest_of(in_period.instrument, measures, date.min, now.start))
    stress = compare(sample(diary, now, "stress"), sample(diary, before, "stress"), PROVISIONAL)
    if stress.now is not None:
        return Distress("mean stress", stress, 0.0, 10.0, "", None, None)
    ever = _latest(measures, date.min, until)
    if ever is None or ever.day is None:
        return None
    return _questionnaire(ever, _latest_of(ever.instrument, measures, date.min, ever.day))


def _latest(measures: Sequence[Score], start: date, end: date) -> Score | None:
    """The latest score of the most preferred distress questionnaire with one in these days."""
    for code in PREFERRED:
        found = [m for m in measures if m.day and start <= m.day <= end and m.score is not None and _is(m, code)]
        if found:
            return max(found, key=lambda m: (m.day or start, m.measure_id))
    return None


def _latest_of(instrument: str, measures: Sequence[Score], start: date, before: date) -> Score | None:
    found = [m for m in measures if m.day and start <= m.day < before and m.score is not None]
    same = [m for m in found if instrument_code(m.instrument) == instrument_code(instrument)]
    return max(same, key=lambda m: (m.day or start, m.measure_id), default=None)


def _is(measure: Score, code: str) -> bool:
    return instrument_code(measure.instrument) == code


def _questionnaire(now: Score, before: Score | None) -> Distress:
    code = instrument_code(now.instrument)
    return Distress(
        source=code,
        change=score_change(now, before),
        low=INSTRUMENTS[code].low,
        high=INSTRUMENTS[code].high,
        band=INSTRUMENTS[code].band(now.score),
        day_now=now.day,
        day_before=None if before is None else before.day,
    )
