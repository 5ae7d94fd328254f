"""The red-flag checklist, open items and closings in words: never reassurance, never what was not asked as a no."""

from datetime import timedelta

import pytest

from clinical.red_flags import GROUPS, RED_FLAGS
from clinical.safety import UNDATED_ITEM_9, Answer, Closure, SafetyItem, open_items, standing
from dashboard.presenters import safety as words
from dashboard.presenters.notes import moment
from dashboard.services.safety import SafetyView
from tests.conftest import AS_OF, NOW


def answer(question: str, said: str, *, ago: int = 0, number: int = 1) -> Answer:
    return Answer(question, said, AS_OF - timedelta(days=ago), "", "Dr Vega", NOW, number)


def view(*answers: Answer, closed: tuple[Closure, ...] = ()) -> SafetyView:
    return SafetyView(open_items(answers, closed, (), AS_OF), closed, standing(answers), len(answers), AS_OF)


def test_an_untouched_checklist_reads_not_asked_in_every_group() -> None:
    assert words.checklist_title(view()) == "Red flags: not asked"
    for group in GROUPS:
        fact = words.group_fact(view(), group)
        assert fact.value == "Not asked"
        unasked = [
            said for name, said in fact.evidence.rows if name.startswith("Question") and said.endswith("not asked")
        ]
        assert len(unasked) == len(RED_FLAGS_OF[group])


RED_FLAGS_OF = {group: [flag for flag in RED_FLAGS.values() if flag.group == group] for group in GROUPS}


def test_how_many_were_asked_when_and_by_whom() -> None:
    title = words.checklist_title(view(answer("fever", "no", ago=3), answer("rigors", "no", ago=1)))
    assert title == f"Red flags: 2 of {len(RED_FLAGS)} asked, last 21 Nov by Dr Vega"


def test_questions_left_out_of_a_group_are_counted_beside_the_no() -> None:
    fact = words.group_fact(view(answer("fever", "no")), "infection")
    assert (fact.value, fact.detail) == ("1 no", "4 not asked · 22 Nov, Dr Vega")


def test_a_yes_reads_open_also_after_a_later_no() -> None:
    asked = view(answer("fever", "yes", ago=4), answer("fever", "no", number=2))
    assert words.group_fact(asked, "infection").value == "Open: Fever"
    assert words.item_text(asked.open[0], asked) == "Fever · yes, asked 18 Nov; answered no since then"


def test_an_open_item_says_when_it_was_asked_and_by_whom() -> None:
    asked = view(answer("saddle_numbness", "yes", ago=1))
    assert words.item_text(asked.open[0], asked) == "Saddle or genital numbness · yes, asked 21 Nov by Dr Vega"
    assert words.item_heading(asked.open[0]) == "Emergency: act now, the same day"


def test_a_closed_yes_reads_closed_and_who_closed_it_and_why() -> None:
    closure = Closure("red_flag:fever", "seen; 36.8", AS_OF, "Dr Lind", NOW, 1)
    asked = view(answer("fever", "yes"), closed=(closure,))
    assert words.group_fact(asked, "infection").value == "1 yes, closed"
    assert words.closed(closure, AS_OF) == f"Fever, up to 22 Nov · closed by Dr Lind, {moment(NOW)}: seen; 36.8"


def test_item_9_names_its_answer_and_an_unknown_day() -> None:
    item = SafetyItem("phq9_item9", "phq9_item9", "Thoughts", "same_day", None, 2.0, UNDATED_ITEM_9, 1)
    assert words.item_text(item, view()) == "Thoughts · answered 2 of 3, day not known, and 1 earlier answer"


def test_item_9_that_only_the_total_tells_says_how() -> None:
    item = SafetyItem("phq9_item9", "phq9_item9", "Thoughts", "same_day", AS_OF, 1.0, "phq9_item9", 0, at_least=True)
    said = words.item_text(item, view())
    assert "at least 1 of 3" in said
    assert "the other eight reach 24" in said


def test_after_a_save_emergencies_are_said_first() -> None:
    asked = view(answer("fever", "yes"), answer("saddle_numbness", "yes"))
    assert words.saved(2, asked.open) == "2 answers saved. Emergencies first: Saddle or genital numbness."
    assert words.saved(1, ()) == "1 answer saved."


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_says_that_a_no_excludes_nothing(group: str) -> None:
    assert "excludes nothing" in words.group_fact(view(), group).evidence.caution
