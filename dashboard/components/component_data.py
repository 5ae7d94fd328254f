"""Data for a component on their way to the browser."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any


def packed(data: Mapping[str, Any]) -> tuple[Mapping[str, Any]]:
    """The data as the browser's `data[0]`: Streamlit looks through a bare object for tables, value by value."""
    return (data,)


def sent(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same JSON from fewer steps: of a list Streamlit finds out at length that it is no table."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


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
