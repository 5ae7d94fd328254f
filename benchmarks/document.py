"""`python -m benchmarks.document`: the document of ten years with every section, from the record to the bytes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from benchmarks import databases
from benchmarks.figures import Figure, table
from clinical.diary import Period
from dashboard import clock
from dashboard.periods import Periods
from dashboard.reports import document_docx, document_pdf, document_text
from dashboard.reports.compose import compose, offered
from dashboard.reports.document import Document
from dashboard.reports.one_page import OnePage
from dashboard.reports.record import Author, Order
from dashboard.reports.referral import referral
from dashboard.reports.templates import TEMPLATES
from dashboard.services import report_record
from data_access.engine import connect_engine, reading

TEMPLATE = "referral_pain"
YEARS = 10
TIMES = 10
MOST_SECONDS, MOST_KILOBYTES = 1.0, 400.0
NOW = datetime(2026, 11, 22, 14, 3, tzinfo=UTC)


@dataclass
class Made:
    """Seconds and kilobytes of each making."""

    seconds: list[float]
    kilobytes: list[float]


def documents(url: str, record_number: str, today: date) -> tuple[Document, OnePage]:
    """The detail of everything that is known of that patient over ten years, and its first page."""
    start = today.replace(year=today.year - YEARS, day=min(today.day, 28))
    periods = Periods(Period(start, today), Period(start, today).before(), "all")
    order = Order("Dr R. Heum", "Is a biologic an option?", template=TEMPLATE, sections=_every_section())
    author = Author("Dr A. Invented", "medicine")
    with reading(connect_engine(url)) as conn:
        found = conn.execute(
            sa.text("SELECT patient_id FROM patients WHERE record_number = :number"), {"number": record_number}
        ).scalar_one()
        record = report_record.read(conn, found, periods, today)
    return compose(record, order, author), referral(record, order, author)


def _every_section() -> tuple[str, ...]:
    return tuple(kind.code for kind in offered(TEMPLATES[TEMPLATE]))


def made(make: Callable[[], bytes]) -> Made:
    """What it takes to make the file, once more after the first."""
    make()
    found = Made([], [])
    for _ in range(TIMES):
        started = time.perf_counter()
        content = make()
        found.seconds.append(time.perf_counter() - started)
        found.kilobytes.append(len(content) / 1000)
    return found


def measure(url: str, record_number: str, today: date) -> list[Figure]:
    """Seconds and size of the PDF, with what is asked of them; seconds of Word file and text."""
    read = made(lambda: repr(documents(url, record_number, today)).encode())
    document, first = documents(url, record_number, today)
    name = "Document of ten years, every section"
    pdf = made(lambda: document_pdf.pdf(document, first, now=NOW))
    both = tuple(one + other for one, other in zip(read.seconds, pdf.seconds, strict=True))
    word = made(lambda: document_docx.docx(document, now=NOW))
    text = made(lambda: document_text.text(document).encode())
    return [
        _at_most(f"{name}, PDF from the record on", "s", both, MOST_SECONDS),
        _at_most(f"{name}, PDF", "kB", tuple(pdf.kilobytes), MOST_KILOBYTES),
        Figure(f"{name}, Word file", "s", tuple(word.seconds)),
        Figure(f"{name}, plain text", "s", tuple(text.seconds)),
    ]


def _at_most(name: str, unit: str, values: tuple[float, ...], most: float) -> Figure:
    figure = Figure(name, unit, values)
    return Figure(name, unit, values, f"p50 <= {most:g}", figure.p50 <= most)


if __name__ == "__main__":
    day = clock.today()
    url = databases.clinic(day)
    print(table(measure(url, databases.longest(url)[0], day)))
