"""Reported episodes against planted ones: matched one to one where they overlap by at least half (IoU 0.5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from benchmarks.flares.simulator import Simulated

Episode = tuple[date, date]
Detector = Callable[[pd.DataFrame], list[Episode]]

LEAST_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Counts:
    """What one diary adds to the result: hits, planted, reported, and the onset error of each hit in days."""

    hits: int
    planted: int
    reported: int
    onset_errors: tuple[int, ...]
    years: float


def overlap(a: Episode, b: Episode) -> float:
    """Intersection over union in days (0-1)."""
    both = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    return max(both, 0) / ((max(a[1], b[1]) - min(a[0], b[0])).days + 1)


def compare(simulated: Simulated, reported: Sequence[Episode]) -> Counts:
    """The counts of one diary. At an overlap of half or more no episode can match two disjoint others equally well."""
    planted = [flare.dates for flare in simulated.flares]
    unseen = [flare.dates for flare in simulated.unseen]
    free = [found for found in reported if not any(overlap(found, flare) > 0 for flare in unseen)]
    asked = len(free)
    errors: list[int] = []
    for truth in planted:
        best = max(free, key=lambda found: overlap(truth, found), default=None)
        if best is not None and overlap(truth, best) >= LEAST_OVERLAP:
            free.remove(best)
            errors.append(abs((best[0] - truth[0]).days))
    return Counts(len(errors), len(planted), asked, tuple(errors), simulated.years)


@dataclass(frozen=True, slots=True)
class Result:
    """The pooled result of many diaries."""

    precision: float
    recall: float
    f1: float
    onset_error: float


def pooled(counts: Sequence[Counts]) -> Result:
    """Precision, recall and F1 over all episodes; the median onset error in days (NaN without a hit)."""
    hits = sum(c.hits for c in counts)
    planted = sum(c.planted for c in counts)
    reported = sum(c.reported for c in counts)
    errors = [error for c in counts for error in c.onset_errors]
    return Result(
        hits / reported if reported else 0.0,
        hits / planted if planted else 0.0,
        2 * hits / (planted + reported) if planted + reported else 0.0,
        float(np.median(errors)) if errors else float("nan"),
    )
