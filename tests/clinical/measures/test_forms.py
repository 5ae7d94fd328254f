"""Item wording ships for those of reference 4 that may be shipped, with attribution, and for no other."""

import pytest

from clinical.measures import INSTRUMENTS, PHQ9_ITEM_9, items, score

SHIPPED = {"PHQ-9": 9, "PHQ-2": 2, "GAD-7": 7, "GAD-2": 2, "FIQR": 21, "WPI": 19, "SSS": 6}


@pytest.mark.parametrize(("code", "count"), SHIPPED.items())
def test_every_question_has_words_and_all_its_answers(code: str, count: int) -> None:
    form = items(code)
    assert form is not None
    assert [item.place for item in form.items] == list(range(1, count + 1))
    known = INSTRUMENTS[code]
    for item in form.items:
        part = known.part_of(item.place)
        assert part is not None
        assert [value for value, _ in item.answers] == list(range(int(part.answer.low), int(part.answer.high) + 1))
        assert len(item.text) > 3
        assert item.answers[0][1]
        assert item.answers[-1][1]


@pytest.mark.parametrize("code", sorted(set(INSTRUMENTS) - set(SHIPPED) - {"FS"}))
def test_no_wording_of_what_may_not_be_shipped(code: str) -> None:
    assert items(code) is None
    assert INSTRUMENTS[code].ship != "yes"
    assert INSTRUMENTS[code].ship_note.text


def test_wording_carries_its_attribution() -> None:
    fiqr, phq = items("FIQR"), items("PHQ-9")
    assert fiqr is not None
    assert phq is not None
    for part in ("Bennett RM", "Arthritis Res Ther 2009;11:R120", "10.1186/ar2783", "Attribution 2.0"):
        assert part in fiqr.attribution
    assert "Pfizer" in phq.attribution
    assert "No permission required" in phq.attribution


def test_the_short_screens_are_the_first_two_questions_of_the_long_ones() -> None:
    for short, long in (("PHQ-2", "PHQ-9"), ("GAD-2", "GAD-7")):
        screen, whole = items(short), items(long)
        assert screen is not None
        assert whole is not None
        assert screen.items == whole.items[:2]


def test_item_9_is_the_question_about_self_harm() -> None:
    form = items("PHQ-9")
    assert form is not None
    assert "better off dead" in form.items[PHQ9_ITEM_9 - 1].text


def test_the_fiqr_has_nine_two_and_ten_questions() -> None:
    form = items("FIQR")
    assert form is not None
    assert [(group.heading, len(group.items)) for group in form.groups] == [
        ("Function", 9), ("Overall impact", 2), ("Symptoms", 10),
    ]  # fmt: skip


@pytest.mark.parametrize("code", SHIPPED)
def test_the_worst_answer_to_every_question_is_the_top_of_the_scale(code: str) -> None:
    form = items(code)
    assert form is not None
    assert score(code, [item.answers[-1][0] for item in form.items]).score == INSTRUMENTS[code].high
    assert score(code, [item.answers[0][0] for item in form.items]).score == INSTRUMENTS[code].low
