"""Raw sums as T scores: each row of the table in reference 4, and no T score where there is no table."""

import pytest

from clinical.measures import T_TABLES, meaning, score, t_score
from clinical.record import Score

RAW = tuple(range(4, 21))
PAIN = "41.6 49.6 52.0 53.9 55.6 57.1 58.5 59.9 61.2 62.5 63.8 65.2 66.6 68.0 69.7 71.6 75.6"
SLEEP = "32.0 37.5 41.1 43.8 46.2 48.4 50.5 52.4 54.3 56.1 57.9 59.8 61.7 63.8 66.0 68.8 73.3"
"""As printed in the reference, from raw 4 to raw 20."""
ROWS = [
    (name, raw, float(t))
    for name, printed in (("PROMIS Pain Interference 4a", PAIN), ("PROMIS Sleep Disturbance 4a", SLEEP))
    for raw, t in zip(RAW, printed.split(), strict=True)
]


@pytest.mark.parametrize(("name", "raw", "expected"), ROWS)
def test_every_row_of_the_table(name: str, raw: int, expected: float) -> None:
    items = [1.0] * 4
    for step in range(raw - 4):
        items[step % 4] += 1
    found = score(name, items)
    assert (found.score, found.t_score, found.kept) == (raw, expected, expected)
    assert t_score(name, raw) == expected
    kept = meaning(Score(None, name, float(raw)))
    assert (kept.value, kept.kind) == (expected, "T score")


def test_the_one_row_on_which_sources_disagree_shows_both() -> None:
    other = {(name, raw): row.other for name, table in T_TABLES.items() for raw, row in table.items() if row.other}
    assert other == {("PROMIS Pain Interference 4a", 20): 75.8}


@pytest.mark.parametrize("raw", [3, 21, 12.5])
def test_no_t_score_outside_the_table(raw: float) -> None:
    assert t_score("PROMIS Pain Interference 4a", raw) is None


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("PROMIS Pain Interference 6b", (3,) * 6),
        ("PROMIS Pain Interference 8a", (3,) * 8),
        ("PROMIS Sleep Disturbance 8a", (3,) * 8),
    ],
)
def test_the_longer_forms_have_no_table_and_say_so(name: str, items: tuple[float, ...]) -> None:
    found = score(name, items)
    assert (found.t_score, found.why) == (None, "no T score: the reference has no table for this form")


@pytest.mark.parametrize(
    ("name", "value", "unit", "kind", "band"),
    [
        ("PROMIS Pain Interference 4a", 58.5, "", "T score", "mild"),
        ("PROMIS Pain Interference 4a", 10, "{score}", "T score", "mild"),  # raw 10 is T 58.5
        ("PROMIS Pain Interference 8a", 61.3, "", "T score", "moderate"),
        ("PROMIS Pain Interference 8a", 35, "", "raw sum or T score", ""),
        ("PROMIS Sleep Disturbance 8a", 35, "T score", "T score", "normal"),
        ("PROMIS Pain Interference 8a (raw)", 35, "{score}", "raw sum", ""),
        ("PROMIS Pain Intensity 3a (raw)", 10, "{score}", "raw sum", ""),
        ("PROMIS Pain Interference T-score", 35.0, "{score}", "T score", "normal"),
        ("PROMIS Sleep Disturbance T-score", 70.0, "{score}", "T score", "severe"),
        ("PROMIS Fatigue T-score", 70.0, "{score}", "T score", ""),
    ],
)
def test_a_raw_sum_never_takes_a_band_of_t_scores(name: str, value: float, unit: str, kind: str, band: str) -> None:
    found = meaning(Score(None, name, value, unit=unit))
    assert (found.kind, found.band) == (kind, band)
