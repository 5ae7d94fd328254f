"""Morphine milligram equivalents of a day by the CDC 2022 factors: for awareness of risk, never for converting doses.

The factors must not be used to choose a dose of another opioid (CDC 2022). What has no factor, or lacks its dose, unit,
strength or route, is never computed: it is named.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clinical.medication.amounts import BELOW_A_PIECE, NO_DOSE, NO_ROUTE, NO_UNIT, forms_of, known_dose, scale
from clinical.medication.drugs import Drug, Form, Part, substance
from clinical.medication.limits import whole
from clinical.medication.recognising import recognise
from clinical.medication.units import unit_of
from clinical.reviewed import Mark, mark, rows

NOT_RECOGNISED = "the medicine is not recognised"
NO_COUNT = "how often a day is not known"
NO_FACTOR = "CDC 2022 gives no factor for it"
HOW_MANY = "how many patches are worn at once is not clear"


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
    count, or a wording that is not understood). A patch is given in ug/h, or as one patch whose name says its ug/h;
    `days_on`: how many days before it was put on.
    """

    medicine: str
    dose: float | None
    unit: str = ""
    times: float | None = 1
    route: str = ""
    atc: str = ""
    days_on: int = 0


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

    `at_least` is the sum of `parts`, which is sure also when `cannot_compute` names others. `up_to`: with every patch
    that may be worn beside those counted.
    """

    value: float | None
    at_least: float
    parts: tuple[MmePart, ...]
    cannot_compute: tuple[CannotCompute, ...]
    up_to: float

    @property
    def names(self) -> tuple[str, ...]:
        """The medicines that could not be computed, each once."""
        return tuple(dict.fromkeys(each.medicine for each in self.cannot_compute))


def daily_mme(doses: Sequence[DailyDose]) -> MmeResult:
    """MME of one day's doses, all prescribed or all taken: the two are never mixed. Order makes no difference."""
    found = [each for dose in doses for each in _of_dose(dose)]
    patches = [each for each in found if isinstance(each, _Patch)]
    parts = [each for each in found if isinstance(each, MmePart)]
    swallowed = sum((part.mme for part in parts), 0.0)
    worn = most_worn(patches)
    parts += [patch.part for patch in worn]
    total = swallowed + sum(patch.part.mme for patch in worn)
    up_to = max(total, swallowed + all_worn((patch.days_on, patch.all_mme) for patch in patches))
    unknown = [each for each in found if isinstance(each, CannotCompute)]
    if up_to > total + TINY:
        unknown += [CannotCompute(patch.part.medicine, HOW_MANY) for patch in patches]
    ordered = tuple(sorted(parts, key=lambda part: (-part.mme, part.medicine)))
    named = tuple(sorted(dict.fromkeys(unknown), key=lambda each: (each.medicine, each.why)))
    return MmeResult(None if named else round(total, 3), round(total, 3), ordered, named, round(up_to, 3))


TINY = 1e-6
"""MME that adding up may be off."""


@dataclass(frozen=True, slots=True)
class _Patch:
    """One patch: what it adds, what it adds if all that were logged at once are worn, how long ago it was put on."""

    part: MmePart
    all_mme: float
    days_on: int


def most_worn(patches: Iterable[_Patch]) -> list[_Patch]:
    """The patches that are surely worn: those of the day with the most, each strength of that day once.

    A new patch may come beside the old one or in its place, and one patch may be logged twice: which is not known.
    """
    by_day: dict[int, dict[float, _Patch]] = {}
    for patch in sorted(patches, key=lambda each: each.part.medicine):
        by_day.setdefault(patch.days_on, {}).setdefault(patch.part.mme, patch)
    days = [list(by_day[day].values()) for day in sorted(by_day)]
    return max(days, key=lambda each: sum(patch.part.mme for patch in each), default=[])


def all_worn(mme: Iterable[tuple[int, float]]) -> float:
    """The sum over patches put on so many days before; one that is due that day is taken off for a new one."""
    return sum(amount for days_on, amount in mme if days_on < whole("patch_hours_days"))


