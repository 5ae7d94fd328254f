"""A score against the last one: better or worse, and whether that is important by a published difference."""

from clinical.measures.definition import Difference, Instrument
from clinical.measures.names import instrument
from clinical.measures.reading import meaning
from clinical.measures.scored import Direction, Important, Judged, Meaning
from clinical.record import Score
from clinical.rounding import displayed
from clinical.thresholds import limit

NO_AGREED = "no agreed important difference found [P]"


def against_last(now: Score, before: Score | None) -> Judged:
    """The change from `before` to `now`, both as shown. Nothing is judged where the two cannot be compared."""
    known = instrument(now.instrument)
    said, former = meaning(now), None if before is None else meaning(before)
    if former is None or former.value is None or said.value is None:
        return _nothing("no score before" if former is None or former.value is None else "no score now")
    if said.kind == "profile":
        return _nothing("a profile is read level by level, not as one number")
    if not _comparable(now, before, said, former):
        return _nothing("the two cannot be compared: not the same form or scale")
    difference = displayed(said.value - former.value, 2)
    if known is None:
        return Judged(difference, None, None, None, None, (), NO_AGREED, "not an instrument we know")
    return _judged(known, difference, former.value)


def _nothing(why: str) -> Judged:
    return Judged(None, None, None, None, None, (), "", why)


def _comparable(now: Score, before: Score | None, said: Meaning, former: Meaning) -> bool:
    if before is None or said.kind != former.kind:
        return False
    here, there = instrument(now.instrument), instrument(before.instrument)
    return here == there if here or there else now.instrument == before.instrument


def _judged(known: Instrument, difference: float, before: float) -> Judged:
    percent = _percent(known, difference, before)
    decides = next((each for each in known.deciding if each.holds_for(before)), None)
    others = tuple(
        (each, _important(each, difference, percent))
        for each in known.differences
        if each is not decides and not each.of and not each.decides
    )
    important: Important = _important(decides, difference, percent) if decides else "not settled"
    direction = _direction(known, difference)
    return Judged(difference, percent, direction, important, decides, others, known.difference_rule)


def _percent(known: Instrument, difference: float, before: float) -> float | None:
    """Of a scale that starts at 0 alone, and not where the score before is too low for one."""
    if known.score is None or known.score.low != 0 or known.t_score or before < limit("percent_needs_baseline"):
        return None
    return displayed(100 * difference / before, 0)


def _important(by: Difference, difference: float, percent: float | None) -> Important:
    """Yes from the upper figure on, no below the lower; between the two, and without a figure, it is not settled."""
    size = abs(difference)
    if by.points is not None and by.points_to is not None:
        return "yes" if size >= by.points_to else "no" if size < by.points else "not settled"
    if by.percent is None or percent is None:
        return "not settled"
    return "yes" if abs(percent) >= by.percent else "no"


def _direction(known: Instrument, difference: float) -> Direction:
    if difference == 0:
        return "unchanged"
    return "better" if (difference > 0) == (known.higher_is == "better") else "worse"
