"""More severe answers never lower a severity score, and never raise one where higher is better."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from clinical.measures import INSTRUMENTS, score

REVERSED = {"PSS-10": {4, 5, 7, 8}, "PSS-4": {2, 3}}
"""Items in which a higher answer is the better one (Cohen's page)."""
ALL_BETTER = {"PSEQ-2", "EQ-5D-5L VAS"}
SCORED = sorted(code for code, each in INSTRUMENTS.items() if each.parts and each.score)

Draw = Callable[[st.SearchStrategy[object]], object]


def answers_of(code: str) -> list[list[float]]:
    """The answers each item can have, mildest first."""
    known = INSTRUMENTS[code]
    found = []
    for place in range(1, known.item_count + 1):
        part = known.part_of(place)
        assert part is not None
        steps = range(int((part.answer.high - part.answer.low) / part.step) + 1)
        values = [part.answer.low + step * part.step for step in steps]
        turned = (place in REVERSED.get(code, ())) != (code in ALL_BETTER)
        found.append(values[::-1] if turned else values)
    return found


@st.composite
def two_fillings(draw: st.DrawFn) -> tuple[str, list[float | None], list[float | None]]:
    """One questionnaire filled in twice, the same items left out, no answer of the second milder."""
    code = draw(st.sampled_from(SCORED))
    mild: list[float | None] = []
    severe: list[float | None] = []
    for values in answers_of(code):
        first = draw(st.integers(0, len(values) - 1))
        second = draw(st.integers(first, len(values) - 1))
        left_out = draw(st.integers(0, 19)) == 0
        mild.append(None if left_out else values[first])
        severe.append(None if left_out else values[second])
    return code, mild, severe


@given(two_fillings())
def test_more_severe_answers_never_read_as_better(filled: tuple[str, list[float | None], list[float | None]]) -> None:
    code, mild, severe = filled
    before, after = score(code, mild), score(code, severe)
    assert before.computable == after.computable
    if before.kept is None or after.kept is None:
        assert before.kept is after.kept is None
    elif code in ALL_BETTER:
        assert after.kept <= before.kept
    else:
        assert after.kept >= before.kept


@given(two_fillings(), st.data())
def test_a_missing_item_invents_no_score(
    filled: tuple[str, list[float | None], list[float | None]], data: st.DataObject
) -> None:
    """Leaving one more out gives no score, or (FIQR, BPI interference) one that the other answers could give."""
    code, items, _ = filled
    gone = data.draw(st.integers(0, len(items) - 1))
    fewer = [None if place == gone else item for place, item in enumerate(items)]
    found = score(code, fewer)
    assert gone + 1 in found.missing
    if code not in ("FIQR", "BPI-SF interference"):
        assert found.kept is None
    elif found.kept is not None:
        known = INSTRUMENTS[code]
        assert known.low <= found.kept <= known.high
