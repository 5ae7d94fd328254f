"""Totals typed in and scores sent: whether they can be, and why not, with the range."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clinical.measures.definition import Instrument
from clinical.measures.names import instrument
from clinical.measures.promis import T_UNIT, kind_of

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Total:
    """A total that was typed: its value and unit, or the `problem` with it; both empty for an empty field."""

    value: float | None
    unit: str = ""
    problem: str = ""


def read_total(code: str, text: str) -> Total:
    """The total in `text` (point or comma before decimals) for that questionnaire. Raises KeyError for an unknown one.

    What is kept comes back exactly as meant: a T score of a form without a table carries the unit 'T score'.
    """
    known = instrument(code)
    if known is None:
        raise KeyError(code)
    if not text.strip():
        return Total(None)
    plain = text.strip().replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(plain):
        return Total(None, problem=f"'{text.strip()}' is not a number: enter {allowed(known)}")
    value = float(plain)
    if not _may_be(known, value):
        return Total(None, problem=f"{known.code} is {allowed(known)}: {text.strip()} was not taken")
    if _either(known, plain, value):
        return Total(None, problem=_WHICH.format(typed=text.strip(), raw=known.score, t_score=value))
    return Total(value, T_UNIT if known.entry == "T" else "")


def _either(known: Instrument, plain: str, value: float) -> bool:
    """Whether a whole number where a T score is asked for may as well be the raw sum, which has no T score here."""
    return known.entry == "T" and "." not in plain and known.score is not None and known.score.holds(value)


_WHICH = (
    "{typed} may be the raw sum ({raw}) or a T score: was not taken. Enter the T score with its decimal "
    "({t_score:.1f}); a raw sum cannot be turned into one here"
)


def allowed(known: Instrument) -> str:
    """What a total may be, in words: 'a whole number from 0 to 27'."""
    if known.entry == "T":
        return f"a T score from {known.t_score}"
    if known.score is None or known.entry == "none":
        return "not entered as a total"
    whole = "a whole number" if known.places == 0 else "a number"
    said = f"{whole} from {known.score}"
    return f"{said} (raw sum) or a T score from {known.t_score}" if known.entry == "raw or T" else said


def _may_be(known: Instrument, value: float) -> bool:
    if known.entry == "T":
        return known.t_score is not None and known.t_score.holds(value)
    if known.entry == "none" or known.score is None:
        return False
    if known.entry == "raw or T" and kind_of(known, value) == "T score":
        return known.t_score is not None and known.t_score.holds(value)
    return known.score.holds(value) and (known.places > 0 or value == int(value))


def range_problem(name: str, score: float | None, items: Sequence[float | None]) -> str:
    """Why that score or one of its answers cannot be, with the range; '' when all may be, and for unknown names."""
    known = instrument(name)
    if known is None:
        return ""
    allowed_ranges = [each for each in (known.score, known.t_score) if each is not None]
    if score is not None and allowed_ranges and not any(each.holds(score) for each in allowed_ranges):
        t_score = f" (as a T score: {known.t_score})" if known.t_score else ""
        return f"{known.code} is outside {known.score}{t_score}"
    for place, answer in enumerate(items, 1):
        part = known.part_of(place)
        if part and answer is not None and not part.answer.holds(answer):
            return f"item {place} of {known.code} is outside {part.answer}"
    return ""
