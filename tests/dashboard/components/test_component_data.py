"""Data for a component reach the browser as the JSON they are."""

import json
from dataclasses import asdict, dataclass

from dashboard.components.component_data import opened


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    values: tuple[float | None, ...] = (1.5, None)


@dataclass(frozen=True, slots=True)
class Card:
    title: str
    rows: tuple[Row, ...]


def test_dataclasses_inside_each_other_become_objects() -> None:
    card = Card("Pain", (Row("now"), Row("before", ())))
    assert json.dumps(opened(card)) == json.dumps(asdict(card))
    assert opened([card, "x", 3]) == [opened(card), "x", 3]
