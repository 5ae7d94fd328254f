"""Entries filled in with the patient: who may, what is on record, and one entry however often it is sent."""

import threading

import pytest
import sqlalchemy as sa

from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import entries
from dashboard.services.entries import Sent
from dashboard.services.entry_fields import Fields
from data_access import audit, derived, diary
from data_access.engine import connect_engine, reading
from data_access.tables import diary_entries, entry_drafts, pain_marks, patient_days
from tests.dashboard.services.clinic import (
    ADMINISTRATOR,
    AUDITOR,
    COORDINATOR,
    OTHER_TEAMS_PATIENT,
    PATIENT,
    PHYSIO,
    PSYCHOLOGIST,
    STRANGER,
    fill,
)
from tests.data_access.made_up import NOW, TODAY, about
from tests.killed import killed_after

FORM: Fields = {
    "token": "00000000aa",
    "day": TODAY.isoformat(),
    "time": "08:00",
    "pain": 6,
    "marks": [["f_hip_l", 4, [], ""]],
}


@pytest.fixture
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return fill(engine, about())


def add(form: Fields = FORM, viewer: Viewer = PHYSIO, corrects: int = 0) -> entries.Outcome:
    return entries.add(viewer, PATIENT, Sent(form, {}, corrects), now=NOW, as_of=TODAY)


def page(viewer: Viewer = PHYSIO, corrects: int = 0) -> entries.EntryPage:
    return entries.page(viewer, PATIENT, corrects=corrects, shown=8, as_of=TODAY)


def actions(engine: sa.Engine) -> list[tuple[str, str, str]]:
    with reading(engine) as conn:
        return [(event.action, event.resource, event.detail) for event in audit.listed(conn, PATIENT)]


