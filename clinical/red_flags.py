"""The red flags that are asked directly, read from data: never inferred from a log (reference 8.3)."""

from dataclasses import dataclass
from typing import Literal, get_args

from clinical import reviewed

Level = Literal["emergency", "same_day", "urgent", "soon"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""How pressing a red flag is, the most pressing first."""


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One question of the checklist; `label` is what a 'yes' says, `wording` the question as it is asked."""

    question: str
    group: str
    level: Level
    label: str
    wording: str
    source: str
    evidence: str

    @property
    def pressing(self) -> bool:
        """Whether it is for the same day: such a one is always named, never only counted."""
        return self.level in ("emergency", "same_day")

    @property
    def initials(self) -> str:
        """'si' of stated_intent: how a list of several is kept short; each has its own."""
        return "".join(word[0] for word in self.question.split("_"))


def _load() -> dict[str, RedFlag]:
    return {row["question"]: _red_flag(row) for row in reviewed.rows("red_flags")}


def _red_flag(row: reviewed.Row) -> RedFlag:
    level = next(each for each in LEVELS if each == row["level"])
    return RedFlag(row["question"], row["group"], level, row["label"], row["wording"], row["source"], row["evidence"])


RED_FLAGS: dict[str, RedFlag] = _load()
"""Every question of the checklist by its code, in the order they are asked."""
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(flag.group for flag in RED_FLAGS.values()))


def of_group(group: str) -> tuple[RedFlag, ...]:
    """The questions of that group, in the order they are asked."""
    return tuple(flag for flag in RED_FLAGS.values() if flag.group == group)
