"""The medicines the checks know: substances, products of several, and classes by ATC code, from the definitions."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from clinical.reviewed import Row, rows

Form = Literal["oral", "topical", "patch", "injection", "nasal", "transmucosal", "rectal", "other", ""]


@dataclass(frozen=True, slots=True)
class Part:
    """One substance of a medicine, with its strength where the name says it.

    `strength` in mg a piece (`per` 'piece'), mg a mL ('mL'), or ug/h of a patch ('h'); None when the name says none.
    `of_salt`: how much of the substance is in one mg as written, below 1 where the name says a salt that weighs more.
    """

    substance: str
    atc: str
    strength: float | None = None
    per: Literal["piece", "mL", "h", ""] = ""
    of_salt: float = 1.0

    def of(self, drug_class: str) -> bool:
        """Whether the substance belongs to that class of `drug_classes`."""
        return in_class(self.atc, self.substance, drug_class)


@dataclass(frozen=True, slots=True)
class Drug:
    """A recognised medicine: `name` as the definitions call it, `atc` as given or known, the substances in it.

    `form` is what its name or code says of the route ('' when neither does); `long_acting` when the name says so;
    `mixed` when more is in it than `parts` tells, so that a dose in mg says nothing of any one part.
    """

    name: str
    atc: str
    parts: tuple[Part, ...]
    form: Form = ""
    long_acting: bool = False
    mixed: bool = False

    def of(self, drug_class: str) -> bool:
        """Whether any of its substances belongs to that class."""
        return any(part.of(drug_class) for part in self.parts)

    def part(self, drug_class: str) -> Part | None:
        """Its first substance of that class."""
        return next((part for part in self.parts if part.of(drug_class)), None)


@dataclass(frozen=True, slots=True)
class Substance:
    """A row of the definitions: one substance in one form; `ceiling` a day in `ceiling_unit`, None when none is known.

    The ceiling is for asking back about what looks mistyped and for display: it is not a dose to give.
    `ceiling_of`: what it is, a 'ceiling', the top of the 'typical' range, or the WHO 'ddd'.
    """

    name: str
    form: Form
    atc: str
    other_atc: tuple[str, ...]
    ddd: str
    unit: str
    typical: str
    ceiling: float | None
    ceiling_unit: str
    ceiling_of: str
    names: tuple[str, ...]
    source: str
    evidence: str
    dose_evidence: str


@dataclass(frozen=True, slots=True)
class Product:
    """A row of the definitions: a medicine of several substances, by code or by what it is called."""

    name: str
    atc: str
    substances: tuple[str, ...]
    names: tuple[str, ...]


def split(cell: str) -> tuple[str, ...]:
    """The parts of a cell joined by '|'."""
    return tuple(part for part in cell.split("|") if part)


def _substance(row: Row) -> Substance:
    form: Form = "patch" if row["form"] == "patch" else "topical" if row["form"] == "topical" else "oral"
    return Substance(
        name=row["substance"],
        form=form,
        atc=row["atc"],
        other_atc=split(row["other_atc"]),
        ddd=row["ddd"],
        unit=row["unit"],
        typical=row["typical"],
        ceiling=float(row["ceiling"]) if row["ceiling"] else None,
        ceiling_unit=row["ceiling_unit"],
        ceiling_of=row["ceiling_of"],
        names=split(row["names"]),
        source=row["source"],
        evidence=row["evidence"],
        dose_evidence=row["dose_evidence"],
    )


SUBSTANCES: tuple[Substance, ...] = tuple(_substance(row) for row in rows("drugs"))
PRODUCTS: tuple[Product, ...] = tuple(
    Product(row["name"], row["atc"], split(row["substances"]), split(row["names"])) for row in rows("drug_products")
)
_CLASSES = {row["class"]: (split(row["atc"]), split(row["not_atc"])) for row in rows("drug_classes")}
CLASS_LABELS: dict[str, str] = {row["class"]: row["label"] for row in rows("drug_classes")}
_BY_NAME: dict[str, dict[str, Substance]] = {}
for _each in SUBSTANCES:
    _BY_NAME.setdefault(_each.name, {})[_each.form] = _each


def substance(name: str, form: str = "") -> Substance:
    """That substance in that form, or else in the form it is mostly used in. Raises KeyError when not defined."""
    forms = _BY_NAME[name]
    return forms.get(form) or next(iter(forms.values()))


@lru_cache(maxsize=4096)
def in_class(atc: str, name: str, drug_class: str) -> bool:
    """Whether a substance of that code or name belongs to the class. Raises KeyError for an unknown class."""
    begins, never = _CLASSES[drug_class]
    if atc and atc.startswith(never):
        return False
    return name in begins or (bool(atc) and any(atc.startswith(each) for each in begins if each[0].isupper()))
