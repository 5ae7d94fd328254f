"""The three outcomes in words: value, change, the rule's verdict, what it rests on."""

from dataclasses import replace
from datetime import date, timedelta

from clinical.change import Change
from clinical.diary import Period
from clinical.outcomes import Distress, Outcomes
from dashboard.charts.spark import Spark
from dashboard.periods import Periods
from dashboard.presenters import outcomes

TODAY = date(2026, 11, 22)
NOW = Period(TODAY - timedelta(days=83), TODAY)
PERIODS = Periods(NOW, NOW.before(), "visit")

SMALL = Change(4.9, 4.2, 0.7, 17, "not an important change", "IMMPACT", 77, 70)
NONE = Change(None, None, None, None, "not enough days", "IMMPACT", 0, 0)
RATE = Change(4.7, 1.7, 3.0, None, "no agreed threshold", "no published difference", 77, 70)
SCORE = Distress(
    "PHQ-9", Change(16, 5, 11, None, "important worsening", "5 points", 1, 1), 0, 27, "severe", TODAY, NOW.start
)


def made(pain: Change = SMALL, distress: Distress | None = SCORE) -> list[outcomes.OutcomeCard]:
    return outcomes.cards(Outcomes(pain, RATE, distress), PERIODS, TODAY)


def test_pain_says_value_change_verdict_and_days() -> None:
    pain = made()[0]
    assert (pain.value, pain.scale, pain.difference, pain.words) == ("4.9", " / 10", "▲ 0.7", "not an important change")
    assert pain.foot == "was 4.2 · 77 of 84 days"
    assert pain.tone == "level"


def test_the_evidence_names_the_mark_that_was_not_reached() -> None:
    rows = dict(made()[0].evidence.rows)
    assert rows["Result"] == "not an important change (under 30 % and under 2 points)"
    assert rows["Change"] == "up 0.7 points (17 %)"
    assert rows["Before"] == "4.2 · 70 logged days · 8 Jun – 30 Aug 2026"
    assert rows["Rule"] == "IMMPACT"


def test_flare_days_have_no_agreed_mark() -> None:
    assert made()[1].words == "no agreed mark"


def test_an_important_worsening_is_printed_as_one() -> None:
    distress = made()[2]
    assert (distress.name, distress.value, distress.scale) == ("Distress (PHQ-9)", "16", " / 27")
    assert (distress.difference, distress.words, distress.tone) == ("▲ 11", "important, worse", "worse")
    assert distress.foot == "band: severe · 22 Nov, at the start: 31 Aug"
    earlier = made(distress=replace(SCORE, day_before=NOW.start - timedelta(days=1)))[2]
    assert earlier.foot == "band: severe · 22 Nov, last before this period: 30 Aug"


def test_without_data_the_card_says_so_and_gives_no_scale() -> None:
    pain = made(pain=NONE)[0]
    assert (pain.value, pain.scale, pain.difference) == ("no data", "", "")
    assert pain.words == "not enough days to compare"
    assert dict(pain.evidence.rows)["Change"].startswith("cannot be given")


def test_distress_never_recorded_is_said() -> None:
    assert (made(distress=None)[2].value, made(distress=None)[2].words) == ("no data", "never recorded")


def test_mean_stress_is_named_as_what_stands_for_distress() -> None:
    stress = Distress("mean stress", SMALL, 0, 10, "", None, None)
    assert made(distress=stress)[2].name == "Distress (mean stress)"
    assert made(distress=stress)[2].foot == "was 4.2 · 77 of 84 days"


def test_a_score_that_nothing_followed_is_not_a_change() -> None:
    alone = Distress(
        "PHQ-4", Change(None, 3, None, None, "not enough days", "none agreed", 0, 1), 0, 12, "mild", None, NOW.start
    )
    card = made(distress=alone)[2]
    assert (card.value, card.scale, card.difference) == ("3", " / 12", "")
    assert (card.words, card.foot, card.known) == ("not measured since 31 Aug", "band: mild", True)
    rows = dict(card.evidence.rows)
    assert (rows["Now"], rows["Before"], rows["Result"]) == ("not measured", "3 of 12, 31 Aug", card.words)


def test_the_evidence_says_whose_bands_they_are_and_what_nobody_checked() -> None:
    rows = dict(made()[2].evidence.rows)
    assert rows["Band"] == "severe: Reference 4 (15 and 20 read in a secondary source) [K], unconfirmed"
    anxious = Distress("GAD-7", SCORE.change, 0, 21, "severe", TODAY, NOW.start)
    assert dict(made(distress=anxious)[2].evidence.rows)["Band"] == "severe: Reference 4 [V2]"
    stress = Distress("mean stress", SMALL, 0, 10, "", None, None)
    assert "Band" not in dict(made(distress=stress)[2].evidence.rows)


def test_a_first_score_has_none_before() -> None:
    first = Distress(
        "PHQ-9", Change(9, None, None, None, "not enough days", "5 points", 1, 0), 0, 27, "mild", TODAY, None
    )
    assert made(distress=first)[2].words == "no score before this period"
    assert dict(made(distress=first)[2].evidence.rows)["Before"] == "no score"


def test_counted_flare_days_stand_beside_no_rate_and_not_beside_no_data() -> None:
    few = Change(None, None, None, None, "not enough days", "half of the days", 9, 30)
    card = outcomes.cards(Outcomes(SMALL, few, None), PERIODS, TODAY)[1]
    assert (card.value, card.words, card.known) == ("no rate", "needs 50 % of days logged", False)


def test_nothing_is_compared_with_days_before_the_diary_began() -> None:
    alone = Change(4.9, None, None, None, "not enough days", "IMMPACT", 77, 0)
    card = outcomes.cards(Outcomes(alone, RATE, None), PERIODS, TODAY, first_day=NOW.start)[0]
    assert card.words == "no diary before 31 Aug"
    assert outcomes.no_pain(PERIODS.before, NOW.start, TODAY) == "no diary before 31 Aug"
    assert outcomes.no_pain(PERIODS.now, NOW.start, TODAY) == "no pain answer"


def test_the_evidence_gives_both_means_before_rounding() -> None:
    exact = Change(4.4, 4.6, -0.2, -4, "not an important change", "IMMPACT", 70, 77, 4.448, 4.565)
    assert dict(made(pain=exact)[0].evidence.rows)["Unrounded"] == "now 4.448, before 4.565; change −0.117"


def test_no_difference_is_unchanged_and_needs_no_verdict() -> None:
    same = Change(4.2, 4.2, 0.0, 0, "not an important change", "IMMPACT", 77, 70)
    assert (made(pain=same)[0].difference, made(pain=same)[0].words) == ("unchanged", "")


def test_sparks_stand_beside_their_cards() -> None:
    drawn = outcomes.cards(Outcomes(SMALL, RATE, SCORE), PERIODS, TODAY, (Spark((0.5,), "mean pain"),))
    assert [card.spark.bars for card in drawn] == [(0.5,), (), ()]
