"""How flares come back, in words: each number with its interval, days and rule."""

from clinical.flare_rates import RATE_RULE, FlareRate, Trend
from clinical.recovery import RECOVERY_RULE
from clinical.recurrence import Span
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.words import day, number, plainly, sentence_case, several, span
from dashboard.services.flare_patterns import PatternsView

HEADING = "How flares come back"
NO_FORECAST = (
    "No probability of the next flare is given: none was shown to be calibrated and better than yesterday's pain."
)


def facts(view: PatternsView) -> tuple[Fact, ...]:
    """How flares come back."""
    found = view.recurrence
    facts = (
        _rate("Flares in 28 days", found.last_28, found.before_28, found.trend_28),
        _rate("Flares in 90 days", found.last_90, found.before_90, found.trend_90),
        _length(view),
        _way_back(view),
        _since(view),
    )
    return tuple(fact for fact in facts if fact is not None)


def _rate(name: str, now: FlareRate, before: FlareRate, trend: Trend) -> Fact:
    rows = (
        ("Rule", f"{sentence_case(RATE_RULE)}. {NO_FORECAST}"),
        ("Inputs", f"{_counted(now)}; before: {_counted(before)}"),
        ("Dates", f"{span(now.period)}, before: {span(before.period)}"),
        ("Rests on", f"{_logged(now)}; before: {_logged(before)}"),
    )
    value = f"{several(now.started, 'flare')}, {several(now.flare_days, 'day')}"
    was = f"was {before.started}, {several(before.flare_days, 'day')} · {trend}"
    return Fact(name, value, was if now.enough else _logged(now), Evidence(name, rows), known=now.enough)


def _counted(rate: FlareRate) -> str:
    if rate.per_90 is None:
        return "no logged day"
    interval = f"95 % interval {number(rate.low)} to {number(rate.high)}"
    return f"{several(rate.started, 'flare')} began, {number(rate.per_90)} per 90 logged days ({interval})"


def _logged(rate: FlareRate) -> str:
    return f"{rate.days_logged:,} of {several(rate.period.days, 'day')} logged"


def _length(view: PatternsView) -> Fact | None:
    found = view.recurrence.length
    if found is None:
        return None
    inputs = f"{several(found.flares, 'closed flare')}{_range(found)}"
    rule = "Median days from first to last day of the closed flares of the whole diary, unlogged days included."
    value = f"{plainly(found.median)} days"
    return Fact("Typical length", value, inputs, _evidence(view, "Typical length", rule, inputs))


def _way_back(view: PatternsView) -> Fact | None:
    found = view.recurrence.recovery
    if found is None:
        return None
    inputs = f"{several(found.flares, 'flare')} with a known way back{_range(found)}"
    evidence = _evidence(view, "Typical way back", f"Median. {RECOVERY_RULE}", inputs)
    return Fact("Typical way back", f"{plainly(found.median)} days", inputs, evidence)


def _range(found: Span) -> str:
    return f", {found.shortest} to {several(found.longest, 'day')}" if found.flares > 1 else ""


def _since(view: PatternsView) -> Fact | None:
    found = view.recurrence
    rule = "Days from the last day of the last flare to today; spikes and new levels are no flares here."
    evidence = _evidence(view, "Time since the last flare", rule, "the flares that count")
    if found.open_since is not None:
        since = f"since {day(found.open_since, view.as_of)}"
        return Fact("Since the last flare", "In a flare now", since, evidence)
    if found.days_since is None:
        return None
    return Fact("Since the last flare", several(found.days_since, "day"), "whole diary", evidence)


def _evidence(view: PatternsView, title: str, rule: str, inputs: str) -> Evidence:
    looked_at = view.patterns.period
    dates = span(looked_at) if looked_at else "no day"
    rows = (("Rule", rule), ("Inputs", inputs), ("Dates", dates), ("Rests on", "the whole diary up to today"))
    return Evidence(title, rows)
