"""CHOIR body maps: one patient and one undated map a row, in the standard numbering."""

import csv
import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.body_map import REGIONS, Side, region, wpi_areas
from clinical.choir import SEGMENTS, Numbering, regions_of, segments_of
from data_access.choir_export import Row, of_entry, table
from data_access.records import EntryRecord, MarkRecord
from tests.data_access.importers.reading_files import DATA, read

OTHER_AREA = {"f_jaw_r", "f_jaw_l", "b_sacroiliac_r", "b_sacroiliac_l"}
"""Regions that share a segment named for another one, of another area of the widespread pain index."""
HEADER = "id,gender,race,age,bodymap_regions_csv,score\n"


def the_map(gender: str, codes: str) -> EntryRecord:
    (entry,) = read(f'{HEADER}1,{gender},Other,40,"{codes}",58\n').only.entries
    return entry


def regions(gender: str, codes: str) -> set[str]:
    return {mark.region_id for mark in the_map(gender, codes).marks or ()}


@pytest.mark.parametrize(
    ("female", "male"), [("112", "116"), ("113", "117"), ("114", "112"), ("115", "113"), ("116", "114"), ("117", "115")]
)
def test_the_female_map_is_renumbered_to_the_standard_one(female: str, male: str) -> None:
    assert regions("Female", female) == regions("Male", male) != set()


def test_every_other_segment_is_the_same_on_both_maps() -> None:
    same = [*range(101, 112), *range(118, 137), *range(201, 239)]
    assert all(regions("Female", str(code)) == regions("Male", str(code)) != set() for code in same)


def test_all_74_segments_together_are_all_our_regions_but_those_of_a_segment_named_for_another_area() -> None:
    codes = ",".join(map(str, [*range(101, 137), *range(201, 239)]))
    assert regions("Male", codes) == {region.region_id for region in REGIONS} - OTHER_AREA


@pytest.mark.parametrize(("code", "area"), [("223", {"hip_left"}), ("224", {"hip_right"}), ("103", set())])
def test_one_segment_never_scores_for_two_areas_of_the_index(code: str, area: set[str]) -> None:
    assert wpi_areas(regions("Female", code)) == area
    assert the_map("Female", code).detail_unknown


def test_a_map_has_no_date_and_no_intensity_and_says_so() -> None:
    entry = the_map("Male", "129")
    assert (entry.day, entry.pain, entry.at_time) == (None, None, "")
    assert [(mark.region_id, mark.intensity) for mark in entry.marks or ()] == [("f_knee_r", None)]
    assert not entry.detail_unknown
    assert "40" in entry.note


def test_a_segment_of_several_regions_marks_them_all_and_says_that_its_detail_is_unknown() -> None:
    entry = the_map("Male", "208")
    marked = {mark.region_id for mark in entry.marks or ()}
    assert marked == {"b_trapezius_l", "b_interscapular_l", "b_scapula_l", "b_thoracic_spine_m"}
    assert entry.detail_unknown


@pytest.mark.parametrize("cell", ["", " ", ","])
def test_a_row_without_a_segment_is_not_known_to_be_without_pain(cell: str) -> None:
    found = read(f'{HEADER}1,Male,Other,40,"{cell}",58\n')
    assert found.bundles == []
    assert found.reasons == ["no segment is named: whether nothing hurt or nothing was filled in is not known"]


def test_the_score_is_counted_and_given_no_meaning() -> None:
    found = read(f'{HEADER}1,Male,Other,40,"129",58\n')
    assert found.only.measures == ()
    assert found.account.unused.total() == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('1,Male,Other,40,"139",58', "unknown region"),
        ('1,Male,Other,40,"12 9",58', "unknown region"),
        ('1,Unknown,Other,40,"129",58', "the gender tells neither the male nor the female numbering of the map"),
        (',Male,Other,40,"129",58', "the id is empty or holds other characters than letters and digits"),
        ("1,Male,Other,40", "the row has 4 cells, the header 6"),
    ],
)
def test_a_row_that_cannot_be_is_rejected_with_its_line(row: str, reason: str) -> None:
    found = read(f'{HEADER}{row}\n2,Female,Other,41,"101",60\n')
    assert [(r.where, r.why) for r in found.account.rejected] == [("line 2", reason)]
    assert found.only.patient.record_number == "CHOIR-2"


