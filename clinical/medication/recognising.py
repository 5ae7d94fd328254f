"""Which medicine a written name or a code means: substances, strengths, form. What is not certain is left unknown."""

import re
from functools import lru_cache

from clinical.medication.drugs import PRODUCTS, SUBSTANCES, Drug, Form, Part, Product, Substance, substance
from clinical.reviewed import rows

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_STRENGTH = re.compile(
    rf"{_NUMBER}\s*(mg|mcg|ug|micrograms?|milligrams?|grams?|g)"
    rf"(?:\s*(?:/|per)\s*{_NUMBER}?\s*(ml|hr|h|hour)(?![a-z]))?(?![a-z])"
)
_PAIR = re.compile(rf"{_NUMBER}\s*(?:mg)?\s*/\s*{_NUMBER}\s*(?:mg)?(?!\s*m[lc])(?![/\d.])")
_LONG = re.compile(
    r"\b(extended|prolonged|modified|sustained|slow)[ -]release\b|\b\d+ hr\b|"
    r"\b(er|sr|mr|xr|xl|cr|la)\b|continus|contin\b"
)
_ALWAYS_LONG = ("methadone",)
_FORMS: tuple[tuple[Form, str], ...] = (
    ("injection", r"inject\w*|intravenous|iv|intramuscular|im|subcutaneous|infusion|ampoules?|vials?"),
    ("nasal", r"nasal|intranasal"),
    ("transmucosal", r"buccal|sublingual|lozenges?|transmucosal|oromucosal"),
    ("rectal", r"rectal|suppositor\w+"),
    ("patch", r"patch(?:es)?|transdermal|plasters?"),
    ("topical", r"gel|creams?|ointment|topical|cutaneous|rub|emulgel|dermal"),
    ("oral", r"oral|tablets?|tabs?|capsules?|caplets?|by mouth|orally|po|sachets?"),
)
_FORM_WORDS = tuple((form, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")) for form, words in _FORMS)
_BRANDS_OF_ONE_FORM: dict[str, Form] = {
    "durogesic": "patch", "duragesic": "patch", "matrifen": "patch", "butrans": "patch", "transtec": "patch",
    "actiq": "transmucosal", "abstral": "transmucosal", "effentora": "transmucosal", "fentora": "transmucosal",
    "temgesic": "transmucosal", "subutex": "transmucosal", "suboxone": "transmucosal", "belbuca": "transmucosal",
}  # fmt: skip
_ATC = re.compile(r"[A-Z]\d\d[A-Z]{2}\d\d")


def _names() -> dict[str, Substance | Product]:
    found: dict[str, Substance | Product] = {}
    for each in SUBSTANCES:
        for name in (each.name, *each.names):
            found.setdefault(name, each)
    for product in PRODUCTS:
        found |= dict.fromkeys(product.names, product)
    return found


_NAMES = _names()
_ANY_NAME = re.compile("(?<![a-z])(?:" + "|".join(map(re.escape, sorted(_NAMES, key=len, reverse=True))) + ")(?![a-z])")
_BY_ATC: dict[str, Substance | Product] = {
    **{code: each for each in reversed(SUBSTANCES) for code in (each.atc, *each.other_atc) if code},
    **{product.atc: product for product in PRODUCTS},
}
_BY_RXNORM = {row["rxnorm"]: row["name"] for row in rows("rxnorm_names")}


@lru_cache(maxsize=4096)
def recognise(name: str, atc: str = "", rxnorm: str = "", route: str = "") -> Drug | None:
    """The medicine of that name or code; None when neither is known, and then no check can say anything of it.

    The name says most (strengths, form); what the code says is in it beyond the name comes along without a strength.
    The route tells a gel from a tablet where the name does not.
    """
    text, code = " ".join(name.casefold().split()), atc.strip().upper()
    if not _ANY_NAME.search(text):
        text = _BY_RXNORM.get(rxnorm.strip(), text).casefold()
    found = _ANY_NAME.findall(text)
    parts = _parts(text)
    parts += _by_code(code, parts)
    if not parts:
        return None
    by_route = form_of(route)
    form = form_of(text) or _form_by(found, code) or (by_route if by_route in ("topical", "patch") else "")
    parts = tuple(_in_form(part, form) for part in parts)
    label = " + ".join(part.substance for part in parts)
    known = code or (parts[0].atc if len(parts) == 1 else _product_code(parts))
    long_acting = bool(_LONG.search(text)) or any(part.substance in _ALWAYS_LONG for part in parts)
    return Drug(label, known, parts, form, long_acting, _mixed(text, code, parts))


def form_of(text: str) -> Form:
    """What the words of a name or route say of how it is given; '' when they say nothing."""
    return next((form for form, words in _FORM_WORDS if words.search(text.casefold())), "")


def _parts(text: str) -> tuple[Part, ...]:
    """The substances of a written name in its order, each once, with the strengths it says."""
    hits = list(_ANY_NAME.finditer(text))
    ends = [*(hit.start() for hit in hits), len(text)][1:]
    found: dict[str, Part] = {}
    for hit, end in zip(hits, ends, strict=True):
        known, after = _NAMES[hit.group()], text[hit.end() : end]
        if isinstance(known, Product):
            for part in _of_product(known, after):
                found.setdefault(part.substance, part)
        else:
            written = _strength(after) or (_strength(text[: hit.start()]) if len(hits) == 1 else None)
            part = Part(known.name, known.atc, *(written or (None, "")))
            if known.name not in found or found[known.name].strength is None:
                found[known.name] = part
    return _slashed(text, tuple(found.values()))


def _strength(text: str) -> tuple[float, str] | None:
    """The first strength in the text: mg a piece, mg a mL or ug/h."""
    hit = _STRENGTH.search(text)
    if hit is None:
        return None
    amount, unit, of, per = hit.groups()
    milligrams = _float(amount) * {"m": 1.0, "g": 1000.0, "u": 0.001}[_letter(unit)]
    if per is None:
        return milligrams, "piece"
    over = _float(of) if of else 1.0
    return (milligrams / over, "mL") if per == "ml" else (1000 * milligrams / over, "h")


def _letter(unit: str) -> str:
    if unit.startswith(("mc", "ug", "micro")):
        return "u"
    return "g" if unit.startswith("g") else "m"


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def _of_product(product: Product, after: str) -> tuple[Part, ...]:
    """The substances of a product, with strengths where they follow as '30/500'."""
    pair = _PAIR.search(after)
    amounts = [_float(pair[1]), _float(pair[2])] if pair and len(product.substances) == 2 else [None, None]
    return tuple(
        Part(name, substance(name).atc, amount, "piece" if amount is not None else "")
        for name, amount in zip(product.substances, amounts, strict=False)
    )


def _slashed(text: str, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Two named substances with '500/30' at the end: strengths in the order of the names."""
    pair = _PAIR.search(text)
    if len(parts) != 2 or pair is None or sum(part.strength is not None for part in parts) > 1:
        return parts
    return tuple(
        Part(part.substance, part.atc, _float(amount), "piece")
        for part, amount in zip(parts, pair.groups(), strict=True)
    )


def _by_code(code: str, named: tuple[Part, ...]) -> tuple[Part, ...]:
    """What the ATC code says is in it and the name does not."""
    known, have = _BY_ATC.get(code), {part.substance for part in named}
    if isinstance(known, Product):
        return tuple(Part(name, substance(name).atc) for name in known.substances if name not in have)
    if known is not None:
        return () if known.name in have else (Part(known.name, known.atc),)
    return (Part(code, code),) if not named and _ATC.fullmatch(code) else ()


def _form_by(found: list[str], code: str) -> Form:
    """The form by a brand that has one only, or by a code of topical medicines."""
    by_brand = next((_BRANDS_OF_ONE_FORM[name] for name in found if name in _BRANDS_OF_ONE_FORM), None)
    if by_brand is not None:
        return by_brand
    known = _BY_ATC.get(code)
    if isinstance(known, Substance) and known.form == "topical":
        return "topical"
    named = _NAMES.get(found[0]) if len(found) == 1 else None
    return "topical" if isinstance(named, Substance) and named.form == "topical" else ""


def _in_form(part: Part, form: Form) -> Part:
    """The same substance under the code of its form: diclofenac gel is not diclofenac tablets."""
    if part.atc == part.substance:
        return part
    return Part(part.substance, substance(part.substance, form).atc, part.strength, part.per)


def _product_code(parts: tuple[Part, ...]) -> str:
    names = {part.substance for part in parts}
    return next((p.atc for p in PRODUCTS if set(p.substances) == names and len(p.substances) == len(parts)), "")


def _mixed(text: str, code: str, parts: tuple[Part, ...]) -> bool:
    """Whether more may be in it than was recognised: more names between slashes or plus signs, or a code says so."""
    pieces = [piece for piece in re.split(r"\s[/+]\s", text) if re.search("[a-z]{4}", piece)]
    combination = isinstance(_BY_ATC.get(code), Product) and len(parts) == 1
    by_name = any(isinstance(_NAMES[hit], Product) and len(parts) == 1 for hit in _ANY_NAME.findall(text))
    return len(pieces) > max(len(parts), 1) or combination or by_name
