"""Pictures of a document: how large they stand on a page, and each as PNG with its heading and caption."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard.reports import print_paths, typesetting
from dashboard.reports.document import Block, Paper, Picture
from dashboard.reports.printable import printable

TEMPLATE = "figure.typ"
PAPERS: dict[Paper, tuple[float, float]] = {"a4": (210, 297), "letter": (215.9, 279.4)}
"""Width and height of a page in mm."""
LINE = 170.0
_LINE_NARROW = 100.0
"""Width in mm of a picture that was saved alone, and of a narrow one."""
_ON_A_LINE = 3
_TALLEST, _TALLEST_NARROW = 190.0, 62.0
_VIEW_BOX = re.compile(r'<svg[^>]*\bviewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')


def size(picture: Picture, line: float) -> tuple[float, float]:
    """Width and height in mm of the picture on a line that is that many mm wide, its proportions kept."""
    across, down = _units(picture.svg)
    ratio = down / across
    broad, tallest = (line, _TALLEST) if picture.wide else (line * 0.31, _TALLEST_NARROW)
    return (broad, broad * ratio) if broad * ratio <= tallest else (tallest / ratio, tallest)


def for_paper(svg: str, width: float) -> str:
    """The picture, drawn no finer than it shows on paper at that width in mm."""
    return print_paths.coarse(svg, width / _units(svg)[0])


def _units(svg: str) -> tuple[float, float]:
    """Width and height of the drawing in its own units, above 0."""
    found = _VIEW_BOX.match(svg)
    across, down = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    return (across, down) if across and down else (16.0, 9.0)


def side_by_side(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks line by line: up to three narrow pictures that follow each other share one."""
    lines: list[list[Block]] = []
    for block in blocks:
        if _narrow(block) and lines and _narrow(lines[-1][0]) and len(lines[-1]) < _ON_A_LINE:
            lines[-1].append(block)
        else:
            lines.append([block])
    return lines


def _narrow(block: Block) -> bool:
    return isinstance(block, Picture) and not block.wide


def png(picture: Picture, *, heading: str, dots_per_inch: float = 200) -> bytes:
    """The picture alone with its heading above and its caption beneath, as PNG. Raises typesetting.CannotSet."""
    alone = size(replace(picture, wide=True), LINE if picture.wide else _LINE_NARROW)
    return _drawn(picture, alone, printable(heading), printable(picture.caption), dots_per_inch)


def bare(picture: Picture, line: float, *, dots_per_inch: float = 250) -> bytes:
    """The picture and nothing else, as PNG, for a line of that many mm. Raises typesetting.CannotSet."""
    return _drawn(picture, size(picture, line), "", "", dots_per_inch)


def _drawn(picture: Picture, measured: tuple[float, float], heading: str, caption: str, dots_per_inch: float) -> bytes:
    across, down = measured
    data: dict[str, Any] = {"svg": picture.svg, "heading": heading, "caption": caption, "width": across, "height": down}
    return typesetting.picture(TEMPLATE, data, dots_per_inch=dots_per_inch)
