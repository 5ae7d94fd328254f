"""A whole document as PDF: one file of first page and detail, tagged, every page says whose it is; words stay words."""

import io
from dataclasses import replace
from functools import cache

import pikepdf
import pytest

from dashboard.reports import document_pdf
from dashboard.reports.document import Document
from dashboard.reports.document_pdf import BOXED, pages
from dashboard.reports.one_page import OnePage
from dashboard.reports.record import Order
from dashboard.reports.referral import referral
from dashboard.reports.typesetting import CannotSet
from tests.dashboard.reports import documents, people
from tests.dashboard.reports.documents import AUTHOR, DOCUMENTS, FIRST, FULL, LETTER, NOW, SIGNED
from tests.dashboard.reports.test_minutes import page_letters
from tests.dashboard.reports.test_one_page import tags

POINTS = {"a4": [0, 0, 595, 842], "letter": [0, 0, 612, 792]}
FOOT = "31Aug–22Nov2026·80of84dayslogged·Author:DrA.Invented,medicine"
TEN_YEARS = referral(people.full(3650), Order("Dr R. Heum", "Please exclude back pain."), AUTHOR)
HOSTILE_FIRST = referral(people.hostile(), Order(people.HOSTILE, "W" * 600), AUTHOR)


@cache
def made(document: Document, first: OnePage | None) -> bytes:
    return document_pdf.pdf(document, first, now=NOW)


def opened(document: Document, first: OnePage | None = None) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made(document, first)))


