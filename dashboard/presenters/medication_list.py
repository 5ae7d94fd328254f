"""The list of medicines in words: what the chart shows as a table, and the tables that belong to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinical.change_cards import ChangeCard
from clinical.medication import recognise
from clinical.record import Medicine
from dashboard.presenters import flares_cards
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.words import day, full_day, plainly, sentence_case, several
from dashboard.services.medication_changes import Wanted
from dashboard.services.medication_review import ListedMedicine, MedicationView
from dashboard.services.medication_use import USE_DAYS, Standing

COLUMNS = (
    "Medicine",
    "Prescribed",
    "Since – until",
    f"Taken, last {USE_DAYS} days",
    "In the checks",
    "Before and after",
)
GROUPS: dict[Standing, str] = {
    "current": "On the list now",
    "undated": "On the list, first day not known: in the checks, not in the chart",
    "logged": "Logged as taken, not on the list",
    "planned": "Not begun yet",
    "stopped": "Stopped",
}
WHAT_STOPPING_DOES = (
    "The line stays on the list with this last day, the reason and your name. What the patient logs from then on is "
    "still shown as taken."
)
_PIECES = {
    **{piece: f"{piece}s" for piece in ("tablet", "capsule", "puff", "drop", "sachet")},
    "patch": "patches",
    "suppository": "suppositories",
}
_UNITS = {
    "ug": "micrograms",
    "ug/h": "micrograms an hour",
    "mg/h": "mg an hour",
    "mL": "mL",
    "[iU]": "international units",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `key` its number, `cells` follow the columns but the last, `turns` are its change cards."""

    key: str
    cells: tuple[str, ...]
    turns: tuple[Fact, ...]
    no_turn: str
    may_stop: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one standing under their heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """A further table: rows of words under a heading."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class MedicineList:
    """All medicines of a patient, and tables of what the checks made of them."""

    caption: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    tables: tuple[Plain, ...]
    may_change: bool


def listed(view: MedicationView, tables: Sequence[Plain], *, may_change: bool) -> MedicineList:
    """The list as a table, by standing."""
    groups = tuple(
        Group(f"{title} ({len(rows)})", rows)
        for standing, title in GROUPS.items()
        if (rows := tuple(_row(view, each, may_change) for each in view.listed if each.standing == standing))
    )
    logged = f"{view.logged_28} of the last {USE_DAYS} days logged"
    caption = (
        f"Medicines: {several(len(view.listed), 'line')} on the list and the log; {logged}. Prescribed is what the "
        "list says, taken what was logged."
    )
    return MedicineList(caption, COLUMNS, groups, tuple(tables), may_change)


def _row(view: MedicationView, each: ListedMedicine, may_change: bool) -> Row:
    medicine = each.medicine
    cells = (
        medicine.name,
        _prescribed(each),
        _dates(each, view.as_of),
        _taken(each, view.as_of),
        "not recognised: in no check" if each.drug is None else each.drug.name,
    )
    turns = tuple(_turn(card, view.as_of) for card in each.cards)
    may_stop = may_change and medicine.end is None and each.standing in ("current", "undated", "planned")
    return Row(str(medicine.medication_id), cells, turns, _no_turn(each), may_stop)


def _turn(card: ChangeCard, as_of: date) -> Fact:
    """The change card under a name that need not repeat the medicine: 'Started 3 Mar'."""
    return replace(flares_cards.fact(card, as_of), name=f"{sentence_case(card.turn.kind)} {day(card.turn.day, as_of)}")


def _prescribed(each: ListedMedicine) -> str:
    """'60 mg, once in the morning, oral'; says when it stands in the log alone."""
    medicine = each.medicine
    if not each.on_list:
        return "not on the list, only logged"
    dose = amount(medicine.dose, medicine.unit) or "dose not known"
    how = "as needed" if medicine.as_needed and "needed" not in medicine.frequency else ""
    own = "not prescribed, reported by the patient" if medicine.kind == "reported" else ""
    return ", ".join(part for part in (dose, medicine.frequency, how, medicine.route, own) if part)


def _dates(each: ListedMedicine, as_of: date) -> str:
    medicine = each.medicine
    if len(each.same) > 1:
        first = each.same[0].start
        began = f"since {day(first, as_of)}" if first else "first day not known"
        return f"{began}; {len(each.same)} prescriptions, the latest {day(medicine.start, as_of)}"
    since = day(medicine.start, as_of) if medicine.start else "first day not known"
    if medicine.end is not None:
        why = f": {medicine.reason_stopped}" if medicine.reason_stopped else ""
        return f"{since} – {day(medicine.end, as_of)}{why}"
    if medicine.reason_stopped:
        return f"{since}; {medicine.reason_stopped}"
    return f"since {since}" if medicine.start else since


def _taken(each: ListedMedicine, as_of: date) -> str:
    used = each.use
    if used.last is None:
        return "never logged"
    if not used.days:
        return f"no day; last {day(used.last, as_of)}"
    declined = f", {used.declined} said not taken" if used.declined else ""
    return f"{used.days} of {several(used.logged, 'logged day')}{declined}; last {day(used.last, as_of)}"


def _no_turn(each: ListedMedicine) -> str:
    return "no diary before it began" if each.on_list and each.medicine.start else "no dated start or stop"


def unit(code: str) -> str:
    """The unit as it is read: '{tablet}' as 'tablet'."""
    return _UNITS.get(code, code.strip("{}"))


def amount(dose: float | None, code: str) -> str:
    """'60 mg', '2 tablets', '12 micrograms an hour'; '' where the dose is not known."""
    if dose is None:
        return ""
    plural = _PIECES.get(unit(code)) if dose != 1 else None
    return plainly(dose, plural or unit(code))


def reason(of: str) -> str:
    """A reason for stopping as the dialog offers it."""
    return f"{sentence_case(of)} (say what)" if of == "other" else sentence_case(of)


def called(medicine: Medicine) -> str:
    """'duloxetine 60 mg, once in the morning'."""
    dose = amount(medicine.dose, medicine.unit)
    return ", ".join(part for part in (f"{medicine.name} {dose}".strip(), medicine.frequency) if part)


def since(lines: Sequence[Medicine]) -> str:
    """How long it has been on the list, and that a renewed prescription ends with all its lines."""
    start = lines[0].start
    told = f"On the list since {full_day(start)}." if start else "On the list, its first day is not known."
    return f"{told} All {len(lines)} prescriptions of it end together." if len(lines) > 1 else told


def dose_meant(wanted: Wanted) -> str:
    """That the dose is meant as it was typed: '2,5 mg four times a day is meant'."""
    dose = f"{wanted.dose.strip()} {unit(wanted.unit)}".strip()
    return f"{' '.join(part for part in (dose, wanted.frequency.strip()) if part)} is meant"


def allergy_known(wanted: Wanted) -> str:
    """That it is to be added although an allergy is on record."""
    return f"The allergy is known: add {wanted.medicine.strip()} all the same"


def added(medicine: Medicine) -> str:
    """That it is on the list now, and whether the checks know it."""
    since = f" since {full_day(medicine.start)}" if medicine.start else ", its first day not known"
    told = f"{called(medicine)} is on the list{since}."
    if recognise(medicine.name, medicine.atc, medicine.rxnorm) is not None:
        return told
    return f"{told} Its name was not recognised: it is kept as written and is in no check."
