"""Documents made of records in a database, as the Share page makes them."""

from datetime import date, timedelta

import sqlalchemy as sa

from clinical.diary import Period
from dashboard.periods import Periods
from dashboard.reports.compose import compose, offered
from dashboard.reports.document import Bullets, Document, Pairs, Paragraph, Picture, Section, Table
from dashboard.reports.record import Author, Order, Record
from dashboard.reports.templates import TEMPLATES
from dashboard.services import report_record
from data_access.engine import reading

AUTHOR = Author("Dr A. Invented", "medicine")


def read(engine: sa.Engine, patient_id: int, as_of: date, *, days: int = 84) -> Record:
    """That patient's record over the last `days` days."""
    now = Period(as_of - timedelta(days=days - 1), as_of)
    with reading(engine) as conn:
        return report_record.read(conn, patient_id, Periods(now, now.before(), "3m"), as_of)


def everything(template: str, **order: str) -> Order:
    """An order of that kind with every section it offers."""
    return Order(template=template, sections=tuple(kind.code for kind in offered(TEMPLATES[template])), **order)  # type: ignore[arg-type]


def made(record: Record, order: Order) -> Document:
    """The document as ordered, not signed."""
    return compose(record, order, AUTHOR)


def section(document: Document, code: str) -> Section:
    """That section of the document."""
    return next(each for each in document.sections if each.code == code)


def said(found: Section) -> str:
    """Every word of the section, a line each."""
    return "\n".join(text for block in found.blocks for text in texts(block))


def texts(block: object) -> list[str]:
    """Every text of a block, in the order it is read."""
    match block:
        case Paragraph(text=text):
            return [text]
        case Bullets(items=items):
            return list(items)
        case Pairs(lines=lines):
            return [f"{line.label}: {line.text}" for line in lines]
        case Table():
            return [block.caption, " | ".join(block.columns), *(" | ".join(row) for row in block.rows)]
        case Picture():
            return [block.alt, block.caption]
    raise TypeError(type(block).__name__)
