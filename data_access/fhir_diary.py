"""Diary entries out as FHIR R4: an Observation that holds each entry together, its coded answers and map beside.

What has a verified LOINC code is an Observation of its own (pain, hours of sleep); every other answer is a component
with our own code (clinical reference 2.5). What was not answered is not there.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from clinical.interventions import INTERVENTIONS
from data_access import fhir_marks
from data_access.fhir_marks import Place, observed
from data_access.fhir_nodes import Node, Written, absent, component, identified, own_concept, quantity
from data_access.importers.checks import RANGES
from data_access.importers.fhir_codes import DETAIL_UNKNOWN, FLARE, LOINC, PAIN, Key
from data_access.importers.fhir_entries import RELIEF, WEATHER, WEATHER_WORDS
from data_access.importers.fhir_own import ENTRY, INTERVENTION
from data_access.records import EntryRecord

CODED: dict[str, Key] = {"pain": PAIN, "sleep_hours": (LOINC, "93832-4")}
LABELS = {
    "pain": "Pain, 0 none to 10 worst imaginable",
    "fatigue": "Fatigue, 0 none to 10 worst imaginable",
    "interference": "Pain gets in the way, 0 not at all to 10 completely",
    "sleep_hours": "Hours slept in the night before",
    "sleep_quality": "Sleep quality, 0 very bad to 10 very good",
    "stress": "Stress, 0 none to 10 extreme",
    "mood": "Mood, 0 very low to 10 very good",
    "stiffness_minutes": "Morning stiffness",
    "sensitivity": "Sensitive to touch, 0 not at all to 10 extremely",
    "activity": "Activity, 0 rested all day to 10 very active",
    "tenderness": "Tender to pressure, 0 not at all to 10 extremely",
}
"""What each answer says, with its ends as the form names them."""
UNITS = {"sleep_hours": "h", "stiffness_minutes": "min"}
ANSWERS = (*RANGES, "flare", "relief", "weather", "note", "marks")


def only(entry: EntryRecord, answers: Collection[str]) -> EntryRecord:
    """The entry with nothing but those answers."""
    empty = EntryRecord(entry.day)
    left_out = {name: getattr(empty, name) for name in ANSWERS if name not in answers}
    return replace(entry, **left_out, detail_unknown=entry.detail_unknown and "marks" in answers)


def says_nothing(entry: EntryRecord) -> bool:
    """Whether nothing was answered in it."""
    return replace(entry, source_key=None, where="") == EntryRecord(entry.day, entry.at_time)


def of_entries(person: str, entries: Sequence[EntryRecord]) -> Iterator[tuple[str, list[Written]]]:
    """For each entry the address of what holds it together, and all its resources."""
    for number, entry in enumerate(entries):
        place = Place(person, entry, number)
        yield place.address("entry"), list(_entry(place))


def _entry(place: Place) -> Iterator[Written]:
    panel = place.address("entry")
    coded = [(place.address(name), _answer(place, name)) for name in CODED if getattr(place.entry, name) is not None]
    mapped = list(fhir_marks.of_map(place))
    members = [address for address, _ in [*coded, *mapped[:1]]]
    whole = observed(place, ENTRY, "Diary entry")
    if parts := list(_components(place.entry)):
        whole["component"] = parts
    if members:
        whole["hasMember"] = [{"reference": address} for address in members]
    if place.entry.note:
        whole["note"] = [{"text": place.entry.note}]
    if not (parts or members):
        whole["dataAbsentReason"] = absent("unknown")
    yield panel, identified(whole, panel)
    for address, node in [*coded, *mapped]:
        yield address, node if "derivedFrom" in node else node | {"derivedFrom": [{"reference": panel}]}


def _answer(place: Place, name: str) -> Node:
    return observed(place, CODED[name], LABELS[name]) | {"valueQuantity": _amount(place.entry, name)}


def _amount(entry: EntryRecord, name: str) -> Node:
    return quantity(getattr(entry, name), UNITS.get(name, "{score}"))


def _components(entry: EntryRecord) -> Iterator[Node]:
    for name in RANGES:
        if name not in CODED and getattr(entry, name) is not None:
            yield component(own_concept(name, LABELS[name]), {"valueQuantity": _amount(entry, name)})
    if entry.flare is not None:
        yield component(own_concept(FLARE[1], "The person calls it a flare"), {"valueBoolean": entry.flare})
    for code in entry.relief:
        yield component(own_concept(RELIEF[1], "What helped"), {"valueCodeableConcept": _relief(code)})
    for word in entry.weather:
        value = {"coding": [{"system": WEATHER_WORDS, "code": word}], "text": word}
        yield component(own_concept(WEATHER[1], "The weather as the person felt it"), {"valueCodeableConcept": value})
    if entry.detail_unknown and entry.marks is None:
        yield component(own_concept(DETAIL_UNKNOWN[1]), {"valueBoolean": True})


def _relief(code: str) -> Node:
    """A code of our vocabulary, or the words as they were written."""
    known = INTERVENTIONS.get(code)
    if known is None and code != "none":
        return {"text": code}
    return {"coding": [{"system": INTERVENTION, "code": code}], "text": known.label if known else "nothing"}
