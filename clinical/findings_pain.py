"""Facts about pain itself: its level, flare days and what preceded them, where it spread, lasting new levels."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from clinical.body_map import REGIONS, active
from clinical.change import Sample, compare, sample
from clinical.diary import Diary, Period
from clinical.finding import Finding, Value
from clinical.findings_sleep import short_nights
from clinical.flares import Flare, day_of, enough_for_a_rate, flare_days, flare_mask, open_flare
from clinical.maps import typical
from clinical.rounding import displayed
from clinical.thresholds import cited, days, limit


def pain_change(diary: Diary, flares: Sequence[Flare], now: Period, before: Period) -> list[Finding]:
    """Mean pain of the period against the one before, with the level outside flares beside it."""
    change = compare(sample(diary, now), sample(diary, before))
    outside = compare(_outside_flares(diary, flares, now), _outside_flares(diary, flares, before))
    values: dict[str, Value] = {
        "now": change.now,
        "before": change.before,
        "difference": change.difference,
        "percent": change.percent,
        "important": change.important,
        "days_now": change.days_now,
        "days_before": change.days_before,
        "outside_now": outside.now if outside.days_now >= days("change_min_days") else None,
        "outside_before": outside.before if outside.days_before >= days("change_min_days") else None,
        "exact_now": change.exact_now,
        "exact_before": change.exact_before,
        "first_day": _began_after(diary, before),
    }
    start = before.start if change.days_before else now.start
    return [Finding("pain_change", 10, values, change.days_now + change.days_before, change.rule, start, now.end)]


def _began_after(diary: Diary, before: Period) -> date | None:
    """The first logged day, where the period before had no diary yet; None where there was one."""
    first = diary.first_logged
    return first if first is not None and first > before.end else None


def _outside_flares(diary: Diary, flares: Sequence[Flare], period: Period) -> Sample:
    pain = diary.column("pain", period)
    kept = pain[~np.isnan(pain) & ~flare_mask(flares, period, period.end)]
    return Sample(float(kept.mean(dtype=np.float64)), int(kept.size)) if kept.size else Sample(None, 0)


def flare_day_facts(diary: Diary, flares: Sequence[Flare], now: Period, before: Period, as_of: date) -> list[Finding]:
    """Flare days now and before, the flares of the period, how many followed short nights, and the open one."""
    touching = [f for f in flares if f.kind != "shift" and f.start <= now.end and (f.end or as_of) >= now.start]
    episodes = [f for f in touching if f.kind == "flare"]
    current = open_flare(flares, as_of)
    counted = flare_days(diary, flares, now, as_of)
    comparable = enough_for_a_rate(diary, now) and enough_for_a_rate(diary, before)
    former = flare_days(diary, flares, before, as_of) if comparable else None
    said = sum(f.said_only for f in touching)
    values: dict[str, Value] = {
        "now": counted,
        "before": former,
        "days_now": diary.days_logged(now),
        "days_before": diary.days_logged(before),
        "flares": len(episodes),
        "spikes": len(touching) - len(episodes) - said,
        "said_flare": said,
        "longest_days": max((((f.end or as_of) - f.start).days + 1 for f in episodes), default=0),
        **_nights(diary, episodes, now),
        "open_day": None if current is None else day_of(current, as_of),
        "latest_start": episodes[-1].start if episodes else None,
    }
    rank = 5 if current else 20 if counted or former else 58
    start = min([now.start, *(f.start for f in episodes)])
    return [Finding("flare_days", rank, values, diary.days_logged(now), _FLARE_DAYS, start, now.end, tuple(touching))]


_FLARE_DAYS = (
    f"logged days inside a spike or flare; short: a night under {limit('short_night_hours'):.0f} h in the "
    f"{days('short_night_lookback_days')} nights before the first. {cited('short_night_lookback_days')}"
)


def _nights(diary: Diary, episodes: Sequence[Flare], now: Period) -> dict[str, Value]:
    """Flares after a short night, and beside them the base rate: all short nights of the period."""
    preceding = [_short_nights_before(diary, flare.start) for flare in episodes]
    hours = short_nights(diary, now)
    lookback = days("short_night_lookback_days")
    led = np.zeros(now.days, np.bool_)
    for flare in episodes:
        first_day = (flare.start - now.start).days
        led[max(first_day - lookback + 1, 0) : max(first_day + 1, 0)] = True
    return {
        "after_short_nights": sum(1 for short in preceding if short),
        "sleep_known": sum(1 for short in preceding if short is not None),
        "short_nights": int(hours.sum()),
        "short_before_flare": int((hours & led).sum()),
    }


def _short_nights_before(diary: Diary, start: date) -> int | None:
    """How many of the two nights before `start` were short; None when neither was logged.

    A day's sleep is the night that ended on it, so the last night before a flare stands on its first day.
    """
    lookback = days("short_night_lookback_days")
    sleep = diary.column("sleep_hours", Period(start - timedelta(days=lookback - 1), start))
    known = [displayed(float(hours)) for hours in sleep[~np.isnan(sleep)]]
    return sum(1 for hours in known if hours < limit("short_night_hours")) if known else None


def flare_regions(diary: Diary, flares: Sequence[Flare], now: Period) -> list[Finding]:
    """Regions that hurt during flares and hardly outside them, on the period's maps."""
    part = diary.during(now)
    inside = part.has_map & flare_mask(flares, now, now.end)
    outside = part.has_map & ~inside
    needed = days("change_min_days")
    if int(inside.sum()) < needed or int(outside.sum()) < needed:
        return []
    share_in, share_out = (_share(part, rows) for rows in (inside, outside))
    new = (share_in >= limit("new_region_share_flare")) & (share_out < limit("new_region_share_usual"))
    if not new.any():
        return []
    values: dict[str, Value] = {
        "regions": _names(new),
        "usual_regions": _names(share_out >= limit("new_region_share_flare")),
        "spread_in": float(np.median(part["spread"][inside])),
        "spread_outside": float(np.median(part["spread"][outside])),
    }
    rule = (
        f"hurt on {limit('new_region_share_flare'):.0f} % or more of flare-day maps and on less than "
        f"{limit('new_region_share_usual'):.0f} % of the others. {cited('new_region_share_flare')}"
    )
    return [Finding("flare_regions", 30, values, int(part.has_map.sum()), rule, now.start, now.end)]


