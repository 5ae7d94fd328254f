"""What the browser is told to draw the day tiles: for each day its marks and the lines of its card."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

import numpy as np

from clinical.body_map import PRESENT, active, unpack
from clinical.rounding import displayed
from dashboard.body_figure.day_tile import HIGH_STRESS, SHORT_SLEEP, DayTile
from dashboard.body_figure.palette import DARK_SHEET, LIGHT_SHEET, Sheet
from dashboard.theme import PAIN_RAMP, Ground, ground

HURTS = -1
"""Stands for 'hurts, intensity not recorded' among the marks of a day."""

NOT_ANSWERED = "\N{EN DASH}"


def message(tiles: Sequence[DayTile], title: str = "") -> dict[str, Any]:
    """JSON-ready data of the tiles, in the order given."""
    return {
        "days": [_day(tile, first=i == 0) for i, tile in enumerate(tiles)],
        "ramp": PAIN_RAMP,
        "sheets": _sheets(),
        "legend": _legend(),
        "heading": title,
        "title": f"Body maps of {len(tiles)} days",
    }


def _day(tile: DayTile, *, first: bool) -> dict[str, Any]:
    day = tile.day
    return {
        "iso": day.isoformat(),
        "date": str(day.day),
        "month": f"{day:%b}" if first or day.day == 1 else "",
        "name": f"{day:%A} {day.day} {day:%B} {day.year}",
        "kind": "gap" if not tile.logged else "map" if tile.body_map is not None else "nomap",
        "pain": _pain(tile),
        "flare": tile.flare,
        "marks": _marks(tile.body_map),
        "signs": _signs(tile),
        "lines": _lines(tile),
    }


def _pain(tile: DayTile) -> str:
    if tile.pain is None:
        return NOT_ANSWERED if tile.logged else ""
    return f"{displayed(tile.pain, 0):.0f}"


def _marks(packed: bytes | None) -> list[list[int]]:
    """Region index and intensity of each region that hurts."""
    if packed is None:
        return []
    vector = unpack(packed)
    return [[int(i), HURTS if vector[i] == PRESENT else int(vector[i])] for i in np.flatnonzero(active(vector))]


def _signs(tile: DayTile) -> list[str]:
    signs = {"sleep": tile.short_sleep, "stress": tile.high_stress, "rescue": bool(tile.rescue_doses)}
    return [sign for sign, shown in signs.items() if shown]


def _lines(tile: DayTile) -> list[str]:
    """The card: everything that is known of the day, and plainly what is not."""
    told = [
        "" if tile.logged else "Not logged",
        _pain_line(tile),
        "Part of a flare" if tile.flare else "",
        _map_line(tile),
        ""
        if tile.sleep_hours is None
        else f"Slept {displayed(tile.sleep_hours):g} h" + _remark(tile.short_sleep, "short"),
        ""
        if tile.stress is None
        else f"Stress {displayed(tile.stress, 0):.0f} of 10" + _remark(tile.high_stress, "high"),
        "" if not tile.rescue_doses else f"{tile.rescue_doses} rescue dose{'' if tile.rescue_doses == 1 else 's'}",
    ]
    return [line for line in told if line]


def _pain_line(tile: DayTile) -> str:
    if tile.pain is not None:
        return f"Pain {displayed(tile.pain, 0):.0f} of 10"
    return "Pain not answered" if tile.logged else ""


def _map_line(tile: DayTile) -> str:
    count = tile.regions_in_pain
    if count is None:
        return "No body map" if tile.logged else ""
    return f"{count} region{'' if count == 1 else 's'} in pain"


def _remark(applies: bool, word: str) -> str:
    return f" ({word})" if applies else ""


@cache
def _legend() -> list[list[str]]:
    return [
        ["figure", "front left, back right; R and L are the patient’s"],
        ["flare", "flare day"],
        ["gap", "not logged"],
        ["sleep", f"slept under {SHORT_SLEEP:g} h"],
        ["stress", f"stress {HIGH_STRESS:g} or more"],
        ["rescue", "rescue dose"],
    ]


@cache
def _sheets() -> dict[str, dict[str, str]]:
    light, dark = LIGHT_SHEET, DARK_SHEET
    return {
        "light": _colours(light, ground(False), around=light.edge),
        "dark": _colours(dark, ground(True), around=dark.rim),
    }


def _colours(sheet: Sheet, look: Ground, *, around: str) -> dict[str, str]:
    return {
        **asdict(sheet),
        "around": around,
        "flare": look.flare_tint,
        "flare-edge": look.alert,
        "line": look.line,
        "sleep": look.sleep_short,
        "stress": look.stress,
        "rescue": look.rescue,
        "gap": look.hatch,
    }