def test_all_600_maps_of_the_sample_are_read() -> None:
    found = read((DATA / "choir" / "choir_body_maps_sample.csv").read_bytes())
    assert len(found.bundles) == 600
    assert found.account.rejected == []
    assert found.account.unused.total() == 600
    assert sum(bundle.patient.sex == "female" for bundle in found.bundles) == 542
    assert all(bundle.patient.family_name == "CHOIR sample" for bundle in found.bundles)
    assert all(bundle.patient.birth_date is None for bundle in found.bundles)


def published() -> bytes:
    """Every row of the published set (CHOIRBM `validation`), of which the sample is a part."""
    return gzip.decompress((DATA / "choir" / "choir_body_maps.csv.gz").read_bytes())


def test_the_published_set_has_7068_maps_and_every_code_of_both_numberings() -> None:
    """7,068 counts rows, one map each: the numberings themselves have 74 codes each, and all of them occur."""
    rows = list(csv.DictReader(io.StringIO(published().decode())))
    assert len(rows) == 7_068
    for gender, count in (("Female", 6_327), ("Male", 741)):
        maps = [row["bodymap_regions_csv"].split(",") for row in rows if row["gender"] == gender]
        assert len(maps) == count
        assert {int(code) for one in maps for code in one} == set(SEGMENTS)


def test_all_7068_maps_are_read_without_an_unknown_segment() -> None:
    found = read(published())
    assert len(found.bundles) == 7_068
    assert found.account.rejected == []


def test_all_7068_maps_keep_their_sides_and_go_out_as_the_segments_they_came_in_with() -> None:
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(published().decode()))}
    for bundle in read(published()).bundles:
        row = rows[bundle.patient.record_number.removeprefix("CHOIR-")]
        numbering: Numbering = "female" if row["gender"] == "Female" else "male"
        came = {int(code) for code in row["bodymap_regions_csv"].split(",")}
        out = of_entry(bundle.entries[0], numbering)
        assert out is not None
        assert came <= set(out.codes)
        # Only the other half of a region that is two segments of one side (wrist and hand, ankle and foot) is added.
        assert _sides(set(out.codes), numbering) == _sides(came, numbering)


def _sides(codes: set[int], numbering: Numbering) -> set[Side]:
    return {region(name).side for code in codes for name in regions_of(code, numbering)} - {"midline"}


def test_the_sample_is_a_part_of_the_published_set() -> None:
    sample = (DATA / "choir" / "choir_body_maps_sample.csv").read_text("utf-8")
    rows = set(map(tuple, csv.reader(io.StringIO(sample))))
    assert len(rows) == 601
    assert rows <= set(map(tuple, csv.reader(io.StringIO(published().decode()))))


maps = st.sets(st.sampled_from([one.region_id for one in REGIONS]), min_size=1, max_size=12)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(maps, st.sampled_from(["male", "female"])), max_size=4))
def test_a_table_of_segments_comes_back_with_every_mark_and_the_numbering(
    made: list[tuple[set[str], Numbering]],
) -> None:
    rows = [Row(f"m{place}", segments_of(painful, numbering)) for place, (painful, numbering) in enumerate(made)]
    found = read(table(rows))
    assert found.reasons == []
    assert len(found.bundles) == len(made)
    for bundle, (painful, numbering), row in zip(found.bundles, made, rows, strict=True):
        assert bundle.patient.sex == numbering
        back = {mark.region_id for mark in bundle.entries[0].marks or ()}
        assert painful - OTHER_AREA <= back
        assert segments_of(back, numbering).codes == row.segments.codes


def test_an_entry_without_a_map_has_no_segments_and_a_mark_of_zero_is_no_pain() -> None:
    assert of_entry(EntryRecord(None, pain=3), "male") is None
    marks = (MarkRecord("f_knee_r", 0), MarkRecord("f_knee_l", None), MarkRecord("b_calf_r", 1))
    out = of_entry(EntryRecord(None, marks=marks), "male")
    assert out is not None
    assert out.codes == (130, 234)


def test_an_identifier_cannot_become_a_formula_of_a_spreadsheet() -> None:
    assert "\n'=1+1,Male" in table([Row("=1+1", segments_of([]))])
