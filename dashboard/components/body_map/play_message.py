"""What the browser is told to play a course of maps: each step as a short text, so that years fit into one message."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from clinical.body_map import PRESENT, REGION_COUNT
from dashboard.body_figure import wording
from dashboard.body_figure.palette import DARK_SHEET, LIGHT_SHEET, fill, ink
from dashboard.components.body_map.marks import Frame

UNRATED_WORDS = "hurts, intensity not recorded"
OTHERWISE_WORDS = "hurts, not marked with the chosen quality or depth"
WORDS = {
    "unit": wording.UNITS["latest"],
    "quiet": wording.quiet_words("latest"),
    "unrated": UNRATED_WORDS,
    "otherwise": OTHERWISE_WORDS,
    "empty": "No body map in this step",
    "nothing": "No body map at all",
    "none": "no data",
    "last": "hurt last in:",
    "day": "day with a map",
    "days": "days with a map",
    "region": "region in pain",
    "regions": "regions in pain",
    "hint": "Select regions to keep them outlined while it plays",
}
KEYS = [["dots", UNRATED_WORDS], ["ghost", "hurt in the 3 steps before"], ["ghost old", "hurt earlier still"]]
OF_A_FILTER = {"region": "region so marked", "regions": "regions so marked"}
"""Where the steps hold the marks of a filter: a region that hurts otherwise is faint, and not counted."""
FIRST_REGION = ord("0")
SELDOM = ord("A") - 1
"""Where the letters of seldom regions begin, so that 'A' is 1."""
HURTS = "h"
"""Stands for 'hurts, intensity not recorded' where a step has an intensity otherwise."""
OTHERWISE, OTHERWISE_SENT = 253, "o"
"""Packed value of a region that hurts, but not in the way that was asked for; and what it is sent as."""


def message(frames: Sequence[Frame], *, height: int, title: str) -> dict[str, Any]:
    """JSON-ready data of a course: about 30 bytes a step and two for each painful region in it."""
    return {
        "height": height,
        "title": title,
        "frames": [[frame.label, frame.days, packed(frame.packed, frame.seldom)] for frame in frames],
        "ramp": ramp(),
        "said": said(),
        "words": {**WORDS, **(OF_A_FILTER if _is_of_a_filter(frames) else {}), "keys": _keys(frames)},
        "legend": legend(),
        "sheets": {"light": asdict(LIGHT_SHEET), "dark": asdict(DARK_SHEET)},
    }


def _keys(frames: Sequence[Frame]) -> list[list[str]]:
    seldom = [["seldom", wording.SELDOM_WORDS]] if any(frame.seldom for frame in frames) else []
    otherwise = [["ghost", OTHERWISE_WORDS]] if _is_of_a_filter(frames) else []
    return [*KEYS[:1], *seldom, *otherwise, *KEYS[1:]]


def _is_of_a_filter(frames: Sequence[Frame]) -> bool:
    return any(OTHERWISE in frame.packed for frame in frames)


def packed(values: bytes, seldom: Collection[int] = ()) -> str:
    """Two characters for each region that hurts: which ('0' is the first), and how strongly ('1'-'9', ':' is 10).

    One of `seldom` has a letter instead: 'A' for 1 to 'J' for 10.
    """
    if len(values) != REGION_COUNT:
        raise ValueError(f"a map has {REGION_COUNT} values")
    return "".join(
        chr(FIRST_REGION + index) + (_SENT.get(value) or chr((SELDOM if index in seldom else FIRST_REGION) + value))
        for index, value in enumerate(values)
        if 0 < value <= 10 or value in _SENT
    )


_SENT = {PRESENT: HURTS, OTHERWISE: OTHERWISE_SENT}


@cache
def said() -> list[str]:
    """What is said of each intensity 0-10."""
    return ["no pain, 0 of 10", *(f"pain {score} of 10" for score in range(1, 11))]


@cache
def legend() -> list[list[str]]:
    """Steps of the scale, as the map of one day explains them."""
    return [[step.text, step.fill, step.ink, ""] for step in wording.legend("latest")]


@cache
def ramp() -> list[list[str]]:
    """Fill and ink of each intensity 0-10."""
    return [[fill(score), ink(score)] for score in range(11)]
