"""The logged series as Flareboard CSV: one patient's, stored like every export, or the whole clinic's."""

import re
from datetime import date, datetime
from typing import IO

from sqlalchemy import Connection

from clinical.diary import Period
from dashboard.database import current_engine
from dashboard.errors import NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from data_access import csv_export, diary, exports, patients
from data_access import engine as database
from data_access.exports import Sent
from data_access.patients import PatientHead

FORMAT = "csv"


def one_patient(
    viewer: Viewer, patient_id: int, period: Period | None, *, as_of: date, now: datetime
) -> tuple[str, bytes]:
    """File name and zip of one patient's series, stored unchanged with its hash. Raises NotPermitted."""
    with work.writing(viewer, Permission.EXPORT, patient_id, action="export", resource="series as CSV") as conn:
        head = patients.head(conn, patient_id)
        if head is None:
            raise NotPermitted(Permission.EXPORT.value)
        content = csv_export.archive(conn, [head], period)
        sent = Sent(FORMAT, _file_name(head, as_of), "", period or _ever(conn, head, as_of), content)
        exports.store(conn, patient_id, sent, user_id=viewer.user_id, now=now)
    return sent.file_name, content


def everybody(viewer: Viewer, out: IO[bytes], period: Period | None) -> int:
    """Writes the zip of every patient and returns how many there are. Raises NotPermitted.

    It crosses patients, so it is recorded in the clinic's own chain and is only for those who see the whole clinic.
    """
    if not viewer.whole_clinic:
        raise NotPermitted("export the whole clinic")
    with work.writing(viewer, Permission.EXPORT, action="export", resource="every patient's series as CSV"):
        pass  # on record before anything is handed over
    with database.reading(current_engine()) as conn:
        heads = [head for number in patients.numbers(conn) if (head := patients.head(conn, number))]
        csv_export.write(out, conn, heads, period)
    return len(heads)


def _ever(conn: Connection, head: PatientHead, as_of: date) -> Period:
    """From the first logged day to today: what an export without a period covers."""
    logged = diary.load(conn, head.patient_id)
    return Period(min(logged.start, as_of), as_of) if len(logged) else Period(as_of, as_of)


def _file_name(head: PatientHead, as_of: date) -> str:
    """'diary-FB-00017-2026-11-22.zip': the record number tells two patients' files apart, no name is in it."""
    number = re.sub(r"[^A-Za-z0-9-]+", "-", head.record_number).strip("-")[:40] or "patient"
    return f"diary-{number}-{as_of.isoformat()}.zip"
