"""A row of the caseload, as it is printed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clinical.triage import REASONS
from dashboard.presenters.caseload import MARKS, alerts, groups, line
from data_access.caseload import CaseloadPage, CaseloadRow
from data_access.patients import PatientHead
from tests.conftest import AS_OF

HEAD = PatientHead(1, "a" * 32, "FB-00017", "Sample", "Rowan", date(1979, 2, 3), "female", 1, True, 4)
ROW = CaseloadRow(
    head=HEAD,
    as_of=AS_OF,
    reason_code="in_flare",
    severity=7.008,
    also=("overdue", "spike"),
    pain_mean=4.94,
    pain_mean_before=4.21,
    days_logged=27,
    days_logged_before=26,
    flare_days=8,
    flare_day_now=8,
    regions_median=11.0,
    sleep_mean=5.44,
    last_entry_day=AS_OF,
    strip=bytes([52] * 20 + [255] + [70] * 7),
    strip_flare=bytes([0] * 20 + [1] * 8),
    last_reviewed_day=date(2026, 8, 31),
    last_reviewed_by=2,
    last_reviewed_name="M. Physio",
    next_visit_day=date(2026, 11, 25),
)


def printed(**changed: Any) -> dict[str, Any]:
    page = CaseloadPage([replace(ROW, **changed)], 1, {reason.code: 1 for reason in REASONS})
    row: dict[str, Any] = groups(page, viewer_id=2, as_of=AS_OF)[0]["rows"][0]
    return row


def test_a_row_says_what_the_target_says() -> None:
    row = printed()
    assert (row["name"], row["second"]) == ("Sample, Rowan", "47 F · FB-00017")
    assert (row["mean"], row["change"], row["tone"]) == ("4.9", "▲ 0.7", "quiet")
    assert (row["flare_days"], row["regions"], row["sleep"], row["logged"]) == ("8", "11", "5.4 h", "27/28")
    assert (row["reviewed"], row["next"]) == ("31 Aug · M. Physio", "Wed 25 Nov")
    assert row["also"] == "flare day 8 · overdue · spike now"
    assert row["strip_text"] == "Pain on 27 of 28 days, 5.2 to 7.0; 8 logged flare days"


def test_the_change_is_the_difference_of_the_printed_numbers() -> None:
    assert printed(pain_mean=4.96, pain_mean_before=4.94)["change"] == "▲ 0.1"
    assert printed(pain_mean=4.94, pain_mean_before=4.86)["change"] == "= 0.0"


@pytest.mark.parametrize(
    ("now", "before", "tone"), [(6.5, 4.4, "worse"), (3.0, 4.5, "better"), (4.5, 4.4, "quiet"), (4.0, 4.4, "quiet")]
)
def test_only_an_important_change_is_coloured(now: float, before: float, tone: str) -> None:
    assert printed(pain_mean=now, pain_mean_before=before)["tone"] == tone


def test_too_few_days_are_said_and_never_compared() -> None:
    assert printed(days_logged=3)["change"] == "3 days only"
    assert printed(days_logged_before=2)["change"] == "few before"
    nothing = printed(
        days_logged=0,
        pain_mean=None,
        flare_days=None,
        regions_median=None,
        sleep_mean=None,
        strip=bytes([255] * 28),
        strip_flare=bytes(28),
    )
    assert (nothing["mean"], nothing["change"], nothing["flare_days"], nothing["sleep"]) == ("—", "no entry", "—", "—")
    assert nothing["strip_text"] == "Pain: nothing logged on these 28 days"


@pytest.mark.parametrize(
    ("visit", "said"),
    [
        (AS_OF, "today"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 11, 29), "Sun 29 Nov"),
        (date(2026, 12, 3), "3 Dec"),
        (date(2027, 1, 3), "3 Jan 2027"),
        (date(2026, 11, 1), "—"),
        (None, "—"),
    ],
)
def test_the_next_visit_is_said_as_one_says_it(visit: date | None, said: str) -> None:
    assert printed(next_visit_day=visit)["next"] == said


def test_undo_is_offered_to_whoever_reviewed_today_and_to_nobody_else() -> None:
    assert printed(last_reviewed_day=AS_OF)["undo"] is True
    assert printed(last_reviewed_day=AS_OF, last_reviewed_by=3)["undo"] is False
    assert printed()["undo"] is False
    assert printed(last_reviewed_day=None, last_reviewed_by=None, last_reviewed_name=None)["reviewed"] == "not yet"


def test_every_reason_has_a_word_and_open_ones_stand_in_the_banner() -> None:
    assert {reason.code for reason in REASONS} - {"steady"} <= MARKS.keys()
    assert alerts(("overdue", "improved", "safety", "medication_prompt")) == ["Overdue open", "Medication prompt open"]
    assert line(1, AS_OF) == "1 patient · 28 days to 22 Nov 2026 · against the 28 before"


def test_what_is_open_of_safety_stands_in_the_row_with_its_answer_and_day() -> None:
    assert printed(also=("item_9:1:2026-11-19",), flare_day_now=None)["also"] == "PHQ-9 item 9: 1 of 3, 19 Nov"
    marks = ("item_9:2:", "red_flag:fever:2025-11-19", "further:1:")
    said = "PHQ-9 item 9: 2 of 3, date not known · red flag: Fever, 19 Nov 2025 · 1 more red flag"
    assert printed(also=marks, flare_day_now=None)["also"] == said
    named = printed(also=("red_flag:saddle_numbness:2026-11-19", "further:0:si"), flare_day_now=None)["also"]
    assert named.endswith("red flag: Stated intent to end their life or to harm themselves")


def test_undated_entries_are_not_called_never_logged() -> None:
    assert printed(also=("undated_only",), flare_day_now=None)["also"] == "undated entries only"
