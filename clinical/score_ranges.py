"""What the score and the answers of a questionnaire can be, as `clinical.measures` defines it.

A questionnaire that is not defined there has no known range, so nothing about it is refused.
"""

from dataclasses import dataclass

from clinical.measures import Range, instrument, range_problem

__all__ = ["Range", "ScoreRange", "range_problem", "score_range"]


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """The ranges of one questionnaire's score; `t_score` where it is also given as T, `item` where all items share one.

    `source` says where the range is written, with its evidence mark.
    """

    code: str
    score: Range
    t_score: Range | None
    item: Range | None
    source: str


def score_range(name: str) -> ScoreRange | None:
    """The ranges of a questionnaire however its name is written ('phq9', 'PHQ-9 total score').

    None if it is unknown or has no total.
    """
    known = instrument(name)
    if known is None or known.score is None:
        return None
    answers = {part.answer for part in known.parts}
    t_score = known.t_score if known.t_score != known.score else None
    return ScoreRange(known.code, known.score, t_score, answers.pop() if len(answers) == 1 else None, known.cited)
