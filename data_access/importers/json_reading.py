"""JSON as Python values, in bounded time and memory; what two programs could read differently is refused.

orjson checks the syntax (depth, NaN, infinities, lone surrogates); the standard reader then sees every name of every
object, so that a name written twice is noticed and not silently the last one.
"""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson

from data_access.errors import UnreadableFile
from data_access.importers.reading import Limits, unreadable

Node = dict[str, Any]


class _WrittenTwice(ValueError):
    """The same name twice in one object."""


@contextmanager
def without_collecting() -> Iterator[None]:
    """While a large file is read nothing is garbage, and looking for some again and again doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def parse(text: str, limits: Limits) -> object:
    """The value of a JSON text. Raises UnreadableFile: not JSON, truncated, too deep, too many values, a name twice."""
    require_modest(text, limits)
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _not_json(error) from None
    try:
        return json.loads(text, object_pairs_hook=_object)
    except _WrittenTwice:
        raise unreadable(
            "An object of the JSON holds the same name twice, so its meaning is not certain.",
            "Ask for a file in which every name stands once.",
        ) from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        raise unreadable("The JSON holds a number with too many digits.", "Ask for a correct export.") from None


def require_modest(text: str, limits: Limits) -> None:
    """Returns when the text cannot hold more values than the limit. Raises UnreadableFile."""
    if sum(text.count(mark) for mark in "{[,") > limits.structure:
        raise unreadable(
            f"The JSON holds more than {limits.structure:,} values, the limit for one file.",
            "Split it, or raise the limit with --max-mb if you trust where it comes from.",
        )


def _not_json(error: orjson.JSONDecodeError) -> UnreadableFile:
    if "depth" in str(error) or "recursion" in str(error).lower():
        return _too_deep()
    return unreadable(
        f"The file is not valid JSON, or it is cut off (line {error.lineno}, column {error.colno}).",
        "Export it again, and check that it arrived whole.",
    )


def _too_deep() -> UnreadableFile:
    return unreadable("The JSON is nested deeper than any record needs.", "Ask for a correct export.")


def _object(pairs: list[tuple[str, Any]]) -> Node:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _WrittenTwice
    return made
