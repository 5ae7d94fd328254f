"""Before and after a turn of treatment: the numbers are those of the rows, and caution has the last word."""

import numpy as np
import pytest

from clinical.change_cards import ChangeCard, change_cards
from clinical.diary import Diary
from clinical.flares import Flare
from clinical.record import Action, Event, Medicine
from clinical.turns import turns_of
from tests.clinical.diaries import on, steady, with_pain
from tests.clinical.patterned_diaries import lasting

LAST = 199
TURN = 150


def calm(*, step: float = 0.0, missing: tuple[int, int] | None = None) -> Diary:
    """200 days around 5, `step` points more from day 150 on."""
    pain: list[float | None] = [*steady(TURN, 5), *[day + step for day in steady(LAST + 1 - TURN, 5, seed=2)]]
    if missing:
        pain[missing[0] : missing[1]] = [None] * (missing[1] - missing[0])
    return with_pain(pain)


def card(
    diary: Diary, *medicines: Medicine, flares: tuple[Flare, ...] = (), events: tuple[Event, ...] = ()
) -> ChangeCard:
    started = Medicine("duloxetine", on(TURN))
    return next(
        one
        for one in change_cards(diary, flares, [started, *medicines], events, [], on(LAST))
        if one.turn.name == "duloxetine"
    )


def flare(first: int, last: int) -> Flare:
    return Flare("flare", on(first), on(last), on(first), 8, 5, ("pain",), last - first + 1, 0, "rule")


def test_a_clear_drop_is_said_with_the_numbers_of_the_rows() -> None:
    diary = calm(step=-2)
    found = card(diary)
    before, after = np.array(diary["pain"][122:150]), np.array(diary["pain"][150:178])

    assert found.verdict == "lower after"
    assert found.why_not == ()
    assert found.before.mean == pytest.approx(before.mean(), abs=0.0501)
    assert found.after.mean == pytest.approx(after.mean(), abs=0.0501)
    assert (found.before.days, found.after.days, found.before.days_missing) == (28, 28, 0)
    assert found.interval is not None
    assert found.difference is not None
    assert found.interval[0] < found.difference < found.interval[1] < 0
    assert found.important == "important improvement"


def test_a_rise_is_said_too() -> None:
    assert card(calm(step=2)).verdict == "higher after"


def test_no_difference_is_a_normal_answer() -> None:
    found = card(calm())

    assert found.verdict == "no clear difference"
    assert found.interval is not None
    assert found.interval[0] <= 0 <= found.interval[1]


def test_days_that_resemble_each_other_make_the_interval_wider() -> None:
    def width(carry: float) -> float:
        noise = lasting(np.random.default_rng(3), LAST + 1, carry, 1)[:, 0]
        found = card(with_pain([float(value) for value in np.clip(np.round(5 + 1.2 * noise), 0, 10)]))
        assert found.interval is not None
        return found.interval[1] - found.interval[0]

    assert width(0.8) > 1.5 * width(0.0)


def test_in_noise_that_lasts_a_difference_is_rarely_claimed() -> None:
    claims = 0
    for seed in range(60):
        noise = lasting(np.random.default_rng(seed), LAST + 1, 0.7, 1)[:, 0]
        found = card(with_pain([float(value) for value in np.clip(np.round(5 + 1.2 * noise), 0, 10)]))
        claims += found.verdict != "no clear difference"

    assert claims <= 9


@pytest.mark.parametrize(
    ("missing", "why"),
    [((122, 140), "too few days before"), ((150, 170), "too few days after")],
)
def test_with_too_few_days_nothing_can_be_said(missing: tuple[int, int], why: str) -> None:
    found = card(calm(step=-3, missing=missing))

    assert found.verdict == "nothing can be said"
    assert found.why_not[0] == why
    assert found.interval is None


def test_a_diary_too_short_to_know_how_much_days_differ_says_nothing() -> None:
    short = with_pain([None] * 136 + steady(14, 7) + steady(13, 3) + [None] * 5 + [3.0])  # 28 days, half before

    found = change_cards(short, [], [Medicine("duloxetine", on(TURN))], [], [], on(168))[0]
    in_flares = change_cards(short, [flare(100, 149)], [Medicine("duloxetine", on(TURN))], [], [], on(168))[0]

    assert found.why_not == ()
    assert in_flares.why_not == ("too few days to know how much days differ", "a flare falls in the window")


