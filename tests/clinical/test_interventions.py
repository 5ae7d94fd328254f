"""The vocabulary of interventions: every row of the reference, with its remark and mark."""

import pytest

from clinical.interventions import INTERVENTIONS
from dashboard.services.entry_fields import RELIEF

REFERENCE: dict[str, tuple[str, str, str, str]] = {
    "cbt": ("long-term", "psychology", "yes", "NG193 consider; EULAR weak for"),
    "somatic_tracking": (
        "long-term", "psychology or trained physiotherapy", "yes",
        "not in NG193 or EULAR; one randomised trial, back pain",
    ),
    "act": ("long-term", "psychology", "no", "NG193 consider"),
    "pain_education": ("long-term", "any", "implied", "no statement checked"),
    "stress_management": ("long-term", "psychology or occupational therapy", "yes", ""),
    "mindfulness": ("long-term", "psychology", "yes", "EULAR weak for"),
    "pacing": ("long-term", "occupational therapy or physiotherapy", "yes", ""),
    **dict.fromkeys(
        ("exercise_aerobic", "exercise_strength", "walking", "swimming"),
        ("long-term", "physiotherapy", "yes", "EULAR strong for; NG193 offer supervised group"),
    ),
    **dict.fromkeys(
        ("stretching", "yoga", "pilates"),
        ("long-term", "physiotherapy or instructor", "yes", "EULAR weak for meditative movement"),
    ),
    "tai_chi": ("long-term", "physiotherapy or instructor", "no", "EULAR weak for meditative movement"),
    "nutrition": ("long-term", "dietetics", "yes", "no fibromyalgia diet recommendation"),
    **dict.fromkeys(
        ("sleep_cbti", "sleep_hygiene"), ("long-term", "psychology or nursing", "yes", "no statement checked")
    ),
    "medication_review": ("both", "pharmacy or prescriber", "yes", "checks of reference 7"),
    **dict.fromkeys(
        ("medication_otc", "medication_antidepressant", "medication_other"),
        ("short-term enabler", "prescriber", "yes", "statements of NG193 and EULAR by medicine (reference 7.4)"),
    ),
    **dict.fromkeys(
        ("heat", "cold"), ("short-term", "self", "yes", "15-20 min, wrapped; the article's own advice")
    ),
    "massage": ("short-term", "massage or physiotherapy", "yes", "not in NG193; EULAR weak against"),
    "acupuncture": ("short-term", "trained clinician", "yes", "NG193 limited course; EULAR weak for"),
    "chiropractic": ("short-term", "chiropractor", "yes", "EULAR 2017 against, on safety grounds"),
    "hydrotherapy": ("short-term", "physiotherapy", "baths", "EULAR weak for"),
    "pmp": ("long-term", "multidisciplinary team", "multidisciplinary", "EULAR weak for (multicomponent)"),
    "tens": ("short-term", "", "no", "NG193 do not offer"),
}  # fmt: skip
"""Table 9.6 of the reference, written out once more: code, class, usual owner, in the article, remark."""


def test_every_code_of_the_reference_is_there_in_its_order() -> None:
    assert list(INTERVENTIONS) == list(REFERENCE)


@pytest.mark.parametrize("code", REFERENCE)
def test_class_owner_and_remark_are_those_of_the_reference(code: str) -> None:
    each = INTERVENTIONS[code]

    assert (each.kind, each.owner, each.in_article, each.remark) == REFERENCE[code]


def test_passive_is_what_gives_short_term_benefit_alone() -> None:
    assert {code for code, each in INTERVENTIONS.items() if each.passive} == {
        "medication_otc", "medication_antidepressant", "medication_other", "heat", "cold", "massage", "acupuncture",
        "chiropractic", "hydrotherapy", "tens",
    }  # fmt: skip


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
