"""Several answers of one day become one value; what was not answered stays missing."""

from datetime import date
from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clinical.body_map import PRESENT, REGION_COUNT, REGION_INDEX, UNMARKED, pack
from clinical.daily import DoseTaken, Entry, day_rows, frame
from tests.clinical.diaries import on

MONDAY = date(2026, 3, 2)
NECK = REGION_INDEX["b_neck_l"]


def test_a_day_is_the_mean_of_its_answers_and_keeps_the_worst_pain() -> None:
    diary = day_rows([Entry(MONDAY, pain=4, sleep_hours=6), Entry(MONDAY, pain=7), Entry(MONDAY, stress=3)])

    assert diary["pain"][0] == 5.5
    assert diary["pain_worst"][0] == 7
    assert diary["sleep_hours"][0] == 6
    assert diary["stress"][0] == 3
    assert np.isnan(diary["fatigue"][0])
    assert diary.entries.tolist() == [3]


def test_yes_wins_over_no_for_the_own_answer_and_not_asked_stays_missing() -> None:
    diary = day_rows([Entry(on(0), flare=False), Entry(on(0), flare=True), Entry(on(1), flare=False), Entry(on(2))])

    assert diary["flare"][:2].tolist() == [1, 0]
    assert np.isnan(diary["flare"][2])


def test_days_between_entries_are_missing_not_zero() -> None:
    diary = day_rows([Entry(on(3), pain=2), Entry(on(0), pain=1)])

    assert len(diary) == 4
    assert diary.start == on(0)
    assert diary.logged.tolist() == [True, False, False, True]
    assert np.isnan(diary["pain"][1:3]).all()
    assert np.isnan(diary["spread"]).all()
    assert np.isnan(diary["rescue_doses"][1:3]).all()


def test_the_map_of_a_day_is_the_worst_mark_per_region() -> None:
    morning = pack({"b_neck_l": None, "b_lumbar_l": 3, "f_knee_l": 0, "f_jaw_l": 0})
    evening = pack({"b_neck_l": 2, "b_lumbar_l": 6, "f_knee_l": None})

    diary = day_rows([Entry(MONDAY, regions=morning), Entry(MONDAY, regions=evening)])
    found = diary.maps[0]

    assert found[NECK] == 2
    assert found[REGION_INDEX["b_lumbar_l"]] == 6
    assert found[REGION_INDEX["f_knee_l"]] == PRESENT
    assert found[REGION_INDEX["f_jaw_l"]] == 0
    assert (found == UNMARKED).sum() == REGION_COUNT - 4
    assert diary["spread"][0] == 3


def test_a_map_without_pain_has_spread_zero_and_no_map_has_none() -> None:
    diary = day_rows([Entry(on(0), regions=pack({})), Entry(on(1), pain=3)])

    assert diary.has_map.tolist() == [True, False]
    assert diary["spread"][0] == 0
    assert np.isnan(diary["spread"][1])


def test_rescue_doses_count_only_as_needed_doses_that_were_taken() -> None:
    doses = [
        DoseTaken(on(0), as_needed=True),
        DoseTaken(on(0), as_needed=True),
        DoseTaken(on(0), as_needed=False),
        DoseTaken(on(2), as_needed=True, taken=False),
    ]

    diary = day_rows([Entry(on(1), pain=3)], doses)

    assert diary["rescue_doses"].tolist() == [2, 0, 0]
    assert diary.entries.tolist() == [0, 1, 0]


def test_nothing_logged_is_an_empty_diary() -> None:
    assert len(day_rows([])) == 0
    assert frame(day_rows([])).empty


def test_the_frame_has_a_row_a_calendar_day() -> None:
    table = frame(day_rows([Entry(on(0), pain=1), Entry(on(2), pain=3)]))

    assert [stamp.date() for stamp in table.index] == [on(0), on(1), on(2)]
    assert table["pain"].isna().tolist() == [False, True, False]


answers = st.one_of(st.none(), st.integers(0, 10))


@given(st.lists(st.tuples(st.integers(0, 30), answers, st.sampled_from([None, True, False])), min_size=1, max_size=60))
def test_a_plain_loop_gives_the_same_days(rows: list[tuple[int, int | None, bool | None]]) -> None:
    diary = day_rows([Entry(on(day), pain=pain, flare=flare) for day, pain, flare in rows])

    for day, group in groupby(sorted(rows, key=lambda row: row[0]), key=lambda row: row[0]):
        same = list(group)
        place = (on(day) - diary.start).days
        pains = [pain for _, pain, _ in same if pain is not None]
        said = [flare for _, _, flare in same if flare is not None]
        assert diary.entries[place] == len(same)
        np.testing.assert_allclose(diary["pain"][place], np.mean(pains) if pains else np.nan, rtol=1e-6)
        np.testing.assert_equal(float(diary["pain_worst"][place]), float(max(pains)) if pains else np.nan)
        np.testing.assert_equal(float(diary["flare"][place]), float(any(said)) if said else np.nan)


def test_a_device_night_gives_hours_of_sleep_but_is_no_day_that_somebody_logged() -> None:
    night = Entry(on(0), sleep_hours=6, measured=True)
    diary = day_rows([night, Entry(on(1), pain=3), Entry(on(1), sleep_hours=8, measured=True)])

    assert diary["sleep_hours"].tolist() == [6, 8]
    assert diary.logged.tolist() == [False, True]
    assert diary.entries.tolist() == [0, 1]
    np.testing.assert_equal(diary["rescue_doses"].tolist(), [np.nan, 0])


def test_on_a_day_on_which_the_person_says_how_long_they_slept_the_device_is_not_asked() -> None:
    own = Entry(on(0), pain=5, sleep_hours=4)
    silent = Entry(on(1), pain=5)
    nights = [Entry(on(day), sleep_hours=7, measured=True) for day in (0, 1)]
    for order in ([own, silent, *nights], [*nights, silent, own]):
        assert day_rows(order)["sleep_hours"].tolist() == [4, 7]
    two = day_rows([own, Entry(on(0), sleep_hours=6), nights[0]])
    assert two["sleep_hours"].tolist() == [5]
