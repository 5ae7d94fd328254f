"""The PHQ-9 item on thoughts of being better off dead or of self-harm, however a record holds it."""

import re

from clinical.measures.names import instrument
from clinical.measures.tables import INSTRUMENTS
from clinical.record import Score

PHQ9_ITEM_9 = INSTRUMENTS["PHQ-9"].safety_item
"""Its place (from 1) among the answers."""
_ALONE = re.compile(rf"\bPHQ[\s-]?9\b.*\b(ITEM|QUESTION|Q)[\s#.:-]*0?{PHQ9_ITEM_9}\b")
"""A record of that one answer: 'PHQ-9 item 9'."""


def item_9(held: Score) -> float | None:
    """The answer to item 9 that a score holds; None where it holds none, and for other questionnaires."""
    known = instrument(held.instrument)
    if known is not None and known.code == "PHQ-9":
        return held.items[PHQ9_ITEM_9 - 1] if len(held.items) >= PHQ9_ITEM_9 else None
    return held.score if _ALONE.search(held.instrument.upper()) else None
