"""What must hold for any diary: properties of the detector, searched with Hypothesis, and its accuracy and speed."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.flares import LOOK_BACK_DAYS, Flare, detect_flares
from tests.clinical.simulated_diaries import Simulated, simulate

few = settings(max_examples=60)  # long examples

COLUMNS = ("spread", "fatigue", "interference", "sleep_hours", "sleep_quality", "stress", "rescue_doses", "flare")


@st.composite
def diaries(draw: st.DrawFn) -> pd.DataFrame:
    """Rough stretches of levels with noise, gaps and some of the columns: uglier than people."""
    levels = draw(st.lists(st.tuples(st.integers(0, 10), st.integers(1, 60)), min_size=1, max_size=8))
    random = np.random.default_rng(draw(st.integers(0, 2**16)))
    level = np.repeat([value for value, _ in levels], [days for _, days in levels])
    count = len(level)
    columns = draw(st.sets(st.sampled_from(COLUMNS)))
    table = {"pain": np.clip(level + random.integers(-1, 2, count), 0, 10).astype(float)}
    for column in sorted(columns):
        table[column] = random.integers(0, 2 if column == "flare" else 8, count).astype(float)
        table[column][random.random(count) < draw(st.sampled_from([0.0, 0.5]))] = np.nan
    days = pd.DataFrame(table, index=pd.date_range("2025-01-01", periods=count))
    return days[random.random(count) >= draw(st.sampled_from([0.0, 0.2, 0.6]))]


@few
@given(diaries())
def test_episodes_are_in_order_and_do_not_overlap_and_keep_their_promises(days: pd.DataFrame) -> None:
    found = detect_flares(days)

    for before, after in pairwise(found):
        assert before.end is not None
        assert before.end < after.start
    for flare in found:
        last = flare.end or days.index[-1].date()
        assert flare.start <= flare.peak <= last
        length = (last - flare.start).days + 1
        assert flare.days_logged + flare.days_missing <= length
        assert flare.days_logged >= 1
        assert flare.signals
        assert flare.rule
        assert (flare.kind == "spike") <= (length <= 2 or flare.end is None)
        assert (flare.kind == "flare") <= (length >= 3)


@few
@given(diaries(), st.integers(0, 2**16))
def test_row_order_is_irrelevant_and_twice_is_the_same(days: pd.DataFrame, seed: int) -> None:
    shuffled = days.sample(frac=1, random_state=seed)

    assert detect_flares(shuffled) == detect_flares(days) == detect_flares(days)


@few
@given(diaries(), st.integers(-3000, 3000))
def test_moving_all_dates_moves_all_episodes(days: pd.DataFrame, shift: int) -> None:
    by = timedelta(days=shift)
    moved = days.set_axis(days.index + pd.Timedelta(days=shift))

    expected = [(f.kind, f.start + by, None if f.end is None else f.end + by) for f in detect_flares(days)]

    assert [(f.kind, f.start, f.end) for f in detect_flares(moved)] == expected


@few
@given(diaries(), st.integers(1, 4))
def test_a_constant_that_stays_on_the_scale_changes_nothing_but_levels(days: pd.DataFrame, constant: int) -> None:
    low = days.assign(pain=days["pain"] * 0.6)
    high = low.assign(pain=low["pain"] + constant)

    assert [(f.kind, f.start, f.end) for f in detect_flares(high)] == [
        (f.kind, f.start, f.end) for f in detect_flares(low)
    ]


@few
@given(diaries())
def test_removing_any_column_never_raises(days: pd.DataFrame) -> None:
    for column in days.columns:
        detect_flares(days.drop(columns=column))


@few
@given(diaries(), st.lists(st.integers(0, 10), min_size=1, max_size=120))
def test_later_days_do_not_change_an_episode_closed_long_ago(days: pd.DataFrame, later: list[int]) -> None:
    if days.empty:
        return
    after = pd.date_range(days.index[-1] + pd.Timedelta(days=1), periods=len(later))
    longer = pd.concat([days, pd.DataFrame({"pain": [float(value) for value in later]}, index=after)])

    assert _settled(detect_flares(longer), days) == _settled(detect_flares(days), days)


def _settled(found: list[Flare], days: pd.DataFrame) -> list[Flare]:
    until = days.index[-1].date() - timedelta(days=LOOK_BACK_DAYS)
    return [flare for flare in found if flare.end is not None and flare.end < until]


def _overlap(a: tuple[date, date], b: tuple[date, date]) -> float:
    both = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    return max(both, 0) / ((max(a[1], b[1]) - min(a[0], b[0])).days + 1)


def _hits(simulated: Simulated) -> tuple[int, int, int]:
    """Planted flares found with an overlap of at least half, planted, and reported."""
    last = simulated.days.index[-1].date()
    reported = [(f.start, f.end or last) for f in detect_flares(simulated.days) if f.kind == "flare"]
    planted = [simulated.dates(flare) for flare in simulated.flares]
    hits = sum(any(_overlap(flare, found) >= 0.5 for found in reported) for flare in planted)
    return hits, len(planted), len(reported)


def test_planted_flares_are_found_and_little_else() -> None:
    counts = np.array([_hits(simulate(seed)) for seed in range(7000, 7080)]).sum(axis=0)
    recall, precision = counts[0] / counts[1], counts[0] / counts[2]

    assert recall >= 0.77
    assert precision >= 0.92


@pytest.mark.parametrize("kind", ["noise", "spikes", "improvement"])
def test_diaries_without_flares_raise_few_alarms(kind: str) -> None:
    quiet = [simulate(seed, kind=kind).days for seed in range(8000, 8040)]
    alarms = sum(flare.kind == "flare" for days in quiet for flare in detect_flares(days))

    assert alarms / (sum(len(days) for days in quiet) / 365) <= 0.3
