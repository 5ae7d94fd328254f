"""What pain went with: sleep, stress, activity, weather, doses ... against the pain of the same and the next days.

A day resembles the day before, in pain and in everything else, so a plain correlation or a shuffle of days "finds"
something in most diaries of pure noise. Here each day counts only for what it says beyond the days before it
(`lasting_effects`), and every lag and factor that was tried is paid for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from clinical.daily_table import Floats, calendar_table, column, day_numbers, factors, later
from clinical.further_columns import DOSES, WEATHER
from clinical.lasting_effects import Effect, effects, noise_of
from clinical.thresholds import cited, days, limit

Verdict = Literal["worse after", "better after", "no association found", "not enough days"]
ReverseVerdict = Literal["higher after pain", "lower after pain", "no association found", "not enough days"]

NIGHTS = frozenset(("sleep_hours", "sleep_quality"))
"""Columns about the night before the day they stand on: at lag 0 they already came first."""
LATER_DAYS_ONLY = frozenset(("rescue_doses", "tenderness"))
"""Doses are taken because of the pain of the same day, and tenderness is part of how bad it was: only later days."""
LAGS = {0: 2, 1: 2, 2: 1, 3: 1}
"""Days from factor to pain, and their share of the allowed error: published effects are mostly of the first two."""

RULE = (
    f"at least {days('association_min_pairs')} paired and {days('association_min_exposed')} exposed days; level, trend "
    "and weekday taken out; each day counts for what it says beyond the days before it; the lag of "
    f"{min(LAGS)}-{max(LAGS)} days that is clearest, corrected for every lag and factor tried (Holm), so that chance "
    f"alone names one in {limit('association_error_rate'):g} % of diaries. Went with, not caused. "
    f"{cited('association_error_rate')}"
)
REVERSE_RULE = (
    "the factor against the pain of the day before, in the same way, where the factor was unlike its own median on at "
    f"least {days('association_min_exposed')} days; chance alone names one in "
    f"{limit('association_reverse_error_rate'):g} % of diaries. {cited('association_reverse_error_rate')}"
)


@dataclass(frozen=True, slots=True)
class Association:
    """How pain went with one factor, at the lag that speaks loudest.

    `effect` is NRS points of pain per unit more of the factor, `low` to `high` its 95 % interval; None with too few
    days, or where the factor cannot be told apart from weekday and trend. `days_used` are paired days, `days_exposed`
    those on which the factor was `exposed` the person's own median `usual`; `pain_exposed` is the mean pain after
    these, `pain_other` after the others. `p` is corrected for every lag and factor tried.
    """

    factor: str
    lag_days: int
    effect: float | None
    low: float | None
    high: float | None
    days_used: int
    days_exposed: int
    verdict: Verdict
    exposed: Literal["above", "below"] = "above"
    usual: float | None = None
    pain_exposed: float | None = None
    pain_other: float | None = None
    p: float = 1.0
    rule: str = RULE

    @property
    def found(self) -> bool:
        """Whether an association is claimed."""
        return self.verdict in ("worse after", "better after")

    @property
    def same_day(self) -> bool:
        """Whether both belong to the same day, so that nothing says which came first."""
        return self.lag_days == 0 and self.factor not in NIGHTS

    @property
    def answers_to_pain(self) -> bool:
        """Whether people take or do it because of pain: more pain after it says nothing about what it does."""
        return self.factor == "rescue_doses" or self.factor.startswith(DOSES)


@dataclass(frozen=True, slots=True)
class Reverse:
    """How a factor went with the pain of the day before: `effect` in units of the factor per NRS point."""

    factor: str
    effect: float | None
    low: float | None
    high: float | None
    days_used: int
    verdict: ReverseVerdict
    p: float = 1.0
    rule: str = REVERSE_RULE


def find_associations(days: pd.DataFrame) -> list[Association]:
    """One answer for each factor column of a daily table (formats.md), in the order of the columns.

    Deterministic; row order does not matter; any column but pain may be absent, and any other may be added.
    """
    table = calendar_table(days)
    names = factors(table)
    if not names:
        return []
    pairs = [
        _Pair(name, lag, later(column(table, name), lag), column(table, "pain"))
        for name in names
        for lag in LAGS
        if lag or not _later_days_only(name)
    ]
    found = _solved(table, [pair for pair in pairs if pair.enough])
    best = [_best([pair for pair in pairs if pair.factor == name], found) for name in names]
    p_values = corrected([(pair.enough, p) for pair, p in best])
    return [_association(pair, found.get(pair.key), p) for (pair, _), p in zip(best, p_values, strict=True)]


def find_reverse(days: pd.DataFrame) -> list[Reverse]:
    """For each factor column whether it followed the pain of the day before (pain, then a poor night); no weather."""
    table = calendar_table(days)
    names = [name for name in factors(table) if not name.startswith(WEATHER)]
    pairs = [_Pair(name, 1, later(column(table, "pain"), 1), column(table, name)) for name in names]
    told = {pair.key: pair.enough and pair.outcome_varies for pair in pairs}
    found = _solved(table, [pair for pair in pairs if told[pair.key]])
    p_values = corrected([(told[pair.key], found[pair.key].p if told[pair.key] else 1.0) for pair in pairs])
    return [_reverse(pair, found.get(pair.key), p) for pair, p in zip(pairs, p_values, strict=True)]


def _later_days_only(factor: str) -> bool:
    return factor in LATER_DAYS_ONLY or factor.startswith(DOSES)


class _Pair:
    """A factor `lag` days before an outcome, both (days,) on the day of the outcome."""

    def __init__(self, factor: str, lag: int, before: Floats, after: Floats) -> None:
        both = ~np.isnan(before) & ~np.isnan(after)
        self.factor, self.lag, self.before, self.after = factor, lag, before, after
        self.known_before, self.known_after = before[both], after[both]
        self.usual = float(np.median(self.known_before)) if both.any() else None
        above = self.known_before > (self.usual or 0.0)
        below = self.known_before < (self.usual or 0.0)
        self.exposed: Literal["above", "below"] = "above" if 2 * above.sum() >= below.sum() else "below"
        self.is_exposed = above if self.exposed == "above" else below

    @property
    def key(self) -> tuple[str, int]:
        return self.factor, self.lag

    @property
    def enough(self) -> bool:
        paired, exposed = self.known_before.size, int(self.is_exposed.sum())
        return paired >= days("association_min_pairs") and exposed >= days("association_min_exposed")

    @property
    def outcome_varies(self) -> bool:
        """Whether the outcome was unlike its own median on enough days: a few odd days alone look like anything."""
        return int((self.known_after != np.median(self.known_after)).sum()) >= days("association_min_exposed")

    def mean_after(self, *, exposed: bool) -> float | None:
        values = self.known_after[self.is_exposed == exposed]
        return float(values.mean()) if values.size else None


def _solved(table: pd.DataFrame, pairs: Sequence[_Pair]) -> dict[tuple[str, int], Effect]:
    if not pairs:
        return {}
    day = day_numbers(table)
    outcomes = {id(pair.after): pair.after for pair in pairs}
    noise = noise_of(day, np.column_stack(list(outcomes.values())))
    places = [list(outcomes).index(id(pair.after)) for pair in pairs]
    before = np.column_stack([pair.before for pair in pairs])
    after = np.column_stack([pair.after for pair in pairs])
    found = effects(day, after, before, noise.of(places))
    return {pair.key: effect for pair, effect in zip(pairs, found, strict=True)}


def _best(lags: Sequence[_Pair], found: dict[tuple[str, int], Effect]) -> tuple[_Pair, float]:
    """The lag that speaks loudest and its p value, paid for with all lags that were tried; else that of most days."""
    known = [pair for pair in lags if pair.enough]
    if not known:
        return max(lags, key=lambda pair: (pair.known_before.size, -pair.lag)), 1.0
    shares = sum(LAGS[pair.lag] for pair in known)
    paid = {pair.lag: min(found[pair.key].p * shares / LAGS[pair.lag], 1.0) for pair in known}
    best = min(known, key=lambda pair: (paid[pair.lag], pair.lag))
    return best, paid[best.lag]


def corrected(p_values: Sequence[tuple[bool, float]]) -> list[float]:
    """The p values of those that were tried, corrected for their number (Holm, Scand J Stat 1979;6:65-70); else 1."""
    tried = sorted((p, place) for place, (was_tried, p) in enumerate(p_values) if was_tried)
    corrected, least = [1.0] * len(p_values), 0.0
    for rank, (p, place) in enumerate(tried):
        least = max(least, min(p * (len(tried) - rank), 1.0))
        corrected[place] = least
    return corrected


def _association(pair: _Pair, effect: Effect | None, p: float) -> Association:
    return Association(
        factor=pair.factor,
        lag_days=pair.lag,
        effect=None if effect is None else effect.effect,
        low=None if effect is None else effect.low,
        high=None if effect is None else effect.high,
        days_used=pair.known_before.size,
        days_exposed=int(pair.is_exposed.sum()),
        verdict=_verdict(effect, p),
        exposed=pair.exposed,
        usual=pair.usual,
        pain_exposed=pair.mean_after(exposed=True),
        pain_other=pair.mean_after(exposed=False),
        p=p,
    )


def _verdict(effect: Effect | None, p: float) -> Verdict:
    if effect is None:
        return "not enough days"
    if effect.effect is None or 100 * p >= limit("association_error_rate"):
        return "no association found"
    return "worse after" if effect.effect > 0 else "better after"


def _reverse(pair: _Pair, effect: Effect | None, p: float) -> Reverse:
    used = int(pair.known_before.size)
    if effect is None:
        return Reverse(pair.factor, None, None, None, used, "not enough days")
    verdict: ReverseVerdict = "no association found"
    if effect.effect is not None and 100 * p < limit("association_reverse_error_rate"):
        verdict = "higher after pain" if effect.effect > 0 else "lower after pain"
    return Reverse(pair.factor, effect.effect, effect.low, effect.high, used, verdict, p)
