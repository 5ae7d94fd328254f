"""The summary of one patient for a program that may read it: what the Share page would make, unsigned, as FHIR R4.

Nothing is stored of it: it can be made again at any time. That it was handed over is in the patient's audit trail,
with its length and fingerprint, before the first byte leaves.
"""

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from dashboard import periods
from dashboard.errors import ExplainedError
from dashboard.periods import Chosen
from dashboard.permissions import Permission, Viewer
from dashboard.reports import fhir_document
from dashboard.reports.compose import compose
from dashboard.reports.fhir_document import Parties
from dashboard.reports.record import Author, Order
from dashboard.services import patients as patient_pages
from dashboard.services import report_record, work
from dashboard.services.tokens import Bearer
from data_access import exchange_records, patients
from data_access.patients import PatientHead

ACTION = "fhir summary"
TITLE = "Patient summary"
_ORDER = Order(template="gp_letter", reason="Read by a program through the FHIR interface; nobody wrote a reason.")
"""The sections of the letter to a general practitioner: the short set, and nothing beyond it."""


class NoSuchPatient(ExplainedError):
    """Nobody, or nobody of this person's: the two are told in the same words."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such patient for this token.",
            "Nothing was handed over; the attempt is in the audit trail.",
            "Check the record number or the link, and the care teams of the person the token acts for.",
        )


def summary(bearer: Bearer, wanted: str, by: Literal["record", "link"], *, as_of: date, now: datetime) -> bytes:
    """The document Bundle as UTF-8 JSON. Raises NotPermitted for the role, NoSuchPatient for everything else."""
    viewer = bearer.viewer
    head = _find(viewer, wanted, by)
    content = _made(viewer, head, as_of=as_of, now=now)
    detail = f"{len(content)} bytes, SHA-256 {sha256(content).hexdigest()}"
    with work.writing(
        viewer,
        Permission.EXPORT,
        head.patient_id,
        action=ACTION,
        resource=f"token {bearer.token_id}",
        detail=detail,
    ):
        return content


def _find(viewer: Viewer, wanted: str, by: Literal["record", "link"]) -> PatientHead:
    with work.looking_up(viewer, Permission.EXPORT, action=ACTION) as conn:
        find = patients.find_by_record if by == "record" else patients.find_by_link
        head = find(conn, wanted)
    if head is None or not viewer.in_scope(head.team_id):
        # On record either way, so that the two take as long as each other.
        raise refused(viewer, None if head is None else head.patient_id)
    return head


def refused(viewer: Viewer, patient_id: int | None) -> NoSuchPatient:
    """The answer to who asked for nobody, or for nobody of theirs, once the attempt is on record."""
    work.refuse(viewer, Permission.EXPORT, patient_id, ACTION)
    return NoSuchPatient()


def _made(viewer: Viewer, head: PatientHead, *, as_of: date, now: datetime) -> bytes:
    logged = patient_pages.calendar(viewer, head, as_of=as_of)
    chosen = periods.resolve(
        Chosen(), last_visit=logged.last_visit, first_day=logged.first_day, as_of=as_of, last_day=logged.last_day
    )
    author = Author(viewer.name, viewer.discipline, viewer.user_id)
    with work.reading(viewer, Permission.EXPORT, head.patient_id, action="prepare export") as conn:
        record = report_record.read(conn, head.patient_id, chosen, as_of)
        stored = exchange_records.of_patient(conn, head.patient_id, chosen.now)
    document = replace(compose(record, _ORDER, author), title=TITLE)
    return fhir_document.as_json(record, document, Parties(stored, author, _ORDER), now=now)
