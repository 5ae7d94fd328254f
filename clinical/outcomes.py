"""The three outcomes a pain programme exists for: pain severity, flare days, emotional distress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinical.change import Change
from clinical.diary import Diary, Period
from clinical.findings import Score
from clinical.flares import Flare


@dataclass(frozen=True, slots=True)
class Distress:
    """Emotional distress and where it comes from: `source` is PHQ-4, PHQ-9, GAD-7 or 'mean stress'.

    `low` and `high` are the ends of the scale; `band` is empty where none is defined; the days are those of the scores,
    None for mean stress.
    """

    source: str
    change: Change
    low: float
    high: float
    band: str
    day_now: date | None
    day_before: date | None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Pain 0-10, flare days per 28 logged days, distress (None when nothing was ever recorded)."""

    pain: Change
    flare_days_per_28: Change
    distress: Distress | None


def outcomes(
    diary: Diary,
    flares: Sequence[Flare],
    measures: Sequence[Score],
    now: Period,
    before: Period,
    as_of: date,
) -> Outcomes:
    """The three outcomes of `now` against `before`; nothing after `as_of` counts."""
    raise NotImplementedError
