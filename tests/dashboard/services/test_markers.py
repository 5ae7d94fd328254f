"""Markers of the timeline: each thing that happened once, with what is read when it is opened."""

from datetime import UTC, date, datetime, timedelta

from clinical.diary import Period
from clinical.flares import Flare
from clinical.plan import Goal
from clinical.record import Action, Event, Medicine
from dashboard.services.markers import LONGEST_DETAIL, markers
from data_access.notes import NO_PINS, Author, Note, Pins

DAY = date(2026, 9, 20)


def note(text: str, *, pin: Period | None = None, current: bool = True, pins: Pins = NO_PINS) -> Note:
    signed = datetime(2026, 10, 1, 12, tzinfo=UTC)
    return Note(1, 1, Author(3, "M. Invented", "physiotherapy"), text, pin, signed, "", current, pins=pins)


def test_a_start_told_by_medicine_and_event_is_one_marker() -> None:
    told = markers(
        [Event(DAY, "treatment_start", "duloxetine")], [Medicine("duloxetine", DAY, dose=60, unit="mg")], [], [], []
    )
    assert [(m.kind, m.label, m.detail) for m in told] == [
        ("treatment_start", "Duloxetine started", "Duloxetine 60 mg started")
    ]


def test_a_stop_says_why() -> None:
    (_, stopped) = markers([], [Medicine("gabapentin", DAY, DAY, reason_stopped="dizzy")], [], [], [])
    assert stopped.kind == "treatment_stop"
    assert stopped.detail == "Gabapentin stopped (dizzy)"


def test_a_visit_says_that_it_is_one_and_an_undated_event_stands_nowhere() -> None:
    told = markers([Event(DAY, "visit", "Physiotherapy"), Event(None, "visit")], [], [], [], [])
    assert [m.label for m in told] == ["Physiotherapy visit"]


def test_a_note_stands_on_its_pin_or_the_day_it_was_signed_and_old_versions_nowhere() -> None:
    pinned = note("Pacing", pin=Period(DAY, DAY))
    told = markers([], [], [], [pinned, note("Later"), note("Replaced", current=False)], [])
    assert [(m.day, m.detail) for m in told] == [
        (DAY, "Physiotherapy note, M. Invented: Pacing"),
        (date(2026, 10, 1), "Physiotherapy note, M. Invented: Later"),
    ]


def test_a_long_note_is_cut_for_the_hover() -> None:
    (told,) = markers([], [], [], [note("x" * 5000)], [])
    assert len(told.detail) == LONGEST_DETAIL


def test_a_note_about_several_days_lasts_as_long_as_they_do_and_leads_to_itself() -> None:
    days = Period(DAY, DAY + timedelta(days=6))
    (told,) = markers([], [], [], [note("Swollen", pin=days)], [])
    assert (told.day, told.end, told.note_id) == (DAY, days.end, 1)


def test_a_note_about_a_flare_stands_on_its_first_day() -> None:
    (told,) = markers([], [], [], [note("Rested", pins=Pins(flare=DAY))], [])
    assert (told.day, told.end) == (DAY, None)
    assert told.detail == "Physiotherapy note, about a flare, M. Invented: Rested"


def test_a_note_says_which_goal_and_region_it_is_about() -> None:
    about = note("Stairs", pins=Pins(goal=4, region="f_knee_l"))
    (told,) = markers([], [], [], [about], [], [Goal("Walk to school", goal_id=4)])
    assert "about the goal Walk to school" in told.detail
    assert "Left knee" in told.detail
    (told,) = markers([], [], [], [note("Stairs", pins=Pins(goal=5))], [], [])
    assert told.detail == "Physiotherapy note, M. Invented: Stairs"


def test_the_first_words_of_a_note_are_those_below_its_headings() -> None:
    (told,) = markers([], [], [], [note("## Since last time\n\n**Slept** better\nand longer")], [])
    assert told.detail.endswith(": Slept better and longer")
    (bare,) = markers([], [], [], [note("# Seen")], [])
    assert bare.detail.endswith(": # Seen")


def test_only_done_actions_are_marked() -> None:
    done, still = Action("Ring the employer", status="done", done=DAY), Action("Open")
    assert [m.label for m in markers([], [], [done, still], [], [])] == ["Done: Ring the employer"]


def test_a_lasting_shift_is_marked_with_both_levels() -> None:
    shift = Flare("shift", DAY, None, DAY, 6, 4, ("pain",), 20, 0, "a rule")
    (told,) = markers([], [], [], [], [shift])
    assert (told.label, told.detail) == ("Lasting rise", "Lasting rise: usual pain 4 before, 6 from here")