def words(page: pikepdf.Page) -> str:
    """The letters of a page in the order they are read, without spaces."""
    return "".join(page_letters(page)).replace(" ", "").replace("\u200b", "")


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    """The tags in reading order."""
    found: list[str] = []
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop(0)
        if isinstance(element, pikepdf.Array):
            waiting = [*element, *waiting]
        elif isinstance(element, pikepdf.Dictionary):
            found += [str(element.S)] if "/S" in element else []
            waiting = [element.K, *waiting] if "/K" in element else waiting
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("first", [None, FIRST], ids=["letter", "with the one page"])
def test_every_document_is_accessible_on_its_paper_with_its_fonts(name: str, first: OnePage | None) -> None:
    document = DOCUMENTS[name]
    pdf = opened(document, first)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"]
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    for page in pdf.pages:
        assert [round(float(edge)) for edge in page.MediaBox] == POINTS[document.paper]
        assert page.Resources.Font
        for font in page.Resources.Font.values():
            assert {"/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor.keys())


def test_the_title_of_the_file_is_that_of_the_document() -> None:
    with opened(FULL, FIRST).open_metadata() as metadata:
        assert metadata["dc:title"] == "Referral to a pain service: SAMPLE, Rowan (FB-00017)"
        assert "Dr A. Invented, medicine" in metadata["dc:creator"]


@pytest.mark.parametrize(("document", "first"), [(FULL, FIRST), (LETTER, None), (documents.LONG, FIRST)])
def test_every_page_says_whose_it_is_its_days_its_author_and_its_number(
    document: Document, first: OnePage | None
) -> None:
    pdf = opened(document, first)
    for number, page in enumerate(pdf.pages, 1):
        shown = words(page)
        assert "SAMPLE,Rowan·FB-00017" in shown
        assert FOOT in shown
        assert f"Page{number}of{len(pdf.pages)}" in shown
        assert "Preview,notsigned" in shown
        assert ("Syntheticdata–notarealperson" in shown) == document.synthetic


def test_what_was_signed_says_on_every_page_by_whom_and_when() -> None:
    for page in opened(SIGNED, FIRST).pages:
        assert "SignedbyDrA.Invented,medicine,22Nov2026," in words(page)
        assert "Preview" not in words(page)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("first", [FIRST, TEN_YEARS, HOSTILE_FIRST], ids=["full", "ten years", "hostile"])
def test_the_one_page_stays_one_page_and_the_detail_follows(first: OnePage, paper: str) -> None:
    pdf = opened(replace(FULL, paper=paper), first)  # type: ignore[arg-type]
    assert "Threeoutcomes" in words(pdf.pages[0])
    assert "Referraltoapainservice" in words(pdf.pages[1])


def test_a_letter_begins_with_its_title_the_person_and_the_addressee() -> None:
    pdf = opened(LETTER)
    shown = words(pdf.pages[0])
    places = [shown.index(text) for text in ("LettertotheGP", "47years·female", "DrR.Heum", "Reasonforreferral")]
    assert places == sorted(places)


def test_headings_lists_tables_and_pictures_are_what_they_look_like() -> None:
    pdf = opened(FULL)
    found = kinds(pdf)
    assert found.count("/H1") == 1
    assert found.count("/H2") == len(FULL.sections)
    assert found.index("/H1") < found.index("/H2")
    assert found.count("/TH") == len(documents.MEDICINES.columns)
    assert found.count("/TD") == len(documents.MEDICINES.columns) * len(documents.MEDICINES.rows)
    assert {"/Table", "/THead", "/TBody", "/L", "/LI", "/Caption", "/P"} <= set(found)


def test_every_picture_has_its_alternative_text() -> None:
    alternatives = {str(element.Alt) for element in tags(opened(FULL, FIRST)) if str(element.S) == "/Figure"}
    assert {documents.COURSE.alt, documents.TYPICAL.alt, documents.WORST.alt} <= alternatives
    assert all(alternatives)


def test_the_columns_of_a_long_table_are_named_on_every_page_it_reaches() -> None:
    pdf = opened(documents.LONG)
    with_rows = [words(page) for page in pdf.pages if "Sleptbadly;carriedshopping." in words(page)]
    assert len(with_rows) > 30
    assert all("DayPainNote" in shown for shown in with_rows)


def test_no_heading_and_no_caption_is_left_alone_at_the_end_of_a_page() -> None:
    for page in opened(documents.LONG).pages:
        body = words(page)
        for month in range(1, 31):
            assert (
                not body.replace(FOOT, "")
                .split("Page")[0]
                .endswith((f"Notesofmonth{month}", f"Notesofmonth{month}clinician-entered", f"Entriesofmonth{month}"))
            )


def test_a_row_stands_whole_on_one_page() -> None:
    pdf = opened(documents.LONG)
    shown = [words(page) for page in pdf.pages]
    longest = "8Nov20268" + "Sleptbadly;carriedshopping." * 9
    assert sum(page.count(longest) for page in shown) == 30


def test_a_row_longer_than_a_page_runs_on_instead_of_being_cut_off() -> None:
    pdf = opened(documents.TORN)
    shown = "".join(words(page) for page in pdf.pages)
    assert shown.count("story.") == 900


def test_a_document_of_sixty_pages_is_made() -> None:
    assert len(opened(documents.LONG).pages) >= 50


def test_ten_years_with_their_pictures_stay_below_400_kilobytes() -> None:
    course = replace(documents.COURSE, svg=TEN_YEARS.courses[0].svg)
    sections = tuple(
        replace(section, blocks=(course, *section.blocks)) if section.code == "course" else section
        for section in FULL.sections
    )
    assert len(made(replace(FULL, sections=sections), TEN_YEARS)) < 400_000


def test_what_was_chosen_and_is_not_on_record_is_said_once_without_a_heading() -> None:
    shown = "".join(words(page) for page in opened(FULL).pages)
    assert shown.count("Examinationandinvestigations") == 1
    assert "withnothingonrecord:Examinationandinvestigations;Formulation." in shown


def test_lines_of_a_typed_text_stay_lines() -> None:
    assert kinds(opened(replace(FULL, sections=FULL.sections[:1], not_recorded=()))).count("/P") == 2


@pytest.mark.parametrize("first", [None, HOSTILE_FIRST])
def test_nothing_that_was_typed_can_be_run_opened_or_fetched(first: OnePage | None) -> None:
    for found in opened(documents.HOSTILE, first).objects:
        if isinstance(found, pikepdf.Dictionary):
            assert not {"/JS", "/JavaScript", "/URI", "/Launch", "/AA"} & set(found.keys())


def test_hostile_words_stand_as_they_were_typed_and_what_has_no_glyph_is_boxed() -> None:
    shown = "".join(words(page) for page in opened(documents.HOSTILE).pages)
    assert '#panic("x")#import"@preview/x:1.0.0"*bold*' in shown
    assert "=HYPERLINK(1)" in shown
    assert "\u202e" not in shown
    assert BOXED.replace(" ", "") in shown
    assert BOXED.replace(" ", "") not in "".join(words(page) for page in opened(FULL).pages)


def test_a_broken_picture_is_an_error_that_quotes_nothing() -> None:
    broken = replace(documents.COURSE, svg="<svg>SAMPLE")
    sections = (replace(FULL.sections[0], blocks=(broken,)),)
    with pytest.raises(CannotSet) as raised:
        document_pdf.pdf(replace(FULL, sections=sections), None, now=NOW)
    assert "SAMPLE" not in str(raised.value)


def test_the_preview_has_a_picture_of_every_page() -> None:
    shown = pages(FULL, FIRST, dots_per_inch=40)
    assert len(shown) == len(opened(FULL, FIRST).pages)
    assert all(page.startswith(b"\x89PNG") for page in shown)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert document_pdf.pdf(FULL, FIRST, now=NOW) == document_pdf.pdf(FULL, FIRST, now=NOW)
