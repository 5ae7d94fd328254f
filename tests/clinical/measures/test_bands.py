"""Bands of each questionnaire at their edges, classified as shown, with their marks; none where none is published."""

import pytest

from clinical.measures import INSTRUMENTS, meaning
from clinical.record import Score

EDGES = """
PHQ-4: 0 none, 2 none, 3 mild, 5 mild, 6 moderate, 8 moderate, 9 severe, 12 severe
PHQ-9: 0 minimal, 4 minimal, 5 mild, 9 mild, 10 moderate, 14 moderate, 20 severe
PHQ-9: 15 moderately severe, 19 moderately severe
GAD-7: 4 minimal, 5 mild, 9 mild, 10 moderate, 14 moderate, 15 severe, 21 severe
PHQ-2: 2 negative, 3 positive
GAD-2: 2 negative, 3 positive
PEG: 0 below 4, 3.5 below 4, 3.94 below 4, 3.95 4 to below 7, 4 4 to below 7, 6.5 4 to below 7, 6.9 4 to below 7
PEG: 6.95 7 to 10, 7 7 to 10, 10 7 to 10
FIQR: 0 remission, 23 remission, 23.4 remission, 23.5 mild, 24 mild, 40 mild, 41 moderate, 63.4 moderate, 63.5 severe
FIQR: 64 severe, 82 severe, 82.4 severe, 82.5 very severe, 83 very severe, 100 very severe
PSS-10: 13 0 to 13, 14 14 to 26, 26 14 to 26, 27 27 to 40
ISI: 7 none, 8 subthreshold, 14 subthreshold, 15 moderate, 21 moderate, 22 severe, 28 severe
PSQI: 5 5 or less, 6 poor sleeper
PROMIS Pain Interference 4a: 53.9 normal, 54.94 normal, 54.95 mild, 55.6 mild, 59.9 mild, 60 moderate
PROMIS Pain Interference 4a: 69.7 moderate, 70 severe
PROMIS Pain Interference 6b: 54.9 normal, 55 mild, 60 moderate, 70 severe
PROMIS Sleep Disturbance 4a: 54.3 normal, 56.1 mild, 61.7 moderate, 73.3 severe
PCS: 29 below 30, 30 clinically relevant
PSEQ-2: 5 low, 6 above 5
painDETECT: -1 neuropathic-like: unlikely, 12 neuropathic-like: unlikely
painDETECT: 13 neuropathic-like: unclear, 18 neuropathic-like: unclear
painDETECT: 19 neuropathic-like: likely, 38 neuropathic-like: likely
FS: 3 none, 4 mild, 7 mild, 8 moderate, 11 moderate, 12 severe, 19 severe, 20 very severe, 31 very severe
"""


def edges() -> list[tuple[str, float, str]]:
    found = []
    for line in EDGES.strip().splitlines():
        code, _, rest = line.partition(": ")
        pairs = (part.split(" ", 1) for part in rest.split(", "))
        found += [(code, float(value), band) for value, band in pairs]
    return found


@pytest.mark.parametrize(("code", "value", "band"), edges())
def test_band_edges(code: str, value: float, band: str) -> None:
    assert meaning(Score(None, code, value)).band == band


@pytest.mark.parametrize(
    "code",
    ["BPI-SF severity", "BPI-SF interference", "PSS-4", "TSK-11", "EQ-5D-5L VAS", "WPI", "SSS", "MME", "STarT Back"],
)
def test_no_band_where_none_is_published(code: str) -> None:
    known = INSTRUMENTS[code]
    found = meaning(Score(None, code, known.high))
    assert (found.band, found.why) == ("", "no bands in the reference")


def other_sets(code: str) -> dict[str, list[float]]:
    return {each.name: [band.low for band in each.bands] for each in INSTRUMENTS[code].band_sets if not each.used}


