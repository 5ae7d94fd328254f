"""Why the document is written: the reason and the question, apart."""

from dashboard.reports.document import Paragraph
from dashboard.reports.one_page import NO_QUESTION, NO_REASON, Line
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import ENTERED, Content, pairs
from dashboard.reports.templates import TEMPLATES


def reason(record: Record, order: Order) -> Content:
    """The reason and the question as the sender wrote them; what was not written is said."""
    lines = (
        Line("Reason", order.reason.strip() or NO_REASON),
        Line("Question asked", order.question.strip() or NO_QUESTION),
    )
    letter = () if TEMPLATES[order.template].summary else (Paragraph("Dear colleague,"),)
    return Content((*letter, *pairs(lines)), ENTERED)
