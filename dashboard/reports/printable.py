"""Text as the document can print it.

The page is set in one embedded font, which holds Latin, Greek and Cyrillic letters. A character without a glyph would
make an accessible PDF fail as a whole, so it is replaced by a visible box, and the document says so.
`printable.json` lists what has a glyph; `python -m dashboard.reports.printable` measures it anew after a font changed.
"""

import json
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from pathlib import Path

BOX = "\u2610"
"""Stands for a character that has no glyph."""
LONGEST_WORD = 28
"""Characters after which a word without a space may break."""
_BREAK = "\u200b"
_VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Variation selectors ask for another shape of the letter before them, which the font does not have."""


@cache
def _ranges() -> tuple[tuple[int, ...], tuple[int, ...]]:
    found: list[list[int]] = json.loads(files("dashboard.reports").joinpath("printable.json").read_text("ascii"))
    return tuple(low for low, _ in found), tuple(high for _, high in found)


def has_glyph(character: str) -> bool:
    """Whether the font can draw that one character."""
    lows, highs = _ranges()
    place = bisect_right(lows, ord(character)) - 1
    return place >= 0 and ord(character) <= highs[place]


def printable(text: str) -> str:
    """The text on one line with nothing that cannot be printed: controls and direction marks left out, others boxed."""
    composed = unicodedata.normalize("NFC", text)
    spaced = " ".join("".join(" " if c.isspace() else c for c in composed).split())
    return " ".join(_breakable(word) for word in "".join(_kept(spaced)).split(" "))


def _kept(text: str) -> list[str]:
    kept: list[str] = []
    for character in text:
        kind = unicodedata.category(character)
        if kind in {"Cc", "Cf"} or character in _VARIATIONS:
            continue
        alone = kind[0] == "M" and not (kept and unicodedata.category(kept[-1])[0] in "LM")
        kept.append(character if has_glyph(character) and not alone else BOX)
    return kept


def _breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return _BREAK.join(word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD))


def clipped(text: str, most: int) -> str:
    """The printable text, at most that many characters; one that was cut ends in an ellipsis."""
    shown = printable(text[: most * 2])
    return shown if len(shown) <= most and len(text) <= most * 2 else shown[: most - 1].rstrip() + "…"


def measured_ranges() -> list[list[int]]:
    """First and last code point of every run the font can print, found by setting each character."""
    from dashboard.reports.typesetting import can_set

    def able(points: list[int]) -> list[int]:
        if not points or can_set(" ".join(f"a{chr(point)}" for point in points)):
            return points
        if len(points) == 1:
            return []
        half = len(points) // 2
        return able(points[:half]) + able(points[half:])

    drawn = [p for p in range(0x20, 0x10000) if unicodedata.category(chr(p))[0] != "C"]
    found: list[list[int]] = []
    for point in (p for start in range(0, len(drawn), 256) for p in able(drawn[start : start + 256])):
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return found


if __name__ == "__main__":
    listed = json.dumps(measured_ranges(), separators=(",", ":"))
    Path(str(files("dashboard.reports").joinpath("printable.json"))).write_text(listed, "ascii")
