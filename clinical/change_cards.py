"""Before and after each turn of treatment: what can be said, its interval, and what speaks against saying it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from clinical.change import Change, Importance, compare, sample
from clinical.diary import Diary, Period
from clinical.flare_rates import FlareRate, Trend, rate, trend
from clinical.flares import Flare
from clinical.pain_around import Estimate, PainAround
from clinical.record import Action, Event, Medicine
from clinical.rounding import displayed
from clinical.thresholds import cited, days
from clinical.turns import Turn, turns_of

CardVerdict = Literal["lower after", "higher after", "no clear difference", "nothing can be said"]
Caution = Literal[
    "was already falling",
    "was already rising",
    "began in an unusually bad time",
    "began in an unusually good time",
    "same change a year before",
    "no diary from a year before",
    "too little diary to know the usual level",
]

_PLANNED = frozenset(("visit", "appointment", "treatment_start", "treatment_stop"))

CARD_RULE = (
    f"mean pain of the {days('medicine_window_days')} days before and after, at least "
    f"{days('medicine_days_each_side')} logged each; nothing is said when a flare or another turn of treatment falls "
    "into these days; the 95 % interval knows how much a day resembles the day before; flares per 90 logged days in "
    f"the {days('card_rate_days')} days before and after. Went with, not caused. {cited('medicine_days_each_side')}"
)


@dataclass(frozen=True, slots=True)
class Level:
    """A mean of pain and the days behind it; None when none was answered. `period` is what was looked at."""

    mean: float | None
    days: int
    period: Period

    @property
    def days_missing(self) -> int:
        """Days of the period without a pain answer."""
        return self.period.days - self.days


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """One turn and what pain did around it. Numbers are given with any verdict; the verdict says what they allow.

    `difference` after minus before as displayed, `interval` its 95 % interval; `trend_before` points per 28 days;
    `why_not`: everything that keeps anything from being said; `cautions` go beside what is said; `others`: other turns
    in the same days; `events`: what else happened in them.
    """

    turn: Turn
    verdict: CardVerdict
    why_not: tuple[str, ...]
    before: Level
    after: Level
    difference: float | None
    interval: tuple[float, float] | None
    important: Importance
    trend_before: Estimate | None
    flares_before: FlareRate
    flares_after: FlareRate
    flares_trend: Trend
    cautions: tuple[Caution, ...]
    others: tuple[Turn, ...]
    events: tuple[Event, ...]
    rule: str = CARD_RULE


def change_cards(
    diary: Diary,
    flares: Sequence[Flare],
    medicines: Sequence[Medicine],
    events: Sequence[Event],
    actions: Sequence[Action],
    as_of: date,
) -> list[ChangeCard]:
    """A card for every treatment started, stopped or changed and every action done, the latest first.

    Turns before the diary begins have no before and are left out; days after `as_of` are not looked at.
    """
    turns = turns_of(medicines, events, actions, as_of=as_of)
    first = diary.first_logged
    if first is None:
        return []
    known = diary.during(Period(diary.start, max(as_of, diary.start)))
    inside = [turn for turn in turns if first < turn.day]
    return [_card(known, flares, turn, turns, events, as_of) for turn in reversed(inside)]


def _card(
    diary: Diary, flares: Sequence[Flare], turn: Turn, turns: Sequence[Turn], events: Sequence[Event], as_of: date
) -> ChangeCard:
    before, after = _around(turn.day, days("medicine_window_days"), as_of)
    window = Period(before.start, after.end)
    others = tuple(t for t in turns if t != turn and window.start <= t.day <= window.end)
    change = compare(sample(diary, after), sample(diary, before))
    pain = PainAround(diary, flares, turn.day, as_of)
    step = pain.step(before, after)
    interval = None if step is None else (displayed(step.low), displayed(step.high))
    why_not = tuple(_why_not(change, step, flares, others, window, as_of))
    rates = [rate(diary, flares, period, as_of) for period in _around(turn.day, days("card_rate_days"), as_of)]
    return ChangeCard(
        turn=turn,
        verdict="nothing can be said" if why_not else _verdict(interval),
        why_not=why_not,
        before=Level(change.before, change.days_before, before),
        after=Level(change.now, change.days_now, after),
        difference=change.difference,
        interval=interval,
        important=change.important,
        trend_before=pain.slope(Period(turn.day - timedelta(days=days("card_trend_days")), before.end)),
        flares_before=rates[0],
        flares_after=rates[1],
        flares_trend=trend(rates[1], rates[0]),
        cautions=tuple(_cautions(pain, diary, turn.day, before, after)),
        others=others,
        events=tuple(e for e in events if _besides(e, window)),
    )


def _around(day: date, length: int, as_of: date) -> tuple[Period, Period]:
    """That many days before the day, and from it on, as far as `as_of`."""
    before = Period(day - timedelta(days=length), day - timedelta(days=1))
    return before, Period(day, min(day + timedelta(days=length - 1), as_of))


def _why_not(
    change: Change, step: Estimate | None, flares: Sequence[Flare], others: Sequence[Turn], window: Period, as_of: date
) -> Iterator[str]:
    """Everything that keeps before and after from being compared."""
    needed = days("medicine_days_each_side")
    if change.days_now < needed:
        yield "too few days after"
    if change.days_before < needed:
        yield "too few days before"
    if step is None and min(change.days_now, change.days_before) >= needed:
        yield "too few days to know how much days differ"
    if any(f.kind == "flare" and f.start <= window.end and (f.end or as_of) >= window.start for f in flares):
        yield "a flare falls in the window"
    if any(other.treatment for other in others):
        yield "another treatment changed in the window"


def _verdict(interval: tuple[float, float] | None) -> CardVerdict:
    """What the interval allows, as it is displayed."""
    if interval is None or interval[0] <= 0 <= interval[1]:
        return "no clear difference"
    return "higher after" if interval[0] > 0 else "lower after"


def _cautions(pain: PainAround, diary: Diary, day: date, before: Period, after: Period) -> Iterator[Caution]:
    """What besides the turn would make pain after differ from pain before."""
    slope = pain.slope(Period(day - timedelta(days=days("card_trend_days")), before.end))
    if slope is not None and (slope.low > 0 or slope.high < 0):
        yield "was already rising" if slope.low > 0 else "was already falling"
    earlier = Period(before.start - timedelta(days=days("card_usual_days")), before.start - timedelta(days=1))
    unusual = pain.step(earlier, before, below=_TENTH)
    if unusual is None:
        yield "too little diary to know the usual level"
    elif unusual.low > 0 or unusual.high < 0:
        yield "began in an unusually bad time" if unusual.low > 0 else "began in an unusually good time"
    yield from _season(diary, before, after)


_TENTH = 0.9
"""Beyond it lie one in ten such weeks on either side: from there, pain tends to return on its own."""


def _season(diary: Diary, before: Period, after: Period) -> Iterator[Caution]:
    """Whether the same weeks of the year before changed the same way, by at least half as much."""
    now, then = (
        compare(sample(diary, b), sample(diary, a)) for a, b in ((before, after), map(_last_year, (before, after)))
    )
    if min(then.days_now, then.days_before) < days("medicine_days_each_side"):
        yield "no diary from a year before"
    elif now.difference and then.difference and 2 * then.difference / now.difference >= 1:
        yield "same change a year before"


def _last_year(period: Period) -> Period:
    return Period(period.start - timedelta(days=365), period.end - timedelta(days=365))


def _besides(event: Event, window: Period) -> bool:
    inside = event.day is not None and window.start <= event.day <= window.end
    return inside and event.kind not in _PLANNED
