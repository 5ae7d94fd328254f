"""The vocabulary of interventions: every row of the reference, with its remark and mark."""

from clinical.interventions import INTERVENTIONS
from dashboard.services.entry_fields import RELIEF

CODES = [
    "cbt", "somatic_tracking", "act", "pain_education", "stress_management", "mindfulness", "pacing",
    "exercise_aerobic", "exercise_strength", "walking", "swimming", "stretching", "yoga", "pilates", "tai_chi",
    "nutrition", "sleep_cbti", "sleep_hygiene", "medication_review", "medication_otc", "medication_antidepressant",
    "medication_other", "heat", "cold", "massage", "acupuncture", "chiropractic", "hydrotherapy", "pmp", "tens",
]  # fmt: skip


def test_every_code_of_the_reference_is_there_in_its_order() -> None:
    assert list(INTERVENTIONS) == CODES


def test_what_guidance_says_is_told_with_its_mark() -> None:
    assert INTERVENTIONS["exercise_aerobic"].said == "EULAR strong for; NG193 offer supervised group [V2]"
    assert INTERVENTIONS["tens"].remark == "NG193 do not offer"
    assert INTERVENTIONS["stress_management"].said == ""


def test_chiropractic_and_massage_are_told_as_unconfirmed() -> None:
    assert INTERVENTIONS["chiropractic"].said == "EULAR 2017 against, on safety grounds [K]"
    assert {code for code, each in INTERVENTIONS.items() if each.unconfirmed} == {
        "somatic_tracking", "pain_education", "nutrition", "sleep_cbti", "sleep_hygiene", "massage", "chiropractic",
    }  # fmt: skip


def test_relief_logged_in_the_diary_is_of_the_vocabulary() -> None:
    assert set(RELIEF) - {"none"} <= set(INTERVENTIONS)


def test_every_intervention_is_of_a_known_class() -> None:
    assert {each.kind for each in INTERVENTIONS.values()} == {"long-term", "short-term", "short-term enabler", "both"}
