"""Apple Health exports: nights and steps by day, one device each; in bounded memory whatever the bytes are."""

import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from data_access.errors import UnreadableFile
from data_access.importers import reading, recognise
from data_access.importers.reading import MEBIBYTE, Limits, StreamedFile
from data_access.records import EntryRecord
from tests.data_access.importers.apple_files import asleep, beat, export, walked, zipped
from tests.data_access.importers.reading_files import AS_OF, Read, read

MARCH_2 = date(2026, 3, 2)


def night(*records: str) -> EntryRecord:
    (entry,) = read(export(*records)).only.entries
    return entry


def steps(*records: str, exported: str = "2026-03-10 10:00") -> dict[str, float | None]:
    return {str(one.day): one.score for one in read(export(*records, exported=exported)).only.measures}


def test_stages_are_summed_and_time_in_bed_is_no_sleep() -> None:
    slept = night(
        asleep("2026-03-01 22:30", "2026-03-02 07:30", "InBed"),
        asleep("2026-03-01 23:00", "2026-03-02 01:00", "AsleepCore"),
        asleep("2026-03-02 01:00", "2026-03-02 02:00", "Awake"),
        asleep("2026-03-02 02:00", "2026-03-02 03:30", "AsleepDeep"),
        asleep("2026-03-02 03:30", "2026-03-02 06:45", "AsleepREM"),
    )
    assert (slept.day, slept.at_time, slept.sleep_hours) == (MARCH_2, "06:45", 6.75)
    assert slept.note == "Sleep from Apple Health (device)"
    assert slept.source_key == "apple_health:sleep:2026-03-02"
    assert (slept.pain, slept.sleep_quality, slept.marks) == (None, None, None)


def test_only_time_in_bed_is_no_night_at_all() -> None:
    found = read(export(asleep("2026-03-01 22:30", "2026-03-02 07:30", "InBed")))
    assert found.only.entries == ()
    assert found.account.unused == {"sleep: InBed": 1}


def test_a_night_is_told_by_the_watch_that_knows_the_stages_and_never_twice() -> None:
    records = (
        asleep("2026-03-01 22:00", "2026-03-02 08:00", "AsleepUnspecified", source="Phone"),
        asleep("2026-03-01 23:00", "2026-03-02 03:00", "AsleepCore", source="Watch"),
        asleep("2026-03-02 04:00", "2026-03-02 06:00", "AsleepDeep", source="Watch"),
    )
    for order in (records, records[::-1]):
        assert night(*order).sleep_hours == 6
    assert read(export(*records)).account.unused == {"night told on the same day by another device": 1}


def test_of_two_devices_without_stages_the_one_that_saw_more_tells_the_night() -> None:
    assert (
        night(
            asleep("2026-03-01 23:00", "2026-03-02 04:00", "Asleep", source="Old phone"),
            asleep("2026-03-01 23:00", "2026-03-02 06:00", "Asleep", source="Ring"),
        ).sleep_hours
        == 7
    )


def test_stretches_of_one_device_that_overlap_count_once() -> None:
    assert (
        night(
            asleep("2026-03-01 23:00", "2026-03-02 05:00"),
            asleep("2026-03-02 01:00", "2026-03-02 02:00"),
            asleep("2026-03-02 04:00", "2026-03-02 06:00"),
        ).sleep_hours
        == 7
    )


def test_an_early_night_belongs_to_the_day_of_waking_and_a_nap_does_not_move_the_time_of_waking() -> None:
    slept = night(
        asleep("2026-03-01 20:00", "2026-03-01 22:00"),
        asleep("2026-03-01 23:00", "2026-03-02 05:00"),
        asleep("2026-03-02 14:00", "2026-03-02 15:00"),
    )
    assert (slept.day, slept.at_time, slept.sleep_hours) == (MARCH_2, "05:00", 9)


def test_who_sleeps_by_day_wakes_in_the_afternoon_of_that_day() -> None:
    slept = night(asleep("2026-03-02 08:30", "2026-03-02 15:00"))
    assert (slept.day, slept.at_time, slept.sleep_hours) == (MARCH_2, "15:00", 6.5)


def test_the_day_is_that_of_the_place_where_the_person_slept() -> None:
    slept = night(asleep("2026-03-01 16:00", "2026-03-01 23:30", zone="Asia/Tokyo"))
    assert (slept.day, slept.at_time, slept.sleep_hours) == (MARCH_2, "07:30", 7.5)
    assert night(asleep("2026-03-01 23:00", "2026-03-02 06:00", zone="../../etc/passwd")).at_time == "06:00"


