"""Logged doses as arrays, for checks that look at ten years of them at once."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class DoseTable:
    """Logged doses, one array element a dose, in any order; only doses with a day.

    `day` datetime64[D]; `medicine` as logged; `dose` in `unit` (NaN: not known); `unit` and `route` '' when not given;
    `as_needed`; `taken` (false: declared not taken); `minute` of the day 0-1439, -1 when not known.
    """

    day: NDArray[np.datetime64]
    medicine: NDArray[np.object_]
    dose: NDArray[np.floating]
    unit: NDArray[np.object_]
    as_needed: NDArray[np.bool_]
    taken: NDArray[np.bool_]
    route: NDArray[np.object_]
    minute: NDArray[np.integer]

    def __len__(self) -> int:
        return len(self.day)

    def where(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> "DoseTable":
        """Only those doses."""
        return DoseTable(
            self.day[chosen],
            self.medicine[chosen],
            self.dose[chosen],
            self.unit[chosen],
            self.as_needed[chosen],
            self.taken[chosen],
            self.route[chosen],
            self.minute[chosen],
        )


NO_DOSES = DoseTable(
    np.empty(0, "datetime64[D]"),
    np.empty(0, object),
    np.empty(0, np.float64),
    np.empty(0, object),
    np.empty(0, np.bool_),
    np.empty(0, np.bool_),
    np.empty(0, object),
    np.empty(0, np.int32),
)


@dataclass(frozen=True, slots=True, eq=False)
class DailySeries:
    """An amount a day, one element a day on which anything of it was logged, oldest first; other days are not known.

    `value` (days,) what is sure, in `unit`; `complete` (days,) false where a dose of that day could not be computed,
    so that `value` is 'at least'; `exact_times` (days,) true where every dose that may count has its time of day.
    `most` (days,) what it is when everything that may count does: doses without a time, patches that may still be on
    (None: the same as `value`).
    """

    day: NDArray[np.datetime64]
    value: NDArray[np.float64]
    complete: NDArray[np.bool_]
    exact_times: NDArray[np.bool_]
    unit: str
    most: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.day)

    @property
    def up_to(self) -> NDArray[np.float64]:
        """(days,) the most it can be of what could be counted, never less than `value`."""
        return self.value if self.most is None else self.most

    def on(self, day: date) -> float | None:
        """What is sure of that day; None when nothing was logged."""
        at = int(np.searchsorted(self.day, np.datetime64(day)))
        return float(self.value[at]) if at < len(self) and self.day[at] == np.datetime64(day) else None
