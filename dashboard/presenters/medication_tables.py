"""Tables under the list: opioids in MME with their factors, what no check looked at, and doses to look at again."""

from collections.abc import Sequence
from datetime import date

from clinical.medication import DoseProblem, MmePart, MmeResult
from clinical.medication.amounts import NO_ROUTE
from clinical.reviewed import rows
from dashboard.presenters.medication_list import Plain, unit
from dashboard.presenters.words import day, full_day, plainly, sentence_case
from dashboard.services.medication_review import MedicationView

_CHECKS = {row["check"]: row["title"] for row in rows("combinations")} | {
    "recorded_allergy": "Recorded allergies",
    "mme": "Opioids in MME",
    "paracetamol_max": "Paracetamol above 4 g",
    "paracetamol_max_listed": "Paracetamol above 4 g on the list",
    "paracetamol_risk": "Paracetamol above 3 g with a risk factor",
    "paracetamol_weight": "Paracetamol by weight",
    "nsaid_max": "NSAID above the usual maximum",
    "started_against_guidance": "Started against guidance",
    "abrupt_stop": "Missed after daily use",
    "list_of_medicines": "Which lines count",
}
_NO_FURTHER = "The factors must not be used to choose a dose of another opioid (CDC 2022)."


def check_title(check: str) -> str:
    """What that check is called."""
    return _CHECKS.get(check) or sentence_case(check.replace("_", " "))


def tables(view: MedicationView) -> tuple[Plain, ...]:
    """The tables that have something to say."""
    unchecked = (_not_recognised(view), _not_checked(view))
    return (*computed(view), *(table for table in unchecked if table is not None))


def computed(view: MedicationView) -> tuple[Plain, ...]:
    """Opioids in MME, MME that came in with the record, and doses to look at again."""
    found = (_prescribed(view), _taken(view), _received(view), _doses_to_check(view))
    return tuple(table for table in found if table is not None)


def _prescribed(view: MedicationView) -> Plain | None:
    """What the list comes to, if every line is taken as often as it says."""
    title = f"Opioids {view.review.mme.whose}, in morphine milligram equivalents (MME)"
    known = all(line.drug is not None for line in view.review.on_list)
    return _mme(title, ("On the list", "Dose a day"), view.review.mme.prescribed, whole=known)


def _taken(view: MedicationView) -> Plain | None:
    """The latest day on which an opioid was logged as taken: never added to what is prescribed."""
    found = view.review.mme
    if found.latest is None or found.latest_day is None:
        return None
    title = f"Opioids taken, in MME: {full_day(found.latest_day)}, the latest day with any"
    return _mme(title, ("Logged as taken", "Dose"), found.latest, whole=not view.review.unrecognised)


def _received(view: MedicationView) -> Plain | None:
    """What another system worked out: shown as it came, next to what can be computed here."""
    if not view.mme_received:
        return None
    ordered = sorted(view.mme_received, key=lambda score: score.day or date.min, reverse=True)
    lines = tuple((day(score.day, view.as_of), plainly(score.score)) for score in ordered)
    return Plain("MME that came in with the record", ("Day", "MME a day"), lines, _ELSEWHERE)


_ELSEWHERE = (
    "Worked out elsewhere, with factors and medicines that are not known here: older factors give other numbers. It "
    "may differ from what is computed above, and is in no check."
)


def _mme(title: str, of: tuple[str, str], result: MmeResult, *, whole: bool) -> Plain | None:
    """`whole`: nothing that nobody recognised stands beside it."""
    if not result.parts and not result.cannot_compute:
        return None
    once = [part.medicine for part in result.parts]
    lines = [(part.medicine, _amount(part), f"× {part.factor:g}", _sure(part, result, once)) for part in result.parts]
    left = [each for each in result.cannot_compute if once.count(each.medicine) != 1 or each.why != NO_ROUTE]
    lines += [(each.medicine, each.why, "", _counted(result, each.medicine)) for each in left]
    note = f"{_total(result, whole=whole)}. Factors: CDC 2022 [V2]. {_NO_FURTHER}"
    return Plain(title, (*of, "Factor", "MME"), tuple(lines), note)


def _sure(part: MmePart, result: MmeResult, once: Sequence[str]) -> str:
    """Its MME; in the same row that it is the least it can be, where the one line of it has no route."""
    open_ = any(each.medicine == part.medicine and each.why == NO_ROUTE for each in result.cannot_compute)
    mme = plainly(part.mme)
    return f"at least {mme}: {NO_ROUTE}" if open_ and once.count(part.medicine) == 1 else mme


def _counted(result: MmeResult, medicine: str) -> str:
    return "not wholly counted" if medicine in {part.medicine for part in result.parts} else "cannot be computed"


def _total(result: MmeResult, *, whole: bool) -> str:
    """'At least 40 MME, without buprenorphine': 'together' only where everything is known and counted."""
    if result.value is not None:
        sure = plainly(result.value)
        return f"Together {sure} MME" if whole else f"At least {sure} MME, beside a medicine that is not recognised"
    left = ", ".join(name for name in result.names if _counted(result, name) == "cannot be computed")
    if not result.at_least:
        return f"Not computed: {left}"
    more = (
        f", up to {plainly(result.up_to)} with every patch that may be worn" if result.up_to > result.at_least else ""
    )
    return f"At least {plainly(result.at_least)} MME{more}{f', without {left}' if left else ''}"


def _amount(part: MmePart) -> str:
    return f"{plainly(part.amount)} {unit(part.unit)}"


def _not_recognised(view: MedicationView) -> Plain | None:
    if not view.review.unrecognised:
        return None
    lines = tuple((name,) for name in view.review.unrecognised)
    note = "Kept as written. None of the checks on this page looked at them: nothing here says that they are safe."
    return Plain(f"Not recognised, in no check ({len(lines)})", ("Medicine as written",), lines, note)


def _not_checked(view: MedicationView) -> Plain | None:
    if not view.review.not_checked:
        return None
    lines = tuple((check_title(each.check), each.medicine or "–", each.why) for each in view.review.not_checked)
    note = "What is missing is never read as safe."
    return Plain(f"Not checked, or not wholly ({len(lines)})", ("Check", "Medicine", "Why not"), lines, note)


def _doses_to_check(view: MedicationView) -> Plain | None:
    if not view.doses_to_check:
        return None
    lines = tuple((name, _said(problem)) for name, problem in view.doses_to_check)
    return Plain(f"Doses to look at again ({len(lines)})", ("Medicine", "What is unusual"), lines, "")


def _said(problem: DoseProblem) -> str:
    return f"{problem.what}: {problem.why}"
