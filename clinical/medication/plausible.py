"""Whether a dose somebody typed or imported can be meant: refused when it cannot, asked about when it is unusual."""

import math
from dataclasses import dataclass
from typing import Literal

from clinical.medication.amounts import route_of, scale
from clinical.medication.drugs import Drug, Part, Substance, substance
from clinical.medication.frequency import times_a_day
from clinical.medication.limits import value
from clinical.medication.recognising import recognise
from clinical.medication.units import Unit, unit_of


@dataclass(frozen=True, slots=True)
class DoseProblem:
    """What is the matter with a dose (`what`) and `why`: 'reject' cannot be meant, 'ask' may be.

    `about` the amount, or the unit alone: a medicine whose unit is wrong is still taken.
    """

    kind: Literal["reject", "ask"]
    what: str
    why: str
    about: Literal["amount", "unit"] = "amount"


def dose_problem(
    medicine: str, atc: str, dose: float | None, unit: str, route: str, frequency: str = ""
) -> DoseProblem | None:
    """What is the matter with one dose; None when nothing is, or when nothing can be said (then it is not checked).

    Over 100 times the usual ceiling of a day is refused, from 3 times on asked about; of the day's total where
    `frequency` can be read. The ceilings are unconfirmed and say what is usual, never what is safe.
    """
    if dose is None:
        return None
    if not math.isfinite(dose) or dose <= 0:
        return DoseProblem("reject", f"A dose of {dose:g} cannot be", "a dose is a number above 0")
    drug, known = recognise(medicine, atc, route=route), unit_of(unit)
    if drug is None or not unit.strip():
        return None
    if known is None:
        return DoseProblem("ask", f"The unit {unit.strip()!r} is not known", "the dose will be in no check")
    found = [_pieces(dose, known), *_amounts(drug, dose, unit, frequency)]
    return _unfitting(drug, known, unit, route) or _gravest(found)


def _unfitting(drug: Drug, known: Unit, unit: str, route: str) -> DoseProblem | None:
    """A unit the medicine is never given in: an hourly rate of a tablet, a tablet of a gel."""
    forms = [substance(part.substance) for part in drug.parts if part.atc != part.substance]
    given = route_of(drug, "", route)
    rate = known.kind in ("rate", "patch")
    has_patch = given == "patch" or any("patch" in (each.unit, each.form) for each in forms)
    what = f"{unit.strip('{}')} does not fit {drug.name}"
    if rate and forms and not has_patch:
        return DoseProblem("reject", what, "it is not given as a patch", "unit")
    if known.kind == "count" and given in ("topical", "patch"):
        return DoseProblem("reject", what, "it is put on the skin", "unit")
    if known.kind == "mass" and given == "patch" and any(each.ceiling_unit == "ug/h" for each in forms):
        return DoseProblem("ask", what, "a patch of it is given by what it gives off in an hour (ug/h)", "unit")
    if known.kind == "application" and given not in ("topical", "other", ""):
        return DoseProblem("reject", what, "it is not put on the skin", "unit")
    return None


def _pieces(dose: float, known: Unit) -> DoseProblem | None:
    if known.kind not in ("count", "patch") or dose <= value("dose_ask_pieces"):
        return None
    why = f"more than {value('dose_ask_pieces'):g} at once are unusual (our own limit)"
    return DoseProblem("ask", f"{dose:g} pieces at once", why)


def _gravest(problems: list[DoseProblem | None]) -> DoseProblem | None:
    """The first that is refused, else the first that is asked about."""
    found = [each for each in problems if each is not None]
    return min(found, key=lambda each: each.kind != "reject", default=None)


def _amounts(drug: Drug, dose: float, unit: str, frequency: str) -> list[DoseProblem | None]:
    """What is the matter with the amount of any substance in it, of one dose before the day's total."""
    often = times_a_day(frequency)
    times = often.times if often is not None else 1.0
    return [
        _of_part(drug, part, dose, unit, each)
        for each in sorted({1.0, max(times, 1.0)})
        for part in drug.parts
        if part.atc != part.substance
    ]


def _of_part(drug: Drug, part: Part, dose: float, unit: str, times: float) -> DoseProblem | None:
    """The problem of that substance, taken that many times a day."""
    known = substance(part.substance, drug.form)
    held = scale(drug, part, unit)
    asked = unit_of(unit)
    rate = asked is not None and asked.kind == "rate"
    if held.per_unit is None:
        return None
    if known.ceiling is None or rate != (known.ceiling_unit == "ug/h"):
        what = f"{_said(dose, unit)} of {part.substance} at once"
        return None if rate else _without_ceiling(known, drug, dose * held.per_unit, what)
    if rate and times != 1:
        return None
    share = dose * times * held.per_unit / known.ceiling
    what = f"{_said(dose, unit)} of {part.substance} {_often(dose, unit, times)}"
    if share > value("dose_reject_times"):
        return DoseProblem("reject", what, f"that is over {value('dose_reject_times'):g} times {_usual(known)}")
    if share >= value("dose_ask_times"):
        return DoseProblem("ask", what, f"that is at least {value('dose_ask_times'):g} times {_usual(known)}")
    return None


def _without_ceiling(known: Substance, drug: Drug, mg: float, what: str) -> DoseProblem | None:
    """An amount of which no ceiling is known here: never refused, asked about above our own limit."""
    kind = "topical" if "topical" in (drug.form, known.form) else "patch" if known.ceiling_unit == "ug/h" else "other"
    limit = value(f"dose_ask_{kind}_mg")
    why = f"no usual ceiling is known here, and more than {limit:g} mg is unusual (our own limit)"
    return DoseProblem("ask", what, why) if mg > limit else None


def _said(dose: float, unit: str) -> str:
    return f"{dose:g} {unit.strip('{}')}"


def _often(dose: float, unit: str, times: float) -> str:
    """'at once', or '4 times a day, 2000 mg a day in all'."""
    return "at once" if times == 1 else f"{times:g} times a day, {_said(dose * times, unit)} a day in all"


def _usual(known: Substance) -> str:
    """The ceiling in words, with how far it was checked."""
    amount = f"{known.ceiling:g} {known.ceiling_unit}"
    words = {"ceiling": "the usual ceiling of a day", "typical": "the top of the usual range of a day"}
    name = words.get(known.ceiling_of, "the statistical daily amount of the WHO (not a dose to give)")
    return f"{name}, {amount} (unconfirmed)" if known.dose_evidence == "K" else f"{name}, {amount}"
