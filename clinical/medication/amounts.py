"""How much of a substance is in a dose: never guessed. What cannot be said comes with the reason."""

import math
from dataclasses import dataclass

from clinical.medication.drugs import Drug, Form, Part
from clinical.medication.recognising import form_of
from clinical.medication.units import Unit, unit_of

NO_DOSE, NO_UNIT, NO_ROUTE = "the dose is not given", "the unit is not given", "the route is not given"


@dataclass(frozen=True, slots=True)
class Scale:
    """What one of a dose's unit holds of a substance: `per_unit` mg, or ug/h of a patch; None with the reason `why`."""

    per_unit: float | None
    why: str = ""


def route_of(drug: Drug, unit: str, route: str) -> Form:
    """How it is given: by the route, else by the medicine's name, else by the unit; '' when none of them says."""
    known = unit_of(unit)
    by_unit: Form = ""
    if known is not None and known.kind in ("count", "rate", "patch"):
        by_unit = "oral" if known.kind == "count" else "patch"
    return form_of(route) or drug.form or by_unit


def scale(drug: Drug, part: Part, unit: str) -> Scale:
    """How much of that substance one of that unit holds."""
    known = unit_of(unit)
    if known is None:
        return Scale(None, f"the unit {unit.strip()!r} is not known" if unit.strip() else NO_UNIT)
    if known.kind == "mass":
        return _by_mass(drug, known)
    if known.kind == "rate":
        return Scale(known.scale)
    if known.kind in ("count", "volume"):
        return _by_strength(part, known)
    return Scale(None, f"a dose in {unit.strip('{}')} does not say how much it holds")


def _by_mass(drug: Drug, unit: Unit) -> Scale:
    if len(drug.parts) > 1 or drug.mixed:
        return Scale(None, "a dose by weight does not say how much of each substance the combination holds")
    return Scale(unit.scale)


def _by_strength(part: Part, unit: Unit) -> Scale:
    wanted = "piece" if unit.kind == "count" else "mL"
    if part.strength is None or part.per != wanted:
        each = "tablet or capsule" if wanted == "piece" else "mL"
        return Scale(None, f"the strength of {part.substance} in one {each} is not known")
    return Scale(part.strength * unit.scale)


def known_dose(dose: float | None) -> bool:
    """Whether the number of a dose can be used: given, finite and above 0."""
    return dose is not None and math.isfinite(dose) and dose > 0
