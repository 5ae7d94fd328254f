"""The minutes as a Word document to go on with: real headings, lists and tables, nothing left of a template."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from dashboard.reports.minutes import DECISION, Minutes, PatientPart
from dashboard.reports.one_page import Line
from dashboard.reports.word_text import clean

LANGUAGE = "en-GB"
FONT = "Calibri"
_INK, _ACCENT, _MUTED = RGBColor(0x1B, 0x25, 0x30), RGBColor(0x0F, 0x5A, 0x63), RGBColor(0x4A, 0x55, 0x60)
_HEADINGS = {1: (18, 0, 4), 2: (13, 16, 3), 3: (10.5, 8, 1)}
"""Size of each heading in points, and the space before and after it."""

_OWN_STYLES = (("Notice", 10.5, _INK), ("Decision", 10.5, _INK), ("About", 10, _MUTED), ("Small print", 8, _MUTED))
_LEFTOVERS = ("customXml", "thumbnail", "extended-properties", "stylesWithEffects")
"""Parts of the library's own template that say nothing about this document."""


def docx(minutes: Minutes, *, now: datetime) -> bytes:
    """The document, A4, in British English, with title and author among its properties."""
    document = _empty(minutes, now)
    _top(document, minutes)
    _attendance(document, minutes)
    _agenda(document, minutes)
    for part in minutes.patients:
        _patient(document, part)
    for note in minutes.notes:
        _paragraph(document, note, "Small print")
    _footer(document, minutes)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _empty(minutes: Minutes, now: datetime) -> WordDocument:
    document = Document()
    _forget_the_template(document)
    _in_british_english(document)
    _styles(document)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin, page.bottom_margin = Mm(17), Mm(19)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = clean(minutes.title), clean(minutes.author), ""
    about.subject, about.comments, about.language = clean(minutes.subtitle), "", LANGUAGE
    about.created = about.modified = now.replace(tzinfo=None)
    return document


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


def _styles(document: WordDocument) -> None:
    _style(document, "Normal", 10.5, _INK, after=4)
    for level, (size, before, after) in _HEADINGS.items():
        _style(document, f"Heading {level}", size, _INK if level == 3 else _ACCENT, before=before, after=after)
    _style(document, "List Bullet", 10.5, _INK, after=2)
    for name, size, colour in _OWN_STYLES:
        document.styles.add_style(name, 1).base_style = document.styles["Normal"]
        _style(document, name, size, colour, after=4)
    _framed(document.styles["Notice"], {"top": 4, "left": 24, "bottom": 4, "right": 4})
    _framed(document.styles["Decision"], {"left": 18})


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
    """Lines at those sides of the style's paragraphs, in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    for side, width in sides.items():
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(width)), ("space", "4"), ("color", "auto")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    style.element.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc")


def _paragraph(document: WordDocument, text: str, style: str = "Normal") -> Paragraph:
    return document.add_paragraph(clean(text), style=style)


def _heading(document: WordDocument, text: str, level: int) -> None:
    document.add_heading(clean(text), level)


def _top(document: WordDocument, minutes: Minutes) -> None:
    _heading(document, minutes.title, 1)
    if minutes.subtitle:
        _paragraph(document, minutes.subtitle, "About")
    if minutes.synthetic:
        _notice(document, "Synthetic data – not real people")
    for warning in minutes.warnings:
        _notice(document, warning)
    if minutes.undecided:
        _heading(document, minutes.undecided_title, 2)
        for line in minutes.undecided:
            _paragraph(document, line, "List Bullet")
    _facts(document, minutes.header)


def _notice(document: WordDocument, text: str) -> None:
    document.add_paragraph(style="Notice").add_run(clean(text)).bold = True


def _facts(document: WordDocument, facts: Sequence[Line]) -> None:
    """Label and text, one pair a line: read aloud in the order they are meant."""
    for place, fact in enumerate(facts):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(0 if place else 6)
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.add_run(f"{clean(fact.label)}: ").bold = True
        paragraph.add_run(clean(fact.text))


def _attendance(document: WordDocument, minutes: Minutes) -> None:
    _heading(document, "Who was there", 2)
    _facts(document, [Line(group.label, "; ".join(group.people) or "not recorded") for group in minutes.attendance])


def _agenda(document: WordDocument, minutes: Minutes) -> None:
    _heading(document, "Agenda", 2)
    if not minutes.agenda:
        _paragraph(document, "No patient of this meeting can be shown.")
        return
    rows = [(row.number, row.patient, row.question, row.outcome, row.spent) for row in minutes.agenda]
    _table(document, ("No.", "Patient", "Question", "Outcome", "Time spent"), (13, 45, 60, 28, 24), rows)


def _patient(document: WordDocument, part: PatientPart) -> None:
    _heading(document, part.title, 2)
    about = _paragraph(document, part.about, "About")
    about.add_run(f" · {clean(part.outcome)}").bold = True
    about.paragraph_format.keep_with_next = True
    for said in part.said:
        _heading(document, said.label, 3)
        for line in said.lines:
            _paragraph(document, line, "Decision" if said.label == DECISION else "Normal")
    if part.missing:
        _paragraph(document, part.missing, "About")
    rows = [(action.what, action.owner, action.due, action.status) for action in part.actions]
    if rows or part.no_actions:
        _heading(document, "Actions", 3)
    if rows:
        _table(document, ("What", "Who", "By when", "Status"), (78, 42, 30, 20), rows)
    elif part.no_actions:
        _paragraph(document, part.no_actions, "About")
    _facts(document, part.facts)


def _table(document: WordDocument, titles: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
    """A table whose first row is its head, repeated on every page; no row is torn apart between two pages."""
    table = document.add_table(rows=0, cols=len(titles), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for number, row in enumerate([titles, *rows]):
        _row(table, row, widths, head=number == 0)


def _row(table: Any, texts: Sequence[str], widths: Sequence[int], *, head: bool) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.add_run(clean(text)).bold = head


def _footer(document: WordDocument, minutes: Minutes) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Small print"]
    paragraph.add_run(f"{clean(minutes.footer)} · Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that Word counts itself; the only fields there are, none of them made of anybody's text."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)
