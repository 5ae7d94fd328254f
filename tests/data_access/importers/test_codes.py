"""Every code we know is well formed: LOINC's and SNOMED CT's own check digits. (That says nothing of its meaning.)"""

import pytest

from clinical.body_map import QUALITIES, REGION_INDEX, REGIONS
from clinical.score_ranges import score_range
from data_access.importers import fhir_body_sites, fhir_codes
from data_access.importers.fhir_codes import LOINC

LOINC_CODES = sorted(
    code
    for system, code in {*fhir_codes.DIARY, *fhir_codes.TOTALS, *fhir_codes.ITEMS, *fhir_codes.PANELS}
    if system == LOINC
)
SNOMED_CODES = sorted(
    {*fhir_body_sites.SITES, *fhir_body_sites.SIDED, *fhir_codes.QUALITY_WORDS, *fhir_body_sites.ABDOMINAL_TRAP}
)


def mod_10(code: str) -> bool:
    """LOINC's check: double every second digit from the right of the number, add all digits."""
    number, check = code.split("-")
    digits = [str(int(d) * 2) if place % 2 == 0 else d for place, d in enumerate(reversed(number))]
    return (10 - sum(map(int, "".join(digits))) % 10) % 10 == int(check)


def verhoeff(code: str) -> bool:
    """Verhoeff's check over the dihedral group of order ten."""
    permuted = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
    check = 0
    for place, digit in enumerate(reversed(code)):
        value = int(digit)
        for _ in range(place % 8):
            value = permuted[value]
        check = dihedral(check, value)
    return check == 0


def dihedral(a: int, b: int) -> int:
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b - 5) % 5
    return 5 + (a - 5 - b) % 5 if b < 5 else (a - b) % 5


@pytest.mark.parametrize("code", LOINC_CODES)
def test_loinc_codes_pass_their_check_digit(code: str) -> None:
    assert mod_10(code)


@pytest.mark.parametrize("code", SNOMED_CODES)
def test_snomed_codes_pass_their_check_digit(code: str) -> None:
    assert verhoeff(code)


def test_the_checks_notice_a_changed_digit() -> None:
    assert not mod_10("72514-4")
    assert not verhoeff("72696003")


def test_every_site_has_regions_and_every_sided_site_one_side() -> None:
    for code in fhir_body_sites.SITES:
        assert fhir_body_sites.site_of({"coding": [{"system": fhir_codes.SNOMED, "code": code}]}).regions
    for code, (_, side) in fhir_body_sites.SIDED.items():
        found = fhir_body_sites.site_of({"coding": [{"system": fhir_codes.SNOMED, "code": code}]}).regions
        assert {region[-1] for region in found} == {side}


def test_the_sided_sites_agree_with_the_vocabulary() -> None:
    for region in REGIONS:
        if region.snomed_base in fhir_body_sites.SIDED:
            found = fhir_body_sites.site_of({"coding": [{"system": fhir_codes.SNOMED, "code": region.snomed_base}]})
            assert region.region_id in found.regions


def test_every_quality_we_decode_is_one_of_ours() -> None:
    assert {quality for quality, _ in fhir_codes.QUALITY_WORDS.values()} <= set(QUALITIES)


def test_every_body_area_of_the_questionnaire_names_known_regions() -> None:
    for _, parts in fhir_body_sites.AREAS.values():
        assert all({f"{part}_l", f"{part}_r", f"{part}_m"} & set(REGION_INDEX) for part in parts)


def test_what_an_observation_may_score_is_what_a_table_may() -> None:
    for instrument in (*fhir_codes.TOTALS.values(), *(found for found, _ in fhir_codes.ITEMS.values())):
        known = score_range(instrument.name)
        assert known is not None, instrument.name
        assert (known.score.low, known.score.high) == (instrument.low, instrument.high)
        if instrument.items:
            assert known.item is not None
            assert (known.item.low, known.item.high) == instrument.item_range
