"""What the browser is told to draw a difference map: a sign, a fill and a border for each kind of change."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from clinical.body_map import REGION_COUNT
from dashboard.body_figure.figure import UNITS_TALL, figure
from dashboard.body_figure.palette import BETTER, BLACK, DARK_SHEET, LIGHT_SHEET, NOTHING, WHITE, WORSE

SAME = "#bfc6cd"
"""An unchanged region: neither worse nor better, so neither brown nor blue."""
NO_OFTEN: Mapping[int, str] = MappingProxyType({})
QUIET = "no pain marked in either period"
HINT = "Select a region to read its two values"


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind is drawn. Sign and border say it without the colour; the signs are in every system font."""

    sign: str
    word: str
    fill: str
    ink: str
    border: str


LOOKS: dict[str, Look] = {
    "new": Look("+", "new", WORSE[4], WHITE, "new"),
    "stronger": Look("▲", "stronger", WORSE[1], BLACK, "worse"),
    "unchanged": Look("=", "unchanged", SAME, BLACK, ""),
    "weaker": Look("▼", "weaker", BETTER[1], BLACK, "better"),
    "gone": Look("×", "gone", NOTHING, BETTER[4], "gone"),
}
NOISE = "noise"
ERROR = Look("~", "within drawing error", NOTHING, BLACK, "gone")
"""New or gone by no more than one drawing differs from another: still drawn, in the legend only where it occurs."""
OFTEN = {"oftener": "↑", "seldomer": "↓"}
"""Follows the sign of a region, and takes the place of '=', which would say that nothing changed."""
AROUND = 1.15
"""The drawing with the words under it and some air is that many times as tall as the figure, on a phone too."""
UNRATED = "unrated"
OTHERWISE = "otherwise"
"""No mark of the filter in either period, and pain that the filter leaves out: faint, as on the maps themselves."""


def message(
    kinds: Sequence[str],
    words: Sequence[str],
    *,
    height: int,
    title: str,
    often: Mapping[int, str] = NO_OFTEN,
    otherwise: str = "",
) -> dict[str, Any]:
    """JSON-ready data of one difference map; `kinds` and `words` follow the vocabulary of 74 regions.

    `often`: the regions that hurt 'oftener' or 'seldomer'; `otherwise`: what faint ones are not.
    Raises ValueError where `kinds` and `words` do not cover the vocabulary.
    """
    if len(kinds) != REGION_COUNT or len(words) != REGION_COUNT:
        raise ValueError(f"a difference map needs {REGION_COUNT} kinds and words")
    return {
        "view": "both",
        "height": height,
        "title": title,
        "unit": "",
        "note": "",
        "empty": "",
        "quiet": QUIET,
        "regions": {
            str(i): _region(kind, words[i], _arrow(kind, i, often, height))
            for i, kind in enumerate(kinds)
            if kind or words[i]
        },
        "legend": [[f"{look.sign} {look.word}", look.fill, look.ink, look.border] for look in LOOKS.values()],
        "keys": _keys(kinds, often, otherwise),
        "sheets": {"light": asdict(LIGHT_SHEET), "dark": asdict(DARK_SHEET)},
        "selected": [],
        "given": "",
        "hint": HINT,
    }


def _keys(kinds: Sequence[str], often: Mapping[int, str], otherwise: str) -> list[list[str]]:
    """What the legend explains only where the map holds it."""
    keys = [["dots", "hurts, intensity not recorded"]] if UNRATED in kinds else []
    keys += [["sign", f"{ERROR.sign} {ERROR.word}"]] if NOISE in kinds else []
    keys += [["ghost", f"faint: hurt, {otherwise}"]] if OTHERWISE in kinds else []
    return keys + [["sign", f"{sign} {word}"] for word, sign in OFTEN.items() if word in often.values()]


def _arrow(kind: str, index: int, often: Mapping[int, str], height: int) -> str:
    """The arrow, unless there is no room for it beside the sign of the kind: both would be left out."""
    arrow = OFTEN.get(often.get(index, ""), "")
    if not arrow or kind in ("unchanged", UNRATED):
        return arrow
    place = figure().regions[index].place(2, height / AROUND / UNITS_TALL, 9)
    return arrow if place is not None else ""


def _region(kind: str, words: str, arrow: str) -> list[str]:
    if kind == UNRATED:
        return [arrow, NOTHING, BLACK, words, "", "dots"]
    if kind == OTHERWISE:
        return ["", "none", "", words, "", "ghost"]
    look = ERROR if kind == NOISE else LOOKS.get(kind, Look("", "", NOTHING, BLACK, ""))
    sign = arrow if arrow and kind == "unchanged" else f"{look.sign}{arrow}"
    return [sign, look.fill, look.ink, words, "", look.border]
