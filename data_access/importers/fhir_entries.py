"""Our own observation of a diary entry as readings: its answers, what helped, the weather, its note.

An entry that says nothing comes back as well: that somebody opened the diary that day is on record.
"""

from collections.abc import Iterator

from data_access.importers.fhir_codes import DETAIL_UNKNOWN, FLAREBOARD, Key
from data_access.importers.fhir_own import INTERVENTION
from data_access.importers.fhir_readings import Logged, Reading, readings
from data_access.importers.fhir_shape import Node, codings, obj, objects, text, value_of

RELIEF: Key = (FLAREBOARD, "relief")
WEATHER: Key = (FLAREBOARD, "weather")
WEATHER_WORDS = "urn:flareboard:weather"


def of_entry(node: Node) -> list[Reading]:
    """Everything that entry says beside what its members say on their own. Raises NotUsed, NotTaken."""
    parts = objects(node, "component")
    said = Logged(
        relief=tuple(_named(part, INTERVENTION) for part in parts if _is(part, RELIEF)),
        weather=tuple(_named(part, WEATHER_WORDS) for part in parts if _is(part, WEATHER)),
        note=text(obj(node, "note"), "text"),
        detail_unknown=any(_is(part, DETAIL_UNKNOWN) and value_of(part) is True for part in parts),
    )
    return [said, *_answers(parts)]


def _answers(parts: list[Node]) -> Iterator[Reading]:
    for part in parts:
        if not any(_is(part, key) for key in (RELIEF, WEATHER, DETAIL_UNKNOWN)):
            yield from readings(codings(obj(part, "code")), value_of(part), {})


def _is(part: Node, key: Key) -> bool:
    return any((coding.system, coding.code) == key for coding in codings(obj(part, "code")))


def _named(part: Node, system: str) -> str:
    """The code of that vocabulary, else the words."""
    value = obj(part, "valueCodeableConcept")
    return next((coding.code for coding in codings(value) if coding.system == system), text(value, "text"))
