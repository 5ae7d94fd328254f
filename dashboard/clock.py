"""The one place where the clock is read; everything below is told the day and the instant."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """This instant, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day where the clinic stands (the server's own time zone)."""
    return datetime.now(UTC).astimezone().date()
