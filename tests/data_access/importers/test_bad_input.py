"""Damaged, foreign and hostile files: a clear refusal in bounded time and memory, whatever they try."""

import io
import os
import struct
import time
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest

from data_access.errors import UnreadableFile
from data_access.importers import reading, recognise
from data_access.importers.reading import MEBIBYTE, Limits, SourceFile, StreamedFile, plain_name, unzipped
from tests.data_access.importers.reading_files import ANNA, DATA, bundle, observation, read

DIARY = "patient,date,pain\nP1,2026-03-02,4\n"
SMALL = Limits(file_bytes=MEBIBYTE, structure=10_000, rows=1_000)


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\xff\xfep\x00a\x00", "UTF-16"),
        ("patient,date,pain\nP1,2026-03-02,4,ä".encode("latin-1"), "not UTF-8 text. Byte 35"),
        (DIARY.encode() + b"\x00", "NUL bytes"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old office document"),
        (b"SQLite format 3\x00", "a SQLite database"),
        (b"<?xml version='1.0'?><Bundle xmlns='http://hl7.org/fhir'/>", "XML or HTML"),
        (b"[1, 2, 3]", "a list"),
        (b'{"hello": "world"}', "no FHIR resource"),
        (b'{"resourceType": 7}', "no FHIR resource"),
        (b'{"resourceType": "../../etc"}', "no FHIR resource"),
        (b'{"resourceType": "Bundle", "type": "collection", "entry": [', "not valid JSON, or it is cut off"),
        (b'{"resourceType": "Patient", "id": NaN}', "not valid JSON"),
        (b'{"resourceType": "Patient", "x": 1e999}', "not valid JSON"),
        (b'{"resourceType": "Patient", "x": -Infinity}', "not valid JSON"),
        (b'{"resourceType": "Patient", "x": "\\ud800"}', "not valid JSON"),
        (b'{"resourceType": "Patient", "id": "a", "id": "b"}', "the same name twice"),
        (b'{"resourceType": "Patient", "x": ' + b"[" * 500_000 + b"]" * 500_000 + b"}", "nested deeper"),
        (b'{"resourceType": "Patient", "x": ' + b"9" * 5_000 + b"}", "too many digits|not valid JSON"),
        (b"just a letter from grandmother", "header of a Flareboard CSV"),
        (bytes(range(256)) * 16, "not UTF-8"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x02" + bytes(range(256)), "no text or data file"),
    ],
)
def test_what_is_no_record_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as refused:
        read(content)
    assert "Nothing of this file was written" in refused.value.what_is_safe


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("name", ["benufldevelopbundle", "brenda_jackson", "sharonDecisionCompleteBundle"])
def test_a_cut_off_bundle_is_refused(name: str, share: float) -> None:
    content = (DATA / "fhir" / f"{name}.json").read_bytes()
    with pytest.raises(UnreadableFile, match="cut off"):
        read(content[: int(len(content) * share)])


def test_a_file_above_the_limit_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    big = tmp_path / "big.json"
    with big.open("wb") as file:
        file.truncate(3 * MEBIBYTE)
    with pytest.raises(UnreadableFile, match="more than 1 MiB"):
        reading.read(big, SMALL)


def test_a_device_a_folder_a_pipe_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (Path("/dev/zero"), tmp_path, pipe, tmp_path / "missing", Path("bad\0name")):
        with pytest.raises(UnreadableFile):
            reading.read(path)


@pytest.mark.parametrize("filling", [b"[],", b"{},", b'{"a":1},', b"1,"])
def test_a_billion_values_are_refused_without_building_them(filling: bytes) -> None:
    content = b'{"resourceType":"Bundle","type":"collection","entry":[' + filling * 4_500_000 + b"{}]}"
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(UnreadableFile, match="more than 4,000,000 values"):
        read(content, Limits())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * len(content)
    assert time.monotonic() - began < 20


def test_a_billion_laughs_in_a_narrative_stay_text() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    div = f"<!DOCTYPE x [<!ENTITY l0 'lol'>{laughs}]><div xmlns='http://www.w3.org/1999/xhtml'>&l9;<script/></div>"
    patient = ANNA | {"text": {"status": "generated", "div": div}}
    assert len(read(bundle(observation("72514-3", 4), patient=patient)).only.entries) == 1


@pytest.mark.parametrize("name", ["../../diary.csv", "/etc/diary.csv", "..\\..\\diary.csv", "C:\\d.csv", "a/../b.csv"])
def test_a_zip_that_names_a_file_outside_itself_is_refused(name: str) -> None:
    with pytest.raises(UnreadableFile, match="outside itself"):
        read(zipped({name: DIARY.encode()}))


