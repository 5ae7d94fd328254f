"""Words of our own vocabularies as a foreign table may name them: reliefs, weather, regions of the body."""

from functools import cache, lru_cache

from clinical import area_names, reviewed
from clinical.area_names import UnknownArea
from clinical.body_map import REGION_INDEX, REGIONS
from data_access.importers.mapped_rules import JOIN, LEFT_OUT, NOTHING
from data_access.tables import WEATHER
from data_access.text import folded, words

_NOTHING = frozenset({"none", "nothing", "no pain", "keine", "nichts", "aucun", "aucune", "rien", "ninguno", "geen"})
_RELIEF = {
    "heat": "heat warmth warme waerme chaleur calor warmte wheat-bag", "cold": "cold ice kalte kaelte froid frio kou",
    "massage": "massage masaje", "stretching": "stretching stretches dehnen etirements estiramientos",
    "walking": "walking walk spaziergang marche caminar wandelen", "tens": "tens",
    "exercise_aerobic": "exercise sport bewegung exercice ejercicio", "yoga": "yoga", "mindfulness": "mindfulness",
    "hydrotherapy": "bath bad bain hydrotherapy", "stress_management": "relaxation entspannung", "pacing": "pacing",
    "acupuncture": "acupuncture akupunktur acupuntura", "swimming": "swimming schwimmen natation",
}  # fmt: skip
_WEATHER = {
    "cold": "cold kalt froid frio koud", "hot": "hot heiss chaud caluroso heet", "dry": "dry trocken sec seco droog",
    "damp": "damp wet rainy rain feucht nass regen humide pluie humedo nat",
    "windy": "windy wind windig venteux ventoso", "changing": "changing changeable wechselhaft variable wisselend",
}  # fmt: skip


@lru_cache(maxsize=4_096)
def known_meaning(role: str, word: str) -> str:
    """What that word means in that role by our own vocabularies; '' where they do not have it."""
    plain = folded(word)
    if plain in _NOTHING and role in ("relief", "regions"):
        return NOTHING
    if role == "relief":
        return _relief().get(words(word), "")
    if role == "weather":
        return _weather().get(words(word), "")
    return _regions(word) if role == "regions" else ""


def meanings(role: str) -> tuple[str, ...]:
    """Everything a word of that role can mean, in the order of the vocabulary."""
    if role == "weather":
        return (*WEATHER, LEFT_OUT)
    if role == "relief":
        return (NOTHING, *(row["code"] for row in reviewed.rows("interventions")), LEFT_OUT)
    return (NOTHING, *_places(), *(one.region_id for one in REGIONS)) if role == "regions" else ()


@cache
def _relief() -> dict[str, str]:
    found = {words(each["code"]): each["code"] for each in reviewed.rows("interventions")}
    found |= {words(each["label"]): each["code"] for each in reviewed.rows("interventions")}
    return {**{said: code for code, many in _RELIEF.items() for said in many.split()}, **found}


@cache
def _weather() -> dict[str, str]:
    return {said: code for code, many in _WEATHER.items() for said in (code, *many.split())}


def _regions(word: str) -> str:
    if word.strip() in REGION_INDEX:
        return word.strip()
    try:
        return JOIN.join(area_names.regions_of_name(word.replace("_", " ")))
    except UnknownArea:
        return ""


@cache
def _places() -> tuple[str, ...]:
    """Parts of the body with all their regions on one side or, where no side is, on both: 'f_knee_l+b_knee_l'."""
    found: dict[str, None] = {}
    for one in REGIONS:
        name = one.region_id[2:-2].replace("_", " ")
        for said in (f"left {name}", f"right {name}", f"both {name}"):
            if place := _regions(said):
                found.setdefault(place)
    return tuple(place for place in found if JOIN in place)
