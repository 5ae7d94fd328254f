"""Every scoring and missing-item rule of reference 4, on answers added up by hand."""

import pytest

from clinical.measures import score

N = None
Items = tuple[float | None, ...]


@pytest.mark.parametrize(
    ("code", "items", "total"),
    [
        ("PHQ-9", (1, 1, 2, 3, 0, 1, 2, 0, 0), 10),
        ("PHQ-9", (3,) * 9, 27),
        ("PHQ-2", (1, 2), 3),
        ("PHQ-4", (1, 0, 2, 3), 6),
        ("GAD-7", (3, 2, 2, 1, 0, 1, 1), 10),
        ("GAD-2", (2, 1), 3),
        ("ISI", (4, 3, 2, 3, 1, 2, 3), 18),
        ("PSQI", (2, 3, 1, 2, 1, 0, 2), 11),
        ("PCS", (1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3), 26),
        ("TSK-11", (1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3), 26),
        ("TSK-11", (1,) * 11, 11),
        ("PSEQ-2", (4, 5), 9),
        ("EQ-5D-5L VAS", (65,), 65),
        ("painDETECT", (5, 4, 3, 2, 1, 0, 5, -1, 2), 21),
        ("painDETECT", (0, 0, 0, 0, 0, 0, 0, -1, 0), -1),
        ("painDETECT", (5, 5, 5, 5, 5, 5, 5, 1, 2), 38),
        ("WPI", (1, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 0, 0), 9),
        ("SSS", (2, 3, 1, 1, 0, 1), 8),
        ("FS", (9, 8), 17),
        ("PROMIS Pain Interference 6b", (3, 3, 4, 2, 5, 3), 20),
        ("PROMIS Pain Interference 8a", (3,) * 8, 24),
        ("PROMIS Sleep Disturbance 8a", (5,) * 8, 40),
    ],
)
def test_sums(code: str, items: Items, total: float) -> None:
    found = score(code, items)
    assert (found.score, found.kept, found.missing, found.computable) == (total, total, (), True)


@pytest.mark.parametrize(
    ("items", "total"),
    [
        # items 4, 5, 7 and 8 count 4 - answer: nothing ever but four sums of 4
        ((0,) * 10, 16),
        ((4,) * 10, 24),
        ((4, 4, 4, 0, 0, 4, 0, 0, 4, 4), 40),
        ((2, 1, 3, 3, 4, 2, 1, 2, 3, 0), 2 + 1 + 3 + 1 + 0 + 2 + 3 + 2 + 3 + 0),
    ],
)
def test_four_items_of_the_pss_10_are_turned_round(items: Items, total: float) -> None:
    assert score("PSS-10", items).score == total


@pytest.mark.parametrize(
    ("items", "total"), [((0, 0, 0, 0), 8), ((4, 0, 0, 4), 16), ((0, 4, 4, 0), 0), ((3, 1, 2, 1), 9)]
)
def test_two_items_of_the_pss_4_are_turned_round(items: Items, total: float) -> None:
    assert score("PSS-4", items).score == total


@pytest.mark.parametrize(
    ("items", "mean"), [((7, 5, 4), 5.3), ((8, 8, 7), 7.7), ((0, 0, 0), 0.0), ((10, 10, 10), 10.0)]
)
def test_peg_is_the_mean_of_its_three(items: Items, mean: float) -> None:
    assert score("PEG", items).score == mean


@pytest.mark.parametrize("items", [(7, 5, N), (N, N, N), (7,), ()])
def test_peg_needs_all_three(items: Items) -> None:
    found = score("PEG", items)
    assert (found.score, found.computable) == (None, False)
    assert "All three answers are needed [V]" in found.why


def test_bpi_severity_is_the_mean_of_worst_least_average_and_now() -> None:
    found = score("BPI-SF severity", (8, 3, 5, 5))
    assert found.score == 5.3  # 21 / 4 = 5.25
    assert found.components["worst pain"] == 8
    assert score("BPI-SF severity", (8, 3, 5, N)).score is None


@pytest.mark.parametrize(
    ("items", "mean"),
    [
        ((7, 6, 5, 8, 4, 9, 3), 6.0),
        ((7, 6, N, 8, N, 9, N), 7.5),  # four answered: 30 / 4
        ((7, 6, N, 8, N, N, N), None),  # three are too few
    ],
)
def test_bpi_interference_needs_four_of_seven(items: Items, mean: float | None) -> None:
    found = score("BPI-SF interference", items)
    assert (found.score, found.computable) == (mean, mean is not None)
    if mean == 7.5:
        assert (found.missing, found.why) == ((3, 5, 7), "mean of 4 of 7 answers")


FUNCTION = (5, 6, 4, 7, 8, 5, 6, 3, 7)  # 51 / 3 = 17
OVERALL = (6, 7)  # 13
SYMPTOMS = (6, 8, 5, 9, 4, 6, 3, 7, 5, 7)  # 60 / 2 = 30


def test_fiqr_weighs_its_three_domains() -> None:
    found = score("FIQR", (*FUNCTION, *OVERALL, *SYMPTOMS))
    assert found.score == 60.0
    assert found.components == {"function": 17.0, "overall impact": 13.0, "symptoms": 30.0}
    assert score("FIQR", (10,) * 21).components == {"function": 30.0, "overall impact": 20.0, "symptoms": 50.0}
    assert score("FIQR", (0,) * 21).score == 0.0


