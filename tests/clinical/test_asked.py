"""Questions asked once: what may be answered, and that no question has two meanings."""

import pytest

from clinical.asked import ASKED, GROUPS, of_group, possible, weight_kg
from clinical.medication.person import GROUPS as CONDITION_GROUPS
from clinical.red_flags import RED_FLAGS


@pytest.mark.parametrize(
    ("question", "answer", "allowed"),
    [
        ("onset_age", "31", True),
        ("onset_age", "0", True),
        ("onset_age", "121", False),
        ("onset_age", "thirty", False),
        ("onset_age", "-3", False),
        ("onset_age", "not_known", True),
        ("weight_kg", "61", True),
        ("weight_kg", "61,5", True),
        ("weight_kg", "20", True),
        ("weight_kg", "19.9", False),
        ("weight_kg", "400.1", False),
        ("weight_kg", "61 kg", False),
        ("weight_kg", "not_known", True),
        ("onset_manner", "gradual", True),
        ("onset_manner", "yes", False),
        ("psoriasis", "no", True),
        ("psoriasis", "", False),
    ],
)
def test_an_answer_is_one_of_those_the_question_allows(question: str, answer: str, allowed: bool) -> None:
    assert possible(ASKED[question], answer) is allowed


def test_questions_and_red_flags_share_no_code() -> None:
    assert not set(ASKED) & set(RED_FLAGS)
    assert all(len(code) <= 60 for code in (*ASKED, *RED_FLAGS))


def test_every_question_is_in_its_group_and_ends_as_a_question() -> None:
    assert [one.question for group in GROUPS for one in of_group(group)] == list(ASKED)
    assert all(one.wording.endswith("?") for one in ASKED.values())


def test_every_question_that_a_medicine_check_names_is_asked() -> None:
    named = {group.question for group in CONDITION_GROUPS.values() if group.question}
    assert named <= set(ASKED)
    assert {ASKED[question].kind for question in named} == {"yes_no"}


@pytest.mark.parametrize(("said", "kg"), [("48", 48.0), ("48,5", 48.5), ("not_known", None), ("4800", None)])
def test_a_weight_that_was_answered_is_read_in_kilograms(said: str, kg: float | None) -> None:
    assert weight_kg({"weight_kg": said}) == kg
    assert weight_kg({}) is None
