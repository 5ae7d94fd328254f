"""The declared columns of each table that leaves as numpy arrays, and how driver rows become them.

Missing is NaN in a value column; days, counts, flags and text are never missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from clinical.diary import COLUMNS

Kind = Literal["day", "count", "value", "flag", "text"]
Column = NDArray[Any]

DAY_VALUES: Mapping[str, Kind] = {"day": "day", "entries": "count", **dict.fromkeys(COLUMNS, "value")}
"""`patient_days` without the packed map: 0-10 scores, hours, minutes, counts, as in `clinical.diary.COLUMNS`."""

DOSES: Mapping[str, Kind] = {
    "day": "day", "medicine": "text", "dose": "value", "unit": "text", "as_needed": "flag", "taken": "flag",
}  # fmt: skip
"""One row a logged dose; `dose` in `unit`, NaN when unknown."""

FURTHER_ANSWERS: Mapping[str, Kind] = {"day": "day", "tenderness": "value", "weather": "text"}
"""One row an entry that says either; tenderness 0-10, weather codes joined by |."""

_EPOCH = date(1970, 1, 1).toordinal()
_DTYPES: Mapping[Kind, Any] = {
    "day": "datetime64[D]",
    "count": np.int16,
    "value": np.float32,
    "flag": np.bool_,
    "text": object,
}


def columns(rows: Iterable[Sequence[Any]], declared: Mapping[str, Kind]) -> dict[str, Column]:
    """The rows turned into one array per declared column, in the same order; empty arrays when there are none."""
    # zip(*rows) once is three times faster than a list per column.
    turned = list(zip(*rows, strict=True)) or [()] * len(declared)
    return {name: _column(values, kind) for (name, kind), values in zip(declared.items(), turned, strict=False)}


def _column(values: Sequence[Any], kind: Kind) -> Column:
    if kind == "day" and values and isinstance(values[0], date):
        # numpy takes a text apart faster than it asks a date for its parts; counting days is faster than both.
        days = np.fromiter((value.toordinal() for value in values), np.int64, len(values))
        return (days - _EPOCH).astype("datetime64[D]")
    return np.array(values, _DTYPES[kind])
