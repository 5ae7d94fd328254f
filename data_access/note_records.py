"""What a note is: its draft, its signed versions, what it is pinned to, and who was asked to countersign it."""

from dataclasses import dataclass
from datetime import date, datetime

from clinical.diary import Period

NEW_NOTE = 0


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs, as it will stand on the note."""

    user_id: int
    name: str
    discipline: str


@dataclass(frozen=True, slots=True)
class Pins:
    """What a note is about beside days: the flare that began on that day, the goal of that number, the region."""

    flare: date | None = None
    goal: int | None = None
    region: str = ""


NO_PINS = Pins()


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written; `pin` a day or period of the charts; `revision` rises with every save, from 1.

    `template` is a kind of `clinical.note_templates`, '' for free text.
    """

    amends: int
    text: str
    pin: Period | None
    revision: int
    saved_at: datetime
    template: str = ""
    pins: Pins = NO_PINS


@dataclass(frozen=True, slots=True)
class Note:
    """One signed version. `current` is false once an amendment follows it; `meeting_id` the case review it tells of."""

    note_id: int
    version: int
    author: Author
    text: str
    pin: Period | None
    signed_at: datetime
    amend_reason: str
    current: bool
    template: str = ""
    pins: Pins = NO_PINS
    meeting_id: int | None = None


@dataclass(frozen=True, slots=True)
class Cosignature:
    """Who countersigned, as it stands on the version, and when."""

    name: str
    discipline: str
    remark: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class CosignState:
    """One request: who was asked to countersign which version, and the countersignature, None while it is awaited."""

    note_id: int
    version: int
    asked_user_id: int
    asked_name: str
    asked_at: datetime
    signed: Cosignature | None
