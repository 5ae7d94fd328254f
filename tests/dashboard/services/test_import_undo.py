"""Who sees which imports of the past, and what taking one back leaves on record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard import clock
from dashboard.errors import ExplainedError, NotPermitted
from dashboard.permissions import COMMAND_LINE, Permission, Viewer
from dashboard.services import import_undo, work
from dashboard.services.import_undo import Resting
from data_access import audit, batches, ingest, notes, patients
from data_access.engine import reading, writing
from data_access.notes import Author
from data_access.records import EntryRecord, MeasureRecord, PatientBundle
from data_access.tables import metadata
from tests.dashboard.services import clinic
from tests.dashboard.services.clinic import ADMINISTRATOR, AUDITOR, COORDINATOR, PATIENT, PHYSIO, STRANGER
from tests.data_access.made_up import ANNA, NOW, TODAY, about, person

LATER = NOW + timedelta(hours=1)
NEW = replace(ANNA, record_number="T-NEW", given_name="Nia")
WHOLE = Viewer(17, "W. Whole", "clinician", "medicine", frozenset(), True)


@pytest.fixture
def engine(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on either engine, as the services find it."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr(clock, "now", lambda: LATER)
    return clinic.fill(engine)


def bring(engine: sa.Engine, *bundles: PatientBundle, by: int = PHYSIO.user_id) -> int:
    with writing(engine) as conn:
        batch = batches.start(conn, file_name="diary.csv", sha256="0" * 64, format="fhir", user_id=by, now=NOW)
        for bundle in bundles:
            ingest.add(conn, bundle, batch_id=batch, now=NOW, as_of=TODAY)
        batches.finish(conn, batch, report={"added": {"entries": 1}}, now=NOW)
    return batch


def entry(who: str = "T-1", hour: int = 5, team: int | None = 1) -> PatientBundle:
    found = about(ANNA, entries=(EntryRecord(TODAY, f"0{hour}:11", pain=3.0),))
    other = {"T-1": ANNA, "T-NEW": NEW, "other": person(2)}[who]
    return replace(found, patient=other, team_id=team)


def undo(viewer: Viewer, batch: int, reason: str = "wrong file") -> import_undo.Undone:
    return import_undo.undo(viewer, batch, reason, now=LATER, as_of=TODAY)


def shown(viewer: Viewer) -> list[int]:
    return [line.batch.batch_id for line in import_undo.history(viewer)]


def test_imports_are_shown_to_who_cares_for_all_their_patients(engine: sa.Engine) -> None:
    own, both, others = bring(engine, entry()), bring(engine, entry(hour=6), entry("other")), 0
    others = bring(engine, entry("other", hour=7), by=STRANGER.user_id)
    assert (shown(PHYSIO), shown(COORDINATOR)) == ([own], [own])
    assert shown(STRANGER) == [others]
    assert shown(WHOLE) == [others, both, own]
    (line,) = import_undo.history(PHYSIO)
    assert (line.brought_by, line.reached, line.can_be_undone) == ("M. Physio", 1, True)


@pytest.mark.parametrize("viewer", [ADMINISTRATOR, AUDITOR])
def test_who_may_not_import_neither_sees_nor_takes_back(engine: sa.Engine, viewer: Viewer) -> None:
    batch = bring(engine, entry())
    for ask in (
        lambda: import_undo.history(viewer),
        lambda: import_undo.look(viewer, batch),
        lambda: undo(viewer, batch),
    ):
        with pytest.raises(NotPermitted):
            ask()
    assert shown(PHYSIO) == [batch]


def test_an_import_that_reached_another_teams_patient_is_refused_and_the_attempt_recorded(engine: sa.Engine) -> None:
    batch = bring(engine, entry(), entry("other"))
    attempts: tuple[Callable[[], object], ...] = (
        lambda: import_undo.look(PHYSIO, batch),
        lambda: import_undo.obstacles(PHYSIO, batch),
        lambda: undo(PHYSIO, batch),
    )
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
    with reading(engine) as conn:
        refused = [each for each in audit.listed(conn, 0) if each.action == "refused"]
        assert [each.resource for each in refused] == [f"batch {batch}"] * 3
        assert batches.listed(conn, [batch])[0].undone_at is None


def test_one_that_added_nothing_is_for_who_brought_it(engine: sa.Engine) -> None:
    batch = bring(engine, about(person(2)))
    assert (shown(PHYSIO), shown(COORDINATOR), shown(STRANGER), shown(WHOLE)) == ([batch], [], [], [batch])
    assert not import_undo.history(PHYSIO)[0].can_be_undone


def test_taking_back_is_recorded_for_every_patient_and_the_chains_stay_whole(engine: sa.Engine) -> None:
    batch = bring(engine, entry(), entry("T-NEW"))
    done = undo(COORDINATOR, batch, "another\npatient's file")
    assert (len(done.patients), len(done.gone)) == (2, 1)
    with reading(engine) as conn:
        for patient_id in done.patients:
            last = audit.listed(conn, patient_id)[-1]
            assert (last.action, last.resource, last.user_id) == ("undo import", f"batch {batch}", COORDINATOR.user_id)
            assert last.detail.startswith("another patient's file")
        assert audit.listed(conn, 0)[-1].detail == "2 patients, 2 entries: another patient's file"
        assert audit.verify(conn) == []
        assert patients.find_by_record(conn, "T-NEW") is None
    (line,) = import_undo.history(COORDINATOR)
    assert line.undo is not None
    assert (line.undone_by, line.undo.reason, line.reached) == ("C. Coord", "another\npatient's file", 2)
    assert not line.can_be_undone
    assert shown(PHYSIO) == [batch]  # who brought it
    assert shown(replace(PHYSIO, user_id=18)) == []  # a colleague: nothing tells any more whose the removed person was


def test_a_look_names_the_people_and_what_is_in_the_way_and_is_recorded(engine: sa.Engine) -> None:
    batch = bring(engine, entry("T-NEW"), *(replace(entry(), patient=person(n)) for n in range(100, 120)))
    with writing(engine) as conn:
        late = patients.find_by_record(conn, person(119).record_number)
        assert late is not None
        author = Author(PHYSIO.user_id, PHYSIO.name, "physiotherapy")
        notes.sign_text(conn, late.patient_id, author, text="Seen.", now=LATER)
    found = import_undo.look(PHYSIO, batch)
    assert [each.patient_id for each in found.obstacles] == [late.patient_id]
    assert found.people[0][0].patient_id == late.patient_id
    assert (len(found.people), found.more, found.created) == (import_undo.MOST_NAMED, 9, 21)
    with reading(engine) as conn:
        assert [each.action for each in audit.listed(conn, late.patient_id)] == ["view import"]
    with pytest.raises(Resting):
        undo(PHYSIO, batch)
    with reading(engine) as conn:
        assert all(each.action != "undo import" for each in audit.listed(conn, 0))
        assert len(patients.numbers(conn)) == 23


def test_a_safety_item_leaves_the_record_with_a_file_only_by_a_clinician(engine: sa.Engine) -> None:
    phq9 = MeasureRecord(TODAY, "PHQ-9", 3.0, items=(*([0.0] * 8), 3.0))
    calm = replace(phq9, instrument="GAD-7", items=())
    batch = bring(engine, replace(entry(), measures=(phq9, calm)))
    look = import_undo.look(COORDINATOR, batch)
    assert [(each.patient_id, each.why) for each in look.obstacles] == [(PATIENT, import_undo.FOR_A_CLINICIAN)]
    with pytest.raises(Resting):
        undo(COORDINATOR, batch)
    look = import_undo.look(PHYSIO, batch)
    assert (list(look.obstacles), dict(look.pressing)) == ([], {PATIENT: 1})
    assert undo(PHYSIO, batch).rows == {"entries": 1, "measures": 2}
    assert undo(COORDINATOR, bring(engine, replace(entry(), measures=(calm,)))).rows == {"entries": 1, "measures": 1}


def test_an_import_there_is_not_is_told_to_who_sees_them_all(engine: sa.Engine) -> None:
    with pytest.raises(NotPermitted):
        import_undo.look(PHYSIO, 99)
    with pytest.raises(ExplainedError, match="no import of that number"):
        undo(WHOLE, 99)
    with reading(engine) as conn:
        assert patients.head(conn, PATIENT) is not None


def test_the_command_line_is_named_as_such(engine: sa.Engine) -> None:
    batch = bring(engine, entry(), by=COMMAND_LINE)
    assert import_undo.history(PHYSIO)[0].brought_by == "Command line"
    operator = Viewer(COMMAND_LINE, "Command line", "coordinator", "", frozenset(), True)
    undo(operator, batch)
    assert import_undo.history(PHYSIO)[0].undone_by == "Command line"
    assert PHYSIO.may(Permission.IMPORT)


def test_a_patient_given_to_another_team_just_before_it_happens_keeps_what_came_in(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = bring(engine, entry())
    really = work.writing

    def moved_first(*asked: Any, **told: Any) -> Any:
        with writing(engine) as conn:
            conn.execute(sa.update(metadata.tables["patients"]).values(team_id=2))
        return really(*asked, **told)

    monkeypatch.setattr(work, "writing", moved_first)
    with pytest.raises(NotPermitted):
        undo(PHYSIO, batch)
    with reading(engine) as conn:
        assert [each.undone_at for each in batches.listed(conn, only=[batch])] == [None]
