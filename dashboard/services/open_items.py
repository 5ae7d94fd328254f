"""What is still open for this patient: red flags, a flare, medication prompts, the plan, drafts, undated data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clinical.findings import Action, Event, Medicine, Score
from clinical.flares import Flare, day_of, open_flare
from clinical.medication.prompts import Prompt
from clinical.plan import Plan
from clinical.plan_warnings import PlanWarning, warnings
from clinical.safety import SafetyItem
from dashboard.services.unsaved import Unsaved
from data_access.notes import Draft

OpenKind = Literal["safety", "unsaved", "flare", "prompts", "overdue", "review", "due", "draft", "undated"]

ORDER: tuple[OpenKind, ...] = (
    "safety", "unsaved", "flare", "prompts", "overdue", "review", "draft", "due", "undated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One open thing; `label` is text of the record (an action's title), `day` what it hangs on, `count` how many.

    `safety`, `flare`, `prompts` and `reviews` are what is open itself, where the item is such a one.
    """

    kind: OpenKind
    label: str = ""
    day: date | None = None
    count: int = 0
    flare: Flare | None = None
    safety: SafetyItem | None = None
    prompts: tuple[Prompt, ...] = ()
    unsaved: Unsaved | None = None
    reviews: tuple[PlanWarning, ...] = ()


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
    plan: Plan,
    safety: Sequence[SafetyItem],
    prompts: Sequence[Prompt],
    flares: Sequence[Flare],
    draft: Draft | None,
    without_day: Undated,
    as_of: date,
    unsaved: Sequence[Unsaved] = (),
) -> tuple[OpenItem, ...]:
    """Everything open, in the order of `ORDER`, oldest first inside a kind, but safety as it was given.

    `safety` the most pressing first; `prompts` the open ones of level high and medium, the gravest first.
    """
    found = [OpenItem("safety", item.label, item.day, safety=item) for item in safety]
    found += [OpenItem("unsaved", each.label, each.kept_at.date(), unsaved=each) for each in unsaved]
    found += [*_flare(flares, as_of), *_prompts(prompts), *_actions(plan.actions, as_of), *_reviews(plan, as_of)]
    if draft is not None and draft.text.strip():
        found.append(OpenItem("draft", day=draft.saved_at.date()))
    if without_day.count:
        found.append(OpenItem("undated", count=without_day.count))
    return tuple(sorted(found, key=lambda item: (ORDER.index(item.kind), _place(item, as_of))))


def _place(item: OpenItem, as_of: date) -> date:
    return date.min if item.safety or item.unsaved else item.day or as_of


def _prompts(prompts: Sequence[Prompt]) -> list[OpenItem]:
    """One item for all of them: the list is short, and they are answered on one page."""
    days = [prompt.latest_day for prompt in prompts if prompt.latest_day]
    if not prompts:
        return []
    return [OpenItem("prompts", prompts[0].title, max(days, default=None), len(prompts), prompts=tuple(prompts))]


def _reviews(plan: Plan, as_of: date) -> list[OpenItem]:
    """One item for all of them, the longest overdue first: they are looked at on one page, together."""
    passed = [found for found in warnings(plan, as_of) if found.kind == "review_overdue" and found.day]
    passed.sort(key=lambda found: found.day or as_of)
    return [OpenItem("review", passed[0].what, passed[0].day, len(passed), reviews=tuple(passed))] if passed else []


def _flare(flares: Sequence[Flare], as_of: date) -> list[OpenItem]:
    flare = open_flare(flares, as_of)
    return [OpenItem("flare", day=flare.start, count=day_of(flare, as_of), flare=flare)] if flare else []


def _actions(actions: Sequence[Action], as_of: date) -> list[OpenItem]:
    still = [a for a in actions if a.status == "open"]
    return [
        OpenItem("overdue" if a.due is not None and a.due < as_of else "due", a.title, a.due)
        for a in sorted(still, key=lambda action: action.due or date.max)
    ]
