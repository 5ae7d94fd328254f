"""What the patient copy says again and again: numbers with their explanation, days, and 'ask your team'."""

from datetime import date

from clinical.diary import Period
from dashboard.presenters.words import full_day, plainly, several, span
from dashboard.reports.record import Record

ASK = "If you have a question about this, ask your team."
FROM_DIARY = "from your diary"
FROM_RECORD = "from your record"
OF_TEN = "0 means no pain. 10 means the worst pain you can think of."
BANDS = {"none": "no pain", "mild": "mild pain", "moderate": "medium pain", "severe": "strong pain"}


def name(record: Record) -> str:
    """'Rowan Sample', as one is greeted."""
    return f"{record.head.given_name} {record.head.family_name}".strip()


def between(period: Period) -> str:
    """'between 31 Aug – 22 Nov 2026' as people say it: 'from 31 Aug to 22 Nov 2026'."""
    return f"from {span(period).replace(' – ', ' to ')}"


def on(day: date | None) -> str:
    """' on 3 Mar 2026'; '' where no day is written down."""
    return "" if day is None else f" on {full_day(day)}"


def of_days(answered: int, period: Period) -> str:
    """'You gave an answer on 78 of 84 days.'"""
    return f"You gave an answer on {answered:,} of {several(period.days, 'day')}."


def of_ten(value: float | None) -> str:
    """'6.8 out of 10'."""
    return f"{plainly(value)} out of 10"


def stop(text: str) -> str:
    """The words with a full stop at the end, where they have none."""
    said = " ".join(text.split())
    return said if not said or said[-1] in ".!?" else f"{said}."
