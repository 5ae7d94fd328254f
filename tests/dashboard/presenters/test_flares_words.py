"""Episodes, verdicts and patterns in words: what is known with its days, what is not said as such, never 'caused'."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from clinical.associations import Association, Reverse
from clinical.before_flares import BeforeFlares
from clinical.change_cards import change_cards
from clinical.diary import Period, completeness
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
    assert facts["Flares in 28 days"].value == "1 flare, 5 days"
    assert facts["Since the last flare"].value == "15 days"
    assert "calibrated" in dict(facts["Flares in 28 days"].evidence.rows)["Rule"]


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
