"""Driver errors in words: what happened, what is safe, what to do next. Values of a row never enter the text."""

import sqlite3

import psycopg
import sqlalchemy as sa

from data_access.errors import DatabaseRefused, ExplainedError, RowRefused

_NOTHING_WRITTEN = "Nothing was written by this step; everything confirmed before it is safe."

_EXPLAINED: dict[str, tuple[str, str, str]] = {
    "locked": (
        "Another program holds the database and did not let go in time.",
        _NOTHING_WRITTEN,
        "Try again in a moment; if it stays so, look for a backup or a second program that has the database open.",
    ),
    "read_only": (
        "The database may only be read: its file, folder or server does not allow writing.",
        _NOTHING_WRITTEN,
        "Give this program the right to write to the database file and its folder, or point it at the writable server.",
    ),
    "full": (
        "There is no space left for the database.",
        _NOTHING_WRITTEN,
        "Free space on the disk that holds the database, then try again.",
    ),
    "busy": (
        "Too many people are using the database at this moment.",
        _NOTHING_WRITTEN,
        "Try again in a moment.",
    ),
    "unreachable": (
        "The database cannot be reached.",
        "Nothing was changed; what was confirmed before is safe where the database is.",
        "Check the address in FLAREBOARD_DATABASE_URL, that the server runs or the folder exists, and the sign-in.",
    ),
    "damaged": (
        "The file is not a database, or it is damaged.",
        "The file was left as it is.",
        "Restore the last backup with `flareboard restore`, or check the address in FLAREBOARD_DATABASE_URL.",
    ),
    "other_migration": (
        "The tables of this database are not those this version of Flareboard works with.",
        "Nothing was changed.",
        "Start `flareboard serve` of the version the database belongs to; it brings an older database up to date.",
    ),
}

_SQLITE = {
    "SQLITE_BUSY": "locked",
    "SQLITE_LOCKED": "locked",
    "SQLITE_READONLY": "read_only",
    "SQLITE_PERM": "read_only",
    "SQLITE_FULL": "full",
    "SQLITE_CANTOPEN": "unreachable",
    "SQLITE_IOERR_SHMSIZE": "full",  # the shared memory file beside the database found no room
    "SQLITE_IOERR": "unreachable",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
}

_POSTGRES_CLASSES = {
    "08": "unreachable",  # connection exceptions
    "28": "unreachable",  # sign-in refused
    "3D": "unreachable",  # no such database
    "40": "locked",  # deadlock, serialisation
    "57": "unreachable",  # the server is shutting down
}
_POSTGRES = {
    "25006": "read_only",
    "42501": "read_only",
    "42703": "other_migration",
    "42P01": "other_migration",
    "53100": "full",
    "53300": "unreachable",
    "55P03": "locked",
}


def explained(error: sa.exc.DBAPIError) -> ExplainedError | None:
    """The driver's error as a refusal a person can act on, or None where it is a fault of the program."""
    if constraint := refused_by(error):
        return RowRefused(constraint)
    kind = _kind(error)
    return DatabaseRefused(*_EXPLAINED[kind]) if kind else None


def busy() -> DatabaseRefused:
    """The refusal when no connection became free in time."""
    return DatabaseRefused(*_EXPLAINED["busy"])


def refused_by(error: sa.exc.DBAPIError) -> str:
    """The name of the constraint or trigger that refused a row, '' when the error is something else."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _refused_by_sqlite(cause)
    if isinstance(cause, psycopg.Error) and (cause.sqlstate or "")[:2] in ("22", "23", "P0"):
        return cause.diag.constraint_name or cause.diag.column_name or "a rule of the table"
    return ""


def _refused_by_sqlite(cause: sqlite3.Error) -> str:
    name = getattr(cause, "sqlite_errorname", "")
    if not name.startswith(("SQLITE_CONSTRAINT", "SQLITE_TOOBIG", "SQLITE_MISMATCH")):
        return ""
    # "CHECK constraint failed: ck_x" and "UNIQUE constraint failed: t.a, t.b" carry names, never values.
    return str(cause).rpartition(": ")[2] or "a rule of the table"


def _kind(error: sa.exc.DBAPIError) -> str | None:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _kind_sqlite(cause)
    if isinstance(cause, psycopg.Error):
        state = cause.sqlstate
        if state is None:  # never reached a server, or lost it
            return "unreachable" if isinstance(cause, psycopg.OperationalError) else None
        return _POSTGRES.get(state) or _POSTGRES_CLASSES.get(state[:2])
    return None


def _kind_sqlite(cause: sqlite3.Error) -> str | None:
    name = getattr(cause, "sqlite_errorname", "")
    if name == "SQLITE_ERROR" and str(cause).startswith(("no such table", "no such column")):
        return "other_migration"
    return next((kind for start, kind in _SQLITE.items() if name.startswith(start)), None)


def other_migration(found: str | None, wanted: str) -> DatabaseRefused:
    """The refusal of a database that stands at another migration than this program."""
    if found is None:
        return DatabaseRefused(
            f"This database has no Flareboard tables yet (wanted: migration {wanted}).",
            "Nothing was changed.",
            "Start `flareboard serve` once to create them, or check the address in FLAREBOARD_DATABASE_URL.",
        )
    return DatabaseRefused(
        f"This database is at migration {found}; this version of Flareboard works with {wanted}.",
        "Nothing was changed.",
        "Start `flareboard serve` to bring an older database up to date; for a newer one install the newer Flareboard.",
    )
