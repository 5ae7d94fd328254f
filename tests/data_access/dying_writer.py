"""Run by the crash test: imports people and signs notes without end, saying aloud what was confirmed."""

import sys
from datetime import timedelta

import sqlalchemy as sa

from data_access import audit, ingest, notes
from data_access.engine import connect_engine, writing
from data_access.notes import Author
from tests.data_access.made_up import NOW, TODAY, a_year, person

NURSE = Author(4, "Nia Example", "nursing")


def run(url: str, first: int) -> None:
    """Goes on from person number `first` until it is killed."""
    engine = connect_engine(url)
    number = first
    while True:
        with writing(engine) as conn:
            done = ingest.add(conn, a_year(person(number), seed=number, days=40), now=NOW, as_of=TODAY)
            _audit(conn, done.patient_id, "imported")
        _confirm("imported", number, done.patient_id)
        with writing(engine) as conn:
            notes.save_draft(conn, done.patient_id, 4, text=text_of(number), pin=None, expected_revision=0, now=NOW)
        _confirm("drafted", number, done.patient_id)
        with writing(engine) as conn:
            notes.sign(conn, done.patient_id, NURSE, expected_revision=1, now=NOW + timedelta(minutes=1))
            _audit(conn, done.patient_id, "signed")
        _confirm("signed", number, done.patient_id)
        number += 1


def text_of(number: int) -> str:
    """The note of that person: long enough to be caught half-written."""
    return f"Note {number}. " * 2000


def _audit(conn: sa.Connection, patient_id: int, action: str) -> None:
    audit.record(conn, user_id=4, role="clinician", action=action, patient_id=patient_id, now=NOW)


def _confirm(what: str, number: int, patient_id: int) -> None:
    sys.stdout.write(f"{what} {number} {patient_id}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))
