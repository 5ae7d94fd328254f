"""Invented diaries made in another way than those of `simulator`: nothing is tuned on these.

Answers are counts out of the scale (beta-binomial around a probability that wanders in logits), not rounded sums;
flares come up over days and fade like an echo, some twice; columns follow pain late or not at all; people skip
weekends and answer "a flare" a day late. `python -m benchmarks.flares.other_diaries` prints the detector's figures.
"""

from datetime import timedelta

import numpy as np
import pandas as pd
from scipy.signal import lfilter

from benchmarks.flares.measuring import accuracy, counted, false_alarms_in, ours
from benchmarks.flares.simulator import LEAST_LOGGED, QUIET, START, Bools, Floats, Kind, Planted, Simulated

SEEDS = range(400)
OPTIONAL = {  # steps of the scale, usual share of it, how far a flare moves it against pain, days it comes later
    "spread": (40, 0.25, 0.7, 0),
    "fatigue": (10, 0.5, 0.7, 1),
    "interference": (10, 0.4, 0.8, 0),
    "sleep_hours": (12, 0.55, -0.3, 0),
    "sleep_quality": (10, 0.5, -0.5, 1),
    "stress": (10, 0.4, 0.2, 0),
    "rescue_doses": (6, 0.08, 0.8, 0),
}
"""What may be answered besides pain."""


def simulate(seed: int, kind: Kind = "flares") -> Simulated:
    """One diary of 150 to 700 days."""
    rng = np.random.default_rng([4711, seed, ("flares", *QUIET).index(kind)])
    count = int(rng.integers(150, 701))
    height, flares = _flares(rng, count) if kind == "flares" else (np.zeros(count), [])
    spikes = _spikes(rng, count, height) if kind in ("flares", "spikes") else []
    for spike in spikes:
        height[spike.first : spike.last + 1] += spike.rise
    level = np.full(count, _logit(rng.uniform(0.12, 0.85)))
    if kind == "improvement":
        level[int(count * rng.uniform(0.3, 0.7)) :] -= rng.uniform(0.7, 1.8)
    days = pd.DataFrame(_answers(rng, level, height), index=pd.date_range(START, periods=count))
    if rng.random() < 0.4:
        days["flare"] = _said(rng, count, flares)
    days[_skipped(rng, count, height)] = np.nan
    logged = days["pain"].notna().to_numpy()
    seen = tuple(each for each in flares if logged[each.first : each.last + 1].sum() >= LEAST_LOGGED)
    unseen = tuple(each for each in flares if each not in seen)
    return Simulated(days, seen, unseen, tuple(spikes))


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


def _flares(rng: np.random.Generator, count: int) -> tuple[Floats, list[Planted]]:
    """The height of every day in logits, and the flares: the days of at least two fifths of a flare's height."""
    height = np.zeros(count)
    found: list[Planted] = []
    day = int(rng.integers(25, 60))
    while day < count - 5:
        up = int(rng.integers(1, 4))
        plateau = int(np.round(rng.lognormal(1.3, 0.8)))
        shape = np.concatenate((np.arange(1, up + 1) / up, np.ones(plateau), 0.75 ** np.arange(1, 12)))
        shape = shape[: count - day]
        peak = float(rng.uniform(1.3, 3.0))
        height[day : day + len(shape)] += peak * shape
        inside = np.flatnonzero(shape >= 0.4)
        if len(inside) >= LEAST_LOGGED:
            found.append(Planted(day + int(inside[0]), day + int(inside[-1]), peak))
        day += len(shape) + 8 + int(rng.exponential(40))
    return height, found


def _spikes(rng: np.random.Generator, count: int, height: Floats) -> list[Planted]:
    found = []
    for _ in range(rng.poisson(count / 90)):
        day = int(rng.integers(6, count - 6))
        if not height[day - 5 : day + 6].any():
            found.append(Planted(day, day, float(rng.uniform(1.5, 3.0))))
    return found


def _wander(rng: np.random.Generator, count: int) -> Floats:
    """A wandering of sd 1 with a memory of two days, and now and then a bad day of its own."""
    shocks = rng.laplace(size=count + 50)
    memory = float(rng.uniform(0.2, 0.6))
    wander = lfilter([1.0], [1.0, -memory, -0.15], shocks)[50:]
    scaled: Floats = wander / wander.std()
    return scaled


def _answers(rng: np.random.Generator, level: Floats, height: Floats) -> dict[str, Floats]:
    count = len(level)
    own = float(rng.uniform(0.2, 0.6))
    shared = _wander(rng, count)
    table = {"pain": _marked(rng, level + height + own * _mixed(rng, shared), 10)}
    for name, (steps, usual, moved, late) in OPTIONAL.items():
        if rng.random() < 0.4:
            continue
        follows = np.concatenate((np.zeros(late), height[: count - late]))
        move = moved * rng.uniform(0.3, 1.4) * follows
        table[name] = _marked(rng, _logit(usual) + move + own * np.sign(moved) * _mixed(rng, shared), steps)
    return table


def _mixed(rng: np.random.Generator, shared: Floats) -> Floats:
    mixed: Floats = 0.6 * shared + 0.8 * _wander(rng, len(shared))
    return mixed


def _marked(rng: np.random.Generator, logits: Floats, steps: int) -> Floats:
    """Answers on a scale of whole numbers: people scatter less than coins do, so each is a mean of four draws."""
    share = 1 / (1 + np.exp(-logits))
    drawn = rng.binomial(4 * steps, share) / 4
    return np.round(drawn)


def _said(rng: np.random.Generator, count: int, flares: list[Planted]) -> Floats:
    """The own answer: mostly yes in a flare, from its second day, and on one ordinary day in 60."""
    said = (rng.random(count) < 1 / 60).astype(np.float64)
    for each in flares:
        said[each.first + 1 : each.last + 1] = rng.random(each.last - each.first) < 0.65
    return said


def _skipped(rng: np.random.Generator, count: int, height: Floats) -> Bools:
    """Weekends, the worst days, and holidays."""
    weekend = np.array([(START + timedelta(days=day)).weekday() >= 5 for day in range(count)])
    share = rng.uniform(0.02, 0.2) + weekend * rng.uniform(0, 0.3) + (height > 1.5) * rng.uniform(0, 0.15)
    skipped: Bools = rng.random(count) < share
    for _ in range(int(rng.integers(0, 3))):
        first = int(rng.integers(0, count - 20))
        skipped[first : first + int(rng.integers(5, 20))] = True
    return skipped


def main() -> None:
    """Print the figures."""
    for name, value in accuracy(counted([simulate(seed) for seed in SEEDS], ours)).items():
        print(name, value.text())
    for kind in QUIET:
        print(kind, false_alarms_in([simulate(seed, kind) for seed in SEEDS], ours).text(2), "a patient-year")


if __name__ == "__main__":
    main()
