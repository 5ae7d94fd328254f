"""Pointers: patterns in log, answers and record that are worth a thought, never a diagnosis (reference 8)."""

from dataclasses import dataclass

from clinical.pointers.back_pain import BackPainSet, back_pain_sets
from clinical.pointers.known import Known
from clinical.pointers.look_alikes import LookAlike, look_alikes

__all__ = ["BackPainSet", "Known", "LookAlike", "Pointers", "pointers"]


@dataclass(frozen=True, slots=True)
class Pointers:
    """The sets of inflammatory back pain and the seven look-alikes of one person on one day."""

    sets: tuple[BackPainSet, ...]
    look_alikes: tuple[LookAlike, ...]

    @property
    def seen(self) -> tuple[LookAlike, ...]:
        """The look-alikes whose pattern is seen."""
        return tuple(each for each in self.look_alikes if each.outcome == "seen")


def pointers(known: Known) -> Pointers:
    """Everything the log, the answers and the record of that person point at."""
    sets = back_pain_sets(known)
    return Pointers(sets, look_alikes(known, sets))
