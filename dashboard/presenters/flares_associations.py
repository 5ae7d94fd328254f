"""What pain went with, what followed pain and what came before flares, in words: each with interval, days and rule.

Which way round is never mixed: a factor before pain, pain before a factor, and the days before flares are three
questions with three error rates, and stand apart.
"""

from collections.abc import Sequence

from clinical.associations import NIGHTS, REVERSE_RULE, RULE, Association, Reverse
from clinical.before_flares import ONSET_RULE, BeforeFlares
from clinical.thresholds import days as needed
from clinical.thresholds import limit
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.flares_factors import interval, less, more, named, signed, title, unit, when, yes_or_no
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.words import listed, number, plainly, sentence_case, several, span
from dashboard.services.flare_patterns import PatternsView

_ORDER = ("worse after", "better after", "no association found", "not enough days")


def heading(view: PatternsView) -> str:
    """How many were found, of how many tried, and how often chance alone makes a claim."""
    tried = [one for one in view.patterns.associations if one.verdict != "not enough days"]
    found = sum(one.found for one in tried)
    many = f"{found} of {several(len(tried), 'factor')} tried" if tried else "no factor has enough days yet"
    rate = f"chance alone would name one in {limit('association_error_rate'):g} % of diaries"
    return f"What pain went with: {many} · whole diary · {rate}"


def facts(view: PatternsView) -> tuple[Fact, ...]:
    """One statement a factor, what was found first; those with too few days share one."""
    every = sorted(view.patterns.associations, key=lambda one: _ORDER.index(one.verdict))
    told = [_association(view, one) for one in every if one.verdict != "not enough days"]
    few = [one for one in every if one.verdict == "not enough days"]
    return (*told, *([_too_few(view, few)] if few else ()))


def _association(view: PatternsView, one: Association) -> Fact:
    name = title(one.factor)
    rests = f"{several(one.days_used, 'paired day')}, {one.days_exposed:,} of them {_exposed(one)}"
    evidence = _evidence(view, f"{name}, then pain", one.rule, f"{_effect(one)}; {_means(one)}", rests, _careful(one))
    days = several(one.days_used, "paired day")
    short = " · ".join((_effect(one), *_caution(one), days)) if one.found else days
    return Fact(name, _verdict(one), short, evidence, known=one.found)


def _verdict(one: Association) -> str:
    return found_words(one) if one.found else sentence_case(one.verdict)


def found_words(one: Association) -> str:
    """'More sleep went with less pain the day after', of an association that was found."""
    pain = "more pain" if (one.effect or 0) > 0 else "less pain"
    if one.answers_to_pain:  # said first: read alone, the order would sound like harm or help by the medicine
        return f"Taken because of pain: {more(one.factor)}, {pain} {when(one.factor, one.lag_days)}"
    followed = "went with" if one.lag_days == 0 else "was followed by"
    return f"{sentence_case(more(one.factor))} {followed} {pain} {when(one.factor, one.lag_days)}"


def _effect(one: Association) -> str:
    if one.effect is None:
        return "no effect can be told from weekday and trend"
    per = "on such days" if yes_or_no(one.factor) else f"per {unit(one.factor)} more".replace("  ", " ")
    return f"{signed(one.effect)} {per} ({interval(one.low, one.high)})"


def _caution(one: Association) -> list[str]:
    """What keeps a reader from taking the order for a reason, in a few words."""
    if one.answers_to_pain:
        return ["says nothing about what it does"]
    if one.factor == "tenderness":
        return ["a sign of the same bad spell"]
    return ["which came first is not known"] if one.same_day and not yes_or_no(one.factor) else []


def _careful(one: Association) -> str:
    if one.answers_to_pain:
        return (
            "Doses answer to pain: more pain after them says nothing about what the medicine does, and the pain of the "
            "same day is not looked at. What a treatment did is for the cards below."
        )
    if one.factor == "tenderness":
        return "Tenderness is part of how bad a day is, so only the pain of later days is looked at."
    if yes_or_no(one.factor):
        return "Weather as the person felt it, not as it was measured."
    if one.same_day:
        return "Both were answered for the same day: nothing tells which came first."
    return "An order in time is no cause."


def _exposed(one: Association) -> str:
    if one.usual is None:
        return "exposed"
    if yes_or_no(one.factor):
        return "with it" if one.exposed == "above" else "without it"
    return f"{one.exposed} the median of {plainly(one.usual)}"


def _means(one: Association) -> str:
    if one.pain_exposed is None or one.pain_other is None:
        return "no means to compare"
    those = "nights" if one.factor in NIGHTS else "days"
    return (
        f"pain {when(one.factor, one.lag_days)} averaged {number(one.pain_exposed)} on {those} {_exposed(one)}, "
        f"{number(one.pain_other)} on the others (plain means, nothing taken out)"
    )


