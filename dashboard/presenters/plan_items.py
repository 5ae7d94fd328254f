"""What the sections of the care plan are made of: items with their facts, ladder, course, history and buttons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.presenters.evidence import Evidence
from dashboard.presenters.words import day, full_day

Kind = Literal["formulation", "goal", "intervention", "action"]
Tone = Literal["", "worse", "better", "quiet", "late", "active", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement; with evidence, one that opens it."""

    text: str
    tone: Tone = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A word in a frame beside a title."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A button: `act` on the item of `key`; `name` is what a screen reader says. `pressed` None: it opens nothing."""

    act: str
    key: str
    label: str
    name: str
    tone: Literal["", "strong"] = ""
    pressed: bool | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a goal: `start` where it began, `now` where it was rated last."""

    level: str
    words: str
    start: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """The five levels of a goal, and what was said last."""

    steps: tuple[Step, ...]
    said: str
    spoken: str


@dataclass(frozen=True, slots=True)
class SinceLine:
    """What has happened to the measure an item rests on; bars 0-1 oldest first, None where nothing was logged.

    The first `before` of them lie before it was agreed.
    """

    said: Said
    bars: tuple[float | None, ...]
    before: int
    spoken: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of an item: who and when, and what in lines."""

    who: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangesShown:
    """Every change of an item, the latest first."""

    heading: str
    changes: tuple[Changed, ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class Item:
    """One goal, intervention or action. `details` has everything there is to know of it, one click away."""

    key: str
    title: str
    marks: tuple[Mark, ...]
    facts: tuple[str, ...]
    buttons: tuple[Act, ...]
    details: Evidence
    tone: Literal["", "late", "over"] = ""
    remark: Said | None = None
    since: SinceLine | None = None
    ladder: Ladder | None = None
    history: ChangesShown | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Items under a title."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One part of the formulation."""

    title: str
    text: str
    nothing: str


@dataclass(frozen=True, slots=True)
class Matters:
    """What matters to the patient, as they said it."""

    title: str
    text: str
    nothing: str
    buttons: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Warnings:
    """What the plan lacks and what is late, one line a kind."""

    title: str
    lines: tuple[Said, ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class Top:
    """What stands first: the person's words, and what needs somebody."""

    matters: Matters
    warnings: Warnings


@dataclass(frozen=True, slots=True)
class Section:
    """One section as it is drawn. `panel` names the form that stands open at its head, '' for none."""

    name: str
    heading: str
    lead: Said | None = None
    buttons: tuple[Act, ...] = ()
    top: Top | None = None
    boxes: tuple[Box, ...] = ()
    groups: tuple[Group, ...] = ()
    nothing: str = ""
    more: tuple[Act, ...] = ()
    history: ChangesShown | None = None
    panel: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person has opened: the item whose history stands open, lists unfolded, a form; and what they may.

    `drafts` are the forms this person is in the middle of, 'goal 3'.
    """

    may_edit: bool = False
    history: str = ""
    changes: ChangesShown | None = None
    unfolded: frozenset[str] = frozenset()
    panel: str = ""
    drafts: frozenset[str] = frozenset()

    def changes_of(self, key: str) -> ChangesShown | None:
        """The history of that item, where it is the open one."""
        return self.changes if self.history == key else None


def key(kind: Kind, number: int) -> str:
    """'goal:3'; 0 is a new one, and the formulation."""
    return f"{kind}:{number}"


def history_button(shown: Shown, of: str, title: str) -> Act:
    """The button that opens and closes who changed what."""
    return Act("history", of, "History", f"History of {title}", pressed=shown.history == of)


def change_button(shown: Shown, of: str, title: str) -> Act:
    """The button that opens the form; where a draft of it waits, it says so."""
    label = "Go on with draft" if form(of) in shown.drafts else "Change"
    return Act("change", of, label, f"{label}: {title}")


def add_button(shown: Shown, kind: Kind, what: str) -> Act:
    """The button that opens the form of a new item; 'an action'."""
    of = key(kind, 0)
    label = f"Go on with draft of {what}" if form(of) in shown.drafts else f"Add {what}"
    return Act("change", of, label, label, "strong")


def form(of: str) -> str:
    """The name of the form of that item: 'goal 3' for 'goal:3'."""
    return of.replace(":", " ")


def owner(user_id: int | None, name: str, names: Mapping[int, str]) -> str:
    """Who does it: somebody who works here, or somebody by name; '' where nobody is named."""
    return name if user_id is None else names.get(user_id, name or "a former colleague")


def by_whom(user_name: str, when: str) -> str:
    """'by M. Physio, 22 Nov 2026, 14:03'; '' where neither is known."""
    return ", ".join(part for part in (f"by {user_name}" if user_name else "", when) if part)


def optional_day(value: date | None, as_of: date, before: str) -> str:
    """'due 12 Nov'; '' for no day."""
    return "" if value is None else f"{before} {day(value, as_of)}"


def recorded_day(value: date | None) -> str:
    """'12 Nov 2026', or that none is recorded."""
    return "not recorded" if value is None else full_day(value)


def filled(*parts: str) -> tuple[str, ...]:
    """Those that say something."""
    return tuple(part for part in parts if part)