def test_a_domain_of_the_fiqr_is_scaled_by_what_was_answered() -> None:
    seven_of_nine = (5, 6, 4, 7, 8, N, 6, 3, N)  # 39 x 9 / 7 / 3 = 16.714
    one_of_two = (6, N)  # 6 x 2 = 12
    eight_of_ten = (6, N, 5, 9, 4, 6, 3, 7, N, 7)  # 47 x 10 / 8 / 2 = 29.375
    found = score("FIQR", (*seven_of_nine, *one_of_two, *eight_of_ten))
    assert found.score == 58.1  # 16.714 + 12 + 29.375 = 58.089
    assert found.components == {"function": 16.7, "overall impact": 12.0, "symptoms": 29.4}
    assert found.missing == (6, 9, 11, 13, 20)
    assert found.why == "scaled from 16 of 21 answers"


def test_the_fiqr_is_not_worked_out_when_a_whole_domain_is_empty() -> None:
    found = score("FIQR", (*FUNCTION, N, N, *SYMPTOMS))
    assert (found.score, found.computable) == (None, False)
    assert found.components == {"function": 17.0, "overall impact": None, "symptoms": 30.0}


def test_the_pcs_has_three_subscales() -> None:
    # rumination 8-11, magnification 6, 7 and 13, helplessness 1-5 and 12
    found = score("PCS", (1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3))
    assert found.components == {"rumination": 8.0, "magnification": 6.0, "helplessness": 12.0}
    assert score("PCS", (4,) * 13).components == {"rumination": 16.0, "magnification": 12.0, "helplessness": 24.0}
    without_6 = score("PCS", (4, 4, 4, 4, 4, N, 4, 4, 4, 4, 4, 4, 4))
    assert without_6.score is None
    assert without_6.components == {"rumination": 16.0, "magnification": None, "helplessness": 24.0}


SUMS = {
    "PHQ-9": 9, "PHQ-2": 2, "PHQ-4": 4, "GAD-7": 7, "GAD-2": 2, "ISI": 7, "PSQI": 7, "PSS-10": 10, "PSS-4": 4,
    "PCS": 13, "TSK-11": 11, "PSEQ-2": 2, "painDETECT": 9, "WPI": 19, "SSS": 6, "FS": 2,
    "PROMIS Pain Interference 4a": 4, "PROMIS Sleep Disturbance 4a": 4, "EQ-5D-5L": 5,
}  # fmt: skip


@pytest.mark.parametrize(("code", "count"), SUMS.items())
def test_a_sum_with_a_missing_item_is_not_worked_out_and_says_which(code: str, count: int) -> None:
    """No questionnaire of these has a published rule for a missing item."""
    for gone in range(count):
        items: list[float | None] = [1.0] * count
        if code == "painDETECT":
            items[8] = 2.0
        items[gone] = None
        found = score(code, items)
        assert (found.score, found.t_score, found.profile, found.computable) == (None, None, "", False)
        assert found.missing == (gone + 1,)
        assert found.why.startswith(f"item {gone + 1} not answered. ")
        assert found.why.endswith("]")


def test_answers_not_handed_in_at_the_end_are_missing() -> None:
    assert score("PHQ-9", (1, 1)).missing == (3, 4, 5, 6, 7, 8, 9)
    assert score("PHQ-9", ()).score is None


def test_an_eq_5d_is_a_profile_without_a_total_or_an_index() -> None:
    found = score("EQ-5D-5L", (2, 1, 3, 4, 2))
    assert (found.score, found.kept, found.profile, found.computable) == (None, None, "21342", True)
    assert "not computed here" in found.why


@pytest.mark.parametrize(
    ("code", "items", "why"),
    [
        ("PHQ-9", (0, 4), "item 2 of PHQ-9 must be a whole number from 0 to 3"),
        ("PHQ-9", (0, 1.5), "item 2 of PHQ-9 must be a whole number from 0 to 3"),
        ("PEG", (11,), "item 1 of PEG must be a whole number from 0 to 10"),
        ("painDETECT", (0, 0, 0, 0, 0, 0, 0, 2), "item 8 of painDETECT must be a whole number from -1 to 1"),
        ("painDETECT", (0, 0, 0, 0, 0, 0, 0, 0, 1), "item 9 of painDETECT must be 0 or 2"),
        ("TSK-11", (0,), "item 1 of TSK-11 must be a whole number from 1 to 4"),
        ("SSS", (3, 3, 3, 2), "item 4 of SSS must be 0 or 1"),
        ("PHQ-2", (float("nan"),), "item 1 of PHQ-2 must be a whole number from 0 to 3"),
        ("PHQ-2", (1, 1, 1), "PHQ-2 has 2 items"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(code: str, items: Items, why: str) -> None:
    with pytest.raises(ValueError, match="^" + why + "$"):
        score(code, items)


@pytest.mark.parametrize("code", ["Our own scale", "MME", "STarT Back"])
def test_what_has_no_items_here_is_not_scored(code: str) -> None:
    with pytest.raises(KeyError):
        score(code, (1,))
