"""A daily table on a continuous calendar: one row a day, gaps as NaN, ready for what compares days with later days."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

OUTCOMES = frozenset(
    ("pain", "pain_worst", "flare", "spread", "interference", "fatigue", "stiffness_minutes", "sensitivity")
)
"""Columns that are how bad the day was, not what came before it: they are never offered as factors."""


def calendar_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table as numbers, one row for every calendar day in order; two rows of one day are averaged."""
    index = pd.DatetimeIndex(pd.to_datetime(table.index)).tz_localize(None).normalize()
    numbers = {str(name): _numeric(table[name]) for name in table}
    known = pd.DataFrame(numbers, index=index).replace([np.inf, -np.inf], np.nan)
    known = known[known.index.notna()]
    if not known.index.is_unique:
        known = known.groupby(level=0).mean()
    known = known.sort_index()
    return known.asfreq("D") if len(known) else known


def _numeric(values: "pd.Series[float]") -> Floats:
    return np.asarray(pd.to_numeric(values, errors="coerce").astype("float64"), np.float64)


def factors(table: pd.DataFrame) -> list[str]:
    """The columns that may have come before pain, in the order of the table; none without a pain column."""
    return [str(name) for name in table if name not in OUTCOMES] if "pain" in table and len(table) else []


def day_numbers(table: pd.DataFrame) -> NDArray[np.int64]:
    """The days of a calendar table, counted from 1970, shape (days,)."""
    return table.index.to_numpy().astype("datetime64[D]").astype(np.int64)


def column(table: pd.DataFrame, name: str) -> Floats:
    """One column of a calendar table, shape (days,)."""
    values: Floats = table[name].to_numpy(np.float64)
    return values


def later(values: Floats, lag: int) -> Floats:
    """Each value on the day `lag` days after its own, NaN at the start, shape (days,)."""
    moved = np.full_like(values, np.nan)
    moved[lag:] = values[: max(len(values) - lag, 0)]
    return moved
