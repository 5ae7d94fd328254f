"""Every threshold carries its source, its evidence mark and a value a rule can use."""

import pytest

from clinical.instruments import INSTRUMENTS, PREFERRED
from clinical.thresholds import FLARE_DETECTOR, THRESHOLDS, Threshold, cited, days, limit

EVERY = [*THRESHOLDS.values(), *FLARE_DETECTOR.values()]


@pytest.mark.parametrize("threshold", EVERY, ids=[threshold.name for threshold in EVERY])
def test_a_threshold_says_where_it_comes_from(threshold: Threshold) -> None:
    assert threshold.evidence in ("V", "V2", "K", "P")
    assert len(threshold.source) > 15
    assert threshold.unit
    assert threshold.cited == f"{threshold.source} [{threshold.evidence}]"
    assert threshold.evidence != "P" or threshold.source.startswith(
        ("Product decision", "Design", "Reference", "PHQ-9", "Contract")
    )


def test_thresholds_are_looked_up_by_name() -> None:
    assert limit("important_pain_percent") == 30
    assert days("change_min_days") == 4
    assert "IMMPACT" in cited("important_pain_percent")
    with pytest.raises(KeyError):
        limit("no such threshold")


def test_every_preferred_questionnaire_is_defined_with_bands_in_order() -> None:
    assert set(PREFERRED) == set(INSTRUMENTS)
    for instrument in INSTRUMENTS.values():
        lowest = [low for low, _ in instrument.bands]
        assert lowest == sorted(lowest)
        assert lowest[0] == instrument.low
        assert instrument.band(instrument.high) == instrument.bands[-1][1]
        assert instrument.benchmark.rule.endswith("]")