def _too_few(view: PatternsView, few: Sequence[Association]) -> Fact:
    names = [named(one.factor) for one in few]
    inputs = "; ".join(
        f"{named(one.factor)}: {several(one.days_used, 'paired day')}, {one.days_exposed:,} {_exposed(one)}"
        for one in few
    )
    evidence = _evidence(view, "Not enough days", RULE, inputs, "the whole diary up to today")
    enough = f"{needed('association_min_pairs')} paired, {needed('association_min_exposed')} above or below the median"
    return Fact("Not enough days", sentence_case(listed(names)), f"needed: {enough}", evidence, known=False)


def other_heading(view: PatternsView) -> str:
    """The other way round, and the days before flares, each with its own error rate."""
    after, before = limit("association_reverse_error_rate"), limit("onset_error_rate")
    rates = f"{after:g} % of diaries each" if after == before else f"{after:g} % and {before:g} % of diaries"
    return f"The other way round, and before flares · chance alone would name one in {rates}"


def other_facts(view: PatternsView) -> tuple[Fact, ...]:
    """What followed pain and what was different before flares; where nothing did, one statement says so."""
    return (*_after_pain(view), *_before_flares(view))


def _after_pain(view: PatternsView) -> list[Fact]:
    every = view.patterns.reverse
    told = [_followed(view, one) for one in every if one.verdict in ("higher after pain", "lower after pain")]
    return told or ([_nothing_followed(view, every)] if every else [])


def _followed(view: PatternsView, one: Reverse) -> Fact:
    then = more(one.factor) if one.verdict == "higher after pain" else less(one.factor)
    value = f"After more pain {then} {'the next night' if one.factor in NIGHTS else 'the next day'}"
    days = several(one.days_used, "paired day")
    evidence = _evidence(view, f"Pain, then {named(one.factor)}", one.rule, _back(one), days)
    return Fact(f"Pain, then {named(one.factor)}", value, f"{_back(one)} · {days}", evidence)


def _back(one: Reverse) -> str:
    if one.effect is None:
        return "no effect can be told"
    of = unit(one.factor)
    return f"{signed(one.effect)} {of} per point of pain ({interval(one.low, one.high)})".replace("  ", " ")


def _nothing_followed(view: PatternsView, every: Sequence[Reverse]) -> Fact:
    tried = [one for one in every if one.verdict != "not enough days"]
    lines = "; ".join(f"{named(one.factor)}: {_back(one)}, {several(one.days_used, 'paired day')}" for one in tried)
    rests = f"{several(len(tried), 'factor')} with enough days"
    evidence = _evidence(view, "What followed pain", REVERSE_RULE, lines or "none has enough days", rests)
    value = "No association found" if tried else "Not enough days"
    return Fact("Pain, then poor nights or stress", value, rests, evidence, known=False)


def _before_flares(view: PatternsView) -> list[Fact]:
    every = view.patterns.before_flares
    told = [_onset(view, one) for one in every if one.verdict in ("higher before flares", "lower before flares")]
    return told or ([_nothing_before(view, every)] if every else [])


def _onset(view: PatternsView, one: BeforeFlares) -> Fact:
    what = more(one.factor) if one.verdict == "higher before flares" else less(one.factor)
    those = "nights" if one.factor in NIGHTS else "days"
    value = f"{sentence_case(what)} in the {needed('onset_days_before')} {those} before"
    evidence = _evidence(view, f"{title(one.factor)} before flares", one.rule, _compared(one), _onset_days(one))
    return Fact(f"{title(one.factor)} before flares", value, f"{_compared(one)} · {_onset_days(one)}", evidence)


def _compared(one: BeforeFlares) -> str:
    if one.difference is None:
        return "not compared"
    return f"mean {number(one.before)}, else {number(one.other)} (difference {interval(one.low, one.high, 1)})"


def _onset_days(one: BeforeFlares) -> str:
    return f"{several(one.flares, 'flare')}, {several(one.other_days, 'other day')}"


def _nothing_before(view: PatternsView, every: Sequence[BeforeFlares]) -> Fact:
    tried = [one for one in every if one.verdict != "not enough days"]
    most = max(one.flares for one in every)
    lines = "; ".join(f"{named(one.factor)}: {_compared(one)}, {_onset_days(one)}" for one in tried)
    few = f"{several(most, 'flare')} with logged days before; {needed('onset_min_flares')} are needed"
    evidence = _evidence(view, "Before flares", ONSET_RULE, lines or few, _onset_days(tried[0]) if tried else few)
    if not tried:
        return Fact("Before flares", "Not enough flares", few, evidence, known=False)
    detail = f"{several(len(tried), 'factor')} tried, up to {several(most, 'flare')}"
    return Fact("Before flares", "No association found", detail, evidence, known=False)


def _evidence(view: PatternsView, name: str, rule: str, inputs: str, rests: str, careful: str = "") -> Evidence:
    looked_at = view.patterns.period
    rows = [
        ("Rule", sentence_case(rule)),
        ("Inputs", inputs),
        ("Dates", span(looked_at) if looked_at else "no day"),
        ("Rests on", rests),
    ]
    return Evidence(name, (*rows, *([("Careful", careful)] if careful else [])))
