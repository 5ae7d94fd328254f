"""What must not be overlooked: ticked red flags and PHQ-9 item 9, open until a named clinician closes them.

A later "no", a later total or a later PHQ-9 whose item 9 is 0 closes nothing: only a closing with a reason does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from clinical.measures import MOST_WITHOUT_ITEM_9, item_9, least_item_9
from clinical.record import Score
from clinical.red_flags import LEVELS, RED_FLAGS, Level, RedFlag
from clinical.thresholds import limit

SafetyKind = Literal["red_flag", "phq9_item9"]

YES, NO = "yes", "no"
"""Answers of the checklist; a question without any answer was not asked."""
ITEM_9 = "phq9_item9"
UNDATED_ITEM_9 = "phq9_item9:undated"
"""Beginning of the subject of a PHQ-9 without a day; what follows names which one. By itself it names none."""
ITEM_9_LABEL = "Thoughts of being better off dead or of self-harm (PHQ-9 item 9)"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a red flag or to a question asked once; the latest answer of a question stands."""

    question: str
    answer: str
    asked_on: date
    remark: str
    user_name: str
    answered_at: datetime
    answer_id: int


@dataclass(frozen=True, slots=True)
class Closure:
    """A clinician's closing of all that was answered with a yes on `subject` up to `closed_through` and `closed_at`."""

    subject: str
    reason: str
    closed_through: date
    user_name: str
    closed_at: datetime
    closure_id: int


@dataclass(frozen=True, slots=True)
class SafetyItem:
    """Something open: its latest day (None: undated), `value` the answer to item 9, `earlier` further open answers.

    `at_least`: no such answer is on record, but the total cannot be reached without one.
    """

    kind: SafetyKind
    question: str
    label: str
    level: Level
    day: date | None
    value: float | None
    subject: str
    earlier: int = 0
    at_least: bool = False

    @property
    def answered(self) -> str:
        """The answer to item 9 in words: '2', or 'at least 1' where only the total tells it."""
        return f"{'at least ' if self.at_least else ''}{self.value or 0:g}"

    @property
    def why_at_least(self) -> str:
        """How the total tells it; '' for an answer that is on record."""
        return BY_TOTAL if self.at_least else ""


BY_TOTAL = f"its total cannot be reached without: the other eight reach {MOST_WITHOUT_ITEM_9:g}"


def standing(answers: Iterable[Answer]) -> dict[str, Answer]:
    """The answer that stands for each question: the one of the latest day, of these the one given last."""
    ordered = sorted(answers, key=lambda each: (each.asked_on, each.answered_at, each.answer_id))
    return {each.question: each for each in ordered}


def open_items(
    answers: Sequence[Answer], closures: Sequence[Closure], scores: Sequence[Score], as_of: date
) -> tuple[SafetyItem, ...]:
    """Everything open that was answered up to `as_of`, the most pressing first; undated answers count as well."""
    flags = (_red_flag(flag, answers, closures, as_of) for flag in RED_FLAGS.values())
    found = [*flags, *_item_9(closures, scores, as_of)]
    return tuple(sorted((item for item in found if item is not None), key=_pressing))


def _pressing(item: SafetyItem) -> tuple[int, int]:
    return LEVELS.index(item.level), -(item.day.toordinal() if item.day else 0)


def red_flag_subject(question: str) -> str:
    """The subject under which that red flag is closed."""
    return f"red_flag:{question}"


def _red_flag(flag: RedFlag, answers: Sequence[Answer], closures: Sequence[Closure], as_of: date) -> SafetyItem | None:
    subject = red_flag_subject(flag.question)
    closed = [closure for closure in closures if closure.subject == subject]
    ticked = [each for each in answers if each.question == flag.question and each.answer == YES]
    still = [each.asked_on for each in ticked if each.asked_on <= as_of and not _closed(each, closed)]
    if not still:
        return None
    return SafetyItem("red_flag", flag.question, flag.label, flag.level, max(still), None, subject, len(still) - 1)


def _closed(answer: Answer, closures: Iterable[Closure]) -> bool:
    return closing_of(answer, closures) is not None


def closing_of(answer: Answer, closures: Iterable[Closure]) -> Closure | None:
    """The first of its subject's closings by somebody who could know of it: one entered later, of any day, stays open.

    None: it is open.
    """
    held = (each for each in closures if answer.asked_on <= each.closed_through)
    known = [each for each in held if answer.answered_at <= each.closed_at]
    return min(known, key=lambda each: (each.closed_at, each.closure_id), default=None)


def undated_subject(score: Score) -> str:
    """The subject under which that PHQ-9 without a day is closed: a mark of its total and answers, alike wherever.

    Numbers on record are given anew with every import, so they would name another score there.
    """
    said = [score.score, *score.items]
    while said[1:] and said[-1] is None:
        said.pop()
    text = "/".join("" if each is None else f"{each:g}" for each in said)
    return f"{UNDATED_ITEM_9}:{sha256(text.encode()).hexdigest()[:12]}"


def _item_9(closures: Sequence[Closure], scores: Sequence[Score], as_of: date) -> list[SafetyItem]:
    raised = [each for each in scores if _answer_9(each) > limit("safety_item")]
    closings = [each for each in closures if each.subject == ITEM_9]
    still = (s for s in raised if s.day and s.day <= as_of and not _score_closed(s, closings))
    dated = sorted(still, key=lambda s: (s.day or date.min, s.measure_id))
    open_ones = (s for s in raised if s.day is None and not _undated_closed(s, closures))
    undated = sorted(open_ones, key=lambda s: s.measure_id)
    return [*_item_9_of(dated, ITEM_9), *_item_9_of(undated, undated_subject(undated[-1]) if undated else "")]


def _undated_closed(score: Score, closures: Iterable[Closure]) -> bool:
    """Whether a closing names these very answers; those that came on record after it stay open, alike or not."""
    subject = undated_subject(score)
    return any(
        closing.subject == subject and (score.recorded_at is None or score.recorded_at <= closing.closed_at)
        for closing in closures
    )


def _score_closed(score: Score, closings: Iterable[Closure]) -> bool:
    """Whether somebody closed it who could know of it: one that came on record later, of whatever day, stays open."""
    return any(
        score.day is not None
        and score.day <= closing.closed_through
        and (score.recorded_at is None or score.recorded_at <= closing.closed_at)
        for closing in closings
    )


def _answer_9(score: Score) -> float:
    """The answer to item 9 of a PHQ-9, or the least that its total tells; 0 where neither says anything."""
    return least_item_9(score) or item_9(score) or 0.0


def _item_9_of(still: Sequence[Score], subject: str) -> list[SafetyItem]:
    """One item for all that are open, with the day and the answer of the latest."""
    if not still:
        return []
    latest, earlier = still[-1], len(still) - 1
    value, told = _answer_9(latest), least_item_9(latest) is not None
    return [SafetyItem("phq9_item9", ITEM_9, ITEM_9_LABEL, "same_day", latest.day, value, subject, earlier, told)]
