"""Every table of clinical definitions says of every row where it comes from and how far that was checked."""

from importlib.resources import files

import pytest

from clinical import reviewed

TABLES = sorted(
    file.name.removesuffix(".csv") for file in files("clinical.definitions").iterdir() if file.name.endswith(".csv")
)


def test_the_tables_are_found() -> None:
    assert {"thresholds", "body_regions", "fibromyalgia_areas"} <= set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_a_table_has_source_version_and_mark(table: str) -> None:
    found = reviewed.rows(table)
    assert found
    for row in found:
        assert len(row["source"].strip()) >= 8, row
        assert row["evidence"] in reviewed.MARKS, row
        assert row["version"].strip(), row
        assert row["reviewed_by"] is not None, row


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("a,,2026-11-22,V,", "no source"),
        ("a,Somebody 2020,,V,", "no version"),
        ("a,Somebody 2020,2026-11-22,,", "the mark ''"),
        ("a,Somebody 2020,2026-11-22,X,", "the mark 'X'"),
        ("a,Somebody 2020,2026-11-22,V", "more or fewer cells"),
    ],
)
def test_a_row_without_source_or_mark_is_refused_with_its_line(row: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"made_up.csv, line 2: {why}"):
        reviewed.checked("made_up", f"name,source,version,evidence,reviewed_by\n{row}\n")


def test_a_table_without_the_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="no column source, version"):
        reviewed.checked("made_up", "name,evidence,reviewed_by\na,V,\n")
