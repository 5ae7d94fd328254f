"""The queue of a case review as a strip, with the timer of the patient in sight and the keys that lead through.

The timer runs in the browser. It tells the server every few seconds, when it is paused and when one goes on; a reload
finds it where it stood. After five minutes without pointer or key, and while the page is hidden, it stands still by
itself and says so; the next input lets it go on. Two people who time the same patient do not add up: the longer time
counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened

_KEY = "case_strip"


@dataclass(frozen=True, slots=True)
class Cell:
    """One patient of the strip; `state` is queued, discussed, deferred, signed or hidden, `words` says it."""

    place: int
    label: str
    state: str
    words: str
    here: bool


@dataclass(frozen=True, slots=True)
class Timer:
    """What is timed: an opaque key, seconds on record, whether it runs by itself and may be paused, its name."""

    key: str
    seconds: int
    runs: bool
    may: bool
    words: str


def show(
    cells: Sequence[Cell], timer: Timer | None, *, timed: Callable[[str, int], None], go: Callable[[int], None]
) -> None:
    """Draw the strip. `timed` gets key and seconds; `go` the place wanted, 0 for the meeting itself."""
    here = next((cell.place for cell in cells if cell.here), None)
    mount(
        "case_strip",
        key=_KEY,
        data={
            "cells": [opened(cell) for cell in cells],
            "here": here,
            "before": None if here is None or here == 1 else here - 1,
            "after": None if here is None else here + 1 if here < len(cells) else 0,
            "timer": None if timer is None else opened(timer),
            "spoken": _spoken(cells, here),
        },
        on_time_change=lambda: _time(_reported("time"), timed),
        on_go_change=lambda: _go(_reported("go"), timed, go),
    )


def _spoken(cells: Sequence[Cell], here: int | None) -> str:
    if here is None:
        return ""
    cell = cells[here - 1]
    return f"{here} of {len(cells)}: {cell.label}, {cell.words}"


def _reported(event: str) -> Any:
    return st.session_state[_KEY].get(event)


def _time(sent: Any, timed: Callable[[str, int], None]) -> None:
    """Hand on a time that the browser told; anything else it says is nothing."""
    if isinstance(sent, dict) and isinstance(sent.get("key"), str) and isinstance(sent.get("seconds"), int):
        timed(sent["key"], sent["seconds"])


def _go(sent: Any, timed: Callable[[str, int], None], go: Callable[[int], None]) -> None:
    if isinstance(sent, dict) and isinstance(sent.get("place"), int):
        _time(sent.get("time"), timed)
        go(sent["place"])
