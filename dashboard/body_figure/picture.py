"""The figure as one SVG text for print, PDF and pages without a script: numbers, sides and words included."""

import math
from dataclasses import dataclass
from html import escape
from typing import Literal

from clinical.body_map import View
from clinical.maps import RegionMap
from dashboard.body_figure import wording
from dashboard.body_figure.figure import HALF_WIDTH, UNITS_TALL, Anchor, RegionShape, figure
from dashboard.body_figure.palette import NOTHING, Sheet, fill, ink, sheet

Views = Literal["both", "front", "back"]

FONT = "Inter, 'Segoe UI', 'DejaVu Sans', Arial, sans-serif"
LARGEST_NUMBER = 20.0
HALO = 0.24
"""Width of the ground around a number, in font sizes: half of it stays within the air that `fit` leaves."""
BORDERS_FROM, DETAILS_FROM, CAPTIONS_FROM = 90, 170, 130
"""Heights (px) from which borders, inner strokes and the words 'front' and 'back' are drawn."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """One drawing: `unit` px per figure unit, and everything measured in px turned into units by `px`."""

    height: float
    unit: float
    labels: bool
    sheet: Sheet
    key: str

    def px(self, pixels: float) -> str:
        return f"{pixels / self.unit:.2f}".rstrip("0").rstrip(".")


def svg(
    values: RegionMap,
    *,
    view: Views = "both",
    height_px: float,
    dark: bool = False,
    labels: bool = True,
) -> str:
    """The figure of that map as SVG text of that height; the width follows. `labels` false leaves numbers out.

    Left and right are the patient's. A figure without any map is hatched and says so.
    """
    views: tuple[View, ...] = ("front", "back") if view == "both" else (view,)
    top, bottom = max(4.0, 0.012 * height_px), 18.0 if height_px >= CAPTIONS_FROM else 3.0
    scale = _Scale(
        height_px,
        (height_px - top - bottom) / UNITS_TALL,
        labels,
        sheet(dark),
        f"{height_px:.0f}{'d' if dark else 'l'}",
    )
    wide = 2 * HALF_WIDTH * len(views)
    tall = height_px / scale.unit
    body = "".join(_view(scale, values, one, HALF_WIDTH * (2 * i + 1)) for i, one in enumerate(views))
    title = f"{wording.TITLES[values.mode]}, {' and '.join(views)} of the body"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide * scale.unit:.1f}" height="{height_px:g}" '
        f'viewBox="0 {-top / scale.unit:.2f} {wide} {tall:.2f}" role="img" font-family="{FONT}">'
        f"<title>{escape(title)}</title><desc>{escape(wording.description(values))}</desc>"
        f"<defs>{_outlines(scale, views)}{_patterns(scale)}</defs>{body}{_empty_note(scale, values, wide)}</svg>"
    )


def _view(scale: _Scale, values: RegionMap, view: View, middle: float) -> str:
    drawn, look = figure(), scale.sheet
    shapes = [(i, shape) for i, shape in enumerate(drawn.regions) if shape.view == view]
    paper = f"url(#hatch{scale.key})" if wording.is_empty(values) else look.paper
    outline = f'<use href="#{view}{scale.key}" '
    parts = [f'<g transform="translate({middle} 0)">{outline}fill="{look.paper}"/>']
    parts.append(f'{outline}fill="{paper}"/>' if paper != look.paper else "")
    parts += [_painted(scale, values, i, shape) for i, shape in shapes]
    parts.append(_lines(scale, view, shapes))
    parts += [_signed_border(scale, values, i, shape) for i, shape in shapes]
    parts += [_number(scale, values, i, shape) for i, shape in shapes]
    parts += [_sides(scale, view), "</g>"]
    return "".join(parts)


def _painted(scale: _Scale, values: RegionMap, index: int, shape: RegionShape) -> str:
    colour = fill(wording.tone(values, index), values.mode)
    if values.present[index] and colour == NOTHING:
        colour = f"url(#dots{scale.key})"
    if colour == NOTHING:
        return ""
    # A hairline in the same colour closes the seam that antialiasing leaves between neighbours.
    painted = f'<path d="{shape.d}" fill="{colour}" stroke="{colour}" stroke-width="{scale.px(0.4)}"/>'
    if wording.is_seldom(values, index):
        painted += f'<path d="{shape.d}" fill="url(#stripes{scale.key})"/>'
    return painted


def _lines(scale: _Scale, view: View, shapes: list[tuple[int, RegionShape]]) -> str:
    drawn, look = figure(), scale.sheet
    parts = []
    if scale.height >= DETAILS_FROM:
        parts.append(_stroke(scale, drawn.strokes[view], look.edge, min(1.0, scale.height / 620), opacity=0.75))
    if scale.height >= BORDERS_FROM:
        borders = "".join(shape.d for _, shape in shapes)
        parts.append(_stroke(scale, borders, look.edge, min(0.9, max(0.35, scale.height / 560))))
    width = min(1.7, max(0.55, scale.height / 420))
    parts.append(
        f'<use href="#{view}{scale.key}" fill="none" stroke="{look.rim}" stroke-width="{scale.px(width)}" '
        'stroke-linejoin="round"/>'
    )
    return "".join(parts)


def _stroke(scale: _Scale, d: str, colour: str, pixels: float, opacity: float = 1) -> str:
    faint = f' stroke-opacity="{opacity}"' if opacity < 1 else ""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{scale.px(pixels)}" '
        f'stroke-linejoin="round" stroke-linecap="round"{faint}/>'
    )


def _signed_border(scale: _Scale, values: RegionMap, index: int, shape: RegionShape) -> str:
    """A change is told without colour as well: worse has a heavy border, better a dashed one."""
    value = wording.tone(values, index)
    if values.mode != "change" or math.isnan(value) or not value:
        return ""
    width = min(1.6, max(0.7, scale.height / 300))
    dashes = "" if value > 0 else f' stroke-dasharray="{scale.px(2.4 * width)} {scale.px(1.6 * width)}"'
    return f'<path d="{shape.d}" fill="none" stroke="{scale.sheet.outline}" stroke-width="{scale.px(width)}"{dashes}/>'


def _number(scale: _Scale, values: RegionMap, index: int, shape: RegionShape) -> str:
    text = wording.label(values, index)
    if not text or not scale.labels:
        return ""
    place = shape.place(len(text), scale.unit, max(9.0, min(0.027 * scale.height, LARGEST_NUMBER)))
    if place is None:
        return ""
    if place.anchor != "middle":
        return _text(scale, *place.at, text, place.size, scale.sheet.beside, weight=600, anchor=place.anchor)
    tone = wording.tone(values, index)
    colour = ink(tone, values.mode)
    # Over stripes and inner strokes the number keeps the region's own colour as its ground.
    halo = fill(tone, values.mode) if tone and not math.isnan(tone) else ""
    return _text(scale, *place.at, text, place.size, colour, weight=600, halo=halo)


def _sides(scale: _Scale, view: View) -> str:
    size = min(max(6.0, 0.034 * scale.height), 16.0)
    letters = ("R", "L") if view == "front" else ("L", "R")
    parts = [
        _text(scale, x, 40, letter, size, scale.sheet.ink, weight=600)
        for x, letter in zip((-105, 105), letters, strict=True)
    ]
    if scale.height >= CAPTIONS_FROM:
        parts.append(_text(scale, 0, UNITS_TALL + 11 / scale.unit, view.capitalize(), 11, scale.sheet.ink))
    return "".join(parts)


def _empty_note(scale: _Scale, values: RegionMap, wide: float) -> str:
    if not wording.is_empty(values) or scale.height < CAPTIONS_FROM:
        return ""
    size = min(max(10.0, 0.04 * scale.height), 18.0)
    text = wording.empty_words(values)
    half = 0.31 * size * len(text) / scale.unit
    box = (
        f'<rect x="{wide / 2 - half:.1f}" y="{_beside(scale, -0.9 * size)}" width="{2 * half:.1f}" '
        f'height="{scale.px(1.8 * size)}" rx="{scale.px(3)}" fill="{scale.sheet.paper}" stroke="{scale.sheet.edge}" '
        f'stroke-width="{scale.px(0.8)}"/>'
    )
    return box + _text(scale, wide / 2, 290, text, size, scale.sheet.outline)


def _beside(scale: _Scale, pixels: float) -> str:
    """That many px below the middle of the note, in units."""
    return f"{290 + pixels / scale.unit:.1f}"


def _text(  # noqa: PLR0913  (an SVG text has as many attributes)
    scale: _Scale,
    x: float,
    y: float,
    text: str,
    size: float,
    colour: str,
    weight: int = 400,
    halo: str = "",
    anchor: Anchor = "middle",
) -> str:
    ground = ""
    if halo:
        ground = f' paint-order="stroke" stroke="{halo}" stroke-width="{scale.px(HALO * size)}" stroke-linejoin="round"'
    # The shift by 0.36 of the font centres capitals and figures everywhere; dominant-baseline is not known to all.
    return (
        f'<text x="{x:.1f}" y="{y + 0.36 * size / scale.unit:.1f}" font-size="{scale.px(size)}" fill="{colour}" '
        f'font-weight="{weight}" text-anchor="{anchor}"{ground}>{escape(text)}</text>'
    )


def _outlines(scale: _Scale, views: tuple[View, ...]) -> str:
    return "".join(f'<path id="{view}{scale.key}" d="{figure().outline[view]}"/>' for view in views)


def _patterns(scale: _Scale) -> str:
    look, gap = scale.sheet, scale.px(max(3.0, min(6.0, scale.height / 70)))
    fine = scale.px(max(0.6, min(1.1, scale.height / 400)))
    return (
        f'<pattern id="hatch{scale.key}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M0 0V{gap}" stroke="{look.hatch}" stroke-width="{fine}"/></pattern>'
        f'<pattern id="dots{scale.key}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse">'
        f'<circle cx="{float(gap) / 2:g}" cy="{float(gap) / 2:g}" r="{fine}" fill="{look.dots}"/></pattern>'
        f'<pattern id="stripes{scale.key}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(-45)"><path d="M0 0V{gap}" stroke="{look.paper}" '
        f'stroke-width="{0.8 * float(gap):.2f}"/></pattern>'
    )