def test_a_zip_bomb_is_refused_in_bounded_memory() -> None:
    bomb = zipped({"diary.csv": b"0" * (300 * MEBIBYTE)})
    tracemalloc.start()
    with pytest.raises(UnreadableFile, match="more than 8 MiB"):
        read(bomb, Limits(file_bytes=8 * MEBIBYTE))
    assert tracemalloc.get_traced_memory()[1] < 40 * MEBIBYTE
    tracemalloc.stop()


def test_many_small_members_count_together() -> None:
    with pytest.raises(UnreadableFile, match="more than 1 MiB"):
        read(zipped({f"{n}.csv": b"0" * (MEBIBYTE // 4) for n in range(6)}), SMALL)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped({"a.txt": b"hello"}), "no Flareboard CSV file"),
        (zipped({}), "no Flareboard CSV file"),
        (zipped({f"{n}.csv": b"" for n in range(40)}), "more than 32 files"),
        (zipped({"diary.csv": b"x,y\n"}), "no Flareboard CSV"),
        (zipped({"diary.csv": DIARY.encode()}, zipfile.ZIP_BZIP2), "unusual compression"),
        (zipped({"diary.csv": DIARY.encode()}, zipfile.ZIP_LZMA), "unusual compression"),
        (zipped({"diary.csv": DIARY.encode()})[:-30], "damaged"),
        (zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "an office document"),
        (b"PK\x03\x04" + bytes(range(200)), "damaged"),
    ],
)
def test_a_zip_that_is_no_export_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read(content)


def test_an_encrypted_zip_is_refused() -> None:
    content = bytearray(zipped({"diary.csv": DIARY.encode()}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + place] |= 1
    with pytest.raises(UnreadableFile, match="encrypted"):
        unzipped(SourceFile("x.zip", bytes(content)))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\diary.csv", "diary.csv"),
        ("diary\x1b[31m.csv", "diary[31m.csv"),
        ("..", "file"),
        ("", "file"),
        ("\u202ediary.csv", "diary.csv"),
        ("x" * 300, "x" * 255),
    ],
)
def test_the_name_of_a_file_is_kept_without_path_and_control_characters(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_nul_in_a_text_rejects_only_its_resource() -> None:
    bad = observation("72514-3", 4, id="bad") | {"id": "bad"}
    condition = {
        "resourceType": "Condition",
        "id": "c",
        "subject": {"reference": "Patient/anna"},
        "code": {"text": "a\0b"},
    }
    found = read(bundle(condition, bad))
    assert (len(found.only.entries), found.reasons) == (1, ["label holds control characters"])


def test_a_text_that_is_too_long_rejects_only_its_resource() -> None:
    condition = {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/anna"}}
    found = read(bundle(condition | {"code": {"text": "x" * 301}}, observation("72514-3", 4)))
    assert (len(found.only.entries), found.reasons) == (1, ["label is longer than 300 characters"])


def test_a_formula_in_a_cell_is_only_text() -> None:
    found = read('patient,family_name\nP1,"=HYPERLINK(""http://evil"",""click"")"\n')
    assert found.only.patient.family_name == '=HYPERLINK("http://evil","click")'


def test_hundreds_of_levels_of_items_do_not_exhaust_the_stack() -> None:
    item: dict[str, object] = {"linkId": "1"}
    for _ in range(300):
        item = {"linkId": "1", "item": [item]}
    response = {
        "resourceType": "QuestionnaireResponse",
        "id": "q",
        "subject": {"reference": "Patient/anna"},
        "item": item,
    }
    found = read(bundle(response))
    assert found.account.unused.total() == 1


@pytest.mark.parametrize("hidden", [False, True])
def test_a_zip_whose_list_of_files_would_fill_the_memory_is_not_opened(
    hidden: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the list was read")

    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", never)
    content = _many_files(100_000, hidden=hidden)
    for source in (SourceFile("a.zip", content), StreamedFile("a.zip", lambda: io.BytesIO(content), len(content))):
        with pytest.raises(UnreadableFile):
            recognise.parse(source, date(2026, 11, 22))


def _many_files(count: int, *, hidden: bool) -> bytes:
    """An archive that lists one empty file so many times; `hidden`: only its zip64 record says how long the list is."""
    one = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    body = struct.pack("<4s2B4HL2L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    size, start = len(one) * count, len(body)
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    wide += struct.pack("<4sLQL", b"PK\x06\x07", 0, start + size, 1)
    said = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 100 if hidden else size, 0 if hidden else start, 0)
    return body + one * count + (wide if hidden else b"") + said
