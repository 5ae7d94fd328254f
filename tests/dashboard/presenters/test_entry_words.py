"""Entries in words: what was answered and nothing else, whose they are, what became of them."""

from datetime import date, timedelta

from clinical.record import Medicine
from dashboard.presenters import entry_form, entry_list
from dashboard.presenters.entry_form import QUESTIONS, questions
from dashboard.services.entries import Held
from dashboard.services.entry_fields import AMOUNTS, SCALES
from data_access.entries import Change, Listed
from data_access.records import DoseRecord, EntryRecord, MarkRecord
from tests.data_access.made_up import NOW, TODAY

ENTRY = EntryRecord(
    TODAY, "08:00", pain=6.0, sleep_hours=6.5, flare=False, tenderness=0.0, relief=("hydrotherapy",),
    weather=("cold", "damp"),
    marks=(MarkRecord("b_lumbar_l", 6, ("tender_to_touch",), "deep"), MarkRecord("f_hip_r", None)),
)  # fmt: skip
DOSE = DoseRecord(TODAY, "paracetamol", True, dose=1000.0, unit="mg")


def listed(
    entry: EntryRecord = ENTRY, change: Change | None = None, by: int | None = 7, source: str = "clinic"
) -> Listed:
    return Listed(1, entry, (DOSE,), source, by, NOW, change)


def test_every_answer_of_an_entry_is_asked_for_once() -> None:
    asked = [question["name"] for question in questions((Medicine("gel", medication_id=4),), (), TODAY, TODAY)]
    assert len(set(asked)) == len(asked)
    assert {*SCALES, *AMOUNTS, "flare", "relief", "weather", "doses", "note"} == set(asked)


def test_both_ends_of_every_scale_are_named() -> None:
    assert all(all(question.ends) for question in QUESTIONS if question.kind == "scale")


def test_only_answers_stand_in_the_list_zero_and_no_among_them() -> None:
    assert entry_list.answers(listed()) == (
        "pain 6 · flare: no · sleep 6.5 h · tender 0 · 2 regions · helped: warm water · weather: cold, damp · "
        "paracetamol 1000 mg"
    )


def test_no_pain_and_no_map_are_told_apart() -> None:
    assert "no pain anywhere" in entry_list.answers(listed(EntryRecord(TODAY, marks=())))
    assert "pain" not in entry_list.answers(listed(EntryRecord(TODAY)))


def test_who_brought_it_and_what_became_of_it() -> None:
    names = {7: "M. Physio"}
    assert entry_list.who(listed(), names).startswith("entered by M. Physio, 22 Nov 2026")
    assert entry_list.who(listed(by=None, source="fhir"), names).startswith("entered by an import (FHIR), ")
    change = Change("corrected", "misheard", 2, 9, NOW)
    assert entry_list.became(listed(change=change), names).startswith("Corrected by somebody no longer here, 22 Nov")
    assert entry_list.became(listed(change=change), names).endswith(": misheard")
    assert entry_list.became(listed(), names) == ""


def test_the_map_in_words_names_side_intensity_quality_and_depth() -> None:
    assert entry_list.regions(ENTRY) == "Left lower back 6, tender to touch, deep; Right front and side of hip"


def test_a_region_rated_zero_is_said_and_counted_as_no_region_in_pain() -> None:
    rated = EntryRecord(TODAY - timedelta(days=1), marks=(*(ENTRY.marks or ()), MarkRecord("f_knee_l", 0)))
    assert "2 regions, 1 rated 0 (not painful)" in entry_list.answers(listed(rated))
    assert entry_list.regions(rated).endswith("; Left knee, front 0 (not painful)")
    assert entry_form.copy_words(rated, TODAY) == "Copy yesterday's map (2 regions, 1 rated 0 (not painful))"
    alone = {"day": TODAY.isoformat(), "marks": [["f_knee_l", 0, [], ""]]}
    assert "1 region rated 0 (not painful)." in entry_form.done(alone, corrected=False, as_of=TODAY)


