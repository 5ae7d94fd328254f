"""The periods a person can choose, and the days each means. No Streamlit, no clock."""

from dataclasses import dataclass
from datetime import date, timedelta

from clinical.diary import Period

CHOICES = {
    "visit": "Since last visit",
    "4w": "4 weeks",
    "3m": "3 months",
    "1y": "1 year",
    "all": "All",
    "custom": "Custom",
}
_DAYS = {"4w": 28, "3m": 91, "1y": 365}
FALLBACK = "4w"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was asked for; `custom` and `against` are None unless the person picked days."""

    choice: str = "visit"
    custom: Period | None = None
    against: Period | None = None


@dataclass(frozen=True, slots=True)
class Periods:
    """The days looked at and the days they are compared with; `choice` is the key of CHOICES that applied."""

    now: Period
    before: Period
    choice: str
    compared_with_chosen: bool = False
    against_refused: bool = False  # the days picked to compare with were not all before
    moved: bool = False  # nothing was logged lately, so it opens on the four weeks to the last entry


def offered(last_visit: date | None) -> tuple[str, ...]:
    """Keys of CHOICES that mean something for this patient: no visit yet, no 'since last visit'."""
    return tuple(key for key in CHOICES if key != "custom" and (key != "visit" or last_visit is not None))


def resolve(
    chosen: Chosen, *, last_visit: date | None, first_day: date | None, as_of: date, last_day: date | None = None
) -> Periods:
    """The days the choice means, ending on `as_of`; a choice that means nothing here becomes four weeks.

    Where nobody chose and those days hold no entry, the four weeks up to the last one (`last_day`). Days to compare
    with must all lie before: otherwise getting worse would read as getting better.
    """
    choice = chosen.choice
    if chosen.custom is not None and choice == "custom":
        now = chosen.custom
    elif choice == "visit" and last_visit is not None and last_visit <= as_of:
        now = Period(last_visit, as_of)
    elif choice == "all":
        now = Period(min(first_day or as_of, as_of - timedelta(days=27)), as_of)
    else:
        choice = choice if choice in _DAYS else FALLBACK
        now = Period(as_of - timedelta(days=_DAYS[choice] - 1), as_of)
    moved = chosen == Chosen() and last_day is not None and last_day < now.start
    if moved and last_day is not None:
        now, choice = Period(last_day - timedelta(days=_DAYS[FALLBACK] - 1), last_day), "custom"
    earlier = chosen.against if chosen.against is not None and chosen.against.end < now.start else None
    return Periods(
        now,
        earlier or now.before(),
        choice,
        compared_with_chosen=earlier is not None,
        against_refused=chosen.against is not None and earlier is None,
        moved=moved,
    )


def in_words(days: int) -> str:
    """A length as a clinician says it: '12 weeks', '3 months', '10 days'."""
    if days >= 365 * 2:
        return f"{days / 365.25:.0f} years"
    if days in (365, 366):
        return "1 year"
    if days % 7 == 0 and days <= 26 * 7:
        return f"{days // 7} week{'s' if days != 7 else ''}"
    return f"{days} day{'s' if days != 1 else ''}"


def as_text(period: Period) -> str:
    """ISO days joined by '_', as the URL carries them."""
    return f"{period.start.isoformat()}_{period.end.isoformat()}"


def from_text(text: str, *, as_of: date) -> Period | None:
    """The period in the text, or None where it is none, lies in the future, or before anybody logged."""
    first, _, last = text.partition("_")
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return None
    return period if date(1990, 1, 1) <= period.start and period.end <= as_of else None
