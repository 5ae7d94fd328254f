"""What the names and words of diary tables of other makes usually mean, in a few languages; proposals, never more."""

import re
from collections.abc import Collection

from data_access.importers.mapped_rules import Scale
from data_access.text import folded, words

_NAMES = (
    ("record_number", "=patient =patient_id =patient_no =record_number =mrn =subject =participant patientennummer"),
    ("steps", "=steps step_count schritte schrittzahl =pas =pasos stappen"),
    ("regions", "pain_area pain_site pain_location pain_region body_region body_area body_site location_of_pain"),
    ("regions", "=where =areas =regions =locations schmerzort =ort =orte lokalisation localisation zona plaats"),
    ("relief", "relief helped helps coping self_help hilfe linderung soulagement alivio verlichting hat_geholfen"),
    ("medicines", "medicine medication =meds =drugs medikament medicament medicijn tablets_taken"),
    ("weather", "weather wetter meteo =weer"),
    ("moment", "timestamp zeitstempel date_time datum_uhrzeit date_and_time recorded_at logged_at"),
    ("part", "part_of_day part_of_the_day time_of_day daypart day_part tageszeit tagesabschnitt dagdeel =period"),
    ("part", "moment_de_la_journee momento_del_dia"),
    ("date", "=date datum =tag =day fecha =dia =jour =dag"),
    ("time", "=time uhrzeit =zeit =heure =hora =tijd"),
    (
        "sleep_quality",
        "sleep_quality quality_of_sleep schlafqualitaet qualite_du_sommeil calidad_del_sueno slaapkwaliteit",
    ),
    ("sleep_hours", "sleep slept schlaf sommeil sueno slaap"),
    ("stiffness_minutes", "stiff steif raideur rigidez stijf"),
    ("interference", "interfer in_the_way beeintraecht einschraenk daily_life"),
    ("fatigue", "fatigue tired exhaust muedigkeit muede erschoepf cansancio fatiga vermoeid"),
    ("stress", "stress anspannung =estres"),
    ("mood", "=mood stimmung humeur =animo stemming"),
    ("tenderness", "tender druckschmerz"),
    ("sensitivity", "sensitiv touch beruehrung empfindlich"),
    ("activity", "activit aktivitaet actividad"),
    ("flare", "flare =schub poussee =brote opvlamming"),
    ("note", "=note =notes comment remark bemerkung notiz kommentar anmerkung remarque observacion opmerking"),
    ("pain", "=pain pain_ schmerz douleur dolor =pijn =nrs =vas"),
)
"""Role and what names it, the first that fits; `=`: as whole words, otherwise as a part of the name."""

_PARTS = {
    "08:00": "morning mornings am morgen morgens frueh vormittag vormittags matin manana ochtend waking breakfast",
    "12:00": "noon midday mittag mittags midi mediodia middag lunch",
    "15:00": "afternoon afternoons nachmittag nachmittags apres-midi namiddag",
    "20:00": "evening evenings pm abend abends soir tarde noche avond dinner",
    "23:00": "night nights nacht nachts nuit bedtime",
}
PARTS = {words(each): time for time, many in _PARTS.items() for each in many.split()}
"""Times that are proposed for parts of the day; whoever maps the table says which hold."""

_STEPS_OF_WORDS = (
    "none|mild|moderate|severe|very severe", "none|mild|moderate|severe", "no|mild|moderate|severe",
    "none|slight|moderate|strong|very strong", "none|low|medium|high", "low|medium|high",
    "never|rarely|sometimes|often|always", "not at all|a little|moderately|quite a bit|extremely",
    "very bad|bad|okay|good|very good", "very bad|bad|ok|good|very good", "very poor|poor|fair|good|very good",
    "bad|fair|good", "poor|fair|good", "kein|leicht|mittel|stark|sehr stark",
    "keine|leichte|mittlere|starke|sehr starke",
    "keine|leicht|mittel|stark|sehr stark", "sehr schlecht|schlecht|mittel|gut|sehr gut", "schlecht|mittel|gut",
    "nie|selten|manchmal|oft|immer", "aucune|legere|moderee|forte|tres forte", "ninguno|leve|moderado|severo",
)  # fmt: skip
MISSING = frozenset(
    ("n/a", "na", "n.a.", "-", "--", "\u2013", "\u2014", "?", "k.a.", "k. a.", "null", "nan", "keine angabe", "missing")
)
"""Words that are proposed as 'not answered'."""
_UNITS = (
    ("hours", "h hr hrs hour hours std stunde stunden heures horas uur uren"),
    ("minutes", "min mins minute minutes minuten minutos"),
)
_DOSE_UNIT = re.compile(r"\b(mg|g|µg|ug|mcg|ml)\b")
_WITHOUT = frozenset(("free", "without", "ohne", "sans", "sin", "zonder", "no", "not", "kein", "keine"))
_BAD_SLEEP = re.compile(
    r"disturb|problem|trouble|difficult|sleepi|insomni|apn|stoer|schlaflos|muede|bad |poor|wake|woke|awake|wach"
    r"|interrupt"
)
_BED = re.compile(
    r"sleep|slept|schlaf|schlief|sommeil|dormi|sueno|slaap|bed|bett|wake|woke|wach|aufge|got up|stiff|steif"
)
_GOOD = frozenset(("good", "very good", "gut", "sehr gut"))
_SEVERE = frozenset(("severe", "very severe", "strong", "stark", "starke", "sehr stark", "forte", "severo"))
_RANGE = re.compile(r"(?<![\d.,])(\d{1,3})\s*(?:-|\u2013|\u2014|\.\.|to|bis|/|a)\s*(\d{1,3})(?![\d.,])")
_OUT_OF = re.compile(r"/\s*(\d{1,3})(?!\d)")


