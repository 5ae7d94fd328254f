"""Every code we know is well formed: LOINC's and SNOMED CT's own check digits. (That says nothing of its meaning.)"""

import ast
import re
from importlib.resources import files
from pathlib import Path

import pytest

from clinical import reviewed
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

ROOT = Path(__file__).parents[3]
LOINC_LIKE = re.compile(r"(?<![\w.-])(\d{3,6}-\d)(?![\w-])")
SNOMED_LIKE = re.compile(r"\d{6,18}")


def written_in_code() -> list[str]:
    """Every text constant of importers, exporters and reports, where code tables stand."""
    places = [*(ROOT / "data_access").rglob("*.py"), *(ROOT / "dashboard" / "reports").rglob("*.py")]
    nodes = (node for path in places for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def defined() -> list[tuple[str, str]]:
    """Every cell of the clinical definitions, with the name of its column."""
    tables = [file.name.removesuffix(".csv") for file in files("clinical.definitions").iterdir()]
    rows = (row for table in sorted(tables) if not table.startswith("_") for row in reviewed.rows(table))
    return [cell for row in rows for cell in row.items()]


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


def test_every_loinc_code_in_the_importers_exporters_and_reports_passes_its_check_digit() -> None:
    found = {code for text in written_in_code() for code in LOINC_LIKE.findall(text)}
    assert set(LOINC_CODES) <= found
    assert [code for code in sorted(found) if not mod_10(code)] == []


def test_every_snomed_code_in_the_importers_exporters_and_reports_passes_its_check_digit() -> None:
    found = {text for text in written_in_code() if SNOMED_LIKE.fullmatch(text)}
    assert set(SNOMED_CODES) <= found
    assert [code for code in sorted(found) if not verhoeff(code)] == []


def test_every_snomed_code_of_the_clinical_definitions_passes_its_check_digit() -> None:
    found = {code for column, text in defined() if "snomed" in column for code in SNOMED_LIKE.findall(text)}
    assert {region.snomed_base for region in REGIONS} <= found
    assert [code for code in sorted(found) if not verhoeff(code)] == []


def test_every_loinc_code_of_the_clinical_definitions_passes_its_check_digit() -> None:
    found = {code for column, text in defined() if "loinc" in column for code in LOINC_LIKE.findall(text)}
    assert [code for code in sorted(found) if not mod_10(code)] == []


def test_the_checks_notice_a_changed_digit() -> None:
    assert not mod_10("72514-4")
    assert not verhoeff("72696003")
    assert not mod_10("89794-0"), "in public code for the ISI, and wrong (reference 2.5)"
    assert not mod_10("97546-9"), "likewise"


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
        assert known.score == instrument.range
        if instrument.items:
            assert known.item == instrument.item_range
