"""Medicines are recognised by UK, US and brand names and by code; what is not certain stays unknown."""

import pytest

from clinical.medication import recognise
from clinical.medication.amounts import scale
from clinical.medication.drugs import PRODUCTS, SUBSTANCES, substance
from clinical.medication.recognising import form_of
from clinical.reviewed import rows
from data_access.demo.medicines import AS_NEEDED, REGULAR


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet", {"paracetamol": 325, "oxycodone": 5}),
        ("tramadol hydrochloride 50 MG", {"tramadol": 50}),
        ("12 HR Oxycodone Hydrochloride 60 MG Extended Release Oral Tablet", {"oxycodone": 60}),
        ("Oxycodone Hydrochloride 10 MG Oral Capsule", {"oxycodone": 10}),
        ("Temazepam 20 MG Oral Tablet", {"temazepam": 20}),
        ("Chlordiazepoxide Hydrochloride 25 MG Oral Tablet", {"chlordiazepoxide": 25}),
        ("Ibuprofen 600 MG Oral Tablet", {"ibuprofen": 600}),
        ("codeine 30 mg + paracetamol 500 mg", {"codeine": 30, "paracetamol": 500}),
        ("co-codamol 30/500 tablets", {"codeine": 30, "paracetamol": 500}),
        ("Co-Codamol 8/500", {"codeine": 8, "paracetamol": 500}),
        ("paracetamol/codeine 500/30", {"paracetamol": 500, "codeine": 30}),
        ("Percocet 5/325", {"oxycodone": 5, "paracetamol": 325}),
        ("Percocet", {"oxycodone": None, "paracetamol": None}),
        ("Tylenol #3", {"codeine": None, "paracetamol": None}),
        ("tramadol 37.5 mg/paracetamol 325 mg", {"tramadol": 37.5, "paracetamol": 325}),
        ("500 mg paracetamol", {"paracetamol": 500}),
        ("low dose naltrexone 4,5 mg", {"naltrexone": 4.5}),
        ("Morphine sulfate 10 MG/5 ML oral solution", {"morphine": 2}),
        ("dihydrocodeine", {"dihydrocodeine": None}),
        ("codeine 8mg + paracetamol 500mg + caffeine 30mg", {"codeine": 8, "paracetamol": 500}),
        ("Tylenol with codeine 300/30", {"codeine": 30, "paracetamol": 300}),
        ("co-codamol 500mg/30mg", {"codeine": 30, "paracetamol": 500}),
        ("Percocet 325/5", {"oxycodone": 5, "paracetamol": 325}),
        ("Combogesic 500mg/150mg", {"ibuprofen": 150, "paracetamol": 500}),
        ("Nurofen Plus 200mg/12.8mg", {"codeine": 12.8, "ibuprofen": 200}),
        ("Co-codamol (paracetamol/codeine) 500/30", {"paracetamol": 500, "codeine": 30}),
    ],
)
def test_a_name_says_the_substances_and_their_strengths(name: str, parts: dict[str, float | None]) -> None:
    drug = recognise(name)
    assert drug is not None
    assert {part.substance: part.strength for part in drug.parts} == parts


@pytest.mark.parametrize(
    "name", ["POLYETHYLENE GLYCOL 3350 17000 MG Powder for Oral Solution", "apomorphine", "", "codein"]
)
def test_what_is_not_known_is_not_guessed(name: str) -> None:
    assert recognise(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "Percocet 7/400", "co-codamol 8mg/500mg/5ml", "paracetamol/codeine 30/500", "Excedrin 250/250",
        "paracetamol with codeine 500 mg + 30 mg", "500 mg paracetamol / 30 mg codeine", "tramadol 37.5/325 mg",
        "tramadol 37.5-325 mg", "Oxycodone-acetaminophen 5-325 mg", "Acetaminophen 1,000 mg tablet",
        "paracetamol 1.000 mg", "paracetamol 1 000 mg", "co-codamol 1,000/30",
    ],
)  # fmt: skip
def test_numbers_that_can_be_read_in_two_ways_are_no_strength(name: str) -> None:
    drug = recognise(name)
    assert drug is not None
    assert [part.strength for part in drug.parts] == [None] * len(drug.parts)


