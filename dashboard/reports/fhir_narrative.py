"""The narrative of a FHIR document: XHTML made of the same blocks as every other format, never of markup in the data.

R4 allows no vector figure in a narrative: a picture stands there as its description and its caption.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from dashboard.reports import document_words
from dashboard.reports.document import Block, Bullets, Document, Pairs, Paragraph, Picture, Section, Table
from dashboard.reports.one_page import Line
from dashboard.reports.word_text import clean

Narrative = dict[str, str]
_XHTML = "http://www.w3.org/1999/xhtml"


def of_section(section: Section) -> Narrative:
    """The section's blocks, with where they come from and what they rest on."""
    div = _div()
    if about := document_words.about(section):
        _said(SubElement(div, "p"), "i", about)
    for block in section.blocks:
        _block(div, block)
    return _narrative(div)


def of_words(words: str) -> Narrative:
    """One sentence."""
    div = _div()
    _text(SubElement(div, "p"), words)
    return _narrative(div)


def of_document(document: Document) -> Narrative:
    """What stands before and after the sections: whose it is, who sends it to whom, what is not on record."""
    div = _div()
    _said(SubElement(div, "p"), "b", document.title)
    if document.synthetic:
        _text(SubElement(div, "p"), document_words.SYNTHETIC)
    _text(SubElement(div, "p"), document_words.status(document))
    patient = Line("Patient", f"{document.patient_name}, {document.patient_line}")
    _pairs(div, (patient, *document.header))
    if missing := document_words.absent(document):
        _text(SubElement(div, "p"), missing)
    _pairs(div, document.signature)
    return _narrative(div)


def _div() -> Element:
    return Element("div", {"xmlns": _XHTML})


def _narrative(div: Element) -> Narrative:
    return {"status": "generated", "div": tostring(div, encoding="unicode", short_empty_elements=True)}


def _block(div: Element, block: Block) -> None:
    match block:
        case Paragraph():
            for line in document_words.lines(block.text):
                paragraph = SubElement(div, "p")
                _said(paragraph, "b", line) if block.strong else _text(paragraph, line)
        case Bullets():
            listed = SubElement(div, "ul")
            for item in block.items:
                _text(SubElement(listed, "li"), item)
        case Pairs():
            _pairs(div, block.lines)
        case Table():
            _table(div, block)
        case Picture():
            _said(SubElement(div, "p"), "i", f"{document_words.PICTURE}: {block.alt}")
            _text(SubElement(div, "p"), block.caption)


def _pairs(div: Element, lines: Iterable[Line]) -> None:
    body = SubElement(SubElement(div, "table"), "tbody")
    for line in lines:
        row = SubElement(body, "tr")
        _text(SubElement(row, "th"), line.label)
        _text(SubElement(row, "td"), line.text)


def _table(div: Element, table: Table) -> None:
    drawn = SubElement(div, "table")
    if table.caption:
        _text(SubElement(drawn, "caption"), table.caption)
    if any(table.columns):
        _row(SubElement(drawn, "thead"), "th", table.columns)
    body = SubElement(drawn, "tbody")
    for cells in table.rows:
        _row(body, "td", cells)


def _row(part: Element, kind: str, cells: Iterable[str]) -> None:
    row = SubElement(part, "tr")
    for cell in cells:
        _text(SubElement(row, kind), cell)


def _said(parent: Element, kind: str, words: str) -> None:
    _text(SubElement(parent, kind), words)


def _text(element: Element, words: str) -> None:
    element.text = clean(words)
