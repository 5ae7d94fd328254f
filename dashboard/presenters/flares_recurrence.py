"""How flares come back, in words: each number with its interval, days and rule."""

from clinical.flare_rates import RATE_RULE, FlareRate, Trend
from clinical.recovery import RECOVERY_RULE
from clinical.recurrence import Span
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.words import counted, day, number, plainly, sentence_case, several, span
from dashboard.services.flare_patterns import PatternsView

HEADING = "How flares come back"
NO_FORECAST = (
    "No probability of the next flare is given: none was shown to be calibrated and better than yesterday's pain."
)
FEWEST_TYPICAL = 3
"""Of one or two flares each is told: a median of two is a value that neither had."""
_MEDIAN = f"the median from {counted(FEWEST_TYPICAL, 'flare')} on."


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
        ("Inputs", f"{_counted(now)}; before: {_counted(before)}. Flare days are days in a flare or spike"),
        ("Dates", f"{span(now.period)}, before: {span(before.period)}"),
        ("Rests on", f"{_logged(now)}; before: {_logged(before)}"),
    )
    told = (_was(before), _starts(now, before, trend)) if now.enough else (_logged(now),)
    detail = " · ".join(part for part in (_flares(now), *told) if part)
    return Fact(name, several(now.flare_days, "flare day"), detail, Evidence(name, rows), known=now.enough)


def _flares(rate: FlareRate) -> str:
    """'1 flare, began before', '3 flares, 1 began before', 'no flare, a day or two each': whose days they are."""
    if not rate.touching:
        return "no flare, a day or two each" if rate.flare_days else ""
    earlier = rate.touching - rate.started
    which = "" if not earlier else ", began before" if earlier == rate.touching else f", {earlier:,} began before"
    return several(rate.touching, "flare") + which


def _was(before: FlareRate) -> str:
    return f"was {several(before.flare_days, 'day')}" if before.days_logged else "nothing logged before"


def _starts(now: FlareRate, before: FlareRate, trend: Trend) -> str:
    """What was compared: the starts alone, never the flare days, which hang together."""
    return f"starts ({now.started:,}, was {before.started:,}): {trend}" if before.days_logged else ""


def _counted(rate: FlareRate) -> str:
    if rate.per_90 is None:
        return "no logged day"
    interval = f"95 % interval {number(rate.low)} to {number(rate.high)}"
    began = f"{several(rate.touching, 'flare')}, {rate.started:,} of them began in these days"
    return f"{began}, {number(rate.per_90)} per 90 logged days ({interval})"


def _logged(rate: FlareRate) -> str:
    return f"{rate.days_logged:,} of {several(rate.period.days, 'day')} logged"


def _length(view: PatternsView) -> Fact | None:
    found = view.recurrence.length
    if found is None:
        return None
    rule = "Days from first to last day of the closed flares of the whole diary, unlogged days included; "
    return _typical(view, "length", found, several(found.flares, "closed flare"), rule + _MEDIAN)


def _way_back(view: PatternsView) -> Fact | None:
    found = view.recurrence.recovery
    if found is None:
        return None
    flares = f"{several(found.flares, 'flare')} with a known way back"
    return _typical(view, "way back", found, flares, f"{sentence_case(_MEDIAN)} {RECOVERY_RULE}")


def _typical(view: PatternsView, name: str, found: Span, flares: str, rule: str) -> Fact:
    """The median of three flares or more; one or two are told one by one: nothing is typical of them."""
    if found.flares < FEWEST_TYPICAL:
        title, value, detail = sentence_case(name), _one_by_one(found), flares
    else:
        title, value = f"Typical {name}", f"{plainly(found.median)} {'day' if found.median == 1 else 'days'}"
        detail = f"{flares}, {found.shortest:,} to {several(found.longest, 'day')}"
    return Fact(title, value, detail, _evidence(view, title, rule, detail))


def _one_by_one(found: Span) -> str:
    """'One flare: 15 days', 'Two flares: 3 and 8 days'."""
    days = f"{found.shortest:,} and " if found.flares > 1 else ""
    return f"{sentence_case(counted(found.flares, 'flare'))}: {days}{several(found.longest, 'day')}"


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
