"""Episodes, verdicts and patterns in words: what is known with its days, what is not said as such, never 'caused'."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from clinical.associations import Association, Reverse
from clinical.before_flares import BeforeFlares
from clinical.change_cards import change_cards
from clinical.diary import Diary, Period, completeness
from clinical.flare_context import Before, LitUp
from clinical.flares import Flare
from clinical.patterns import Patterns
from clinical.record import Action, Event, Medicine
from clinical.recovery import Recovery
from clinical.recurrence import recurrence
from dashboard.periods import Periods
from dashboard.presenters import (
    flares_associations,
    flares_cards,
    flares_episodes,
    flares_recurrence,
    flares_verdicts,
)
from dashboard.presenters.pain_map_facts import Fact
from dashboard.services.flare_patterns import PatternsView
from dashboard.services.flare_review import Episode, FlaresView
from dashboard.services.timeline import timeline
from data_access.flares import JudgedFlare, Verdict
from tests.clinical.diaries import on, steady, with_pain

AS_OF = on(59)
FLARE = Flare("flare", on(40), on(44), on(41), 8.0, 4.0, ("pain", "spread", "stress", "flare"), 4, 1, "far above usual")
NAMES = {1: "Dr A. Invented"}
DIARY = with_pain([8.0 if 40 <= i < 45 else value for i, value in enumerate(steady(60))])
NOW = Period(on(30), AS_OF)
GIVEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def episode(flare: Flare = FLARE, *given: Verdict) -> Episode:
    judged = JudgedFlare(flare, given[-1] if given else None, FLARE, given)
    return Episode(judged, LitUp(("b_calf_l",), 4, 40), Before((), (), 3), Recovery(6, "", 1))


def view(*found: Episode) -> FlaresView:
    counted = tuple(each.flare for each in found if each.counts)
    return FlaresView(
        "key", "full", AS_OF, Periods(NOW, NOW.before(), "custom"), completeness(DIARY, NOW), 30, DIARY, found, counted,
        None, 5, 0, timeline(DIARY, NOW, counted, usual=None, as_of=AS_OF), (), NAMES,
    )  # fmt: skip


def verdict(kind: str, reason: str = "") -> Verdict:
    start = on(41) if kind == "dates_changed" else None
    return Verdict(FLARE.start, kind, reason, start, None, 1, GIVEN)  # type: ignore[arg-type]


def test_the_row_of_an_episode_tells_days_missing_and_the_way_back() -> None:
    (row,) = flares_episodes.table(view(episode()), FLARE.start).rows
    assert row.cells == (
        "Flare 10 Feb – 14 Feb",
        "5 (1 missing)",
        "8",
        "4",
        "left calf",
        "nothing unusual",
        "6 days",
        "none yet",
    )


def test_an_open_flare_says_which_day_it_is() -> None:
    still = replace(FLARE, end=None)
    assert flares_episodes.heading(view(episode(still)), episode(still)) == "Flare since 10 Feb, day 20"
    assert "in a flare today, day 20" in flares_episodes.lead(view(episode(still))).text


def test_a_day_only_the_patient_calls_a_flare_is_no_spike_of_pain() -> None:
    said = replace(FLARE, kind="spike", end=FLARE.start, signals=("flare",))
    assert flares_episodes.heading(view(episode(said)), episode(said)) == "Patient said flare 10 Feb"


def test_days_only_the_patient_calls_a_flare_are_counted_apart_from_spikes_in_the_sentence() -> None:
    said = replace(FLARE, kind="spike", start=on(35), end=on(35), signals=("flare",))
    spike = replace(said, start=on(50), end=on(50), signals=("pain",))
    told = flares_episodes.lead(view(episode(spike), episode(said))).text
    assert told.startswith(
        "One spike and patient said flare once; 5 of 30 logged days in a flare or spike or said to be a flare"
    )
    only = flares_episodes.lead(view(episode(said))).text
    assert only.startswith("Patient said flare once; ")
    assert "said to be" not in flares_episodes.lead(view(episode())).text


def answering(*days: int) -> Diary:
    """The same diary with the person's own answer 'flare' on those days."""
    answers = np.full(len(DIARY), np.nan, np.float32)
    answers[list(days)] = 1
    return replace(DIARY, values={**DIARY.values, "flare": answers})


@pytest.mark.parametrize(
    ("asked", "first"),
    [(59, "The patient says flare today, pain {}; "), (58, "The patient said flare on 28 Feb, pain {}; ")],
)
def test_what_the_patient_says_today_comes_first_with_the_pain(asked: int, first: str) -> None:
    now = replace(FLARE, kind="spike", start=on(58), end=None, signals=("flare",))
    told = replace(view(episode(now), episode()), diary=answering(asked))
    text = flares_episodes.lead(told).text
    assert text.startswith(first.format(f"{DIARY['pain'][asked]:g}"))
    assert "one flare and patient said flare once" in text


