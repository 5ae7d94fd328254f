"""Medication prompts in words: by level, each with its basis, what it rests on, and who answered what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinical.medication import Input, Prompt
from clinical.medication.answers import PromptAnswer, PromptAnswerKind
from clinical.medication.prompts import LEVELS, Level
from dashboard.presenters.notes import moment
from dashboard.presenters.words import counted, day, full_day, several
from dashboard.services.medication_review import MedicationView

LEVEL_WORDS: dict[Level, str] = {"high": "High", "medium": "Medium", "info": "For information"}
ANSWER_WORDS: dict[PromptAnswerKind, str] = {
    "accepted": "Accepted",
    "action_made": "Action made",
    "not_applicable": "Not applicable",
    "other": "Other",
}
_OPTIONS: dict[PromptAnswerKind, str] = {
    "accepted": "Accepted: seen, nothing changes",
    "action_made": "Action made (say which)",
    "not_applicable": "Not applicable (say why)",
    "other": "Other (say what)",
}
MARKS = {
    "V": "read in the primary source",
    "V2": "read in a secondary source that names the primary one",
    "P": "our own rule, no published source",
}
COLUMNS = ("Day", "Medicine", "Amount", "Prescribed or taken")
MOST_INPUTS = 60
"""Rows shown behind a prompt, the latest first; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The rows a prompt rests on."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One prompt; `rows` its basis, guideline, mark and days; `answers` all that were given, the latest first."""

    key: str
    level: Level
    level_said: str
    title: str
    statement: str
    mark: str
    behind: str
    rows: tuple[tuple[str, str], ...]
    inputs: Inputs
    answers: tuple[str, ...]
    may_answer: bool
    button: str


