"""Notes among colleagues: found by their words, countersigned version by version, unread since the last look."""

import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from data_access import notes
from data_access.access import add_user
from data_access.engine import reading, writing
from data_access.errors import Conflict
from data_access.notes import Author, Cosignature, CosignState, Note, Pins
from data_access.tables import APPEND_ONLY, note_words
from tests.data_access.made_up import NOW, about, add, person

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def patient(engine: sa.Engine) -> int:
    """A patient without notes."""
    return add(engine, about()).patient_id


@pytest.fixture
def doctor(engine: sa.Engine) -> Author:
    """Who writes."""
    return _somebody(engine, "Dr. Ada Example", "medicine")


@pytest.fixture
def senior(engine: sa.Engine) -> Author:
    """Who is asked to countersign."""
    return _somebody(engine, "Prof. Cy Example", "medicine")


def _somebody(engine: sa.Engine, name: str, discipline: str) -> Author:
    with writing(engine) as conn:
        return Author(add_user(conn, name, "clinician", discipline=discipline), name, discipline)


def _sign(engine: sa.Engine, pid: int, text: str, by: Author, *, amends: int = 0, ask: tuple[int, ...] = ()) -> Note:
    with writing(engine) as conn:
        draft = notes.save_draft(
            conn, pid, by.user_id, text=text, pin=None, amends=amends, expected_revision=0, now=NOW
        )
        reason = "better known" if amends else ""
        return notes.sign(
            conn, pid, by, amends=amends, reason=reason, expected_revision=draft.revision, ask=ask, now=NOW
        )


def _found(engine: sa.Engine, pid: int, text: str) -> frozenset[int]:
    with reading(engine) as conn:
        return notes.search(conn, pid, text)


def _states(engine: sa.Engine, pid: int) -> list[CosignState]:
    with reading(engine) as conn:
        return notes.cosigns(conn, pid)


def _cosign(engine: sa.Engine, pid: int, note: Note, by: Author, remark: str = "") -> Cosignature:
    with writing(engine) as conn:
        return notes.cosign(conn, pid, note.note_id, note.version, author=by, remark=remark, now=LATER)


def test_what_a_note_is_pinned_to_goes_with_the_draft_into_the_signed_note(
    engine: sa.Engine, patient: int, doctor: Author
) -> None:
    pins = Pins(flare=date(2026, 10, 3), goal=2, region="b_lumbar_l")
    with writing(engine) as conn:
        saved = notes.save_draft(
            conn, patient, 1, text="x", pin=None, template="telephone", pins=pins, expected_revision=0, now=NOW
        )
    with reading(engine) as conn:
        assert notes.draft(conn, patient, 1) == saved
    assert (saved.template, saved.pins) == ("telephone", pins)
    with writing(engine) as conn:
        note = notes.sign(conn, patient, doctor, expected_revision=1, now=NOW)
    with reading(engine) as conn:
        assert notes.listed(conn, patient) == [note]
    assert (note.template, note.pins, note.meeting_id) == ("telephone", pins, None)


def test_a_text_is_signed_without_a_draft_and_its_amendment_tells_of_the_same_meeting(
    engine: sa.Engine, patient: int, doctor: Author
) -> None:
    with writing(engine) as conn:
        said = {"template": "case_review", "meeting_id": 4, "now": NOW}
        note = notes.sign_text(conn, patient, doctor, text="Agreed: pacing first.", **said)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="needs a text"):
            notes.sign_text(conn, patient, doctor, text=" \n", now=NOW)
    assert (note.note_id, note.version, note.template, note.meeting_id) == (1, 1, "case_review", 4)
    amended = _sign(engine, patient, "Agreed: pacing, then walking.", doctor, amends=1)
    assert amended.meeting_id == 4
    assert _found(engine, patient, "walking") == {1}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sleep", {1, 2}),
        ("SLEEP diary", {1}),
        ("slee dia", {1}),
        ("leep", set()),
        ('"sleep diary"', {1}),
        ('"diary sleep"', set()),
        ('"sleep dia"', set()),
        ('"sleep diary', {1}),
        ("schlafstorung", {2}),
        ("SCHLAFSTÖRUNG", {2}),
        ("50%", {1}),
        ("follow-up", {2}),
        ("%", set()),
        ("_", set()),
        ("", set()),
        ("'; DROP TABLE notes; --", set()),
        ("sleep \x00\ud800", {1, 2}),
        ("x" * 5_000, set()),
    ],
)
def test_a_search_finds_notes_by_the_beginnings_of_their_words(
    engine: sa.Engine, patient: int, doctor: Author, text: str, found: set[int]
) -> None:
    _sign(engine, patient, "## Plan\nKeeps a *sleep diary* (50% of nights).", doctor)
    _sign(engine, patient, "Schlafstörung: sleep_hygiene explained; follow-up in May.", doctor)
    _sign(engine, patient, "Walks ten minutes.", doctor)
    assert _found(engine, patient, text) == found


