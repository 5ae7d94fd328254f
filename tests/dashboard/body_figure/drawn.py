"""The traced figure as shapely shapes, read from the file by a parser of its own."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from shapely import Polygon

from clinical.body_map import REGIONS

TOKEN = re.compile(r"[Mclz]|-?\d*\.?\d+")


@cache
def traced() -> dict[str, Any]:
    text = files("dashboard.body_figure").joinpath("browser", "figure.json").read_text("utf-8")
    return dict(json.loads(text))


def points(d: str) -> list[tuple[float, float]]:
    """The points of path data made of M, relative c, relative l and z."""
    tokens = TOKEN.findall(d)
    found, command, i = [(float(tokens[1]), float(tokens[2]))], "", 3
    while tokens[i] != "z":
        if tokens[i] in "cl":
            command, i = tokens[i], i + 1
        here = np.array(found[-1])
        count = 6 if command == "c" else 2
        steps = here + np.array(tokens[i : i + count], float).reshape(-1, 2)
        i += count
        found += curve(here, *steps) if command == "c" else [tuple(steps[0])]
    return [(round(x, 6), round(y, 6)) for x, y in found]


def curve(a: Any, b: Any, c: Any, d: Any) -> list[tuple[float, float]]:
    t = np.linspace(0, 1, 13)[1:, None]
    run = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
    return [(float(x), float(y)) for x, y in run]


@cache
def shape(region_id: str) -> Polygon:
    return Polygon(points(next(r["d"] for r in traced()["regions"] if r["id"] == region_id)))


def shapes(view: str) -> dict[str, Polygon]:
    return {r.region_id: shape(r.region_id) for r in REGIONS if r.view == view}


@cache
def outline(view: str) -> Polygon:
    return Polygon(points(traced()["outline"][view]))
