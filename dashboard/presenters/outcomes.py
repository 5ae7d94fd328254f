"""The three outcomes in words: value, change, whether it is important and by which rule, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinical.change import Change
from clinical.diary import Period
from clinical.instruments import INSTRUMENTS
from clinical.outcomes import Distress, Outcomes
from clinical.thresholds import limit
from dashboard.charts.spark import NO_SPARK, Spark
from dashboard.periods import Periods
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.words import day, exactly, number, several, span

UP, DOWN = "▲", "▼"
TONES = {"important worsening": "worse", "important improvement": "better"}
WORDS = {
    "important worsening": "important, worse",
    "important improvement": "important, better",
    "not an important change": "not an important change",
    "not enough days": "not enough days to compare",
    "no agreed threshold": "no agreed mark",
}
"""What the verdicts of `clinical.change` are called on screen."""


@dataclass(frozen=True, slots=True)
class OutcomeCard:
    """One outcome as it is drawn."""

    name: str
    value: str
    scale: str
    difference: str
    words: str
    tone: str  # worse, better or level: how the difference is printed
    foot: str
    evidence: Evidence
    spark: Spark = NO_SPARK
    known: bool = True  # false where `value` says that there are no data


def cards(
    outcomes: Outcomes,
    periods: Periods,
    as_of: date,
    sparks: Sequence[Spark] = (),
    first_day: date | None = None,
) -> list[OutcomeCard]:
    """The three cards in their fixed order, each with its spark where one is handed in; `first_day` of the diary."""
    days = periods.now.days
    pain, rate = outcomes.pain, outcomes.flare_days_per_28
    made = [
        _card("Pain severity", " / 10", pain, _foot(pain, days), _evidence("Pain severity, mean", pain, periods)),
        _flare_days(rate, periods),
        _distress(outcomes.distress, periods, as_of),
    ]
    if first_day is not None and first_day > periods.before.end:
        said = no_diary_before(first_day, as_of)
        made = [replace(card, words=said) if card.words == _FEW else card for card in made]
    drawn = [*sparks, *[NO_SPARK] * len(made)]
    return [replace(card, spark=spark) for card, spark in zip(made, drawn, strict=False)]


_FEW = WORDS["not enough days"]


def no_diary_before(first_day: date, as_of: date) -> str:
    """'no diary before 24 Nov 2016': there is nothing to compare with."""
    return f"no diary before {day(first_day, as_of)}"


def no_pain(period: Period, first_day: date | None, as_of: date) -> str:
    """Why a period has no pain answer."""
    if first_day is not None and first_day > period.end:
        return no_diary_before(first_day, as_of)
    return "no pain answer"


def _flare_days(rate: Change, periods: Periods) -> OutcomeCard:
    """The rate, or that too few days were logged for one: the days themselves are counted in the sentences."""
    days = periods.now.days
    card = _card("Flare days per 28", "", rate, _foot(rate, days), _evidence("Flare days per 28 logged", rate, periods))
    if rate.now is None and rate.days_now:
        return replace(card, value=NO_RATE, words=TOO_FEW_FOR_A_RATE)
    return card


NO_RATE = "no rate"
TOO_FEW_FOR_A_RATE = f"needs {limit('flare_days_min_share'):.0f} % of days logged"


def _card(name: str, scale: str, change: Change, foot: str, evidence: Evidence, places: int = 1) -> OutcomeCard:
    return OutcomeCard(
        name=name,
        value=number(change.now, places),
        scale=scale if change.now is not None else "",
        difference=arrow(change, places),
        words="" if change.difference == 0 else WORDS[change.important],
        tone=TONES.get(change.important, "level"),
        foot=foot,
        evidence=evidence,
        known=change.now is not None,
    )


def arrow(change: Change, places: int = 1) -> str:
    """'▲ 0.7', '▼ 2', 'unchanged', or nothing where there is no difference to give."""
    if change.difference is None:
        return ""
    if change.difference == 0:
        return "unchanged"
    return f"{UP if change.difference > 0 else DOWN} {number(abs(change.difference), places)}"


def _foot(change: Change, days: int) -> str:
    was = f"was {number(change.before)} · " if change.before is not None else ""
    return f"{was}{change.days_now:,} of {several(days, 'day')}"


def _evidence(title: str, change: Change, periods: Periods) -> Evidence:
    return Evidence(
        title,
        (
            ("Rule", change.rule),
            ("Now", _side(change.now, change.days_now, periods.now)),
            ("Before", _side(change.before, change.days_before, periods.before)),
            *_unrounded(change),
            ("Change", in_points(change)),
            ("Result", in_full(change)),
        ),
    )


def _unrounded(change: Change) -> tuple[tuple[str, str], ...]:
    """Both values before rounding: the change above is that of the displayed ones."""
    now, before = change.exact_now, change.exact_before
    if now is None or before is None:
        return ()
    return (("Unrounded", f"now {exactly(now)}, before {exactly(before)}; change {exactly(now - before)}"),)


def in_full(change: Change) -> str:
    """The verdict with its mark: 'not an important change (under 30 % and under 2 points)'."""
    if change.important != "not an important change":
        return WORDS[change.important]
    points, percent = limit("important_pain_points"), limit("important_pain_percent")
    mark = f"under {percent:.0f} % and " if change.percent is not None else ""
    return f"{WORDS[change.important]} ({mark}under {points:.0f} points)"


def _side(value: float | None, days: int, period: Period) -> str:
    return f"{number(value)} · {several(days, 'logged day')} · {span(period)}"


def in_points(change: Change, places: int = 1) -> str:
    """'up 0.7 points (17 %)', 'no change', or why there is none."""
    if change.difference is None:
        return "cannot be given: one of the two values is missing"
    if change.difference == 0:
        return "no change"
    percent = f" ({abs(change.percent)} %)" if change.percent is not None else ""
    direction = "up" if change.difference > 0 else "down"
    return f"{direction} {number(abs(change.difference), places)} points{percent}"


def _distress(distress: Distress | None, periods: Periods, as_of: date) -> OutcomeCard:
    if distress is None:
        nothing = Evidence("Emotional distress", (("Inputs", "no PHQ-4, PHQ-9 or GAD-7 score and no stress answer"),))
        return OutcomeCard("Distress", "no data", "", "", "never recorded", "level", "", nothing, known=False)
    change = distress.change
    if distress.not_measured_since is not None:
        return _not_since(distress, distress.not_measured_since, as_of)
    if distress.by_diary:
        return _card(
            f"Distress ({distress.source})",
            f" / {distress.high:.0f}",
            change,
            _foot(change, periods.now.days),
            _evidence(f"Distress ({distress.source})", change, periods),
        )
    card = _card(
        f"Distress ({distress.source})",
        f" / {distress.high:.0f}",
        change,
        " · ".join(part for part in (_band(distress), _score_days(distress, periods, as_of)) if part),
        _score_evidence(distress, as_of),
        places=0,
    )
    return card if distress.day_before else replace(card, words=NONE_BEFORE)


NONE_BEFORE = "no score before this period"
AGAINST_BEFORE, AT_START = "last before this period", "at the start"
"""Which score a questionnaire is compared with here; the Measures page compares each with the last one."""


def compared_with(distress: Distress, start: date) -> str:
    """'at the start' where the former score is of the day the period starts with, such as that of a visit."""
    return AT_START if distress.day_before == start else AGAINST_BEFORE


def _not_since(distress: Distress, last: date, as_of: date) -> OutcomeCard:
    """The last score, which nothing has been measured since: no change and no verdict."""
    card = _card(f"Distress ({distress.source})", "", distress.change, "", _score_evidence(distress, as_of))
    return replace(
        card,
        value=number(distress.change.before, 0),
        scale=f" / {distress.high:.0f}",
        words=not_measured_since(last, as_of),
        foot=_band(distress),
        known=True,
    )


def not_measured_since(last: date, as_of: date) -> str:
    """'not measured since 13 Oct'."""
    return f"not measured since {day(last, as_of)}"


def _band(distress: Distress) -> str:
    return f"band: {distress.band}" if distress.band else ""


def _score_days(distress: Distress, periods: Periods, as_of: date) -> str:
    if distress.day_before is None:
        return day(distress.day_now, as_of)
    former = compared_with(distress, periods.now.start)
    return f"{day(distress.day_now, as_of)}, {former}: {day(distress.day_before, as_of)}"


def _score_evidence(distress: Distress, as_of: date) -> Evidence:
    change, since = distress.change, distress.not_measured_since
    judged = WORDS[change.important] if distress.day_before else NONE_BEFORE
    return Evidence(
        f"Distress ({distress.source})",
        (
            ("Rule", f"{change.rule}. A score of the period's first day is the value before"),
            ("Now", _score(change.now, distress, distress.day_now, as_of) if since is None else "not measured"),
            ("Before", _score(change.before, distress, distress.day_before, as_of)),
            ("Change", in_points(change, 0)),
            ("Result", judged if since is None else not_measured_since(since, as_of)),
            *_band_source(distress),
        ),
        "A questionnaire score: read it with the answers and the person.",
    )


def _band_source(distress: Distress) -> tuple[tuple[str, str], ...]:
    """Whose bands these are, and that nobody checked them where that is so."""
    known = INSTRUMENTS.get(distress.source)
    used = known.band_set if known else None
    if used is None or not distress.band:
        return ()
    return (("Band", f"{distress.band}: {used.cited}{', unconfirmed' if used.evidence == 'K' else ''}"),)


def _score(value: float | None, distress: Distress, when: date | None, as_of: date) -> str:
    return "no score" if value is None else f"{number(value, 0)} of {distress.high:.0f}, {day(when, as_of)}"
