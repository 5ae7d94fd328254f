"""What the clinic knows and plans: diagnoses, allergies, medicines, goals, actions, as the items of the page."""

from collections.abc import Sequence
from datetime import date

from clinical import goals as goal_attainment
from clinical.diary import Period
from clinical.findings import Medicine
from dashboard.presenters import medication_list, plan
from dashboard.presenters.words import day, full_day, sentence_case, several, span, without_tag
from dashboard.reports import medicine_names
from dashboard.reports.one_page import Listing, MedicineRow
from dashboard.reports.record import DoseCount, Record
from dashboard.services.medication_use import ON_LIST_NOW, standing
from data_access.records import AllergyRecord, ConditionRecord

LONGEST_NAME, LONGEST_SHORT = 90, 44
"""Characters of a medicine's name in its row, and where it has none; its strength is never among those cut."""


def allergies(record: Record) -> Listing:
    """Active allergies, the most critical first; their absence is 'not recorded', never 'none known'."""
    ordered = sorted(record.allergies, key=lambda each: (not _stands(each), each.criticality != "high"))
    high = sum(_stands(each) and each.criticality == "high" for each in ordered)
    return Listing(tuple(_allergy(allergy) for allergy in ordered), "Not recorded: ask before prescribing.", high)


def _stands(allergy: AllergyRecord) -> bool:
    return allergy.status in ("active", "")


def _allergy(allergy: AllergyRecord) -> str:
    """'Codeine, high criticality: rash': what matters most first, should the line be cut."""
    graded = f"{allergy.criticality} criticality" if allergy.criticality else ""
    standing = "" if _stands(allergy) else allergy.status
    named = ", ".join(part for part in (allergy.label, graded, standing) if part)
    return f"{named}: {allergy.reaction}" if allergy.reaction else named


def diagnoses(record: Record) -> Listing:
    """Conditions with their dates, active ones first; who made them is not in the record."""
    ordered = sorted(record.conditions, key=lambda c: (c.status != "active", c.onset_day or date.max, c.label))
    return Listing(tuple(_condition(condition) for condition in ordered))


def _condition(condition: ConditionRecord) -> str:
    since = f", since {full_day(condition.onset_day)}" if condition.onset_day else ", date not recorded"
    status = "" if condition.status == "active" else f" ({condition.status})"
    return f"{without_tag(condition.label)}{since}{status}"


def goals(record: Record) -> Listing:
    """The goals with how far each was reached, those worked towards first."""
    return Listing(tuple(plan.goal(goal, record.as_of) for goal in plan.goals_in_order(record.plan.goals)))


def matters(record: Record) -> str:
    """What matters to the patient, in their words as the formulation has them; '' when not recorded."""
    return " ".join(record.plan.formulation.matters.split())


def attainment(record: Record) -> str:
    """The T score as it stands on the screen too, and at the start; why there is none; '' without goals."""
    return plan.attained(goal_attainment.attainment(record.plan))


def treatments(record: Record) -> Listing:
    """Interventions of the plan that were begun, with amount and response; medicines have a table of their own."""
    begun = plan.tried_in_order(record.plan.interventions)
    return Listing(tuple(plan.tried(each, record.as_of) for each in begun))


def actions(record: Record) -> Listing:
    """Open actions, the longest overdue first, then those done in the period."""
    agreed = record.plan.actions
    shown = [*plan.open_actions(agreed), *plan.done_actions(agreed, record.periods.now.start)]
    return Listing(tuple(plan.action(action, record.owners, record.as_of) for action in shown))


def medicines(record: Record) -> tuple[MedicineRow, ...]:
    """The list of the day of the document with what was stopped in the period, each strength once; then those logged.

    What was taken is counted over the period, also where that is long over.
    """
    listed = {medicine.name.casefold() for medicine in record.medicines}
    taken = {name.casefold(): count for name, count in record.doses.items()}
    rows, told = [], set()
    for same in medicine_names.by_strength([m for m in record.medicines if _current(m, record)], record.as_of):
        name = same[-1].name.casefold()
        said = "counted above, for all strengths" if name in told else _taken(taken.get(name), record.periods.now)
        rows.append(_row(same[-1], prescribed_words(same, record.as_of), said))
        told |= {name} if name in taken else set()
    unlisted = [
        _row(Medicine(name), "not on the prescribed list", _taken(count, record.periods.now))
        for name, count in sorted(record.doses.items())
        if name.casefold() not in listed
    ]
    return (*rows, *unlisted)


