"""Invented diaries in which every column lasts from day to day and pain goes with what was planted, or with nothing."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

COLUMNS = ("sleep_hours", "sleep_quality", "stress", "activity", "mood", "rescue_doses", "pressure")
WEATHER = ("changing", "cold", "damp", "dry", "hot", "windy")
FURTHER = ("tenderness", *(f"weather: {code}" for code in WEATHER), "doses: daily", "doses: at need", "doses: rare")
Floats = NDArray[np.float64]


def lasting(random: np.random.Generator, days: int, carry: float, columns: int) -> Floats:
    """Noise of sd 1 in which a day resembles the day before, shape (days, columns)."""
    noise = random.standard_normal((days, columns))
    for day in range(1, days):
        noise[day] = carry * noise[day - 1] + np.sqrt(1 - carry**2) * noise[day]
    return noise


def patterned(
    seed: int,
    carry: float,
    *,
    days: int = 240,
    missing: float = 0.1,
    sleep_effect: float = 0.0,
    stress_effect: float = 0.0,
    pain_to_sleep: float = 0.0,
    course: str = "steady",
) -> pd.DataFrame:
    """A diary as people keep it: rounded, with missing days.

    `sleep_effect` points an hour of last night, `stress_effect` points per point of yesterday's stress, `pain_to_sleep`
    hours per point of yesterday's pain. `course`: steady, flares, step, trend (stress too), week (stress too), season
    (air pressure too): what moves pain besides its noise.
    """
    random = np.random.default_rng(seed)
    noise = lasting(random, days, carry, len(COLUMNS))
    pain_noise = 1.2 * lasting(random, days, carry, 1)[:, 0]
    pain_course, stress_course, pressure_course = _course(random, days, course)
    table = {
        "sleep_hours": np.clip(np.round(2 * (6.5 + 1.1 * noise[:, 0])) / 2, 0, 14),
        "sleep_quality": _scale(5 + 1.5 * noise[:, 1]),
        "stress": _scale(4.5 + 1.6 * noise[:, 2] + stress_course),
        "activity": _scale(5 + 1.5 * noise[:, 3]),
        "mood": _scale(5 + 1.5 * noise[:, 4]),
        "rescue_doses": random.poisson(np.exp(-0.5 + 0.6 * noise[:, 5])).astype(np.float64),
        "pressure": 1010 + 8 * (noise[:, 6] + pressure_course),
    }
    pain = 5 + pain_noise + pain_course + sleep_effect * (table["sleep_hours"] - 6.5)
    pain[1:] += stress_effect * (table["stress"][:-1] - 4.5)
    table["sleep_hours"][1:] += np.round(2 * pain_to_sleep * (pain[:-1] - 5)) / 2
    frame = pd.DataFrame({"pain": _scale(pain), **table}, index=pd.date_range("2025-01-06", periods=days))
    return frame[random.random(days) >= missing]


def with_further(days: pd.DataFrame, seed: int, carry: float) -> pd.DataFrame:
    """The same diary with tenderness, six kinds of weather and three medicines, none of which goes with anything."""
    random = np.random.default_rng((seed, 1))
    noise = lasting(random, len(days), carry, len(FURTHER))
    further = pd.DataFrame(index=days.index)
    further["tenderness"] = _scale(5 + 1.8 * noise[:, 0])
    for place, code in enumerate(WEATHER, 1):
        further[f"weather: {code}"] = (noise[:, place] > random.uniform(-0.5, 1.5)).astype(np.float64)
    further["doses: daily"] = (noise[:, 7] > -1.3).astype(np.float64) * 2
    further["doses: at need"] = random.poisson(np.exp(-0.5 + 0.6 * noise[:, 8]))
    further["doses: rare"] = (noise[:, 9] > 1.6).astype(np.float64)
    return days.join(further)


def _scale(values: Floats) -> Floats:
    return np.clip(np.round(values), 0, 10)


def _course(random: np.random.Generator, days: int, course: str) -> tuple[Floats, Floats, Floats]:
    """What moves pain, stress and air pressure without one leading to the other."""
    calendar, pain, none = np.arange(days), np.zeros(days), np.zeros(days)
    if course == "flares":
        for first in random.integers(0, days - 20, 4):
            pain[first : first + int(random.integers(4, 16))] += random.uniform(2, 4)
    elif course == "step":
        pain[days // 2 :] = -2.0
    elif course == "trend":
        pain = np.linspace(0, 3, days) ** 2 / 4
        return pain, 0.8 * pain, none
    elif course == "week":
        weekend = np.isin(calendar % 7, (5, 6)).astype(np.float64)
        return -weekend, -2 * weekend, none
    elif course == "season":
        wave = np.sin(2 * np.pi * calendar / 180)
        return 1.2 * wave, none, wave
    return pain, none, none
