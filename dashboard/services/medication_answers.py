"""A clinician's answer to a medication prompt: accepted, action made, not applicable, other; with who and when."""

from dataclasses import dataclass
from datetime import date, datetime

from clinical.medication.answers import PromptAnswer, PromptAnswerKind
from dashboard.errors import Conflict, ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from dashboard.services.notes import cleaned
from data_access import prompt_answers

ANSWERS: tuple[PromptAnswerKind, ...] = ("accepted", "action_made", "not_applicable", "other")
NEEDS_REASON = frozenset(("action_made", "not_applicable", "other"))
"""Answers that say nothing by themselves: which action, why not, what else."""
LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Answering:
    """An answer to the prompt of that key, as it stood for `answered_for`; `seen`: earlier answers that were read."""

    prompt: str
    title: str
    answered_for: date | None
    seen: int
    answer: PromptAnswerKind | None
    reason: str = ""


def answer(viewer: Viewer, patient_id: int, said: Answering, *, now: datetime, as_of: date) -> None:
    """Put the answer on record; the prompt stays closed until it concerns a later day or becomes graver.

    Raises NotPermitted; Conflict when somebody answered it meanwhile; ExplainedError with what is missing.
    """
    given = _given(viewer, said, now)
    with work.writing(
        viewer,
        Permission.ANSWER_PROMPTS,
        patient_id,
        action="answer medication prompt",
        resource=said.prompt[:80],
        detail=given.answer,
    ) as conn:
        before = sum(each.prompt == said.prompt for each in prompt_answers.listed(conn, patient_id))
        if before != said.seen:
            raise Conflict(
                "This prompt was answered by somebody else since you opened it.",
                "Nothing of yours was written, and their answer stands.",
                "Close this and read their answer; answer again if you see it otherwise.",
            )
        prompt_answers.give(conn, patient_id, given, user_id=viewer.user_id, as_of=as_of)


def _given(viewer: Viewer, said: Answering, now: datetime) -> PromptAnswer:
    reason = " ".join(cleaned(said.reason).split())
    if said.answer not in ANSWERS:
        raise _refused("No answer is chosen.", "Choose one of the four.")
    if said.answer in NEEDS_REASON and not reason:
        raise _refused("This answer says nothing by itself.", "Add a few words: which action, why not, or what else.")
    if len(reason) > LONGEST_REASON:
        raise _refused(f"The reason is longer than {LONGEST_REASON} characters.", "Shorten it.")
    return PromptAnswer(said.prompt, said.answered_for, said.answer, reason, viewer.name, now)


def _refused(what_happened: str, what_to_do: str) -> ExplainedError:
    return ExplainedError(what_happened, "Nothing was saved, and what you filled in is still here.", what_to_do)
