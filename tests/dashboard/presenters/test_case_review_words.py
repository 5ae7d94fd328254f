"""The words of a case review: age bands that name nobody, and what became of what was decided."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinical.plan import Action
from dashboard.presenters import case_review as words
from dashboard.reports.case_review_note import text as note_text
from dashboard.services.case_review_case import Earlier
from data_access.meetings import Discussion, Meeting, Person

AS_OF = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(1981, 11, 23), "45 to 49 years"),
        (date(1981, 11, 24), "40 to 44 years"),
        (date(1937, 11, 23), "85 to 89 years"),
        (date(1936, 11, 23), "90 years or older"),
        (date(1920, 1, 1), "90 years or older"),
        (None, "age not known"),
    ],
)
def test_an_age_is_said_in_bands_of_five_years_and_above_ninety_not_at_all(born: date | None, said: str) -> None:
    assert words.age_band(born, AS_OF) == said


def test_what_was_decided_before_comes_with_how_its_actions_stand() -> None:
    done = Action("Pacing plan", AS_OF, "done", AS_OF)
    late = Action("Call the GP", AS_OF - timedelta(days=1))
    each = Earlier(date(2026, 10, 12), "Case review", Discussion(1), (done, late))
    assert words.earlier_heading(each, AS_OF) == "12 Oct · 1 of 2 actions done, 1 overdue"
    assert words.action(late, {}, AS_OF) == "Call the GP (owner not recorded): due 22 Nov, overdue"


def test_a_meeting_whose_day_is_over_says_that_it_was_not_closed() -> None:
    meeting = Meeting(1, 1, AS_OF - timedelta(days=3), "Case review", "open", (), (4, 5))
    assert words.line(meeting, "North", AS_OF) == "Fri 20 Nov · North · 2 patients · its day is over, not closed"


def test_a_meeting_of_a_day_to_come_at_which_nobody_was_is_doubted_before_it_is_signed() -> None:
    there = (Person(1, "Ada", "medicine", "present"),)
    assert words.doubtful(Meeting(1, 1, AS_OF, "Case review", "open", there, (4,)), AS_OF) == []
    invited = (Person(1, "Ada", "medicine", "invited"),)
    found = words.doubtful(Meeting(1, 1, AS_OF + timedelta(days=9), "Case review", "open", invited, (4,)), AS_OF)
    assert found == [
        "The meeting is dated 2 Dec 2026, a day that has not come.",
        "Nobody is marked as present: the notes will say that this was not recorded.",
    ]


def test_a_note_says_nobody_sent_apologies_only_where_it_was_marked_who_was_there() -> None:
    meeting = Meeting(1, 1, AS_OF, "Case review", "open", (Person(1, "Ada", "medicine", "invited"),), (4,))
    assert "**Present:** not recorded\n\n**Apologies:** not recorded" in note_text(meeting, Discussion(1), (), {})
    held = replace(meeting, people=(Person(1, "Ada", "medicine", "present"),))
    assert "**Present:** Ada (medicine)\n\n**Apologies:** none" in note_text(held, Discussion(1), (), {})


def test_where_nobody_may_know_of_whom_a_meeting_has_no_day_team_or_names() -> None:
    there = (
        Person(1, "Ada", "medicine", "present"),
        Person(2, "Ben", "medicine", "present"),
        Person(None, "Cleo", "Ada's mother", "present"),
        Person(3, "Dan", "psychology", "apologies"),
    )
    meeting = Meeting(1, 1, AS_OF, "Round about Rowan", "planned", there, (4,))
    assert words.heading(meeting, teaching=True) == "Case review, November 2026"
    assert words.line(meeting, "North", AS_OF, teaching=True) == "1 patient · to come"
    said = "Present: Medicine (2), Guest (1). Apologies: Psychology (1)."
    assert words.present_by_discipline(there) == said


def test_time_spent_is_never_said_as_nothing_where_there_was_some() -> None:
    assert [words.minutes_of(seconds) for seconds in (0, 20, 60, 719)] == ["", "under 1 min", "1 min", "11 min"]


def test_for_teaching_it_is_said_what_can_still_identify() -> None:
    for what in ("exact days of visits, flares, events and medicine starts", "measurements", "do not photograph"):
        assert what in words.DEIDENTIFIED
