"""The fields of an entry's form: only what was answered, merged between windows, made into records and back."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.record import Medicine
from dashboard.errors import ExplainedError
from dashboard.services import entry_fields
from dashboard.services.entry_fields import Fields, begun, cleaned, completed, fields_of, filled, merged
from data_access.entries import Listed
from data_access.records import DoseRecord, EntryRecord, MarkRecord
from tests.data_access.made_up import NOW, TODAY

FILLING = "0123456789abcdef"
PARACETAMOL = Medicine("paracetamol", as_needed=True, dose=500.0, unit="mg", medication_id=3)
GEL = Medicine("gel", as_needed=True, medication_id=4)
MOMENT: Fields = {"token": FILLING, "day": TODAY.isoformat(), "time": "08:00"}


def entry_of(fields: Fields) -> EntryRecord:
    return filled({**MOMENT, **fields}, (PARACETAMOL, GEL), now=NOW, as_of=TODAY).entry


def listed(entry: EntryRecord, *doses: DoseRecord) -> Listed:
    return Listed(1, entry, doses, "clinic", 7, NOW, None)


def test_what_was_not_answered_is_nowhere_a_zero() -> None:
    entry = entry_of({"note": "only words"})
    assert entry == EntryRecord(TODAY, "08:00", note="only words")
    assert entry.marks is None


def test_zero_no_and_no_pain_are_answers() -> None:
    entry = entry_of({"pain": 0, "flare": False, "no_pain": True, "stiffness_minutes": 0, "relief": ["none"]})
    assert (entry.pain, entry.flare, entry.marks, entry.stiffness_minutes, entry.relief) == (0, False, (), 0, ("none",))


def test_doses_are_so_many_times_the_strength_and_none_is_an_answer_too() -> None:
    said = filled({**MOMENT, "doses": {"3": 2, "4": 0}}, (PARACETAMOL, GEL), now=NOW, as_of=TODAY).doses
    assert [(dose.medicine, dose.taken, dose.dose) for dose in said] == [
        ("paracetamol", True, 1000.0),
        ("gel", False, None),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (MOMENT, "Nothing is filled in yet"),
        ({"token": FILLING, "pain": 3}, "The day is missing"),
        ({**MOMENT, "day": "2026-11-23", "pain": 3}, "lies in the future"),
        ({**MOMENT, "time": "23:59", "pain": 3}, "lies in the future"),
    ],
)
def test_what_cannot_be_an_entry_is_refused_with_a_reason(fields: Fields, words: str) -> None:
    with pytest.raises(ExplainedError, match=words):
        filled(fields, (), now=NOW, as_of=TODAY)


def test_an_entry_without_a_time_may_be_of_today() -> None:
    fields = {"token": FILLING, "day": TODAY.isoformat(), "pain": 3}
    assert filled(fields, (), now=NOW, as_of=TODAY).entry.at_time == ""


@pytest.mark.parametrize(
    "raw",
    [
        None, [], "x", {"pain": 11}, {"pain": True}, {"pain": "7"}, {"pain": float("nan")}, {"flare": 1}, {"day": "x"},
        {"time": "25:00"}, {"relief": "heat"}, {"weather": ["sunny"]}, {"doses": {"3": 99}}, {"doses": {"x": 1}},
        {"marks": [["b_tail", 3, [], ""]]}, {"token": "<script>"}, {"unknown": 1}, {"no_pain": 0},
    ],
)  # fmt: skip
def test_what_no_form_of_ours_sends_is_left_out(raw: object) -> None:
    assert cleaned(raw) == {}


SCORE = st.none() | st.integers(0, 10)
FORMS = st.fixed_dictionaries(
    {},
    optional={
        "pain": st.integers(0, 10),
        "stress": st.integers(0, 10),
        "sleep_hours": st.sampled_from((0, 6.5, 9)),
        "flare": st.booleans(),
        "relief": st.just(["heat"]),
        "note": st.sampled_from(("a", "b")),
        "marks": st.sampled_from(([["b_lumbar_l", 6, ["aching"], "deep"]], [["f_hip_r", None, [], ""]])),
    },
)


@given(FORMS)
def test_cleaning_twice_changes_nothing(form: Fields) -> None:
    assert cleaned(form) == form


@given(FORMS, FORMS, FORMS)
def test_no_answer_of_either_window_is_lost_without_saying_so(mine: Fields, base: Fields, theirs: Fields) -> None:
    together, both = merged(mine, base, theirs)
    for name in {*mine, *theirs}:
        if name in both:
            assert mine.get(name) != theirs.get(name)
        elif mine.get(name) != base.get(name):
            assert together.get(name) == mine.get(name)
        else:
            assert together.get(name) == theirs.get(name)


@given(FORMS, FORMS)
def test_a_message_sent_again_changes_nothing(mine: Fields, base: Fields) -> None:
    once, both = merged(mine, base, base)
    assert both == ()
    assert merged(mine, base, once) == (once, ())


def test_a_correction_begins_with_what_the_entry_says_and_loses_nothing_the_form_cannot_show() -> None:
    marks = (MarkRecord("b_lumbar_l", 6, ("aching",), "deep"),)
    old = EntryRecord(
        TODAY, "08:00", pain=3.5, sleep_hours=6.5, flare=False, relief=("heat", "our_own"), weather=("cold",),
        note="n", marks=marks, detail_unknown=True,
    )  # fmt: skip
    odd = DoseRecord(TODAY, "paracetamol", True, at_time="08:00", dose=333.0, unit="mg", as_needed=True)
    usual = replace(odd, dose=1000.0)
    before = listed(old, odd, usual)
    fields = fields_of(before, (PARACETAMOL,), FILLING)
    assert fields["doses"] == {"3": 2}
    again = filled(fields, (PARACETAMOL,), now=NOW, as_of=TODAY)
    entry = completed(again.entry, before)
    assert entry == old
    assert again.doses + entry_fields.carried(before, (PARACETAMOL,), entry) == (usual, odd)


@pytest.mark.parametrize(("times", "dose"), [(0.5, 250.0), (1.5, 750.0), (2, 1000.0), (12, 6000.0)])
def test_half_a_tablet_and_more_than_four_are_recorded_and_come_back(times: float, dose: float) -> None:
    fields = {"token": FILLING, "day": TODAY.isoformat(), "time": "08:00", "doses": {"3": times}}
    assert cleaned(fields) == fields
    said = filled(fields, (PARACETAMOL,), now=NOW, as_of=TODAY)
    assert [record.dose for record in said.doses] == [dose]
    assert fields_of(listed(said.entry, *said.doses), (PARACETAMOL,), FILLING)["doses"] == {"3": times}


@pytest.mark.parametrize("times", [0.25, 20.5, -1, True, "2", float("nan"), float("inf")])
def test_times_that_no_one_takes_are_left_out(times: object) -> None:
    assert cleaned({"doses": {"3": times}}) == {}


def test_halves_of_a_small_strength_are_known_again() -> None:
    small = replace(PARACETAMOL, name="fentanyl", dose=0.05)
    taken = DoseRecord(TODAY, "fentanyl", True, dose=0.15, unit="mg")
    assert entry_fields.times((taken,), (small,)) == {"3": 3}


def test_an_entry_is_of_the_moment_of_its_first_answer_unless_another_was_chosen() -> None:
    opened = {"token": FILLING, "day": "2026-11-21", "time": "07:00"}
    local = NOW.astimezone()
    moment = {"day": local.date().isoformat(), "time": f"{local:%H:%M}"}
    assert begun({**opened, "pain": 3}, opened, NOW) == {**opened, "pain": 3, **moment}
    chosen = {**opened, "time": "06:30", "pain": 3}
    assert begun(chosen, opened, NOW) == chosen
    lost = {**opened, "pain": 3}
    assert begun(lost, lost, NOW) == lost


def test_marks_drawn_anew_are_exact() -> None:
    old = EntryRecord(date(2026, 11, 1), marks=(MarkRecord("b_lumbar_l", 6),), detail_unknown=True)
    new = EntryRecord(date(2026, 11, 1), marks=(MarkRecord("b_lumbar_l", 5),))
    assert not completed(new, listed(old)).detail_unknown
