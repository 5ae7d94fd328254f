"""Minutes of a case review: all that was said, who is undecided first, and two files anybody can file and read."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pikepdf
import pytest
from docx import Document
from docx.document import Document as WordDocument

from dashboard.reports import minutes_deidentified, minutes_words
from dashboard.reports.minutes import Minutes
from dashboard.reports.minutes_docx import docx
from dashboard.reports.minutes_words import Told
from tests.dashboard.reports import reviewed
from tests.dashboard.reports.reviewed import NOW, TOLD
from tests.dashboard.reports.test_one_page import tags

MADE = {
    "five patients": minutes_words.minutes(TOLD),
    "for teaching": minutes_deidentified.minutes(TOLD, free_text=False),
    "for teaching, with texts": minutes_deidentified.minutes(TOLD, free_text=True),
    "hostile": minutes_words.minutes(reviewed.hostile()),
    "long": minutes_words.minutes(reviewed.long()),
    "empty": minutes_words.minutes(reviewed.empty()),
}
FULL = MADE["five patients"]
NAMED = ("Sample", "SAMPLE", "Rowan", "FB-0000", "Invented", "Ros Guest", "1979", "North team", "Fortnightly", "19 Nov")


@cache
def word_file(made: Minutes) -> bytes:
    return docx(made, now=NOW)


@cache
def pdf_file(made: Minutes) -> bytes:
    return made.pdf(now=NOW)


def pdf(made: Minutes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf_file(made)))


def word(made: Minutes) -> WordDocument:
    return Document(io.BytesIO(word_file(made)))


def text(made: Minutes) -> str:
    """All the words of the Word document, tables and footers included."""
    document = word(made)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    foot = [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells, *foot])


def headings(document: WordDocument) -> list[str]:
    return [one.text for one in document.paragraphs if ((one.style and one.style.name) or "").startswith("Heading")]


@pytest.mark.parametrize("name", MADE)
def test_the_pdf_is_accessible_a4_and_carries_its_fonts(name: str) -> None:
    made = pdf(MADE[name])
    with made.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == MADE[name].title
    assert str(made.Root.Lang) == "en-GB"
    assert bool(made.Root.MarkInfo.Marked)
    for page in made.pages:
        assert [round(float(edge)) for edge in page.MediaBox] == [0, 0, 595, 842]
        for font in page.Resources.get("/Font", {}).values():
            assert {"/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor.keys())


def test_headings_tables_and_lists_of_the_pdf_are_what_they_look_like() -> None:
    kinds = {str(element.S) for element in tags(pdf(FULL))}
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI"} <= kinds


def test_everybody_without_a_decision_stands_at_the_top_by_name() -> None:
    assert FULL.undecided_title == "Without a decision: 3 of 5 patients"
    assert [line.split(":")[0].split(",")[0] for line in FULL.undecided] == [
        "INVENTED-LONGNAME-DOUBLEBARRELLED",
        "DEFERRED",
        "QUEUE",
    ]
    found = headings(word(FULL))
    assert found.index(FULL.undecided_title) < found.index("Agenda") < found.index("1. SAMPLE, Rowan")


def test_when_everybody_was_decided_about_nothing_says_otherwise() -> None:
    made = minutes_words.minutes(replace(TOLD, cases=TOLD.cases[:1]))
    assert (made.undecided_title, made.undecided) == ("", ())
    assert "Without a decision" not in text(made)


def test_a_decision_that_was_written_about_somebody_deferred_does_not_count_as_one() -> None:
    deferred = TOLD.cases[2]
    assert deferred.discussion is not None
    case = replace(deferred, discussion=replace(deferred.discussion, decision="Perhaps"))
    assert minutes_words.minutes(replace(TOLD, cases=(case,))).undecided == ("DEFERRED, Jo: deferred",)


def test_every_text_action_and_day_of_the_meeting_is_in_both_files() -> None:
    expected = [
        "Flares have doubled since September",
        "2. Leave tramadol, add duloxetine.",
        "Taper tramadol by 50 mg every two weeks",
        "Disagreement, by Kemi Invented, psychology",
        "Would wait with the taper",
        "Ring the GP about repeat prescriptions",
        "no date agreed",
        "14 Jan 2027",
        "Noor Invented, nursing",
        "Ros Guest, dietetics",
        "21 min",
        "Chair",
        "Mother could not come",
    ]
    shown = pdf_text(FULL)
    for words in expected:
        assert words in text(FULL)
        assert words.replace(" ", "") in shown


def pdf_text(made: Minutes) -> str:
    """The letters of the PDF in reading order, spaces left out, found the way a reader that copies them does."""
    return "".join("".join(page_letters(page)).replace(" ", "").replace("\u200b", "") for page in pdf(made).pages)


def page_letters(page: pikepdf.Page) -> Iterator[str]:
    letters = {name: letters_of(font) for name, font in page.Resources.Font.items()}
    shown: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "Tf":
            shown = letters[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
            for piece in (bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)):
                yield from (shown[int.from_bytes(piece[i : i + 2])] for i in range(0, len(piece), 2))


def letters_of(font: pikepdf.Object) -> dict[int, str]:
    """The letters behind each glyph of the font, as the font itself says for those who copy text."""
    said = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", said, re.MULTILINE)
    return {int(glyph, 16): bytes.fromhex(letters).decode("utf-16-be") for glyph, letters in pairs}


def test_what_was_left_empty_is_named_as_not_recorded() -> None:
    second, unreached = FULL.patients[1], FULL.patients[3]
    assert second.missing == "Not recorded: options considered, decision and reason."
    assert unreached.missing == "Nothing but the question was recorded about this patient."
    assert (unreached.facts, unreached.no_actions) == ((), "")


def test_patients_left_out_are_counted_and_minutes_of_an_open_meeting_say_so() -> None:
    assert FULL.warnings == ("One patient of this meeting left out: not in the care of the person who made this file.",)
    going_on = replace(TOLD, meeting=replace(TOLD.meeting, status="open", closed_at=None), left_out=0)
    assert minutes_words.minutes(going_on).warnings == (minutes_words.NOT_FINAL,)


def test_of_a_meeting_that_has_not_begun_there_is_an_agenda_without_anybody_to_be_decided_about() -> None:
    planned = replace(TOLD.meeting, status="planned", opened_at=None, closed_at=None)
    made = minutes_words.minutes(replace(TOLD, meeting=planned, cases=TOLD.cases[3:4], left_out=0))
    assert made.title == "Agenda for the case review on 19 Nov 2026"
    assert (made.warnings, made.undecided, made.patients) == ((minutes_words.AHEAD,), (), ())
    assert [row.question for row in made.agenda] == ["Return to work: what can we write?"]


def test_minutes_for_teaching_hold_no_name_number_or_day_in_either_file() -> None:
    for name in ("for teaching", "for teaching, with texts"):
        made = MADE[name]
        everything = text(made) + repr(made) + readable(word_file(made))
        assert [known for known in NAMED if known in everything] == []
    assert "Patient 1" in text(MADE["for teaching"])


def test_minutes_for_teaching_hold_age_bands_and_no_text_unless_it_was_asked_for() -> None:
    assert [part.about for part in MADE["for teaching"].patients] == [
        "45 to 49 years · female",
        "35 to 39 years · female",
        "15 to 19 years · female",
        "age not known · female",
        "90 years or older · female",
    ]
    without, with_texts = text(MADE["for teaching"]), text(MADE["for teaching, with texts"])
    for written in ("duloxetine", "Mother", "GP", "walks to the shop"):
        assert written not in without
        assert written in with_texts
    assert "Patient 1 walks to the shop" in with_texts
    assert "read every line" in with_texts


@pytest.mark.parametrize(
    "written",
    [
        "Rowan's sister", "ROWAN", "Sample, born 3 Feb 1979", "3 February 1979", "03/02/1979", "FB-00001",
        "Longname", "Annabel", "told by Kemi", "Dr Ada Invented", "Ros Guest",
    ],
)  # fmt: skip
def test_names_and_birth_dates_that_stand_in_a_text_are_replaced(written: str) -> None:
    said = replace(reviewed.LONG, discussion=f"Before, {written}; after.")
    cases = (replace(TOLD.cases[0], discussion=said), *TOLD.cases[1:])
    made = minutes_deidentified.minutes(replace(TOLD, cases=cases), free_text=True)
    (line,) = next(part.lines for part in made.patients[0].said if part.label == "Discussion")
    assert line.startswith("Before, ")
    assert re.search(r"Patient [12]|a colleague", line)
    assert not [known for known in (*NAMED, "Annabel", "Longname", "Kemi", "Ada", "ROWAN", "03/02") if known in line]


def test_a_word_that_only_begins_like_a_name_stays() -> None:
    said = replace(reviewed.LONG, decision="Samples of sleep in Rowanberry week")
    made = minutes_deidentified.minutes(replace(TOLD, cases=(replace(TOLD.cases[0], discussion=said),)), free_text=True)
    assert "Samples of sleep in Rowanberry week" in repr(made)


@pytest.mark.parametrize("name", MADE)
def test_the_word_document_has_a_title_a_language_and_nothing_left_of_a_template(name: str) -> None:
    content = word_file(MADE[name])
    document = Document(io.BytesIO(content))
    about = document.core_properties
    assert (about.title, about.language, about.comments) == (MADE[name].title, "en-GB", "")
    assert about.created == about.modified == NOW
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert not [one for one in names if re.search(r"thumbnail|customXml|stylesWithEffects|app\.xml", one)]
    whole = readable(content)
    assert "python-docx" not in whole
    assert set(re.findall(r'<w:(?:lang|themeFontLang) w:val="([^"]+)"', whole)) == {"en-GB"}
    assert "ja-JP" not in whole


def readable(content: bytes) -> str:
    """Everything written in the document's files."""
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        return "\n".join(files.read(name).decode("utf-8") for name in files.namelist())


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [
        int(one.style.name[-1]) for one in word(FULL).paragraphs if one.style and one.style.name.startswith("Heading")
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_head_that_is_repeated_and_columns_as_wide_as_the_page() -> None:
    tables = word(FULL).tables
    assert [table.cell(0, 0).text for table in tables] == ["No.", "What", "What", "What"]
    for table in tables:
        xml = table._tbl.xml
        assert xml.count("<w:tblHeader/>") == 1
        assert sum(column.width.mm for column in table.columns if column.width) == pytest.approx(170, abs=1)


def test_only_page_numbers_are_fields_whatever_was_typed() -> None:
    content = word_file(MADE["hostile"])
    whole = readable(content)
    assert sorted(re.findall(r'w:instr="([^"]+)"', whole)) == ["NUMPAGES", "PAGE"]
    assert "fldChar" not in whole
    assert "instrText" not in whole
    assert "hyperlink r:id" not in whole


def test_hostile_text_stands_as_it_was_typed_without_signs_that_nobody_sees() -> None:
    shown = text(MADE["hostile"])
    assert '=HYPERLINK("http://x") #panic("x") </w:t><w:br/> {{ PAGE }}' in shown
    assert not re.search("[\x00-\x08\u202e\ud800\ufffe]", shown)


def test_both_files_say_of_an_action_that_it_was_cancelled() -> None:
    first = next(case for case in TOLD.cases if case.actions)
    cancelled = replace(first, actions=tuple(replace(each, status="cancelled") for each in first.actions))
    made = minutes_words.minutes(replace(TOLD, cases=(cancelled,)))
    assert "cancelled" in text(made)
    assert "cancelled" in pdf_text(made)
    assert "Actionsstandasthecareplanhasthemnow" in pdf_text(made)


def test_nothing_in_the_pdf_can_be_run_opened_or_fetched() -> None:
    for found in pdf(MADE["hostile"]).objects:
        if isinstance(found, pikepdf.Dictionary):
            assert not {"/JS", "/JavaScript", "/URI", "/Launch", "/AA"} & set(found.keys())


def test_a_letter_without_a_glyph_is_boxed_in_the_pdf_and_the_pdf_says_so() -> None:
    assert "☐standsforacharacterthisdocumenthasnoglyphfor" in pdf_text(MADE["hostile"])


def test_texts_as_long_as_a_record_holds_run_on_over_the_pages() -> None:
    assert len(pdf(MADE["long"]).pages) > 10
    assert text(MADE["long"]).count("W") >= 2 * 20_000


@pytest.mark.parametrize("told", [TOLD, reviewed.hostile(), reviewed.empty()])
def test_the_same_meeting_gives_the_same_pdf(told: Told) -> None:
    assert minutes_words.minutes(told).pdf(now=NOW) == minutes_words.minutes(told).pdf(now=NOW)
