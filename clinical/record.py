"""What a record holds besides the diary, as the medicine sees it: medicines, scores, events, agreed actions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from clinical.diary import Period


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
    """A questionnaire score; `day` None when undated, `items` the answers in order (None: not answered).

    `recorded_at` is when it came on record, None where that is not known.
    """

    day: date | None
    instrument: str
    score: float | None
    items: tuple[float | None, ...] = ()
    unit: str = ""
    measure_id: int = 0
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: visit, treatment_start, treatment_stop, injury, infection, life_event ..."""

    day: date | None
    kind: str
    label: str = ""
    event_id: int = 0


@dataclass(frozen=True, slots=True)
class Pinned:
    """The window of the charts something rests on: `chart` a code of `clinical.plan.CHARTS`, `region` an id or ''."""

    period: Period
    chart: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class Revised:
    """Which revision of a thing this is, from 1 (0: not on record yet), and who made it when; '' where not known."""

    revision: int = 0
    user_name: str = ""
    at: datetime | None = None


UNREVISED = Revised()


@dataclass(frozen=True, slots=True)
class Action:
    """One agreed thing to do, with who does it and by when; `meeting_id` names the case review that agreed it."""

    title: str
    due: date | None = None
    status: Literal["open", "done", "cancelled"] = "open"
    done: date | None = None
    discipline: str = ""
    owner_user_id: int | None = None
    action_id: int = 0
    detail: str = ""
    owner_name: str = ""
    goal_id: int | None = None
    meeting_id: int | None = None
    made: date | None = None
    evidence: Pinned | None = None
    revised: Revised = UNREVISED
