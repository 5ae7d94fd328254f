"""Many rows of one table in at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql

Row = Mapping[str, Any]
WORTH_A_COPY = 100


def put(conn: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Stores the rows, which all name the same columns. Raises what an INSERT of them would raise."""
    if not rows:
        return
    driver = conn.connection.driver_connection
    if isinstance(driver, psycopg.Connection) and len(rows) >= WORTH_A_COPY:
        _copy(driver, table, rows)
    else:
        conn.execute(sa.insert(table), rows)


def _copy(driver: psycopg.Connection[Any], table: sa.Table, rows: Sequence[Row]) -> None:
    columns = list(rows[0])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([row[column] for column in columns])
    except psycopg.Error as error:
        # The same error an INSERT through SQLAlchemy gives, so that one place explains both.
        raise sa.exc.DBAPIError.instance("COPY", None, error, psycopg.Error, hide_parameters=True) from None
