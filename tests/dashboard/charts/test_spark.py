"""Spark pieces: bars of the scale, none where nothing was logged."""

import numpy as np

from dashboard.charts.spark import MOST_PARTS, NO_SPARK, spark


def test_each_bar_is_the_mean_of_its_part_on_the_scale() -> None:
    days = np.repeat(np.arange(1, 6, dtype=np.float32), 7)[:34]
    assert spark(days, 10, "mean pain").bars == (0.1, 0.2, 0.3, 0.4, 0.5)


def test_a_part_without_a_logged_day_has_no_bar() -> None:
    days = np.full(84, 5, np.float32)
    days[:14] = np.nan
    assert spark(days, 10, "mean pain").bars[0] is None
    assert spark(days, 10, "mean pain").bars[-1] == 0.5


def test_a_short_period_has_no_spark_and_a_long_one_a_bounded_number_of_bars() -> None:
    assert spark(np.ones(13, np.float32), 10, "mean pain") == NO_SPARK
    assert len(spark(np.ones(3650, np.float32), 10, "mean pain").bars) == MOST_PARTS
