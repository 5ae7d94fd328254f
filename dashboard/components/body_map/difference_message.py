"""What the browser is told to draw a difference map: a sign, a fill and a border for each kind of change."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from clinical.body_map import REGION_COUNT
from dashboard.body_figure.palette import BETTER, BLACK, DARK_SHEET, LIGHT_SHEET, NOTHING, WHITE, WORSE

SAME = "#bfc6cd"
"""An unchanged region: neither worse nor better, so neither brown nor blue."""
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
UNRATED = "unrated"


def message(kinds: Sequence[str], words: Sequence[str], *, height: int, title: str) -> dict[str, Any]:
    """JSON-ready data of one difference map; `kinds` and `words` follow the vocabulary of 74 regions.

    Raises ValueError where they do not cover it.
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
        "regions": {str(i): _region(kind, words[i]) for i, kind in enumerate(kinds) if kind or words[i]},
        "legend": [[f"{look.sign} {look.word}", look.fill, look.ink, look.border] for look in LOOKS.values()],
        "keys": [["dots", "hurts, intensity not recorded"]] if UNRATED in kinds else [],
        "sheets": {"light": asdict(LIGHT_SHEET), "dark": asdict(DARK_SHEET)},
        "selected": [],
        "given": "",
        "hint": HINT,
    }


def _region(kind: str, words: str) -> list[str]:
    if kind == UNRATED:
        return ["", NOTHING, BLACK, words, "", "dots"]
    look = LOOKS.get(kind, Look("", "", NOTHING, BLACK, ""))
    return [look.sign, look.fill, look.ink, words, "", look.border]
