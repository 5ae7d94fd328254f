"""The three outcomes a pain programme exists for: pain severity, flare days, emotional distress."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from clinical.change import PROVISIONAL, Benchmark, Change, Sample, compare, sample
from clinical.diary import Diary, Period, empty_diary
from clinical.flares import Flare, enough_for_a_rate, flare_days
from clinical.instruments import INSTRUMENTS, PREFERRED, instrument_code, score_change
from clinical.record import Score
from clinical.thresholds import cited, days

MEAN_STRESS = "mean stress"


@dataclass(frozen=True, slots=True)
class Distress:
    """Emotional distress and where it comes from: `source` is PHQ-4, PHQ-9, GAD-7 or 'mean stress'.

    `low` and `high` are the ends of the scale; `band` is that of the latest score, empty where none is defined. The
    days are those of the scores, None for mean stress; `day_now` is also None where nothing was measured since
    `day_before`.
    """

    source: str
    change: Change
    low: float
    high: float
    band: str
    day_now: date | None
    day_before: date | None

    @property
    def by_diary(self) -> bool:
        """Whether the diary's stress answers stand for a questionnaire."""
        return self.source == MEAN_STRESS

    @property
    def not_measured_since(self) -> date | None:
        """The day of the last score, where none was taken after the period began."""
        return self.day_before if self.day_now is None else None


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
    if not enough_for_a_rate(diary, period):
        return Sample(None, logged)
    return Sample(days("flare_days_per") * flare_days(diary, flares, period, as_of) / logged, logged)


def _distress(diary: Diary, measures: Sequence[Score], now: Period, before: Period, as_of: date) -> Distress | None:
    """The preferred questionnaire answered after the period's first day against the last one up to that day.

    A score of the first day is what the period starts from: a visit's own score never counts as since it. Without a
    later one it stands alone, then mean stress speaks, then the last questionnaire ever.
    """
    until = min(now.end, as_of)
    later = _latest(measures, now.start + timedelta(days=1), until)
    if later is not None:
        return _questionnaire(later, _latest_of(later.instrument, measures, now.start))
    first = _latest(measures, now.start, min(now.start, until))
    if first is not None:
        return _not_since(first)
    stress = compare(sample(diary, now, "stress"), sample(diary, before, "stress"), PROVISIONAL)
    if stress.now is not None:
        return Distress(MEAN_STRESS, stress, 0.0, 10.0, "", None, None)
    ever = _latest(measures, date.min, until)
    return None if ever is None else _not_since(ever)


def _latest(measures: Sequence[Score], start: date, end: date) -> Score | None:
    """The latest score of the most preferred distress questionnaire with one in these days."""
    for code in PREFERRED:
        found = [m for m in measures if m.day and start <= m.day <= end and m.score is not None and _is(m, code)]
        if found:
            return max(found, key=lambda m: (m.day or start, m.measure_id))
    return None


def _latest_of(instrument: str, measures: Sequence[Score], until: date) -> Score | None:
    found = [m for m in measures if m.day and m.day <= until and m.score is not None]
    same = [m for m in found if instrument_code(m.instrument) == instrument_code(instrument)]
    return max(same, key=lambda m: (m.day or until, m.measure_id), default=None)


def _is(measure: Score, code: str) -> bool:
    return instrument_code(measure.instrument) == code


def _questionnaire(now: Score, before: Score | None) -> Distress:
    return _of_scores(now, score_change(now, before), now.day, None if before is None else before.day)


def _not_since(last: Score) -> Distress:
    """The last score as the value before, and nothing now."""
    return _of_scores(last, score_change(replace(last, score=None), last), None, last.day)


def _of_scores(latest: Score, change: Change, day_now: date | None, day_before: date | None) -> Distress:
    kind = INSTRUMENTS[instrument_code(latest.instrument)]
    return Distress(kind.code, change, kind.low, kind.high, kind.band(latest.score), day_now, day_before)
