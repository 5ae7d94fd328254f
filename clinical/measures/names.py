"""Which questionnaire a name means, however it is written ('phq9', 'PHQ-9 total score', 'BPI pain interference')."""

import re
from functools import lru_cache

from clinical.measures.definition import Instrument
from clinical.measures.tables import INSTRUMENTS

_ENDINGS = ("totalscore", "sumscore", "total", "score", "sum")
_DISTRESS = re.compile(r"\b(PHQ|GAD)[\s-]?(\d+)\b")
_ONE_ITEM = re.compile(r"\b(ITEM|QUESTION|Q)[\s#.:-]*\d|#\s*\d|\bBETTER OFF DEAD\b")
"""'PHQ-9 item 9' is one answer, never the total."""


def instrument(code_or_name: str) -> Instrument | None:
    """The questionnaire of that code or name; None for one we do not know."""
    return _found(code_or_name)


@lru_cache(maxsize=1024)
def _found(name: str) -> Instrument | None:
    if name in INSTRUMENTS:
        return INSTRUMENTS[name]
    if _ONE_ITEM.search(name.upper()):
        return None
    plain = _plain(name)
    shorter = (plain.removesuffix(ending) for ending in _ENDINGS)
    known = next((_NAMES[each] for each in (plain, *shorter) if each in _NAMES), None)
    return known or _distress(name)


def _distress(name: str) -> Instrument | None:
    """'Patient Health Questionnaire 9 item (PHQ-9) total score'."""
    found = _DISTRESS.search(name.upper())
    return INSTRUMENTS.get(f"{found[1]}-{found[2]}") if found else None


def _plain(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


_NAMES = {_plain(name): made for made in INSTRUMENTS.values() for name in (*made.also_called, made.code)}
"""By name in small letters and digits alone, other names included."""