def role_of_name(name: str) -> str:
    """The role a column of that name usually has, '' for none."""
    plain = words(_plain(name))
    return next((role for role, said in _NAMES if any(_says(plain, each) for each in said.split())), "")


def answers_of_name(name: str, of: Collection[str]) -> frozenset[str]:
    """Which of those answers a name speaks of; more than one for 'Pain after sleep'."""
    plain = words(_plain(name))
    found = {role for role, said in _NAMES if role in of and any(_says(plain, each) for each in said.split())}
    if "sleep_quality" in found:
        found.discard("sleep_hours")  # the same word
    if "interference" in found:
        found.discard("pain")  # what gets in the way is the pain
    return frozenset(found)


def unit_of_name(name: str) -> str:
    """'hours' or 'minutes' where a name says so, '' otherwise."""
    said = set(words(_plain(name)).split())
    return next((unit for unit, many in _UNITS if said.intersection(many.split())), "")


def dose_unit_of_name(name: str) -> str:
    """The unit of a dose that a name states: 'Ibuprofen (mg)'; '' for none."""
    found = _DOSE_UNIT.search(name.casefold())
    return found[1] if found else ""


def is_without(name: str) -> bool:
    """Whether a name speaks of being without something: 'Pain-free hours', 'schmerzfrei'."""
    said = words(_plain(name)).split()
    return any(word in _WITHOUT or word.endswith(("frei", "free", "los")) for word in said)


def is_bad_sleep(name: str) -> bool:
    """Whether a name speaks of sleep that is bad: more of it is worse, and it is not our quality of sleep."""
    return _BAD_SLEEP.search(f"{words(_plain(name))} ") is not None


def is_of_the_night(name: str) -> bool:
    """Whether a name speaks of sleep, bed or getting up: its time of day is not the time at which a row was written."""
    return _BED.search(words(_plain(name))) is not None


def rises_to(steps: Collection[str]) -> str:
    """'good' or 'bad' for what the last of those words in order speak of, '' for neither."""
    said = set(steps)
    return "good" if said & _GOOD else "bad" if said & _SEVERE else ""


def _says(plain: str, said: str) -> bool:
    wanted = said.replace("_", " ")
    return f" {wanted[1:]} " in f" {plain} " if wanted.startswith("=") else wanted in f"{plain} "


def part_of_name(name: str) -> str:
    """The time of day that is proposed for a column whose name says its part of the day, '' for none."""
    return next((PARTS[word] for word in words(_plain(name)).split() if word in PARTS), "")


def without_pain(name: str) -> str:
    """The name without the words for pain and its scale: 'Pain left knee (0-10)' is about 'left knee'."""
    plain = _RANGE.sub(" ", _plain(name))
    return " ".join(word for word in words(plain).split() if word not in ("pain", "in", "my", "nrs", "vas"))


def _plain(name: str) -> str:
    # German vowels are written out: folding alone would make 'mude' of 'müde'.
    for letter, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        name = name.casefold().replace(letter, written)
    return folded(name).replace("_", " ")


def states_a_scale(name: str) -> bool:
    """Whether a name states the ends of a scale, in whatever order: 'Pain (10-0)' leaves open which end is which."""
    return _RANGE.search(name.casefold()) is not None or scale_of_name(name) is not None


def scale_of_name(name: str) -> Scale | None:
    """The ends of a scale that a name states: 'Pain (1-5)', 'VAS 0–100', 'Fatigue /10'."""
    if found := _RANGE.search(name.casefold()):
        low, high = float(found[1]), float(found[2])
        return Scale(low, high) if low < high else None
    found = _OUT_OF.search(name)
    return Scale(0, float(found[1])) if found and float(found[1]) > 0 else None


def steps_of_words(said: list[str]) -> dict[str, int] | None:
    """The order of those words from 0 up, in the shortest usual set that has them all; None where none has."""
    wanted = {folded(word) for word in said}
    for known in sorted((each.split("|") for each in _STEPS_OF_WORDS), key=len):
        if wanted and wanted <= set(known):
            return {word: place for place, word in enumerate(known)}
    return None


def part_of_day(word: str) -> str:
    """The time proposed for a word of a part of the day, '' for none."""
    return PARTS.get(words(_plain(word)), "")
