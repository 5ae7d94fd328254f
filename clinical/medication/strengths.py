"""Strengths as written in the name of a medicine: taken only where they can mean one thing, else left unknown."""

import re
from collections.abc import Sequence
from typing import Literal

from clinical.reviewed import rows

Per = Literal["piece", "mL", "h", ""]
Strength = tuple[float, Per]

# A whole run of digits and marks is read as one number or not at all: '1,000' and '1 000' are never 1 or 0.
_NUMBER = r"(?<![\d.,'])(?<!\d[-–])(\d[\d.,']*(?: \d{3}(?![\d.,]))*)"
_STRENGTH = re.compile(
    rf"{_NUMBER}\s*(mg|mcg|ug|micrograms?|milligrams?|grams?|g)"
    rf"(?:\s*(?:/|per)\s*{_NUMBER}?\s*(ml|hr|h|hour)(?![a-z]))?(?![a-z])"
)
_PAIR = re.compile(rf"{_NUMBER}\s*(?:mg)?\s*/\s*{_NUMBER}\s*(?:mg)?(?!\s*(?:m[gcl]|h(?:r|our)?\b|/))(?![\d.])")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_THOUSAND = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_NEXT = re.compile(r"[/+&,;]\s*(?=[a-z]{4})|\b(?:and|with|plus)\b")
_BETWEEN = re.compile(r"[/+&,;]|\b(?:and|with|plus)\b")


def _known() -> dict[frozenset[str], tuple[dict[str, float], ...]]:
    """The strengths that are sold of each pair of substances: mg of each in one piece."""
    found = {}
    for row in rows("product_strengths"):
        names = row["substances"].split("|")
        sold = [amounts.split("|") for amounts in row["amounts"].split()]
        found[frozenset(names)] = tuple(dict(zip(names, map(float, each), strict=True)) for each in sold)
    return found


_SOLD = _known()
_SALTS = rows("salt_strengths")


def of_salt(text: str, substance: str) -> float:
    """How much of the substance is in one mg as that name writes it: below 1 where it is known to be of a salt."""
    known = (row for row in _SALTS if row["substance"] == substance and row["salt"] in text)
    return next((float(row["mg"]) / float(row["salt_mg"]) for row in known), 1.0)


def amount(text: str) -> float | None:
    """The number that was written; None when it can be read in two ways ('1,000' may be a thousand or one)."""
    if not _PLAIN.fullmatch(text) or _THOUSAND.fullmatch(text):
        return None
    return float(text.replace(",", ".")) or None


def first(text: str) -> Strength | None:
    """The first strength in the text: mg a piece, mg a mL or ug/h; None when there is none or it is not clear."""
    hit = _STRENGTH.search(text)
    # '37.5/325 mg' after one name is of two substances, whichever comes first.
    return None if hit is None or _PAIR.search(text) else _read(hit)


def only(text: str) -> Strength | None:
    """The strength of the substance named just before the text, when it stands there alone before another word."""
    own = _NEXT.split(text)[0]
    hits = list(_STRENGTH.finditer(own))
    if len(hits) != 1 or _BETWEEN.search(own[: hits[0].start()]):
        return None
    return _read(hits[0])


def _read(hit: re.Match[str]) -> Strength | None:
    written, unit, of, per = hit.groups()
    number, over = amount(written), amount(of) if of else 1.0
    if number is None or over is None:
        return None
    milligrams = number * {"m": 1.0, "g": 1000.0, "u": 0.001}[_letter(unit)]
    if per is None:
        return milligrams, "piece"
    return (milligrams / over, "mL") if per == "ml" else (1000 * milligrams / over, "h")


def _letter(unit: str) -> str:
    if unit.startswith(("mc", "ug", "micro")):
        return "u"
    return "g" if unit.startswith("g") else "m"


def pair(text: str, substances: Sequence[str], *, in_order: bool) -> dict[str, float]:
    """Milligrams of each of two substances written as '30/500'; empty when it is not clear which number is which.

    `in_order`: the text names the substances themselves, in this order. Labels differ in their order, so that else
    only strengths that are sold tell: one reading must be among them and the other not.
    """
    hits = list(_PAIR.finditer(text))
    if len(substances) != 2 or len(hits) != 1:
        return {}
    one, other = amount(hits[0][1]), amount(hits[0][2])
    if one is None or other is None:
        return {}
    read = dict(zip(substances, (one, other), strict=True))
    turned = dict(zip(substances, (other, one), strict=True))
    sold = _SOLD.get(frozenset(substances), ())
    if in_order:
        return {} if turned in sold and read not in sold else read
    clear = [each for each in (read, turned) if each in sold]
    return clear[0] if len(clear) == 1 else {}
