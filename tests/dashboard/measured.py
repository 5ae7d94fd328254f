"""Made-up questionnaire scores of one person: who reads a test sees what was answered when."""

from datetime import timedelta

from sqlalchemy import Engine

from clinical.diary import Period
from dashboard.periods import Periods
from data_access import ingest, patients
from data_access.engine import reading, writing
from data_access.patients import PatientHead
from data_access.records import MeasureRecord, PatientBundle, PatientRecord
from tests.conftest import AS_OF, NOW
from tests.dashboard.pain_maps import ago

RECORD = "SCORES-1"
QUARTER = Period(ago(90), AS_OF)
PERIODS = Periods(QUARTER, QUARTER.before(), "3m")


def phq9(days: int, *answers: float) -> MeasureRecord:
    """A PHQ-9 of that many days ago, with its nine answers."""
    return MeasureRecord(ago(days), "PHQ-9", float(sum(answers)), items=answers, source_key=f"phq9-{days}")


def total(days: int | None, instrument: str, score: float | None) -> MeasureRecord:
    """A total of that many days ago, None without a day."""
    day = None if days is None else ago(days)
    return MeasureRecord(day, instrument, score, source_key=f"{instrument}-{days}-{score}")


def stored(engine: Engine, *measures: MeasureRecord, record: str = RECORD) -> PatientHead:
    """That person with those scores, of the first care team."""
    born = AS_OF - timedelta(days=50 * 365)
    person = PatientRecord(record, "Measured", birth_date=born, synthetic=True)
    with writing(engine) as conn:
        bundle = PatientBundle(person, "demo", measures=measures, team_id=1)
        ingest.add(conn, bundle, batch_id=None, now=NOW, as_of=AS_OF)
    return again(engine, record)


def again(engine: Engine, record: str = RECORD) -> PatientHead:
    """The same person as they stand now."""
    with reading(engine) as conn:
        head = patients.find_by_record(conn, record)
    assert head is not None
    return head
