"""A document as a Word file: real styles, tables with a head, pictures with alternative texts, nothing that runs."""

import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from docx import Document as read_word
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

from dashboard.reports import figures
from dashboard.reports.document import Document
from dashboard.reports.document_docx import docx
from tests.dashboard.reports import documents
from tests.dashboard.reports.documents import DOCUMENTS, FULL, HOSTILE, LETTER, NOW, SIGNED

MADE = {name: document for name, document in DOCUMENTS.items() if name != "long"}


@cache
def file_of(document: Document) -> bytes:
    return docx(document, now=NOW)


def word(document: Document) -> WordDocument:
    return read_word(io.BytesIO(file_of(document)))


def styled(document: Document, style: str) -> list[str]:
    """The paragraphs of that style, in the order they are read, those inside tables included."""
    made = word(document)
    found = (Paragraph(each, made._body) for each in made.element.body.iter(qn("w:p")))
    return [each.text for each in found if each.style and each.style.name == style]


def text(document: Document) -> str:
    """All words, those of tables, heads and feet included."""
    made = word(document)
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    running = [*made.sections[0].header.paragraphs, *made.sections[0].footer.paragraphs]
    return "\n".join([*(each.text for each in [*made.paragraphs, *running]), *cells])


def parts(document: Document) -> str:
    """The written parts of the file; pictures left out."""
    with zipfile.ZipFile(io.BytesIO(file_of(document))) as files:
        return "\n".join(files.read(name).decode("utf-8") for name in files.namelist() if not name.endswith(".png"))


def test_title_headings_lists_and_captions_are_styles() -> None:
    assert styled(FULL, "Title") == [FULL.title]
    assert styled(FULL, "Heading 1") == [*(section.title for section in FULL.sections), "Signature"]
    assert styled(FULL, "List Bullet") == ["Asked and answered no: 9 of 14", "Not asked: fever, night sweats"]
    captions = [documents.TYPICAL.caption, documents.WORST.caption, documents.COURSE.caption]
    assert styled(FULL, "Caption") == [*captions, documents.MEDICINES.caption]


def test_pictures_carry_their_alternative_text() -> None:
    found = word(FULL).inline_shapes
    described = [shape._inline.docPr.get("descr") for shape in found]
    assert described == [documents.TYPICAL.alt, documents.WORST.alt, documents.COURSE.alt]


def test_narrow_pictures_stand_beside_each_other_each_over_its_caption() -> None:
    (line,) = (each for each in word(FULL).tables if len(each.rows) == 1)
    read = [[each.text for each in cell.paragraphs] for cell in line.rows[0].cells]
    assert read == [["", documents.TYPICAL.caption], ["", documents.WORST.caption]]
    assert "<w:tblBorders>" not in line._tbl.xml


def test_a_wide_picture_fills_the_line_and_a_narrow_one_does_not() -> None:
    narrow, _, wide = word(FULL).inline_shapes
    assert wide.width.mm == pytest.approx(170, abs=0.5)
    assert narrow.width.mm < 90
    broad, tall = figures.size(documents.TYPICAL, 170)
    assert narrow.height.mm / narrow.width.mm == pytest.approx(tall / (broad + 1), abs=0.005)  # 1 mm of white ground


def test_the_head_of_a_table_is_repeated_no_row_is_torn_and_columns_fill_the_line() -> None:
    (table,) = (each for each in word(FULL).tables if each.style and each.style.name == "Table Grid")
    assert [cell.text for cell in table.rows[0].cells] == list(documents.MEDICINES.columns)
    assert [cell.text for cell in table.rows[2].cells] == list(documents.MEDICINES.rows[1])
    assert table._tbl.xml.count("<w:tblHeader/>") == 1
    assert table._tbl.xml.count("<w:cantSplit/>") == 4
    assert sum(column.width.mm for column in table.columns if column.width) == pytest.approx(170, abs=1)
    assert 'w:tblCaption w:val="Medicines tried' in table._tbl.xml