@pytest.mark.parametrize("viewer", [COORDINATOR, ADMINISTRATOR, AUDITOR, STRANGER], ids=lambda viewer: viewer.name)
def test_only_clinicians_of_the_care_team_touch_a_diary(clinic: sa.Engine, viewer: Viewer) -> None:
    for act in (
        lambda: page(viewer),
        lambda: add(viewer=viewer),
        lambda: entries.save(viewer, PATIENT, Sent(FORM, {}), now=NOW),
        lambda: entries.discard(viewer, PATIENT),
        lambda: entries.withdraw(viewer, PATIENT, 1, reason="r", now=NOW, as_of=TODAY),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert {action for action, _, _ in actions(clinic)} == {"refused"}
    assert Permission.ADD_ENTRY.value == "add, correct and withdraw diary entries"


def test_a_patient_of_another_team_is_out_of_reach(clinic: sa.Engine) -> None:
    with pytest.raises(NotPermitted):
        entries.save(PHYSIO, OTHER_TEAMS_PATIENT, Sent(FORM, {}), now=NOW)


def test_a_draft_is_its_authors_and_becomes_one_entry(clinic: sa.Engine) -> None:
    draft = entries.save(PHYSIO, PATIENT, Sent(FORM, {}), now=NOW)
    assert (draft.kind, draft.held.fields) == ("draft", FORM)
    assert page().held.fields == FORM
    assert page(PSYCHOLOGIST).held.fields == {}
    assert add().kind == "saved"
    assert page().held.fields == {}
    (listed,) = page().listed
    assert (listed.entry.pain, listed.entered_by, page().names[PHYSIO.user_id]) == (6.0, PHYSIO.user_id, "M. Physio")


def test_an_entry_sent_twice_is_one_entry_and_one_event(clinic: sa.Engine) -> None:
    assert add().kind == "saved"
    assert add().kind == "gone"
    assert entries.save(PHYSIO, PATIENT, Sent(FORM, {}), now=NOW).kind == "gone"
    assert len(page().listed) == 1
    assert [action for action, _, _ in actions(clinic)].count("add entry") == 1


def test_the_audit_trail_says_which_entry_was_added_and_which_counts_instead(clinic: sa.Engine) -> None:
    first = add().entry_id
    second = add({**FORM, "token": "00000000bb", "time": "09:00"}).entry_id
    third = add({**FORM, "token": "00000000cc", "reason": "wrong side"}, corrects=first).entry_id
    assert [event for event in actions(clinic) if event[0] in ("add entry", "correct entry")] == [
        ("add entry", "new entry", f"entry {first}"),
        ("add entry", "new entry", f"entry {second}"),
        ("correct entry", f"entry {first}", f"entry {third} instead"),
    ]
    with reading(clinic) as conn:
        assert audit.verify(conn) == []


def test_an_entry_whose_event_cannot_be_recorded_is_not_added(
    clinic: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries.save(PHYSIO, PATIENT, Sent(FORM, {}), now=NOW)

    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as torn:
        torn.setattr(audit, "record", fail)
        with pytest.raises(RuntimeError):
            add()
    assert page().listed == ()
    assert page().held.fields == FORM
    assert "add entry" not in {action for action, _, _ in actions(clinic)}


def test_an_entry_added_and_one_withdrawn_at_the_same_moment_wait_for_each_other(clinic: sa.Engine) -> None:
    old = [add({**FORM, "token": f"000000{n:04x}", "time": f"07:{n:02d}"}).entry_id for n in range(5)]
    failed: list[BaseException] = []

    def act(n: int) -> None:
        try:
            add({**FORM, "token": f"00000f{n:04x}", "time": f"06:{n:02d}"})
            entries.withdraw(PHYSIO, PATIENT, old[n], reason="twice", now=NOW, as_of=TODAY)
        except ExplainedError as error:
            failed.append(error)

    threads = [threading.Thread(target=act, args=(n,)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with reading(clinic) as conn:
        assert audit.verify(conn) == []


def test_two_windows_saving_at_the_same_moment_add_one_entry(clinic: sa.Engine) -> None:
    entries.save(PHYSIO, PATIENT, Sent(FORM, {}), now=NOW)
    kinds: list[str] = []

    def save() -> None:
        kinds.append(entries.add(PHYSIO, PATIENT, Sent(FORM, FORM), now=NOW, as_of=TODAY).kind)

    threads = [threading.Thread(target=save) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kinds) == ["gone", "gone", "gone", "saved"]
    assert len(page().listed) == 1


def test_two_windows_put_together_what_they_answered_and_disagreement_is_left_to_the_person(clinic: sa.Engine) -> None:
    base = entries.save(PHYSIO, PATIENT, Sent(FORM, {}), now=NOW).held.fields
    one = entries.save(PHYSIO, PATIENT, Sent({**base, "stress": 3}, base), now=NOW)
    other = entries.save(PHYSIO, PATIENT, Sent({**base, "mood": 8}, base), now=NOW)
    assert (one.kind, other.held.fields["stress"], other.held.fields["mood"]) == ("draft", 3, 8)
    disagreeing = entries.save(PHYSIO, PATIENT, Sent({**base, "stress": 9}, base), now=NOW)
    assert (disagreeing.kind, disagreeing.conflicts, disagreeing.held.fields["stress"]) == ("conflict", ("stress",), 3)
    assert entries.add(PHYSIO, PATIENT, Sent({**base, "stress": 9}, base), now=NOW, as_of=TODAY).kind == "conflict"
    assert page().listed == ()


def test_a_refused_entry_leaves_the_draft_and_no_event(clinic: sa.Engine) -> None:
    wrong = {**FORM, "sleep_hours": 25}
    entries.save(PHYSIO, PATIENT, Sent(wrong, {}), now=NOW)
    with pytest.raises(ExplainedError, match="sleep hours is not between 0 and 24"):
        add(wrong)
    assert page().held.fields == wrong
    assert "add entry" not in {action for action, _, _ in actions(clinic)}


def test_the_moment_of_another_entry_is_taken(clinic: sa.Engine) -> None:
    add()
    with pytest.raises(Conflict, match="already an entry of that day and time"):
        add({**FORM, "token": "00000000bb"})
    assert add({**FORM, "token": "00000000bb", "time": "09:00"}).kind == "saved"


def test_a_correction_needs_a_reason_and_keeps_the_old_entry(clinic: sa.Engine) -> None:
    first = add().entry_id
    changed = {**FORM, "token": "00000000cc", "pain": 2}
    with pytest.raises(ExplainedError, match="needs a reason"):
        add(changed, corrects=first)
    assert add({**changed, "reason": "misheard"}, corrects=first).kind == "saved"
    new, old = page().listed
    assert (new.entry.pain, old.entry.pain) == (2.0, 6.0)
    assert old.change is not None
    assert (old.change.reason, old.change.new_entry_id) == ("misheard", new.entry_id)
    assert ("correct entry", f"entry {first}", f"entry {new.entry_id} instead") in actions(clinic)
    with pytest.raises(Conflict, match="corrected or withdrawn in the meantime"):
        add({**changed, "token": "00000000dd", "reason": "again"}, corrects=first)


def test_a_withdrawal_needs_a_reason_and_says_it_in_the_trail(clinic: sa.Engine) -> None:
    first = add().entry_id
    with pytest.raises(ExplainedError, match="A withdrawal needs a reason"):
        entries.withdraw(PHYSIO, PATIENT, first, reason=" ", now=NOW, as_of=TODAY)
    entries.withdraw(PSYCHOLOGIST, PATIENT, first, reason="wrong patient", now=NOW, as_of=TODAY)
    assert ("withdraw entry", f"entry {first}", "wrong patient") in actions(clinic)
    with reading(clinic) as conn:
        assert len(diary.load(conn, PATIENT)) == 0


SAVES_WITHOUT_END = """
from itertools import count
from dashboard.services import entries
from dashboard.services.entries import Sent
from tests.dashboard.services.clinic import PATIENT, PHYSIO
from tests.data_access.made_up import NOW, TODAY
marks = [["f_hip_l", 4, ["aching"], ""], ["b_lumbar_l", 6, [], "deep"]]
for number in count(1):
    form = {"token": f"{number:08x}", "day": "2026-11-%02d" % (number % 20 + 1), "pain": number % 11, "marks": marks,
            "time": "%02d:%02d" % (number // 20 // 60, number // 20 % 60)}
    entries.save(PHYSIO, PATIENT, Sent(form, {}), now=NOW)
    outcome = entries.add(PHYSIO, PATIENT, Sent(form, form), now=NOW, as_of=TODAY)
    print(outcome.entry_id, outcome.kind, flush=True)
"""


@pytest.mark.parametrize("confirmed_before", [1, 6, 15])
def test_a_server_killed_while_saving_leaves_whole_entries_or_none(
    sqlite_engine: sa.Engine, monkeypatch: pytest.MonkeyPatch, confirmed_before: int
) -> None:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", str(sqlite_engine.url))
    fill(sqlite_engine, about())
    confirmed = killed_after(SAVES_WITHOUT_END, confirmed_before)

    again = connect_engine(str(sqlite_engine.url))
    with reading(again) as conn:
        stored = conn.execute(sa.select(diary_entries.c.entry_id)).scalars().all()
        marked = conn.execute(sa.select(sa.func.count()).select_from(pain_marks)).scalar()
        events = [event.action for event in audit.listed(conn, PATIENT)].count("add entry")
        drafts = conn.execute(sa.select(sa.func.count()).select_from(entry_drafts)).scalar()
        days = conn.execute(sa.select(patient_days).order_by(patient_days.c.day)).fetchall()
        assert audit.verify(conn) == []
    assert confirmed == [f"{number} saved" for number in range(1, len(confirmed) + 1)]
    assert len(stored) - len(confirmed) in (0, 1)  # the one that was stored as the process died
    assert (marked, events) == (2 * len(stored), len(stored))
    assert drafts in (0, 1)
    derived.rebuild_all(again, TODAY)
    with reading(again) as conn:
        assert conn.execute(sa.select(patient_days).order_by(patient_days.c.day)).fetchall() == days
