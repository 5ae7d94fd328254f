"""What has happened to the measure an item rests on since it was agreed: one line, its evidence and a small course."""

import numpy as np

from clinical.diary import Days
from clinical.plan import CHARTS
from clinical.record import Pinned
from clinical.since_plan import Changed, Level, Since
from dashboard.presenters.evidence import CAUTION, Evidence
from dashboard.presenters.plan_items import Said, SinceLine, Tone
from dashboard.presenters.regions import region_name
from dashboard.presenters.words import MINUS, NO_DATA, number, plainly, sentence_case, several, span

MEASURE = "measure:"
MOST_BARS = 16
NO_MARK = "no agreed mark"
_SAID: dict[Changed, str] = {
    "important improvement": "better, an important change",
    "important worsening": "worse, an important change",
    "important, not settled": "whether that is important is not settled",
    "not an important change": "below the mark",
    "no agreed threshold": NO_MARK,
    "not enough days": "not enough days",
}
_TONES: dict[Changed, Tone] = {"important improvement": "better", "important worsening": "worse"}


def line(found: Since, pinned: Pinned) -> SinceLine:
    """'Stress 6.1 → 4.9 since agreed (24 and 51 days logged): better, an important change'."""
    tone = _TONES.get(found.change, "" if found.enough else "quiet")
    said = Said(_sentence(found, chart_name(pinned)), tone, evidence(found, pinned))
    drawn = bars(found.series)
    spoken = f"{chart_name(pinned)} from before it was agreed until now"
    return SinceLine(said, drawn, _before(found, len(drawn)), spoken)


def _before(found: Since, count: int) -> int:
    """How many of the bars begin before it was agreed."""
    if not count or found.after.period is None or found.starts is None:
        return count
    lengths = [len(part) for part in np.array_split(found.series, count)]
    starts = np.cumsum([0, *lengths[:-1]])
    return int(np.count_nonzero(starts < (found.after.period.start - found.starts).days))


def chart_name(pinned: Pinned) -> str:
    """'Sleep', 'PHQ-9', 'Pain, left calf'."""
    if pinned.chart == "region":
        return f"Pain, {region_name(pinned.region)}"
    return CHARTS.get(pinned.chart, pinned.chart.removeprefix(MEASURE))


def rests_on(pinned: Pinned) -> str:
    """'Sleep, 1 Sep – 28 Sep 2026'."""
    return f"{chart_name(pinned)}, {span(pinned.period)}"


def bars(series: Days) -> tuple[float | None, ...]:
    """The course in equal parts on the scale of its own highest value, oldest first; none for fewer than two parts."""
    known = series[np.isfinite(series)]
    if known.size < 2 or known.max() <= 0:
        return ()
    parts = np.array_split(series, min(MOST_BARS, len(series)))
    return tuple(_mean(part, float(known.max())) for part in parts)


def _mean(part: Days, top: float) -> float | None:
    known = part[np.isfinite(part)]
    return round(float(known.mean()) / top, 3) if known.size else None


def _sentence(found: Since, chart: str) -> str:
    name = f"Since agreed: {chart[:1].lower()}{chart[1:]}" if chart[1:2].islower() else f"Since agreed: {chart}"
    if not found.enough:
        return f"{name}: {found.why_not or 'not enough days'} ({_counts(found)})"
    now = number(found.after.value, unit=found.unit)
    return f"{name} {number(found.before.value)} → {now} ({_counts(found)}): {changed(found)}"


def changed(found: Since) -> str:
    """'better, an important change', 'higher, below the mark', 'higher, no agreed mark', 'no change'.

    Better and worse are said of an important change alone: a tenth of a point is neither. Below the mark the way it
    went is said all the same: a rise of a quarter is not nothing.
    """
    if found.direction == "unchanged":
        return "no change"
    if found.change in _TONES or found.difference is None:
        return _SAID[found.change]
    return f"{'higher' if found.difference > 0 else 'lower'}, {_SAID[found.change]}"


def _counts(found: Since) -> str:
    what = "score" if found.chart.startswith(MEASURE) else "day"
    if what == "day":
        return f"{found.before.days:,} and {several(found.after.days, 'day')} logged"
    return f"{found.before.days} and {several(found.after.days, 'score')}"


def evidence(found: Since, pinned: Pinned) -> Evidence:
    """Both windows with their days, the change and its rule."""
    rows = (
        ("Rests on", rests_on(pinned)),
        ("Before", _level(found.before, found)),
        ("Since agreed", _level(found.after, found)),
        ("Of that, the last 28 days", _level(found.last, found)),
        ("Change", _change(found)),
        ("Rule", found.rule),
    )
    return Evidence(f"{found.label} since it was agreed", tuple(row for row in rows if row[1]), CAUTION)


def _level(level: Level, found: Since) -> str:
    what = "score" if found.chart.startswith(MEASURE) else "day"
    when = span(level.period) if level.period else "no day yet"
    value = NO_DATA if level.value is None else plainly(level.value, found.unit)
    return f"{value} · {when} · {several(level.days, what)}{' logged' if what == 'day' else ''}"


def _change(found: Since) -> str:
    if found.difference is None:
        return sentence_case(found.why_not)
    sign = "+" if found.difference > 0 else ""
    difference = f"{sign}{plainly(found.difference)}".replace("-", MINUS)
    return "no change" if found.direction == "unchanged" else f"{difference}: {_SAID[found.change]}"
