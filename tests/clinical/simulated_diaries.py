"""Invented diaries with planted flares, to measure the detector against: levels 1-9, autocorrelated, rounded, gappy.

Everything comes from the seed. The truth is what was planted, not what the numbers happen to show.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

START = date(2024, 1, 1)
EFFECT = {  # how far a flare of strength 1 moves each column; sleep goes down
    "pain": 1.0, "spread": 1.6, "fatigue": 0.8, "interference": 0.9,
    "sleep_hours": -0.5, "sleep_quality": -0.7, "stress": 0.4, "rescue_doses": 0.5,
}  # fmt: skip
USUAL = {"fatigue": 5.0, "interference": 4.0, "sleep_hours": 6.5, "sleep_quality": 5.0, "stress": 4.5}
SPREAD_OF_DAYS = {
    "pain": 0.9, "spread": 1.8, "fatigue": 1.1, "interference": 1.1,
    "sleep_hours": 0.9, "sleep_quality": 1.2, "stress": 1.3,
}  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """One planted episode: first and last day number and strength in pain points."""

    first: int
    last: int
    strength: float


@dataclass
class Simulated:
    days: pd.DataFrame
    flares: list[Planted]
    spikes: list[Planted] = field(default_factory=list)
    level: float = 5.0

    def dates(self, planted: Planted) -> tuple[date, date]:
        return START + timedelta(days=planted.first), START + timedelta(days=planted.last)


def simulate(seed: int, *, kind: str = "flares") -> Simulated:
    """One diary. `kind`: flares, noise (nothing planted), spikes (single days only), improvement (one step down)."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(180, 541))
    level = float(rng.choice(np.arange(1, 9.5, 0.5)))
    gap = _gaps(rng, count)
    flares = _flares(rng, count, gap) if kind == "flares" else []
    spikes = _spikes(rng, count, flares) if kind in ("flares", "spikes") else []
    step = np.zeros(count)
    if kind == "improvement" or (kind == "flares" and rng.random() < 0.2 and level >= 4):
        step[int(count * rng.uniform(0.35, 0.65)) :] = -min(rng.uniform(1.5, 3), max(level - 0.5, 0))
    strength = np.zeros(count)
    for planted in flares:
        strength[planted.first : planted.last + 1] = np.maximum(
            strength[planted.first : planted.last + 1], _shape(rng, planted)
        )
    for planted in spikes:
        strength[planted.first : planted.last + 1] = planted.strength
    table = _columns(rng, count, level, step, strength, [(p.first, p.last) for p in flares])
    table = table.mask(pd.Series(_missing(rng, count, gap), index=table.index), axis=0)
    return Simulated(_drop_columns(rng, table, level), flares, spikes, level)


def _gaps(rng: np.random.Generator, count: int) -> NDArray[np.bool_]:
    gap = np.zeros(count, np.bool_)
    for _ in range(rng.choice([0, 0, 1, 2])):
        first = int(rng.integers(40, count - 40))
        gap[first : first + int(rng.integers(8, 25))] = True
    return gap


def _flares(rng: np.random.Generator, count: int, gap: NDArray[np.bool_]) -> list[Planted]:
    found: list[Planted] = []
    taken = gap.copy()
    taken[:21] = True
    for _ in range(max(1, rng.poisson(count / 60))):
        shortest, longest = ((3, 7), (7, 14), (14, 28))[rng.choice(np.arange(3), p=[0.45, 0.35, 0.2])]
        length = int(rng.integers(shortest, longest + 1))
        if rng.random() < 0.03:
            length = 70
        first = int(rng.integers(0, count))
        if first + length > count or taken[max(first - 10, 0) : first + length + 10].any():
            continue
        taken[first : first + length] = True
        found.append(Planted(first, first + length - 1, float(rng.uniform(1.8, 4))))
    return sorted(found, key=lambda planted: planted.first)


