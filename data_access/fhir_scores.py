"""Questionnaires out as FHIR R4: one Observation each, its score the value, its answers components in their order.

A LOINC code goes out only where the reader takes that code, and no other, for the same score (clinical reference 2.5):
several forms of one T score have codes of their own, and which one was filled in is not kept. Every instrument of ours
has its own code beside it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from clinical.measures import INSTRUMENTS
from data_access.fhir_nodes import (
    UCUM,
    Node,
    Written,
    absent,
    addressed,
    category,
    component,
    concept,
    extended,
    extension,
    identified,
    moment,
    own_concept,
    plain,
    quantity,
    reference,
)
from data_access.importers.fhir_codes import ITEMS, LOINC, TOTALS, Key
from data_access.importers.fhir_own import INSTRUMENT, MEASURE
from data_access.records import MeasureRecord


def _single() -> dict[str, Key]:
    found: dict[str, list[Key]] = defaultdict(list)
    for key, instrument in TOTALS.items():
        if key[0] == LOINC:
            found[instrument.name].append(key)
    return {name: keys[0] for name, keys in found.items() if len(keys) == 1}


_SCORES = _single()
"""The LOINC code of each score that has but one."""
_ANSWERS = {(instrument.name, place): key for key, (instrument, place) in ITEMS.items() if key[0] == LOINC}


def of_measures(person: str, records: Sequence[MeasureRecord]) -> Iterator[Written]:
    """One observation for each questionnaire, those that were said twice twice."""
    for own, record in addressed(person, "measure", records):
        yield own, identified(_measure(person, record), own)


def _measure(person: str, record: MeasureRecord) -> Node:
    node: Node = {
        "resourceType": "Observation",
        "status": "final",
        "category": category("survey"),
        "code": _code(record.instrument),
        "subject": reference(person),
        **moment("effectiveDateTime", record.day),
    }
    if record.score is None:
        node["dataAbsentReason"] = absent("unknown")
        node = extended(node, [extension("unit", valueString=record.unit)] if record.unit else [])
    else:
        node["valueQuantity"] = _score(record.score, record.unit)
    parts = [_item(record.instrument, place, answer) for place, answer in enumerate(record.items)]
    return node | ({"component": parts} if parts else {})


def _code(instrument: str) -> Node:
    own = (INSTRUMENT, instrument) if instrument in INSTRUMENTS else MEASURE
    keys = [_SCORES[instrument], own] if instrument in _SCORES else [own]
    return concept(keys[0], instrument, *keys[1:])


def _score(score: float, unit: str) -> Node:
    """A score without a unit is a bare number of points; the word for it is left to the reader."""
    return quantity(score, unit) if unit else {"value": plain(score), "system": UCUM, "code": "{score}"}


def _item(instrument: str, place: int, answer: float | None) -> Node:
    loinc = _ANSWERS.get((instrument, place))
    code = own_concept(f"answer-{place + 1}", f"Answer {place + 1}", *([loinc] if loinc else []))
    value = {"dataAbsentReason": absent("unknown")} if answer is None else {"valueQuantity": quantity(answer)}
    return component(code, value)
