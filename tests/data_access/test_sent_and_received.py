"""What came in and what went out: batches and exports."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinical.diary import Period
from data_access import batches, export_states, exports, triggers
from data_access.engine import reading, writing
from data_access.errors import RowRefused
from data_access.export_states import ExportState, NewState
from data_access.exports import Export, Sent
from data_access.tables import export_states as state_rows
from data_access.tables import exports as export_rows
from tests.data_access.made_up import ANNA, NOW, TODAY, about, add

PERIOD = Period(TODAY - timedelta(days=27), TODAY)
LETTER = Sent("pdf", "summary.pdf", "Dr. Recipient", PERIOD, bytes(range(256)) * 40)


def test_an_export_can_be_downloaded_again_as_it_was_sent(engine: sa.Engine) -> None:
    pid = add(engine, about()).patient_id
    with writing(engine) as conn:
        first = exports.store(conn, pid, LETTER, user_id=3, now=NOW)
        second = exports.store(conn, pid, replace(LETTER, format="csv", content=b""), user_id=3, now=NOW)
    with reading(engine) as conn:
        assert exports.listed(conn, pid) == [second, first]
        assert exports.content(conn, pid, first.export_id) == LETTER.content
        assert exports.content(conn, pid, second.export_id) == b""
        assert exports.content(conn, pid, 9) is None
        assert exports.content(conn, pid + 1, 1) is None
    digest = hashlib.sha256(LETTER.content).hexdigest()
    assert first == Export(1, 3, NOW, "pdf", "summary.pdf", "Dr. Recipient", PERIOD, digest, 10_240)


def test_formats_of_one_document_share_the_number_of_the_first(engine: sa.Engine) -> None:
    pid = add(engine, about()).patient_id
    signed = replace(LETTER, template="gp_letter", asked='{"urgency":"soon"}', signed_by="Dr T, medicine")
    with writing(engine) as conn:
        alone = exports.store(conn, pid, LETTER, user_id=3, now=NOW)
        stored = exports.store_together(conn, pid, [signed, replace(signed, format="text")], user_id=3, now=NOW)
        other = exports.store_together(conn, pid, [signed], user_id=4, now=NOW)
    with reading(engine) as conn:
        assert exports.listed(conn, pid) == [*other, *reversed(stored), alone]
        assert exports.content(conn, pid, 3) == LETTER.content
    assert [(each.export_id, each.share_id) for each in (alone, *stored, *other)] == [(1, 0), (2, 2), (3, 2), (4, 4)]
    assert (stored[1].template, stored[1].asked, stored[1].signed_by) == (
        "gp_letter",
        '{"urgency":"soon"}',
        "Dr T, medicine",
    )


def test_what_became_of_a_document_is_added_and_can_neither_be_changed_nor_removed(engine: sa.Engine) -> None:
    pid, other = (
        add(engine, about()).patient_id,
        add(engine, about(replace(ANNA, record_number="T-2", birth_date=None))).patient_id,
    )
    sent, gone = NewState(1, "sent", how="post"), NewState(1, "withdrawn", reason="wrong recipient")
    with writing(engine) as conn:
        for said in (sent, gone):
            export_states.add(conn, pid, said, user_id=3, user_name="Dr T", now=NOW)
    with reading(engine) as conn:
        assert export_states.listed(conn, pid) == [
            ExportState(1, 1, "sent", "post", "", 3, "Dr T", NOW),
            ExportState(2, 1, "withdrawn", "", "wrong recipient", 3, "Dr T", NOW),
        ]
        assert export_states.listed(conn, other) == []
    for statement in (sa.update(state_rows).values(reason="none"), sa.delete(state_rows)):
        with pytest.raises(RowRefused), writing(engine) as conn:
            conn.execute(statement)


def test_a_changed_export_is_never_handed_out_as_what_was_sent(engine: sa.Engine) -> None:
    pid = add(engine, about()).patient_id
    with writing(engine) as conn:
        exports.store(conn, pid, LETTER, user_id=3, now=NOW)
        for statement in triggers.lift(conn.dialect.name):
            conn.exec_driver_sql(statement)
        conn.execute(sa.update(export_rows).values(content=b"forged"))
    with reading(engine) as conn, pytest.raises(ValueError, match="not the one that was sent"):
        exports.content(conn, pid, 1)


def test_a_batch_that_never_finished_is_seen_as_interrupted(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        first = batches.start(conn, file_name="a.json", sha256="0" * 64, format="fhir", user_id=None, now=NOW)
        second = batches.start(conn, file_name="x" * 300, sha256="1" * 64, format="choir", user_id=2, now=NOW)
        batches.finish(conn, first, report={"added": {"entries": 3}, "über": 1}, now=NOW + timedelta(seconds=9))
    with reading(engine) as conn:
        listed = batches.listed(conn)
    assert [batch.batch_id for batch in listed] == [second, first]
    assert (listed[0].finished_at, listed[0].report, len(listed[0].file_name)) == (None, {}, 255)
    assert listed[1].report == {"added": {"entries": 3}, "über": 1}
    assert listed[1].finished_at == NOW + timedelta(seconds=9)
