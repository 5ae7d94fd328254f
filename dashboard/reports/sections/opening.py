"""Why the document is written: the reason and the question, apart; a letter begins with how the patient has been."""

from dashboard.presenters.words import sentence_case, span
from dashboard.reports import course_sections, heading, outcome_sections
from dashboard.reports.document import Paragraph
from dashboard.reports.one_page import NO_QUESTION, NO_REASON, Line, OutcomeRow
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import ENTERED, Content, pairs
from dashboard.reports.templates import TEMPLATES

LETTER_TITLE = "Reason for this letter"


def reason(record: Record, order: Order) -> Content:
    """The reason and the question as the sender wrote them; what was not written is said."""
    lines = (
        Line("Reason", order.reason.strip() or NO_REASON),
        Line("Question asked", order.question.strip() or NO_QUESTION),
    )
    greeting = () if TEMPLATES[order.template].summary else _letter(record)
    return Content((*greeting, *pairs(lines)), ENTERED)


def _letter(record: Record) -> tuple[Paragraph, ...]:
    """The greeting, whom it is about, and the outcomes of the period in sentences."""
    known = [_said(row) for row in outcome_sections.known_outcomes(record)]
    flares = sentence_case(course_sections.course_title(record).removeprefix("Course: "))
    told = " ".join([f"{flares}.", *known])
    whose = f"{heading.name(record)}, {heading.identifiers(record)}"
    return (Paragraph("Dear colleague,"), Paragraph(f"This is about {whose}. {span(record.periods.now)}: {told}"))


def _said(row: OutcomeRow) -> str:
    """'Pain severity, mean (0–10): 6.8, before 5.8, not an important change.'"""
    return f"{row.name}: {row.now}, before {row.before}, {row.judged}."
