"""What the browser is told to draw the body map: colours and words, a few kilobytes whatever the period."""

import math
from collections.abc import Collection, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from clinical.body_map import REGION_COUNT, REGION_INDEX
from clinical.maps import Mode, RegionMap
from dashboard.body_figure import wording
from dashboard.body_figure.palette import DARK_SHEET, LIGHT_SHEET, fill, ink
from dashboard.body_figure.picture import Views
from dashboard.services.pain_map_faint import FaintMap

HINT = "Select a region to follow it through the charts"
EARLIER = "faint: hurt earlier"


def message(
    values: RegionMap,
    *,
    height: int,
    selected: Sequence[str] = (),
    view: Views = "both",
    hint: str = HINT,
    ghosts: Collection[str] = (),
) -> dict[str, Any]:
    """JSON-ready data of one map; regions with nothing to say are left out."""
    chosen = [region_id for region_id in selected if region_id in REGION_INDEX]
    faint = {REGION_INDEX[i] for i in ghosts if i in REGION_INDEX and _is_quiet(values, REGION_INDEX[i])}
    return {
        "view": view,
        "height": height,
        "title": wording.TITLES[values.mode],
        "unit": wording.UNITS[values.mode],
        "note": values.note,
        "empty": wording.empty_words(values) if wording.is_empty(values) else "",
        "quiet": wording.quiet_words(values.mode),
        "regions": {str(i): _region(values, i) for i in range(REGION_COUNT) if wording.is_told(values, i)}
        | {str(i): _ghost(values, i) for i in sorted(faint)}
        | {str(i): _otherwise(values, i) for i in range(REGION_COUNT) if _is_otherwise(values, i)},
        "legend": _legend(values.mode),
        "keys": [*_keys(values), *_faint_keys(values, earlier=bool(faint))],
        "sheets": {"light": asdict(LIGHT_SHEET), "dark": asdict(DARK_SHEET)},
        "selected": chosen,
        "given": stamp(chosen),
        "hint": hint,
    }


def stamp(selected: Sequence[str]) -> str:
    """A mark of the selection the page asked for: a click made on top of another one is out of date."""
    return " ".join(selected)


def _region(values: RegionMap, index: int) -> list[str]:
    tone = wording.tone(values, index)
    said, days = wording.in_words(values, index), wording.days_in_words(values, index)
    if isinstance(values, FaintMap) and values.only:
        # 'Hurt on 3 of 28 days' of a map that holds only the marks of a filter would be too few.
        said, days = (text.replace("hurt on", f"marked as {values.only} on") for text in (said, days))
    return [
        wording.label(values, index),
        fill(tone, values.mode),
        ink(tone, values.mode),
        said,
        days,
        _kind(values, index),
    ]


def _is_quiet(values: RegionMap, index: int) -> bool:
    return math.isnan(values.values[index]) and not values.present[index]


def _ghost(values: RegionMap, index: int) -> list[str]:
    """A region without a value of its own that hurt before what is shown."""
    days = wording.days_in_words(values, index) if values.days_marked[index] else ""
    return ["", "none", "", f"{wording.in_words(values, index)}, hurt earlier", days, "ghost"]


def _is_otherwise(values: RegionMap, index: int) -> bool:
    """Whether the region hurts on these days in a way the map does not show."""
    return isinstance(values, FaintMap) and bool(values.faint[index]) and not values.drawn[index]


def _otherwise(values: RegionMap, index: int) -> list[str]:
    faint = int(values.faint[index]) if isinstance(values, FaintMap) else 0
    said = f"hurt on {faint} of {values.days_with_map} map days, {_why(values)}"
    return ["", "none", "", said, "", "ghost"]


def _why(values: RegionMap) -> str:
    return values.why if isinstance(values, FaintMap) else ""


def _faint_keys(values: RegionMap, *, earlier: bool) -> list[list[str]]:
    otherwise = any(_is_otherwise(values, i) for i in range(REGION_COUNT))
    keys = [["ghost", EARLIER]] if earlier else []
    return [*keys, ["ghost", f"faint: hurt, {_why(values)}"]] if otherwise else keys


def _kind(values: RegionMap, index: int) -> str:
    value = wording.tone(values, index)
    if math.isnan(value):
        return "dots" if values.present[index] else ""
    if wording.is_seldom(values, index):
        return "seldom"
    if values.mode == "change" and value:
        return "worse" if value > 0 else "better"
    return ""


@cache
def _legend(mode: Mode) -> list[list[str]]:
    return [[step.text, step.fill, step.ink, _signed(step.text)] for step in wording.legend(mode)]


def _signed(text: str) -> str:
    """Steps of a change are drawn as their regions are: a dashed border for better, a solid one for worse."""
    return "worse" if "+" in text else "better" if wording.MINUS in text else ""


def _keys(values: RegionMap) -> list[list[str]]:
    keys = [["dots", "hurts, intensity not recorded"]] if values.present.any() else []
    if values.one_period:
        keys.append(["sign", wording.ONE_PERIOD_WORDS])
    if wording.any_seldom(values):
        keys.append(["seldom", wording.SELDOM_WORDS])
    return [*keys, ["hatch", "no data"]] if wording.is_empty(values) else keys