def test_a_search_looks_at_the_version_that_holds_and_at_this_patient_alone(
    engine: sa.Engine, patient: int, doctor: Author
) -> None:
    note = _sign(engine, patient, "Left knee.", doctor)
    _sign(engine, patient, "Right knee.", doctor, amends=note.note_id)
    other = add(engine, about(person(2))).patient_id
    _sign(engine, other, "Left hip.", doctor)
    assert _found(engine, patient, "left") == frozenset()
    assert _found(engine, patient, "right") == {note.note_id}
    assert _found(engine, other, "knee") == frozenset()


def test_every_signed_version_has_its_words_and_they_never_change(
    engine: sa.Engine, patient: int, doctor: Author
) -> None:
    _sign(engine, patient, "Left  Knee!", doctor)
    _sign(engine, patient, "Right Knee!", doctor, amends=1)
    query = sa.select(note_words.c.version, note_words.c.words).order_by(note_words.c.version)
    with reading(engine) as conn:
        assert [tuple(row) for row in conn.execute(query)] == [(1, "left knee"), (2, "right knee")]
    assert {"note_words", "cosign_requests", "cosignatures"} <= set(APPEND_ONLY)


def test_who_was_asked_countersigns_once_and_nobody_else_does(
    engine: sa.Engine, patient: int, doctor: Author, senior: Author
) -> None:
    note = _sign(engine, patient, "Suspects a pinched nerve.", doctor, ask=(senior.user_id, doctor.user_id))
    assert _states(engine, patient) == [CosignState(1, 1, senior.user_id, senior.name, NOW, None)]
    for stranger in (doctor, Author(99, "N. Obody", "nursing")):
        with pytest.raises(LookupError):
            _cosign(engine, patient, note, stranger)
    given = _cosign(engine, patient, note, senior, " seen with her ")
    assert given == Cosignature(senior.name, "medicine", "seen with her", LATER)
    with pytest.raises(Conflict, match="already"):
        _cosign(engine, patient, note, senior)
    assert [state.signed for state in _states(engine, patient)] == [given]


def test_a_countersignature_stays_with_the_version_it_was_given_for(
    engine: sa.Engine, patient: int, doctor: Author, senior: Author
) -> None:
    first = _sign(engine, patient, "Left knee.", doctor, ask=(senior.user_id,))
    _cosign(engine, patient, first, senior)
    second = _sign(engine, patient, "Right knee.", doctor, amends=1)
    assert [(state.version, state.signed is not None) for state in _states(engine, patient)] == [(1, True)]
    with pytest.raises(LookupError):
        _cosign(engine, patient, second, senior)
    with writing(engine) as conn:
        notes.request(conn, patient, 1, 2, ask=[senior.user_id, senior.user_id], asked_by=doctor.user_id, now=LATER)
    assert [(state.version, state.signed is not None) for state in _states(engine, patient)] == [
        (1, True),
        (2, False),
    ]


def test_a_version_that_was_amended_meanwhile_is_neither_asked_for_nor_countersigned(
    engine: sa.Engine, patient: int, doctor: Author, senior: Author
) -> None:
    first = _sign(engine, patient, "Left knee.", doctor, ask=(senior.user_id,))
    _sign(engine, patient, "Right knee.", doctor, amends=1)
    with pytest.raises(Conflict, match="amended"):
        _cosign(engine, patient, first, senior)
    with pytest.raises(Conflict, match="amended"), writing(engine) as conn:
        notes.request(conn, patient, 1, 1, ask=[77], asked_by=doctor.user_id, now=NOW)
    with pytest.raises(LookupError), writing(engine) as conn:
        notes.request(conn, patient, 8, 1, ask=[77], asked_by=doctor.user_id, now=NOW)


def test_two_windows_countersigning_at_once_give_one_countersignature(
    engine: sa.Engine, patient: int, doctor: Author, senior: Author
) -> None:
    note = _sign(engine, patient, "Seen.", doctor, ask=(senior.user_id,))
    refused: list[Exception] = []

    def countersign() -> None:
        try:
            _cosign(engine, patient, note, senior)
        except Conflict as conflict:
            refused.append(conflict)

    threads = [threading.Thread(target=countersign) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 2


def test_a_look_tells_of_the_one_before_it_and_never_goes_back_in_time(engine: sa.Engine, patient: int) -> None:
    seen = []
    for now in (NOW, LATER, NOW, LATER):
        with writing(engine) as conn:
            seen.append(notes.look(conn, patient, 7, now))
    assert seen == [None, NOW, LATER, LATER]
    with writing(engine) as conn:
        assert notes.look(conn, patient, 8, LATER) is None
