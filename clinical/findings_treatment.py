"""Facts about treatment: what was started and stopped and whether anything can be said yet, and as-needed medicines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from clinical.change import Change, compare, sample
from clinical.diary import Diary, Period
from clinical.finding import Finding, Value
from clinical.flares import Flare
from clinical.record import Event, Medicine
from clinical.thresholds import cited, days

NOTHING_YET = "nothing can be said yet"
COMPARED = "compared"


@dataclass(frozen=True, slots=True)
class _Turn:
    """One treatment that started or stopped on a day."""

    name: str
    day: date
    kind: Literal["medicine_started", "medicine_stopped"]


def treatments(
    diary: Diary,
    flares: Sequence[Flare],
    medications: Sequence[Medicine],
    events: Sequence[Event],
    now: Period,
    as_of: date,
) -> list[Finding]:
    """Treatments started or stopped in the period, latest first: before and after, or why not."""
    turns = [turn for turn in _turns(medications, events) if turn.day <= as_of]
    inside = [turn for turn in turns if now.start <= turn.day <= now.end]
    inside.sort(key=lambda turn: (turn.day, turn.name), reverse=True)
    return [_treatment(diary, flares, turn, turns, as_of) for turn in inside]


def _turns(medications: Sequence[Medicine], events: Sequence[Event]) -> list[_Turn]:
    found = [_Turn(m.name, m.start, "medicine_started") for m in medications if m.start]
    found += [_Turn(m.name, m.end, "medicine_stopped") for m in medications if m.end]
    kinds: dict[str, Literal["medicine_started", "medicine_stopped"]] = {
        "treatment_start": "medicine_started",
        "treatment_stop": "medicine_stopped",
    }
    for event in events:
        if event.day and event.kind in kinds and not _already(found, event, kinds[event.kind]):
            found.append(_Turn(event.label, event.day, kinds[event.kind]))
    return list(dict.fromkeys(found))


def _already(found: Sequence[_Turn], event: Event, kind: str) -> bool:
    """Whether a medicine's own dates already say what this event says."""
    label = event.label.casefold()
    return any(t.kind == kind and t.day == event.day and t.name.casefold() in label for t in found)


def _treatment(diary: Diary, flares: Sequence[Flare], turn: _Turn, turns: Sequence[_Turn], as_of: date) -> Finding:
    window = days("medicine_window_days")
    before = Period(turn.day - timedelta(days=window), turn.day - timedelta(days=1))
    after = Period(turn.day, min(turn.day + timedelta(days=window - 1), as_of))
    change = compare(sample(diary, after), sample(diary, before))
    why = _why_not(change, flares, turn, turns, Period(before.start, after.end), as_of)
    values: dict[str, Value] = {
        "medicine": turn.name,
        "day": turn.day,
        "verdict": NOTHING_YET if why else COMPARED,
        "why": why,
        "pain_before": None if why else change.before,
        "pain_after": None if why else change.now,
        "difference": None if why else change.difference,
        "percent": None if why else change.percent,
        "important": None if why else change.important,
        "days_before": change.days_before,
        "days_after": change.days_now,
    }
    rule = (
        f"mean pain of {window} days before and after, at least {days('medicine_days_each_side')} logged each, no "
        f"flare and no other start or stop in between; went with, not caused. {cited('medicine_days_each_side')}"
    )
    rests_on = change.days_before + change.days_now
    return Finding(turn.kind, 40, values, rests_on, rule, before.start, after.end)


def _why_not(
    change: Change, flares: Sequence[Flare], turn: _Turn, turns: Sequence[_Turn], window: Period, as_of: date
) -> str:
    """Why before and after cannot be compared; empty when they can."""
    needed = days("medicine_days_each_side")
    if change.days_now < needed:
        return "too few days after"
    if change.days_before < needed:
        return "too few days before"
    if any(f.kind == "flare" and f.start <= window.end and (f.end or as_of) >= window.start for f in flares):
        return "a flare falls in the window"
    if any(other != turn and window.start <= other.day <= window.end for other in turns):
        return "another treatment changed in the window"
    return ""


def as_needed_days(
    diary: Diary, as_needed: Mapping[str, Sequence[date]] | None, now: Period, before: Period
) -> list[Finding]:
    """The as-needed medicine whose days of use changed most, now against before."""
    uses = _uses(diary, as_needed)
    counts = [(name, _within(taken, now), _within(taken, before)) for name, taken in sorted(uses.items())]
    changed = [count for count in counts if abs(count[1] - count[2]) >= days("as_needed_change_days")]
    if not changed:
        return []
    name, current, former = max(changed, key=lambda count: abs(count[1] - count[2]))
    logged_now, logged_before = diary.days_logged(now), diary.days_logged(before)
    enough = logged_before >= days("change_min_days")
    values: dict[str, Value] = {
        "medicine": name,
        "now": current,
        "before": former if enough else None,
        "days_now": logged_now,
        "days_before": logged_before,
    }
    rule = f"days on which an as-needed dose was logged as taken. {cited('as_needed_change_days')}"
    return [Finding("as_needed_days", 45, values, logged_now + logged_before, rule, before.start, now.end)]


def _uses(diary: Diary, as_needed: Mapping[str, Sequence[date]] | None) -> Mapping[str, Sequence[date]]:
    if as_needed is not None:
        return as_needed
    taken = np.nan_to_num(diary["rescue_doses"]) > 0
    found: list[date] = diary.dates()[taken].astype(object).tolist()
    return {"": found}


def _within(taken: Sequence[date], period: Period) -> int:
    return len({day for day in taken if period.start <= day <= period.end})
