"""Notes: drafts that are never lost or overwritten, signed versions that never change."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinical.diary import Period
from data_access import notes
from data_access.engine import reading, writing
from data_access.errors import Conflict, RowRefused
from data_access.notes import Author, Draft, Note
from tests.data_access.made_up import NOW, TODAY, about, add

DOCTOR = Author(1, "Dr. Ada Example", "medicine")
PHYSIO = Author(2, "Ben Example", "physiotherapy")
WEEK = Period(TODAY - timedelta(days=6), TODAY)


@pytest.fixture
def patient(engine: sa.Engine) -> int:
    """A patient without notes."""
    return add(engine, about()).patient_id


def _save(engine: sa.Engine, pid: int, text: str, revision: int, *, by: Author = DOCTOR, amends: int = 0) -> Draft:
    with writing(engine) as conn:
        return notes.save_draft(
            conn, pid, by.user_id, text=text, pin=WEEK, amends=amends, expected_revision=revision, now=NOW
        )


def _sign(
    engine: sa.Engine, pid: int, revision: int, *, by: Author = DOCTOR, amends: int = 0, reason: str = ""
) -> Note:
    with writing(engine) as conn:
        return notes.sign(conn, pid, by, amends=amends, reason=reason, expected_revision=revision, now=NOW)


def _listed(engine: sa.Engine, pid: int) -> list[Note]:
    with reading(engine) as conn:
        return notes.listed(conn, pid)


def _draft(engine: sa.Engine, pid: int, by: Author = DOCTOR, amends: int = 0) -> Draft | None:
    with reading(engine) as conn:
        return notes.draft(conn, pid, by.user_id, amends)


def test_a_draft_is_there_again_after_a_reload(engine: sa.Engine, patient: int) -> None:
    assert _draft(engine, patient) is None
    saved = _save(engine, patient, "Slept badly – ü \U0001f600", 0)
    assert saved.revision == 1
    assert _draft(engine, patient) == saved
    assert _save(engine, patient, "Slept badly twice", 1).revision == 2


def test_two_people_write_at_once_and_neither_overwrites_the_other(engine: sa.Engine, patient: int) -> None:
    _save(engine, patient, "by the doctor", 0)
    _save(engine, patient, "by the physio", 0, by=PHYSIO)
    drafts = [_draft(engine, patient, by) for by in (DOCTOR, PHYSIO)]
    assert [draft.text for draft in drafts if draft] == ["by the doctor", "by the physio"]


@pytest.mark.parametrize("revision", [0, 2, 7])
def test_a_save_from_an_outdated_window_is_refused_and_changes_nothing(
    engine: sa.Engine, patient: int, revision: int
) -> None:
    _save(engine, patient, "kept", 0)
    with pytest.raises(Conflict, match="changed in another window"):
        _save(engine, patient, "lost?", revision)
    held = _draft(engine, patient)
    assert held is not None
    assert held.text == "kept"


def test_of_two_windows_saving_at_the_same_moment_one_is_told(engine: sa.Engine, patient: int) -> None:
    conflicts: list[Conflict] = []

    def save(text: str) -> None:
        try:
            _save(engine, patient, text, 0)
        except Conflict as conflict:
            conflicts.append(conflict)

    threads = [threading.Thread(target=save, args=(f"window {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(conflicts) == 3


def test_signing_turns_the_draft_into_a_note(engine: sa.Engine, patient: int) -> None:
    _save(engine, patient, "Seen today.", 0)
    note = _sign(engine, patient, 1)
    assert note == Note(1, 1, DOCTOR, "Seen today.", WEEK, NOW, "", current=True)
    assert _listed(engine, patient) == [note]
    assert _draft(engine, patient) is None


def test_signing_what_changed_meanwhile_is_refused(engine: sa.Engine, patient: int) -> None:
    _save(engine, patient, "first", 0)
    _save(engine, patient, "second", 1)
    with pytest.raises(Conflict):
        _sign(engine, patient, 1)
    assert _listed(engine, patient) == []
    assert _draft(engine, patient) is not None


@pytest.mark.parametrize("text", ["", "   \n"])
def test_an_empty_note_cannot_be_signed(engine: sa.Engine, patient: int, text: str) -> None:
    _save(engine, patient, text, 0)
    with pytest.raises(ValueError, match="needs a text"):
        _sign(engine, patient, 1)


def test_an_amendment_is_a_new_version_with_a_reason(engine: sa.Engine, patient: int) -> None:
    _save(engine, patient, "Left knee.", 0)
    first = _sign(engine, patient, 1)
    _save(engine, patient, "Right knee.", 0, by=PHYSIO, amends=first.note_id)
    second = _sign(engine, patient, 1, by=PHYSIO, amends=first.note_id, reason=" wrong side ")
    assert (second.note_id, second.version, second.amend_reason) == (1, 2, "wrong side")
    assert [(note.version, note.text, note.current) for note in _listed(engine, patient)] == [
        (2, "Right knee.", True),
        (1, "Left knee.", False),
    ]


def test_an_amendment_without_a_reason_is_refused(engine: sa.Engine, patient: int) -> None:
    _save(engine, patient, "Left knee.", 0)
    _sign(engine, patient, 1)
    _save(engine, patient, "Right knee.", 0, amends=1)
    with pytest.raises(ValueError, match="needs a reason"):
        _sign(engine, patient, 1, amends=1, reason=" ")
    assert len(_listed(engine, patient)) == 1


def test_an_amendment_of_an_outdated_version_is_refused(engine: sa.Engine, patient: int) -> None:
    _save(engine, patient, "one", 0)
    _sign(engine, patient, 1)
    for by in (DOCTOR, PHYSIO):
        _save(engine, patient, f"two by {by.name}", 0, by=by, amends=1)
    with writing(engine) as conn:
        notes.sign(conn, patient, PHYSIO, amends=1, reason="new", expected_revision=1, expected_version=1, now=NOW)
    with pytest.raises(Conflict, match="Somebody else amended"), writing(engine) as conn:
        notes.sign(conn, patient, DOCTOR, amends=1, reason="new", expected_revision=1, expected_version=1, now=NOW)
    kept = _draft(engine, patient, DOCTOR, amends=1)
    assert kept is not None


def test_a_note_that_does_not_exist_cannot_be_amended(engine: sa.Engine, patient: int) -> None:
    _save(engine, patient, "two", 0, amends=9)
    with pytest.raises(LookupError):
        _sign(engine, patient, 1, amends=9, reason="why")


def test_a_discarded_draft_is_gone_unless_it_moved(engine: sa.Engine, patient: int) -> None:
    _save(engine, patient, "one", 0)
    with pytest.raises(Conflict), writing(engine) as conn:
        notes.discard_draft(conn, patient, 1, expected_revision=2)
    with writing(engine) as conn:
        notes.discard_draft(conn, patient, 1, expected_revision=1)
    assert _draft(engine, patient) is None


def test_people_signing_at_once_get_numbers_of_their_own(engine: sa.Engine, patient: int) -> None:
    people = [Author(n, f"Person {n}", "nursing") for n in range(1, 7)]
    for by in people:
        _save(engine, patient, by.name, 0, by=by)
    threads = [threading.Thread(target=_sign, args=(engine, patient, 1), kwargs={"by": by}) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    signed = _listed(engine, patient)
    assert sorted(note.note_id for note in signed) == [1, 2, 3, 4, 5, 6]
    assert {note.text for note in signed} == {by.name for by in people}


def test_an_unknown_discipline_is_refused_and_the_draft_stays(engine: sa.Engine, patient: int) -> None:
    _save(engine, patient, "one", 0)
    with pytest.raises(RowRefused):
        _sign(engine, patient, 1, by=Author(1, "Dr. Example", "astrology"))
    assert _draft(engine, patient) is not None