def test_strengths_that_are_sold_tell_the_two_numbers_of_a_pair_apart() -> None:
    for row in rows("product_strengths"):
        names = row["substances"].split("|")
        assert all(substance(name) for name in names)
        sold = [tuple(map(float, each.split("|"))) for each in row["amounts"].split()]
        assert not set(sold) & {each[::-1] for each in sold}


@pytest.mark.parametrize("product", [*REGULAR, *AS_NEEDED], ids=lambda product: product.medicine)
def test_every_medicine_of_the_invented_clinic_is_recognised_with_and_without_its_code(product: object) -> None:
    name, atc = product.medicine, product.atc  # type: ignore[attr-defined]
    coded, named = recognise(name, atc), recognise(name)
    assert coded is not None
    assert named is not None
    assert (coded.parts, coded.atc) == (named.parts, named.atc)


def test_a_code_alone_is_enough_and_a_code_that_says_more_adds_it_without_a_strength() -> None:
    by_code = recognise("Zapp", "N02AJ06")
    assert by_code is not None
    assert [(part.substance, part.strength) for part in by_code.parts] == [("codeine", None), ("paracetamol", None)]
    more = recognise("tramadol 50 mg", "N02AJ13")
    assert more is not None
    assert [(part.substance, part.strength) for part in more.parts] == [("tramadol", 50), ("paracetamol", None)]
    other = recognise("bisoprolol", "C07AB07")
    assert other is not None
    assert other.atc == "C07AB07"


def test_a_gel_is_not_a_tablet_whoever_says_so() -> None:
    for found in (
        recognise("diclofenac gel"),
        recognise("Diclofenac Sodium 1 % Gel"),
        recognise("diclofenac", "M02AA15"),
        recognise("diclofenac", route="topical"),
    ):
        assert found is not None
        assert found.parts[0].atc == "M02AA15"
        assert not found.of("nsaid")
        assert found.of("topical_nsaid")


def test_a_combination_with_something_unknown_in_it_is_called_mixed() -> None:
    mixed = recognise("Acetaminophen 325 MG / Butalbital 50 MG / Caffeine 40 MG Oral Tablet")
    assert mixed is not None
    assert mixed.mixed
    plain = recognise("Acetaminophen 500 MG Oral Tablet")
    assert plain is not None
    assert not plain.mixed


def test_an_rxnorm_code_of_the_sample_bundles_helps_where_the_name_does_not() -> None:
    found = recognise("my white pill", rxnorm="1049593")
    assert found is not None
    assert (found.parts[0].substance, found.parts[0].strength, found.long_acting) == ("oxycodone", 60, True)


def test_every_row_of_the_list_is_recognised_by_its_own_name_and_code() -> None:
    for each in SUBSTANCES:
        by_name = recognise(each.name)
        assert by_name is not None
        assert by_name.parts[0].substance == each.name
        for code in filter(None, (each.atc, *each.other_atc)):
            by_code = recognise("", code)
            assert by_code is not None
            assert by_code.parts[0].substance == each.name
    for product in {each.atc: each for each in PRODUCTS}.values():  # of a brand and its code the code stands last
        found = recognise("", product.atc)
        assert found is not None
        assert tuple(part.substance for part in found.parts) == product.substances
        assert all(substance(name) for name in product.substances)


@pytest.mark.parametrize(
    ("code", "known"),
    [("N02BA51", "aspirin"), ("M01AE51", "ibuprofen"), ("N02AC54", "dextropropoxyphene"), ("N07BC51", "buprenorphine")],
)
def test_a_code_of_a_combination_does_not_say_what_else_is_in_it(code: str, known: str) -> None:
    found = recognise("tablets from abroad", code)
    assert found is not None
    assert ([part.substance for part in found.parts], found.mixed) == ([known], True)
    assert scale(found, found.parts[0], "mg").per_unit is None
    assert scale(found, found.parts[0], "{tablet}").per_unit is None


def test_the_codes_gabapentinoids_had_before_2022_are_known() -> None:
    old = [recognise("capsules", code) for code in ("N03AX16", "N03AX12")]
    assert [(drug.name, drug.of("gabapentinoid")) for drug in old if drug] == [
        ("pregabalin", True),
        ("gabapentin", True),
    ]


def test_routes_are_read_from_words() -> None:
    words = ("oral", "Transdermal", "subcutaneous", "buccal", "topical", "by mouth", "somehow")
    assert [form_of(word) for word in words] == ["oral", "patch", "injection", "transmucosal", "topical", "oral", ""]