def test_a_night_over_the_change_of_the_clocks_has_the_hours_that_passed() -> None:
    night_of_change = asleep("2026-03-29 00:30", "2026-03-29 05:30", zone="Europe/Berlin").replace(
        "05:30:00 +0100", "06:30:00 +0200"
    )
    slept = read(export(night_of_change, exported="2026-04-10 10:00")).only.entries[0]
    assert (slept.sleep_hours, slept.at_time) == (5, "06:30")


def test_steps_of_a_day_are_those_of_the_device_that_counted_most() -> None:
    counted = steps(
        walked("2026-03-02 08:00", "2000", "iPhone"),
        walked("2026-03-02 12:00", "1500", "iPhone"),
        walked("2026-03-02 08:00", "3000", "Watch"),
        walked("2026-03-03 08:00", "10", "iPhone"),
        walked("2026-03-04 08:00", "0", "iPhone"),
    )
    assert counted == {"2026-03-02": 3500, "2026-03-03": 10}


def test_two_phones_of_one_name_are_two_devices() -> None:
    old, new = "iPhone12,1", "iPhone14,5"
    counted = steps(walked("2026-03-02 08:00", "2000", hardware=old), walked("2026-03-02 09:00", "1900", hardware=new))
    assert counted == {"2026-03-02": 2000}


def test_the_day_of_the_export_is_not_over_and_waits_for_the_next_one() -> None:
    records = [walked(f"2026-03-0{day} 08:00", "100") for day in (1, 2, 3)]
    assert steps(*records, exported="2026-03-02 21:00") == {"2026-03-01": 100}
    assert steps(*records, exported="2026-03-04 08:00") == {f"2026-03-0{day}": 100 for day in (1, 2, 3)}


def test_records_without_a_place_are_counted_by_kind_and_the_broken_ones_named_with_their_line() -> None:
    broken = walked("2026-03-02 08:00", "many")
    backwards = asleep("2026-03-02 06:00", "2026-03-02 05:00")
    found = read(export(beat("2026-03-02 08:00"), beat("2026-03-02 08:01"), broken, backwards, walked("soon", "9")))
    assert found.account.unused == {"HKQuantityTypeIdentifierHeartRate": 2}
    assert [(each.what, each.why) for each in found.account.rejected] == [
        ("steps", "its number cannot be read"),
        ("sleep", "it ends before it begins"),
        ("steps", "its date cannot be read"),
    ]
    lines = export(beat("2026-03-02 08:00"), beat("2026-03-02 08:01"), broken).splitlines()
    assert found.account.rejected[0].where == f"line {lines.index(broken) + 1}"


def test_what_cannot_be_is_rejected_with_its_day_before_anything_is_written() -> None:
    found = read(
        export(
            asleep("2026-02-28 19:00", "2026-03-02 08:00"),
            walked("2026-03-03 08:00", "200001"),
            asleep("9999-12-31 19:00", "9999-12-31 20:00"),
            asleep("0001-01-01 01:00", "0001-01-01 02:00"),
        )
    )
    assert (found.only.entries, found.only.measures) == ((), ())
    rejected = [(each.where, each.what) for each in found.account.rejected]
    assert rejected[2:] == [("night to 2026-03-02", "sleep"), ("steps of 2026-03-03", "steps")]
    assert [what for _, what in rejected[:2]] == ["sleep", "sleep"]


def test_the_date_of_birth_in_the_phone_goes_along_so_that_another_persons_phone_is_noticed() -> None:
    assert read(export(walked("2026-03-02 08:00", "9"))).only.patient.birth_date == date(1980, 2, 29)
    assert read(export(walked("2026-03-02 08:00", "9"), born="")).only.patient.birth_date is None
    assert read(export()).parsed.ownerless


def from_zip(content: bytes) -> Read:
    return read(content, name="export.zip")


@pytest.mark.parametrize(
    "name",
    ["apple_health_export/export.xml", "apple_health_export/Export.xml", "apple_health_export/导出.xml", "export.xml"],
)
def test_the_archive_of_the_phone_is_read_as_it_is_whatever_its_language(name: str) -> None:
    xml = export(walked("2026-03-02 08:00", "700"), asleep("2026-03-01 23:00", "2026-03-02 06:00"))
    found = from_zip(zipped(xml, name, more=60))
    assert found.only == read(xml).only
    assert found.parsed.format == "apple-health"


def test_the_document_type_of_ios_16_is_malformed_and_its_control_characters_are_forbidden_and_both_are_read() -> None:
    malformed = (
        "<!DOCTYPE HealthData [\n<!ATTLIST VisionPrescription\n  brand CDATA #IMPLIED\n<!ELEMENT Eye EMPTY>\n]>\n"
    )
    xml = export(walked("2026-03-02 08:00", "700", source="Scale\x0b App"), doctype=malformed)
    assert read(xml).only.measures[0].score == 700