def test_a_said_flare_without_a_pain_answer_says_so_and_one_that_does_not_count_is_not_repeated() -> None:
    now = replace(FLARE, kind="spike", start=on(59), end=None, signals=("flare",))
    answered = answering(59)
    pain = np.where(np.arange(60) == 59, np.float32(np.nan), DIARY["pain"])
    silent = replace(answered, values={**answered.values, "pain": pain})
    told = replace(view(episode(now)), diary=silent)
    assert flares_episodes.lead(told).text.startswith("The patient says flare today, no pain answer; ")
    dismissed = replace(view(episode(now, verdict("not_a_flare"))), diary=answering(59))
    assert "says flare" not in flares_episodes.lead(dismissed).text


def test_an_episode_names_the_patients_own_word_before_all_that_was_measured() -> None:
    told = replace(view(episode()), diary=answering(40, 42, 43))
    fact = next(f for f in flares_episodes.facts(told, episode()) if f.name == "Found by")
    assert fact.value == "The patient's own word on 3 of 4 logged days; pain, regions in pain and stress"
    assert fact.detail.startswith("4 signals")
    unsaid = replace(episode(), judged=JudgedFlare(FLARE, None, replace(FLARE, signals=("pain",)), ()))
    fact = next(f for f in flares_episodes.facts(view(unsaid), unsaid) if f.name == "Found by")
    assert fact.value == "Pain"


def test_what_went_before_names_events_and_never_a_cause() -> None:
    before = Before((), (Event(on(38), "infection", "Infection: cold"),), 3)
    told = replace(episode(), before=before)
    facts = {fact.name: fact for fact in flares_episodes.facts(view(told), told)}
    assert facts["Went before"].value == "Infection: cold"
    assert dict(facts["Went before"].evidence.rows)["Inputs"] == "Infection: cold on 8 Feb"
    assert not any(
        "caus" in value and "need not be" not in value for f in facts.values() for _, value in f.evidence.rows
    )


def test_without_maps_no_region_is_said_not_to_have_lit_up() -> None:
    told = replace(episode(), lit_up=LitUp((), 0, 0))
    fact = next(f for f in flares_episodes.facts(view(told), told) if f.name == "Regions that lit up")
    assert (fact.value, fact.known) == ("No maps to compare", False)


@pytest.mark.parametrize(
    ("given", "short", "whole"),
    [
        ((), "none yet", "No verdict yet: it counts as it was found."),
        ((verdict("confirmed"),), "Confirmed", "Confirmed, Dr A. Invented"),
        (
            (verdict("not_a_flare", "injury: fell"),),
            "Not a flare (injury)",
            "Not a flare (injury: fell), Dr A. Invented",
        ),
        ((verdict("dates_changed"),), "Dates changed", "Dates changed, Dr A. Invented"),
    ],
)
def test_the_verdict_says_what_who_and_whether_it_counts(given: tuple[Verdict, ...], short: str, whole: str) -> None:
    each = episode(FLARE, *given)
    assert flares_verdicts.status(each, NAMES, short=True) == short
    said = flares_verdicts.status(each, NAMES)
    assert said.startswith(whole)
    assert ("does not count" in said) is not each.counts


def test_every_verdict_is_listed_the_latest_first() -> None:
    each = episode(FLARE, verdict("not_a_flare", "other: moved"), verdict("dates_changed"))
    told = flares_verdicts.history(each, NAMES, AS_OF)
    assert [line.split(" · ")[0] for line in told] == ["Dates changed: 11 Feb still open", "Not a flare (other: moved)"]


def association(**told: object) -> Association:
    found = Association("sleep_hours", 0, -0.41, -0.51, -0.31, 200, 90, "better after", "below", 7.0, 6.0, 4.5)
    return replace(found, **told)  # type: ignore[arg-type]


