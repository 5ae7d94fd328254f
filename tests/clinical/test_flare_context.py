"""Around an episode: regions that hurt in it alone, what went before, the way back to usual."""

from dataclasses import replace

import pytest

from clinical.body_map import pack
from clinical.daily import Entry, day_rows
from clinical.diary import Diary
from clinical.flare_context import Around, Unusual
from clinical.flares import Flare
from clinical.record import Event
from tests.clinical.diaries import on

FLARE = Flare("flare", on(40), on(44), on(41), 8.0, 4.0, ("pain",), 5, 0, "the rule")
CALM, BAD = {"b_lumbar_l": 4}, {"b_lumbar_l": 6, "b_wrist_hand_l": 5}


def diary(*, days: int = 60, pain: dict[int, float] | None = None, sleep: dict[int, float] | None = None) -> Diary:
    """Pain 4, seven hours of sleep and a back that hurts, but 8 and a hand too in the episode."""
    bad = range(40, 45)
    return day_rows(
        [
            Entry(
                on(i),
                pain=(pain or {}).get(i, 8 if i in bad else 4),
                sleep_hours=(sleep or {}).get(i, 7 + i % 2),
                regions=pack(BAD if i in bad else CALM),
            )
            for i in range(days)
        ]
    )


def around(shown: Diary, *others: Flare) -> Around:
    return Around(shown, [FLARE, *others], on(59))


def test_a_region_that_hurts_outside_too_did_not_light_up() -> None:
    found = around(diary()).lit_up(FLARE)
    assert (found.regions, found.days, found.days_usual) == (("b_wrist_hand_l",), 5, 40)


def test_too_few_maps_before_are_told_and_name_no_region() -> None:
    early = replace(FLARE, start=on(3), end=on(6), peak=on(4))
    found = Around(diary(), [early], on(59)).lit_up(early)
    assert (found.known, found.regions, found.days_usual) == (False, (), 3)


def test_days_of_an_earlier_episode_are_not_what_is_usual() -> None:
    second = replace(FLARE, start=on(50), end=on(52), peak=on(51))
    assert around(diary(), second).lit_up(second).days_usual == 45


def test_three_short_nights_went_before_and_the_night_into_the_first_day_is_one() -> None:
    short = around(diary(sleep={38: 4.0, 39: 4.5, 40: 3.5})).before(FLARE, ())
    assert short.unusual == (Unusual("sleep_hours", 4.0, 7.0, 8.0, 3, 38),)
    assert around(diary(sleep={41: 2.0, 42: 2.0})).before(FLARE, ()).unusual == (), "that came after"


def test_events_of_the_week_before_and_of_the_first_day_are_named() -> None:
    events = [Event(on(day), "infection", str(day)) for day in (32, 33, 40, 41)] + [Event(None, "injury")]
    assert [event.label for event in around(diary()).before(FLARE, events).events] == ["33", "40"]


def test_the_way_back_counts_from_the_worst_day_and_says_what_was_not_logged() -> None:
    found = around(diary(pain={45: 6, 46: 5, **dict.fromkeys(range(40, 45), 8.0)})).recovery(FLARE)
    assert (found.days, found.why, found.missing) == (6, "", 0)


@pytest.mark.parametrize(
    ("flare", "why"),
    [
        (replace(FLARE, end=None), "open"),
        (replace(FLARE, kind="shift"), "a new level"),
        (replace(FLARE, usual_pain=None), "usual level not known"),
        (replace(FLARE, usual_pain=2.0), "not back yet"),
    ],
)
def test_a_way_back_that_is_not_known_says_why(flare: Flare, why: str) -> None:
    assert around(diary()).recovery(flare).why == why


def test_another_episode_before_the_way_back_ends_the_count() -> None:
    worse = diary(pain=dict.fromkeys(range(45, 52), 6.0) | dict.fromkeys(range(40, 45), 8.0))
    second = replace(FLARE, start=on(48), end=on(50), peak=on(49))
    assert around(worse, second).recovery(FLARE).why == "another episode first"


def test_an_empty_diary_answers_nothing() -> None:
    found = Around(day_rows([]), [], on(59))
    assert found.lit_up(FLARE).regions == ()
    assert found.before(FLARE, ()).unusual == ()
