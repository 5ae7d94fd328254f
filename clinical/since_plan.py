"""What became of the measure an item of the plan rests on: its pinned window against the days since it was agreed.

The marks of importance and the days needed are those of `clinical.change`, `clinical.outcomes` and `clinical.measures`;
none is made here. It went with the plan; nothing says that the plan caused it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np

from clinical import maps
from clinical.body_map import REGION_INDEX, REGIONS, active
from clinical.change import IMMPACT, PROVISIONAL, Benchmark, Change, Sample, compare, sample
from clinical.diary import Days, Diary, Period, empty_diary
from clinical.flares import Flare, flare_mask
from clinical.measures import against_last, instrument, meaning
from clinical.outcomes import FLARE_DAYS, flare_rate
from clinical.plan import CHARTS, Action, Goal, PlannedIntervention
from clinical.record import Pinned, Score
from clinical.rounding import displayed
from clinical.thresholds import cited, days, limit

Better = Literal["lower", "higher", ""]
Changed = Literal[
    "important improvement",
    "important worsening",
    "important, not settled",
    "not an important change",
    "no agreed threshold",
    "not enough days",
]
Direction = Literal["better", "worse", "unchanged", "higher", "lower"]

MEASURE = "measure:"
LAST_DAYS = days("flare_days_per")
"""The days of 'the last 28 days'."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart an item can rest on: its unit, which way is better ('' where the reference claims none), its marks."""

    unit: str
    better: Better
    benchmark: Benchmark


_NO_MARK = Benchmark(
    points=None,
    percent=None,
    min_days=days("change_min_days"),
    min_baseline=0,
    rule=f"No agreed important difference; means of at least {days('change_min_days')} logged days each. "
    f"{cited('change_min_days')}",
)
DAILY: Mapping[str, Chart] = {
    "pain": Chart("", "lower", IMMPACT),
    "spread": Chart("regions", "lower", _NO_MARK),
    "sleep_hours": Chart("h", "", _NO_MARK),
    "sleep_quality": Chart("", "higher", PROVISIONAL),
    "stress": Chart("", "lower", PROVISIONAL),
    "mood": Chart("", "higher", _NO_MARK),
    "fatigue": Chart("", "lower", _NO_MARK),
    "stiffness_minutes": Chart("min", "lower", _NO_MARK),
    "interference": Chart("", "lower", _NO_MARK),
    "activity": Chart("", "", _NO_MARK),
    "rescue_doses": Chart("a day", "", _NO_MARK),
}
"""How each daily column is judged, wherever two windows of it are compared."""
_FLARES = Chart("per 28 logged days", "lower", FLARE_DAYS)
_REGION = Chart(
    "",
    "lower",
    replace(
        _NO_MARK,
        rule=f"Median intensity of the days the region hurt, where it hurt on {limit('typical_map_share'):.0f} % of "
        f"the days with a map or more; at least {days('change_min_days')} days with a map each; no agreed important "
        f"difference for one region. {cited('typical_map_share')}",
    ),
)


@dataclass(frozen=True, slots=True)
class Level:
    """A value as displayed and the logged days (of one region: days with a map; of a questionnaire: scores) behind it.

    `value` None where there is none; `period` is what was looked at, None where the days have not come yet.
    """

    value: float | None
    days: int
    period: Period | None


@dataclass(frozen=True, slots=True)
class Since:
    """One measure before and since. `difference` is after minus before as displayed.

    `direction` takes into account which way is better, and says only higher or lower where none is claimed; `enough`
    whether the two can be compared, else `why_not` says why; `last` are the last 28 days of `after`; `series` float32
    (days,) has every calendar day from the pinned window's first to the last of `after`, NaN where nothing was logged.
    """

    chart: str
    label: str
    unit: str
    before: Level
    after: Level
    last: Level
    difference: float | None
    change: Changed
    direction: Direction | None
    enough: bool
    why_not: str
    rule: str
    series: Days = field(compare=False)

    @property
    def starts(self) -> date | None:
        """The first day of `series`."""
        return None if self.before.period is None else self.before.period.start


def agreed_on(item: Goal | PlannedIntervention | Action) -> date | None:
    """The day an item counts from: when it was agreed, else when it started, else the day after its pinned window."""
    if item.made is not None:
        return item.made
    if isinstance(item, PlannedIntervention) and item.start is not None:
        return item.start
    return None if item.evidence is None else item.evidence.period.end + timedelta(days=1)


