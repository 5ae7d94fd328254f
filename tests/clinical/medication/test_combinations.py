"""Every row of the table of combinations, NSAIDs together, duplicates by class, and what of the person matters."""

from datetime import date

import pytest

from clinical.medication import Condition, Person
from clinical.record import Medicine
from tests.clinical.medication.made_up import TODAY, ago, checks, log, prescribed, reviewed

OLD = Person(date(1950, 1, 1), "female")
ROWS: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("opioid_sedative", "high", "K", ("oxycodone", "diazepam")),
    ("opioid_sedative", "high", "K", ("codeine 30 mg + paracetamol 500 mg", "clonazepam")),
    ("opioid_sedative", "high", "K", ("12 HR Oxycodone Hydrochloride 60 MG Extended Release Oral Tablet", "temazepam")),
    ("opioid_sedative", "high", "K", ("methadone", "zopiclone")),
    ("opioid_gabapentinoid", "high", "V2", ("tramadol", "pregabalin")),
    ("opioid_gabapentinoid", "high", "V2", ("buprenorphine", "gabapentin")),
    ("serotonergic", "medium", "K", ("tapentadol", "sertraline")),
    ("serotonergic", "medium", "K", ("sumatriptan", "venlafaxine")),
    ("serotonergic", "medium", "K", ("amitriptyline", "mirtazapine")),
    ("serotonergic", "medium", "K", ("fentanyl", "trazodone")),
    ("tramadol_cyp2d6", "high", "K", ("tramadol", "duloxetine")),
    ("tramadol_cyp2d6", "high", "K", ("Ultracet", "paroxetine")),
    ("tramadol_cyp2d6", "high", "K", ("tramadol", "fluoxetine")),
    ("codeine_cyp2d6", "info", "K", ("co-codamol 30/500", "fluoxetine")),
    ("maoi", "high", "K", ("phenelzine", "tramadol")),
    ("maoi", "high", "K", ("moclobemide", "sertraline")),
    ("maoi", "high", "K", ("linezolid", "pethidine")),
    ("maoi", "high", "K", ("tranylcypromine", "amitriptyline")),
    ("qt", "medium", "K", ("methadone", "escitalopram")),
    ("qt", "medium", "K", ("escitalopram", "amitriptyline")),
    ("anticholinergic", "medium", "K", ("amitriptyline", "cyclobenzaprine")),
    ("anticholinergic", "medium", "K", ("cyclobenzaprine", "orphenadrine")),
    ("same_class", "medium", "P", ("sertraline", "citalopram")),
    ("same_class", "medium", "P", ("pregabalin", "gabapentin")),
    ("same_class", "medium", "P", ("amitriptyline", "nortriptyline")),
    ("same_class", "medium", "P", ("duloxetine", "venlafaxine")),
    ("same_class", "medium", "P", ("oxycodone extended release", "MS Contin")),
    ("same_class", "medium", "P", ("methadone", "fentanyl patch")),
    ("naltrexone_opioid", "high", "K", ("low dose naltrexone", "codeine")),
    ("cyp1a2", "high", "K", ("fluvoxamine", "tizanidine")),
    ("cyp1a2", "high", "K", ("ciprofloxacin", "duloxetine")),
    ("nsaid_anticoagulant", "high", "K", ("naproxen", "apixaban")),
    ("nsaid_anticoagulant", "high", "K", ("naproxen", "fondaparinux")),
    ("nsaid_ssri_snri", "medium", "K", ("ibuprofen", "duloxetine")),
    ("nsaid_ace_diuretic", "high", "K", ("ibuprofen", "ramipril", "furosemide")),
    ("nsaid_duplication", "high", "K", ("ibuprofen", "naproxen")),
    ("nsaid_duplication", "high", "K", ("celecoxib", "diclofenac")),
    ("nsaid_topical", "info", "K", ("ibuprofen", "diclofenac gel")),
]


