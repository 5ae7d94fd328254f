"""Morphine milligram equivalents of a day by the CDC 2022 factors: for awareness of risk, never for converting doses.

The factors must not be used to choose a dose of another opioid (CDC 2022). What has no factor, or lacks its dose, unit,
strength or route, is never computed: it is named.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clinical.medication.amounts import NO_DOSE, NO_ROUTE, NO_UNIT, known_dose, route_of, scale
from clinical.medication.drugs import Drug, Form, Part
from clinical.medication.recognising import recognise
from clinical.medication.units import unit_of
from clinical.reviewed import Mark, mark, rows

NOT_RECOGNISED = "the medicine is not recognised"
NO_COUNT = "how often a day is not known"
NO_FACTOR = "CDC 2022 gives no factor for it"


@dataclass(frozen=True, slots=True)
class Factor:
    """MME of one `unit` a day: mg a day by mouth, or ug/h of a patch (already a day's worth)."""

    opioid: str
    factor: float
    unit: str
    form: str
    source: str
    evidence: Mark


FACTORS: dict[str, Factor] = {
    row["opioid"]: Factor(
        row["opioid"],
        float(row["factor"]),
        row["unit"],
        row["form"],
        row["source"],
        mark(row),
    )
    for row in rows("mme_factors")
}


@dataclass(frozen=True, slots=True)
class DailyDose:
    """A dose of one day: `times` a day `dose` in `unit` of `medicine`, by `route`. None or '': not known.

    `times` is 1 for a dose that was taken; for what is prescribed it is how often a day (None: as needed without a
    count, or a wording that is not understood). A patch is given in ug/h, or as one patch whose name says its ug/h.
    """

    medicine: str
    dose: float | None
    unit: str = ""
    times: float | None = 1
    route: str = ""
    atc: str = ""


@dataclass(frozen=True, slots=True)
class MmePart:
    """What one dose adds: `amount` of the opioid in `unit` (mg a day, or ug/h) times `factor` is `mme`."""

    medicine: str
    opioid: str
    amount: float
    unit: str
    factor: float
    mme: float
    source: str
    evidence: Mark


@dataclass(frozen=True, slots=True)
class CannotCompute:
    """A medicine whose MME cannot be said, and why."""

    medicine: str
    why: str


@dataclass(frozen=True, slots=True)
class MmeResult:
    """MME of a day: `value` when every opioid could be computed (0.0: no opioid among the doses), else None.

    `at_least` is the sum of `parts`, which is sure also when `cannot_compute` names others.
    """

    value: float | None
    at_least: float
    parts: tuple[MmePart, ...]
    cannot_compute: tuple[CannotCompute, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The medicines that could not be computed, each once."""
        return tuple(dict.fromkeys(each.medicine for each in self.cannot_compute))


def daily_mme(doses: Sequence[DailyDose]) -> MmeResult:
    """MME of one day's doses, all prescribed or all taken: the two are never mixed. Order makes no difference."""
    parts: list[MmePart] = []
    unknown: list[CannotCompute] = []
    patches: set[tuple[str, float]] = set()
    for dose in doses:
        for found in _of_dose(dose):
            if isinstance(found, CannotCompute):
                unknown.append(found)
            elif found.unit != "ug/h":
                parts.append(found)
            elif (worn := (found.medicine.casefold(), found.amount)) not in patches:
                # A patch works the whole day: the same one logged twice is never multiplied.
                patches.add(worn)
                parts.append(found)
    ordered = tuple(sorted(parts, key=lambda part: (-part.mme, part.medicine)))
    named = tuple(sorted(dict.fromkeys(unknown), key=lambda each: (each.medicine, each.why)))
    total = round(sum((part.mme for part in ordered), 0.0), 3)
    return MmeResult(None if named else total, total, ordered, named)


def _of_dose(dose: DailyDose) -> Iterator[MmePart | CannotCompute]:
    drug = recognise(dose.medicine, dose.atc, route=dose.route)
    if drug is None:
        yield CannotCompute(dose.medicine, NOT_RECOGNISED)
        return
    for part in opioids(drug):
        factor, why = opioid_scale(drug, part, dose.unit, dose.route)
        if factor is None:
            yield CannotCompute(dose.medicine, NO_DOSE if why == NO_UNIT and not known_dose(dose.dose) else why)
            continue
        times = 1.0 if factor.unit == "ug/h" else dose.times
        if not known_dose(dose.dose):
            yield CannotCompute(dose.medicine, NO_DOSE)
        elif times is None:
            yield CannotCompute(dose.medicine, NO_COUNT)
        else:
            yield from _counted(dose, part, factor, (dose.dose or 0.0) * times, why)


def _counted(
    dose: DailyDose, part: Part, scaled: "ScaledFactor", doses: float, why: str
) -> Iterator[MmePart | CannotCompute]:
    """What the dose adds; beside it what is not known of it."""
    if scaled.one_only and doses != 1:
        yield CannotCompute(dose.medicine, "how many patches are worn at once is not clear")
        return
    amount, used = doses * scaled.per_unit, scaled.factor
    mme = round(amount * used.factor, 6)
    yield MmePart(
        dose.medicine, part.substance, round(amount, 6), used.unit, used.factor, mme, used.source, used.evidence
    )
    if why:
        yield CannotCompute(dose.medicine, why)


@dataclass(frozen=True, slots=True)
class ScaledFactor:
    """A factor, how much of the opioid one of the dose's unit holds; `one_only` for patches counted by the piece."""

    factor: Factor
    per_unit: float
    one_only: bool = False

    @property
    def unit(self) -> str:
        """'mg' or 'ug/h'."""
        return self.factor.unit

    @property
    def mme(self) -> float:
        """MME of one of the dose's unit."""
        return self.per_unit * self.factor.factor


def opioids(drug: Drug) -> Iterable[Part]:
    """The opioids in that medicine."""
    return (part for part in drug.parts if part.of("opioid"))


def opioid_scale(drug: Drug, part: Part, unit: str, route: str) -> tuple[ScaledFactor | None, str]:
    """The factor of that opioid for a dose in that unit by that route, or None and why there is none.

    A missing route is said and the dose counted as swallowed: what is sure of the day must not shrink by it.
    """
    factor = FACTORS.get(part.substance)
    if factor is None:
        return None, NO_FACTOR
    given = route_of(drug, unit, route)
    if factor.form == "patch":
        return _patch(drug, part, factor, unit, given)
    if given not in ("oral", "") or unit_is_rate(unit):
        return None, f"CDC 2022 gives a factor for {part.substance} by mouth only"
    held = scale(drug, part, unit)
    if held.per_unit is None:
        return None, held.why
    return ScaledFactor(factor, held.per_unit), "" if given else NO_ROUTE


def _patch(drug: Drug, part: Part, factor: Factor, unit: str, given: Form) -> tuple[ScaledFactor | None, str]:
    if given != "patch":
        return None, f"CDC 2022 gives a factor for {part.substance} patches only"
    held = scale(drug, part, unit)
    if held.per_unit is not None and unit_is_rate(unit):
        return ScaledFactor(factor, held.per_unit), ""
    known = unit_of(unit)
    if part.per == "h" and part.strength is not None and known is not None and known.kind == "patch":
        return ScaledFactor(factor, part.strength, one_only=True), ""
    return None, "the rate of the patch in ug/h is not known"


def unit_is_rate(unit: str) -> bool:
    """Whether that unit is an amount an hour, as patches are labelled."""
    known = unit_of(unit)
    return known is not None and known.kind == "rate"
