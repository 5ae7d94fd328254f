"""Every number the medication checks rest on, with its source and mark."""

from dataclasses import dataclass

from clinical.reviewed import Mark, cited, mark, rows


@dataclass(frozen=True, slots=True)
class Limit:
    """One number in `unit`, its mark, and the source with the mark as printed in a rule."""

    name: str
    value: float
    unit: str
    evidence: Mark
    cited: str


LIMITS: dict[str, Limit] = {
    row["name"]: Limit(row["name"], float(row["value"]), row["unit"], mark(row), cited(row))
    for row in rows("medication_limits")
}


def value(name: str) -> float:
    """The value of that limit. Raises KeyError for an unknown name."""
    return LIMITS[name].value


def whole(name: str) -> int:
    """The value of a limit that counts days or other whole things."""
    return int(LIMITS[name].value)


def source(name: str) -> str:
    """The source of that limit with its mark."""
    return LIMITS[name].cited
