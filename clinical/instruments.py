"""Questionnaires of emotional distress: which one speaks for it, and how its score changed."""

from collections.abc import Sequence
from datetime import date

from clinical import measures
from clinical.change import Change, Sample, compare
from clinical.measures import PHQ9_ITEM_9, Instrument
from clinical.record import Score

PREFERRED = ("PHQ-4", "PHQ-9", "GAD-7", "PHQ-2", "GAD-2")
"""Which one speaks for emotional distress when several were answered."""
INSTRUMENTS: dict[str, Instrument] = {code: measures.INSTRUMENTS[code] for code in PREFERRED}
"""Those of emotional distress; `clinical.measures` holds every questionnaire."""


def instrument_code(name: str) -> str:
    """Our code of a questionnaire however it is written ('phq9', 'PHQ-9 total score'); the name itself if unknown."""
    found = measures.instrument(name)
    return found.code if found else name


def score_change(now: Score, before: Score | None) -> Change:
    """The change between two scores of one of our `INSTRUMENTS`; a single score is the 'day' it rests on."""
    former = Sample(None, 0) if before is None or before.score is None else Sample(before.score, 1)
    return compare(Sample(now.score, 1 if now.score is not None else 0), former, _of(now).benchmark)


def _of(score: Score) -> Instrument:
    return INSTRUMENTS[instrument_code(score.instrument)]


def latest_item_9(measures: Sequence[Score], as_of: date) -> Score | None:
    """The latest PHQ-9 whose item 9 (thoughts of being better off dead or self-harm) was answered, up to `as_of`.

    A later total without its answers does not clear an earlier answer above 0: it does not say what item 9 was.
    """
    asked = [m for m in measures if m.day and m.day <= as_of and instrument_code(m.instrument) == "PHQ-9"]
    answered = [m for m in asked if len(m.items) >= PHQ9_ITEM_9 and m.items[PHQ9_ITEM_9 - 1] is not None]
    return max(answered, key=lambda m: (m.day or date.min, m.measure_id), default=None)