def since(
    diary: Diary, flares: Sequence[Flare], scores: Sequence[Score], pinned: Pinned, agreed: date, as_of: date
) -> Since:
    """The pinned window against the days from `agreed` to `as_of`; no day counts on both sides, none after `as_of`.

    Raises KeyError for a chart or a region that does not exist.
    """
    first = max(agreed, pinned.period.end + timedelta(days=1))
    after = Period(first, as_of) if first <= as_of else None
    if pinned.chart.startswith(MEASURE):
        return _of_scores(scores, pinned, first, as_of)
    known = _known(diary, as_of)
    if pinned.chart == "flare_days":
        return _of_flares(known, flares, pinned, after, as_of)
    if pinned.chart == "region":
        return _of_region(known, pinned, after)
    return _of_column(known, pinned, after)


def _known(diary: Diary, as_of: date) -> Diary:
    """The diary without what came after `as_of`."""
    if diary.end <= as_of:
        return diary
    return diary.during(Period(diary.start, as_of)) if as_of >= diary.start else empty_diary(as_of)


def _of_column(diary: Diary, pinned: Pinned, after: Period | None) -> Since:
    chart = DAILY[pinned.chart]
    windows = [_sampled(diary, each, pinned.chart) for each in (pinned.period, after, _last(after))]
    return _judged(pinned, chart, windows, after, diary.column(pinned.chart, _both(pinned, after)))


def _of_flares(diary: Diary, flares: Sequence[Flare], pinned: Pinned, after: Period | None, as_of: date) -> Since:
    """Flare days per 28 logged days, and as a series 1 on a flare day, 0 on any other logged day."""

    def rated(period: Period | None) -> Sample:
        return Sample(None, 0) if period is None else flare_rate(diary, flares, period, as_of)

    both = _both(pinned, after)
    marked = np.where(diary.logged_during(both), flare_mask(flares, both, as_of), np.nan).astype(np.float32)
    windows = [rated(each) for each in (pinned.period, after, _last(after))]
    return _judged(pinned, _FLARES, windows, after, marked)


def _of_region(diary: Diary, pinned: Pinned, after: Period | None) -> Since:
    """Its typical intensity; 0 where it hurt on no map of the window, None where it hurt now and then."""
    marks = diary.during(_both(pinned, after))
    narrow = replace(marks, maps=marks.maps[:, [REGION_INDEX[pinned.region]]])
    found = [_typical(narrow, each) for each in (pinned.period, after, _last(after))]
    windows = [each for each, _ in found]
    judged = _judged(pinned, _REGION, windows, after, _intensities(narrow))
    rarely = next((why for _, why in found[:2] if why), "")
    return replace(judged, why_not=rarely) if rarely and _enough(windows, _REGION.benchmark) else judged


def _typical(region: Diary, period: Period | None) -> tuple[Sample, str]:
    """The typical intensity of the one region over the window's days with a map; why there is none, if so."""
    if period is None:
        return Sample(None, 0), ""
    shown = maps.typical(region.during(period))
    count, hurt, value = shown.days_with_map, int(shown.days_marked[0]), float(shown.values[0])
    if not np.isnan(value):
        return Sample(value, count), ""
    if count and not hurt:
        return Sample(0.0, count), ""
    if shown.present[0]:
        return Sample(None, count), "the region was marked without an intensity"
    return Sample(None, count), f"the region hurt on {hurt} of {count} days with a map: too few for an intensity"


def _intensities(region: Diary) -> Days:
    """Its intensity on each day with a map, 0 where the map says no pain there; NaN where none was given."""
    marks = region.maps[:, 0].astype(np.float32)
    known = np.where(active(region.maps)[:, 0], np.where(marks <= 10, marks, np.nan), 0)
    found: Days = np.where(region.has_map, known, np.nan).astype(np.float32)
    return found


def _of_scores(scores: Sequence[Score], pinned: Pinned, first: date, as_of: date) -> Since:
    """The last score of the pinned window against the last one since, by the questionnaire's own difference."""
    code = pinned.chart.removeprefix(MEASURE)
    named = instrument(code)
    mine = [s for s in scores if s.day and s.day <= as_of and s.score is not None and _same(s, code)]
    before = [s for s in mine if s.day and pinned.period.start <= s.day <= pinned.period.end]
    after = [s for s in mine if s.day and s.day >= first]
    last = [s for s in after if s.day and s.day > as_of - timedelta(days=LAST_DAYS)]
    periods = (pinned.period, Period(first, as_of) if first <= as_of else None)
    levels = [_scored(each, period) for each, period in zip((before, after), periods, strict=True)]
    found = Since(
        chart=pinned.chart,
        label=named.code if named else code,
        unit="",
        before=levels[0],
        after=levels[1],
        last=_scored(last, _last(periods[1])),
        difference=None,
        change="not enough days",
        direction=None,
        enough=False,
        why_not="" if before and after else "no score in the pinned window" if not before else "no score since",
        rule=named.difference_rule if named else "",
        series=_on_days(before + after, _both(pinned, periods[1])),
    )
    return _compared(found, _latest(after), _latest(before)) if before and after else found