@dataclass(frozen=True, slots=True)
class Group:
    """Prompts of one level under their heading; those that were answered are folded."""

    title: str
    folded: bool
    prompts: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts of a patient; `nothing` says what it means that there is none."""

    heading: str
    nothing: str
    groups: tuple[Group, ...]


def prompts(view: MedicationView, *, may_answer: bool) -> Prompts:
    """Open prompts by level, gravest first, then those that were answered, then answers to prompts of the past."""
    groups = [_level(view, level, may_answer=may_answer) for level in LEVELS]
    done = tuple(_card(view, prompt, may_answer=may_answer) for prompt in view.answered)
    if done:
        groups.append(Group(f"Answered ({len(done)})", True, done))
    if view.left_over:
        groups.append(Group(f"Earlier answers ({len(view.left_over)})", True, tuple(map(_past, view.left_over))))
    heading = f"Prompts: {by_level(view.open) or 'none open'}"
    return Prompts(heading, "" if view.open else _nothing(view), tuple(group for group in groups if group.prompts))


def by_level(found: Sequence[Prompt]) -> str:
    """'two high, one for information'; '' for none."""
    counts = [(level, sum(prompt.level == level for prompt in found)) for level in LEVELS]
    return ", ".join(f"{counted(n, '', ' ').strip()} {LEVEL_WORDS[level].lower()}" for level, n in counts if n)


def _level(view: MedicationView, level: Level, *, may_answer: bool) -> Group:
    mine = tuple(_card(view, prompt, may_answer=may_answer) for prompt in view.open if prompt.level == level)
    return Group(f"{LEVEL_WORDS[level]} ({len(mine)})", False, mine)


def _nothing(view: MedicationView) -> str:
    """No prompt is not reassurance: what the checks could not look at is named beside it."""
    left = len(view.review.unrecognised) + len(view.review.not_checked)
    rest = (
        f" {several(left, 'medicine or check', 'medicines or checks')} could not be looked at: see below."
        if left
        else ""
    )
    return f"No open prompt. That does not mean that the medicines are safe together.{rest}"


def _card(view: MedicationView, prompt: Prompt, *, may_answer: bool) -> Card:
    given = view.answers_to(prompt.key)
    return Card(
        key=prompt.key,
        level=prompt.level,
        level_said=LEVEL_WORDS[prompt.level],
        title=prompt.title,
        statement=prompt.statement,
        mark=f"{prompt.guideline} · {prompt.unconfirmed}" if prompt.unconfirmed else prompt.guideline,
        behind=f"Why, and from what ({several(len(prompt.inputs), 'entry', 'entries')})",
        rows=_rows(prompt, view.as_of),
        inputs=inputs(prompt.inputs, view.as_of),
        answers=tuple(said(each, view.as_of) for each in reversed(given)),
        may_answer=may_answer,
        button="Answer again …" if given else "Answer …",
    )


def _rows(prompt: Prompt, as_of: date) -> tuple[tuple[str, str], ...]:
    mark = prompt.unconfirmed or MARKS.get(prompt.evidence, prompt.evidence)
    return (
        ("Basis", prompt.basis),
        ("Guideline", prompt.guideline),
        ("Checked", f"{mark} [{prompt.evidence}]"),
        ("Days", _days(prompt, as_of)),
        ("Careful", "A prompt for a clinician, never a verdict."),
    )


def _days(prompt: Prompt, as_of: date) -> str:
    if prompt.latest_day is None:
        return "no day on record"
    first, last = prompt.first_day or prompt.latest_day, prompt.latest_day
    days = day(last, as_of) if first == last else f"{day(first, as_of)} – {day(last, as_of)}"
    return f"{days}; {several(prompt.days_logged, 'day')} of it in the log"


def inputs(rows: Sequence[Input], as_of: date) -> Inputs:
    """The rows behind a prompt, the latest first: the list and the log are told apart in every row."""
    ordered = sorted(rows, key=lambda each: each.day or date.min, reverse=True)
    shown = tuple(_input(each, as_of) for each in ordered[:MOST_INPUTS])
    more = f", the latest {MOST_INPUTS} of {len(ordered)}" if len(ordered) > MOST_INPUTS else ""
    return Inputs(f"What it rests on{more}", COLUMNS, shown)


def _input(each: Input, as_of: date) -> tuple[str, ...]:
    amount = f"{each.amount} ({each.note})" if each.note else each.amount
    since = f"since {day(each.day, as_of)}" if each.day is not None and each.what != "taken" else day(each.day, as_of)
    return since, each.medicine, amount, each.what


def said(answer: PromptAnswer, as_of: date) -> str:
    """'Accepted by Dr Ada Invented, 22 Nov 2026 09:00: known since March'."""
    words = f"{ANSWER_WORDS[answer.answer]} by {answer.user_name}, {moment(answer.answered_at)}"
    return f"{words}: {answer.reason}" if answer.reason else words


def _past(answer: PromptAnswer) -> Card:
    """An answer to a prompt that is no longer there."""
    check, _, rest = answer.prompt.partition(":")
    level, _, medicines = rest.partition("#")[0].partition(":")
    title = f"{check.replace('_', ' ')}: {medicines.replace('+', ', ')}".strip(": ")
    known: Level = next((each for each in LEVELS if each == level), "info")
    when = "" if answer.answered_for is None else f" It concerned days up to {full_day(answer.answered_for)}."
    statement = f"This prompt is no longer there.{when}"
    answered = (said(answer, answer.answered_at.date()),)
    nothing = Inputs("", COLUMNS, ())
    return Card(answer.prompt, known, LEVEL_WORDS[known], title, statement, "", "", (), nothing, answered, False, "")


def answer_option(answer: PromptAnswerKind) -> str:
    """The answer as the dialog offers it."""
    return _OPTIONS[answer]


def what_it_does(prompt: Prompt, as_of: date) -> str:
    """What an answer changes."""
    again = "It opens again when it becomes graver"
    later = " or happens on a later day" if prompt.asks_for is not None and prompt.asks_for == prompt.latest_day else ""
    upto = "" if prompt.latest_day is None else f", for days up to {full_day(prompt.latest_day)}"
    return f"Your name, the time and your words stay on record{upto}. {again}{later}."
