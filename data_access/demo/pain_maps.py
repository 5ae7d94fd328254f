"""The maps of one person's days: which regions are marked, how strongly; alike from day to day, wider in flares."""

from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from clinical.body_map import REGION_COUNT, REGIONS
from data_access.demo.body_pattern import BodyPattern
from data_access.demo.course import Course, lasting_noise
from data_access.records import MarkRecord

PERSISTENCE = 0.72
"""How much a region's tendency to hurt today resembles yesterday's (lag-1 autocorrelation)."""


@dataclass(frozen=True, slots=True)
class PainMaps:
    """Intensities 0-10 of every region on every day, (days, 74) int8; 0 is no mark."""

    intensity: NDArray[np.int8]


def draw_maps(pattern: BodyPattern, course: Course, random: np.random.Generator) -> PainMaps:
    """The map this person would draw on each day."""
    days = course.days
    tendency = lasting_noise(random, days, PERSISTENCE, REGION_COUNT)
    full_flare = np.clip(course.rise / 2.2, 0, 1.3) + 0.35 * course.in_flare
    ordinary = np.clip(course.pain - course.rise - course.level, -2, 2)
    slight = np.minimum(course.pain - 3.5, 0) * 0.45  # on a day at 1 or 2 only the heart of the pattern is marked
    tendency += np.outer(full_flare, pattern.spread) + np.outer(0.22 * ordinary + slight, pattern.sway)
    hurts = (tendency > pattern.threshold) & (course.answers["pain"] > 0)[:, None]
    strength = np.rint(course.pain[:, None] + pattern.offset + 0.5 * random.standard_normal((days, REGION_COUNT)))
    return PainMaps(np.where(hurts, np.clip(strength, 1, 10), 0).astype(np.int8))


class MarkBook:
    """Makes each different mark of one person once: the same region at the same strength is the same record."""

    def __init__(self, pattern: BodyPattern) -> None:
        self._pattern = pattern
        self._made: dict[tuple[int, int, bool], MarkRecord] = {}

    def marks(self, intensity: NDArray[np.int8], in_flare: bool) -> tuple[MarkRecord, ...]:
        """The marks of one map (74 intensities), in vocabulary order."""
        places = np.flatnonzero(intensity)
        strengths = intensity[places].tolist()
        return tuple(self._mark(i, s, in_flare) for i, s in zip(places.tolist(), strengths, strict=True))

    def _mark(self, place: int, strength: int, in_flare: bool) -> MarkRecord:
        key = (place, strength, in_flare)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._new(place, strength, in_flare)
        return made

    def _new(self, place: int, strength: int, in_flare: bool) -> MarkRecord:
        usual = self._pattern.qualities[place]
        extra = tuple(q for q in self._pattern.flare_quality if q not in usual) if in_flare and usual else ()
        depth = cast(Literal["", "surface", "deep"], self._pattern.depth[place])
        return MarkRecord(REGIONS[place].region_id, strength, (*usual, *extra), depth)
