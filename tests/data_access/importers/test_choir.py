"""CHOIR body maps: one patient and one undated map a row, in the standard numbering."""

import pytest

from clinical.body_map import REGIONS
from data_access.records import EntryRecord
from tests.data_access.importers.reading_files import DATA, read

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


def test_all_74_segments_together_are_all_our_regions() -> None:
    codes = ",".join(map(str, [*range(101, 137), *range(201, 239)]))
    assert regions("Male", codes) == {region.region_id for region in REGIONS}


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


def test_no_segment_is_a_map_without_pain() -> None:
    assert the_map("Male", "").marks == ()


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
