"""Every number a rule rests on, with where it comes from: data that a clinician can read and review.

Evidence marks as in the clinical reference: V read in the primary source, V2 in a secondary one, K from general
knowledge, P our own product decision.
"""

from dataclasses import dataclass

from clinical import reviewed


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number, its unit, its source and how far that source was checked (V, V2, K or P)."""

    name: str
    value: float
    unit: str
    source: str
    evidence: str

    @property
    def cited(self) -> str:
        """The source with its evidence mark, as printed in a rule."""
        return f"{self.source} [{self.evidence}]"


def _load(table: str) -> dict[str, Threshold]:
    rows = reviewed.rows(table)
    return {r["name"]: Threshold(r["name"], float(r["value"]), r["unit"], r["source"], r["evidence"]) for r in rows}


THRESHOLDS: dict[str, Threshold] = _load("thresholds")
FLARE_DETECTOR: dict[str, Threshold] = _load("flare_detector")


def limit(name: str) -> float:
    """The value of that threshold. Raises KeyError for an unknown name."""
    return THRESHOLDS[name].value


def days(name: str) -> int:
    """The value of a threshold that counts days or other whole things."""
    return int(THRESHOLDS[name].value)


def cited(name: str) -> str:
    """The source of that threshold with its evidence mark."""
    return THRESHOLDS[name].cited
