"""The tables of the medication checks: sources, marks, codes of the right shape, and nothing that points nowhere."""

import re

import pytest

from clinical.medication import recognise
from clinical.medication.drugs import CLASS_LABELS, SUBSTANCES
from clinical.medication.limits import LIMITS
from clinical.medication.mme import FACTORS
from clinical.medication.person import GROUPS
from clinical.reviewed import MARKS, rows

TABLES = (
    "drugs", "drug_products", "drug_classes", "mme_factors", "mme_thresholds", "medication_limits", "combinations",
    "duplicate_exceptions", "guideline_statements", "condition_groups", "analgesic_days", "rxnorm_names",
    "long_acting_names",
    "product_strengths", "allergy_classes", "salt_strengths",
)  # fmt: skip
ATC = re.compile(r"[A-Z]\d\d[A-Z]{2}\d\d")


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_source_and_a_mark_and_waits_for_its_review(table: str) -> None:
    for row in rows(table):
        assert len(row["source"]) >= 12, row
        assert row["evidence"] in MARKS
        assert row["reviewed_by"] == ""


def test_codes_have_the_shape_of_codes_and_none_is_given_twice() -> None:
    codes = [code for each in SUBSTANCES for code in (each.atc, *each.other_atc) if code]
    assert all(ATC.fullmatch(code) for code in codes)
    assert len(codes) == len(set(codes))
    assert all(ATC.fullmatch(row["atc"]) for row in rows("drug_products"))


def test_every_dose_of_the_list_has_its_own_mark() -> None:
    for each in SUBSTANCES:
        assert bool(each.typical or each.ceiling) == bool(each.dose_evidence), each.name
        assert each.ceiling is None or each.ceiling_of in ("ceiling", "typical", "ddd")


def test_tables_point_at_what_there_is() -> None:
    names = {each.name for each in SUBSTANCES}
    assert set(FACTORS) <= names
    assert all(set(row["substances"].split("|")) <= names for row in rows("drug_products"))
    for row in rows("combinations"):
        assert all(each in CLASS_LABELS for group in row["classes"].split("|") for each in group.split("+"))
        assert row["without"] in ("", *CLASS_LABELS)
        people = [each for each in row["person"].split("|") if each and not each.startswith("age")]
        assert set(people) <= set(GROUPS)
        covered = [each for each in row["covered_by"].split("|") if each]
        assert set(covered) <= {other["check"] for other in rows("combinations")}
    for row in rows("guideline_statements"):
        assert all(each in CLASS_LABELS for each in row["classes"].split("|") if each)


@pytest.mark.parametrize(
    ("name", "value", "mark"),
    [
        ("paracetamol_max_mg", 4000, "V2"), ("paracetamol_risk_mg", 3000, "P"), ("paracetamol_mg_per_kg", 60, "P"),
        ("ibuprofen_mg", 2400, "K"), ("etoricoxib_osteoarthritis_mg", 60, "K"), ("aspirin_nsaid_mg", 300, "K"),
        ("stop_daily_days", 14, "P"), ("dose_reject_times", 100, "P"),
    ],
)  # fmt: skip
def test_numbers_of_the_reference_with_their_marks(name: str, value: float, mark: str) -> None:
    assert (LIMITS[name].value, LIMITS[name].evidence) == (value, mark)
    assert LIMITS[name].cited.endswith(f"[{mark}]")


@pytest.mark.parametrize(
    ("drug", "atc", "ddd"),
    [
        ("paracetamol", "N02BE01", "3 g"), ("pregabalin", "N02BF02", "0.3 g"), ("duloxetine", "N06AX21", "60 mg"),
        ("codeine", "R05DA04", "0.1 g"), ("hydrocodone", "R05DA03", "15 mg"), ("oxymorphone", "N02AA11", ""),
        ("naltrexone", "N07BB04", "50 mg"),
        ("sumatriptan", "N02CC01", "50 mg"), ("cannabinoids", "N02BG10", ""), ("tizanidine", "M03BX02", "12 mg"),
    ],
)  # fmt: skip
def test_drugs_of_the_reference_with_their_code_and_ddd(drug: str, atc: str, ddd: str) -> None:
    assert (atc, ddd) in {(each.atc, each.ddd) for each in SUBSTANCES if each.name == drug}


def test_a_mark_is_no_higher_than_its_wording_or_its_weakest_part() -> None:
    assert {row["check"]: row["evidence"] for row in rows("mme_thresholds")} == dict.fromkeys(
        ("mme_50", "mme_90", "mme_120"), "K"
    )
    assert {row["group"]: row["evidence"] for row in rows("analgesic_days")} == {"simple": "V", "strong": "V2"}


def test_every_long_acting_name_means_the_substance_it_is_listed_with() -> None:
    for row in rows("long_acting_names"):
        found = recognise(f"{row['name']} 30 mg")
        assert found is not None
        assert ([part.substance for part in found.parts], found.long_acting) == ([row["substance"]], True)
