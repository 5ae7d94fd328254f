"""Tenderness and weather, which only some people answer: how the weather was to them, by season and by chance."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from data_access.demo.traits import PatientPlan

ANSWER_IT = ("many_medicines", "red_flag_open", "red_flag_closed")
SHARE = 0.12
"""Of the people without a named case."""
_COLD_MONTHS, _HOT_MONTHS = (11, 12, 1, 2, 3), (6, 7, 8)

Further = tuple[float | None, tuple[str, ...]]


def tenderness_and_weather(plan: PatientPlan, dates: Sequence[date], pain: Sequence[float]) -> list[Further]:
    """For each day the tenderness 0-10 (None: not answered) and the codes of the weather (() not answered)."""
    random = plan.random("weather")
    if plan.case not in ANSWER_IT and (plan.case or random.random() >= SHARE):
        return [(None, ())] * len(dates)
    draws = random.random((len(dates), 5)).tolist()
    noise = random.normal(0, 1.2, len(dates)).tolist()
    return [
        (_tenderness(hurt, off) if draw[0] < 0.9 else None, _weather(day, draw))
        for day, hurt, draw, off in zip(dates, pain, draws, noise, strict=True)
    ]


def _tenderness(pain: float, off: float) -> float:
    return float(np.clip(round(0.75 * pain + 0.8 + off), 0, 10))


def _weather(day: date, draw: Sequence[float]) -> tuple[str, ...]:
    chances = {
        "cold": 0.55 if day.month in _COLD_MONTHS else 0.03,
        "hot": 0.45 if day.month in _HOT_MONTHS else 0.02,
        "damp": 0.35 if day.month in _COLD_MONTHS else 0.15,
        "windy": 0.18,
    }
    told = tuple(code for code, place in zip(chances, draw[1:], strict=True) if place < chances[code])
    return told or (("changing",) if draw[0] < 0.2 else ("dry",))
