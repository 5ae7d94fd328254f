"""Notes: drafts that are never lost, colleagues who never overwrite each other, signatures that hold."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from clinical.diary import Period
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import note_list, notes
from dashboard.services.note_list import Wanted
from dashboard.services.notes import LONGEST_NOTE, Note, Thread, Written
from data_access import audit
from data_access.engine import reading
from data_access.tables import note_drafts
from data_access.tables import notes as note_rows
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
from tests.data_access.made_up import NOW, TODAY

LATER = NOW + timedelta(minutes=1)
MUCH_LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on both databases."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return fill(engine)


def write(text: str, *, viewer: Viewer = PHYSIO, revision: int = 0, amends: int = 0, pin: Period | None = None) -> int:
    written = Written(text, pin, revision, amends)
    return notes.save(viewer, PATIENT, written, now=NOW).revision


def signed(text: str = "Seen today.", viewer: Viewer = PHYSIO) -> Note:
    return notes.sign(viewer, PATIENT, revision=write(text, viewer=viewer), now=NOW)


def test_a_draft_is_there_again_after_it_was_saved() -> None:
    pin = Period(TODAY - timedelta(days=3), TODAY)
    write("Walks ten minutes.", pin=pin)
    found = notes.draft(PHYSIO, PATIENT)
    assert found is not None
    assert (found.text, found.pin, found.revision, found.saved_at) == ("Walks ten minutes.", pin, 1, NOW)


def test_each_save_builds_on_the_one_before() -> None:
    assert write("a", revision=write("ab", revision=write("abc"))) == 3


def test_two_people_write_at_once_and_neither_sees_or_touches_the_others_draft() -> None:
    write("The physiotherapist's words.")
    write("The psychologist's words.", viewer=PSYCHOLOGIST)
    mine, theirs = notes.draft(PHYSIO, PATIENT), notes.draft(PSYCHOLOGIST, PATIENT)
    assert mine is not None and mine.text == "The physiotherapist's words."
    assert theirs is not None and theirs.text == "The psychologist's words."


def test_a_second_window_of_the_same_person_is_told_and_overwrites_nothing() -> None:
    write("From the first window.")
    with pytest.raises(Conflict):
        write("From the second window.")
    found = notes.draft(PHYSIO, PATIENT)
    assert found is not None and found.text == "From the first window."


def test_a_save_that_is_sent_again_because_its_answer_was_lost_is_no_conflict() -> None:
    assert write("The same words.") == 1
    assert write("The same words.") == 1


def test_two_windows_that_save_at_the_same_moment_end_in_one_draft_and_one_conflict() -> None:
    def attempt(text: str) -> str:
        try:
            write(text)
        except Conflict:
            return "conflict"
        return "saved"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(attempt, ("one window", "other window"))) == ["conflict", "saved"]


def test_two_hundred_thousand_characters_are_kept_whole() -> None:
    text = "ä" * LONGEST_NOTE
    write(text)
    found = notes.draft(PHYSIO, PATIENT)
    assert found is not None and found.text == text
    assert notes.sign(PHYSIO, PATIENT, revision=1, now=NOW).text == text


def test_a_longer_text_is_refused_before_the_database_and_the_saved_draft_stays() -> None:
    write("Kept.")
    with pytest.raises(ExplainedError, match="200,001 characters"):
        write("x" * (LONGEST_NOTE + 1), revision=1)
    found = notes.draft(PHYSIO, PATIENT)
    assert found is not None and found.text == "Kept."


def test_text_that_no_database_can_hold_is_made_storable_and_the_rest_kept() -> None:
    write("a\x00b\r\nc\rd\te \ud800 <script>![x](http://y)")
    found = notes.draft(PHYSIO, PATIENT)
    assert found is not None and found.text == "ab\nc\nd\te ? <script>![x](http://y)"


def read(viewer: Viewer) -> tuple[Thread, ...]:
    """The notes as that person reads them."""
    return note_list.view(viewer, PATIENT, Wanted(), now=MUCH_LATER).found


def test_signing_makes_the_draft_a_note_under_name_discipline_and_time() -> None:
    note = signed("Seen today.")
    assert (note.version, note.author.name, note.author.discipline) == (1, "M. Physio", "physiotherapy")
    assert note.signed_at == NOW
    assert notes.draft(PHYSIO, PATIENT) is None
    assert [thread.current.text for thread in read(PSYCHOLOGIST)] == ["Seen today."]


def test_what_is_signed_is_what_was_shown_not_what_another_window_wrote_since() -> None:
    write("Changed since.", revision=write("Shown for signing."))
    with pytest.raises(Conflict):
        notes.sign(PHYSIO, PATIENT, revision=1, now=NOW)
    assert read(PHYSIO) == ()


def test_an_empty_note_cannot_be_signed() -> None:
    revision = write("  \n ")
    with pytest.raises(ExplainedError, match="no text to sign"):
        notes.sign(PHYSIO, PATIENT, revision=revision, now=NOW)


def test_an_amendment_is_a_new_version_with_a_reason_and_the_old_one_stays_readable() -> None:
    first = signed("Left knee.")
    revision = write("Right knee.", amends=first.note_id)
    second = notes.sign(PHYSIO, PATIENT, revision=revision, amends=first, reason="wrong side", now=LATER)
    (thread,) = read(PHYSIO)
    assert (second.version, thread.current.text, thread.current.amend_reason) == (2, "Right knee.", "wrong side")
    assert [(note.version, note.text) for note in thread.earlier] == [(1, "Left knee.")]


def test_an_amendment_without_a_reason_is_refused_and_its_draft_kept() -> None:
    first = signed()
    revision = write("Other.", amends=first.note_id)
    with pytest.raises(ExplainedError, match="needs a reason"):
        notes.sign(PHYSIO, PATIENT, revision=revision, amends=first, reason="  ", now=LATER)
    assert notes.draft(PHYSIO, PATIENT, first.note_id) is not None


def test_a_new_note_and_an_amendment_are_two_drafts() -> None:
    first = signed()
    write("A new note.")
    write("An amendment.", amends=first.note_id)
    new, amendment = notes.draft(PHYSIO, PATIENT), notes.draft(PHYSIO, PATIENT, first.note_id)
    assert new is not None and new.text == "A new note."
    assert amendment is not None and amendment.text == "An amendment."


def test_only_the_author_amends_a_note() -> None:
    first = signed()
    revision = write("Mine now.", viewer=PSYCHOLOGIST, amends=first.note_id)
    with pytest.raises(ExplainedError, match="Only its author"):
        notes.sign(PSYCHOLOGIST, PATIENT, revision=revision, amends=first, reason="x", now=LATER)


def test_notes_are_listed_latest_signed_first_with_amended_ones_at_their_new_place() -> None:
    first = signed("first")
    notes.sign(PSYCHOLOGIST, PATIENT, revision=write("second", viewer=PSYCHOLOGIST), now=LATER)
    revision = write("first, amended", amends=first.note_id)
    notes.sign(PHYSIO, PATIENT, revision=revision, amends=first, reason="typo", now=MUCH_LATER)
    assert [thread.current.text for thread in read(PHYSIO)] == ["first, amended", "second"]


def test_a_discarded_draft_is_gone_and_a_moved_one_is_not() -> None:
    write("b", revision=write("a"))
    with pytest.raises(Conflict):
        notes.discard(PHYSIO, PATIENT, revision=1)
    notes.discard(PHYSIO, PATIENT, revision=2)
    assert notes.draft(PHYSIO, PATIENT) is None


REFUSED: list[Callable[[Viewer, int], object]] = [
    lambda viewer, patient: notes.save(viewer, patient, Written("x", None, 0), now=NOW),
    lambda viewer, patient: notes.draft(viewer, patient),
    lambda viewer, patient: notes.sign(viewer, patient, revision=1, now=NOW),
    lambda viewer, patient: notes.discard(viewer, patient, revision=1),
]


@pytest.mark.parametrize("attempt", REFUSED)
@pytest.mark.parametrize("viewer", [COORDINATOR, ADMINISTRATOR, AUDITOR, STRANGER], ids=lambda viewer: viewer.name)
def test_nobody_but_a_clinician_of_the_care_team_writes(
    attempt: Callable[[Viewer, int], object], viewer: Viewer, clinic: sa.Engine
) -> None:
    with pytest.raises(NotPermitted):
        attempt(viewer, PATIENT)
    with reading(clinic) as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(note_drafts)).scalar() == 0
        assert conn.execute(sa.select(sa.func.count()).select_from(note_rows)).scalar() == 0


@pytest.mark.parametrize("viewer", [ADMINISTRATOR, AUDITOR, STRANGER], ids=lambda viewer: viewer.name)
def test_notes_are_read_only_inside_the_care_team(viewer: Viewer) -> None:
    with pytest.raises(NotPermitted):
        read(viewer)


def test_a_patient_of_another_team_is_refused_even_to_a_clinician() -> None:
    with pytest.raises(NotPermitted):
        notes.save(PHYSIO, OTHER_TEAMS_PATIENT, Written("x", None, 0), now=NOW)


def test_a_coordinator_reads_what_the_team_wrote() -> None:
    signed("Seen today.")
    assert [thread.current.text for thread in read(COORDINATOR)] == ["Seen today."]


def test_signing_is_in_the_audit_trail_without_a_word_of_the_text(clinic: sa.Engine) -> None:
    signed("Nobody must read this in the trail.")
    with reading(clinic) as conn:
        events = audit.listed(conn, PATIENT)
        assert audit.verify(conn) == []
    assert [event.action for event in events if event.user_id == PHYSIO.user_id][-1] == "sign note"
    assert "Nobody" not in repr(events)


def test_a_draft_that_saves_itself_many_times_is_one_event_of_the_trail(clinic: sa.Engine) -> None:
    revision = 0
    for length in range(1, 6):
        revision = write("x" * length, revision=revision)
    with reading(clinic) as conn:
        assert [event.action for event in audit.listed(conn, PATIENT)].count("save draft") == 1


def test_a_save_that_failed_is_not_taken_for_recorded(clinic: sa.Engine) -> None:
    with pytest.raises(Conflict):
        write("x", revision=7)
    write("x")
    with reading(clinic) as conn:
        assert [event.action for event in audit.listed(conn, PATIENT)].count("save draft") == 1


def test_a_signature_that_fails_leaves_no_event_and_no_note(clinic: sa.Engine) -> None:
    write("Something.")
    with pytest.raises(Conflict):
        notes.sign(PHYSIO, PATIENT, revision=7, now=NOW)
    with reading(clinic) as conn:
        assert "sign note" not in {event.action for event in audit.listed(conn, PATIENT)}
        assert conn.execute(sa.select(sa.func.count()).select_from(note_rows)).scalar() == 0


def test_days_to_pin_come_as_iso_texts_and_one_day_is_enough() -> None:
    assert notes.pin_of("", "") is None
    assert notes.pin_of("2026-11-03", "") == Period(date(2026, 11, 3), date(2026, 11, 3))
    assert notes.pin_of("2026-11-03", "2026-11-05") == Period(date(2026, 11, 3), date(2026, 11, 5))


@pytest.mark.parametrize(("start", "end"), [("2026-11-05", "2026-11-03"), ("yesterday", ""), ("2026-02-30", "")])
def test_days_that_are_none_are_refused_with_an_explanation(start: str, end: str) -> None:
    with pytest.raises(ExplainedError, match="cannot be pinned"):
        notes.pin_of(start, end)