def patterns(*found: Association) -> PatternsView:
    medicine = Medicine("tramadol", start=on(20))
    return PatternsView(
        AS_OF,
        recurrence(DIARY, [FLARE], AS_OF),
        Patterns(found, (), (), Period(DIARY.start, AS_OF)),
        tuple(change_cards(DIARY, [FLARE], [medicine], [], [], AS_OF)),
    )


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ({}, "More sleep went with less pain the day after"),
        ({"factor": "stress", "lag_days": 1, "effect": 0.3}, "More stress was followed by more pain the next day"),
        ({"factor": "weather: damp", "effect": 0.3}, "Damp weather went with more pain the same day"),
        (
            {"factor": "doses: tramadol", "lag_days": 1, "effect": 0.3},
            "Taken because of pain: more tramadol, more pain the next day",
        ),
        ({"factor": "mood"}, "Better mood went with less pain the same day"),
        ({"verdict": "no association found"}, "No association found"),
    ],
)
def test_an_association_says_direction_and_day(told: dict[str, object], value: str) -> None:
    (fact,) = flares_associations.facts(patterns(association(**told)))
    assert fact.value == value
    assert fact.known is value.startswith(("More", "Better", "Damp", "Taken because of pain"))
    assert "200 paired days" in dict(fact.evidence.rows)["Rests on"]


def test_factors_with_too_few_days_share_one_statement_that_names_them() -> None:
    few = {"verdict": "not enough days", "effect": None, "low": None, "high": None, "days_used": 14}
    told = [association(factor=factor, **few) for factor in ("stress", "weather: damp")]
    first, second = flares_associations.facts(patterns(*told, association()))
    assert (first.name, first.known) == ("Hours of sleep", True)
    assert (second.name, second.value, second.known) == ("Not enough days", "Stress and damp weather", False)
    assert "stress: 14 paired days" in dict(second.evidence.rows)["Inputs"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            {"factor": "doses: tramadol", "lag_days": 1, "verdict": "worse after", "effect": 0.3},
            "says nothing about what it does",
        ),
        ({"factor": "tenderness", "lag_days": 1}, "the same bad spell"),
        ({"factor": "stress", "lag_days": 0}, "which came first is not known"),
    ],
)
def test_what_may_be_turned_round_is_said_beside_it(told: dict[str, object], said: str) -> None:
    (fact,) = flares_associations.facts(patterns(association(**told)))
    assert said in fact.detail
    assert "Careful" in dict(fact.evidence.rows)


def test_of_a_night_it_is_known_which_came_first() -> None:
    (fact,) = flares_associations.facts(patterns(association()))
    assert "first" not in fact.detail


@pytest.mark.parametrize(
    ("factor", "verdict", "value"),
    [
        ("sleep_hours", "lower after pain", "After more pain less sleep the next night"),
        ("sleep_quality", "lower after pain", "After more pain worse sleep the next night"),
        ("mood", "lower after pain", "After more pain lower mood the next day"),
        ("stress", "higher after pain", "After more pain more stress the next day"),
        ("doses: tramadol", "higher after pain", "After more pain more tramadol the next day"),
    ],
)
def test_pain_before_a_poor_night_stands_apart_in_plain_words(factor: str, verdict: str, value: str) -> None:
    found = Reverse(factor, -0.4, -0.6, -0.2, 210, verdict)  # type: ignore[arg-type]
    view = replace(patterns(), patterns=Patterns((), (found,), (), Period(DIARY.start, AS_OF)))
    (fact,) = flares_associations.other_facts(view)
    assert (fact.value, fact.known) == (value, True)
    assert "210 paired days" in fact.detail
    assert "2.5 %" in flares_associations.other_heading(view)


def test_where_nothing_followed_pain_or_came_before_flares_that_is_said_once() -> None:
    reverse = [Reverse(f, 0.1, -0.1, 0.3, 210, "no association found") for f in ("stress", "mood")]
    onset = BeforeFlares("stress", None, None, None, None, None, 3, 0, "not enough days")
    view = replace(patterns(), patterns=Patterns((), tuple(reverse), (onset,), Period(DIARY.start, AS_OF)))
    after, before = flares_associations.other_facts(view)
    assert (after.value, before.value) == ("No association found", "Not enough flares")
    assert "3 flares" in before.detail
    assert "mood: +0.10 point per point of pain" in dict(after.evidence.rows)["Inputs"]


def test_what_was_different_before_flares_says_how_many_flares() -> None:
    onset = BeforeFlares("sleep_hours", 5.2, 6.8, -1.6, -2.2, -1.0, 7, 180, "lower before flares", 0.001)
    view = replace(patterns(), patterns=Patterns((), (), (onset,), Period(DIARY.start, AS_OF)))
    (fact,) = flares_associations.other_facts(view)
    assert (fact.name, fact.value) == ("Hours of sleep before flares", "Less sleep in the 3 nights before")
    assert fact.detail == "mean 5.2, else 6.8 (difference 95 % −2.2 to −1.0) · 7 flares, 180 other days"


