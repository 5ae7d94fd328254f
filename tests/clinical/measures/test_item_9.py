"""PHQ-9 item 9 is found wherever a record holds it."""

import pytest

from clinical.measures import PHQ9_ITEM_9, item_9
from clinical.record import Score
from clinical.safety import open_items
from tests.clinical.diaries import on

EIGHT = (0.0,) * 8


@pytest.mark.parametrize(
    ("held", "answer"),
    [
        (Score(None, "PHQ-9", 2, (*EIGHT, 2.0)), 2),
        (Score(None, "phq9 total", None, ((None,) * 8 + (1.0,))), 1),
        (Score(None, "PHQ-9", 0, (*EIGHT, 0.0)), 0),
        (Score(None, "PHQ-9", 12), None),
        (Score(None, "PHQ-9", 12, EIGHT), None),
        (Score(None, "PHQ-9", 12, (*EIGHT, None)), None),
        (Score(None, "PHQ-9 item 9", 2), 2),
        (Score(None, "phq9 Q9", 1), 1),
        (Score(None, "PHQ-9 question #9", 3), 3),
        (Score(None, "PHQ-9 #9", 2), 2),
        (Score(None, "Patient Health Questionnaire 9 item 9", 2), 2),
        (Score(None, "PHQ-9: Thoughts that you would be better off dead", 1), 1),
        (Score(None, "Patient Health Questionnaire 9 item (PHQ-9) total score", 9), None),
        (Score(None, "PHQ-9 item 8", 3), None),
        (Score(None, "GAD-7 item 9", 3), None),
        (Score(None, "GAD-7", 9, (*EIGHT, 2.0)), None),
        (Score(None, "Our own scale", 9, (*EIGHT, 2.0)), None),
    ],
)
def test_the_answer_to_item_9(held: Score, answer: float | None) -> None:
    assert item_9(held) == answer


def test_one_answer_on_record_by_itself_opens_the_safety_item() -> None:
    (found,) = open_items((), (), [Score(on(3), "PHQ-9 item 9", 2)], on(10))
    assert (found.kind, found.level, found.day, found.value) == ("phq9_item9", "same_day", on(3), 2)


def test_its_place_is_the_ninth() -> None:
    assert PHQ9_ITEM_9 == 9
