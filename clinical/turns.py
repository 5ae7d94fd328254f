"""Turns of treatment: what was started, stopped, changed or done, and on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from clinical.record import Action, Event, Medicine

TurnKind = Literal["started", "stopped", "changed", "action done"]

_EVENT_KINDS: dict[str, TurnKind] = {"treatment_start": "started", "treatment_stop": "stopped"}


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: `detail` says from which dose to which where the dose changed."""

    name: str
    day: date
    kind: TurnKind
    detail: str = ""

    @property
    def treatment(self) -> bool:
        """Whether it is one of treatment, and not an agreed action that was done."""
        return self.kind != "action done"


def turns_of(
    medicines: Sequence[Medicine], events: Sequence[Event], actions: Sequence[Action] = (), *, as_of: date
) -> list[Turn]:
    """Every turn up to `as_of`, oldest first; an event that only repeats a medicine's own dates is not told twice."""
    found = [*_changed(medicines), *_begun_and_ended(medicines)]
    for event in events:
        kind = _EVENT_KINDS.get(event.kind)
        if kind and event.day and not any(_same(turn, event.label, event.day, kind) for turn in found):
            found.append(Turn(event.label, event.day, kind))
    found += [Turn(a.title, a.done, "action done") for a in actions if a.status == "done" and a.done]
    known = dict.fromkeys(turn for turn in found if turn.day <= as_of)
    return sorted(known, key=lambda turn: (turn.day, turn.name, turn.kind))


def _same(turn: Turn, label: str, day: date, kind: TurnKind) -> bool:
    return turn.day == day and turn.name.casefold() in label.casefold() and turn.kind in (kind, "changed")


def _changed(medicines: Sequence[Medicine]) -> list[Turn]:
    return [Turn(new.name, new.start, "changed", _doses(old, new)) for old, new in _renewed(medicines) if new.start]


def _renewed(medicines: Sequence[Medicine]) -> list[tuple[Medicine, Medicine]]:
    """A medicine and the same one that took over from it the same or the next day."""
    return [
        (old, new)
        for old in medicines
        for new in medicines
        if old is not new
        and old.name.casefold() == new.name.casefold()
        and old.end is not None
        and new.start is not None
        and old.end <= new.start <= old.end + timedelta(days=1)
        and (old.start is None or old.start < new.start)
    ]


def _begun_and_ended(medicines: Sequence[Medicine]) -> list[Turn]:
    renewed = _renewed(medicines)
    went_on, took_over = {id(old) for old, _ in renewed}, {id(new) for _, new in renewed}
    found = [Turn(m.name, m.start, "started") for m in medicines if m.start and id(m) not in took_over]
    return found + [Turn(m.name, m.end, "stopped") for m in medicines if m.end and id(m) not in went_on]


def _doses(old: Medicine, new: Medicine) -> str:
    doses = [f"{m.dose:g} {m.unit}".strip() for m in (old, new) if m.dose is not None]
    return " to ".join(doses) if len(doses) == 2 and doses[0] != doses[1] else ""
