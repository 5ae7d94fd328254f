"""Change cards in words: pain and flares before and after a turn, and what may be said of it."""

from datetime import date

from clinical.change import IMMPACT
from clinical.change_cards import CardVerdict, ChangeCard, Level
from clinical.thresholds import days
from clinical.turns import Turn
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.flares_factors import interval, signed
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.words import day, listed, number, sentence_case, several, span
from dashboard.services.flare_patterns import PatternsView

AT_ONCE = 8
"""Cards on one page, the latest first."""
_SAID: dict[CardVerdict, str] = {
    "lower after": "Pain lower after",
    "higher after": "Pain higher after",
    "no clear difference": "No clear difference",
    "nothing can be said": "Nothing can be said",
}


def pages(view: PatternsView) -> int:
    """Pages that all cards take; 0 without any."""
    return -(-len(view.cards) // AT_ONCE)


def heading(view: PatternsView, page: int) -> str:
    """Of how many changes anything can be said, and which of them are shown."""
    every = len(view.cards)
    said = sum(card.verdict != "nothing can be said" for card in view.cards)
    first, last = (page - 1) * AT_ONCE + 1, min(page * AT_ONCE, every)
    shown = f" · {first}–{last} of {every}, newest first" if every > AT_ONCE else " · newest first"
    return f"Before and after each change of treatment: {said} of {every} can be judged{shown}"


def facts(view: PatternsView, page: int) -> tuple[Fact, ...]:
    """The turns of that page (the first is 1) and what pain did around them."""
    return tuple(fact(one, view.as_of) for one in view.cards[(page - 1) * AT_ONCE : page * AT_ONCE])


def fact(card: ChangeCard, as_of: date) -> Fact:
    """That card as a fact with its evidence."""
    turn = card.turn
    name = f"{_turn(turn)}, {day(turn.day, as_of)}"
    said = card.verdict != "nothing can be said"
    detail = " · ".join(part for part in (_levels(card), _most_careful(card)) if part)
    detail = detail if said else listed(list(card.why_not), 2)
    rows = (
        ("Rule", f"{sentence_case(card.rule)} {IMMPACT.rule}"),
        ("Turn", f"{_turn(turn)} {turn.detail}".rstrip()),
        ("Inputs", f"{_levels(card)}; {card.important}"),
        ("Flares", _flares(card)),
        ("Trend before", _trend(card)),
        ("Dates", f"{span(card.before.period)}, then {span(card.after.period)}"),
        ("Rests on", f"before: {_days(card.before)}; after: {_days(card.after)}"),
        ("Careful", "; ".join(_careful(card)) or "nothing else known in these days"),
        ("Also in these days", "; ".join(event.label or event.kind for event in card.events) or "nothing on record"),
    )
    return Fact(name, _value(card), detail, Evidence(name, rows), known=said)


def _turn(turn: Turn) -> str:
    """'Tramadol started', 'Done: call the GP'."""
    return f"Done: {turn.name}" if not turn.treatment else f"{sentence_case(turn.name)} {turn.kind}"


def _value(card: ChangeCard) -> str:
    important = card.important.startswith("important") and card.verdict in ("lower after", "higher after")
    return f"{_SAID[card.verdict]}{', important' if important else ''}"


def _careful(card: ChangeCard) -> list[str]:
    others = [f"also: {_turn(one)}, {day(one.day, one.day)}" for one in card.others]
    return [*card.why_not, *card.cautions, *others]


def _most_careful(card: ChangeCard) -> str:
    """The cautions that weigh; that there is no diary of the year before is said behind the card alone."""
    heavy: list[str] = [caution for caution in card.cautions if caution != "no diary from a year before"]
    return listed(heavy, 2)


def _levels(card: ChangeCard) -> str:
    known = "no interval" if card.interval is None else interval(*card.interval, 1)
    return f"pain {number(card.before.mean)} → {number(card.after.mean)} ({known})"


def _flares(card: ChangeCard) -> str:
    before, after = card.flares_before, card.flares_after
    spans = f"{several(before.period.days, 'day')} before, {several(after.period.days, 'day')} after"
    rates = f"{number(before.per_90)} then {number(after.per_90)} per 90 logged days"
    return f"{before.started} began, then {after.started} ({spans}): {rates}, {card.flares_trend}"


def _trend(card: ChangeCard) -> str:
    found = card.trend_before
    if found is None:
        return "not known: too few days"
    window = several(days("card_trend_days"), "day")
    slope = f"{signed(found.value, 1)} points per 28 days ({interval(found.low, found.high, 1)})"
    return f"{slope} over the {window} before"


def _days(level: Level) -> str:
    return f"{level.days} of {several(level.period.days, 'day')} answered"