def _spikes(rng: np.random.Generator, count: int, flares: list[Planted]) -> list[Planted]:
    busy = np.zeros(count, np.bool_)
    for planted in flares:
        busy[max(planted.first - 6, 0) : planted.last + 7] = True
    found: list[Planted] = []
    for _ in range(rng.poisson(count / 90)):
        first = int(rng.integers(5, count - 5))
        if not busy[first - 4 : first + 5].any():
            found.append(Planted(first, first, float(rng.uniform(2, 4))))
            busy[first - 4 : first + 5] = True
    return found


def _shape(rng: np.random.Generator, planted: Planted) -> NDArray[np.float64]:
    length = planted.last - planted.first + 1
    ramp = min(int(rng.integers(0, 3)), (length - 1) // 2)
    shape = np.ones(length)
    for day in range(ramp):
        shape[day] = shape[-1 - day] = 0.5 + 0.5 * (day + 1) / (ramp + 1)
    return shape * planted.strength


def _columns(
    rng: np.random.Generator,
    count: int,
    level: float,
    step: NDArray[np.float64],
    strength: NDArray[np.float64],
    flares: list[tuple[int, int]],
) -> pd.DataFrame:
    phi = rng.uniform(0.3, 0.8)
    own = rng.uniform(0.5, 1.3)
    weekly = rng.uniform(0, 0.4) * np.sin(2 * np.pi * (np.arange(count) + rng.integers(7)) / 7)
    drift = rng.uniform(-0.5, 0.5) * np.arange(count) / 365
    shared = _autocorrelated(rng, count, phi)
    table: dict[str, NDArray[np.float64]] = {}
    for column, effect in EFFECT.items():
        personal = effect * rng.uniform(0.6, 1.4) if column != "pain" else effect
        base = level if column == "pain" else USUAL.get(column, 4 + level / 2)
        move = personal * strength + (step + drift + weekly) * effect
        if column == "rescue_doses":
            table[column] = rng.poisson(np.clip(0.3 + move, 0, 8)).astype(float)
            continue
        noise = 0.5 * np.sign(effect) * shared + 0.87 * _autocorrelated(rng, count, phi)
        raw = base + move + own * SPREAD_OF_DAYS[column] * noise
        high = {"spread": 40.0, "sleep_hours": 14.0}.get(column, 10.0)
        table[column] = np.clip(np.round(raw * 2) / 2 if column == "sleep_hours" else np.round(raw), 0, high)
    table["flare"] = _answers(rng, count, flares)
    return pd.DataFrame(table, index=pd.date_range(START, periods=count))


def _answers(rng: np.random.Generator, count: int, flares: list[tuple[int, int]]) -> NDArray[np.float64]:
    truth = np.zeros(count, np.bool_)
    for first, last in flares:
        truth[first : last + 1] = True
    return np.where(truth, rng.random(count) < 0.75, rng.random(count) < 0.01).astype(float)


def _autocorrelated(rng: np.random.Generator, count: int, phi: float) -> NDArray[np.float64]:
    shocks = rng.normal(size=count) * np.sqrt(1 - phi**2)
    values = np.empty(count)
    values[0] = rng.normal()
    for day in range(1, count):
        values[day] = phi * values[day - 1] + shocks[day]
    return values


def _missing(rng: np.random.Generator, count: int, gap: NDArray[np.bool_]) -> NDArray[np.bool_]:
    share = rng.uniform(0.02, 0.3)
    if rng.random() < 0.5:
        missing = rng.random(count) < share
    else:  # days are skipped in small runs
        missing = _autocorrelated(rng, count, 0.6) < np.quantile(rng.normal(size=2000), share)
    return missing | gap


def _drop_columns(rng: np.random.Generator, table: pd.DataFrame, level: float) -> pd.DataFrame:
    if rng.random() < 0.6:
        table = table.drop(columns="flare")
    optional = [column for column in EFFECT if column != "pain"]
    if level >= 7.5:  # pain alone cannot rise there: such a diary keeps what can speak
        optional = ["sleep_hours", "stress", "rescue_doses", "sleep_quality"]
    if level < 7.5 and rng.random() < 0.15:
        return table[[column for column in table if column in ("pain", "flare")]]
    gone = [column for column in optional if rng.random() < 0.35]
    return table.drop(columns=gone)
