"""Cells come back as they were, and none of them is a formula."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.body_map import DEPTHS, QUALITIES, REGIONS
from data_access.importers import csv_cells
from data_access.importers.csv_cells import CellRefused
from data_access.records import MarkRecord

SIGNS = "=+-@\t\r\n＝＋－＠"
TEXTS = st.one_of(st.text(max_size=40), st.text(alphabet="'=+-@\t\r\nab", max_size=6))
MARKS = st.builds(
    MarkRecord,
    st.sampled_from([region.region_id for region in REGIONS]),
    st.none() | st.integers(0, 10),
    st.lists(st.sampled_from(QUALITIES), unique=True, max_size=3).map(tuple),
    st.sampled_from(("", *DEPTHS)),
)


@given(TEXTS)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert csv_cells.read_text(csv_cells.written_text(text)) == text


@given(TEXTS)
def test_no_written_text_starts_a_formula(text: str) -> None:
    assert not csv_cells.written_text(text).startswith(tuple(SIGNS))


@pytest.mark.parametrize(
    ("cell", "text"),
    [("=1+1", "=1+1"), ("'=1+1", "=1+1"), ("''=1", "'=1"), ("'tis", "'tis"), ("O'Neil", "O'Neil"), ("", "")],
)
def test_a_formula_from_outside_is_only_text(cell: str, text: str) -> None:
    assert csv_cells.read_text(cell) == text


@given(st.floats(-1e15, 1e15, allow_nan=False))
def test_a_number_comes_back_as_it_was(value: float) -> None:
    written = csv_cells.written_number(value)
    assert csv_cells.read_number(written) == value
    assert written != "-0"


@pytest.mark.parametrize("cell", ["nan", "inf", "-Infinity", "1e999", "0x10", "1_000", "1,5", "٣", "--1", "1e", "."])
def test_what_is_no_plain_number_is_refused(cell: str) -> None:
    with pytest.raises(CellRefused):
        csv_cells.read_number(cell)


@pytest.mark.parametrize("cell", ["2026-02-30", "2026-13-01", "20260101", "2026-1-1", "01/02/2026", "2026-W01-1", "x"])
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(CellRefused):
        csv_cells.read_day(cell)


@given(st.none() | st.dates())
def test_a_day_comes_back_as_it_was(day: date | None) -> None:
    assert csv_cells.read_day(csv_cells.written_day(day)) == day


@given(
    st.none() | st.lists(MARKS, unique_by=lambda mark: mark.region_id, max_size=8).map(tuple),
    st.booleans(),
)
def test_a_map_comes_back_as_it_was(marks: tuple[MarkRecord, ...] | None, detail_unknown: bool) -> None:
    written = csv_cells.written_marks(marks, detail_unknown=detail_unknown and marks is not None)
    read, unknown = csv_cells.read_marks(written)
    assert read == (None if marks is None else tuple(sorted(marks, key=_place)))
    assert unknown == (detail_unknown and marks is not None)


def _place(mark: MarkRecord) -> int:
    return [region.region_id for region in REGIONS].index(mark.region_id)


def test_a_map_is_written_as_the_format_says() -> None:
    marks = (
        MarkRecord("b_buttock_l", 4),
        MarkRecord("b_lumbar_l", 6, ("aching", "stiff")),
        MarkRecord("b_lumbar_r", None, ("aching",)),
        MarkRecord("f_knee_l", 3, (), "deep"),
    )
    written = csv_cells.written_marks(marks)
    assert written == "f_knee_l:3::deep;b_lumbar_l:6:aching|stiff;b_lumbar_r::aching;b_buttock_l:4"


def test_no_map_and_a_map_without_pain_are_two_things() -> None:
    assert csv_cells.read_marks("") == (None, False)
    assert csv_cells.read_marks("none") == ((), False)


@pytest.mark.parametrize(
    "cell",
    ["nowhere:3", "b_lumbar_l", "b_lumbar_l:six", "b_lumbar_l:6:a:deep:more", "b_lumbar_l:6::shallow", "none;x:1"],
)
def test_a_map_that_cannot_be_read_is_refused(cell: str) -> None:
    with pytest.raises(CellRefused):
        csv_cells.read_marks(cell)
