"""A document as plain text: no line too long, columns aligned, nothing lost, no sign that nobody sees."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.reports.columns import shares, width, wrapped
from dashboard.reports.document import Bullets, Pairs, Paragraph, Section, Table
from dashboard.reports.document_text import section_text, text
from dashboard.reports.one_page import Line
from tests.dashboard.reports import documents
from tests.dashboard.reports.documents import DOCUMENTS, FULL, HOSTILE, SIGNED

typed = st.text(max_size=60)


def section(*blocks: object) -> Section:
    return Section("notes", "Notes", blocks)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("most", [40, 78, 120])
def test_no_line_is_longer_than_asked_for_and_none_ends_in_spaces(name: str, most: int) -> None:
    made = text(DOCUMENTS[name], width=most)
    assert made.endswith("\n")
    assert not re.search(r"[\t\r\f\v]", made)
    for line in made.split("\n"):
        assert width(line) <= most
        assert line == line.rstrip()


def test_headings_are_underlined_as_far_as_they_reach() -> None:
    lines = text(FULL).split("\n")
    assert lines[1] == "=" * len(FULL.title)
    for each in FULL.sections:
        assert lines[lines.index(each.title) + 1] == "-" * len(each.title)


def test_the_columns_of_a_table_begin_at_the_same_place_and_numbers_end_at_it() -> None:
    made = section_text(section(documents.MEDICINES), width=100).split("\n")
    head = next(line for line in made if line.startswith("Medicine "))
    for name, _, since, _, days, _ in documents.MEDICINES.rows:
        row = next(line for line in made if line.startswith(name))
        assert row[head.index("From") :].startswith(since)
        assert row[: head.index("Days taken") + len("Days taken")].endswith(days)


def test_a_cell_that_is_too_long_goes_on_below_in_its_column() -> None:
    made = section_text(section(documents.MEDICINES)).split("\n")
    start = next(line for line in made if line.startswith("Medicine ")).index("Why it")
    assert "Drowsy until noon, gave up driving" in " ".join(line[start:].strip() for line in made)


def test_a_word_of_a_table_stays_whole_where_there_is_room() -> None:
    assert "Amitriptyline" in section_text(section(documents.MEDICINES))


def test_a_table_too_wide_for_the_line_is_told_row_by_row() -> None:
    columns = tuple(f"Column {number}" for number in range(12))
    rows = tuple(tuple(f"value{row}x{column}" for column in range(12)) for row in range(2))
    made = section_text(section(Table("Wide", columns, rows)))
    assert re.search(r"^Column 11  value1x11$", made, re.MULTILINE)
    assert made.count("Column 0 ") == 2


def test_wide_letters_and_marks_do_not_move_the_columns() -> None:
    table = Table("Names", ("Name", "Pain"), (("漢字", "4"), ("e\u0301e\u0301", "5"), ("Rowan", "6")))
    made = section_text(section(table)).split("\n")
    ends = [width(line[: -len(line.rsplit(maxsplit=1)[1])]) for line in made[-5:-1] if line[-1].isdigit()]
    assert len(set(ends)) == 1


def test_a_picture_is_told_by_its_alternative_text_and_caption() -> None:
    made = " ".join(text(FULL, described=True).split())
    assert f"[Picture] {documents.COURSE.alt}" in made
    assert documents.COURSE.caption in made


def test_a_picture_is_one_line_its_caption_unless_it_is_to_be_described() -> None:
    lines, joined = text(FULL).split("\n"), " ".join(text(FULL).split())
    assert f"[Picture] {' '.join(documents.COURSE.caption.split())}" in joined
    assert documents.COURSE.alt not in joined
    assert len(lines) < len(text(FULL, described=True).split("\n"))


def test_labels_stand_beside_their_words() -> None:
    lines = text(FULL).split("\n")
    assert "To       Dr R. Heum, Rheumatology" in lines
    assert "Mean   4.3 of 10" in lines


def test_the_text_says_whether_it_is_signed_for_whom_and_which_days() -> None:
    assert "Preview, not signed" in text(FULL)
    assert "Synthetic data – not a real person" in text(FULL)
    assert "Signed by Dr A. Invented, medicine, 22 Nov 2026, " in text(SIGNED)
    assert "Preview" not in text(SIGNED)
    assert "31 Aug – 22 Nov 2026" in text(FULL)
    assert "80 of 84 days logged" in text(FULL)


def test_one_section_reads_as_it_does_in_the_whole_text() -> None:
    whole = text(FULL)
    for each in FULL.sections:
        assert section_text(each) in whole


def test_hostile_words_stay_and_signs_that_nobody_sees_do_not() -> None:
    made = text(HOSTILE)
    assert "=HYPERLINK(1)" in made
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e\u2069\ud800]", made)


def test_a_document_without_sections_ends_with_its_signature() -> None:
    made = text(replace(documents.EMPTY, signature=FULL.signature))
    assert made.rstrip().split("\n")[-1].startswith("Diary")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(typed, min_size=3, max_size=3), max_size=4), typed, st.integers(30, 100))
def test_any_words_at_all_keep_within_the_line(rows: list[list[str]], words: str, most: int) -> None:
    table = Table(words, ("One", words, "Three"), tuple(tuple(row) for row in rows), (2,))
    made = section_text(section(table, Paragraph(words), Bullets((words,)), Pairs((Line(words, words),))), width=most)
    assert all(width(line) <= most for line in made.split("\n"))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P"]), max_size=200), st.integers(2, 40))
def test_wrapping_loses_no_letter(words: str, most: int) -> None:
    assert "".join(wrapped(words, most)) == "".join(words.split())


def test_columns_that_like_no_more_get_no_more() -> None:
    assert shares(("A", "B"), (("1", "22"),), 70) == (1, 2)


def test_a_long_text_takes_what_short_columns_leave() -> None:
    assert shares(("Day", "Note"), (("1 Nov 2026", "story " * 50),), 60) == (10, 50)
