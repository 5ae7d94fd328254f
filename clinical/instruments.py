"""Questionnaires of emotional distress: which one speaks for it, and how its score changed."""

from clinical import measures
from clinical.change import Change, Sample, compare
from clinical.measures import Instrument
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
