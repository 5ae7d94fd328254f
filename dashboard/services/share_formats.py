"""One document in every format that was chosen: each made from the same words, none of them working out anything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from dashboard.reports import document_docx, document_pdf, document_text, fhir_document
from dashboard.reports.document import Document
from dashboard.reports.fhir_document import Parties
from dashboard.reports.one_page import OnePage
from dashboard.reports.record import Author, Order, Record
from data_access import csv_export, exchange_records


@dataclass(frozen=True, slots=True)
class Draft:
    """What the formats are made from: the record, the words, and the one page that comes first (None: none does).

    `everything`: as resources go out all the record holds, undated rows included, whatever the period of the words.
    """

    record: Record
    order: Order
    author: Author
    document: Document
    first: OnePage | None
    everything: bool = False


def make(conn: Connection, draft: Draft, made_as: str, *, now: datetime) -> bytes:
    """The document in that format. Raises typesetting.CannotSet."""
    return _MAKERS[made_as](conn, draft, now)


def pages(draft: Draft) -> tuple[bytes, ...]:
    """Every page of the PDF as PNG. Raises typesetting.CannotSet."""
    return document_pdf.pages(draft.document, draft.first)


def _pdf(conn: Connection, draft: Draft, now: datetime) -> bytes:
    return document_pdf.pdf(draft.document, draft.first, now=now)


def _docx(conn: Connection, draft: Draft, now: datetime) -> bytes:
    return document_docx.docx(draft.document, now=now)


def _fhir(conn: Connection, draft: Draft, now: datetime) -> bytes:
    record, period = draft.record, None if draft.everything else draft.record.periods.now
    stored = exchange_records.of_patient(conn, record.head.patient_id, period)
    parties = Parties(stored, draft.author, draft.order, everything=draft.everything)
    return fhir_document.as_json(record, draft.document, parties, now=now)


def _text(conn: Connection, draft: Draft, now: datetime) -> bytes:
    return document_text.text(draft.document).encode("utf-8")


def _csv(conn: Connection, draft: Draft, now: datetime) -> bytes:
    return csv_export.archive(conn, [draft.record.head], draft.record.periods.now)


_MAKERS: Mapping[str, Callable[[Connection, Draft, datetime], bytes]] = {
    "pdf": _pdf,
    "docx": _docx,
    "fhir": _fhir,
    "text": _text,
    "csv": _csv,
}
