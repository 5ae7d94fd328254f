"""One fact about what changed, with everything a sentence needs and nothing of its wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clinical.flares import Flare

Value = float | int | str | date | None

FindingKind = Literal[
    "safety_item",
    "item_9_unknown",
    "red_flag",
    "pain_change",
    "flare_days",
    "sleep_and_stress",
    "flare_regions",
    "spread_change",
    "shift",
    "medicine_started",
    "medicine_stopped",
    "as_needed_days",
    "score_change",
    "actions_overdue",
    "logging_gap",
    "not_enough_days",
    "no_entries",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact. `importance` 0 is the most important; `rests_on_days` logged days between `start` and `end`.

    The values by kind (None: not known; region ids and the like are joined by `|`):
    item_9_unknown: score (None: with gaps), day.
    safety_item: item_9, day. red_flag: label, level, day, pressing (labels of further ones that are for the
    same day), further (how many more are open).
    pain_change: now, before, difference, percent, important, days_now, days_before,
    outside_now, outside_before (means outside flares), exact_now, exact_before (not rounded), first_day (of the diary,
    where it began after the period before). flare_days: now, before (None unless both sides carry a rate), days_now,
    days_before, flares, spikes (of pain), said_flare (days called a flare by the person alone), longest_days,
    after_short_nights, sleep_known, short_nights, short_before_flare (how many of them), open_day, latest_start;
    `episodes` are the spikes and flares themselves. sleep_and_stress: leads ('sleep' or 'stress'), short_now,
    nights_now, short_before, nights_before, sleep_now, sleep_before (mean hours), stress_now, stress_before.
    flare_regions: regions, usual_regions,
    spread_in, spread_outside. spread_change: now, before, new_regions, gone_regions. shift: direction, level, former,
    since. medicine_started / medicine_stopped: medicine, day, verdict, why, pain_before, pain_after, difference,
    percent, important, days_before, days_after. as_needed_days: medicine (empty: any), now, before, days_now,
    days_before. score_change: instrument, now, before, difference, important, day_now, day_before, at_start (1: the
    former is of the period's first day). actions_overdue: count, title, due, days. logging_gap: days, first,
    last, still_open, days_logged, days_in_period.
    not_enough_days: days_logged, days_needed, last_pain, last_entry. no_entries: last_entry, days_since.
    """

    kind: FindingKind
    importance: int
    values: Mapping[str, Value]
    rests_on_days: int
    rule: str
    start: date
    end: date
    episodes: tuple[Flare, ...] = ()
