"""Broken-off daily use, medicines started against guidance, analgesic days and medicines beside activity."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from clinical.medication import Condition, Person, ReliefLog, Review, review
from clinical.record import Medicine
from clinical.reviewed import rows
from tests.clinical.medication.made_up import FIBROMYALGIA, TODAY, Taken, ago, checks, log, prescribed, reviewed

ADULT = Person(date(1980, 1, 1), "female", conditions=(FIBROMYALGIA,))


def daily(name: str, first: int, last: int) -> tuple[Taken, ...]:
    """Taken on every day from `first` to `last` days before today."""
    return tuple((days, name, 1.0, "{tablet}", "") for days in range(first, last - 1, -1))


@pytest.mark.parametrize("name", ["duloxetine", "pregabalin", "diazepam", "oxycodone"])
def test_daily_for_14_days_and_missed_on_more_than_3_logged_days_asks(name: str) -> None:
    doses = log(*daily(name, 17, 4), *daily("ibuprofen", 17, 0))
    prompt = checks(reviewed(prescribed(name, 1), doses=doses))["abrupt_stop"]
    assert (prompt.level, prompt.evidence, prompt.medicines) == ("medium", "P", (name,))
    assert (prompt.first_day, prompt.latest_day, prompt.days_logged) == (ago(3), TODAY, 4)
    assert "14 days in a row" in prompt.statement
    assert "still on the list" in prompt.statement


@pytest.mark.parametrize(
    ("first", "last", "others"),
    [
        (16, 4, daily("ibuprofen", 17, 0)),  # 13 days before
        (17, 3, daily("ibuprofen", 17, 0)),  # 3 days missed
        (17, 4, daily("ibuprofen", 17, 4)),  # nothing logged since: not known
        (17, 4, daily("ibuprofen", 3, 1)),  # only 3 days logged since
        (80, 50, daily("ibuprofen", 80, 0)),  # long ago
    ],
)
def test_less_than_that_does_not(first: int, last: int, others: tuple[Taken, ...]) -> None:
    assert "abrupt_stop" not in checks(reviewed(doses=log(*daily("duloxetine", first, last), *others)))


def test_doses_declared_not_taken_are_missed_and_another_name_of_the_same_is_not_a_stop() -> None:
    declined = [(days, "pregabalin") for days in range(4)]
    assert "abrupt_stop" in checks(reviewed(doses=log(*daily("pregabalin", 17, 4), declined=declined)))
    renamed = log(*daily("pregabalin", 17, 4), *daily("Lyrica 75 mg", 3, 0))
    assert "abrupt_stop" not in checks(reviewed(doses=renamed))
    assert "abrupt_stop" not in checks(reviewed(doses=log(*daily("ibuprofen", 30, 10), *daily("paracetamol", 30, 0))))


def test_nothing_logged_at_all_since_daily_use_is_not_checked_and_said() -> None:
    found = reviewed(doses=log(*daily("pregabalin", 59, 10)))
    assert "abrupt_stop" not in checks(found)
    (said,) = (each for each in found.not_checked if each.check == "abrupt_stop")
    assert (said.medicine, "nothing logged since 12 Nov 2026" in said.why) == ("pregabalin", True)
    for known in (daily("pregabalin", 59, 3), (*daily("pregabalin", 22, 10), *daily("ibuprofen", 22, 10))):
        assert not any(each.check == "abrupt_stop" for each in reviewed(doses=log(*known)).not_checked)


@pytest.mark.parametrize(("name", "every"), [("fentanyl patch", 3), ("buprenorphine patch", 7)])
def test_patches_worn_without_a_gap_and_then_missed_ask(name: str, every: int) -> None:
    worn = [(days, name, 25.0, "ug/h", "") for days in range(14 + every * 5, 14, -every)]
    doses = log(*worn, *daily("ibuprofen", 40, 0), route="")
    prompt = checks(reviewed(doses=doses))["abrupt_stop"]
    assert prompt.medicines == (name.split()[0],)
    assert "taken or worn" in prompt.statement


@pytest.mark.parametrize(
    ("name", "about", "disagrees"),
    [
        ("gabapentin", "gabapentinoids", False),
        ("topiramate", "antiepileptics", False),
        ("quetiapine", "antipsychotics", False),
        ("diazepam", "benzodiazepines", False),
        ("lidocaine patch", "local anaesthetics", False),
        ("ketamine", "ketamine", False),
        ("naproxen", "NSAIDs", False),
        ("morphine", "opioids", False),
        ("paracetamol", "paracetamol", False),
        ("tramadol", "opioids", True),
        ("pregabalin", "gabapentinoids", True),
    ],
)
def test_started_after_a_chronic_primary_pain_diagnosis(name: str, about: str, disagrees: bool) -> None:
    prompt = checks(reviewed(prescribed(name, 10), person=ADULT))["started_against_guidance"]
    assert (prompt.level, prompt.evidence, prompt.asks_for) == ("info", "V2", ago(365))
    assert "NG193 advises against starting; review reason" in prompt.statement
    assert about in prompt.title
    assert ("EULAR 2017 has a weak recommendation for it" in prompt.statement) == disagrees
    assert "stop" not in prompt.statement


@pytest.mark.parametrize("name", ["amitriptyline", "duloxetine", "sertraline", "cyclobenzaprine", "melatonin"])
def test_what_ng193_does_not_advise_against_asks_for_nothing(name: str) -> None:
    assert "started_against_guidance" not in checks(reviewed(prescribed(name, 10), person=ADULT))


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (replace(ADULT, conditions=(FIBROMYALGIA, Condition("Low back pain", "M54.5"))), "another pain diagnosis"),
        (replace(ADULT, conditions=(FIBROMYALGIA, Condition("Rheumatoid arthritis"))), "another pain diagnosis"),
        (replace(ADULT, conditions=()), "no chronic primary pain diagnosis"),
        (replace(ADULT, conditions=(Condition("Fibromyalgia"),)), "the day of the chronic primary pain diagnosis"),
        (replace(ADULT, birth_date=None), "the date of birth"),
        (replace(ADULT, birth_date=date(2012, 1, 1)), "16 and over"),
    ],
)
def test_why_guidance_was_not_checked_is_said(person: Person, why: str) -> None:
    found = reviewed(prescribed("naproxen", 250), person=person)
    assert "started_against_guidance" not in checks(found)
    assert any(each.check == "started_against_guidance" and why in each.why for each in found.not_checked)


def test_before_the_diagnosis_is_not_after_it_and_an_unknown_start_is_said() -> None:
    before = prescribed("naproxen", 250, start=date(2019, 12, 31))
    assert "started_against_guidance" not in checks(reviewed(before, person=ADULT))
    unknown = reviewed(prescribed("naproxen", 250, start=None), person=ADULT)
    assert any("the day it was started" in each.why for each in unknown.not_checked)
    later = replace(ADULT, conditions=(Condition("Fibromyalgia", "M79.7"),), pain_onset=ago(500))
    assert "started_against_guidance" in checks(reviewed(prescribed("naproxen", 250), person=later))


def test_another_dose_of_what_was_taken_before_the_diagnosis_is_no_start() -> None:
    onset = date(2020, 1, 1)
    before = Medicine("pregabalin 75 mg", date(2019, 1, 1), date(2021, 5, 1), dose=1, unit="{capsule}")
    after = Medicine("pregabalin 150 mg", date(2021, 5, 2), None, dose=1, unit="{capsule}")
    assert FIBROMYALGIA.onset == onset
    assert "started_against_guidance" not in checks(reviewed(before, after, person=ADULT))
    anew = replace(after, start=date(2023, 1, 1))
    assert checks(reviewed(before, anew, person=ADULT))["started_against_guidance"].first_day == date(2023, 1, 1)
    undated = reviewed(replace(before, start=None), after, person=ADULT)
    assert "started_against_guidance" not in checks(undated)
    assert any("the day it was started" in each.why for each in undated.not_checked)


def test_a_medicine_in_the_log_alone_is_named_as_not_checked() -> None:
    found = reviewed(prescribed("naproxen", 250), doses=log(*daily("naproxen", 3, 0), (2, "tramadol", 50, "mg", "")),
                     person=ADULT)  # fmt: skip
    named = [(each.medicine, each.why) for each in found.not_checked if each.check == "started_against_guidance"]
    assert named == [("tramadol", "in the log alone: the day it was started is not on record")]


@pytest.mark.parametrize(
    ("other", "asks"),
    [
        (Condition("Chronic pain", "82423001"), True),
        (Condition("Chronic pain (finding)"), True),
        (Condition("Chronic primary pain", "MG30.0"), True),
        (Condition("Chronic low back pain"), False),
        (Condition("Chronic pain following surgery"), False),
    ],
)
def test_a_diagnosis_of_chronic_pain_and_no_more_is_no_other_cause(other: Condition, asks: bool) -> None:
    person = replace(ADULT, conditions=(FIBROMYALGIA, other))
    assert ("started_against_guidance" in checks(reviewed(prescribed("naproxen", 250), person=person))) == asks


def test_the_statements_of_both_guidelines_are_there_with_what_is_not_a_medicine() -> None:
    found = {(row["guideline"], row["stance"], row["about"]) for row in rows("guideline_statements")}
    assert ("NICE NG193", "do not offer", "biofeedback") in found
    assert ("EULAR 2017", "strong for", "exercise") in found
    assert ("EULAR 2017", "weak for", "cyclobenzaprine") in found
    against = {about for guideline, stance, about in found if (guideline, stance) == ("NICE NG193", "do not start")}
    assert len(against) == 10


def test_analgesic_days_are_counted_with_their_caveat_and_never_called_medication_overuse() -> None:
    doses = log(*daily("paracetamol", 14, 0), *daily("sumatriptan", 20, 12), *daily("co-codamol 30/500", 11, 10))
    found = reviewed(doses=doses)
    simple, strong = found.analgesic_days
    assert (simple.group, simple.days, simple.threshold, simple.reached, simple.evidence) == (
        "simple",
        15,
        15,
        True,
        "V",
    )
    assert (strong.group, strong.days, strong.threshold, strong.reached) == ("strong", 11, 10, True)
    assert (strong.months, strong.for_long, strong.days_logged) == ((11, 0, 0, 0), False, 21)
    assert "analogue" in simple.caveat
    assert not any("overuse" in prompt.title for prompt in found.prompts)


def test_low_dose_aspirin_is_no_analgesic_and_an_unknown_dose_is_named() -> None:
    def aspirin(mg: float | None, **more: str) -> Review:
        line = prescribed("aspirin", 75, **more)
        return reviewed(line, doses=log(*((day, "aspirin", mg, "mg", "") for day in range(20))))

    def named(found: Review) -> list[str]:
        return [each.medicine for each in found.not_checked if each.check == "analgesic_days"]

    assert (aspirin(75).analgesic_days, named(aspirin(75))) == ((), [])
    assert [each.days for each in aspirin(300).analgesic_days] == [20]
    assert (aspirin(None).analgesic_days, named(aspirin(None))) == ((), ["aspirin"])
    assert named(aspirin(None, atc="B01AC06")) == []
    with_other = reviewed(doses=log(*daily("Excedrin", 14, 0), *((day, "aspirin", 75, "mg", "") for day in range(5))))
    assert [(each.group, each.medicines) for each in with_other.analgesic_days] == [
        ("simple", ("Excedrin",)),
        ("strong", ("Excedrin",)),
    ]


def beside(codes: dict[int, str], *taken: Taken) -> Review:
    days = np.array([np.datetime64(ago(day)) for day in codes], "datetime64[D]")
    relief = ReliefLog(days, np.array(list(codes.values()), object))
    return review((), log(*taken), Person(), TODAY, relief)


def test_a_medicine_beside_other_activity_is_facts_with_the_days_nobody_answered() -> None:
    (found,) = beside({0: "walking|heat", 1: "none", 2: "heat", 9: "yoga"}, *daily("tramadol", 3, 0)).taken_with
    assert (found.medicine, found.days_taken, found.days_answered) == ("tramadol", 4, 3)
    assert (found.days_with, found.days_active, found.codes) == (2, 1, (("heat", 2), ("walking", 1)))
    assert beside({40: "walking"}, *daily("tramadol", 45, 40)).taken_with == ()
    assert reviewed(doses=log(*daily("tramadol", 3, 0))).taken_with == ()