def _on_days(scores: Sequence[Score], both: Period) -> Days:
    """The scores on the calendar, the latest of a day."""
    values = np.full(both.days, np.nan, np.float32)
    for score in sorted(scores, key=_latest_last):
        value = meaning(score).value
        if score.day and value is not None:
            values[(score.day - both.start).days] = value
    return values


def _compared(found: Since, now: Score, before: Score) -> Since:
    judged = against_last(now, before)
    if judged.difference is None:
        return replace(found, why_not=judged.why)
    return replace(
        found,
        difference=judged.difference,
        change=_importance(judged.important, judged.direction, judged.by is not None),
        direction=judged.direction or _plain_direction(judged.difference),
        enough=True,
        rule=judged.rule,
    )


def _importance(important: str | None, direction: str | None, by_figure: bool) -> Changed:
    if important == "no":
        return "not an important change"
    if important == "yes":
        return "important improvement" if direction == "better" else "important worsening"
    return "important, not settled" if by_figure else "no agreed threshold"


def _same(score: Score, code: str) -> bool:
    known = instrument(score.instrument)
    return known.code == code if known else score.instrument == code


def _latest_last(score: Score) -> tuple[date, int]:
    return score.day or date.min, score.measure_id


def _latest(scores: Sequence[Score]) -> Score:
    return max(scores, key=_latest_last)


def _scored(scores: Sequence[Score], period: Period | None) -> Level:
    return Level(meaning(_latest(scores)).value if scores else None, len(scores), period)


def _judged(pinned: Pinned, chart: Chart, windows: Sequence[Sample], after: Period | None, series: Days) -> Since:
    before, now, last = windows
    change = compare(now, before, chart.benchmark)
    enough = change.difference is not None and _enough(windows, chart.benchmark)
    return Since(
        chart=pinned.chart,
        label=_label(pinned),
        unit=chart.unit,
        before=Level(change.before, before.days, pinned.period),
        after=Level(change.now, now.days, after),
        last=Level(None if last.value is None else displayed(last.value), last.days, _last(after)),
        difference=change.difference if enough else None,
        change=turned(change, chart.better) if enough else "not enough days",
        direction=_direction(change.difference, chart.better) if enough else None,
        enough=enough,
        why_not="" if enough else _why_not(windows, chart.benchmark, after),
        rule=change.rule,
        series=series,
    )


def _enough(windows: Sequence[Sample], benchmark: Benchmark) -> bool:
    return min(windows[0].days, windows[1].days) >= max(benchmark.min_days, 1)


def _why_not(windows: Sequence[Sample], benchmark: Benchmark, after: Period | None) -> str:
    """The side that rests on too little; both where both do."""
    if after is None:
        return "no day since it was agreed"
    needed = max(benchmark.min_days, 1)
    sides = ("in the pinned window", "since")
    thin = [s for each, s in zip(windows, sides, strict=False) if each.days < needed or each.value is None]
    return f"too few days logged {' and '.join(thin)}"


def turned(change: Change, better: Better) -> Changed:
    """The importance as it reads where higher is better: the comparison knows the other way alone."""
    if better != "higher" or change.important not in ("important improvement", "important worsening"):
        return change.important
    return "important worsening" if change.important == "important improvement" else "important improvement"


def _direction(difference: float | None, better: Better) -> Direction | None:
    if difference is None:
        return None
    plain = _plain_direction(difference)
    if plain == "unchanged" or not better:
        return plain
    return "better" if plain == better else "worse"


def _plain_direction(difference: float) -> Direction:
    return "unchanged" if difference == 0 else "higher" if difference > 0 else "lower"


def _label(pinned: Pinned) -> str:
    if pinned.chart == "region":
        return f"Pain, {REGIONS[REGION_INDEX[pinned.region]].label}"
    return CHARTS[pinned.chart]


def _both(pinned: Pinned, after: Period | None) -> Period:
    """From the pinned window's first day to the last day since."""
    return pinned.period if after is None else Period(pinned.period.start, after.end)


def _last(after: Period | None) -> Period | None:
    """The last 28 days of it, fewer where it is shorter."""
    return None if after is None else Period(max(after.start, after.end - timedelta(days=LAST_DAYS - 1)), after.end)


def _sampled(diary: Diary, period: Period | None, column: str) -> Sample:
    return Sample(None, 0) if period is None else sample(diary, period, column)
