"""Answers to a score, by each questionnaire's own rule (reference 4). A missing answer never lowers or invents one."""

from collections.abc import Callable, Mapping, Sequence

from clinical.measures.definition import Instrument, Part
from clinical.measures.names import instrument
from clinical.measures.promis import t_score
from clinical.measures.scored import Scored
from clinical.rounding import displayed

Items = Sequence[float | None]
_FIQR_SHARES = {"function": 3, "overall impact": 1, "symptoms": 2}
"""What each domain's sum is divided by: maxima 30, 20 and 50."""


def score(code: str, items: Items) -> Scored:
    """The score of these answers, in the order of the form (None: not answered).

    Raises KeyError for an unknown questionnaire, ValueError for too many answers or one that cannot be.
    """
    known = instrument(code)
    if known is None or not known.parts:
        raise KeyError(f"{code} has no items that are scored here")
    answers = _checked(known, items)
    missing = tuple(place for place, answer in answers.items() if answer is None)
    return _RULES[known.scoring](known, answers, missing)


def _checked(known: Instrument, items: Items) -> dict[int, float | None]:
    """The answers by place, those at the end that were not handed in as missing. Raises ValueError."""
    if len(items) > known.item_count:
        raise ValueError(f"{known.code} has {known.item_count} items")
    answers = dict.fromkeys(range(1, known.item_count + 1), None) | dict(enumerate(items, 1))
    for place, answer in answers.items():
        part = known.part_of(place)
        if answer is not None and (part is None or not part.allows(answer)):
            raise ValueError(f"item {place} of {known.code} must be {part.allowed if part else 'left empty'}")
    return answers


def _sum(known: Instrument, answers: Mapping[int, float | None], missing: tuple[int, ...]) -> Scored:
    turned = _turned(known, answers)
    parts = {part.name: _total(part, turned) for part in known.parts} if len(known.parts) > 1 else {}
    if missing:
        return _not_computable(known, missing, parts)
    raw = float(sum(answer for answer in turned.values() if answer is not None))
    found = t_score(known.code, raw)
    why = _NO_TABLE if known.t_score is not None and found is None else ""
    return Scored(known.code, raw, found, parts, computable=True, why=why)


def _turned(known: Instrument, answers: Mapping[int, float | None]) -> dict[int, float | None]:
    """The answers with the reversed items turned round."""
    turned = dict(answers)
    for part in known.parts:
        for place in part.reversed_places:
            answer = answers[place]
            turned[place] = None if answer is None else part.answer.low + part.answer.high - answer
    return turned


def _total(part: Part, answers: Mapping[int, float | None]) -> float | None:
    given = [answer for place in part.places if (answer := answers[place]) is not None]
    return float(sum(given)) if len(given) == len(part.places) else None


def _mean(known: Instrument, answers: Mapping[int, float | None], missing: tuple[int, ...]) -> Scored:
    given = [answer for answer in answers.values() if answer is not None]
    parts = {part.name: answers[part.places[0]] for part in known.parts if len(part.places) == 1}
    if len(given) < known.fewest:
        return _not_computable(known, missing, parts)
    why = f"mean of {len(given)} of {len(answers)} answers" if missing else ""
    value = displayed(sum(given) / len(given), known.places)
    return Scored(known.code, value, None, parts, missing, computable=True, why=why)


def _fiqr(known: Instrument, answers: Mapping[int, float | None], missing: tuple[int, ...]) -> Scored:
    """Each domain as the sum it would be at the mean of its answers, over 3, 1 and 2 (Bennett 2009)."""
    domains = {part.name: _scaled(part, answers, _FIQR_SHARES[part.name]) for part in known.parts}
    known_ones = [value for value in domains.values() if value is not None]
    shown = {name: None if value is None else displayed(value, known.places) for name, value in domains.items()}
    if len(known_ones) < len(domains):
        return _not_computable(known, missing, shown)
    why = f"scaled from {len(answers) - len(missing)} of {len(answers)} answers" if missing else ""
    return Scored(known.code, displayed(sum(known_ones), known.places), None, shown, missing, computable=True, why=why)


def _scaled(part: Part, answers: Mapping[int, float | None], share: int) -> float | None:
    given = [answer for place in part.places if (answer := answers[place]) is not None]
    return sum(given) * len(part.places) / len(given) / share if given else None


def _profile(known: Instrument, answers: Mapping[int, float | None], missing: tuple[int, ...]) -> Scored:
    """The five levels as digits: a profile has no total, and the index is not computed (licence)."""
    if missing:
        return _not_computable(known, missing, {})
    digits = "".join(str(int(answer)) for answer in answers.values() if answer is not None)
    return Scored(known.code, None, computable=True, why=known.caveat.text, profile=digits)


def _not_computable(known: Instrument, missing: tuple[int, ...], parts: Mapping[str, float | None]) -> Scored:
    named = ", ".join(str(place) for place in missing)
    items = "item" if len(missing) == 1 else "items"
    why = f"{items} {named} not answered. {known.missing_rule.text} [{known.missing_rule.evidence}]"
    return Scored(known.code, None, None, parts, missing, computable=False, why=why)


_NO_TABLE = "no T score: the reference has no table for this form"
_RULES: dict[str, Callable[[Instrument, Mapping[int, float | None], tuple[int, ...]], Scored]] = {
    "sum": _sum,
    "mean": _mean,
    "fiqr": _fiqr,
    "profile": _profile,
}