@pytest.mark.parametrize(("check", "level", "mark", "names"), ROWS)
def test_every_combination_is_found_on_the_list_alone(
    check: str, level: str, mark: str, names: tuple[str, ...]
) -> None:
    prompt = checks(reviewed(*(prescribed(name, 1) for name in names)))[check]
    assert (prompt.level, prompt.evidence) == (level, mark)
    assert prompt.unconfirmed == ("unconfirmed: needs pharmacist review" if mark == "K" else "")
    assert {row.medicine for row in prompt.inputs} == set(names)
    assert {row.what for row in prompt.inputs} == {"prescribed"}
    assert prompt.statement.endswith("Review.")
    assert (prompt.first_day, prompt.latest_day, prompt.asks_for) == (ago(365), TODAY, ago(365))


@pytest.mark.parametrize(("check", "level", "mark", "names"), ROWS)
def test_every_combination_is_found_when_taken_on_one_day_even_with_no_dose_or_unit(
    check: str, level: str, mark: str, names: tuple[str, ...]
) -> None:
    prompt = checks(reviewed(doses=log(*((5, name, None, "", "") for name in names))))[check]
    assert prompt.level == level
    assert {row.what for row in prompt.inputs} == {"taken"}
    assert (prompt.first_day, prompt.latest_day, prompt.days_logged) == (ago(5), ago(5), 1)


@pytest.mark.parametrize("names", [row[3] for row in ROWS])
def test_one_of_them_alone_asks_for_nothing(names: tuple[str, ...]) -> None:
    for name in names:
        assert not {row[0] for row in ROWS} & set(checks(reviewed(prescribed(name, 1))))


def test_taken_on_different_days_or_long_ago_is_not_together() -> None:
    assert "opioid_sedative" not in checks(
        reviewed(doses=log((3, "oxycodone", 5, "mg", ""), (4, "diazepam", 5, "mg", "")))
    )
    long_ago = log((40, "oxycodone", 5, "mg", ""), (40, "diazepam", 5, "mg", ""))
    assert "opioid_sedative" not in checks(reviewed(doses=long_ago))


def test_one_on_the_list_and_one_taken_is_together_and_each_is_called_what_it_is() -> None:
    found = checks(reviewed(prescribed("diazepam", 5), doses=log((3, "oxycodone", 5, "mg", "08:00"))))[
        "opioid_sedative"
    ]
    assert [(row.medicine, row.what) for row in found.inputs] == [("oxycodone", "taken"), ("diazepam", "prescribed")]
    assert "taken on 1 of the last 28 days" in found.statement


def test_what_ended_or_is_over_on_an_unknown_day_is_not_on_the_list() -> None:
    over = Medicine("diazepam", ago(100), None, dose=5, unit="mg", reason_stopped="completed, on a day not recorded")
    ended = Medicine("diazepam", ago(100), ago(10), dose=5, unit="mg")
    for gone in (over, ended):
        assert "opioid_sedative" not in checks(reviewed(prescribed("oxycodone", 5), gone))


def test_a_graver_prompt_that_names_the_same_medicines_speaks_alone() -> None:
    both = checks(reviewed(prescribed("tramadol", 50), prescribed("duloxetine", 60)))
    assert "tramadol_cyp2d6" in both
    assert "serotonergic" not in both
    third = checks(reviewed(*(prescribed(name, 5) for name in ("tramadol", "duloxetine", "mirtazapine"))))
    assert third["serotonergic"].medicines == ("duloxetine", "mirtazapine", "tramadol")


def test_citalopram_is_qt_prolonging_above_20_mg_over_65_or_when_its_dose_is_not_known() -> None:
    for dose, person, expected in (
        (40.0, OLD, True), (20.0, OLD, False), (None, OLD, True), (40.0, Person(date(1990, 1, 1)), False),
    ):  # fmt: skip
        found = checks(reviewed(prescribed("citalopram", dose), prescribed("methadone", 5), person=person))
        assert ("qt" in found) == expected, (dose, person)


