"""Each questionnaire says its range, direction, rules and sources, and what the tables say fits together."""

import pytest

from clinical.measures import INSTRUMENTS, BandSet, Difference, Instrument, Part, score

EVERY = list(INSTRUMENTS.values())
FILLED_IN = [each for each in EVERY if each.domain != "imported"]
MARKS = ("V", "V2", "K", "P")


def named(each: Instrument) -> str:
    return each.code


def test_every_questionnaire_of_the_reference_is_there() -> None:
    assert {each.code for each in FILLED_IN} == {
        "PEG", "BPI-SF severity", "BPI-SF interference", "FIQR", "PSS-10", "PSS-4", "ISI", "PSQI",
        "PROMIS Pain Interference 4a", "PROMIS Pain Interference 6b", "PROMIS Pain Interference 8a",
        "PROMIS Sleep Disturbance 4a", "PROMIS Sleep Disturbance 8a", "PHQ-9", "PHQ-2", "PHQ-4", "GAD-7", "GAD-2",
        "PCS", "TSK-11", "PSEQ-2", "EQ-5D-5L", "EQ-5D-5L VAS", "painDETECT", "WPI", "SSS", "FS",
    }  # fmt: skip


@pytest.mark.parametrize("known", EVERY, ids=named)
def test_everything_said_has_a_source_and_a_mark(known: Instrument) -> None:
    said = [known.missing_rule, known.ship_note, *([known.caveat] if known.caveat.text else [])]
    tables: list[Part | BandSet | Difference] = [*known.parts, *known.band_sets, *known.differences]
    marked = [(known.source, known.evidence), *((each.source, each.evidence) for each in said)]
    for source, mark in (*marked, *((each.source, each.evidence) for each in tables)):
        assert source
        assert mark in MARKS
    assert all(stated.text for stated in said)


@pytest.mark.parametrize("known", FILLED_IN, ids=named)
def test_one_filled_in_says_the_time_it_asks_about(known: Instrument) -> None:
    assert known.recall.text
    assert known.recall.evidence in MARKS


@pytest.mark.parametrize("known", EVERY, ids=named)
def test_bands_start_at_the_bottom_and_rise(known: Instrument) -> None:
    for found in known.band_sets:
        lowest = [band.low for band in found.bands]
        assert lowest == sorted(set(lowest))
        scale = known.t_score or known.score
        assert scale is not None
        assert lowest[0] == (0 if known.t_score else scale.low)
        assert lowest[-1] <= scale.high
    assert len([each for each in known.band_sets if each.used and not each.of]) <= 1


@pytest.mark.parametrize("known", [each for each in EVERY if each.parts and each.score], ids=named)
def test_the_answers_at_their_ends_reach_the_ends_of_the_range(known: Instrument) -> None:
    """The range of the score and the ranges of the answers are written apart: they must agree."""
    ends = []
    for worst in (False, True):
        items = []
        for place in range(1, known.item_count + 1):
            part = known.part_of(place)
            assert part is not None
            up = worst != (place in part.reversed_places)
            items.append(part.answer.high if up else part.answer.low)
        ends.append(score(known.code, items).score)
    assert ends == [known.low, known.high]


@pytest.mark.parametrize("known", EVERY, ids=named)
def test_one_important_difference_decides_or_the_score_before_chooses_it(known: Instrument) -> None:
    for before in (0, 15, 30, 31, 52):
        assert len([each for each in known.deciding if each.holds_for(before)]) <= 1
    assert all(each.points is not None and not each.of for each in known.deciding)


@pytest.mark.parametrize("known", EVERY, ids=named)
def test_a_range_of_the_t_score_has_its_own_source(known: Instrument) -> None:
    assert bool(known.t_score) == bool(known.t_range.source) == (known.t_range.evidence in MARKS)


def test_only_what_the_reference_marks_as_read_in_the_source_says_so() -> None:
    assert {code: INSTRUMENTS[code].ship_note.evidence for code in ("PHQ-9", "PHQ-2", "GAD-7", "GAD-2")} == {
        "PHQ-9": "V", "PHQ-2": "K", "GAD-7": "K", "GAD-2": "K",
    }  # fmt: skip


HIGHER_IS_BETTER = {
    "PSEQ-2", "EQ-5D-5L VAS", "PROMIS Physical Function T-score", "Steps in 24 h", "GAS level (practitioner)",
    "GAS level (patient)", "GAS level (caregiver)",
}  # fmt: skip


def test_higher_is_worse_but_for_these() -> None:
    assert {each.code for each in EVERY if each.higher_is == "better"} == HIGHER_IS_BETTER


SHIP = {
    "yes": {"FIQR", "PHQ-9", "PHQ-2", "GAD-7", "GAD-2", "WPI", "SSS", "FS"},
    "caution": {
        "PEG", "PSS-10", "PSS-4", "PROMIS Pain Interference 4a", "PROMIS Pain Interference 6b",
        "PROMIS Pain Interference 8a", "PROMIS Sleep Disturbance 4a", "PROMIS Sleep Disturbance 8a", "TSK-11", "PSEQ-2",
    },
}  # fmt: skip


def test_which_wording_may_be_shipped() -> None:
    for answer, codes in SHIP.items():
        assert {each.code for each in FILLED_IN if each.ship == answer} == codes


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("PSS-10", "sum of 10 items, items 4, 5, 7 and 8 turned round first"),
        ("PSS-4", "sum of 4 items, items 2 and 3 turned round first"),
        ("PEG", "mean of 3 items"),
        ("FIQR", "sum of 9 function items / 3, of 2 overall items / 1 and of 10 symptom items / 2"),
        ("EQ-5D-5L VAS", "one value"),
        ("EQ-5D-5L", "five levels as five digits, no total"),
        ("MME", "as it was given"),
    ],
)
def test_the_scoring_rule_is_said_in_words(code: str, how: str) -> None:
    assert INSTRUMENTS[code].scored_how == how


@pytest.mark.parametrize("known", EVERY, ids=named)
def test_every_scoring_rule_has_words(known: Instrument) -> None:
    assert known.scored_how
