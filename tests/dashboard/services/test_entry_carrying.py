"""Corrections that others overtook or that were left: nothing typed is lost, and each form is about its own day."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from dashboard.errors import Conflict, NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import entries, entry_carrying
from dashboard.services.entries import DayToConfirm, Sent
from dashboard.services.entry_fields import Fields
from data_access.records import MedicationRecord
from tests.dashboard.services.clinic import PATIENT, PHYSIO, PSYCHOLOGIST, STRANGER, fill
from tests.data_access.made_up import NOW, TODAY, about

FORM: Fields = {"token": "00000000aa", "day": TODAY.isoformat(), "time": "08:00", "pain": 6}
MEDICINES = (
    MedicationRecord("paracetamol", dose=500.0, unit="mg", as_needed=True, start_day=date(2024, 1, 1)),
    MedicationRecord("tramadol", dose=50.0, unit="mg", as_needed=True, end_day=TODAY - timedelta(days=20)),
    MedicationRecord("duloxetine", dose=30.0, unit="mg", start_day=TODAY - timedelta(days=9)),
)


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return fill(engine, about(medications=MEDICINES))


def add(form: Fields = FORM, viewer: Viewer = PHYSIO, corrects: int = 0, meant: date | None = None) -> int:
    return entries.add(viewer, PATIENT, Sent(form, {}, corrects, meant), now=NOW, as_of=TODAY).entry_id


def keep(form: Fields, corrects: int = 0) -> None:
    entries.save(PHYSIO, PATIENT, Sent(form, {}, corrects), now=NOW)


def page(corrects: int = 0) -> entries.EntryPage:
    return entries.page(PHYSIO, PATIENT, corrects=corrects, shown=8, as_of=TODAY)


def carry(closed: int, to: int) -> tuple[str, ...]:
    return entry_carrying.carry_over(PHYSIO, PATIENT, closed=closed, to=to, now=NOW)


def overtaken() -> tuple[int, int]:
    """Both correct the first entry, the colleague is first: what was corrected, and what counts instead."""
    first = add()
    keep({**FORM, "token": "00000000bb", "stress": 9, "note": "typed long", "reason": "misheard"}, first)
    theirs = {**FORM, "token": "00000000cc", "pain": 2, "mood": 5, "reason": "wrong side"}
    return first, add(theirs, PSYCHOLOGIST, first)


def test_a_correction_that_a_colleague_overtook_is_still_there_with_what_counts_instead() -> None:
    first, second = overtaken()
    shown = page(first)
    assert shown.corrected is not None
    assert shown.corrected.change is not None
    assert shown.counts is not None
    assert (shown.corrected.change.reason, shown.counts.entry_id) == ("wrong side", second)
    assert shown.held.fields["note"] == "typed long"
    with pytest.raises(Conflict, match="in the meantime"):
        add(shown.held.fields, corrects=first)
    assert page(first).held.fields["note"] == "typed long"


def test_it_becomes_a_correction_of_the_entry_that_counts_and_keeps_what_the_colleague_corrected() -> None:
    first, second = overtaken()
    assert carry(first, second) == ()
    fields = page(second).held.fields
    assert (fields["stress"], fields["note"], fields["reason"]) == (9, "typed long", "misheard")
    assert (fields["pain"], fields["mood"]) == (2, 5)
    assert page(first).held.fields == {}
    assert page(add(fields, corrects=second)).corrected is not None


def test_where_both_changed_one_answer_the_own_one_stands_and_is_named() -> None:
    first = add()
    keep({**FORM, "token": "00000000bb", "pain": 9}, first)
    second = add({**FORM, "token": "00000000cc", "pain": 2, "reason": "r"}, PSYCHOLOGIST, first)
    assert carry(first, second) == ("pain",)
    assert page(second).held.fields["pain"] == 9


def test_it_can_be_a_new_entry_and_never_takes_the_place_of_another_draft() -> None:
    first = add()
    keep({**FORM, "token": "00000000bb", "stress": 9, "reason": "r"}, first)
    entries.withdraw(PSYCHOLOGIST, PATIENT, first, reason="not theirs", now=NOW, as_of=TODAY)
    assert page(first).counts is None
    keep({**FORM, "token": "00000000dd", "mood": 1})
    with pytest.raises(Conflict, match="another unfinished entry"):
        carry(first, 0)
    assert (page(first).held.fields["stress"], page().held.fields["mood"]) == (9, 1)
    entries.discard(PHYSIO, PATIENT)
    carry(first, 0)
    assert (page().held.fields["stress"], "reason" in page().held.fields) == (9, False)


def test_a_stranger_carries_nothing_over() -> None:
    first, second = overtaken()
    with pytest.raises(NotPermitted):
        entry_carrying.carry_over(STRANGER, PATIENT, closed=first, to=second, now=NOW)


def test_an_unfinished_correction_waits_in_sight_and_says_when_it_was_begun() -> None:
    first = add()
    keep({**FORM, "token": "00000000bb", "stress": 9}, first)
    later = NOW + timedelta(hours=2)
    held = page(first).held.fields
    entries.save(PHYSIO, PATIENT, Sent({**held, "mood": 3}, held, first), now=later)
    (waiting,) = page().waiting
    assert (waiting.listed.entry_id, waiting.held.begun_at, waiting.held.saved_at) == (first, NOW, later)
    assert page(first).waiting == ()


def test_the_map_offered_is_the_one_before_the_day_of_the_entry_that_is_corrected() -> None:
    def day(back: int) -> str:
        return (TODAY - timedelta(days=back)).isoformat()

    def with_map(back: int, region: str) -> int:
        return add({"token": f"0000000{back:03}", "day": day(back), "marks": [[region, 4, [], ""]]})

    with_map(6, "f_hip_l")
    old = with_map(5, "f_knee_l")
    with_map(1, "f_knee_r")
    shown = page(old)
    assert shown.last_map is not None
    assert shown.last_map.day == TODAY - timedelta(days=6)
    today = page().last_map
    assert today is not None
    assert today.day == TODAY - timedelta(days=1)


def offered() -> list[str]:
    return [medicine.name for medicine in page().medicines]


def test_medicines_are_those_of_the_chosen_day_and_an_answered_one_stays() -> None:
    assert offered() == ["paracetamol", "duloxetine"]
    keep({**FORM, "day": (TODAY - timedelta(days=30)).isoformat()})
    assert offered() == ["paracetamol", "tramadol"]
    tramadol = next(m.medication_id for m in page().medicines if m.name == "tramadol")
    held = page().held.fields
    moved = {**held, "day": TODAY.isoformat(), "doses": {str(tramadol): 1}}
    entries.save(PHYSIO, PATIENT, Sent(moved, held), now=NOW)
    assert offered() == ["paracetamol", "tramadol", "duloxetine"]
    add(moved)
    assert [dose.medicine for dose in page().listed[0].doses] == ["tramadol"]


def test_a_correction_moved_to_another_day_loses_and_doubles_no_dose() -> None:
    then = (TODAY - timedelta(days=30)).isoformat()
    keep({**FORM, "day": then})
    tramadol = next(m.medication_id for m in page().medicines if m.name == "tramadol")
    first = add({**FORM, "day": then, "doses": {str(tramadol): 2}})
    moved = {**FORM, "token": "00000000bb", "doses": {str(tramadol): 2}, "reason": "wrong day"}
    second = add(moved, corrects=first)
    assert [dose.dose for dose in page().listed[0].doses] == [100.0]
    without = {**FORM, "token": "00000000cc", "reason": "not taken"}
    add(without, corrects=second)
    assert page().listed[0].doses == ()


def test_doses_on_record_of_that_day_are_known_but_not_those_of_the_entry_that_is_corrected() -> None:
    paracetamol = page().medicines[0].medication_id
    first = add({**FORM, "doses": {str(paracetamol): 1}})
    assert [(dose.medicine, dose.at_time) for dose in page().logged] == [("paracetamol", "08:00")]
    assert page(first).logged == ()
    keep({**FORM, "token": "00000000bb", "day": (TODAY - timedelta(days=1)).isoformat()})
    assert page().logged == ()


def test_a_day_more_than_a_year_back_is_saved_once_it_was_confirmed() -> None:
    long_ago = TODAY - timedelta(days=366)
    old = {**FORM, "day": long_ago.isoformat()}
    keep(old)
    with pytest.raises(DayToConfirm, match="21 Nov 2025 is more than a year back"):
        add(old)
    with pytest.raises(DayToConfirm):
        add(old, meant=long_ago + timedelta(days=1))
    assert page().held.fields["pain"] == 6
    first = add(old, meant=long_ago)
    assert add({**old, "token": "00000000bb", "pain": 3, "reason": "r"}, corrects=first) > first
    assert add({**FORM, "token": "00000000cc", "day": (TODAY - timedelta(days=365)).isoformat()}) > first
