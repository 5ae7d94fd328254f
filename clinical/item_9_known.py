"""Whether the answer to item 9 of a PHQ-9 is known at all: a total alone does not tell, and is never taken for a no."""

from collections.abc import Sequence
from datetime import date

from clinical.measures import instrument, item_9
from clinical.record import Score

PHQ_9 = "PHQ-9"


def lacks_item_9(score: Score, others: Sequence[Score]) -> bool:
    """Whether that score is a PHQ-9 without item 9, and none of the others holds the answer of the same day."""
    if not _is_phq_9(score) or item_9(score) is not None:
        return False
    return all(item_9(each) is None for each in others if each.day == score.day)


def latest_without(scores: Sequence[Score], as_of: date) -> Score | None:
    """The latest dated PHQ-9 up to that day where its item 9 is not known; None where it is known or there is none."""
    dated = [each for each in scores if each.day is not None and each.day <= as_of and _is_phq_9(each)]
    latest = max(dated, key=lambda each: (each.day or as_of, each.measure_id or 0), default=None)
    return latest if latest is not None and lacks_item_9(latest, scores) else None


def _is_phq_9(score: Score) -> bool:
    known = instrument(score.instrument)
    return known is not None and known.code == PHQ_9
