"""One item of a pointer: yes, no or not known, and what says so: the log, an answer, or the record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from clinical import reviewed

State = Literal["yes", "no", "unknown"]
Basis = Literal["log", "asked", "record", "set"]
"""Where a fact comes from; a set is counted from items that name their own bases."""

LIMITS: dict[str, float] = {row["name"]: float(row["value"]) for row in reviewed.rows("pointer_limits")}


def limit(name: str) -> float:
    """The value of that limit of `pointer_limits.csv`."""
    return LIMITS[name]


def whole(name: str) -> int:
    """The value of a limit that counts whole things."""
    return int(LIMITS[name])


@dataclass(frozen=True, slots=True)
class Fact:
    """What one basis says of an item, in words, with the days and regions that say it."""

    state: State
    basis: Basis
    said: str
    days: tuple[date, ...] = ()
    regions: tuple[str, ...] = ()

    def but(self, state: State) -> "Fact":
        """The same, as another answer."""
        return replace(self, state=state)


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its state, and every fact there is about it."""

    code: str
    label: str
    state: State
    facts: tuple[Fact, ...]
    source: str
    evidence: str


def combined(states: Iterable[State]) -> State:
    """Yes where anything says yes, no where something says no and nothing yes, else unknown: unknown is never no."""
    found = set(states)
    return "yes" if "yes" in found else "no" if "no" in found else "unknown"


def both(states: Sequence[State]) -> State:
    """Yes where all say yes, no where any says no, else unknown."""
    if "no" in states:
        return "no"
    return "yes" if states and all(state == "yes" for state in states) else "unknown"


_NOT: dict[State, State] = {"yes": "no", "no": "yes", "unknown": "unknown"}


def negated(fact: Fact) -> Fact:
    """The same fact as an answer to the opposite question."""
    return fact.but(_NOT[fact.state])
