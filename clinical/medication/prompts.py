"""What a check has to say: a prompt for a clinician to answer, with what it rests on. Never a verdict, never a dose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

from clinical.reviewed import UNCONFIRMED, Mark

Level = Literal["high", "medium", "info"]
What = Literal["prescribed", "reported", "taken"]
LEVELS: tuple[Level, ...] = ("high", "medium", "info")
"""Gravest first."""


@dataclass(frozen=True, slots=True)
class Input:
    """One row a prompt rests on: of the list (`prescribed`, or `reported` by the person) or of the log (`taken`).

    `day` that of the dose, or the start on the list (None: not known); `dose` in `unit` (None: not given); `note` what
    was made of it, e.g. '1000 mg paracetamol'.
    """

    day: date | None
    medicine: str
    dose: float | None
    unit: str
    what: What
    note: str = ""

    @property
    def amount(self) -> str:
        """The dose as written, with its unit; says what is missing."""
        if self.dose is None:
            return "dose not given"
        return f"{self.dose:g} {self.unit.strip('{}')}" if self.unit else f"{self.dose:g}, unit not given"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A computed statement for a clinician to answer.

    `key` check, level and medicines: one that becomes graver is a new one. `check` is the rule's name, `title` a few
    words, `statement` what was found in one sentence, `basis` the rule, `evidence` its mark, `guideline` who says so.
    `first_day` to `latest_day` are the days it held (None: not known), `days_logged` how many of them are in the log.
    `asks_for`: the day an answer must reach to close it. For what happens anew each time (a day over a limit) that is
    the latest day, for what goes on (two medicines together) the first; None: any answer.
    """

    key: str
    check: str
    level: Level
    title: str
    statement: str
    basis: str
    evidence: Mark
    guideline: str
    medicines: tuple[str, ...]
    inputs: tuple[Input, ...]
    first_day: date | None
    latest_day: date | None
    days_logged: int
    asks_for: date | None

    @property
    def unconfirmed(self) -> str:
        """What stands beside a prompt whose rule is marked K, else ''."""
        return UNCONFIRMED if self.evidence == "K" else ""


LONGEST_KEY = 200


def prompt_key(check: str, level: Level, medicines: Iterable[str], undated: str = "") -> str:
    """The key of a prompt, at most 200 characters: check, level and the medicines in the order of the alphabet.

    What is cut off a longer one goes into a digest, so that two of them stay two; so does what is `undated`.
    """
    named = "+".join(sorted({" ".join(name.casefold().split()) for name in medicines}))
    key = f"{check}:{level}:{named}"
    if len(key) <= LONGEST_KEY and not undated:
        return key
    digest = sha256(f"{key}{undated}".encode()).hexdigest()[:16]
    return f"{key[: LONGEST_KEY - len(digest) - 1]}#{digest}"


def gravest_first(prompts: Iterable[Prompt]) -> tuple[Prompt, ...]:
    """The prompts by level, then check and medicines."""
    return tuple(sorted(prompts, key=lambda prompt: (LEVELS.index(prompt.level), prompt.key)))


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A check that could not be made, or not wholly: of which medicine ('' when of none), and why."""

    check: str
    medicine: str
    why: str
