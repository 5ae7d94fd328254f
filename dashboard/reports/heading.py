"""Who it is about, who sends it to whom, and which days it covers: the same on the first page and on every other."""

from dashboard.periods import in_words
from dashboard.presenters import people
from dashboard.presenters.words import full_day, span
from dashboard.reports.one_page import UNKNOWN, Line
from dashboard.reports.record import Author, Order, Record


def name(record: Record) -> str:
    """'SAMPLE, Rowan', or the family name alone."""
    family, given = record.head.family_name, record.head.given_name
    return f"{family.upper()}, {given}" if given else family.upper()


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
    period = record.periods.now
    return (
        Line("To", order.recipient.strip() or UNKNOWN),
        Line("From", f"{author.name}{discipline}"),
        Line("Date", full_day(record.as_of)),
        Line("Period", f"{span(period)} ({in_words(period.days)})"),
        Line("Urgency", order.urgency or UNKNOWN),
        Line("Consent to share", order.consent or UNKNOWN),
        Line("Compared with", span(record.periods.before)),
        Line("Diary", logged),
    )