def test_a_flare_in_these_days_keeps_anything_from_being_said() -> None:
    found = card(calm(step=-2), flares=(flare(140, 145),))

    assert found.verdict == "nothing can be said"
    assert found.why_not == ("a flare falls in the window",)
    assert found.flares_before.started == 1
    assert found.flares_after.started == 0
    assert found.before.mean is not None


def test_another_treatment_in_these_days_is_named_and_keeps_anything_from_being_said() -> None:
    found = card(calm(step=-2), Medicine("pregabalin", on(160)))

    assert found.verdict == "nothing can be said"
    assert found.why_not == ("another treatment changed in the window",)
    assert [(other.name, other.kind) for other in found.others] == [("pregabalin", "started")]


def test_everything_that_stands_in_the_way_is_told() -> None:
    found = card(calm(missing=(150, 170)), Medicine("pregabalin", on(130), on(160)), flares=(flare(140, 145),))

    assert found.why_not == (
        "too few days after",
        "a flare falls in the window",
        "another treatment changed in the window",
    )
    assert len(found.others) == 2


def test_what_else_happened_is_named_but_visits_are_not() -> None:
    events = (Event(on(155), "infection", "Flu-like illness"), Event(on(156), "visit", "Review"), Event(None, "injury"))

    found = card(calm(step=-2), events=events)

    assert [event.label for event in found.events] == ["Flu-like illness"]
    assert found.verdict == "lower after"


def test_an_unusually_bad_time_before_is_cautioned_against() -> None:
    pain = [*steady(122, 4), *steady(28, 7), *steady(50, 4, seed=3)]

    found = card(with_pain(pain))

    assert found.verdict == "lower after"
    assert "began in an unusually bad time" in found.cautions


def test_pain_that_was_falling_already_is_cautioned_against() -> None:
    pain = [round(9 - day * 6 / 200 + (day * 7 % 3 - 1) * 0.5, 1) for day in range(200)]
    found = card(with_pain([float(value) for value in pain]))

    assert "was already falling" in found.cautions
    assert found.trend_before is not None
    assert found.trend_before.value == pytest.approx(-0.84, abs=0.3)


def test_the_same_change_a_year_before_is_cautioned_against() -> None:
    year = [*steady(150, 6), *steady(215, 4, seed=5)]
    diary = with_pain([*year, *steady(150, 6, seed=6), *steady(50, 4, seed=7)])
    found = change_cards(diary, [], [Medicine("duloxetine", on(365 + 150))], [], [], on(564))[0]

    assert "same change a year before" in found.cautions
    assert "no diary from a year before" in card(calm()).cautions


def test_days_after_the_day_of_looking_are_not_looked_at() -> None:
    diary = calm(step=-3)
    medicines = [Medicine("duloxetine", on(TURN)), Medicine("pregabalin", on(170))]

    found = change_cards(diary, [], medicines, [], [], on(155))

    assert [one.turn.name for one in found] == ["duloxetine"]
    assert found[0].after.days == 6
    assert found[0].verdict == "nothing can be said"


def test_turns_before_the_diary_have_no_card_and_without_a_diary_there_is_none() -> None:
    old = Medicine("amitriptyline", on(-100))

    assert change_cards(calm(), [], [old], [], [], on(LAST)) == []
    assert change_cards(with_pain([]), [], [Medicine("duloxetine", on(TURN))], [], [], on(LAST)) == []


def test_cards_are_the_latest_first_and_actions_that_were_done_have_one() -> None:
    actions = [Action("Pacing diary", on(180), "done", on(120)), Action("Call the GP", on(180))]

    found = change_cards(calm(), [], [Medicine("duloxetine", on(TURN))], [], actions, on(LAST))

    assert [(one.turn.name, one.turn.kind) for one in found] == [
        ("duloxetine", "started"),
        ("Pacing diary", "action done"),
    ]
    assert found[0].verdict == "no clear difference"


def test_a_new_dose_is_a_change_and_not_a_stop_and_a_start() -> None:
    medicines = [
        Medicine("Duloxetine", on(10), on(99), dose=30, unit="mg"),
        Medicine("duloxetine", on(100), dose=60, unit="mg"),
    ]
    events = [Event(on(100), "treatment_start", "Duloxetine 60 mg"), Event(on(120), "treatment_start", "Walking group")]

    found = turns_of(medicines, events, as_of=on(LAST))

    assert [(turn.name, turn.kind, turn.detail) for turn in found] == [
        ("Duloxetine", "started", ""),
        ("duloxetine", "changed", "30 mg to 60 mg"),
        ("Walking group", "started", ""),
    ]
