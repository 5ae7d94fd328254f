"""What is on the list of medicines on a day, recognised, with how often a day it is to be taken."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinical.medication.amounts import known_dose, scale
from clinical.medication.drugs import Drug, Part
from clinical.medication.frequency import Frequency, times_a_day, without_supply
from clinical.medication.mme import DailyDose
from clinical.medication.prompts import Input, NotChecked
from clinical.medication.recognising import recognise
from clinical.medication.units import unit_of
from clinical.record import Medicine

CHECK = "list_of_medicines"


@dataclass(frozen=True, slots=True)
class OnList:
    """One line of the list that runs on the day: `drug` None when not recognised, `copies` lines that say the same.

    `times` a day as written (None: not given, or a wording that is not understood). `rivals` other lines of the same
    product with another dose or frequency: a renewal, perhaps, so that only one of them holds.
    """

    medicine: Medicine
    drug: Drug | None
    times: Frequency | None
    copies: int = 1
    rivals: int = 0

    @property
    def input(self) -> Input:
        """The line as an input of a prompt."""
        notes = [self.medicine.frequency, "as needed" if self.medicine.as_needed else ""]
        notes.append(f"listed {self.copies} times, counted once" if self.copies > 1 else "")
        notes.append(f"{self.rivals + 1} lines of it, all counted: check which holds" if self.rivals else "")
        m = self.medicine
        return Input(m.start, m.name, m.dose, m.unit, m.kind, "; ".join(note for note in notes if note))

    @property
    def daily(self) -> DailyDose:
        """The line as a dose of one day; `times` None where nobody can say how often."""
        m = self.medicine
        return DailyDose(m.name, m.dose, m.unit, self.count, m.route, m.atc)

    @property
    def count(self) -> float | None:
        """How often a day, at most; None when not known or when the wording and the dose contradict each other."""
        if self.times is None or not self._agree(self.times):
            return None
        return self.times.times

    def _agree(self, times: Frequency) -> bool:
        """Whether the tablets the wording names are those of the dose."""
        if times.pieces is None:
            return True
        known = unit_of(self.medicine.unit)
        return known is not None and known.kind in ("count", "patch") and self.medicine.dose == times.pieces


def runs_on(medicine: Medicine, day: date) -> bool:
    """Whether it is on the list that day; one that is over on a day nobody recorded is not."""
    if medicine.end is None and medicine.reason_stopped:
        return False
    return (medicine.start is None or medicine.start <= day) and (medicine.end is None or medicine.end >= day)


def on_list(medicines: Sequence[Medicine], day: date) -> tuple[OnList, ...]:
    """The lines that run on the day. Lines that say the same (a prescription renewed) stand once, from the first on."""
    found: dict[tuple[object, ...], list[Medicine]] = {}
    for medicine in medicines:
        if runs_on(medicine, day):
            found.setdefault(_same(medicine), []).append(medicine)
    lines = [_line(same) for same in found.values()]
    products = Counter(_product(line.medicine) for line in lines)
    return tuple(replace(line, rivals=products[_product(line.medicine)] - 1) for line in lines)


def _product(medicine: Medicine) -> tuple[str, str]:
    return (" ".join(medicine.name.casefold().split()), medicine.kind)


def counted(listed: Sequence[OnList]) -> tuple[OnList, ...]:
    """The lines that sums are made of: what the person reports of a medicine that is prescribed comes in once."""
    prescribed = [line for line in listed if line.medicine.kind == "prescribed"]
    return tuple(
        line
        for line in listed
        if line.medicine.kind == "prescribed" or not any(_same_medicine(line, other) for other in prescribed)
    )


def _same_medicine(one: OnList, other: OnList) -> bool:
    """The same substances in the same strength, or in the same amount at a time where a name gives no strength."""
    if one.drug is None or other.drug is None or one.drug.form not in (other.drug.form, ""):
        return False
    mine, theirs = ({part.substance: part for part in line.drug.parts} for line in (one, other) if line.drug)
    return mine.keys() == theirs.keys() and all(
        _same_amount(one, part, other, theirs[name]) for name, part in mine.items()
    )


def _same_amount(one: OnList, part: Part, other: OnList, its: Part) -> bool:
    if part.strength is not None and its.strength is not None:
        return (part.strength, part.per) == (its.strength, its.per)
    amounts = (_at_once(one, part), _at_once(other, its))
    return None not in amounts and amounts[0] == amounts[1]


def _at_once(line: OnList, part: Part) -> float | None:
    """How much of that substance one dose holds; None when not known."""
    if line.drug is None or line.medicine.dose is None:
        return None
    held = scale(line.drug, part, line.medicine.unit).per_unit
    return None if held is None else round(line.medicine.dose * held, 4)


def whose(lines: Iterable[OnList]) -> str:
    """'prescribed', 'reported by the person' or both, of what those lines are."""
    kinds = {line.medicine.kind for line in lines}
    words = {"prescribed": "prescribed", "reported": "reported by the person"}
    return " and ".join(word for kind, word in words.items() if kind in kinds)


def unclear(listed: Sequence[OnList]) -> tuple[NotChecked, ...]:
    """Lines of one product of which it is not sure which holds, and reported ones that are in no sum."""
    known = [line for line in listed if line.drug is not None]
    rivals = [line.medicine.name for line in known if line.rivals]
    left_out = [line.medicine.name for line in known if line not in counted(listed)]
    which = "several lines of it on the list differ: all are counted, check which holds"
    twice = "reported by the person as well as prescribed: counted once, as prescribed"
    found = [*(NotChecked(CHECK, name, which) for name in rivals), *(NotChecked(CHECK, n, twice) for n in left_out)]
    return tuple(dict.fromkeys(found))


def _line(same: list[Medicine]) -> OnList:
    first = min(same, key=lambda medicine: (medicine.start is not None, medicine.start or date.min))
    drug = recognise(first.name, first.atc, first.rxnorm, first.route)
    return OnList(first, drug, times_a_day(first.frequency), len(same))


def _same(medicine: Medicine) -> tuple[object, ...]:
    dose = medicine.dose if known_dose(medicine.dose) else None
    words = (medicine.name, medicine.unit, medicine.route, medicine.atc)
    return (*(" ".join(word.casefold().split()) for word in words), dose, _often(medicine), medicine.kind)


def _often(medicine: Medicine) -> tuple[object, ...]:
    """How often, the same for 'twice a day' and 'twice daily'; the words where they are not understood."""
    said = without_supply(medicine.frequency)
    found = times_a_day(said)
    # 'one tablet twice a day' of a dose of one tablet says no more than 'twice a day'.
    pieces = None if found is None or found.pieces == medicine.dose else found.pieces
    often = " ".join(said.casefold().split()) if found is None else (found.times, found.at_most, pieces)
    return (often, medicine.as_needed)


def codes_by_name(medicines: Iterable[Medicine]) -> dict[str, Medicine]:
    """The line of the list a logged name means, by that name in small letters; the latest of them."""
    ordered = sorted(medicines, key=lambda medicine: (medicine.start or date.min, medicine.medication_id))
    return {" ".join(medicine.name.casefold().split()): medicine for medicine in ordered}