def test_every_change_card_is_on_some_page_the_newest_first() -> None:
    medicines = [Medicine(f"medicine {day}", start=on(day)) for day in range(5, 55, 2)]
    cards = tuple(change_cards(DIARY, [FLARE], medicines, [], [], AS_OF))
    view = replace(patterns(), cards=cards)
    assert flares_cards.pages(view) == 4
    shown = [fact.name for page in range(1, 5) for fact in flares_cards.facts(view, page)]
    assert len(shown) == len(set(shown)) == len(cards) == 25
    assert shown[0].startswith("Medicine 53")
    assert shown[-1].startswith("Medicine 5 ")
    assert "25–25 of 25" in flares_cards.heading(view, 4)


def test_the_heading_prints_how_often_chance_alone_makes_a_claim() -> None:
    assert "chance alone would name one in 4 % of diaries" in flares_associations.heading(patterns(association()))


def test_recurrence_tells_counts_before_and_time_since() -> None:
    facts = {fact.name: fact for fact in flares_recurrence.facts(patterns())}
    assert facts["Flares in 28 days"].value == "5 flare days"
    assert facts["Flares in 28 days"].detail == "1 flare · was 0 days · starts (1, was 0): no clear difference"
    assert facts["Since the last flare"].value == "15 days"
    assert "calibrated" in dict(facts["Flares in 28 days"].evidence.rows)["Rule"]


def rates(*flares: Flare, diary: Diary = DIARY) -> dict[str, Fact]:
    found = replace(patterns(), recurrence=recurrence(diary, list(flares), AS_OF))
    return {fact.name: fact for fact in flares_recurrence.facts(found)}


def test_a_flare_that_began_before_the_window_is_told_with_its_days() -> None:
    """Days 32 to 59 are the last 28."""
    long = replace(FLARE, start=on(20), end=on(40))
    fact = rates(long)["Flares in 28 days"]
    assert (fact.value, fact.known) == ("9 flare days", True)
    assert fact.detail == "1 flare, began before · was 12 days · starts (0, was 1): no clear difference"
    two = rates(long, replace(FLARE, start=on(50), end=on(52)))["Flares in 28 days"]
    assert two.value == "12 flare days"
    assert two.detail.startswith("2 flares, 1 began before · ")


def test_flare_days_without_a_flare_say_that_they_were_short() -> None:
    fact = rates(replace(FLARE, kind="spike", start=on(50), end=on(50)))["Flares in 28 days"]
    assert (fact.value, fact.detail.split(" · ")[0]) == ("1 flare day", "no flare, a day or two each")


def test_a_window_with_nothing_logged_before_it_is_compared_with_nothing() -> None:
    diary = with_pain(steady(30), start=30)
    fact = rates(diary=diary)["Flares in 28 days"]
    assert (fact.value, fact.detail) == ("0 flare days", "was 0 days · starts (0, was 0): not enough days")
    later = with_pain(steady(28), start=32)
    assert rates(diary=later)["Flares in 28 days"].detail == "nothing logged before"


@pytest.mark.parametrize(
    ("lengths", "name", "value"),
    [
        ((15,), "Length", "One flare: 15 days"),
        ((8, 3), "Length", "Two flares: 3 and 8 days"),
        ((3, 5, 9), "Typical length", "5 days"),
        ((1, 1, 4), "Typical length", "1 day"),
    ],
)
def test_nothing_is_typical_of_one_or_two_flares(lengths: tuple[int, ...], name: str, value: str) -> None:
    flares = [replace(FLARE, start=on(20 * i), end=on(20 * i + length - 1)) for i, length in enumerate(lengths)]
    facts = rates(*flares)
    assert facts[name].value == value
    assert ("Typical length" in facts) is name.startswith("Typical")


def test_one_known_way_back_is_not_typical_either() -> None:
    fact = rates(replace(FLARE, peak=on(44)))["Way back"]
    assert fact.value == "One flare: 1 day"
    assert fact.detail == "1 flare with a known way back"


def test_no_flare_in_a_few_logged_days_is_no_finding() -> None:
    few = replace(patterns(), recurrence=recurrence(with_pain([4.0]), [], on(0)))
    fact = flares_recurrence.facts(few)[0]
    assert (fact.detail, fact.known) == ("1 of 28 days logged", False)


def test_an_action_is_done_and_not_started() -> None:
    action = Action("call the GP", status="done", done=on(20))
    cards = tuple(change_cards(DIARY, [FLARE], [], [], [action], AS_OF))
    (card,) = flares_cards.facts(replace(patterns(), cards=cards), 1)
    assert card.name == "Done: call the GP, 21 Jan"


def test_a_change_card_that_says_nothing_says_why() -> None:
    (card,) = flares_cards.facts(patterns(), 1)
    assert card.name == "Tramadol started, 21 Jan"
    assert (card.value, card.known) == ("Nothing can be said", False)
    assert "a flare falls in the window" in card.detail
