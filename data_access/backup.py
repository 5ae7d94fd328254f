"""A copy of the whole clinic in one file, taken while it is served, and back into an empty database on either engine.

The file is a zip: one line of JSON per row and table, and a manifest with the migration, the row counts and the SHA-256
of every table. It is not tied to SQLite or PostgreSQL; derived rows are copied too, so a restored clinic is the clinic.
"""

import base64
import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

import sqlalchemy as sa

from data_access import audit
from data_access.engine import (
    current_migration,
    is_new,
    migrate,
    reading,
    require_current,
    wanted_migration,
    writing,
)
from data_access.errors import DatabaseRefused, UnreadableFile
from data_access.tables import UtcDateTime, metadata

FORMAT = "flareboard-backup"
VERSION = 1
_MANIFEST = "manifest.json"
_AT_ONCE = 2_000
_LONGEST_LINE = 256 * 1024 * 1024  # an export with its stored document; anything longer cannot be read as one row
_MOST_MANIFEST_BYTES = 1_000_000
_NO_CLOCK = (1980, 1, 1, 0, 0, 0)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, AttributeError, RuntimeError, OSError,
)  # fmt: skip
"""What reading a damaged or hostile archive may raise."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Copied:
    """What a backup holds or a restore brought back: rows by table."""

    rows: Mapping[str, int]

    @property
    def total(self) -> int:
        """All rows of all tables."""
        return sum(self.rows.values())


def backup(engine: sa.Engine, out: IO[bytes]) -> Copied:
    """Writes the copy: one unchanging state of the database, though others go on writing. Raises DatabaseRefused."""
    require_current(engine)
    tables: dict[str, dict[str, Any]] = {}
    with reading(engine) as conn, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        migration = current_migration(conn)  # the first read fixes the state that all others see
        for table in metadata.sorted_tables:
            with archive.open(_member(f"{table.name}.ndjson"), "w", force_zip64=True) as file:
                tables[table.name] = _copy_out(conn, table, file)
        manifest = {"format": FORMAT, "version": VERSION, "migration": migration, "tables": tables}
        archive.writestr(_member(_MANIFEST), json.dumps(manifest, indent=1))
    return Copied({name: each["rows"] for name, each in tables.items()})


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _NO_CLOCK)
    member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return member


def _copy_out(conn: sa.Connection, table: sa.Table, file: IO[bytes]) -> dict[str, Any]:
    count, seen = 0, hashlib.sha256()
    query = sa.select(table).order_by(*table.primary_key.columns)
    for row in conn.execute(query.execution_options(yield_per=_AT_ONCE)):
        line = json.dumps([_written(value) for value in row], ensure_ascii=False, separators=(",", ":")) + "\n"
        content = line.encode("utf-8")
        file.write(content)
        seen.update(content)
        count += 1
    return {"rows": count, "sha256": seen.hexdigest(), "columns": [column.name for column in table.columns]}


def _written(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value.isoformat() if isinstance(value, date) else value


def restore(engine: sa.Engine, source: IO[bytes]) -> Copied:
    """Brings a backup into an empty database, all of it or nothing; counts, hashes and audit chains are checked.

    Raises UnreadableFile for a file that is no backup or was changed, DatabaseRefused where there are rows already.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            tables = _manifest(archive)
            _make_ready(engine)
            with writing(engine) as conn:
                _require_empty(conn)
                rows = {table.name: _copy_in(conn, table, archive, tables) for table in metadata.sorted_tables}
                _renumber(conn)
                _require_sound(conn)
    except _BROKEN as error:
        raise _unreadable("The backup is damaged, or it is no backup of Flareboard.") from error
    return Copied(rows)


def _manifest(archive: zipfile.ZipFile) -> Mapping[str, Any]:
    with archive.open(_MANIFEST) as file:
        manifest = json.loads(file.read(_MOST_MANIFEST_BYTES))
    if manifest["format"] != FORMAT or manifest["version"] != VERSION:
        raise _unreadable("The file is a backup in a form this version does not know.")
    if manifest["migration"] != (wanted := wanted_migration()):
        found = str(manifest["migration"])[:40]
        raise _unreadable(f"The backup is of migration {found}; this version works with {wanted}.")
    tables: Mapping[str, Any] = manifest["tables"]
    for table in metadata.sorted_tables:
        if tables[table.name]["columns"] != [column.name for column in table.columns]:
            raise _unreadable("The tables of the backup are not those of this version.")
    return tables


def _make_ready(engine: sa.Engine) -> None:
    """A database without tables gets them; one at another migration is refused, not changed."""
    if is_new(engine):
        migrate(engine)
    else:
        require_current(engine)


def _require_empty(conn: sa.Connection) -> None:
    for table in metadata.sorted_tables:
        if conn.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise DatabaseRefused(
                "This database already holds data; a backup goes back into an empty one only.",
                "Nothing was changed.",
                "Point FLAREBOARD_DATABASE_URL at a database that is empty or does not exist yet.",
            )


def _copy_in(conn: sa.Connection, table: sa.Table, archive: zipfile.ZipFile, tables: Mapping[str, Any]) -> int:
    expected = tables[table.name]
    count, seen = 0, hashlib.sha256()
    with archive.open(f"{table.name}.ndjson") as file:
        for rows in _batches(table, file, seen.update):
            conn.execute(sa.insert(table), rows)
            count += len(rows)
    if count != expected["rows"] or seen.hexdigest() != expected["sha256"]:
        raise _unreadable(f"The table {table.name} of the backup is not as it was written.")
    return count


def _batches(table: sa.Table, file: IO[bytes], seen: Callable[[bytes], object]) -> Iterator[list[Row]]:
    columns = list(table.columns)
    waiting: list[Row] = []
    while line := file.readline(_LONGEST_LINE):
        seen(line)
        values = json.loads(line)
        waiting.append({c.name: _read(c, value) for c, value in zip(columns, values, strict=True)})
        if len(waiting) == _AT_ONCE:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _read(column: sa.Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, sa.LargeBinary):
        return base64.b64decode(value, validate=True)
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, sa.Date) else value


def _renumber(conn: sa.Connection) -> None:
    """PostgreSQL counts new rows in sequences, which know nothing of rows that came with their numbers."""
    if conn.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        place = sa.func.pg_get_serial_sequence(table.name, column.name)
        if conn.execute(sa.select(place)).scalar() is not None:
            highest = sa.select(sa.func.max(column)).scalar_subquery()
            conn.execute(sa.select(sa.func.setval(place, sa.func.coalesce(highest, 0) + 1, sa.false())))


def _require_sound(conn: sa.Connection) -> None:
    if audit.verify(conn):
        raise _unreadable("An audit chain of the backup is broken: it was changed after it was written.")


def _unreadable(what_happened: str) -> UnreadableFile:
    return UnreadableFile(
        what_happened,
        "Nothing was restored; the database is as it was.",
        "Use another backup, or the version of Flareboard that made this one.",
    )