def test_the_map_to_copy_says_of_which_day_it_is() -> None:
    yesterday = EntryRecord(TODAY - timedelta(days=1), marks=ENTRY.marks)
    assert entry_form.copy_words(yesterday, TODAY) == "Copy yesterday's map (2 regions)"
    older = EntryRecord(date(2026, 11, 3), marks=())
    assert entry_form.copy_words(older, TODAY) == "Copy the map of 3 Nov (no pain)"


def test_a_draft_of_another_day_says_so() -> None:
    assert entry_form.of_another_day(Held({"day": TODAY.isoformat()}, 1, NOW), TODAY) == ""
    assert "for 20 Nov 2026" in entry_form.of_another_day(Held({"day": "2026-11-20"}, 1, NOW), TODAY)


def test_what_is_on_record_of_a_medicine_stands_beside_it() -> None:
    tablet = Medicine("Paracetamol", as_needed=True, dose=500.0, unit="mg", medication_id=3)
    logged = (
        DoseRecord(TODAY, "paracetamol", True, at_time="08:00", dose=500.0, unit="mg"),
        DoseRecord(TODAY, "paracetamol", True, at_time="12:30", dose=750.0, unit="mg"),
        DoseRecord(TODAY, "paracetamol", True, at_time="15:00", dose=700.0, unit="mg"),
        DoseRecord(TODAY, "paracetamol", True),
        DoseRecord(TODAY, "tramadol", True, dose=50.0, unit="mg"),
    )
    assert entry_form.offered(tablet, logged, TODAY, TODAY) == (
        "Paracetamol 500 mg, as needed · already logged today: 1× at 08:00, 1.5× at 12:30, 700 mg at 15:00, "
        "taken (no time)"
    )
    before = TODAY - timedelta(days=2)
    assert entry_form.offered(tablet, logged[:1], before, TODAY).endswith("already logged on 20 Nov: 1× at 08:00")
    ended = Medicine("gel", end=date(2026, 11, 1), medication_id=4)
    assert entry_form.offered(ended, (), before, TODAY) == "gel · not prescribed on 20 Nov"


def test_an_entry_begun_hours_ago_says_when_and_one_of_an_earlier_time_does_not() -> None:
    hours_ago = NOW - timedelta(hours=3)
    time = f"{hours_ago.astimezone():%H:%M}"
    fields = {"day": TODAY.isoformat(), "time": time}
    assert entry_form.begun(Held(fields, 2, NOW, hours_ago), NOW, TODAY) == f"Begun at {time}."
    assert entry_form.begun(Held(fields, 2, NOW, NOW), NOW, TODAY) == ""  # begun now, about this morning
    assert entry_form.begun(Held({**fields, "day": "2026-11-20"}, 2, NOW, hours_ago), NOW, TODAY) == ""
    assert entry_form.begun(Held({**fields, "time": f"{NOW.astimezone():%H:%M}"}, 2, NOW, hours_ago), NOW, TODAY) == ""


def test_a_long_note_is_folded_and_a_short_one_is_whole() -> None:
    assert entry_list.folded("x" * 320) == "x" * 320
    assert len(entry_list.folded("long " * 1000)) < 300
    assert entry_list.folded("long " * 1000).endswith(" …")


def test_what_was_saved_is_said_with_its_moment() -> None:
    fields = {"day": TODAY.isoformat(), "time": "08:00", "pain": 6, "no_pain": True}
    assert (
        entry_form.done(fields, corrected=False, as_of=TODAY)
        == "Entry saved: 22 Nov, 08:00 · pain 6 · no pain anywhere."
    )
    assert entry_form.done({"day": "2026-11-20", "stress": 1}, corrected=True, as_of=TODAY) == (
        "Correction saved: 20 Nov · pain not answered · no map."
    )
