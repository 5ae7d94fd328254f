"""What is measured of one detector: accuracy with intervals by patient, false alarms, delay day by day, and time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import process_time

import numpy as np
import pandas as pd

from benchmarks.flares.scoring import Counts, Detector, Episode, compare, overlap, pooled
from benchmarks.flares.simulator import QUIET, START, Simulated, simulate
from clinical.flares import detect_flares

LONGEST_WAIT = 21
"""Days after its onset until which a flare may be recognised to count as recognised at all."""
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Value:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float

    def text(self, digits: int = 3) -> str:
        """As in the report: 0.912 (0.890-0.931)."""
        return f"{self.value:.{digits}f} ({self.low:.{digits}f}-{self.high:.{digits}f})"


def ours(days: pd.DataFrame) -> list[Episode]:
    """The flares that the shipped detector reports (not spikes, not shifts); an open one runs to the last day."""
    last = days.index[-1].date()
    return [(found.start, found.end or last) for found in detect_flares(days) if found.kind == "flare"]


def counted(simulated: Sequence[Simulated], detect: Detector) -> list[Counts]:
    """The counts of every diary."""
    return [compare(one, detect(one.days)) for one in simulated]


def bootstrapped(counts: Sequence[Counts], figure: Callable[[Sequence[Counts]], float]) -> Value:
    """The figure with the 2.5th and 97.5th percentile over resampled patients."""
    rng = np.random.default_rng(1)
    drawn = [figure([counts[i] for i in rng.integers(0, len(counts), len(counts))]) for _ in range(DRAWS)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Value(figure(counts), float(low), float(high))


def accuracy(counts: Sequence[Counts]) -> dict[str, Value]:
    """Precision, recall, F1 and the median onset error in days."""
    return {
        name: bootstrapped(counts, lambda some, name=name: float(getattr(pooled(some), name)))  # type: ignore[misc]
        for name in ("precision", "recall", "f1", "onset_error")
    }


def false_alarms(seeds: Sequence[int], detect: Detector) -> dict[str, Value]:
    """Reported flares per patient-year on each kind of diary without any."""
    return {kind: false_alarms_in([simulate(seed, kind) for seed in seeds], detect) for kind in QUIET}


def false_alarms_in(simulated: Sequence[Simulated], detect: Detector) -> Value:
    """Reported flares per patient-year on these diaries, which hold none."""
    return bootstrapped(
        counted(simulated, detect), lambda some: sum(c.reported for c in some) / sum(c.years for c in some)
    )


def delays(simulated: Simulated) -> list[float]:
    """For each planted flare the days from its onset until it is reported, seeing one day more at a time.

    Counted when an open or closed flare (not a spike, so never before its third day) overlaps what has happened of the
    planted one by half; NaN when that is not so within `LONGEST_WAIT` days.
    """
    found: list[float] = []
    for flare in simulated.flares:
        waits = (wait for wait in range(LONGEST_WAIT) if _recognised(simulated, flare.first, flare.last, wait))
        found.append(float(next(waits, np.nan)))
    return found


def _recognised(simulated: Simulated, first: int, last: int, wait: int) -> bool:
    seen = simulated.days.iloc[: first + wait + 1]
    so_far = (START + timedelta(days=first), START + timedelta(days=min(last, first + wait)))
    today = START + timedelta(days=first + wait)
    known = [(flare.start, flare.end or today) for flare in detect_flares(seen) if flare.kind == "flare"]
    return any(overlap(so_far, episode) >= 0.5 for episode in known)


def milliseconds_per_year(simulated: Sequence[Simulated], detect: Detector, times: int = 3) -> float:
    """Time of one core per patient-year, the best of some rounds."""
    years = sum(one.years for one in simulated)
    rounds = []
    for _ in range(times):
        started = process_time()
        for one in simulated:
            detect(one.days)
        rounds.append(process_time() - started)
    return 1000 * min(rounds) / years
