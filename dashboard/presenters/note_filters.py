"""What one reader sees of one patient's notes, and what becomes of that with each click; pure, kept by the list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.presenters.note_cards import AT_ONCE, Opened
from dashboard.services.note_list import Wanted
from data_access.note_search import LONGEST_SEARCH

_EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Filters:
    """`of` is the patient's link; `asked` what a click asked for that is more than showing something: (what, note)."""

    of: str
    wanted: Wanted = _EVERYTHING
    shown: int = AT_ONCE
    opened: frozenset[Opened] = frozenset()
    asked: tuple[str, int] | None = None


def linked(of: str, number: str) -> Filters | None:
    """The one note that an address asks for by its number; None where that is no number."""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return Filters(of, Wanted(note_id=int(number)))


def after(filters: Filters, asked: Mapping[str, Any]) -> Filters:
    """The filters after what was asked for; as they were for what there is not, and for another patient's list."""
    do, value = str(asked.get("do", "")), str(asked.get("value", ""))
    if asked.get("of") != filters.of:
        return filters
    if do in _CHANGES:
        return replace(filters, wanted=_CHANGES[do](filters.wanted, value), shown=AT_ONCE)
    if do == "more":
        return replace(filters, shown=filters.shown + AT_ONCE)
    if do in ("whole", "letters", "earlier"):
        return replace(filters, opened=filters.opened ^ {(do, _number(asked, "note"), _number(asked, "version"))})
    if do in ("amend", "cosign", "ask", "all_read"):
        return replace(filters, asked=(do, _number(asked, "note")))
    return filters


_CHANGES: dict[str, Callable[[Wanted, str], Wanted]] = {
    "all": lambda wanted, _: Wanted(text=wanted.text),
    "discipline": lambda wanted, value: Wanted("" if value == wanted.discipline else value, text=wanted.text),
    "unread": lambda wanted, _: Wanted(unread=not wanted.unread, text=wanted.text),
    "awaiting": lambda wanted, _: Wanted(awaiting=not wanted.awaiting, text=wanted.text),
    "search": lambda wanted, value: replace(wanted, text=value[:LONGEST_SEARCH], note_id=None),
}
"""What each makes of what was asked for before: words stay, and one kind of note is looked at at a time."""


def _number(asked: Mapping[str, Any], name: str) -> int:
    value = asked.get(name)
    return value if isinstance(value, int) else 0