def _share(part: Diary, rows: NDArray[np.bool_]) -> NDArray[np.float64]:
    hurts = active(part.maps[rows])
    share: NDArray[np.float64] = 100 * hurts.sum(axis=0) / len(hurts)
    return share


def _names(flags: NDArray[np.bool_]) -> str:
    return "|".join(REGIONS[i].region_id for i in np.flatnonzero(flags))


def spread_change(diary: Diary, now: Period, before: Period) -> list[Finding]:
    """More or fewer regions in pain than before, when beyond the map's own error."""
    current, former = sample(diary, now, "spread"), sample(diary, before, "spread")
    if current.value is None or former.value is None or min(current.days, former.days) < days("change_min_days"):
        return []
    shown_now, shown_before = displayed(current.value, 0), displayed(former.value, 0)
    if abs(shown_now - shown_before) < limit("spread_change_regions"):
        return []
    typical_now, typical_before = typical(diary.during(now)), typical(diary.during(before))
    hurts_now = ~np.isnan(typical_now.values) | typical_now.present
    hurt_before = ~np.isnan(typical_before.values) | typical_before.present
    values: dict[str, Value] = {
        "now": int(shown_now),
        "before": int(shown_before),
        "new_regions": _names(hurts_now & ~hurt_before),
        "gone_regions": _names(hurt_before & ~hurts_now),
    }
    rule = f"mean regions in pain, {cited('spread_change_regions')}"
    return [Finding("spread_change", 35, values, current.days + former.days, rule, before.start, now.end)]


def shifts(diary: Diary, flares: Sequence[Flare], now: Period) -> list[Finding]:
    """Lasting new levels that began or were recognised in the period."""
    found = []
    for shift in flares:
        if shift.kind == "shift" and shift.start <= now.end and (shift.end or now.end) >= now.start:
            worse = (shift.peak_pain or 0) > (shift.usual_pain or 0)
            values: dict[str, Value] = {
                "direction": "up" if worse else "down",
                "level": shift.peak_pain,
                "former": shift.usual_pain,
                "since": shift.start,
            }
            found.append(Finding("shift", 15, values, shift.days_logged, shift.rule, shift.start, now.end))
    return found
