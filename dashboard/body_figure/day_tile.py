"""One day for the row of small maps: what was logged, in the form a tile shows it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from clinical.body_map import active, unpack
from clinical.diary import Diary

SHORT_SLEEP = 5.0
"""Hours below which a night is marked; the same line as in the charts."""
HIGH_STRESS = 7.0
"""Stress (0-10, as displayed) from which a day is marked."""


@dataclass(frozen=True, slots=True)
class DayTile:
    """One calendar day; `None` is not answered, `body_map` is a packed map or None when no map was filled in."""

    day: date
    logged: bool
    pain: float | None = None
    body_map: bytes | None = None
    flare: bool = False
    sleep_hours: float | None = None
    stress: float | None = None
    rescue_doses: int | None = None

    @property
    def short_sleep(self) -> bool:
        """Whether the night was under `SHORT_SLEEP` hours."""
        return self.sleep_hours is not None and self.sleep_hours < SHORT_SLEEP

    @property
    def high_stress(self) -> bool:
        """Whether stress was `HIGH_STRESS` or more, as displayed."""
        return self.stress is not None and math.floor(self.stress + 0.5) >= HIGH_STRESS

    @property
    def regions_in_pain(self) -> int | None:
        """How many regions hurt, None without a map."""
        return None if self.body_map is None else int(active(unpack(self.body_map)).sum())


def day_tiles(days: Diary, flare: NDArray[np.bool_] | Sequence[bool]) -> tuple[DayTile, ...]:
    """One tile for each row of `days`; `flare` says per row whether the day belongs to a flare."""
    return tuple(_tile(days, row, bool(flare[row])) for row in range(len(days)))


def _tile(days: Diary, row: int, flare: bool) -> DayTile:
    doses = _answer(days, "rescue_doses", row)
    return DayTile(
        day=days.start + timedelta(days=row),
        logged=bool(days.logged[row]),
        pain=_answer(days, "pain", row),
        body_map=days.maps[row].tobytes() if days.has_map[row] else None,
        flare=flare,
        sleep_hours=_answer(days, "sleep_hours", row),
        stress=_answer(days, "stress", row),
        rescue_doses=None if doses is None else int(doses),
    )


def _answer(days: Diary, column: str, row: int) -> float | None:
    value = float(days[column][row])
    return None if math.isnan(value) else value