def test_the_paper_is_the_one_that_was_ordered() -> None:
    pages = [word(document).sections[0] for document in (FULL, LETTER)]
    sizes = [(page.page_width, page.page_height) for page in pages]
    assert [(round(width.mm), round(height.mm)) for width, height in sizes if width and height] == [
        (210, 297),
        (216, 279),
    ]


def test_head_and_foot_say_whose_it_is_which_days_and_who_wrote_it() -> None:
    page = word(FULL).sections[0]
    head, foot = page.header.paragraphs[0].text, page.footer.paragraphs[0].text
    assert head == "SAMPLE, Rowan · FB-00017\tSynthetic data – not a real person · Preview, not signed"
    assert foot.startswith("31 Aug – 22 Nov 2026 · 80 of 84 days logged · Author: Dr A. Invented, medicine · Page ")


def test_what_is_not_signed_says_so_and_what_is_signed_says_who_and_when() -> None:
    assert "Preview, not signed" in styled(FULL, "Notice")
    assert "Preview" not in text(SIGNED)
    assert "Signed by Dr A. Invented, medicine, 22 Nov 2026, " in word(SIGNED).sections[0].header.paragraphs[0].text


def test_properties_name_title_author_and_language() -> None:
    about = word(FULL).core_properties
    assert (about.title, about.author, about.language) == (FULL.title, FULL.author, "en-GB")
    assert about.created == about.modified == NOW
    assert set(re.findall(r'<w:(?:lang|themeFontLang) w:val="([^"]+)"', parts(FULL))) == {"en-GB"}


@pytest.mark.parametrize("name", MADE)
def test_every_part_is_well_formed_and_nothing_is_left_of_a_template(name: str) -> None:
    content = file_of(MADE[name])
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        for part in files.namelist():
            assert not re.search(r"thumbnail|customXml|stylesWithEffects|app\.xml", part)
            if part.endswith((".xml", ".rels")):
                parse_xml(files.read(part))
    assert "python-docx" not in parts(MADE[name])


@pytest.mark.parametrize("name", MADE)
def test_only_page_numbers_are_fields_whatever_was_typed(name: str) -> None:
    whole = parts(MADE[name])
    assert sorted(re.findall(r'w:instr="([^"]+)"', whole)) == ["NUMPAGES", "PAGE"]
    for forbidden in ("fldChar", "instrText", "<w:hyperlink", "TargetMode", "oleObject", "altChunk"):
        assert forbidden not in whole


def test_hostile_text_stays_text_without_signs_that_nobody_sees() -> None:
    shown = text(HOSTILE)
    assert "=HYPERLINK(1) DDE {" in shown
    assert '#panic("x")' in shown
    assert not re.search("[\x00-\x08\x1b\u202e\u2069\ud800]", shown)


def test_a_document_without_sections_still_says_whose_it_is() -> None:
    assert "SAMPLE, Rowan" in text(documents.EMPTY)
    assert styled(documents.EMPTY, "Heading 1") == []


def test_what_was_chosen_and_is_not_on_record_is_said_without_a_heading() -> None:
    assert "with nothing on record: Examination and investigations; Formulation." in text(FULL)
    assert "Formulation" not in styled(FULL, "Heading 1")


def test_an_empty_item_makes_no_empty_bullet() -> None:
    assert "" not in styled(HOSTILE, "List Bullet")


def test_lines_of_a_typed_text_are_paragraphs_and_the_strong_one_is_bold() -> None:
    made = word(FULL)
    assert "Is a biologic an option?" in [each.text for each in made.paragraphs]
    strong = next(each for each in made.paragraphs if each.text.startswith("Open: unexplained"))
    assert all(run.bold for run in strong.runs)


def test_a_very_long_title_is_cut_in_the_properties_alone() -> None:
    long = replace(FULL, title="Referral " * 60)
    assert len(word(long).core_properties.title) == 255
    assert len(styled(long, "Title")[0]) > 400
