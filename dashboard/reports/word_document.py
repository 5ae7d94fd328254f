"""Word documents to go on with: real headings, lists, tables and captions, and nothing left of the library's template.

Every text passes through `clean`; the only fields are page numbers, none of them made of anybody's text.
"""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from dashboard.reports.one_page import Line
from dashboard.reports.word_text import clean

LANGUAGE = "en-GB"
FONT = "Calibri"
MARGIN = 20.0
"""Left and right of the text, in mm."""
INK, ACCENT, MUTED = RGBColor(0x1B, 0x25, 0x30), RGBColor(0x0F, 0x5A, 0x63), RGBColor(0x4A, 0x55, 0x60)
_OWN_STYLES = (
    ("Notice", 10.5, INK),
    ("Decision", 10.5, INK),
    ("About", 10, MUTED),
    ("Small print", 8, MUTED),
    ("Table text", 9.5, INK),
)
_LEFTOVERS = ("customXml", "thumbnail", "extended-properties", "stylesWithEffects")
"""Parts of the library's own template that say nothing about this document."""

Container = WordDocument | _Cell
"""Where paragraphs are added to."""
Headings = Mapping[str, tuple[float, float, float]]
"""Size of each heading style in points, and the space before and after it."""


@dataclass(frozen=True, slots=True)
class About:
    """What the file says about itself."""

    title: str
    author: str
    subject: str = ""


def empty(about: About, headings: Headings, *, paper: tuple[float, float] = (210, 297), now: datetime) -> WordDocument:
    """A document without a word, in British English, on paper of that width and height in mm."""
    document = Document()
    _forget_the_template(document)
    _in_british_english(document)
    _styles(document, headings)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(paper[0]), Mm(paper[1])
    page.left_margin = page.right_margin = Mm(MARGIN)
    page.top_margin, page.bottom_margin = Mm(17), Mm(19)
    said = document.core_properties
    said.title, said.author, said.last_modified_by = clean(about.title)[:255], clean(about.author)[:255], ""
    said.subject, said.comments, said.language = clean(about.subject)[:255], "", LANGUAGE
    said.created = said.modified = now.replace(tzinfo=None)
    return document


def saved(document: WordDocument) -> bytes:
    """The file."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _forget_the_template(document: WordDocument) -> None:
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_LEFTOVERS)]:
            del rels[key]
    settings = document.settings.element
    for name in ("w:rsids", "w:savePreviewPicture", "w:proofState"):
        for found in settings.findall(qn(name)):
            settings.remove(found)
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")  # 14 would open in 'compatibility mode'


def _in_british_english(document: WordDocument) -> None:
    for element in (document.styles.element, document.settings.element):
        for tag in ("w:lang", "w:themeFontLang"):
            for found in element.iter(qn(tag)):
                found.attrib.clear()
                found.set(qn("w:val"), LANGUAGE)


def _styles(document: WordDocument, headings: Headings) -> None:
    _style(document, "Normal", 10.5, INK, after=4)
    for name, (size, before, after) in headings.items():
        _style(document, name, size, INK if name == "Heading 3" else ACCENT, before=before, after=after)
    _style(document, "List Bullet", 10.5, INK, after=2)
    _style(document, "Caption", 9, INK, before=2, after=4)
    for name, size, colour in _OWN_STYLES:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
        _style(document, name, size, colour, after=4)
    _framed(document.styles["Notice"], {"top": 4, "left": 24, "bottom": 4, "right": 4})
    _framed(document.styles["Decision"], {"left": 18})
    _framed(document.styles["Title"], {})
    caption: Any = document.styles["Caption"]
    caption.font.bold = False


def _style(
    document: WordDocument, name: str, size: float, colour: RGBColor, *, before: float = 0, after: float
) -> None:
    style: Any = document.styles[name]
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
    fonts = style.element.rPr.rFonts
    for attribute in [each for each in fonts.attrib if each.endswith("Theme")]:
        del fonts.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.08


def _framed(style: Any, sides: dict[str, int]) -> None:
    """Lines at those sides of the style's paragraphs, in eighths of a point, and no others."""
    properties = style.element.get_or_add_pPr()
    for found in properties.findall(qn("w:pBdr")):
        properties.remove(found)
    borders = OxmlElement("w:pBdr")
    for side, width in sides.items():
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(width)), ("space", "4"), ("color", "auto")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    if sides:
        properties.insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc")


def paragraph(document: Container, text: str, style: str = "Normal", *, bold: bool = False) -> Paragraph:
    """The text as a paragraph of that style."""
    made = document.add_paragraph(style=style)
    made.add_run(clean(text)).bold = bold or None
    return made


def notice(document: WordDocument, text: str) -> None:
    """What a reader must know first, in a frame."""
    paragraph(document, text, "Notice", bold=True)


def facts(document: WordDocument, lines: Sequence[Line]) -> None:
    """Label and text, one pair a line: read aloud in the order they are meant."""
    for place, fact in enumerate(line for line in lines if clean(line.label + line.text)):
        made = document.add_paragraph()
        made.paragraph_format.space_before = Pt(0 if place else 6)
        made.paragraph_format.space_after = Pt(1)
        made.add_run(f"{clean(fact.label)}: ").bold = True
        made.add_run(clean(fact.text))


def table(
    document: WordDocument,
    titles: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    *,
    numeric: Collection[int] = (),
) -> Any:
    """A table whose first row is its head, repeated on every page; no row is torn apart between two pages.

    `widths` in mm; `numeric` are the places of columns set to the right.
    """
    made = document.add_table(rows=0, cols=len(titles), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    for number, row in enumerate([titles, *rows]):
        _row(made, row, widths, numeric, head=number == 0)
    return made


def _row(table: Any, texts: Sequence[str], widths: Sequence[float], numeric: Collection[int], *, head: bool) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    for place, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
        cell.width = Mm(width)
        made = cell.paragraphs[0]
        made.style = "Table text"
        made.paragraph_format.space_after = Pt(1)
        if place in numeric:
            made.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
        made.add_run(clean(text)).bold = head


def picture(document: Container, png: bytes, width: float, *, name: str, alt: str) -> Paragraph:
    """The picture, `width` mm wide, with its alternative text; it stays on the page of what follows."""
    made = document.add_paragraph()
    made.paragraph_format.keep_with_next = True
    drawn = made.add_run().add_picture(io.BytesIO(png), width=Mm(width))
    properties = drawn._inline.docPr
    properties.set("name", clean(name))
    properties.set("descr", clean(alt))
    return made


def cells_side_by_side(document: WordDocument, count: int, line: float) -> list[_Cell]:
    """So many cells without borders on a line of that many mm, read one after the other; they stay on one page."""
    made = document.add_table(rows=1, cols=count)
    made.autofit = False
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells: list[_Cell] = list(made.rows[0].cells)
    for column, cell in zip(made.columns, cells, strict=True):
        column.width = cell.width = Mm(line / count)
        empty = cell.paragraphs[0]._p
        empty.getparent().remove(empty)
    between_tables(document)
    return cells


def between_tables(document: WordDocument) -> None:
    """An empty line: Word makes one table of two that touch."""
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def at_both_ends(paragraph: Paragraph, left: str, right: str, line: float) -> None:
    """Two texts at both ends of a line of that many mm."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(line), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(clean(left))
    paragraph.add_run().add_tab()
    paragraph.add_run(clean(right)).bold = True


def page_numbers(paragraph: Paragraph) -> None:
    """'Page 1 of 3', counted by Word itself."""
    paragraph.add_run("Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)
