"""Data for a component on their way to the browser."""

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any


def opened(value: Any) -> Any:
    """The value as JSON knows it, dataclasses as objects: `asdict` would copy every word besides."""
    kind: type = type(value)
    names = _fields(kind)
    if names is not None:
        return {name: opened(getattr(value, name)) for name in names}
    return [opened(part) for part in value] if isinstance(value, list | tuple) else value


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None
