"""What clinicians answered to prompts, and which prompts are still open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from clinical.medication.prompts import Prompt

PromptAnswerKind = Literal["accepted", "action_made", "not_applicable", "other"]


@dataclass(frozen=True, slots=True)
class PromptAnswer:
    """An answer to the prompt of that key, as it stood on `answered_for` (its latest day; None when it had none)."""

    prompt: str
    answered_for: date | None
    answer: PromptAnswerKind
    reason: str
    user_name: str
    answered_at: datetime


def open_prompts(prompts: Sequence[Prompt], answers: Iterable[PromptAnswer]) -> tuple[Prompt, ...]:
    """The prompts that no answer closes, in their order.

    An answer closes the prompt of its key when it was given for a day not before `asks_for`; a prompt without such a
    day is closed by any answer of its key.
    """
    latest: dict[str, date] = {}
    for answer in answers:
        day = answer.answered_for or date.min
        latest[answer.prompt] = max(latest.get(answer.prompt, date.min), day)
    return tuple(prompt for prompt in prompts if not _closed(prompt, latest.get(prompt.key)))


def _closed(prompt: Prompt, answered_for: date | None) -> bool:
    return answered_for is not None and (prompt.asks_for is None or answered_for >= prompt.asks_for)
