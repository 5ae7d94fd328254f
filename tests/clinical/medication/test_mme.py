"""MME a day: every worked example, every factor, and everything that cannot be computed is named."""

import pytest

from clinical.medication import CannotCompute, DailyDose, daily_mme
from clinical.medication.mme import FACTORS, HOW_MANY
from clinical.reviewed import rows


def oral(medicine: str, dose: float, times: float = 1) -> DailyDose:
    return DailyDose(medicine, dose, "mg", times, "oral")


@pytest.mark.parametrize(
    ("doses", "mme"),
    [
        ([oral("hydrocodone", 5, 4)], 20),
        ([oral("oxycodone ER", 10, 2)], 30),
        ([DailyDose("fentanyl", 25, "ug/h", None, "transdermal")], 60),
        ([oral("tramadol", 400)], 80),
        ([oral("codeine", 240)], 36),
        ([oral("methadone", 20)], 94),
        ([oral("hydromorphone", 8)], 40),
        ([oral("tapentadol", 200)], 80),
        ([oral("tramadol", 200), oral("codeine", 120)], 58),
        ([oral("morphine", 30), oral("oxymorphone", 10)], 60),
    ],
)
def test_the_worked_examples_of_the_reference(doses: list[DailyDose], mme: float) -> None:
    found = daily_mme(doses)
    assert found.value == pytest.approx(mme)
    assert found.cannot_compute == ()
    assert sum(part.amount * part.factor for part in found.parts) == pytest.approx(mme)


def test_all_ten_rows_of_the_table_of_2022_and_not_the_older_factors() -> None:
    assert {name: factor.factor for name, factor in FACTORS.items()} == {
        "codeine": 0.15, "fentanyl": 2.4, "hydrocodone": 1.0, "hydromorphone": 5.0, "methadone": 4.7, "morphine": 1.0,
        "oxycodone": 1.5, "oxymorphone": 3.0, "tapentadol": 0.4, "tramadol": 0.2,
    }  # fmt: skip
    assert all("2022;71(3)" in row["source"] and row["evidence"] == "V2" for row in rows("mme_factors"))


def test_each_factor_is_shown_with_its_amount() -> None:
    (part,) = daily_mme([DailyDose("codeine 30 mg + paracetamol 500 mg", 2, "{tablet}", 4, "oral")]).parts
    assert (part.opioid, part.amount, part.unit, part.factor, part.mme) == ("codeine", 240, "mg", 0.15, 36)


@pytest.mark.parametrize(
    ("dose", "why"),
    [
        (DailyDose("buprenorphine", 20, "ug/h", 1, "transdermal"), "no factor"),
        (DailyDose("Temgesic", 0.2, "mg", 3), "no factor"),
        (oral("dihydrocodeine", 30, 4), "no factor"),
        (oral("pethidine", 50, 4), "no factor"),
        (oral("levorphanol", 2, 2), "no factor"),
        (DailyDose("Actiq", 0.2, "mg", 4), "patches only"),
        (DailyDose("fentanyl nasal spray", 100, "ug", 2), "patches only"),
        (DailyDose("morphine", 10, "mg", 2, "intravenous"), "by mouth only"),
        (DailyDose("Morphine sulfate 10 MG/ML Injection", 1, "mL", 2), "by mouth only"),
        (DailyDose("tramadol", 50, "mg", None, "oral"), "how often"),
        (DailyDose("tramadol", None, "mg", 2, "oral"), "dose is not given"),
        (DailyDose("tramadol", 50, "", 2, "oral"), "unit is not given"),
        (DailyDose("tramadol", 1, "{tablet}", 2, "oral"), "strength"),
        (DailyDose("tramadol", float("nan"), "mg", 2, "oral"), "dose is not given"),
        (DailyDose("co-codamol", 1, "tablet", 2, "oral"), "strength"),
        (DailyDose("co-codamol 30/500", 530, "mg", 2, "oral"), "combination"),
        (DailyDose("fentanyl patch", 1, "{patch}", 1), "rate of the patch"),
        (DailyDose("fentanyl 25 mcg/h patch", 2, "{patch}", 1), "how many patches"),
        (DailyDose("wonder pills", 1, "mg", 1, "oral"), "not recognised"),
    ],
)
def test_what_cannot_be_computed_is_named_and_never_counted_as_nothing(dose: DailyDose, why: str) -> None:
    found = daily_mme([dose, oral("hydrocodone", 10)])
    assert found.value is None
    assert found.at_least == 10 + (60 if "patches" in why and dose.unit == "{patch}" else 0)
    assert [each.medicine for each in found.cannot_compute] == [dose.medicine]
    assert why in found.cannot_compute[0].why
    assert found.names == (dose.medicine,)


