"""How much of a substance is in a dose: never guessed. What cannot be said comes with the reason."""

import math
from dataclasses import dataclass

from clinical.medication.drugs import Drug, Form, Part
from clinical.medication.recognising import form_of
from clinical.medication.units import Unit, unit_of

NO_DOSE, NO_UNIT, NO_ROUTE = "the dose is not given", "the unit is not given", "the route is not given"
BELOW_A_PIECE = "the dose is less than one piece holds: check this dose and its unit"


@dataclass(frozen=True, slots=True)
class Scale:
    """What one of a dose's unit holds of a substance: `per_unit` mg, or ug/h of a patch; None with the reason `why`.

    `least` of that unit is what one piece holds (0: not known): '2 mg' of tablets of 30 mg may be two tablets.
    """

    per_unit: float | None
    why: str = ""
    least: float = 0.0

    def doubtful(self, dose: float) -> bool:
        """Whether that dose is less than one piece holds."""
        return dose < 0.999 * self.least  # the log rounds


def route_of(drug: Drug, unit: str, route: str) -> Form:
    """How it is given: by the route, else by the medicine's name, else by the unit; '' when none of them says."""
    return next(iter(forms_of(drug, unit, route).values()), "")


def forms_of(drug: Drug, unit: str, route: str) -> dict[str, Form]:
    """What the route, the name and the unit say of how it is given, each by its words: they can contradict each other.

    A route in words that are not known is 'other': it is not the same as none.
    """
    known = unit_of(unit)
    found: dict[str, Form] = {}
    if route.strip():
        found[f"the route is {route.strip()}"] = form_of(route) or "other"
    if drug.form:
        found[f"its name says {drug.form}"] = drug.form
    if known is not None and known.form:
        found[f"the unit is {unit.strip().strip('{}')}"] = known.form
    return found


def scale(drug: Drug, part: Part, unit: str) -> Scale:
    """How much of that substance one of that unit holds."""
    known = unit_of(unit)
    if known is None:
        return Scale(None, f"the unit {unit.strip()!r} is not known" if unit.strip() else NO_UNIT)
    if known.kind == "mass":
        return _by_mass(drug, part, known)
    if known.kind == "rate":
        return Scale(known.scale)
    if known.kind in ("count", "volume"):
        return _by_strength(part, known)
    return Scale(None, f"a dose in {unit.strip('{}')} does not say how much it holds")


def _by_mass(drug: Drug, part: Part, unit: Unit) -> Scale:
    if len(drug.parts) > 1 or drug.mixed:
        return Scale(None, "a dose by weight does not say how much of each substance the combination holds")
    piece = part.strength if part.per == "piece" and part.strength is not None else 0.0
    return Scale(unit.scale * part.of_salt, least=piece / unit.scale)


def _by_strength(part: Part, unit: Unit) -> Scale:
    wanted = "piece" if unit.kind == "count" else "mL"
    if part.strength is None or part.per != wanted:
        each = "tablet or capsule" if wanted == "piece" else "mL"
        return Scale(None, f"the strength of {part.substance} in one {each} is not known")
    return Scale(part.strength * unit.scale * part.of_salt)


def known_dose(dose: float | None) -> bool:
    """Whether the number of a dose can be used: given, finite and above 0."""
    return dose is not None and math.isfinite(dose) and dose > 0