def test_gabapentinoids_ask_by_age_and_by_coded_disease_and_say_what_is_not_known() -> None:
    young = Person(date(1990, 1, 1))
    assert (
        "On record: age 76"
        in checks(reviewed(prescribed("pregabalin", 75), person=OLD))["gabapentinoid_person"].statement
    )
    exactly = Person(date(1961, 11, 22))
    assert "gabapentinoid_person" not in checks(reviewed(prescribed("pregabalin", 75), person=exactly))
    ill = Person(date(1990, 1, 1), conditions=(Condition("Chronic obstructive lung disease", "13645005"),))
    assert "gabapentinoid_person" in checks(reviewed(prescribed("gabapentin", 300), person=ill))
    found = reviewed(prescribed("gabapentin", 300), person=young)
    assert "gabapentinoid_person" not in checks(found)
    assert any("renal disease" in each.why for each in found.not_checked if each.check == "gabapentinoid_person")
    unknown = reviewed(prescribed("gabapentin", 300), person=Person())
    assert any("date of birth" in each.why for each in unknown.not_checked if each.check == "gabapentinoid_person")


def test_an_nsaid_from_65_or_after_an_ulcer_asks_unless_there_is_a_ppi_with_a_dose() -> None:
    nsaid, ppi = prescribed("naproxen", 500), prescribed("omeprazole", 20)
    assert "nsaid_stomach" in checks(reviewed(nsaid, person=OLD))
    assert "nsaid_stomach" not in checks(reviewed(nsaid, ppi, person=OLD))
    assert "nsaid_stomach" in checks(reviewed(nsaid, prescribed("omeprazole"), person=OLD))
    assert "nsaid_stomach" in checks(reviewed(nsaid, person=OLD, doses=log((2, "omeprazole", 20, "", ""))))
    ulcer = Person(date(1990, 1, 1), conditions=(Condition("Duodenal ulcer", "K26.9"),))
    assert "nsaid_stomach" in checks(reviewed(nsaid, person=ulcer))
    assert "nsaid_stomach" in checks(reviewed(nsaid, person=Person(answers={"ulcer_history": "yes"})))


def test_an_nsaid_and_a_recorded_pregnancy() -> None:
    pregnant = Person(date(1995, 1, 1), "female", conditions=(Condition("Pregnant", "77386006"),))
    assert (
        "does not say how many weeks"
        in checks(reviewed(prescribed("ibuprofen", 200), person=pregnant))["nsaid_pregnancy"].basis
    )
    for person, said in ((Person(date(1995, 1, 1), "female"), True), (Person(date(1950, 1, 1), "female"), False)):
        found = reviewed(prescribed("ibuprofen", 200), person=person)
        assert any(each.check == "nsaid_pregnancy" for each in found.not_checked) == said


def test_aspirin_counts_as_an_nsaid_above_300_mg_or_when_its_dose_is_not_known() -> None:
    for dose, unit, expected in ((300.0, "mg", False), (600.0, "mg", True), (None, "", True)):
        found = checks(reviewed(doses=log((2, "aspirin", dose, unit, ""), (2, "ibuprofen", 200, "mg", ""))))
        assert ("nsaid_duplication" in found) == expected
    low = prescribed("aspirin", None, atc="B01AC06")
    assert "nsaid_duplication" not in checks(reviewed(low, prescribed("ibuprofen", 200)))


def test_unlike_medicines_of_one_code_class_and_two_short_acting_opioids_are_no_duplicates() -> None:
    for pair in (
        ("tizanidine", "baclofen"),
        ("mirtazapine", "duloxetine"),
        ("morphine", "oxycodone"),
        ("C07AB02", "x"),
    ):
        assert "same_class" not in checks(reviewed(*(prescribed(name, 5) for name in pair)))


def test_a_combination_that_comes_back_after_a_month_asks_again() -> None:
    pair = [(day, name, 5.0, "mg", "") for day in (80, 79, 5, 4) for name in ("oxycodone", "diazepam")]
    assert checks(reviewed(doses=log(*pair)))["opioid_sedative"].asks_for == ago(5)
    bridged = [*pair, *((day, name, 5.0, "mg", "") for day in (55, 30) for name in ("oxycodone", "diazepam"))]
    assert checks(reviewed(doses=log(*bridged)))["opioid_sedative"].asks_for == ago(80)


def test_a_line_without_a_start_is_answered_for_good() -> None:
    found = checks(reviewed(prescribed("oxycodone", 5, start=None), prescribed("diazepam", 5, start=None)))
    assert found["opioid_sedative"].first_day is None
    assert found["opioid_sedative"].asks_for is None
