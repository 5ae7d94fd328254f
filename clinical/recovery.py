"""The way back from an episode: days from its worst day until pain is at the person's usual level again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from clinical.diary import Diary, Period
from clinical.flares import Flare
from clinical.rounding import displayed

RECOVERY_RULE = (
    "Days from the worst day to the first logged day after the episode whose pain, as displayed, is at or below the "
    "usual level; not told while another episode begins first [P]."
)


@dataclass(frozen=True, slots=True)
class Recovery:
    """Days from the worst day back to the usual level (None with the reason why not); `missing` were not logged."""

    days: int | None
    why: Literal["", "open", "not back yet", "usual level not known", "another episode first", "a new level"]
    missing: int = 0


def recovery(diary: Diary, flares: Sequence[Flare], flare: Flare, as_of: date) -> Recovery:
    """How long the way back from the worst day took, as known on `as_of`; `flares` are all that count."""
    if flare.kind == "shift":
        return Recovery(None, "a new level")
    if flare.end is None or flare.end > as_of:
        return Recovery(None, "open")
    if flare.usual_pain is None:
        return Recovery(None, "usual level not known")
    back = _back(diary, max(flare.end, flare.peak), flare.usual_pain, as_of)
    following = min((f.start for f in flares if f.start > flare.end), default=None)
    if following is not None and following <= (back or as_of):
        return Recovery(None, "another episode first")
    if back is None:
        return Recovery(None, "not back yet")
    took = Period(flare.peak, back)
    return Recovery(took.days - 1, "", took.days - diary.days_logged(took))


def _back(diary: Diary, last: date, usual: float, as_of: date) -> date | None:
    """The first day after `last` at or below the usual level."""
    after = max((last - diary.start).days + 1, 0)
    pain = diary["pain"][after : max((as_of - diary.start).days + 1, 0)]
    level = displayed(usual)
    near = np.flatnonzero(pain <= level + 0.1)  # what is displayed is no more than half a tenth away
    there = next((i for i in near if displayed(float(pain[i])) <= level), None)
    return None if there is None else diary.start + timedelta(days=int(after + there))
