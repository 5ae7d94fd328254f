"""Which medicine a written name or a code means: substances, strengths, form. What is not certain is left unknown."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from clinical.medication import strengths
from clinical.medication.drugs import PRODUCTS, SUBSTANCES, Drug, Form, Part, Product, Substance, substance
from clinical.reviewed import rows

_LONG = re.compile(
    r"\b(extended|prolonged|modified|sustained|slow)[ -]release\b|\b\d+ hr\b|"
    r"\b(er|sr|mr|xr|xl|cr|la)\b|continus|contin\b"
)
_ALWAYS_LONG = frozenset(row["name"] for row in rows("long_acting_names"))
_FORMS: tuple[tuple[Form, str], ...] = (
    (
        "injection",
        r"inject\w*|intravenous|i\.?v\.?|intramuscular|i\.?m\.?|subcut\w*|sub-cut\w*|s[/.]?c\.?|"
        r"infusion|ampoules?|vials?|epidural|intrathecal|parenteral|syringe driver",
    ),
    ("other", r"inhal\w*|nebuli[sz]\w*|vaginal\w*|pessar\w+"),
    ("nasal", r"nasal|intranasal"),
    ("transmucosal", r"buccal|sublingual|lozenges?|lollipops?|films?(?![- ]coated)|transmucosal|oromucosal"),
    ("rectal", r"rectal|suppositor\w+"),
    ("patch", r"patch(?:es)?|transdermal|plasters?"),
    ("topical", r"gel|creams?|ointment|topical|cutaneous|rub|emulgel|dermal"),
    ("oral", r"oral|tablets?|tabs?|capsules?|caplets?|mouth|per os|orally|p\.?o\.?|sachets?"),
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


_LIKE_AN_OPIOID = re.compile(
    r"(?<!apo)morph|codein|codon[ei]?|fentan|bupren|opium|opioid|opiat|heroin|pethid|meperid|tramad|tapent|methad|"
    r"levorphan|papaver|propoxyph|pentazoc|nalbuph|butorph|meptaz|kratom|mitragyn"
)


def sounds_like_an_opioid(name: str) -> bool:
    """Whether a name nobody recognised may be that of an opioid: a sum of opioids without it is not whole."""
    return bool(_LIKE_AN_OPIOID.search(name.casefold()))


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
    long_acting = bool(_LONG.search(text)) or not _ALWAYS_LONG.isdisjoint({*found, *(part.substance for part in parts)})
    return Drug(label, known, parts, form, long_acting, _mixed(text, code, parts))


def form_of(text: str) -> Form:
    """What the words of a name or route say of how it is given; '' when they say nothing."""
    return next((form for form, words in _FORM_WORDS if words.search(text.casefold())), "")


def _parts(text: str) -> tuple[Part, ...]:
    """The substances of a written name in its order, each once, with the strengths it says beyond doubt."""
    hits = list(_ANY_NAME.finditer(text))
    ends = [*(hit.start() for hit in hits), len(text)][1:]
    said = [(_NAMES[hit.group()], text[hit.end() : end]) for hit, end in zip(hits, ends, strict=True)]
    named = tuple(dict.fromkeys(known.name for known, _ in said if isinstance(known, Substance)))
    inside = [name for known, _ in said if isinstance(known, Product) for name in known.substances]
    each = dict.fromkeys([*(name for known, _ in said for name in _held(known))])
    found = _each_with_its_own(text[: hits[0].start()] if hits else "", said, len(each) == 1)
    if len(each) == 2 and len(found) < 2:
        order = named if set(named) == set(each) else tuple(inside)
        pair = strengths.pair(text, order, in_order=order == named)
        found = {name: (mg, "piece") for name, mg in pair.items()} or found
    return tuple(_part(text, name, found.get(name)) for name in each)


def _part(text: str, name: str, written: strengths.Strength | None) -> Part:
    amount, per = written or (None, "")
    return Part(name, substance(name).atc, amount, per, strengths.of_salt(text, name))


def _held(known: Substance | Product) -> tuple[str, ...]:
    return known.substances if isinstance(known, Product) else (known.name,)


def _each_with_its_own(
    before: str, said: Sequence[tuple[Substance | Product, str]], alone: bool
) -> dict[str, strengths.Strength]:
    """The strength that stands with each named substance, by its name.

    With several of them a number at the end may be of any: it counts only when those before it have theirs.
    """
    found: dict[str, strengths.Strength] = {}
    for known, after in said:
        if isinstance(known, Product) or known.name in found:
            continue
        written = (strengths.first(after) or strengths.first(before)) if alone else strengths.only(after)
        if written is not None:
            found[known.name] = written
        elif not alone:
            break
    return found


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
    return replace(part, atc=substance(part.substance, form).atc)


def _product_code(parts: tuple[Part, ...]) -> str:
    names = {part.substance for part in parts}
    return next((p.atc for p in PRODUCTS if set(p.substances) == names and len(p.substances) == len(parts)), "")


def _mixed(text: str, code: str, parts: tuple[Part, ...]) -> bool:
    """Whether more may be in it than was recognised: more names between slashes or plus signs, or a code says so."""
    pieces = [piece for piece in re.split(r"\s[/+]\s", text) if re.search("[a-z]{4}", piece)]
    combination = isinstance(_BY_ATC.get(code), Product) and len(parts) == 1
    by_name = any(isinstance(_NAMES[hit], Product) and len(parts) == 1 for hit in _ANY_NAME.findall(text))
    return len(pieces) > max(len(parts), 1) or combination or by_name
