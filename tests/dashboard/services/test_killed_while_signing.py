"""A server killed at any moment while notes are signed: what was confirmed is there, nothing is half there."""

import pytest
import sqlalchemy as sa

from data_access import audit, notes
from data_access.engine import connect_engine, reading
from data_access.tables import note_drafts
from tests.dashboard.services.clinic import PATIENT, PHYSIO, fill
from tests.killed import killed_after

SIGNS_WITHOUT_END = """
from datetime import timedelta
from itertools import count
from dashboard.services import notes
from dashboard.services.notes import Written
from tests.dashboard.services.clinic import PATIENT, PHYSIO
from tests.data_access.made_up import NOW
for number in count(1):
    now = NOW + timedelta(seconds=number)
    draft = notes.save(PHYSIO, PATIENT, Written(f"Note {number}", None, 0), now=now)
    note = notes.sign(PHYSIO, PATIENT, revision=draft.revision, now=now)
    print(note.note_id, note.text, sep="|", flush=True)
"""


@pytest.mark.parametrize("confirmed_before", [1, 7, 20])
def test_every_confirmed_signature_is_whole_and_its_event_with_it(
    sqlite_engine: sa.Engine, monkeypatch: pytest.MonkeyPatch, confirmed_before: int
) -> None:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", str(sqlite_engine.url))
    fill(sqlite_engine)
    confirmed = killed_after(SIGNS_WITHOUT_END, confirmed_before)

    again = connect_engine(str(sqlite_engine.url))
    with reading(again) as conn:
        listed = sorted(notes.listed(conn, PATIENT), key=lambda note: note.note_id)
        assert audit.verify(conn) == []
        signatures = [event for event in audit.listed(conn, PATIENT) if event.action == "sign note"]
        drafts = conn.execute(sa.select(note_drafts.c.text)).scalars().all()
    found = [f"{note.note_id}|{note.text}" for note in listed]
    assert found[: len(confirmed)] == confirmed
    assert len(found) - len(confirmed) in (0, 1)  # the one that was stored as the process died
    assert len(signatures) == len(found)
    assert all(note.author.user_id == PHYSIO.user_id for note in listed)
    assert drafts in ([], [f"Note {len(found) + 1}"])