def test_a_missing_route_is_said_and_takes_nothing_away() -> None:
    found = daily_mme([DailyDose("oxycodone", 20, "mg", 2)])
    assert (found.value, found.at_least) == (None, 60)
    assert found.cannot_compute == (CannotCompute("oxycodone", "the route is not given"),)


@pytest.mark.parametrize("unit", ["ug/h", "mcg/hr", "µg/h", "micrograms/hour", "UG/H"])
def test_a_patch_is_never_multiplied_by_how_often_it_is_changed_or_logged(unit: str) -> None:
    patch = DailyDose("fentanyl", 25, unit, 1 / 3, "transdermal")
    assert daily_mme([patch]).value == 60
    twice = daily_mme([patch, patch])
    assert (twice.value, twice.at_least, twice.up_to) == (None, 60, 120)
    assert daily_mme([DailyDose("72 HR Fentanyl 0.025 MG/HR Transdermal System", 1, "patch", 1 / 3)]).value == 60


def test_two_patches_say_the_same_however_they_are_written() -> None:
    name = "fentanyl 25 mcg/h patch"
    for doses in (
        [DailyDose(name, 2, "{patch}", 1 / 3)],
        [DailyDose(name, 1, "patch"), DailyDose(name, 1, "patch")],
        [DailyDose("fentanyl", 25, "ug/h", 1, "transdermal"), DailyDose("Durogesic", 25, "ug/h")],
    ):
        found = daily_mme(doses)
        assert (found.value, found.at_least, found.up_to) == (None, 60, 120)
        assert all(each.why == HOW_MANY for each in found.cannot_compute)


@pytest.mark.parametrize(
    ("medicine", "unit", "route", "why"),
    [
        ("morphine 10 mg", "suppository", "", "suppository"),
        ("morphine", "mg", "SC", "SC"),
        ("morphine", "mg", "intrathecal", "intrathecal"),
        ("morphine", "mg", "Inhaled", "Inhaled"),
        ("morphine", "mg", "vaginal", "vaginal"),
        ("morphine", "mg", "by the moon", "by the moon"),
        ("morphine epidural", "mg", "", "injection"),
        ("Morphine injection 10 mg", "mg", "oral", "injection"),
        ("oxycodone 5 mg", "film", "", "film"),
        ("oxycodone 5 mg", "lozenge", "oral", "lozenge"),
        ("fentanyl 25 mcg/h patch", "patch", "oral", "oral"),
    ],
)
def test_a_route_that_is_not_by_mouth_or_contradicts_the_name_is_named(
    medicine: str, unit: str, route: str, why: str
) -> None:
    found = daily_mme([DailyDose(medicine, 10, unit, 4, route)])
    assert (found.value, found.at_least) == (None, 0)
    assert why in found.cannot_compute[0].why


def test_less_than_one_tablet_is_to_be_checked() -> None:
    found = daily_mme([oral("codeine 30 mg tablet", 2, 4), oral("tramadol 50 mg", 50, 4)])
    assert (found.value, found.at_least) == (None, 40)
    assert "check this dose" in found.cannot_compute[0].why
    assert daily_mme([oral("codeine 30 mg tablet", 30, 4)]).value == 18


def test_two_patches_of_different_strength_are_two() -> None:
    patches = [DailyDose("fentanyl", rate, "ug/h", None, "transdermal") for rate in (25, 12)]
    assert daily_mme(patches).value == pytest.approx(88.8)


def test_other_medicines_add_nothing_and_no_opioid_is_no_gap() -> None:
    assert daily_mme([oral("paracetamol", 1000, 4), oral("naloxone", 4)]).value == 0
    assert daily_mme([]).value == 0
