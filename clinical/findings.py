"""What changed since last time: facts with their numbers, dates, days and rule. Words are made by the presenters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clinical.diary import Diary, Period
from clinical.flares import Flare

Value = float | int | str | date | None


@dataclass(frozen=True, slots=True)
class Medicine:
    """A prescribed or reported medicine; `start` or `end` None when not known or still running."""

    name: str
    start: date | None = None
    end: date | None = None
    as_needed: bool = False
    dose: float | None = None
    unit: str = ""
    atc: str = ""
    rxnorm: str = ""
    route: str = ""
    frequency: str = ""
    reason_stopped: str = ""
    kind: Literal["prescribed", "reported"] = "prescribed"
    medication_id: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """A questionnaire score; `day` None when undated, `items` the answers in order (None: not answered)."""

    day: date | None
    instrument: str
    score: float | None
    items: tuple[float | None, ...] = ()
    unit: str = ""
    measure_id: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: visit, treatment_start, treatment_stop, injury, infection, life_event ..."""

    day: date | None
    kind: str
    label: str = ""
    event_id: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """One agreed thing to do, with who does it and by when."""

    title: str
    due: date | None = None
    status: Literal["open", "done", "cancelled"] = "open"
    done: date | None = None
    discipline: str = ""
    owner_user_id: int | None = None
    action_id: int = 0


FindingKind = Literal[
    "safety_item",
    "pain_change",
    "flare_days",
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
    """One fact. `importance` 0 is the most important; `rests_on_days` logged days between `start` and `end`."""

    kind: FindingKind
    importance: int
    values: Mapping[str, Value]
    rests_on_days: int
    rule: str
    start: date
    end: date


def since(  # noqa: PLR0913 - each is a separate part of the record
    diary: Diary,
    flares: Sequence[Flare],
    medications: Sequence[Medicine],
    events: Sequence[Event],
    measures: Sequence[Score],
    actions: Sequence[Action],
    now: Period,
    before: Period,
    as_of: date,
    *,
    as_needed: Mapping[str, Sequence[date]] | None = None,
) -> list[Finding]:
    """The facts behind the 'since last visit' sentences, most important first (at most six unless safety adds one).

    `as_needed`: for each as-needed medicine the days it was taken; None when doses were never asked for.
    """
    raise NotImplementedError
