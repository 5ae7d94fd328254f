"""The labelled diaries and the scoring behind benchmarks/flares, and the detector's bounds on a few of them."""

from datetime import date, timedelta

import numpy as np
import pytest

from benchmarks.flares import other_diaries
from benchmarks.flares.measuring import counted, delays, ours
from benchmarks.flares.scoring import compare, overlap, pooled
from benchmarks.flares.simulator import QUIET, TEST, TRAIN, Kind, Simulated, simulate


def test_tuning_and_reporting_share_no_diary() -> None:
    assert not set(TRAIN) & set(TEST)


@pytest.mark.parametrize("kind", ["flares", *QUIET])
def test_a_diary_comes_from_its_seed_and_stays_on_the_scales(kind: Kind) -> None:
    one, again, other = simulate(1, kind), simulate(1, kind), simulate(2, kind)

    assert one.days.equals(again.days)
    assert not one.days.equals(other.days)
    assert one.days["pain"].dropna().between(0, 10).all()
    assert bool(one.flares) == (kind == "flares")


def test_a_flare_that_was_hardly_logged_is_neither_asked_for_nor_held_against() -> None:
    simulated = next(one for one in map(simulate, TRAIN) if one.unseen and one.flares)
    reported = [simulated.unseen[0].dates, *(flare.dates for flare in simulated.flares)]

    counts = compare(simulated, reported)

    assert counts.hits == counts.planted == counts.reported == len(simulated.flares)


def _length(simulated: Simulated) -> int:
    return simulated.flares[0].last - simulated.flares[0].first + 1


def test_half_an_overlap_is_a_hit_and_less_is_not() -> None:
    alone = (one for one in map(simulate, TRAIN) if len(one.flares) == 1 and not one.unseen)
    simulated, length = next((one, days) for one in alone if (days := _length(one)) % 2 == 0)
    start, end = simulated.flares[0].dates

    late = compare(simulated, [(start + timedelta(days=length // 2), end)])
    too_late = compare(simulated, [(start + timedelta(days=length // 2 + 1), end)])

    assert (late.hits, late.onset_errors) == (1, (length // 2,))
    assert (too_late.hits, too_late.planted, too_late.reported) == (0, 1, 1)
    assert overlap((date(2025, 1, 1), date(2025, 1, 4)), (date(2025, 1, 3), date(2025, 1, 6))) == pytest.approx(2 / 6)


def test_the_detector_holds_its_bounds_on_training_diaries() -> None:
    found = pooled(counted([simulate(seed) for seed in TRAIN[:60]], ours))

    assert found.f1 >= 0.88
    assert found.precision >= 0.9
    assert found.onset_error <= 1


def test_diaries_made_in_another_way_are_read_about_as_well() -> None:
    found = pooled(counted([other_diaries.simulate(seed) for seed in range(60)], ours))

    assert found.f1 >= 0.84
    assert found.precision >= 0.9
    assert found.onset_error <= 1


@pytest.mark.parametrize("kind", ["flares", *QUIET])
def test_another_diary_comes_from_its_seed_and_stays_on_the_scales(kind: Kind) -> None:
    one, again, other = (other_diaries.simulate(seed, kind) for seed in (1, 1, 2))

    assert one.days.equals(again.days)
    assert not one.days.equals(other.days)
    assert one.days["pain"].dropna().between(0, 10).all()
    assert bool(one.flares) == (kind == "flares")


@pytest.mark.parametrize("kind", QUIET)
def test_diaries_without_flares_are_mostly_left_alone(kind: Kind) -> None:
    counts = counted([simulate(seed, kind) for seed in TRAIN[:60]], ours)

    assert sum(c.reported for c in counts) / sum(c.years for c in counts) <= 0.3


def test_flares_are_recognised_within_days() -> None:
    waits = [wait for seed in TRAIN[:6] for wait in delays(simulate(seed))]

    assert float(np.median([np.inf if np.isnan(wait) else wait for wait in waits])) <= 3
