"""A recorded allergy against what is on the list and what was taken: by words, substance or the class it names."""

import pytest

from clinical.medication import Allergy, Person, Prompt, Review, recognise
from clinical.medication.allergies import clashes
from clinical.medication.drugs import CLASS_LABELS
from clinical.record import Medicine
from clinical.reviewed import rows
from tests.clinical.medication.made_up import Taken, ago, log, prescribed, reviewed


def of(found: Review) -> list[Prompt]:
    return [prompt for prompt in found.prompts if prompt.check == "recorded_allergy"]


def looked_at(allergy: str, *medicines: Medicine, reaction: str = "", doses: tuple[Taken, ...] = ()) -> Review:
    return reviewed(*medicines, doses=log(*doses), person=Person(allergies=(Allergy(allergy, reaction),)))


@pytest.mark.parametrize(
    ("allergy", "medicine", "shared"),
    [
        ("codeine", "codeine", "codeine"),
        ("Codeine", "Codeine phosphate 30 mg tablets", "codeine"),
        ("codeine", "co-codamol 30/500", "codeine"),
        ("Allergy to codeine phosphate", "codeine", "codeine"),
        ("Tylenol", "paracetamol 500 mg", "paracetamol"),
        ("amitriptyline", "Amitriptyline 10 mg", "amitriptyline"),
        ("NSAIDs", "ibuprofen", "the class NSAID"),
        ("Opioids (all)", "tramadol", "the class opioid"),
        ("penicillin", "Penicillin V 250 mg", "penicillin"),
        ("Allergy to zauberkraut", "Zauberkraut 5 mg", "zauberkraut"),
        ("codeine", "morphine", ""),
        ("ibuprofen", "naproxen", ""),
        ("sticking plaster", "lidocaine plaster", ""),
        ("latex", "codeine", ""),
        ("no known drug allergies", "codeine", ""),
        ("NKDA", "codeine", ""),
        ("tea", "steam", ""),
    ],
)
def test_an_allergy_matches_by_words_substance_or_the_class_it_names(allergy: str, medicine: str, shared: str) -> None:
    found = clashes([Allergy(allergy)], medicine, recognise(medicine))
    assert [clash.shared for clash in found] == ([shared] if shared else [])


def test_a_medicine_on_the_list_that_matches_is_a_high_prompt_about_the_record_itself() -> None:
    (prompt,) = of(looked_at("Codeine", prescribed("codeine", 30), prescribed("paracetamol", 1000), reaction="rash"))
    assert prompt.level == "high"
    assert prompt.statement == "Recorded allergy: Codeine (rash); codeine is on the list: review."
    assert (prompt.evidence, prompt.guideline) == ("P", "Our own check")
    assert prompt.basis.startswith("The record itself")
    assert [each.medicine for each in prompt.inputs] == ["codeine"]


def test_what_the_name_does_not_show_is_said() -> None:
    (prompt,) = of(looked_at("NSAIDs", prescribed("ibuprofen", 400)))
    assert "ibuprofen is on the list (the class NSAID): review" in prompt.statement


def test_what_was_taken_and_is_not_on_the_list_is_a_prompt_too() -> None:
    (prompt,) = of(looked_at("codeine", doses=((3, "codeine", 30, "mg", ""), (1, "codeine", 30, "mg", ""))))
    assert "codeine was taken: review" in prompt.statement
    assert (prompt.first_day, prompt.latest_day, prompt.days_logged) == (ago(3), ago(1), 2)
    assert {each.what for each in prompt.inputs} == {"taken"}


def test_a_medicine_that_ended_or_was_taken_long_ago_is_no_prompt() -> None:
    gone = prescribed("codeine", 30, end=ago(40))
    assert of(looked_at("codeine", gone, doses=((60, "codeine", 30, "mg", ""),))) == []


def test_allergy_text_that_is_not_recognised_stands_as_not_checked() -> None:
    found = looked_at("Sticking plaster", prescribed("codeine", 30))
    (left,) = [each for each in found.not_checked if each.check == "recorded_allergy"]
    assert left.medicine == "Sticking plaster"
    assert "not recognised" in left.why


@pytest.mark.parametrize("allergy", ["codeine", "NSAIDs", "No known allergies"])
def test_what_is_understood_is_not_among_what_was_not_checked(allergy: str) -> None:
    found = looked_at(allergy, prescribed("paracetamol", 1000))
    assert not [each for each in found.not_checked if each.check == "recorded_allergy"]


def test_the_classes_an_allergy_can_name_are_defined() -> None:
    assert {row["class"] for row in rows("allergy_classes")} <= set(CLASS_LABELS)
    assert all(row["evidence"] == "P" and row["words"] == row["words"].casefold() for row in rows("allergy_classes"))
