"""Findings as sentences: numbers and units, the rule one click behind, never a word of cause."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest

from clinical.diary import Period
from clinical.finding import Finding, FindingKind, Value
from clinical.flares import Flare
from dashboard.periods import Periods
from dashboard.presenters import findings

TODAY = date(2026, 11, 22)
START = date(2026, 8, 31)

VALUES: dict[FindingKind, dict[str, Value]] = {
    "safety_item": {"item_9": 1.0, "answered": "1", "day": date(2026, 11, 2)},
    "red_flag": {"label": "Fever", "level": "urgent", "day": date(2026, 11, 19), "pressing": "", "further": 2},
    "pain_change": {
        "now": 4.9, "before": 4.2, "difference": 0.7, "percent": 17, "important": "not an important change",
        "days_now": 77, "days_before": 70, "outside_now": 4.3, "outside_before": 4.3, "exact_now": 4.9123,
        "exact_before": 4.2, "first_day": None,
    },
    "sleep_and_stress": {
        "leads": "sleep", "short_now": 9, "nights_now": 21, "short_before": 2, "nights_before": 18, "sleep_now": 5.0,
        "sleep_before": 5.5, "stress_now": 4.1, "stress_before": 4.0,
    },
    "flare_days": {
        "now": 14, "before": 5, "days_now": 77, "days_before": 70, "flares": 2, "spikes": 1, "said_flare": 0,
        "longest_days": 7, "short_nights": 5, "short_before_flare": 2,
        "after_short_nights": 2, "sleep_known": 2, "open_day": None, "latest_start": date(2026, 10, 22),
    },
    "flare_regions": {
        "regions": "b_calf_l|b_mid_back_l|b_mid_back_r", "usual_regions": "b_neck_l|b_lumbar_l|b_lumbar_r",
        "spread_in": 12.0, "spread_outside": 5.0,
    },
    "spread_change": {"now": 11, "before": 8, "new_regions": "b_calf_l", "gone_regions": ""},
    "shift": {"direction": "up", "level": 6.0, "former": 4.0, "since": date(2026, 9, 3)},
    "medicine_started": {
        "medicine": "duloxetine", "day": date(2026, 9, 20), "verdict": "nothing can be said yet",
        "why": "a flare falls in the window", "pain_before": None, "pain_after": None, "difference": None,
        "percent": None, "important": None, "days_before": 28, "days_after": 20,
    },
    "medicine_stopped": {
        "medicine": "gabapentin", "day": date(2026, 9, 20), "verdict": "compared", "why": "", "pain_before": 6.1,
        "pain_after": 4.0, "difference": -2.1, "percent": -34, "important": "important improvement",
        "days_before": 28, "days_after": 28,
    },
    "as_needed_days": {"medicine": "tramadol", "now": 21, "before": 9, "days_now": 77, "days_before": 70},
    "item_9_unknown": {"score": 18.0, "day": date(2026, 11, 2)},
    "score_change": {
        "instrument": "PHQ-9", "now": 16.0, "before": 5.0, "difference": 11.0, "important": "important worsening",
        "day_now": date(2026, 11, 19), "day_before": date(2026, 9, 4), "at_start": 0,
    },
    "actions_overdue": {"count": 1, "title": "Write to the employer", "due": date(2026, 11, 3), "days": 19},
    "logging_gap": {
        "days": 12, "first": date(2026, 10, 1), "last": date(2026, 10, 12), "still_open": 0, "days_logged": 60,
        "days_in_period": 84,
    },
    "not_enough_days": {"days_logged": 2, "days_needed": 4, "last_pain": 5.0, "last_entry": date(2026, 11, 10)},
    "no_entries": {"last_entry": date(2026, 7, 1), "days_since": 144},
}  # fmt: skip

SAID = {
    "item_9_unknown": "PHQ-9 item 9 not known: ask; the latest PHQ-9, 18 on 2 Nov, does not tell it",
    "safety_item": "Ask today: PHQ-9 item 9 is 1 of 3, answered 2 Nov; still open",
    "red_flag": "Red flag: Fever, answered 19 Nov, and 2 more red flags; still open",
    "pain_change": "Pain 4.9, was 4.2 (up 17 %, below the 30 % mark); outside flares unchanged at 4.3",
    "flare_days": "14 flare days, was 5: two flares (each after a night under 5 h), one spike",
    "sleep_and_stress": "9 of 21 logged nights under 5 h, was 2 of 18; mean sleep 5.0 h, was 5.5 h; "
    "mean stress 4.1, was 4.0",
    "flare_regions": "In flares pain spreads to the mid back (both sides) and left calf; "
    "between them it stays in the back of the left neck and lower back (both sides)",
    "spread_change": "Pain in 11 regions a day, was 8; new: left calf",
    "shift": "Lasting rise: usual pain 6, was 4, since 3 Sep",
    "medicine_started": "Duloxetine since 20 Sep: nothing can be said yet (a flare falls in the window)",
    "medicine_stopped": "Gabapentin stopped 20 Sep: went with pain 4.0, was 6.1 (important, better)",
    "as_needed_days": "Tramadol on 21 days, was 9",
    "score_change": "PHQ-9 16, was 5 (important, worse); 19 Nov against 4 Sep, the last before this period",
    "actions_overdue": "One action overdue: Write to the employer, due 3 Nov",
    "logging_gap": "Nothing logged for 12 days, 1 Oct to 12 Oct",
    "not_enough_days": "2 logged days: too few to say what changed, 4 are needed; last pain 5 (10 Nov)",
    "no_entries": "No diary entry in this period; the last was on 1 Jul, 144 days ago",
}


def fact(kind: FindingKind, **changed: Value) -> Finding:
    return Finding(kind, 0, VALUES[kind] | changed, 77, "a rule with its source", START, TODAY)


def said(kind: FindingKind, **changed: Value) -> str:
    return findings.sentence(fact(kind, **changed), TODAY).text


def test_a_score_of_the_first_day_is_not_called_one_from_before() -> None:
    told = said("score_change", day_before=START, at_start=1)
    assert told == "PHQ-9 16, was 5 (important, worse); 19 Nov against 31 Aug, at the start of this period"


def test_every_kind_of_finding_has_its_sentence_here() -> None:
    assert set(VALUES) == set(SAID) == set(get_args(FindingKind))


@pytest.mark.parametrize("kind", SAID)
def test_each_finding_is_said_with_its_numbers(kind: FindingKind) -> None:
    assert said(kind) == SAID[kind]


@pytest.mark.parametrize("kind", SAID)
def test_no_sentence_speaks_of_cause_or_of_a_verdict(kind: FindingKind) -> None:
    assert not re.search(r"\b(caus\w*|because|due to|led to|has fibromyalgia)\b", said(kind))


@pytest.mark.parametrize("kind", SAID)
def test_the_evidence_holds_rule_inputs_dates_and_days(kind: FindingKind) -> None:
    rows = dict(findings.sentence(fact(kind), TODAY).evidence.rows)
    assert rows["Rule"] == "A rule with its source"
    assert rows["Dates"] == "31 Aug – 22 Nov 2026"
    assert rows["Rests on"] == "77 logged days"
    assert rows["Inputs"]
    assert "None" not in rows["Inputs"]


def test_the_lead_is_strong_and_urgent_facts_carry_their_tone() -> None:
    sentence = findings.sentence(fact("pain_change"), TODAY)
    assert sentence.parts[0] == ("strong", "Pain 4.9, was 4.2")
    assert sentence.tone == ""
    assert findings.sentence(fact("safety_item"), TODAY).tone == "safety"
    assert findings.sentence(fact("actions_overdue"), TODAY).tone == "overdue"


def test_pain_without_enough_days_before_is_not_compared() -> None:
    assert said("pain_change", before=None, difference=None, percent=None, important="not enough days") == (
        "Pain 4.9 on 77 days; too few days before to compare"
    )


def test_a_diary_that_began_later_has_nothing_to_be_compared_with() -> None:
    began = said("pain_change", before=None, difference=None, first_day=date(2016, 11, 24), important="not enough days")
    assert began == "Pain 4.9 on 77 days; no diary before 24 Nov 2016"


def test_the_evidence_gives_the_means_before_rounding() -> None:
    rows = dict(findings.sentence(fact("pain_change"), TODAY).evidence.rows)
    assert rows["Unrounded"] == "now 4.912, before 4.200; change 0.712"
    assert "exact" not in rows["Inputs"]


def test_what_the_patient_alone_called_a_flare_is_counted_apart() -> None:
    assert said("flare_days", said_flare=2, flares=0, spikes=1).endswith(": one spike, patient said flare twice")


def test_stress_leads_where_it_is_what_changed() -> None:
    stress = said("sleep_and_stress", leads="stress", stress_now=6.2, nights_now=0)
    assert stress == "Mean stress 6.2, was 4.0"


def test_the_evidence_of_flares_explains_each_of_the_latest_and_the_base_rate_of_short_nights() -> None:
    flares = tuple(
        Flare("flare", day, day + timedelta(days=4), day, 8.0, 5.0, ("pain", "flare"), 4, 1, "on average 2.1 sd worse")
        for day in (START, START + timedelta(days=20), START + timedelta(days=40), START + timedelta(days=60))
    )
    evidence = findings.sentence(replace(fact("flare_days"), episodes=flares), TODAY).evidence
    rows = dict(evidence.rows)
    assert rows["Short nights"] == "5 in the period, 2 of them before a flare"
    assert rows["Flare from 30 Oct"] == (
        "30 Oct to 3 Nov, 5 days; usual pain 5 (median of logged days outside flares); pain 8 on 30 Oct; "
        "signals: pain and the patient said: flare; on average 2.1 sd worse; 4 logged days, 1 day missing"
    )
    assert "Flare from 31 Aug" not in rows
    assert rows["Earlier"].startswith("1 more episode")
    assert "0.33" in rows["Threshold"]


def test_a_low_level_before_is_compared_in_points() -> None:
    low = said("pain_change", now=1.6, before=1.1, difference=0.5, percent=None, outside_now=None)
    assert low == "Pain 1.6, was 1.1 (up 0.5 points, below the 2-point mark)"


def test_an_important_change_is_called_so() -> None:
    better = said(
        "pain_change", now=2.9, difference=-1.3, percent=-31, important="important improvement", outside_now=2.8
    )
    assert better == "Pain 2.9, was 4.2 (down 31 %, important, better); outside flares 2.8, was 4.3"
    assert "unchanged" in said("pain_change", now=4.2, difference=0.0, percent=0)


def test_an_open_flare_is_the_first_thing_said() -> None:
    now = said("flare_days", open_day=6, after_short_nights=1)
    assert now == "In a flare now, day 6; 14 flare days, was 5: two flares (one after a night under 5 h), one spike"


def test_no_flares_at_all_is_said_too() -> None:
    none = said("flare_days", now=0, before=None, flares=0, spikes=0, after_short_nights=0)
    assert none == "No flare days in 77 logged days"


def test_nothing_logged_any_more_counts_from_the_last_entry() -> None:
    assert said("logging_gap", still_open=1) == "Nothing logged since 30 Sep (12 days)"


def test_one_that_never_logged_is_told_from_one_that_stopped() -> None:
    assert said("no_entries", last_entry=None, days_since=None) == "No diary entry yet"


def test_a_value_of_the_wrong_kind_is_an_error_not_a_guess() -> None:
    with pytest.raises(TypeError):
        said("as_needed_days", now="many")
    with pytest.raises(TypeError):
        said("shift", since="September")


def test_the_heading_names_the_visit_or_the_length() -> None:
    period = Period(TODAY - timedelta(days=27), TODAY)
    assert findings.heading(Periods(period, period.before(), "visit")) == "Since last visit"
    assert findings.heading(Periods(period, period.before(), "4w")) == "4 weeks, what changed"
