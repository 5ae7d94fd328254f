"""What is known without a diary, in words: nothing cut, nothing without its range, unit or 'not recorded'."""

from datetime import date

from clinical.findings import Event, Medicine, Score
from dashboard.presenters import known as words
from dashboard.services.known import Prescribed, undated_map
from data_access.records import ConditionRecord, MarkRecord

LONG = "12 HR Oxycodone Hydrochloride 60 MG Extended Release Oral Tablet"


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_a_medicine_keeps_its_whole_name_with_requests_and_latest_day() -> None:
    line = Prescribed(Medicine(LONG, date(2019, 4, 15)), 11, date(2019, 4, 15))
    assert rows(words.medicines([line])) == [[LONG, "not recorded", "11", "15 Apr 2019"]]
    dosed = Prescribed(Medicine("Duloxetine", dose=60, unit="mg", frequency="daily"), 1, None)
    assert rows(words.medicines([dosed])) == [["Duloxetine (60 mg)", "daily", "1", "date not recorded"]]


def test_a_score_has_its_range_or_unit_its_band_and_its_date() -> None:
    scores = [
        Score(None, "PHQ-9", 18.0),
        Score(None, "MME", 220.0, unit="{MME}/d"),
        Score(date(2026, 1, 3), "New", None),
    ]
    assert rows(words.scores(scores)) == [
        ["MME", "220 MME a day", "none defined", "date not recorded"],
        ["New", "no total", "none defined", "3 Jan 2026"],
        ["PHQ\\-9", "18 of 27", "moderately severe (unconfirmed)", "date not recorded"],
    ]


def test_a_score_has_the_band_of_the_number_that_is_shown() -> None:
    scores = [
        Score(None, "FIQR", 58.1),
        Score(None, "PROMIS Pain Interference 4a", 12),
        Score(None, "PROMIS Pain Interference 8a (raw)", 24, unit="{score}"),
        Score(None, "EQ-5D-5L", None, (2, 1, 3, 4, 2)),
    ]
    assert [line[1:3] for line in rows(words.scores(scores))] == [
        ["profile 21342", "none defined"],
        ["58\\.1 of 100", "moderate"],
        ["61\\.2 (T score)", "moderate (unconfirmed)"],
        ["24 of 40", "none defined"],
    ]


def test_diagnoses_that_hold_come_first_and_events_latest_first() -> None:
    found = [
        ConditionRecord("Migraine", status="resolved"),
        ConditionRecord("Fibromyalgia", onset_day=date(2013, 4, 5)),
    ]
    assert rows(words.diagnoses(found)) == [
        ["Fibromyalgia", "active", "5 Apr 2013"],
        ["Migraine", "resolved", "date not recorded"],
    ]
    happened = [Event(None, "life_event"), Event(date(2018, 10, 15), "procedure", "Referral")]
    assert rows(words.events(happened)) == [
        ["Referral", "procedure", "15 Oct 2018"],
        ["life\\_event", "life event", "date not recorded"],
    ]


def test_nothing_known_makes_no_table_and_text_of_the_record_breaks_none() -> None:
    assert words.medicines([]) == words.scores([]) == words.diagnoses([]) == words.events([]) == ""
    assert "\\|" in words.diagnoses([ConditionRecord("a | b")])


def test_an_undated_map_says_so_in_its_title() -> None:
    assert words.map_title(1, 0) == "Undated map: date not recorded"
    assert words.map_title(3, 1) == "Undated map 2 of 3: date not recorded"
    unrated = [MarkRecord("b_calf_l", None), MarkRecord("b_calf_r", None)]
    assert words.map_caption(undated_map(unrated)) == "2 regions, intensity not recorded"
    assert words.map_caption(undated_map([*unrated, MarkRecord("f_knee_l", 6)])) == "3 regions, 2 without an intensity"