@pytest.mark.parametrize("share", [0.35, 0.6, 0.9, 0.999])
def test_a_cut_off_export_is_refused_whole(share: float) -> None:
    xml = export(*(walked(f"2026-03-0{day} 08:00", "100") for day in range(1, 9)))
    with pytest.raises(UnreadableFile, match="cut off or damaged"):
        read(xml[: int(len(xml) * share)])


def test_a_cut_off_archive_is_refused() -> None:
    content = zipped(export(walked("2026-03-02 08:00", "700")))
    with pytest.raises(UnreadableFile, match="damaged"):
        read(content[:-40])
    broken = bytearray(content)
    place = content.index(b"apple_health_export/export.xml") + 60
    broken[place : place + 40] = bytes(40)
    with pytest.raises(UnreadableFile, match=r"damaged|XML"):
        read(bytes(broken))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (export(doctype=f"<!DOCTYPE HealthData [<!ENTITY l0 'lol'>{LAUGHS}]>\n"), "declares entities"),
        (export(doctype="<!DOCTYPE HealthData [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n"), "declares entities"),
        (export(walked("2026-03-02 08:00", "&l9;")), "damaged near line"),
        (export("<!DOCTYPE x [<!ENTITY a 'b'>]>"), "damaged near line"),
        ("<?xml version='1.0'?><ClinicalDocument xmlns='urn:hl7-org:v3'/>", "XML or HTML"),
        ("<html><body>Apple Health</body></html>", "XML or HTML"),
        (export("<a>" * 40 + "</a>" * 40), "no phone writes"),
        (export(*(f"<r{n}/>" for n in range(2_000))), "no phone writes"),
    ],
)
def test_hostile_and_foreign_xml_is_refused_in_words(xml: str, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as refused:
        read(xml)
    assert "Nothing of this file was written" in refused.value.what_is_safe


@pytest.mark.parametrize(
    "filling",
    ["<!--" + "x" * 30 * MEBIBYTE + "-->", '<Record type="' + "x" * 30 * MEBIBYTE + '"/>', "<a>" * (10 * MEBIBYTE)],
)
def test_what_grows_without_end_is_refused_before_it_fills_the_memory(filling: str) -> None:
    xml = export(filling).encode()
    tracemalloc.start()
    with pytest.raises(UnreadableFile, match=r"no phone writes|cut off"):
        read(xml)
    assert tracemalloc.get_traced_memory()[1] < 20 * MEBIBYTE
    tracemalloc.stop()


def test_a_bomb_in_the_archive_ends_at_the_limit() -> None:
    bomb = zipped(export(*[beat("2026-03-02 08:00")] * 100_000))
    with pytest.raises(UnreadableFile, match="more than 4 MiB"):
        read(bomb, Limits(streamed_bytes=4 * MEBIBYTE))


def test_too_many_broken_records_are_no_list_of_reasons_without_end() -> None:
    with pytest.raises(UnreadableFile, match="more than 10,000 records that cannot be read"):
        read(export(*[walked("2026-03-02 08:00", "x")] * 10_002))


def test_from_a_path_the_file_is_streamed_above_the_limit_of_other_files_and_tells_how_far_it_is(
    tmp_path: Path,
) -> None:
    path = tmp_path / "export.xml"
    path.write_text(export(*[beat("2026-03-02 08:00")] * 20_000, walked("2026-03-02 08:00", "700")), "utf-8")
    small = Limits(file_bytes=MEBIBYTE)
    source = reading.read(path, small)
    told: list[tuple[int, int]] = []
    parsed = recognise.parse(source, AS_OF, small, tell=lambda done, size: told.append((done, size)))
    assert isinstance(source, StreamedFile)
    assert source.sha256 == reading.SourceFile("x", path.read_bytes()).sha256
    assert next(iter(parsed.bundles)).measures[0].score == 700
    assert len(told) > 5
    assert told == sorted(told)
    assert told[-1][0] <= told[-1][1] == path.stat().st_size


def test_other_xml_and_archives_from_a_path_keep_the_limit_of_every_file(tmp_path: Path) -> None:
    path = tmp_path / "big.xml"
    path.write_bytes(b"<Bundle>" + b" " * 2 * MEBIBYTE)
    small = Limits(file_bytes=MEBIBYTE)
    with pytest.raises(UnreadableFile, match="more than 1 MiB"):
        recognise.parse(reading.read(path, small), AS_OF, small)


def test_the_list_of_members_of_an_archive_is_bounded_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_LARGEST_INDEX", 500)
    with pytest.raises(UnreadableFile, match="lists more files than any export holds"):
        read(zipped(export(), more=40))
