"""Who it is about, who sends it to whom, and which days it covers: the same on the first page and on every other."""

from dashboard.periods import in_words
from dashboard.presenters import people
from dashboard.presenters.words import full_day, several, span
from dashboard.reports.one_page import UNKNOWN, Line
from dashboard.reports.record import Author, Order, Record


def name(record: Record) -> str:
    """'SAMPLE, Rowan', or the family name alone."""
    family, given = record.head.family_name, record.head.given_name
    return f"{family.upper()}, {given}" if given else family.upper()


LONGEST_NOW = 28
"""Days before the document up to which the end of a period is called now."""


def long_over(record: Record) -> str:
    """'4 years before this document' where the period ended more than 28 days before; else ''."""
    days = (record.as_of - record.periods.now.end).days
    if days <= LONGEST_NOW:
        return ""
    months = round(days / 30.44)
    said = several(days, "day") if months < 2 else several(months, "month")
    return f"{said if months < 24 else several(round(days / 365.25), 'year')} before this document"


def identifiers(record: Record) -> str:
    """'born 3 Feb 1979 (47 years) · female · record FB-00017'; what is not recorded is said."""
    head = record.head
    born = "date of birth not recorded"
    if head.birth_date is not None:
        born = f"born {full_day(head.birth_date)} ({people.age(head.birth_date, record.as_of)} years)"
    sex = "sex not recorded" if head.sex == "unknown" else head.sex
    return f"{born} · {sex} · record {head.record_number}"


def header(record: Record, order: Order, author: Author, logged: str) -> tuple[Line, ...]:
    """To, from, date, period, urgency, consent, what is compared, how much was logged."""
    discipline = f", {author.discipline.replace('_', ' ')}" if author.discipline else ""
    period, over = record.periods.now, long_over(record)
    length = f"{in_words(period.days)}, ended {over}" if over else in_words(period.days)
    return (
        Line("To", order.recipient.strip() or UNKNOWN),
        Line("From", f"{author.name}{discipline}"),
        Line("Date", full_day(record.as_of)),
        Line("Period", f"{span(period)} ({length})"),
        Line("Urgency", order.urgency or UNKNOWN),
        Line("Consent to share", order.consent or UNKNOWN),
        Line("Compared with", span(record.periods.before)),
        Line("Diary", logged),
    )
