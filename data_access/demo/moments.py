"""The demonstration's moments: drawn by day and hour, and none of them still to come when the clinic is written."""

from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

T = TypeVar("T")


def until(now: datetime, thing: T) -> T:
    """The same with every moment after `now` set to `now`, however deep it lies; days stay as they are."""
    found: Any = thing
    if isinstance(found, datetime):
        found = min(found, now)
    elif isinstance(found, tuple | list):
        found = type(found)(until(now, each) for each in found)
    elif is_dataclass(found) and not isinstance(found, type):
        inside = {field.name: getattr(found, field.name) for field in fields(found) if field.init}
        found = replace(found, **{name: until(now, each) for name, each in inside.items()})
    same: T = found
    return same
