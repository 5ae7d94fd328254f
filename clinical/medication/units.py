"""Units of doses, however they are written: what kind of quantity they are and how much of it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from clinical.medication.drugs import Form

UnitKind = Literal["mass", "volume", "count", "rate", "patch", "application", "other"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A known unit: one of it is `scale` mg (mass), mL (volume), ug/h (rate) or pieces (count, patch, application).

    Kind 'other': a known unit that says nothing of an amount by itself (drops, puffs, international units). `form`:
    what the unit says of how it is given, '' when it says nothing.
    """

    kind: UnitKind
    scale: float = 1.0
    form: Form = ""


_WRITTEN: tuple[tuple[Unit, str], ...] = (
    (Unit("mass", 1.0), "mg mgs milligram milligrams"),
    (Unit("mass", 1000.0), "g gm gram grams gramme grammes"),
    (Unit("mass", 0.001), "ug mcg microgram micrograms"),
    (Unit("volume", 1.0), "ml millilitre millilitres milliliter milliliters cc"),
    (Unit("volume", 1000.0), "l litre liter"),
    (Unit("count", form="oral"), "tablet tablets tab tabs capsule capsules cap caps caplet caplets pill pills"),
    (Unit("count", form="oral"), "sachet sachets"),
    (Unit("count", form="rectal"), "suppository suppositories"),
    (Unit("count", form="transmucosal"), "lozenge lozenges film films"),
    (Unit("rate", 1.0, "patch"), "ug/h ug/hr ug/hour mcg/h mcg/hr mcg/hour"),
    (Unit("rate", 1.0, "patch"), "microgram/hour micrograms/hour micrograms/hr"),
    (Unit("rate", 1000.0, "patch"), "mg/h mg/hr mg/hour"),
    (Unit("patch", form="patch"), "patch patches plaster plasters"),
    (Unit("application"), "application applications fingertip fingertips"),
    (Unit("other"), "drop drops puff puffs spray sprays [iu] iu unit units"),
)
_UNITS = {word: unit for unit, words in _WRITTEN for word in words.split()}


@lru_cache(maxsize=1024)
def unit_of(text: str) -> Unit | None:
    """The unit of that text (UCUM or plain, in braces or not); None when missing or not known."""
    plain = text.strip().casefold().strip("{}").strip().rstrip(".")
    # Both the micro sign and the Greek letter are in use.
    plain = re.sub("[µμ]", "u", plain).replace(" per ", "/")
    return _UNITS.get(re.sub(r"\s*/\s*", "/", plain))
