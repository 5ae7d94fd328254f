"""Who needs me, and why: each patient once, under the first reason that holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from clinical.change import Change
from clinical.flares import Flare, day_of
from clinical.red_flags import LEVELS, RED_FLAGS
from clinical.safety import SafetyItem
from clinical.thresholds import FLARE_DETECTOR, days, limit


@dataclass(frozen=True, slots=True)
class Reason:
    """One group of the caseload: its code, heading and printed threshold."""

    code: str
    title: str
    rule: str


_POINTS = limit("important_pain_points")
_PERCENT = limit("important_pain_percent")
_DAYS = days("change_min_days")
_SILENT = days("stopped_logging_days")

REASONS: tuple[Reason, ...] = (
    Reason(
        "safety",
        "Safety or red flag open",
        "a ticked red flag, or PHQ-9 item 9 above 0, until a clinician closes it",
    ),
    Reason(
        "in_flare",
        "In a flare now",
        f"an open episode of {FLARE_DETECTOR['flare_min_days'].value:.0f} days or more: all answers together clearly "
        "worse than the person's own usual level, or the patient said: flare",
    ),
    Reason(
        "worse",
        "Worse than the four weeks before",
        f"mean pain up by {_POINTS:.0f} points or {_PERCENT:.0f} % (IMMPACT 2008), {_DAYS} logged days or more each",
    ),
    Reason(
        "medication_prompt",
        "Medication prompt open",
        "a check of level high or medium raised and not yet answered [P]",
    ),
    Reason("overdue", "Action or review overdue", "a due date has passed"),
    Reason("stopped_logging", "Stopped logging", f"no entry for {_SILENT} days or more, or none ever"),
    Reason("improved", "Better", f"mean pain down by {_PERCENT:.0f} % or more, {_DAYS} logged days or more each"),
    Reason("steady", "Steady", "none of the above"),
)
RANK: dict[str, int] = {reason.code: rank for rank, reason in enumerate(REASONS)}


@dataclass(frozen=True, slots=True)
class TriageFacts:
    """What the caseload knows of one patient on `as_of`; `pain` compares the last 28 days with the 28 before.

    `safety` is what is open of red flags and PHQ-9 item 9, the most pressing first; `prompts_open` counts open
    medication prompts of level high and medium. `open_flare` may be any open episode.
    """

    as_of: date
    last_entry: date | None
    pain: Change
    open_flare: Flare | None = None
    recent_shift: Flare | None = None
    safety: tuple[SafetyItem, ...] = ()
    prompts_open: int = 0
    overdue_actions: int = 0
    oldest_due: date | None = None
    review_due: date | None = None
    undated_entries: int = 0


@dataclass(frozen=True, slots=True)
class Triage:
    """The one reason, its rank (0 worst), the order inside it (larger first), and the other marks."""

    reason_code: str
    rank: int
    severity: float
    also: tuple[str, ...]


def triage(facts: TriageFacts) -> Triage:
    """The first reason of `REASONS` that holds, with the others that hold as marks.

    Further marks: 'never_logged' or 'undated_only' (under stopped logging, to be worded as such), 'spike', 'shift_up',
    'shift_down'; 'item_9:1:2026-11-19', the answer and the day of the safety item; 'red_flag:fever:2026-11-19', the
    most pressing open red flag with its day; 'further:2:si', the initials of every further one that is for the same
    day and the number of the others. A day that is not known is left empty.
    """
    holds = _severities(facts)
    reasons = [reason.code for reason in REASONS if reason.code in holds]
    first = reasons[0]
    return Triage(first, RANK[first], holds[first], (*(c for c in reasons[1:] if c != "steady"), *_marks(facts)))


def _severities(facts: TriageFacts) -> dict[str, float]:
    """Every reason that holds, with what orders patients inside it (larger first)."""
    found: dict[str, float] = {"steady": facts.pain.now or 0.0}
    if facts.safety:
        found["safety"] = _pressing(facts.safety)
    if _in_flare(facts.open_flare):
        found["in_flare"] = _flare_severity(facts.open_flare, facts.as_of)
    if facts.pain.important == "important worsening":
        found["worse"] = facts.pain.difference or 0.0
    if facts.prompts_open:
        found["medication_prompt"] = float(facts.prompts_open)
    if overdue := _days_overdue(facts):
        found["overdue"] = float(overdue)
    if facts.last_entry is None:
        found["stopped_logging"] = 0.0
    elif (silent := (facts.as_of - facts.last_entry).days) >= _SILENT:
        found["stopped_logging"] = float(silent)
    if _improved(facts.pain):
        found["improved"] = float(-(facts.pain.percent or 0))
    return found


def _pressing(items: Sequence[SafetyItem]) -> float:
    """The most pressing level first, inside it the answer to item 9, then how many are open."""
    answer = max((item.value or 0.0 for item in items), default=0.0)
    most = min(LEVELS.index(item.level) for item in items)
    return 100.0 * (len(LEVELS) - most) + 10 * answer + min(len(items), 9)


def _in_flare(flare: Flare | None) -> TypeGuard[Flare]:
    return flare is not None and flare.kind == "flare" and flare.end is None


def _flare_severity(flare: Flare, as_of: date) -> float:
    """Peak pain first, then the longer one: an hour-glass of days never outweighs a point of pain."""
    return (flare.peak_pain or 0.0) + min(day_of(flare, as_of), 999) / 1000


def _days_overdue(facts: TriageFacts) -> int:
    """Days since the oldest passed due date, at least 1 when anything is overdue; a thing due today is not."""
    passed = [due for due in (facts.oldest_due, facts.review_due) if due is not None and due < facts.as_of]
    longest = max(((facts.as_of - due).days for due in passed), default=0)
    return max(longest, 1) if facts.overdue_actions or passed else 0


def _improved(pain: Change) -> bool:
    """Down by the percentage alone: the group is narrower than an important improvement by points (design)."""
    return pain.important == "important improvement" and pain.percent is not None and pain.percent <= -_PERCENT


def _marks(facts: TriageFacts) -> tuple[str, ...]:
    marks = []
    if facts.last_entry is None:
        marks.append("undated_only" if facts.undated_entries else "never_logged")
    marks += _safety_marks(facts.safety)
    if facts.open_flare is not None and facts.open_flare.kind == "spike" and facts.open_flare.end is None:
        marks.append("spike")
    if facts.recent_shift is not None and facts.recent_shift.kind == "shift":
        marks.append("shift_up" if _went_up(facts.recent_shift) else "shift_down")
    return tuple(marks)


def _safety_marks(items: Sequence[SafetyItem]) -> Iterator[str]:
    asked = [item for item in items if item.kind == "phq9_item9"]
    flags = [item for item in items if item.kind == "red_flag"]
    for item in asked[:1]:
        yield f"item_9:{item.answered}:{item.day or ''}"
    for item in flags[:1]:
        yield f"red_flag:{item.question}:{item.day or ''}"
    if flags[1:]:
        named = [RED_FLAGS[item.question].initials for item in flags[1:] if RED_FLAGS[item.question].pressing]
        yield f"further:{len(flags) - 1 - len(named)}:{'.'.join(named)}"


def _went_up(shift: Flare) -> bool:
    return (shift.peak_pain or 0.0) > (shift.usual_pain or 0.0)
