"""Why the document is written: the reason and the question, apart; a letter begins with how the patient has been."""

from dashboard.presenters.words import sentence_case, span
from dashboard.reports import course_sections, heading, outcome_sections
from dashboard.reports.document import Paragraph
from dashboard.reports.one_page import NO_QUESTION, NO_REASON, Line, OutcomeRow
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import ENTERED, Content, logged, pairs
from dashboard.reports.sections.course import FOUND
from dashboard.reports.templates import TEMPLATES

LETTER_TITLE = "Reason for this letter"


def reason(record: Record, order: Order) -> Content:
    """The reason and the question as the sender wrote them; what was not written is said, a letter asks or does not."""
    reason, question = order.reason.strip() or NO_REASON, order.question.strip()
    if not TEMPLATES[order.template].summary:
        lines = pairs((Line("Reason", reason), Line("Question asked", question)))
        return Content((*_letter(record), *lines), f"reason {ENTERED}; course {FOUND}", logged(record))
    return Content(pairs((Line("Reason", reason), Line("Question asked", question or NO_QUESTION))), ENTERED)


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
