"""A document as a Word file to go on with: the same sections as the PDF, every one of them editable."""

from datetime import datetime

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dashboard.reports import columns, document_words, figures, word_document
from dashboard.reports.document import Block, Bullets, Document, Pairs, Paragraph, Picture, Section, Table
from dashboard.reports.one_page import Line
from dashboard.reports.word_document import About, Container, facts, notice, paragraph
from dashboard.reports.word_text import clean

_HEADINGS = {"Title": (20, 0, 4), "Heading 1": (14, 14, 3), "Heading 2": (11.5, 10, 2)}
_LETTERS_ON_A_LINE = 88
_DOTS_PER_INCH = 220.0


def docx(document: Document, *, now: datetime) -> bytes:
    """The document, A4 or Letter, in British English. Raises typesetting.CannotSet for a picture nothing can draw."""
    about = About(document.title, document.author, document_words.whose(document))
    word = word_document.empty(about, _HEADINGS, paper=figures.PAPERS[document.paper], now=now)
    line = figures.PAPERS[document.paper][0] - 2 * word_document.MARGIN
    _running(word, document, line)
    _top(word, document)
    for section in document.sections:
        _section(word, section, line)
    _end(word, document)
    return word_document.saved(word)


def _running(word: WordDocument, document: Document, line: float) -> None:
    """Head and foot of every page."""
    word.sections[0].header_distance, word.sections[0].top_margin = Mm(10), Mm(22)
    head, foot = word.sections[0].header.paragraphs[0], word.sections[0].footer.paragraphs[0]
    head.style = foot.style = word.styles["Small print"]
    marks = [document_words.SYNTHETIC] if document.synthetic else []
    word_document.at_both_ends(
        head, document_words.whose(document), " · ".join([*marks, document_words.status(document)]), line
    )
    foot.add_run(clean(" · ".join(document_words.foot(document))) + " · ")
    word_document.page_numbers(foot)


def _top(word: WordDocument, document: Document) -> None:
    paragraph(word, document.title, "Title")
    if document.synthetic:
        notice(word, document_words.SYNTHETIC)
    if not document.signed_at:
        notice(word, document_words.UNSIGNED)
    facts(word, (Line("Patient", f"{document.patient_name}, {document.patient_line}"), *document.header))


def _section(word: WordDocument, section: Section, line: float) -> None:
    word.add_heading(clean(section.title), 1)
    if about := document_words.about(section):
        paragraph(word, about, "About").paragraph_format.keep_with_next = True
    for blocks in figures.side_by_side(section.blocks):
        pictures = [block for block in blocks if isinstance(block, Picture)]
        if len(pictures) > 1:
            cells = word_document.cells_side_by_side(word, len(pictures), line)
            for cell, picture in zip(cells, pictures, strict=True):
                _picture(cell, picture, line)
        else:
            _block(word, blocks[0], line)


def _block(word: WordDocument, block: Block, line: float) -> None:
    match block:
        case Paragraph():
            for text in document_words.lines(block.text):
                paragraph(word, text, bold=block.strong).paragraph_format.keep_with_next = block.strong or None
        case Bullets():
            for item in filter(clean, block.items):
                paragraph(word, item, "List Bullet")
        case Pairs():
            facts(word, block.lines)
        case Table():
            _table(word, block, line)
        case Picture():
            _picture(word, block, line)


def _table(word: WordDocument, table: Table, line: float) -> None:
    paragraph(word, table.caption, "Caption", bold=True).paragraph_format.keep_with_next = True
    widths = columns.across(table, _LETTERS_ON_A_LINE, line)
    made = word_document.table(word, table.columns, widths, table.rows, numeric=table.numeric)
    said = OxmlElement("w:tblCaption")
    said.set(qn("w:val"), clean(table.caption))
    made._tbl.tblPr.append(said)
    word_document.between_tables(word)


def _picture(word: Container, picture: Picture, line: float) -> None:
    png = figures.bare(picture, line, dots_per_inch=_DOTS_PER_INCH)
    word_document.picture(word, png, figures.size(picture, line)[0], name=picture.name, alt=picture.alt)
    paragraph(word, picture.caption, "Caption")


def _end(word: WordDocument, document: Document) -> None:
    if missing := document_words.absent(document):
        paragraph(word, missing).paragraph_format.space_before = Pt(12)
    if document.signature:
        word.add_heading(document_words.SIGNATURE, 1)
    facts(word, document.signature)
