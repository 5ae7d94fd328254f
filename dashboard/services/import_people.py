"""Whom the files of an import are about: what a file says of a person, who is on record, and what was confirmed.

A person is found by the record number, never by a name. Before anything is written somebody looks at name and date of
birth on both sides; what was seen then goes with the import, and holds only as long as it is still so.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from data_access.records import PatientBundle
from data_access.text import folded

Standing = Literal["same", "number", "partly", "new", "refused", "elsewhere", "unknown"]
"""`same`: number, name and date of birth agree. `number`: the file says no more than the number. `partly`: one name
differs, or a date of birth is missing. `new`: not on record yet. `refused`: somebody else is on record. `elsewhere`:
in the care of another team. `unknown`: only referred to, and not on record."""
MAY_GO_IN = frozenset({"same", "number", "partly", "new"})

NOT_CONFIRMED = "this person was not confirmed, so nothing about them was taken"
CHANGED_SINCE = "who is on record under this record number has changed since it was confirmed; check the file again"


class _Named(Protocol):
    @property
    def family_name(self) -> str: ...
    @property
    def given_name(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as a file or the record names them; '' and None where it does not say."""

    family_name: str = ""
    given_name: str = ""
    birth_date: date | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether neither a name nor a date of birth is known."""
        return not (self.family_name or self.given_name or self.birth_date)


def identity(person: _Named) -> Identity:
    """Name and date of birth of a patient on record or in a file."""
    return Identity(person.family_name, person.given_name, person.birth_date)


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody confirmed: the person as the file names them, beside the one on record (None: nobody)."""

    said: Identity
    held: Identity | None


Confirmed = Mapping[str, Collection[Seen]]
"""By record number."""


@dataclass(slots=True)
class PersonMet:
    """One person of one file, and what became of their records.

    `held` is None where nobody is on record or the viewer may not see them; then `link_id` is '' as well.
    """

    record_number: str
    said: Identity
    standing: Standing
    held: Identity | None = None
    why: str = ""  # why nothing of theirs goes in
    by_id: bool = False  # the number is but the id that another system gave them
    filed: bool = False  # the file does not name them by a number of ours: somebody chose them
    link_id: str = ""
    patient_id: int = 0
    added: Counter[str] = field(default_factory=Counter)
    already_there: int = 0
    rejected: int = 0
    created: bool = False  # they were not on record before
    days: tuple[date, date] | None = None  # the first and the last day the file speaks of

    @property
    def seen(self) -> Seen:
        """What a tick beside this person confirms."""
        return Seen(self.said, self.held)


def standing(said: Identity, held: Identity | None) -> Standing:
    """How the two sides stand to each other, where nothing refuses the person."""
    if held is None:
        return "new"
    if said.says_nothing:
        return "number"
    names = ((said.family_name, held.family_name), (said.given_name, held.given_name))
    agree = said.birth_date == held.birth_date and all(folded(one) == folded(other) for one, other in names)
    return "same" if agree and said.birth_date and said.family_name else "partly"


def doubt(confirmed: Confirmed | None, number: str, said: Identity, held: Identity | None) -> str:
    """Why this person's records may not go in after all, '' where they may; `confirmed` None: nobody was asked."""
    if confirmed is None:
        return ""
    seen = confirmed.get(number, ())
    before = [each for each in seen if each.said == said]
    if not before:
        return NOT_CONFIRMED
    named = [each.said for each in seen]
    return "" if any(_still(each.held, held, named) for each in before) else CHANGED_SINCE


def _still(seen: Identity | None, now: Identity | None, named: Collection[Identity]) -> bool:
    """Whether the person is who was seen, or has been filled in meanwhile with what the files themselves say."""
    if now is None:
        return seen is None
    held = seen or Identity()
    return (
        _filled(held.family_name, now.family_name, {each.family_name for each in named})
        and _filled(held.given_name, now.given_name, {each.given_name for each in named})
        and _filled(held.birth_date, now.birth_date, {each.birth_date for each in named})
    )


def _filled(before: object, now: object, said: Collection[object]) -> bool:
    return now == before or (not before and now in said)


def days_of(bundle: PatientBundle) -> tuple[date, date] | None:
    """The first and the last day that entries, doses, scores and events of the file stand on."""
    days = {
        *(record.day for record in bundle.entries),
        *(record.day for record in bundle.doses),
        *(record.day for record in bundle.measures),
        *(record.day for record in bundle.events),
    }
    known = [day for day in days if day is not None]
    return (min(known), max(known)) if known else None
