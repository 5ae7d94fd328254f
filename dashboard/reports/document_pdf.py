"""A document as tagged PDF (PDF/UA-1) on A4 or US Letter, and its pages as pictures: all in one compilation.

Words that the font cannot print are boxed, and the document says so.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dashboard.reports import columns, document_words, figures, typesetting
from dashboard.reports.document import Block, Bullets, Document, Pairs, Paragraph, Picture, Section, Table
from dashboard.reports.one_page import Line, OnePage
from dashboard.reports.printable import BOX, printable

TEMPLATE = "document.typ"
PREVIEW_DOTS_PER_INCH = 110.0
MARGIN = 18.0
"""Left and right of the text, in mm."""
BOXED = f"{BOX} stands for a character this document has no glyph for; see the record for the full text."
_MAP_OF_FIRST_PAGE = 54.0
"""Widest body map of the one page, in mm."""
_LETTERS_ON_A_LINE = 106
_LONGEST_WHOLE_ROW = 1200
"""Characters of a cell up to which its row is never torn apart between two pages."""
_ROWS_OF_A_WHOLE_TABLE, _LETTERS_OF_A_WHOLE_TABLE = 12, 1500
"""Up to which a table stands on one page."""
_MAY_BREAK = "\u200b"
_EVERY = 5
"""Letters after which a word that is wider than its column may break."""


def pdf(document: Document, first: OnePage | None, *, now: datetime) -> bytes:
    """The document as PDF, after the one page where there is one. Raises typesetting.CannotSet."""
    return typesetting.pdf(TEMPLATE, _data(document, first), now=now)


def pages(
    document: Document, first: OnePage | None, *, dots_per_inch: float = PREVIEW_DOTS_PER_INCH
) -> tuple[bytes, ...]:
    """Every page of that PDF as PNG. Raises typesetting.CannotSet."""
    return typesetting.pictures(TEMPLATE, _data(document, first), dots_per_inch=dots_per_inch)


def _data(document: Document, first: OnePage | None) -> dict[str, Any]:
    detail = _detail(document)
    boxed = BOX in str(detail)
    return {"first": _first(first) if first else None, "detail": {**detail, "boxed": BOXED if boxed else ""}}


def _first(page: OnePage) -> dict[str, Any]:
    data = page.data()
    for part in data.values():
        if isinstance(part, dict) and part.get("svg"):
            part["svg"] = figures.for_paper(part["svg"], _MAP_OF_FIRST_PAGE)
    return data


def _detail(document: Document) -> dict[str, Any]:
    return {
        "title": printable(document.title),
        "paper": "us-letter" if document.paper == "letter" else "a4",
        "name": printable(document.patient_name),
        "about": printable(document.patient_line),
        "record": printable(document.record_number),
        "author": printable(document.author),
        "whose": printable(document_words.whose(document)),
        "foot": [printable(words) for words in document_words.foot(document)],
        "status": printable(document_words.status(document)),
        "signed": document.signed_at is not None,
        "synthetic": document_words.SYNTHETIC if document.synthetic else "",
        "header": _pairs(document.header),
        "sections": [_section(section, document) for section in document.sections],
        "absent": printable(document_words.absent(document)),
        "signature": _pairs(document.signature),
    }


def _section(section: Section, document: Document) -> dict[str, Any]:
    line = figures.PAPERS[document.paper][0] - 2 * MARGIN
    return {
        "title": printable(section.title),
        "about": printable(document_words.about(section)),
        "blocks": [_line(blocks, line) for blocks in figures.side_by_side(section.blocks)],
    }


def _line(blocks: Sequence[Block], line: float) -> dict[str, Any]:
    pictures = [_picture(block, line) for block in blocks if isinstance(block, Picture)]
    return {"kind": "pictures", "pictures": pictures} if pictures else _block(blocks[0], line)


def _block(block: Block, line: float) -> dict[str, Any]:
    match block:
        case Paragraph():
            said = [printable(text) for text in document_words.lines(block.text)]
            return {"kind": "paragraph", "lines": said, "strong": block.strong}
        case Bullets():
            return {"kind": "bullets", "items": [item for item in map(printable, block.items) if item]}
        case Pairs():
            return {"kind": "pairs", "lines": _pairs(block.lines)}
        case Table():
            return _table(block)
        case Picture():
            return _picture(block, line)


def _pairs(lines: tuple[Line, ...]) -> list[dict[str, str]]:
    return [{key: printable(text) for key, text in asdict(line).items()} for line in lines]


def _table(table: Table) -> dict[str, Any]:
    widths = columns.across(table, _LETTERS_ON_A_LINE, _LETTERS_ON_A_LINE)
    return {
        "kind": "table",
        "caption": printable(table.caption),
        "columns": [_cell(title, width) for title, width in zip(table.columns, widths, strict=True)],
        "rows": [[_cell(text, width) for text, width in zip(row, widths, strict=True)] for row in table.rows],
        "torn": [any(len(text) > _LONGEST_WHOLE_ROW for text in row) for row in table.rows],
        "whole": len(table.rows) <= _ROWS_OF_A_WHOLE_TABLE and len(str(table.rows)) <= _LETTERS_OF_A_WHOLE_TABLE,
        "widths": widths,
        "numeric": table.numeric,
    }


def _cell(text: str, places: float) -> str:
    """The printable text, in which a word that is wider than its column may break."""
    words = printable(text).replace(_MAY_BREAK, "").split(" ")
    return " ".join(
        _MAY_BREAK.join(columns.pieces(word, _EVERY)) if columns.width(word) > places else word for word in words
    )


def _picture(picture: Picture, line: float) -> dict[str, Any]:
    width, height = figures.size(picture, line)
    return {
        "kind": "picture",
        "svg": figures.for_paper(picture.svg, width),
        "alt": printable(picture.alt).replace(_MAY_BREAK, ""),
        "caption": printable(picture.caption),
        "width": width,
        "height": height,
        "wide": picture.wide,
    }
