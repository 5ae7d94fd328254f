"""Inflammatory back pain as published (Sieper 2009, NICE NG65): every set at, above and below its mark."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.pointers import Known, pointers
from clinical.pointers.back_pain import prompted
from tests.clinical.pointed import ASAS, each_day, found_set, logged, said, with_further, without_log

OVER_3_MONTHS = {"back_pain_over_3_months": "yes"}
ASAS_ITEMS = {
    "onset_age": ("39", "40"),
    "onset_manner": ("gradual", "sudden"),
    "improves_with_exercise": ("yes", "no"),
    "improves_with_rest": ("no", "yes"),
    "night_pain_better_on_rising": ("yes", "no"),
}
BERLIN_ITEMS = {
    "morning_stiffness_over_30": ("yes", "no"),
    "improves_with_exercise": ("yes", "no"),
    "wakes_second_half_of_night": ("yes", "no"),
    "alternating_buttock_pain": ("yes", "no"),
}
CALIN_ITEMS = {
    "onset_age": ("39", "40"),
    "onset_manner": ("gradual", "sudden"),
    "morning_stiffness_over_30": ("yes", "no"),
    "improves_with_exercise": ("yes", "no"),
}
NG65_ITEMS = {
    "onset_age": ("34", "35"),
    "wakes_second_half_of_night": ("yes", "no"),
    "buttock_pain": ("yes", "no"),
    "improves_with_exercise": ("yes", "no"),
    "nsaid_response_48h": ("yes", "no"),
    "family_history": ("yes", "no"),
    "arthritis": ("yes", "no"),
    "enthesitis": ("yes", "no"),
    "psoriasis": ("yes", "no"),
}


def holding(items: dict[str, tuple[str, str]], which: tuple[str, ...], **more: str) -> Known:
    """Somebody with back pain for years in whom those items hold, and the others do not."""
    answers = {code: yes if code in which else no for code, (yes, no) in items.items()}
    return without_log(**(OVER_3_MONTHS | answers | more))


def every_choice(items: dict[str, tuple[str, str]]) -> list[tuple[str, ...]]:
    return [chosen for size in range(len(items) + 1) for chosen in combinations(items, size)]


@pytest.mark.parametrize("which", every_choice(ASAS_ITEMS))
def test_asas_needs_four_of_five(which: tuple[str, ...]) -> None:
    found = found_set(holding(ASAS_ITEMS, which), "asas")
    assert (found.present, found.unknown) == (len(which), 0)
    assert found.outcome == ("met" if len(which) >= 4 else "not_met")


@pytest.mark.parametrize("which", every_choice(BERLIN_ITEMS))
def test_berlin_needs_two_of_four(which: tuple[str, ...]) -> None:
    found = found_set(holding(BERLIN_ITEMS, which, improves_with_rest="no"), "berlin")
    assert found.present == len(which)
    assert found.outcome == ("met" if len(which) >= 2 else "not_met")


@pytest.mark.parametrize("which", every_choice(CALIN_ITEMS))
def test_calin_needs_four_of_five_with_the_duration_among_them(which: tuple[str, ...]) -> None:
    found = found_set(holding(CALIN_ITEMS, which), "calin")
    assert found.present == len(which) + 1
    assert found.outcome == ("met" if len(which) >= 3 else "not_met")


@pytest.mark.parametrize("which", [each for each in every_choice(NG65_ITEMS) if 2 <= len(each) <= 4])
def test_ng65_refers_from_four_and_asks_for_hla_b27_at_exactly_three(which: tuple[str, ...]) -> None:
    known = holding(NG65_ITEMS, which, low_back_pain="yes")
    outcome = found_set(known, "ng65").outcome
    assert outcome == ("met" if len(which) >= 4 else "exactly_three" if len(which) == 3 else "not_met")


def test_ng65_says_exactly_three_only_when_no_answer_could_make_it_four() -> None:
    which = tuple(NG65_ITEMS)
    known = holding(NG65_ITEMS, which[:3], low_back_pain="yes")
    assert found_set(known, "ng65").outcome == "exactly_three"
    one_open = dict(known.answers)
    del one_open[which[-1]]
    assert found_set(Known(logged({}), one_open), "ng65").outcome == "not_enough"


def test_better_with_exercise_but_also_with_rest_is_not_the_berlin_item() -> None:
    both = holding(BERLIN_ITEMS, ("improves_with_exercise", "alternating_buttock_pain"), improves_with_rest="yes")
    assert found_set(both, "berlin").present == 1


@pytest.mark.parametrize(("age", "outcome"), [("44", "met"), ("45", "does_not_apply")])
def test_ng65_is_for_low_back_pain_that_began_before_45(age: str, outcome: str) -> None:
    items = tuple(code for code in NG65_ITEMS if code != "onset_age")
    known = holding(NG65_ITEMS, items, low_back_pain="yes", onset_age=age)
    assert found_set(known, "ng65").outcome == outcome


@pytest.mark.parametrize("code", ["asas", "calin", "berlin", "ng65"])
def test_pain_of_less_than_three_months_fits_no_set(code: str) -> None:
    every = {item: yes for items in (ASAS_ITEMS, BERLIN_ITEMS, NG65_ITEMS) for item, (yes, _) in items.items()}
    known = without_log(**every, low_back_pain="yes", back_pain_over_3_months="no")
    assert found_set(known, code).outcome == "does_not_apply"


def test_the_published_accuracy_stands_beside_each_set() -> None:
    found = {each.code: (each.sensitivity, each.specificity) for each in pointers(without_log()).sets}
    assert found == {"asas": (79.6, 72.4), "calin": (89.9, 52.5), "berlin": (70.0, 81.4), "ng65": (None, None)}


def test_nothing_asked_is_not_enough_to_say_and_never_not_met() -> None:
    for each in pointers(without_log()).sets:
        assert each.outcome == "not_enough"
        assert {one.state for one in (*each.conditions, *each.items)} == {"unknown"}


def test_not_known_is_an_answer_that_is_neither_yes_nor_no() -> None:
    found = found_set(without_log(**(ASAS | {"onset_age": "not_known"})), "asas")
    assert (found.present, found.unknown, found.outcome) == (3, 2, "not_enough")


def test_without_the_duration_four_items_are_not_enough_to_say() -> None:
    answers = {code: answer for code, answer in ASAS.items() if code != "back_pain_over_3_months"}
    assert found_set(without_log(**answers), "asas").outcome == "not_enough"


def test_only_asas_from_four_and_berlin_from_two_prompt() -> None:
    calin = {"onset_age": "30", "onset_manner": "gradual", "morning_stiffness_over_30": "yes"}
    sets = pointers(without_log(**(OVER_3_MONTHS | calin))).sets
    assert {each.code: each.outcome for each in sets}["calin"] == "met"
    assert prompted(sets) == ()
    assert prompted(pointers(without_log(**ASAS)).sets) == ("asas",)


@pytest.mark.parametrize(
    ("minutes", "state"),
    [((31,) * 5, "yes"), ((30,) * 5, "no"), ((60,) * 4, "unknown"), ((0, 0, 45, 45, 45), "yes")],
)
def test_stiffness_is_the_median_of_the_last_fourteen_days(minutes: tuple[float, ...], state: str) -> None:
    stiffness = {day: float(value) for day, value in enumerate(minutes)} | dict.fromkeys(range(14, 40), 240.0)
    item = found_set(Known(logged({}, stiffness=stiffness), {}), "berlin").items[0]
    assert item.state == state
    assert item.facts[0].basis == "log"


@pytest.mark.parametrize(("each_side", "state"), [((2, 2), "yes"), ((3, 1), "no"), ((1, 1), "unknown")])
def test_buttock_pain_alternates_when_each_side_alone_hurt_on_two_days(each_side: tuple[int, int], state: str) -> None:
    left, right = each_side
    maps = each_day(range(left), {"b_buttock_l": 5}) | each_day(range(10, 10 + right), {"b_buttock_r": 5})
    item = found_set(Known(logged(maps | each_day(range(20, 27), {})), {}), "berlin").items[3]
    assert item.state == state


def test_both_buttocks_on_the_same_day_do_not_alternate() -> None:
    maps = each_day(range(20), {"b_buttock_l": 5, "b_buttock_r": 5})
    assert found_set(Known(logged(maps), {}), "berlin").items[3].state == "no"


@pytest.mark.parametrize(("nights", "answered", "state"), [(3, 14, "yes"), (2, 14, "no"), (2, 10, "unknown")])
def test_waking_is_three_nights_of_fourteen_and_unanswered_nights_are_not_no(
    nights: int, answered: int, state: str
) -> None:
    known = with_further(without_log(), woke_from_pain={day: float(day < nights) for day in range(answered)})
    assert found_set(known, "berlin").items[2].state == state


@pytest.mark.parametrize(
    ("answers", "state"),
    [((1, 1, 1, 0, -1), "yes"), ((1, 1, 0, 0, -1), "no"), ((1, 1, 1, 1), "unknown"), ((1, 1, 1, 0, 0, 0), "no")],
)
def test_better_after_activity_is_the_majority_of_five_answers(answers: tuple[int, ...], state: str) -> None:
    known = with_further(without_log(), after_activity={day: float(value) for day, value in enumerate(answers)})
    assert found_set(known, "asas").items[2].state == state


def test_marks_in_each_of_four_windows_are_more_than_three_months() -> None:
    lasting = each_day([0, 30, 60, 90], {"b_lumbar_l": 4})
    found = found_set(Known(logged(lasting), {}), "asas").conditions[0]
    assert (found.state, len(found.facts[0].days), found.facts[0].regions) == ("yes", 4, ("b_lumbar_l",))
    short = each_day(range(60), {"b_lumbar_l": 4}) | each_day(range(60, 112), {})
    assert found_set(Known(logged(short), {}), "asas").conditions[0].state == "unknown"


def test_a_yes_of_the_log_or_of_an_answer_counts_and_both_are_told() -> None:
    known = Known(logged({}, stiffness=dict.fromkeys(range(14), 10.0)), said({"morning_stiffness_over_30": "yes"}))
    item = found_set(known, "berlin").items[0]
    assert item.state == "yes"
    assert [(fact.basis, fact.state) for fact in item.facts] == [("log", "no"), ("asked", "yes")]


def test_a_diagnosis_on_record_counts_and_its_absence_says_nothing() -> None:
    known = Known(logged({}), {}, conditions=("Plaque psoriasis",))
    states = {item.code: item.state for item in found_set(known, "ng65").items}
    assert (states["psoriasis"], states["arthritis"]) == ("yes", "unknown")


@given(answers=st.dictionaries(st.sampled_from(sorted(ASAS_ITEMS)), st.just("x"), max_size=5))
def test_an_unanswered_item_is_never_counted_as_no(answers: dict[str, str]) -> None:
    """Whatever is not asked could still make the set: it is 'not met' only when no answer could change that."""
    given_answers = {code: ASAS_ITEMS[code][1] for code in answers}
    found = found_set(without_log(**(OVER_3_MONTHS | given_answers)), "asas")
    could_be_met = len(ASAS_ITEMS) - len(answers) >= 4
    assert found.outcome == ("not_enough" if could_be_met else "not_met")
