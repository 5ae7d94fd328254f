"""What is on the list of medicines on a day, recognised, with how often a day it is to be taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clinical.medication.amounts import known_dose
from clinical.medication.drugs import Drug
from clinical.medication.frequency import Frequency, times_a_day, without_supply
from clinical.medication.mme import DailyDose
from clinical.medication.prompts import Input
from clinical.medication.recognising import recognise
from clinical.medication.units import unit_of
from clinical.record import Medicine


@dataclass(frozen=True, slots=True)
class OnList:
    """One line of the list that runs on the day: `drug` None when not recognised, `copies` lines that say the same.

    `times` a day as written (None: not given, or a wording that is not understood).
    """

    medicine: Medicine
    drug: Drug | None
    times: Frequency | None
    copies: int = 1

    @property
    def input(self) -> Input:
        """The line as an input of a prompt."""
        notes = [self.medicine.frequency, "as needed" if self.medicine.as_needed else ""]
        notes.append(f"listed {self.copies} times, counted once" if self.copies > 1 else "")
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
    return tuple(_line(same) for same in found.values())


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
