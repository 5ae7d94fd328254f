"""A made-up diary of body maps: who reads a test sees which regions hurt when."""

from datetime import date, timedelta

from sqlalchemy import Engine

from data_access import ingest, patients
from data_access.engine import reading, writing
from data_access.patients import PatientHead
from data_access.records import EntryRecord, MarkRecord, PatientBundle, PatientRecord
from tests.conftest import AS_OF, NOW

RECORD = "MAPS-1"
LOW_BACK = MarkRecord("b_lumbar_l", 6, ("aching",), "deep")
CALF = MarkRecord("b_calf_l", 4, ("shooting", "burning"), "surface")
TRAPEZIUS = MarkRecord("b_trapezius_r", 5)


def ago(days: int) -> date:
    """The day that many days before today's."""
    return AS_OF - timedelta(days=days)


def entry(days: int, *marks: MarkRecord, at: str = "", map_filled_in: bool = True) -> EntryRecord:
    """An entry of that many days ago with those marks."""
    return EntryRecord(ago(days), at_time=at, pain=5, marks=marks if map_filled_in else None)


def undated(*marks: MarkRecord) -> EntryRecord:
    """An entry whose source gave no date."""
    return EntryRecord(None, marks=marks, source_key="undated")


def stored(engine: Engine, *entries: EntryRecord, record: str = RECORD) -> PatientHead:
    """That person with those entries, of the first care team."""
    bundle = PatientBundle(PatientRecord(record, "Mapped", synthetic=True), "demo", entries=entries, team_id=1)
    with writing(engine) as conn:
        ingest.add(conn, bundle, batch_id=None, now=NOW, as_of=AS_OF)
    with reading(engine) as conn:
        head = patients.find_by_record(conn, record)
    assert head is not None
    return head


def four_weeks() -> tuple[EntryRecord, ...]:
    """Low back before; low back and left calf now: the case every clinician asks about."""
    now = tuple(entry(days, LOW_BACK, CALF) for days in range(0, 20, 2))
    return now + tuple(entry(days, LOW_BACK) for days in range(28, 48, 2))
