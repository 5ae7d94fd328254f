"""The keys of records out of diary tables of other makes: how they are known again in a later export of that diary."""

from datetime import date

_START = "mapped:"


def mapped_key(day: date | None, at_time: str, *more: str) -> str:
    """The key of what a diary says of that moment; nothing of the table is in it, so one more column changes none."""
    return ":".join((f"{_START}{day}T{at_time}", *more))


def is_mapped(key: str | None) -> bool:
    """Whether the record with that key came out of a diary table of another make."""
    return key is not None and key.startswith(_START)
