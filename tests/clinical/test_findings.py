"""The facts behind the 'since last visit' sentences, on diaries small enough to check by eye."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clinical.body_map import pack
from clinical.daily import DoseTaken, Entry, day_rows
from clinical.diary import Diary, empty_diary
from clinical.findings import Action, Event, Finding, Medicine, Score, since
from clinical.flares import Flare, flares_of
from clinical.safety import SafetyItem, SafetyKind, open_items
from tests.clinical.diaries import FIRST, on, period, with_pain

NOW, BEFORE, TODAY = period(28, 55), period(0, 27), on(55)


def flare(first: int, last: int | None, kind: Any = "flare") -> Flare:
    end = None if last is None else on(last)
    return Flare(kind, on(first), end, on(first), 8.0, 4.0, ("pain",), 5, 0, "rule")


def facts(diary: Diary, flares: Sequence[Flare] = (), **record: Any) -> list[Finding]:
    parts: dict[str, Any] = {"medications": [], "events": [], "measures": [], "actions": []} | record
    return since(diary, flares, now=NOW, before=BEFORE, as_of=TODAY, **parts)


def of(kind: str, found: list[Finding]) -> Finding:
    return next(finding for finding in found if finding.kind == kind)


def kinds(found: list[Finding]) -> list[str]:
    return [finding.kind for finding in found]


def test_pain_carries_the_immpact_verdict_and_the_level_outside_flares() -> None:
    diary = with_pain([4.0] * 28 + [4.0] * 21 + [8.0] * 7)

    found = of("pain_change", facts(diary, [flare(49, 55)]))

    assert found.values["now"] == 5.0
    assert found.values["before"] == 4.0
    assert found.values["percent"] == 25
    assert found.values["important"] == "not an important change"
    assert (found.values["outside_now"], found.values["outside_before"]) == (4.0, 4.0)
    assert found.rests_on_days == 56
    assert (found.start, found.end) == (on(0), on(55))
    assert "IMMPACT" in found.rule


def test_flare_days_say_how_many_flares_followed_short_nights() -> None:
    short = {29: 4.5, 30: 4.0, 44: 7.0, 45: 6.5}
    diary = day_rows([Entry(on(i), pain=4, sleep_hours=short.get(i, 5.0)) for i in range(56)])

    found = of("flare_days", facts(diary, [flare(5, 7), flare(30, 34), flare(45, 48), flare(52, 52, "spike")]))

    assert (found.values["now"], found.values["before"]) == (10, 3)
    assert (found.values["flares"], found.values["spikes"]) == (2, 1)
    assert found.values["after_short_nights"] == 1
    assert found.values["sleep_known"] == 2
    assert found.values["longest_days"] == 5
    assert found.values["open_day"] is None


def test_the_base_rate_of_short_nights_stands_beside_those_before_a_flare() -> None:
    short = {30: 4.0, 33: 4.5, 40: 4.9, 44: 4.0, 50: 4.96}
    diary = day_rows([Entry(on(i), pain=4, sleep_hours=short.get(i, 7.0)) for i in range(56)])

    found = of("flare_days", facts(diary, [flare(30, 34), flare(45, 48)]))

    assert (found.values["short_nights"], found.values["short_before_flare"]) == (4, 2)  # 4.96 is displayed as 5.0


def test_a_day_called_a_flare_is_counted_apart_from_spikes_of_pain() -> None:
    said = replace(flare(40, 40, "spike"), signals=("flare",))

    found = of("flare_days", facts(with_pain([4.0] * 56), [flare(30, 34), said, flare(50, 50, "spike")]))

    assert (found.values["flares"], found.values["spikes"], found.values["said_flare"]) == (1, 1, 1)
    assert [episode.start for episode in found.episodes] == [on(30), on(40), on(50)]


def test_flare_days_of_mostly_unlogged_periods_are_not_set_against_each_other() -> None:
    diary = with_pain([4.0] * 40 + [None] * 15 + [4.0])

    found = of("flare_days", facts(diary, [flare(5, 8), flare(29, 31)]))

    assert (found.values["now"], found.values["before"]) == (3, None)


def test_more_short_nights_are_told_with_their_share_on_both_sides() -> None:
    short = {5, 12, *range(30, 39)}
    diary = day_rows([Entry(on(i), pain=4, stress=4, sleep_hours=4.5 if i in short else 6.0) for i in range(56)])

    found = of("sleep_and_stress", facts(diary))

    assert found.values["leads"] == "sleep"
    assert (found.values["short_now"], found.values["nights_now"]) == (9, 28)
    assert (found.values["short_before"], found.values["nights_before"]) == (2, 28)
    assert (found.values["sleep_now"], found.values["sleep_before"]) == (5.5, 5.9)
    assert found.rests_on_days == 56
    assert "[P]" in found.rule


def test_more_stress_leads_where_sleep_stayed_as_it_was() -> None:
    diary = day_rows([Entry(on(i), pain=4, stress=6.0 if i >= 28 else 4.0, sleep_hours=6.0) for i in range(56)])

    found = of("sleep_and_stress", facts(diary))

    assert (found.values["leads"], found.values["stress_now"], found.values["stress_before"]) == ("stress", 6, 4)


def test_a_few_nights_or_a_small_change_of_sleep_say_nothing() -> None:
    few = day_rows(
        [Entry(on(i), pain=4, sleep_hours=(4.0 if i > 50 else 6.0) if i % 6 == 0 else None) for i in range(56)]
    )
    alike = day_rows([Entry(on(i), pain=4, sleep_hours=4.5 if i in (3, 30, 31, 32) else 6.0) for i in range(56)])

    assert "sleep_and_stress" not in kinds(facts(few))
    assert "sleep_and_stress" not in kinds(facts(alike))


def test_a_diary_that_began_in_the_period_says_when() -> None:
    assert of("pain_change", facts(with_pain([4.0] * 20, start=36))).values["first_day"] == on(36)
    assert of("pain_change", facts(with_pain([4.0] * 56))).values["first_day"] is None


def test_the_questionnaire_of_the_first_day_is_the_one_before() -> None:
    scores = [Score(on(3), "PHQ-9", 15), Score(on(28), "PHQ-9", 9), Score(on(40), "PHQ-9", 10)]

    assert "score_change" not in kinds(facts(with_pain([4.0] * 56), measures=scores))


def test_a_night_of_five_hours_is_not_short_and_unlogged_sleep_is_not_known() -> None:
    diary = day_rows([Entry(on(i), pain=4, sleep_hours=5.0 if i < 40 else None) for i in range(56)])

    found = of("flare_days", facts(diary, [flare(30, 34), flare(50, 53)]))

    assert found.values["after_short_nights"] == 0
    assert found.values["sleep_known"] == 1


def test_an_open_flare_comes_first_with_its_day() -> None:
    found = facts(with_pain([4.0] * 50 + [8.0] * 6), [flare(50, None)])

    assert found[0].kind == "flare_days"
    assert found[0].values["open_day"] == 6


def test_regions_new_in_flares_are_named() -> None:
    usual, more = {"b_lumbar_l": 5}, {"b_lumbar_l": 7, "b_calf_l": 6}
    diary = day_rows([Entry(on(i), pain=5, regions=pack(more if 40 <= i < 47 else usual)) for i in range(56)])

    found = of("flare_regions", facts(diary, [flare(40, 46)]))

    assert found.values["regions"] == "b_calf_l"
    assert found.values["usual_regions"] == "b_lumbar_l"
    assert (found.values["spread_in"], found.values["spread_outside"]) == (2, 1)


def test_more_regions_than_before_are_a_fact_only_beyond_the_maps_own_error() -> None:
    def spreading(count: int) -> list[Finding]:
        regions = ["b_calf_l", "b_neck_l", "f_knee_r"][:count]
        after: dict[str, int | None] = {"b_lumbar_l": 5, **dict.fromkeys(regions, 4)}
        packed = [pack(after if i >= 28 else {"b_lumbar_l": 5}) for i in range(56)]
        return facts(day_rows([Entry(on(i), pain=5, regions=one) for i, one in enumerate(packed)]))

    assert "spread_change" not in kinds(spreading(2))
    found = of("spread_change", spreading(3))
    assert (found.values["now"], found.values["before"]) == (4, 1)
    assert found.values["new_regions"] == "f_knee_r|b_neck_l|b_calf_l"
    assert found.values["gone_regions"] == ""


def test_a_new_medicine_with_few_days_after_says_nothing_yet() -> None:
    found = of("medicine_started", facts(with_pain([4.0] * 56), medications=[Medicine("duloxetine", on(45))]))

    assert found.values["verdict"] == "nothing can be said yet"
    assert found.values["why"] == "too few days after"
    assert found.values["pain_after"] is None
    assert (found.values["days_before"], found.values["days_after"]) == (28, 11)


def test_a_flare_or_another_start_in_the_window_also_says_nothing_yet() -> None:
    medicine = Medicine("duloxetine", on(32))
    other = Event(on(40), "treatment_start", "pacing plan")

    with_flare = facts(with_pain([4.0] * 56), [flare(40, 46)], medications=[medicine])
    with_other = facts(with_pain([4.0] * 56), medications=[medicine], events=[other])

    assert of("medicine_started", with_flare).values["why"] == "a flare falls in the window"
    assert {f.values["why"] for f in with_other if f.kind == "medicine_started"} == {
        "another treatment changed in the window"
    }


def test_before_and_after_are_compared_when_nothing_stands_in_the_way() -> None:
    diary = with_pain([6.0] * 32 + [4.0] * 24)

    found = of("medicine_stopped", facts(diary, medications=[Medicine("tramadol", None, on(32))]))

    assert found.values["verdict"] == "compared"
    assert (found.values["pain_before"], found.values["pain_after"]) == (6.0, 4.0)
    assert found.values["important"] == "important improvement"


def test_an_event_that_repeats_a_medicines_own_start_is_told_once() -> None:
    found = facts(
        with_pain([4.0] * 56),
        medications=[Medicine("Duloxetine", on(45))],
        events=[Event(on(45), "treatment_start", "duloxetine 60 mg started")],
    )

    assert kinds(found).count("medicine_started") == 1


def test_the_as_needed_medicine_that_changed_most_is_named() -> None:
    uses = {"tramadol": [on(i) for i in (3, 30, 31, 32, 32, 33)], "ibuprofen": [on(i) for i in (2, 40)]}

    found = of("as_needed_days", facts(with_pain([4.0] * 56), as_needed=uses))

    assert (found.values["medicine"], found.values["now"], found.values["before"]) == ("tramadol", 4, 1)


def test_without_medicine_names_the_diarys_own_count_speaks() -> None:
    doses = [DoseTaken(on(i), as_needed=True) for i in (30, 31, 32)]
    diary = day_rows([Entry(on(i), pain=4) for i in range(56)], doses)

    found = of("as_needed_days", facts(diary))

    assert (found.values["medicine"], found.values["now"], found.values["before"]) == ("", 3, 0)


def test_overdue_actions_are_counted_and_the_oldest_is_named() -> None:
    actions = [
        Action("letter", on(50)),
        Action("blood test", on(40)),
        Action("done", on(10), "done"),
        Action("today", TODAY),
    ]

    found = of("actions_overdue", facts(with_pain([4.0] * 56), actions=actions))

    assert (found.values["count"], found.values["title"], found.values["days"]) == (2, "blood test", 15)


def test_what_is_open_of_safety_comes_before_everything_and_the_red_flags_are_one_sentence() -> None:
    def item(kind: SafetyKind, question: str, value: float | None = None) -> SafetyItem:
        return SafetyItem(kind, question, question, "emergency", on(40), value, question)

    still = [item("red_flag", "fever"), item("red_flag", "rigors"), item("phq9_item9", "phq9_item9", 2.0)]
    found = facts(with_pain([4.0] * 56), [flare(50, None)], safety=still)

    assert [finding.kind for finding in found[:2]] == ["red_flag", "safety_item"]
    assert (found[0].values["label"], found[0].values["pressing"], found[0].values["day"]) == (
        "fever",
        "rigors",
        on(40),
    )
    assert found[0].values["further"] == 0
    soon = facts(with_pain([4.0] * 56), [], safety=[still[0], replace(still[1], level="soon")])[0]
    assert (soon.values["pressing"], soon.values["further"]) == ("", 1)
    assert found[1].values["item_9"] == 2
    assert len(found) <= 8


def test_an_important_change_of_a_questionnaire_is_a_fact() -> None:
    scores = [
        Score(on(3), "PHQ-9", 15),
        Score(on(40), "PHQ-9", 10),
        Score(on(2), "GAD-7", 9),
        Score(on(41), "GAD-7", 8),
    ]

    found = [f for f in facts(with_pain([4.0] * 56), measures=scores) if f.kind == "score_change"]

    assert [(f.values["instrument"], f.values["difference"]) for f in found] == [("PHQ-9", -5)]
    assert found[0].values["at_start"] == 0
    started = [Score(NOW.start, "PHQ-9", 15), Score(on(40), "PHQ-9", 10)]
    (again,) = [f for f in facts(with_pain([4.0] * 56), measures=started) if f.kind == "score_change"]
    assert (again.values["day_before"], again.values["at_start"]) == (NOW.start, 1)


def test_a_latest_phq_9_that_does_not_tell_item_9_is_said_and_opens_nothing() -> None:
    answered = Score(on(3), "PHQ-9", 9, (1.0,) * 9)
    total = Score(on(40), "PHQ-9", 18)

    said = of("item_9_unknown", facts(with_pain([4.0] * 56), measures=[answered, total]))

    assert (said.values["score"], said.values["day"]) == (18, on(40))
    for known in (replace(answered, day=on(41)), Score(on(40), "PHQ-9 item 9", 0)):
        found = facts(with_pain([4.0] * 56), measures=[total, known])
        assert "item_9_unknown" not in kinds(found)
    assert open_items([], [], [total], on(55)) == ()


def test_a_long_gap_is_told_and_a_week_is_not() -> None:
    week = with_pain([4.0] * 30 + [None] * 7 + [4.0] * 19)
    longer = with_pain([4.0] * 30 + [None] * 8 + [4.0] * 18)

    assert "logging_gap" not in kinds(facts(week))
    found = of("logging_gap", facts(longer))
    assert (found.values["days"], found.values["first"], found.values["last"]) == (8, on(30), on(37))
    assert found.values["still_open"] == 0


def test_a_new_level_recognised_in_the_period_is_told() -> None:
    diary = with_pain([7.0, 6.0] * 60 + [3.0, 4.0] * 30)
    flares = flares_of(diary, diary.end)

    found = since(diary, flares, [], [], [], [], period(100, 179), period(20, 99), on(179))

    shift = of("shift", found)
    assert (shift.values["direction"], shift.values["since"]) == ("down", on(120))


def test_an_empty_diary_says_only_that() -> None:
    found = facts(empty_diary(FIRST))

    assert kinds(found) == ["no_entries"]
    assert found[0].values == {"last_entry": None, "days_since": None}


def test_a_period_without_entries_names_the_last_one() -> None:
    found = facts(with_pain([4.0] * 10))

    assert kinds(found) == ["no_entries"]
    assert found[0].values == {"last_entry": on(9), "days_since": 46}


def test_one_entry_is_not_enough_days_and_claims_nothing() -> None:
    found = facts(with_pain([6.0], start=55))

    assert kinds(found) == ["not_enough_days"]
    assert found[0].values == {"days_logged": 1, "days_needed": 4, "last_pain": 6.0, "last_entry": on(55)}


def test_nothing_after_as_of_is_told() -> None:
    diary = with_pain([4.0] * 40 + [9.0] * 16)
    medicine = Medicine("later", on(50))

    scores = [Score(on(50), "PHQ-9", 9, (3.0,) * 9)]
    safety = open_items([], [], scores, on(39))

    found = since(diary, [], [medicine], [], scores, [], NOW, BEFORE, on(39), safety=safety)

    assert of("pain_change", found).values["now"] == 4.0
    assert not {"medicine_started", "safety_item"} & set(kinds(found))


days_or_none = st.one_of(st.none(), st.integers(0, 60).map(on))


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 10).map(float)), max_size=56),
    st.lists(st.builds(Medicine, name=st.sampled_from("abc"), start=days_or_none), max_size=4),
    st.lists(st.builds(Action, title=st.sampled_from("xy"), due=days_or_none), max_size=3),
    st.lists(
        st.builds(Score, days_or_none, st.sampled_from(["PHQ-9", "GAD-7", "ISI"]), st.integers(0, 21)), max_size=4
    ),
)
def test_any_record_gives_at_most_six_facts_numbered_in_order(
    pain: list[float | None], medicines: list[Medicine], actions: list[Action], scores: list[Score]
) -> None:
    diary = with_pain(pain)

    found = facts(diary, flares_of(diary, TODAY), medications=medicines, actions=actions, measures=scores)

    assert 1 <= len(found) <= 7
    assert [finding.importance for finding in found] == list(range(len(found)))
    assert all(finding.rule and isinstance(finding.start, date) and finding.start <= finding.end for finding in found)
