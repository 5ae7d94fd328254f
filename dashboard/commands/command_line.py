"""Whoever types the command: somebody with the server's own rights, recorded in the audit trail as the command line."""

import json
import sys
from typing import Any

from sqlalchemy import Connection

from dashboard.errors import ExplainedError
from dashboard.permissions import COMMAND_LINE, Viewer
from data_access import patients
from data_access.patients import PatientHead

OPERATOR = Viewer(
    user_id=COMMAND_LINE,
    name="Command line",
    role="coordinator",
    discipline="",
    teams=frozenset(),
    whole_clinic=True,
)


def patient_of(conn: Connection, record_number: str) -> PatientHead:
    """The patient with that record number. Raises ExplainedError."""
    head = patients.find_by_record(conn, record_number)
    if head is None:
        raise ExplainedError(
            "There is no patient with that record number in this database.",
            "Nothing was read or changed.",
            "Check the number, and FLAREBOARD_DATABASE_URL.",
        )
    return head


def say(line: str) -> None:
    """Prints one line for the person who typed the command, without control characters from outside."""
    sys.stdout.write("".join(c if c.isprintable() else " " for c in line) + "\n")


def say_json(value: Any) -> None:
    """Prints one JSON value, in ASCII so that no terminal or pipe changes it."""
    json.dump(value, sys.stdout, indent=1, ensure_ascii=True, default=str)
    sys.stdout.write("\n")
