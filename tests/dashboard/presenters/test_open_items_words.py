"""Open items in words, and where one answers them."""

from datetime import date, timedelta

from clinical.flares import Flare
from clinical.medication.prompts import Prompt
from clinical.plan_warnings import RULES, PlanWarning
from clinical.red_flags import RED_FLAGS
from clinical.safety import ITEM_9, ITEM_9_LABEL, SafetyItem
from dashboard.presenters import open_items
from dashboard.services.open_items import OpenItem, Undated

TODAY = date(2026, 11, 22)
NONE = Undated(0, (), (), 0)


def line(item: OpenItem, undated: Undated = NONE) -> open_items.OpenLine:
    return open_items.lines((item,), undated, TODAY)[0]


def test_a_safety_item_asks_for_a_conversation_today() -> None:
    item = SafetyItem("phq9_item9", ITEM_9, ITEM_9_LABEL, "same_day", TODAY, 2.0, ITEM_9, 1)
    said = line(OpenItem("safety", item.label, item.day, safety=item))
    assert (said.text, said.when, said.tone) == (
        "Ask today: PHQ-9 item 9: 2 of 3",
        " · 22 Nov (and 1 earlier)",
        "safety",
    )
    assert "same day" in dict(said.evidence.rows)["Rule"]


def test_an_open_red_flag_says_what_was_answered_when_and_how_it_is_closed() -> None:
    item = SafetyItem("red_flag", "fever", "Fever", "urgent", None, None, "red_flag:fever")
    said = line(OpenItem("safety", item.label, item.day, safety=item))
    assert (said.text, said.when, said.tone) == ("Red flag: Fever", " · date not known", "safety")
    rows = dict(said.evidence.rows)
    assert rows["Inputs"] == "Is there a fever? Answered: yes"
    assert rows["Level"] == "urgent"
    assert "until a clinician closes it" in rows["Open"]


def test_open_prompts_are_one_line_that_leads_to_the_medicines() -> None:
    found = Prompt(
        "k", "check", "high", "Opioid and gabapentinoid", "Both are on the list.", "rule", "K", "guideline", (), (),
        TODAY, TODAY, 1, TODAY,
    )  # fmt: skip
    said = line(OpenItem("prompts", found.title, TODAY, 2, prompts=(found, found)))
    assert (said.text, said.page) == ("Review medicines: Opioid and gabapentinoid", "medication.py")
    assert said.when == " · 2 open (high or medium)"
    assert said.evidence.rows[0] == ("High", "Opioid and gabapentinoid. Both are on the list.")


def test_an_overdue_action_says_by_how_much_and_leads_to_the_plan() -> None:
    said = line(OpenItem("overdue", "Ring the employer", TODAY - timedelta(days=19)))
    assert (said.text, said.when, said.page) == ("Ring the employer", " · 19 days overdue", "care_plan.py")


def test_overdue_reviews_are_one_line_that_names_each_behind_it_and_leads_to_the_plan() -> None:
    days = (TODAY - timedelta(days=9), TODAY - timedelta(days=1))
    late = tuple(
        PlanWarning("review_overdue", what, "goal", number, RULES["review_overdue"], passed)
        for number, (what, passed) in enumerate(zip(("activity pacing", "Sleep"), days, strict=True), 1)
    )
    said = line(OpenItem("review", "activity pacing", days[0], 2, reviews=late))
    assert (said.text, said.when, said.tone) == ("Activity pacing and 1 more", " · review 9 days overdue", "overdue")
    assert said.page == "care_plan.py"
    assert said.evidence.rows == (("13 Nov", "activity pacing"), ("21 Nov", "Sleep"))
    assert said.evidence.caution == RULES["review_overdue"]
    assert line(OpenItem("review", "activity pacing", days[1], 1, reviews=late[:1])).text == "Activity pacing"


def test_an_action_without_a_date_is_said_to_have_none() -> None:
    assert line(OpenItem("due", "Some day")).when == " · no due date"
    assert line(OpenItem("due", "Then", TODAY)).when == " · due 22 Nov"


def test_a_draft_is_mine_to_sign() -> None:
    assert line(OpenItem("draft", day=TODAY)).text == "Your note, not signed"


def test_an_open_flare_is_counted_in_days() -> None:
    assert line(OpenItem("flare", day=TODAY, count=6)).text == "In a flare, day 6"


def test_an_open_flare_is_explained_by_what_it_was_found_by() -> None:
    began = TODAY - timedelta(days=5)
    flare = Flare("flare", began, None, TODAY, 8.0, None, ("spread", "flare"), 5, 1, "on average 2.1 sd worse")
    rows = dict(line(OpenItem("flare", day=began, count=6, flare=flare)).evidence.rows)
    assert rows["Dates"] == "since 17 Nov, day 6, still open"
    assert rows["Usual level"] == "usual pain not known: too few logged days"
    assert rows["Signals"] == "Regions in pain and the patient said: flare"
    assert rows["Rule"] == "On average 2.1 sd worse"
    assert rows["Rests on"] == "5 logged days, 1 day missing"
    assert "sd above the person's own usual level" in rows["Threshold"]


def test_undated_data_are_listed_and_never_placed() -> None:
    said = line(OpenItem("undated", count=4), Undated(2, ("PHQ-9",), ("Review",), 0))
    assert said.text == "4 records without a date"
    assert dict(said.evidence.rows) == {"Diary entries": "2", "Scores": "PHQ-9", "Events": "Review"}
    assert "never placed on a time axis" in said.evidence.caution


def test_a_long_list_is_cut_with_the_rest_behind_one_line() -> None:
    many = tuple(OpenItem("due", f"Action {i}", TODAY) for i in range(9))
    said = open_items.lines(many, NONE, TODAY)
    assert len(said) == open_items.MOST_SHOWN + 1
    assert said[-1].text == "3 more"
    assert len(said[-1].evidence.rows) == 3


def test_nothing_that_is_for_the_same_day_is_folded_away() -> None:
    flags = [flag for flag in RED_FLAGS.values() if flag.pressing]
    found = [
        SafetyItem("red_flag", flag.question, flag.label, flag.level, TODAY, None, f"red_flag:{flag.question}")
        for flag in flags
    ]
    items = (*(OpenItem("safety", item.label, TODAY, safety=item) for item in found), OpenItem("due", "Later", TODAY))
    said = open_items.lines(items, NONE, TODAY)
    assert [line.text for line in said] == [*(f"Red flag: {flag.label}" for flag in flags), "1 more"]
