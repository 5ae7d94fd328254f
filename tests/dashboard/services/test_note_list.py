"""Reading notes: which are found, what is new to whom, who is asked to countersign, and who may not read at all."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from dashboard.errors import NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import note_list, note_looks, notes
from dashboard.services.note_list import NotesView, Wanted
from dashboard.services.notes import Note, Written
from dashboard.services.work import VIEW_AGAIN
from data_access import audit
from data_access.engine import reading
from tests.dashboard.services.clinic import (
    ADMINISTRATOR,
    AUDITOR,
    COORDINATOR,
    PATIENT,
    PHYSIO,
    PSYCHOLOGIST,
    STRANGER,
    fill,
)
from tests.data_access.made_up import NOW

LATER = NOW + timedelta(minutes=1)
MUCH_LATER = NOW + 2 * VIEW_AGAIN


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on both databases."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return fill(engine)


def signed(text: str, viewer: Viewer = PHYSIO, at: timedelta = timedelta(), ask: tuple[int, ...] = ()) -> Note:
    revision = notes.save(viewer, PATIENT, Written(text, None, 0), now=NOW + at).revision
    return notes.sign(viewer, PATIENT, revision=revision, ask=ask, now=NOW + at)


def view(viewer: Viewer = PHYSIO, **wanted: object) -> NotesView:
    return note_list.view(viewer, PATIENT, Wanted(**wanted), now=MUCH_LATER)  # type: ignore[arg-type]


def found(of: NotesView) -> list[str]:
    return [thread.current.text for thread in of.found]


def test_words_discipline_and_one_note_narrow_what_is_found() -> None:
    one = signed("Walks ten minutes.")
    signed("Sleeps five hours.", PSYCHOLOGIST, timedelta(minutes=1))
    signed("Walks and sleeps.", PSYCHOLOGIST, timedelta(minutes=2))
    assert found(view()) == ["Walks and sleeps.", "Sleeps five hours.", "Walks ten minutes."]
    assert found(view(discipline="psychology")) == ["Walks and sleeps.", "Sleeps five hours."]
    assert found(view(text="WALK")) == ["Walks and sleeps.", "Walks ten minutes."]
    assert found(view(text="walk", discipline="psychology")) == ["Walks and sleeps."]
    assert found(view(note_id=one.note_id)) == ["Walks ten minutes."]
    assert found(view(text=" ,.! ")) == found(view()), "a text without a word looks for nothing"


def test_the_counts_are_of_what_holds_the_words() -> None:
    signed("Walks.")
    signed("Sleeps.", PSYCHOLOGIST)
    told = view(text="walks")
    assert (dict(told.by_discipline), told.matching, told.signed) == ({"physiotherapy": 1}, 1, 2)


def test_before_the_first_look_all_of_the_colleagues_is_new_and_nothing_of_ones_own() -> None:
    signed("Mine.")
    theirs = signed("Theirs.", PSYCHOLOGIST)
    assert view().unread == {theirs.note_id}


def test_a_look_lasts_while_its_person_stays_and_the_next_one_begins_where_it_began() -> None:
    assert note_looks.since(PHYSIO, PATIENT, now=NOW) is None
    assert note_looks.since(PHYSIO, PATIENT, now=NOW + VIEW_AGAIN / 2) is None
    stays = NOW + VIEW_AGAIN
    assert note_looks.since(PHYSIO, PATIENT, now=stays) is None
    assert note_looks.since(PHYSIO, PATIENT, now=stays + VIEW_AGAIN) == NOW


def test_a_look_is_of_one_person_and_read_once_it_is_said_to_be() -> None:
    signed("Theirs.", PSYCHOLOGIST)
    assert note_looks.since(PHYSIO, PATIENT, now=LATER) is None
    assert note_looks.since(COORDINATOR, PATIENT, now=LATER) is None
    note_looks.all_read(PHYSIO, PATIENT, now=MUCH_LATER)
    assert note_looks.since(PHYSIO, PATIENT, now=MUCH_LATER) == MUCH_LATER
    assert view().unread == frozenset()
    assert len(note_list.view(COORDINATOR, PATIENT, Wanted(), now=LATER).unread) == 1


def test_a_look_stays_on_record_when_the_process_has_forgotten_it(monkeypatch: pytest.MonkeyPatch) -> None:
    note_looks.since(PHYSIO, PATIENT, now=NOW)
    monkeypatch.setattr(note_looks, "_looks", type(note_looks._looks)())
    assert note_looks.since(PHYSIO, PATIENT, now=LATER) == NOW


def test_the_countersignature_awaited_is_that_of_the_version_that_holds() -> None:
    first = signed("First.", ask=(PSYCHOLOGIST.user_id,))
    assert view(PSYCHOLOGIST).awaiting == {first.note_id}
    assert view(PHYSIO).awaiting == frozenset()
    revision = notes.save(PHYSIO, PATIENT, Written("Second.", None, 0, first.note_id), now=LATER).revision
    notes.sign(PHYSIO, PATIENT, revision=revision, amends=first, reason="typo", now=LATER)
    assert view(PSYCHOLOGIST).awaiting == frozenset()


def test_what_was_countersigned_waits_no_more() -> None:
    note = signed("For two.", ask=(PSYCHOLOGIST.user_id,))
    notes.cosign(PSYCHOLOGIST, PATIENT, note, remark="Agreed.", now=LATER)
    told = view(PSYCHOLOGIST)
    assert told.awaiting == frozenset()
    (state,) = told.cosigns[note.note_id]
    assert state.signed is not None and state.signed.remark == "Agreed."


def test_a_note_signed_by_a_colleague_meanwhile_is_there_at_once() -> None:
    assert found(view()) == []
    signed("Just now.", PSYCHOLOGIST)
    assert found(view()) == ["Just now."]


def test_the_version_that_holds_is_found_by_its_number() -> None:
    first = signed("First.")
    revision = notes.save(PHYSIO, PATIENT, Written("Second.", None, 0, first.note_id), now=LATER).revision
    notes.sign(PHYSIO, PATIENT, revision=revision, amends=first, reason="typo", now=LATER)
    holds = note_list.current(PHYSIO, PATIENT, first.note_id)
    assert holds is not None and (holds.version, holds.text) == (2, "Second.")
    assert note_list.current(PHYSIO, PATIENT, 77) is None


@pytest.mark.parametrize("viewer", [ADMINISTRATOR, AUDITOR, STRANGER], ids=lambda viewer: viewer.name)
def test_nobody_outside_the_care_team_reads_or_looks(viewer: Viewer) -> None:
    signed("Seen.")
    for attempt in (
        lambda: note_list.view(viewer, PATIENT, Wanted(), now=NOW),
        lambda: note_list.current(viewer, PATIENT, 1),
        lambda: note_looks.all_read(viewer, PATIENT, now=NOW),
    ):
        with pytest.raises(NotPermitted):
            attempt()


def test_who_leaves_the_care_team_sees_no_note_in_the_look_that_goes_on(clinic: sa.Engine) -> None:
    signed("Seen.")
    view(PSYCHOLOGIST)
    moved = Viewer(PSYCHOLOGIST.user_id, PSYCHOLOGIST.name, "clinician", "psychology", frozenset({77}), False)
    with pytest.raises(NotPermitted):
        view(moved)
    with reading(clinic) as conn:
        assert audit.verify(conn) == []
