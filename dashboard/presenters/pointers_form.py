"""The forms of the pointers in words: what is asked, what a yes does, how far one is."""

from collections.abc import Mapping

from clinical.asked import ASKED, HEAVIEST_KG, LIGHTEST_KG, Kind
from clinical.red_flags import RED_FLAGS, RedFlag
from dashboard.presenters.safety import EMERGENCIES_FIRST, LEVELS, NOT_ASKED, WHAT_A_YES_DOES
from dashboard.presenters.words import sentence_case, several

TITLES = {"red_flags": "Red-flag checklist", "asked_questions": "Questions asked once"}
LEADS = {
    "red_flags": (
        f"{EMERGENCIES_FIRST} {WHAT_A_YES_DOES} A no answers the whole sentence as it is written: where only a part of "
        "it was asked, leave 'not asked'. What is left 'not asked' stays so."
    ),
    "asked_questions": (
        "What no diary can answer. 'Not known' says that it was asked and nobody knows; the latest answer stands, "
        "and earlier ones stay on record."
    ),
}
_KEPT = "It is kept as you typed it, and cannot be saved like this."
CANNOT_BE: dict[Kind, str] = {
    "age": f"This is no age in whole years from 0 to 120. {_KEPT}",
    "weight": f"This is no weight in kilograms from {LIGHTEST_KG:g} to {HEAVIEST_KG:g}. {_KEPT}",
}


def option(answer: str) -> str:
    """'Not asked', 'Yes', 'Not known', 'Minor injury or overuse'."""
    return sentence_case(answer.replace("_", " "))


def begun(answers: Mapping[str, str]) -> str:
    """'Begun and not saved: 3 answers, 1 of them yes'; '' for none."""
    yes = sum(answer == "yes" for answer in answers.values())
    more = f", {yes} of them yes" if yes else ""
    return f"Begun and not saved: {several(len(answers), 'answer')}{more}" if answers else ""


def yes_said(flag: RedFlag) -> str:
    """What stands under a question the moment it is answered with yes."""
    return f"{LEVELS[flag.level]}. It opens when the answers are saved: {flag.label}."


def progress(form: str, answers: Mapping[str, str]) -> str:
    """How many are answered, and how many of them open an item."""
    every = len(RED_FLAGS if form == "red_flags" else ASKED)
    said = f"{len(answers)} of {every} answered, {every - len(answers)} {NOT_ASKED}"
    yes = sum(answer == "yes" for answer in answers.values()) if form == "red_flags" else 0
    return f"{said} · {yes} yes, opened with the save" if yes else said
