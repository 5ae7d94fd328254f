"""Who needs me, and why: each patient once, under the first reason that holds."""

from dataclasses import dataclass
from datetime import date

from clinical.change import Change
from clinical.flares import Flare


@dataclass(frozen=True, slots=True)
class Reason:
    """One group of the caseload: its code, heading and printed threshold."""

    code: str
    title: str
    rule: str


REASONS: tuple[Reason, ...] = (
    Reason("safety", "Safety or red flag open", "PHQ-9 item 9 above 0, or a ticked red flag not yet closed"),
    Reason("in_flare", "In a flare now", "3 days or more above their usual range, still open"),
    Reason("worse", "Worse than the four weeks before", "mean pain up by 2 points or 30 % (IMMPACT 2008)"),
    Reason("medication_prompt", "Medication prompt open", "a check raised and not yet answered"),
    Reason("overdue", "Action or review overdue", "a due date has passed"),
    Reason("stopped_logging", "Stopped logging", "no entry for 14 days or more, or none ever"),
    Reason("improved", "Better", "mean pain down by 30 % or more"),
    Reason("steady", "Steady", "none of the above"),
)
RANK: dict[str, int] = {reason.code: rank for rank, reason in enumerate(REASONS)}


@dataclass(frozen=True, slots=True)
class TriageFacts:
    """What the caseload knows of one patient on `as_of`; `pain` compares the last 28 days with the 28 before.

    `phq9_item9` is the answer in the latest PHQ-9 (None: never asked). `open_flare` may be any open episode.
    """

    as_of: date
    last_entry: date | None
    pain: Change
    open_flare: Flare | None = None
    recent_shift: Flare | None = None
    red_flags_open: int = 0
    phq9_item9: float | None = None
    prompts_open: int = 0
    overdue_actions: int = 0
    oldest_due: date | None = None
    review_due: date | None = None


@dataclass(frozen=True, slots=True)
class Triage:
    """The one reason, its rank (0 worst), the order inside it (larger first), and the other marks."""

    reason_code: str
    rank: int
    severity: float
    also: tuple[str, ...]


def triage(facts: TriageFacts) -> Triage:
    """The first reason of `REASONS` that holds, with the others that hold as marks.

    Further marks: 'never_logged' (under stopped logging, to be worded as such), 'spike', 'shift_up', 'shift_down'.
    """
    raise NotImplementedError