def _of_dose(dose: DailyDose) -> Iterator[MmePart | _Patch | CannotCompute]:
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
        elif factor.doubtful(dose.dose or 0.0):
            yield CannotCompute(dose.medicine, HOW_MANY if factor.one_only else BELOW_A_PIECE)
        elif times is None:
            yield CannotCompute(dose.medicine, NO_COUNT)
        else:
            yield from _counted(dose, part, factor, (dose.dose or 0.0) * times, why)


def _counted(
    dose: DailyDose, part: Part, scaled: "ScaledFactor", doses: float, why: str
) -> Iterator[MmePart | _Patch | CannotCompute]:
    """What the dose adds; beside it what is not known of it."""
    used, all_of_it = scaled.factor, doses * scaled.per_unit
    amount = scaled.per_unit if scaled.one_only else all_of_it
    mme = round(amount * used.factor, 6)
    found = MmePart(
        dose.medicine, part.substance, round(amount, 6), used.unit, used.factor, mme, used.source, used.evidence
    )
    yield _Patch(found, all_of_it * used.factor, dose.days_on) if used.unit == "ug/h" else found
    if why:
        yield CannotCompute(dose.medicine, why)


@dataclass(frozen=True, slots=True)
class ScaledFactor:
    """A factor, how much of the opioid one of the dose's unit holds; `one_only` for patches counted by the piece.

    A dose below `least` is less than one piece.
    """

    factor: Factor
    per_unit: float
    one_only: bool = False
    least: float = 0.0

    def doubtful(self, dose: float) -> bool:
        """Whether that dose is less than one piece holds."""
        return dose < 0.999 * self.least  # the log rounds

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
    given = forms_of(drug, unit, route)
    if factor.form == "patch":
        return _patch(drug, part, factor, unit, given)
    if set(given.values()) - {"oral"} or unit_is_rate(unit):
        return None, f"CDC 2022 gives a factor for {part.substance} by mouth only{_but(given, 'oral')}"
    held = scale(drug, part, unit)
    if held.per_unit is None:
        return None, held.why
    return ScaledFactor(factor, held.per_unit, least=held.least), "" if given else NO_ROUTE


def _but(given: Mapping[str, Form], wanted: Form) -> str:
    """What says that it is given otherwise: '; the route is SC'."""
    return "".join(f"; {words}" for words, form in given.items() if form != wanted)


def _patch(
    drug: Drug, part: Part, factor: Factor, unit: str, given: Mapping[str, Form]
) -> tuple[ScaledFactor | None, str]:
    if set(given.values()) != {"patch"}:
        return None, f"CDC 2022 gives a factor for {part.substance} patches only{_but(given, 'patch')}"
    held = scale(drug, part, unit)
    if held.per_unit is not None and unit_is_rate(unit):
        return ScaledFactor(factor, held.per_unit), ""
    known = unit_of(unit)
    if part.per == "h" and part.strength is not None and known is not None and known.kind == "patch":
        return ScaledFactor(factor, part.strength, one_only=True, least=1.0), ""
    return None, "the rate of the patch in ug/h is not known"


def unit_is_rate(unit: str) -> bool:
    """Whether that unit is an amount an hour, as patches are labelled."""
    known = unit_of(unit)
    return known is not None and known.kind == "rate"


def works_for(drug: Drug, unit: str, route: str) -> int:
    """Days after which a patch is due, 0 for anything else; what may be a patch counts as one.

    Of one without a factor the longest in use: what is not known must not look known on a day it may be worn.
    """
    forms = set(forms_of(drug, unit, route).values())
    rates = [part for part in opioids(drug) if substance(part.substance).ceiling_unit == "ug/h"]
    if "patch" not in forms and (forms or not rates):
        return 0
    known = all(part.substance in FACTORS for part in opioids(drug))
    return whole("patch_hours_days" if known else "patch_longest_days")
