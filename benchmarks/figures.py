"""Medians, percentiles and their rows in the report."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured quantity: its values in `unit`, the bound asked of it and what it was compared with."""

    name: str
    unit: str
    values: tuple[float, ...]
    bound: str = ""
    met: bool | None = None

    @property
    def p50(self) -> float:
        """The median."""
        return float(np.percentile(self.values, 50))

    @property
    def p95(self) -> float:
        """The 95th percentile."""
        return float(np.percentile(self.values, 95))

    def row(self) -> str:
        """One line of the Markdown table."""
        verdict = {True: "yes", False: "**no**", None: ""}[self.met]
        cells = (self.name, str(len(self.values)), f"{self.p50:.1f}", f"{self.p95:.1f}", self.unit, self.bound, verdict)
        return "| " + " | ".join(cells) + " |"

    def as_json(self) -> dict[str, object]:
        """The same, for machines."""
        return {
            "name": self.name,
            "unit": self.unit,
            "runs": len(self.values),
            "p50": round(self.p50, 3),
            "p95": round(self.p95, 3),
            "minimum": round(min(self.values), 3),
            "maximum": round(max(self.values), 3),
            "bound": self.bound,
            "met": self.met,
        }


HEAD = "| what | runs | p50 | p95 | unit | asked | met |\n|---|---|---|---|---|---|---|"


def table(figures: Sequence[Figure]) -> str:
    """The Markdown table of the figures, in the order given."""
    return "\n".join([HEAD, *(figure.row() for figure in figures)])
