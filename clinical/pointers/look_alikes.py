"""The seven conditions that can look like widespread pain (reference 8.2): patterns in the log to think of.

A pointer is a prompt, never a probability of disease. One that is not seen excludes nothing (Downie 2013). Which of a
condition's items are needed is our own decision, named in its row.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from clinical import reviewed
from clinical.pointers.back_pain import BackPainSet
from clinical.pointers.facts import Fact, Item, State, both, combined
from clinical.pointers.known import Known, item

Outcome = Literal["seen", "not_seen", "not_enough"]
Role = Literal["needed", "one_of", "further"]


@dataclass(frozen=True, slots=True)
class LookAlike:
    """One condition: all of `needed` and at least one of `one_of` (where there are any) make the pattern."""

    code: str
    title: str
    contrast: str
    prompt: str
    minimum: str
    outcome: Outcome
    needed: tuple[Item, ...]
    one_of: tuple[Item, ...]
    further: tuple[Item, ...]
    source: str
    evidence: str

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, those that decide first."""
        return (*self.needed, *self.one_of, *self.further)

    @property
    def days(self) -> tuple[date, ...]:
        """The logged days that triggered it: those of the deciding items that hold, in order."""
        return tuple(sorted({day for fact in self._triggers() for day in fact.days}))

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that triggered it."""
        return tuple(dict.fromkeys(one for fact in self._triggers() for one in fact.regions))

    def _triggers(self) -> list[Fact]:
        holding = [one for one in (*self.needed, *self.one_of) if one.state == "yes"]
        return [fact for one in holding for fact in one.facts if fact.basis == "log" and fact.state == "yes"]


_ROWS = reviewed.rows("look_alikes")
_ITEMS = reviewed.rows("look_alike_items")
CODES: tuple[str, ...] = tuple(row["condition"] for row in _ROWS)
_SETS = {"asas_4": "asas", "berlin_2": "berlin"}


def look_alikes(known: Known, sets: tuple[BackPainSet, ...]) -> tuple[LookAlike, ...]:
    """Every condition in the order of its table; `sets` as `back_pain_sets` made them of the same person."""
    return tuple(_look_alike(known, row, sets) for row in _ROWS)


def _look_alike(known: Known, row: reviewed.Row, sets: tuple[BackPainSet, ...]) -> LookAlike:
    rows = [each for each in _ITEMS if each["condition"] == row["condition"]]
    made: dict[Role, tuple[Item, ...]] = {
        role: tuple(_item(known, each, sets) for each in rows if each["role"] == role) for role in _ROLES
    }
    needed, one_of, further = (made[role] for role in _ROLES)
    return LookAlike(
        code=row["condition"],
        title=row["title"],
        contrast=row["contrast"],
        prompt=row["prompt"],
        minimum=row["minimum"],
        outcome=_outcome(needed, one_of),
        needed=needed,
        one_of=one_of,
        further=further,
        source=row["source"],
        evidence=row["evidence"],
    )


_ROLES: tuple[Role, ...] = ("needed", "one_of", "further")


def _outcome(needed: tuple[Item, ...], one_of: tuple[Item, ...]) -> Outcome:
    states = [one.state for one in needed]
    if one_of:
        states.append(combined(one.state for one in one_of) if _all_asked(one_of) else _any(one_of))
    outcomes: dict[State, Outcome] = {"yes": "seen", "no": "not_seen", "unknown": "not_enough"}
    return outcomes[both(states)]


def _all_asked(items: tuple[Item, ...]) -> bool:
    return all(one.state != "unknown" for one in items)


def _any(items: tuple[Item, ...]) -> State:
    """Yes where one holds; with one of them unknown it is never no."""
    return "yes" if any(one.state == "yes" for one in items) else "unknown"


def _item(known: Known, row: reviewed.Row, sets: tuple[BackPainSet, ...]) -> Item:
    code = row["item"]
    if code not in _SETS:
        return item(known, code, row)
    found = next(each for each in sets if each.code == _SETS[code])
    return Item(code, row["label"], *_of_set(found), row["source"], row["evidence"])


def _of_set(found: BackPainSet) -> tuple[State, tuple[Fact, ...]]:
    """The state of a set, with the facts of its items that hold."""
    states: dict[str, State] = {"met": "yes", "not_met": "no", "does_not_apply": "no"}
    state = states.get(found.outcome, "unknown")
    holding = [fact for one in found.items if one.state == "yes" for fact in one.facts if fact.state == "yes"]
    count = f"{found.present} of {len(found.items)} hold, {found.unknown} not known"
    return state, (Fact(state, "set", count), *holding)
