"""Item wording of the questionnaires that may be shipped, with attribution; nothing of the others.

The widespread pain index and the symptom severity scale are asked in our own words, those of the criteria's tables.
"""

from dataclasses import dataclass

from clinical.measures.names import instrument
from clinical.measures.tables import places
from clinical.reviewed import Row, rows

OWN_WORDS = "Asked in our own words; scoring after Wolfe F et al. Semin Arthritis Rheum 2016;46:319-329"
_NO_YES = ((0.0, "no"), (1.0, "yes"))


@dataclass(frozen=True, slots=True)
class Item:
    """One question: its place (from 1), text, and every answer in order as (value, words).

    Of a 0-10 item only the first and the last answer have words.
    """

    place: int
    text: str
    answers: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading ('' for none) and one introduction."""

    heading: str
    asks: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire as it is filled in on screen, in the order of its items."""

    code: str
    name: str
    groups: tuple[Group, ...]
    attribution: str

    @property
    def items(self) -> tuple[Item, ...]:
        """Every question, in order."""
        return tuple(item for group in self.groups for item in group.items)


def items(code: str) -> Form | None:
    """The form of a questionnaire whose wording ships; None for one of which only the total is entered."""
    known = instrument(code)
    return FORMS.get(known.code) if known and known.ship == "yes" else None


def _load() -> dict[str, Form]:
    wording = {(row["instrument"], int(row["place"])): row for row in rows("instrument_items")}
    groups: dict[str, list[Group]] = {}
    attribution: dict[str, str] = {}
    for row in rows("instrument_forms"):
        made = tuple(_item(wording[row["items_of"], place], row["answers"]) for place in places(row["places"]))
        groups.setdefault(row["instrument"], []).append(Group(row["heading"], row["asks"], made))
        attribution[row["instrument"]] = row["attribution"]
    groups["WPI"], groups["SSS"] = [_areas()], _symptoms()
    return {code: _form(code, found, attribution.get(code, OWN_WORDS)) for code, found in groups.items()}


def _form(code: str, groups: list[Group], attribution: str) -> Form:
    known = instrument(code)
    return Form(code, known.name if known else code, tuple(groups), attribution)


def _item(row: Row, answers: str) -> Item:
    return Item(int(row["place"]), row["text"], _scale(row) if answers == "0-10" else _choices(answers))


def _choices(answers: str) -> tuple[tuple[float, str], ...]:
    parts = (part.split(":") for part in answers.split("|"))
    return tuple((float(value), words) for value, words in parts)


def _scale(row: Row) -> tuple[tuple[float, str], ...]:
    words = {0: row["low_words"], 10: row["high_words"]}
    return tuple((float(value), words.get(value, "")) for value in range(11))


def _areas() -> Group:
    listed = enumerate(rows("fibromyalgia_areas"), 1)
    return Group("", "Pain in this area in the past week?", tuple(Item(n, row["label"], _NO_YES) for n, row in listed))


def _symptoms() -> list[Group]:
    """The six symptoms, grouped by the time they are asked about."""
    levels = tuple((float(row["level"]), f"{row['label']}: {row['meaning']}") for row in rows("fibromyalgia_levels"))
    grouped: dict[str, list[Item]] = {}
    for place, row in enumerate(rows("fibromyalgia_symptoms"), 1):
        grouped.setdefault(row["recall"], []).append(
            Item(place, f"{row['label']}: {row['asks']}", levels if row["highest"] == "3" else _NO_YES)
        )
    return [Group(recall.capitalize(), f"In the {recall}", tuple(found)) for recall, found in grouped.items()]


FORMS: dict[str, Form] = _load()
"""By code: those that may be filled in on screen."""
