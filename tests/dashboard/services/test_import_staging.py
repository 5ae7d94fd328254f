"""What a dropped file is at first sight: recognised, a table to be explained, or unreadable with advice."""

import gzip
import io
import zipfile

import pytest

from dashboard.services.import_staging import stage
from data_access.importers.reading import Limits
from tests.dashboard.services.imported import AS_OF, PEOPLE, staged, viewer

APPLE = '<?xml version="1.0"?><HealthData locale="en"><ExportDate value="2026-11-01 08:00:00 +0100"/></HealthData>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


def packed(name: str, content: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "format_of_it", "ownerless"),
    [
        (f"{PEOPLE}\nP1,Neu,Nina,1970-02-03,female\n", "flareboard-csv-patients", False),
        ("patient,date,pain\nP1,2026-11-01,4\n", "flareboard-csv-diary", False),
        ('{"resourceType":"Bundle","type":"collection","entry":[]}', "fhir-r4-collection", False),
        (APPLE, "apple-health", True),
    ],
)
def test_a_file_we_know_says_what_it_is_and_whether_it_says_whose(
    content: str, format_of_it: str, ownerless: bool
) -> None:
    look = staged(viewer(), "file", content).look
    assert (look.format, look.error, look.ownerless) == (format_of_it, None, ownerless)


def test_a_diary_of_another_make_is_a_table_that_can_be_explained() -> None:
    look = staged(viewer(), "tagebuch.csv", "Datum;Schmerz\n01.02.2026;3\n02.02.2026;4\n").look
    assert (look.is_table, look.format) == (True, "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\1\2",
        b'{"resourceType":"Bundle","type":"trans',
        b'{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"MedicationOrder","id":"1"}}]}',
        b"[" * 50_000,
        b'{"a":' * 50_000,
        b"%PDF-1.7",
        gzip.compress(b"patient,date,pain"),
        LAUGHS.encode(),
        b"PK\x03\x04 not really",
        packed("../../etc/passwd", "patient,date,pain\n"),
        packed("inner.zip", packed("diary.csv", "patient,date,pain\n").decode("latin-1")),
    ],
    ids=["empty", "nul", "truncated", "dstu2", "list", "nested", "pdf", "gzip", "entities", "zip", "outside", "zips"],
)
def test_what_cannot_be_read_says_what_happened_what_is_safe_and_what_to_do(content: bytes) -> None:
    look = staged(viewer(), "file", content).look
    assert not look.is_table
    assert look.error is not None
    assert look.error.what_happened
    assert look.error.what_is_safe
    assert look.error.what_to_do


def test_a_file_over_the_limit_is_refused_before_it_is_read_whole() -> None:
    small = Limits(file_bytes=1_000)
    one = stage(viewer(), "1", "big.csv", 5_000, lambda: io.BytesIO(b"x" * 5_000), as_of=AS_OF, limits=small)
    assert one.look.error is not None
    assert "limit" in one.look.error.what_happened


def test_the_name_of_a_file_is_its_last_part_and_printable() -> None:
    assert staged(viewer(), "../../a/\u202egnp.csv", "x").name == "gnp.csv"
