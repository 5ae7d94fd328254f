"""The PHQ-9 item on thoughts of being better off dead or of self-harm, however a record holds it."""

import math
import re

from clinical.measures.names import instrument
from clinical.measures.tables import INSTRUMENTS
from clinical.record import Score

PHQ9_ITEM_9 = INSTRUMENTS["PHQ-9"].safety_item
"""Its place (from 1) among the answers."""
_ALONE = re.compile(
    rf"\b(PHQ|PATIENT HEALTH QUESTIONNAIRE)[\s-]*9\b.*(\b(ITEM|QUESTION|Q)[\s#.:-]*|#\s*)0?{PHQ9_ITEM_9}\b"
    r"|\bPHQ\b.*\bBETTER OFF DEAD\b"
)
"""A record of that one answer: 'PHQ-9 item 9', 'PHQ-9 #9', or its wording after the name."""


def item_9(held: Score) -> float | None:
    """The answer to item 9 that a score holds; None where it holds none, and for other questionnaires."""
    known = instrument(held.instrument)
    if known is not None and known.code == "PHQ-9":
        return held.items[PHQ9_ITEM_9 - 1] if len(held.items) >= PHQ9_ITEM_9 else None
    return held.score if _ALONE.search(held.instrument.upper()) else None


def least_item_9(held: Score) -> float | None:
    """The least that item 9 must have been by the total; None where it may have been 0, or its answer says as much.

    The other eight reach 24, so that a total of 25, 26 or 27 cannot be without it, whatever answer is held beside it.
    """
    known = instrument(held.instrument)
    if known is None or known.code != "PHQ-9" or held.score is None or held.score > known.high:
        return None
    least = math.ceil(held.score - MOST_WITHOUT_ITEM_9)
    return float(least) if least > (item_9(held) or 0) else None


def _most_without() -> float:
    known = INSTRUMENTS["PHQ-9"]
    return sum(part.answer.high for part in known.parts for place in part.places if place != PHQ9_ITEM_9)


MOST_WITHOUT_ITEM_9 = _most_without()
"""The highest total that its other items reach: 24."""
