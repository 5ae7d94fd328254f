"""What the codes of observations and questionnaire items mean to us: diary answers, measures, items of measures.

Only meanings that are certain stand here (clinical reference 2.5); every other code is counted as unused, by name.
The code systems `urn:flareboard:*` are our own, for answers that have no verified code.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from clinical.measures import INSTRUMENTS, Range
from data_access.importers.checks import RANGES

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
PAIN_MANAGEMENT = "http://cds.ahrq.gov/cdsconnect/pms"
MYPAIN = "http://fhir.org/guides/cqf/cds4cpm/CodeSystem/mypain-questionnaire-codes"
FLAREBOARD = "urn:flareboard:code"
FLAREBOARD_REGION = "urn:flareboard:region"
FLAREBOARD_QUALITY = "urn:flareboard:quality"
FLAREBOARD_DEPTH = "urn:flareboard:depth"

Key = tuple[str, str]
"""(code system, code)."""

SCORE_UNITS = ("", "1", "{score}", "{points}", "{point}", "{NRS}", "/10", "{0-10}", "{pain score}")


@dataclass(frozen=True, slots=True)
class Answer:
    """A diary answer: its column and what one unit of the source is in ours."""

    column: str
    units: Mapping[str, float]


_SCORED = dict.fromkeys(SCORE_UNITS, 1.0)
_HOURS = {"h": 1.0, "hr": 1.0, "hours": 1.0, "hour": 1.0, "min": 1 / 60, "s": 1 / 3600}
_MINUTES = {"min": 1.0, "minutes": 1.0, "h": 60.0, "s": 1 / 60}

PAIN: Key = (LOINC, "72514-3")
FLARE: Key = (FLAREBOARD, "flare")
BODY_MAP: Key = (FLAREBOARD, "body-map")
"""A map as a whole; its value counts its marks, which are observations of their own."""
QUALITY: Key = (FLAREBOARD, "quality")
DEPTH: Key = (FLAREBOARD, "depth")
PAINFUL: Key = (FLAREBOARD, "painful")
DETAIL_UNKNOWN: Key = (FLAREBOARD, "detail-unknown")
"""Components of our own observations of a mark or a map."""

DIARY: dict[Key, Answer] = {
    PAIN: Answer("pain", _SCORED),
    (LOINC, "93832-4"): Answer("sleep_hours", _HOURS),
    **{
        (FLAREBOARD, column): Answer(
            column,
            _HOURS if column == "sleep_hours" else _MINUTES if column == "stiffness_minutes" else _SCORED,
        )
        for column in RANGES
    },
}


@dataclass(frozen=True, slots=True)
class Instrument:
    """A measure: the name it is kept under, which is its code in the definitions, and how its items make the score.

    `total`: 'sum' or 'mean' of all items, '' where a score is only ever given. `answers`: answer code to number.
    """

    name: str
    unit: str = "{score}"
    items: tuple[str, ...] = ()
    total: str = ""
    answers: Mapping[str, tuple[int, str]] | None = None

    @property
    def range(self) -> Range:
        """What its score can be, by the definitions."""
        defined = INSTRUMENTS[self.name]
        return Range(defined.low, defined.high)

    @property
    def item_range(self) -> Range:
        """What one of its answers can be, by the definitions. Raises LookupError where it has no items there."""
        return INSTRUMENTS[self.name].parts[0].answer


def _list(*answers: tuple[str, str], first: int) -> dict[str, tuple[int, str]]:
    return {code: (number, text) for number, (code, text) in enumerate(answers, first)}


FREQUENCY = _list(
    ("LA6568-5", "Not at all"),
    ("LA6569-3", "Several days"),
    ("LA6570-1", "More than half the days"),
    ("LA6571-9", "Nearly every day"),
    first=0,
)
INTERFERENCE = _list(
    ("LA6568-5", "Not at all"),
    ("LA13863-8", "A little bit"),
    ("LA13909-9", "Somewhat"),
    ("LA13902-4", "Quite a bit"),
    ("LA13914-9", "Very much"),
    first=1,
)
INTENSITY = {
    **_list(
        ("LA13879-4", "Had no pain"),
        ("LA6752-5", "Mild"),
        ("LA6751-7", "Moderate"),
        ("LA6750-9", "Severe"),
        ("LA13958-6", "Very severe"),
        first=1,
    ),
    "LA131-5": (1, "No pain"),
}
_GAS_LEVELS = _list(
    ("LA34484-8", ""), ("LA34483-0", ""), ("LA34481-4", ""), ("LA34480-6", ""), ("LA34479-8", ""), first=-2
)

PHQ_9 = Instrument(
    "PHQ-9",
    items=("44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"),
    total="sum", answers=FREQUENCY,
)  # fmt: skip
GAD_7 = Instrument(
    "GAD-7",
    items=("69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"),
    total="sum", answers=FREQUENCY,
)  # fmt: skip
PEG = Instrument("PEG", items=("75893-8", "91145-3", "91146-1"), total="mean")
PAIN_INTERFERENCE = Instrument(
    "PROMIS Pain Interference 8a (raw)",
    items=("61758-9", "61769-6", "61773-8", "61775-3", "61761-3", "61777-9", "61794-4", "61762-1"),
    total="sum", answers=INTERFERENCE,
)  # fmt: skip
PAIN_INTENSITY = Instrument(
    "PROMIS Pain Intensity 3a (raw)",
    items=("75262-6", "75261-8", "75260-0"),
    total="sum", answers=INTENSITY,
)  # fmt: skip
FACES = Instrument("Wong-Baker FACES")
START_BACK = Instrument("STarT Back")
MME = Instrument("MME", unit="{MME}/d")
STEPS = Instrument("Steps in 24 h", unit="1/(24.h)")


def _t_score(name: str) -> Instrument:
    return Instrument(f"{name} T-score")


def _goal_level(by: str) -> Instrument:
    return Instrument(f"GAS level ({by})", answers=_GAS_LEVELS)


TOTALS: dict[Key, Instrument] = {
    (LOINC, "44261-6"): PHQ_9,
    (LOINC, "55758-7"): Instrument("PHQ-2"),
    (LOINC, "70274-6"): GAD_7,
    (LOINC, "91147-9"): PEG,
    (LOINC, "38221-8"): FACES,
    (LOINC, "41950-7"): STEPS,
    (LOINC, "77865-4"): _t_score("PROMIS Pain Interference"),
    (LOINC, "71961-7"): _t_score("PROMIS Pain Interference"),
    (LOINC, "77860-5"): _t_score("PROMIS Sleep Disturbance"),
    (LOINC, "71955-9"): _t_score("PROMIS Sleep Disturbance"),
    (LOINC, "71963-3"): _t_score("PROMIS Fatigue"),
    (LOINC, "77864-7"): _t_score("PROMIS Fatigue"),
    (LOINC, "71959-1"): _t_score("PROMIS Physical Function"),
    (LOINC, "77859-7"): _t_score("PROMIS Sleep-Related Impairment"),
    (LOINC, "107333-7"): _goal_level("practitioner"),
    (LOINC, "107334-5"): _goal_level("patient"),
    (LOINC, "107331-1"): _goal_level("caregiver"),
    (PAIN_MANAGEMENT, "PEGASSESSMENT"): PEG,
    (PAIN_MANAGEMENT, "STARTBACK"): START_BACK,
    (PAIN_MANAGEMENT, "MME"): MME,
}
"""Codes that carry the score of a measure."""

PANELS: frozenset[Key] = frozenset(
    {(LOINC, "44249-1"), (LOINC, "69737-5"), (LOINC, "91148-7"), (PAIN_MANAGEMENT, "PEGASSESSMENT")}
)
"""Codes that only hold items together. A number on 69737-5 is often meant as the total, but not certainly."""

ITEMS: dict[Key, tuple[Instrument, int]] = {
    (LOINC, code): (instrument, place)
    for instrument in (PHQ_9, GAD_7, PEG, PAIN_INTERFERENCE, PAIN_INTENSITY)
    for place, code in enumerate(instrument.items)
} | {
    (PAIN_MANAGEMENT, "PEGPAIN"): (PEG, 0),
    (PAIN_MANAGEMENT, "PEGENJOYMENT"): (PEG, 1),
    (PAIN_MANAGEMENT, "PEGGENERALACTIVITY"): (PEG, 2),
}
"""Codes that carry one answer of a measure, with its place in the questionnaire."""

MEASURE_UNITS: dict[str, tuple[str, ...]] = {
    MME.name: ("{MME}/d", "mg/d", "{mme}/d", "MME/d", "mg{MME}/d"),
    STEPS.name: ("1/(24.h)", "/d", "{steps}/d", "{steps}", "{Steps}/d", "steps", "steps/day", *SCORE_UNITS),
}
"""Units other than a plain score that a measure may come in."""

GOAL_QUESTIONS: frozenset[Key] = frozenset({(MYPAIN, "mpq-1035"), (MYPAIN, "mpq-1115")})
"""Questions whose free-text answer is a goal in the person's own words."""

QUALITY_WORDS: dict[str, tuple[str, str]] = {
    "27635008": ("aching", "Aching"),
    "36349006": ("burning", "Burning"),
    "29695002": ("throbbing", "Throbbing"),
    "786837007": ("tingling", "Tingling"),
    "279093005": ("cramping", "Cramping"),
}
"""SNOMED CT codes of pain qualities we keep, each with the word that must stand beside it if any does.

'Crushing' is sent under the code of cramping by one questionnaire; 'stabbing' and 'prickling' have no certain place:
such words are kept in the entry's note as the person chose them.
"""