def _row(medicine: Medicine, prescribed: str, taken: str) -> MedicineRow:
    name = sentence_case(medicine.name)
    return MedicineRow(
        medicine_names.fitting(name, LONGEST_NAME),
        f"{medicine_names.fitting(name, LONGEST_SHORT)} {_amount(medicine)}".rstrip(),
        prescribed,
        taken,
    )


def _amount(medicine: Medicine) -> str:
    return medication_list.amount(medicine.dose, medicine.unit)


def _current(medicine: Medicine, record: Record) -> bool:
    """Whether it is on the list on the day of the document, as the detail has it, or was stopped in the period."""
    period, now = record.periods.now, standing(medicine, record.as_of)
    in_period = medicine.end is not None and period.start <= medicine.end <= period.end
    return now in ON_LIST_NOW or (now == "stopped" and in_period)


def prescribed_words(same: Sequence[Medicine], as_of: date) -> str:
    """Dose, how often, since when or how many requests, its last day and why it ends; the latest comes last."""
    medicine = same[-1]
    dose = _amount(medicine) or "directions not recorded"
    often = medicine.frequency or ("as needed" if medicine.as_needed else "")
    since = f"since {day(medicine.start, as_of)}" if medicine.start else "start not recorded"
    if len(same) > 1:
        latest = f"latest {day(medicine.start, as_of)}" if medicine.start else "dates not recorded"
        since = f"{len(same)} requests, {latest}"
    parts = [f"{dose} {often}".strip(), since]
    if medicine.end is not None:
        why = f" ({medicine.reason_stopped})" if medicine.reason_stopped else ""
        ends = "stopped" if standing(medicine, as_of) == "stopped" else "last day"
        parts.append(f"{ends} {day(medicine.end, as_of)}{why}")
    if medicine.kind == "reported":
        parts.append("reported by the patient")
    return ", ".join(parts)


def _taken(count: DoseCount | None, period: Period) -> str:
    if count is None or not count.taken + count.not_taken:
        return "not recorded"
    missed = f"; logged as not taken on {count.not_taken}" if count.not_taken else ""
    return f"logged on {count.taken} of {several(period.days, 'day')}{missed}"


def stopped(record: Record) -> tuple[str, ...]:
    """Medicines stopped before the period, the latest first, then those of which nobody knows the last day.

    'Mirtazapine 30 mg until 8 Oct 2025 (drowsiness)'.
    """
    over = [m for m in record.medicines if standing(m, record.as_of) == "stopped" and not _current(m, record)]
    last = [same[-1] for same in medicine_names.by_strength(over, record.as_of)]
    listed = {m.name.casefold() for m in record.medicines if standing(m, record.as_of) in ON_LIST_NOW}
    latest_first = sorted(last, key=lambda m: m.end or date.min, reverse=True)
    return tuple(_ended(medicine, listed=medicine.name.casefold() in listed) for medicine in latest_first)


def _ended(medicine: Medicine, *, listed: bool) -> str:
    """'Mirtazapine 30 mg until 8 Oct 2025 (drowsiness)'; `listed`: another prescription of it is on the list now."""
    name = medicine_names.fitting(sentence_case(medicine.name), LONGEST_SHORT)
    said = medicine.reason_stopped.endswith(medicine_names.DAY_UNKNOWN)
    unknown = "" if said else "last day not recorded"
    until = unknown if medicine.end is None else f"until {full_day(medicine.end)}"
    named = " ".join(part for part in (name, _amount(medicine), until) if part)
    now = "; another prescription of it is on the list now" if listed else ""
    return f"{named} ({medicine.reason_stopped or 'reason not recorded'}{now})"


def medicines_note(record: Record) -> str:
    """What the table leaves out and what a missing dose means."""
    later = sum(standing(m, record.as_of) == "planned" for m in record.medicines)
    before = f"{several(later, 'medicine')} from after this period not shown. " if later else ""
    if not record.medicines and not record.doses:
        return "Not recorded: no medicine is listed and no dose was logged."
    return f"{before}{_days_of(record)}A day without a dose record is unknown, not missed."


def _days_of(record: Record) -> str:
    """Of which day the list is and of which days the doses are, where the period was over before that day; else ''."""
    period = record.periods.now
    if period.end >= record.as_of:
        return ""
    return f"The list is that of {full_day(record.as_of)}; what was taken is counted for {span(period)}. "
