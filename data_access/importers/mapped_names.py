"""What the names and words of diary tables of other makes usually mean, in a few languages; proposals, never more."""

import re

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
_RANGE = re.compile(r"(?<![\d.,])(\d{1,3})\s*(?:-|\u2013|\u2014|\.\.|to|bis|/|a)\s*(\d{1,3})(?![\d.,])")
_OUT_OF = re.compile(r"/\s*(\d{1,3})(?!\d)")


def role_of_name(name: str) -> str:
    """The role a column of that name usually has, '' for none."""
    plain = words(_plain(name))
    return next((role for role, said in _NAMES if any(_says(plain, each) for each in said.split())), "")


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
