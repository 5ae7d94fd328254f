"""What is still open for this patient: safety items, overdue actions, an open flare, drafts, undated data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clinical.findings import Action, Event, Medicine, Score
from clinical.flares import Flare, day_of, open_flare
from clinical.instruments import latest_item_9
from clinical.thresholds import limit
from data_access.notes import Draft

OpenKind = Literal["safety", "flare", "overdue", "due", "draft", "undated"]

ORDER: tuple[OpenKind, ...] = ("safety", "flare", "overdue", "draft", "due", "undated")


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One open thing; `label` is text of the record (an action's title), `day` what it hangs on, `count` how many.

    `flare` is the open episode itself, where the item is one.
    """

    kind: OpenKind
    label: str = ""
    day: date | None = None
    count: int = 0
    flare: Flare | None = None


@dataclass(frozen=True, slots=True)
class Undated:
    """What came in without a date: counted, listed, and never placed on an axis."""

    entries: int
    scores: tuple[str, ...]  # instrument and score
    events: tuple[str, ...]  # labels or kinds
    medicines: int  # without a start

    @property
    def count(self) -> int:
        """How many records have no date (medicines without a start are not counted: that is usual)."""
        return self.entries + len(self.scores) + len(self.events)


def undated(entries: int, scores: Sequence[Score], events: Sequence[Event], medicines: Sequence[Medicine]) -> Undated:
    """What has no date."""
    return Undated(
        entries,
        tuple(_score(s) for s in scores if s.day is None),
        tuple(e.label or e.kind for e in events if e.day is None),
        sum(m.start is None for m in medicines),
    )


def _score(score: Score) -> str:
    return score.instrument if score.score is None else f"{score.instrument} {score.score:g}"


def open_items(
    actions: Sequence[Action],
    scores: Sequence[Score],
    flares: Sequence[Flare],
    draft: Draft | None,
    without_day: Undated,
    as_of: date,
) -> tuple[OpenItem, ...]:
    """Everything open, in the order of `ORDER`, oldest first inside a kind."""
    found = [*_safety(scores, as_of), *_flare(flares, as_of), *_actions(actions, as_of)]
    if draft is not None and draft.text.strip():
        found.append(OpenItem("draft", day=draft.saved_at.date()))
    if without_day.count:
        found.append(OpenItem("undated", count=without_day.count))
    return tuple(sorted(found, key=lambda item: (ORDER.index(item.kind), item.day or as_of)))


def _safety(scores: Sequence[Score], as_of: date) -> list[OpenItem]:
    """The self-harm item of the latest PHQ-9 (reference 4: above 0 asks for an answer the same day)."""
    asked = latest_item_9(scores, as_of)
    answer = (asked.items[8] or 0) if asked else 0
    return (
        [OpenItem("safety", asked.instrument, asked.day, int(answer))]
        if asked and answer > limit("safety_item")
        else []
    )


def _flare(flares: Sequence[Flare], as_of: date) -> list[OpenItem]:
    flare = open_flare(flares, as_of)
    return [OpenItem("flare", day=flare.start, count=day_of(flare, as_of), flare=flare)] if flare else []


def _actions(actions: Sequence[Action], as_of: date) -> list[OpenItem]:
    still = [a for a in actions if a.status == "open"]
    return [
        OpenItem("overdue" if a.due is not None and a.due < as_of else "due", a.title, a.due)
        for a in sorted(still, key=lambda action: action.due or date.max)
    ]