def test_the_cut_offs_of_other_sources_stand_beside_the_one_that_is_shown() -> None:
    assert other_sets("PHQ-2") == {"2 or more": [0, 2]}
    assert other_sets("ISI") == {"community cut-off": [0, 10]}
    assert other_sets("PSS-4") == {"one population": [0, 6]}
    assert other_sets("FS") == {"Salaffi 2021": [0, 6, 16, 21, 26]}


def test_the_bands_of_worst_pain_are_not_put_on_the_severity_score() -> None:
    (of_worst,) = INSTRUMENTS["BPI-SF severity"].band_sets
    assert of_worst.of == "worst pain"
    assert [of_worst.band(value, 0) for value in (0, 1, 4, 5, 6, 7, 10)] == [
        "none", "mild", "mild", "moderate", "moderate", "severe", "severe",
    ]  # fmt: skip


MARKS = {
    "PHQ-9": "K", "GAD-7": "V2", "PHQ-2": "V", "GAD-2": "K", "PEG": "K", "FIQR": "V", "PSS-10": "V2", "ISI": "V",
    "PSQI": "K", "PROMIS Pain Interference 4a": "K", "PROMIS Sleep Disturbance 8a": "K", "PCS": "K", "PSEQ-2": "K",
    "painDETECT": "V", "FS": "K",
}  # fmt: skip


@pytest.mark.parametrize(("code", "mark"), MARKS.items())
def test_bands_carry_the_mark_of_the_reference(code: str, mark: str) -> None:
    shown = INSTRUMENTS[code].band_set
    assert shown is not None
    assert shown.evidence == mark
    assert shown.cited.endswith(f"[{mark}]")


def test_paindetect_is_never_evidence_of_a_nerve_lesion() -> None:
    found = meaning(Score(None, "painDETECT", 25))
    assert found.caveat.startswith("Never evidence of a nerve lesion: in fibromyalgia")
    assert found.band == "neuropathic-like: likely"
    assert found.band_set is not None
    assert found.band_set.cited.endswith("[V]")


def test_what_we_do_not_know_is_kept_as_written() -> None:
    found = meaning(Score(None, "Our own scale", 12.34))
    assert (found.value, found.band, found.why) == (
        12.34, "", "not an instrument we know: kept as written, without range or band",
    )  # fmt: skip
    assert meaning(Score(None, "PHQ-9", None)).why == "no total"


def test_an_eq_5d_is_read_as_its_levels() -> None:
    found = meaning(Score(None, "EQ-5D-5L", None, (2, 1, 3, 4, 2)))
    assert (found.value, found.kind, found.profile) == (None, "profile", "21342")
    assert meaning(Score(None, "EQ-5D-5L", None, (2, 1, None, 4, 2))).profile == ""


@pytest.mark.parametrize(
    ("code", "score", "items", "caveat"),
    [
        ("PEG", 5, (7, 5, 4), "On record as 5; its answers give 5.3."),
        ("PEG", 5.3, (7, 5, 4), ""),
        ("PEG", 5, (), ""),
        ("PEG", 5, (7, 5, None), ""),
        ("PROMIS Pain Interference 4a", 58.5, (2, 3, 2, 3), ""),
        ("PROMIS Pain Interference 4a", 10, (2, 3, 2, 3), ""),
        ("PROMIS Pain Interference 4a", 60.0, (2, 3, 2, 3), "On record as 60; its answers give 58.5."),
        ("PROMIS Pain Interference 8a", 61.3, (3,) * 8, ""),  # no table: a sum and a T score are not held together
        ("FIQR", 48.0, (5,) * 21, "On record as 48; its answers give 50."),
    ],
)
def test_a_score_that_is_not_what_its_answers_give_is_shown_as_it_came_and_said(
    code: str, score: float, items: tuple[float | None, ...], caveat: str
) -> None:
    assert meaning(Score(None, code, score, items)).caveat == caveat


def test_a_total_that_is_no_whole_number_is_shown_as_it_came() -> None:
    found = meaning(Score(None, "PHQ-9", 9.5))
    assert (found.value, found.band) == (9.5, "moderate")
