"""What a score can be: every range of reference 4, however the questionnaire's name is written."""

import pytest

from clinical.score_ranges import range_problem, score_range


@pytest.mark.parametrize(
    ("instrument", "low", "high"),
    [
        ("PEG", 0, 10), ("BPI-SF severity", 0, 10), ("BPI interference", 0, 10), ("FIQR", 0, 100), ("PSS-10", 0, 40),
        ("PSS-4", 0, 16), ("ISI", 0, 28), ("PSQI", 0, 21), ("PHQ-9", 0, 27), ("phq9", 0, 27), ("PHQ-2", 0, 6),
        ("PHQ-4", 0, 12), ("GAD-7 total score", 0, 21), ("GAD-2", 0, 6), ("PCS", 0, 52), ("TSK-11", 11, 44),
        ("PSEQ-2", 0, 12), ("EQ VAS", 0, 100), ("PainDETECT", -1, 38), ("WPI", 0, 19), ("SSS score", 0, 12),
        ("FS", 0, 31),
    ],
)  # fmt: skip
def test_a_score_is_taken_up_to_its_bounds_and_refused_beyond_them(instrument: str, low: float, high: float) -> None:
    assert range_problem(instrument, low, ()) == range_problem(instrument, high, ()) == ""
    for score in (low - 0.1, high + 0.1):
        assert range_problem(instrument, score, ()).endswith(f"is outside {low:g} to {high:g}")


def test_a_promis_score_is_a_raw_sum_or_a_t_score_and_nothing_between() -> None:
    name = "PROMIS Pain Interference 4a"
    assert [range_problem(name, score, ()) for score in (4, 20, 41.6, 75.6)] == [""] * 4
    assert range_problem(name, 30, ()) == f"{name} is outside 4 to 20 (as a T score: 41.6 to 75.8)"


@pytest.mark.parametrize(
    ("instrument", "items", "reason"),
    [
        ("PHQ-9", (0, 3, None), ""),
        ("PHQ-9", (0, 4), "item 2 of PHQ-9 is outside 0 to 3"),
        ("GAD-7", (-1,), "item 1 of GAD-7 is outside 0 to 3"),
        ("ISI", (4, 4), ""),
        ("PSEQ-2", (6, 7), "item 2 of PSEQ-2 is outside 0 to 6"),
    ],
)
def test_answers_have_a_range_too(instrument: str, items: tuple[float | None, ...], reason: str) -> None:
    assert range_problem(instrument, None, items) == reason


def test_an_unknown_questionnaire_has_no_range() -> None:
    assert score_range("Our own scale") is None
    assert range_problem("Our own scale", 1e6, (99,)) == ""


def test_every_range_names_where_it_is_written() -> None:
    for name in ("PHQ-9", "PSQI", "MME"):
        found = score_range(name)
        assert found is not None
        assert found.source.endswith("]")
