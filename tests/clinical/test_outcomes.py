"""Pain, flare days per 28 and distress, each with what it rests on."""

import pytest

from clinical.daily import Entry, day_rows
from clinical.diary import empty_diary
from clinical.flares import Flare
from clinical.instruments import INSTRUMENTS, instrument_code
from clinical.outcomes import outcomes
from clinical.record import Score
from tests.clinical.diaries import FIRST, on, period, with_pain

NOW, BEFORE = period(28, 55), period(0, 27)


def flare(first: int, last: int | None) -> Flare:
    end = None if last is None else on(last)
    return Flare("flare", on(first), end, on(first), 8.0, 4.0, ("pain",), 5, 0, "rule")


def test_flare_days_are_counted_on_logged_days_and_scaled_to_28() -> None:
    pain: list[float | None] = [4.0] * 56
    pain[30] = pain[31] = None
    flares = [flare(5, 8), flare(29, 35)]

    found = outcomes(with_pain(pain), flares, [], NOW, BEFORE, on(55)).flare_days_per_28

    assert found.before == 4.0
    assert found.now == 5.4  # 5 of 26 logged days: 28 * 5 / 26
    assert found.difference == 1.4
    assert found.important == "no agreed threshold"
    assert (found.days_now, found.days_before) == (26, 28)


def test_flare_days_of_a_mostly_unlogged_period_are_not_known() -> None:
    pain = [4.0] * 37 + [None] * 18 + [4.0]

    found = outcomes(with_pain(pain), [flare(29, 31)], [], NOW, BEFORE, on(55)).flare_days_per_28

    assert (found.now, found.difference, found.important) == (None, None, "not enough days")


def test_days_after_as_of_are_not_looked_at() -> None:
    found = outcomes(with_pain([4.0] * 40 + [9.0] * 16), [], [], NOW, BEFORE, on(39))

    assert found.pain.now == 4.0
    assert found.pain.days_now == 12


def test_an_empty_diary_has_no_outcome_but_does_not_fail() -> None:
    found = outcomes(empty_diary(FIRST), [], [], NOW, BEFORE, on(55))

    assert (found.pain.now, found.flare_days_per_28.now, found.distress) == (None, None, None)


def test_a_questionnaire_of_the_period_speaks_for_distress_with_its_band_and_days() -> None:
    scores = [Score(on(3), "PHQ-9", 15), Score(on(40), "phq9", 9), Score(on(30), "GAD-7", 4)]

    found = outcomes(with_pain([4.0] * 56), [], scores, NOW, BEFORE, on(55)).distress

    assert found is not None
    assert (found.source, found.band, found.low, found.high) == ("PHQ-9", "mild", 0, 27)
    assert (found.change.now, found.change.before, found.change.important) == (9, 15, "important improvement")
    assert (found.day_now, found.day_before) == (on(40), on(3))


def test_phq4_comes_first_and_has_no_agreed_threshold() -> None:
    scores = [Score(on(3), "PHQ-4", 7), Score(on(40), "PHQ-4", 5), Score(on(41), "PHQ-9", 9)]

    found = outcomes(with_pain([4.0] * 56), [], scores, NOW, BEFORE, on(55)).distress

    assert found is not None
    assert (found.source, found.change.difference, found.change.important) == ("PHQ-4", -2, "no agreed threshold")


def test_without_a_questionnaire_mean_stress_speaks_and_is_named() -> None:
    diary = day_rows([Entry(on(i), pain=4, stress=6 if i >= 28 else 4) for i in range(56)])

    found = outcomes(diary, [], [Score(on(2), "PHQ-9", 9)], NOW, BEFORE, on(55)).distress

    assert found is not None
    assert (found.source, found.change.now, found.change.before) == ("mean stress", 6, 4)
    assert "Provisional" in found.change.rule


def test_an_old_score_is_shown_with_its_day_when_there_is_nothing_newer() -> None:
    found = outcomes(with_pain([4.0] * 56), [], [Score(on(2), "PHQ-9", 9)], NOW, BEFORE, on(55)).distress

    assert found is not None
    assert (found.source, found.not_measured_since, found.change.before) == ("PHQ-9", on(2), 9)
    assert (found.change.now, found.change.difference, found.band) == (None, None, "mild")


def test_a_score_of_the_visit_is_what_the_time_since_starts_from() -> None:
    scores = [Score(on(3), "PHQ-4", 4), Score(on(28), "PHQ-4", 3), Score(on(50), "PHQ-4", 4)]

    found = outcomes(with_pain([4.0] * 56), [], scores, NOW, BEFORE, on(55)).distress

    assert found is not None
    assert (found.change.now, found.change.before, found.change.difference) == (4, 3, 1)
    assert (found.day_now, found.day_before, found.not_measured_since) == (on(50), on(28), None)


def test_the_visits_own_score_alone_is_not_measured_since() -> None:
    scores = [Score(on(3), "PHQ-4", 4), Score(on(28), "PHQ-4", 3)]
    diary = day_rows([Entry(on(i), pain=4, stress=6) for i in range(56)])

    found = outcomes(diary, [], scores, NOW, BEFORE, on(55)).distress

    assert found is not None
    assert (found.change.now, found.change.before, found.not_measured_since) == (None, 3, on(28))


def test_the_means_are_kept_unrounded_beside_the_displayed_ones() -> None:
    found = outcomes(with_pain([4.0, 5.0, 5.0, 4.0, 4.0, 4.0, 4.0] * 8), [], [], NOW, BEFORE, on(55)).pain

    assert found.now == 4.3
    assert found.exact_now == pytest.approx(30 / 7)
    assert found.exact_before == pytest.approx(30 / 7)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("PHQ-9", "PHQ-9"),
        ("phq9", "PHQ-9"),
        ("Patient Health Questionnaire 9 item (PHQ-9) total score", "PHQ-9"),
        ("GAD 7", "GAD-7"),
        ("PHQ-15", "PHQ-15"),
        ("PEG", "PEG"),
    ],
)
def test_questionnaires_are_recognised_however_they_are_written(written: str, code: str) -> None:
    assert instrument_code(written) == code


@pytest.mark.parametrize(
    ("code", "score", "band"),
    [("PHQ-9", 4, "minimal"), ("PHQ-9", 5, "mild"), ("PHQ-9", 20, "severe"), ("GAD-7", 10, "moderate")],
)
def test_bands_start_at_the_published_scores(code: str, score: float, band: str) -> None:
    assert INSTRUMENTS[code].band(score) == band
