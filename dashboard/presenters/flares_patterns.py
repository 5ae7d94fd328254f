"""Recurrence, associations and change cards in words: each number with its interval, days and rule."""

from datetime import date

from clinical.associations import NIGHTS, Association, Reverse
from clinical.before_flares import BeforeFlares
from clinical.change_cards import ChangeCard, Level
from clinical.flare_rates import RATE_RULE, FlareRate, Trend
from clinical.recovery import RECOVERY_RULE
from clinical.recurrence import Span
from clinical.thresholds import limit
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.words import MINUS, day, listed, number, plainly, sentence_case, several, span
from dashboard.services.flare_patterns import PatternsView

NAMES = {
    "sleep_hours": ("Hours of sleep", "h"),
    "sleep_quality": ("Quality of sleep", "point"),
    "stress": ("Stress", "point"),
    "mood": ("Mood", "point"),
    "activity": ("Activity", "point"),
    "rescue_doses": ("As-needed doses", "dose"),
}
MOST_CARDS = 8
"""Change cards shown, the latest first."""
NO_FORECAST = (
    "No probability of the next flare is given: none was shown to be calibrated and better than yesterday's pain."
)
_LAGS = ("the same day", "the next day", "two days later", "three days later")
_AFTER_NIGHTS = ("the day after", "two days after", "three days after", "four days after")


def recurrence(view: PatternsView) -> tuple[Fact, ...]:
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
    return Fact(name, value, was, Evidence(name, rows), known=now.days_logged > 0)


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


def associations(view: PatternsView) -> tuple[Fact, ...]:
    """What pain went with: one statement a factor; the way round and the days before flares behind it."""
    reverse = {one.factor: one for one in view.patterns.reverse}
    before = {one.factor: one for one in view.patterns.before_flares}
    return tuple(
        _association(view, one, reverse.get(one.factor), before.get(one.factor)) for one in view.patterns.associations
    )


def _association(view: PatternsView, one: Association, back: Reverse | None, onset: BeforeFlares | None) -> Fact:
    name, unit = NAMES[one.factor]
    rows = [
        ("Rule", sentence_case(one.rule)),
        ("Inputs", f"{_effect(one, unit)}; {_exposed(one)}"),
        ("Dates", span(view.patterns.period) if view.patterns.period else "no day"),
        ("Rests on", f"{several(one.days_used, 'paired day')}, {one.days_exposed:,} of them {one.exposed} the median"),
    ]
    if back is not None:
        rows.append(("The other way round", _reverse(back)))
    if onset is not None:
        rows.append(("Before flares", _onset(onset)))
    evidence = Evidence(f"{name} and pain", tuple(rows))
    detail = (
        f"{_effect(one, unit)} · {several(one.days_used, 'day')}" if one.found else several(one.days_used, "paired day")
    )
    return Fact(name, _verdict(one), detail, evidence, known=one.found)


def _verdict(one: Association) -> str:
    if not one.found:
        return sentence_case(one.verdict)
    more = "more" if (one.effect or 0) > 0 else "less"
    when = _AFTER_NIGHTS if one.factor in NIGHTS else _LAGS
    return f"More went with {more} pain {when[one.lag_days]}"


def _effect(one: Association, unit: str) -> str:
    if one.effect is None:
        return "no effect estimated"
    return f"{_signed(one.effect)} per {unit} more ({_interval(one.low, one.high)})"


def _signed(value: float | None) -> str:
    shown = number(value, 2)
    return shown if value is None or value <= 0 else f"+{shown}"


def _interval(low: float | None, high: float | None) -> str:
    return f"95 % {_signed(low)} to {_signed(high)}"


def _exposed(one: Association) -> str:
    if one.pain_exposed is None or one.usual is None:
        return "no mean to compare"
    return (
        f"pain averaged {number(one.pain_exposed)} after days {one.exposed} {plainly(one.usual)}, "
        f"{number(one.pain_other)} after the others"
    )


def _reverse(back: Reverse) -> str:
    days = several(back.days_used, "paired day")
    if back.effect is None:
        return f"{back.verdict}, {days}"
    return f"{back.verdict}: {_signed(back.effect)} per point of pain ({_interval(back.low, back.high)}), {days}"


def _onset(onset: BeforeFlares) -> str:
    days = f"{several(onset.flares, 'flare')}, {several(onset.other_days, 'other day')}"
    if onset.difference is None:
        return f"{onset.verdict}, {days}"
    means = f"mean {number(onset.before)}, else {number(onset.other)}"
    return f"{onset.verdict}: {means} ({_interval(onset.low, onset.high)}), {days}"


def cards(view: PatternsView) -> tuple[Fact, ...]:
    """The latest turns of treatment and what pain did around them."""
    return tuple(_card(one, view.as_of) for one in view.cards[:MOST_CARDS])


def _card(card: ChangeCard, as_of: date) -> Fact:
    turn = card.turn
    title = f"{sentence_case(turn.name)} {turn.kind}, {day(turn.day, as_of)}"
    said = card.verdict != "nothing can be said"
    value = sentence_case(card.verdict) if said else "Nothing can be said"
    careful = f" · {listed(list(card.cautions), 2)}" if card.cautions else ""
    detail = f"{_levels(card)}{careful}" if said else listed(list(card.why_not), 2)
    cautions = [*card.cautions, *(f"also {one.name} {one.kind}" for one in card.others)]
    rows = (
        ("Rule", sentence_case(card.rule)),
        ("Inputs", f"{_levels(card)}; flares began: {card.flares_before.started}, then {card.flares_after.started} "
                   f"({card.flares_trend})"),
        ("Trend before", _trend(card)),
        ("Dates", f"{span(card.before.period)}, then {span(card.after.period)}"),
        ("Rests on", f"before: {_days(card.before)}; after: {_days(card.after)}"),
        ("Careful", "; ".join([*card.why_not, *cautions]) or "nothing else known in these days"),
        ("Also in these days", "; ".join(event.label or event.kind for event in card.events) or "nothing on record"),
    )  # fmt: skip
    return Fact(title, value, detail, Evidence(title, rows), known=said)


def _levels(card: ChangeCard) -> str:
    interval = "no interval" if card.interval is None else _tenths(*card.interval)
    return f"pain {number(card.before.mean)} → {number(card.after.mean)} ({interval})"


def _tenths(low: float, high: float) -> str:
    low_said, high_said = (f"{'+' if value > 0 else ''}{number(value)}" for value in (low, high))
    return f"95 % {low_said} to {high_said}"


def _trend(card: ChangeCard) -> str:
    found = card.trend_before
    if found is None:
        return "not known: too few days"
    way = "+" if found.value > 0 else MINUS if found.value < 0 else ""
    return f"{way}{number(abs(found.value))} points per 28 days ({_tenths(found.low, found.high)})"


def _days(level: Level) -> str:
    return f"{level.days} of {several(level.period.days, 'day')} answered"


def associations_heading(view: PatternsView) -> str:
    """What the section says first: how many were found, of how many tried."""
    tried = view.patterns.associations
    found = sum(one.found for one in tried)
    many = f"{found} of {several(len(tried), 'factor')}" if tried else "no factor was ever answered"
    rate = f"of diaries without any, {limit('association_error_rate'):g} % get a claim"
    return f"What pain went with: {many} · whole diary · {rate}"


def cards_heading(view: PatternsView) -> str:
    """What the section holds."""
    left = len(view.cards) - MOST_CARDS
    more = f" · the latest {MOST_CARDS} of {len(view.cards)}" if left > 0 else ""
    return f"Before and after each change of treatment{more}"
