"""Facts about this database, by name: 'synthetic' = '1' marks the invented clinic."""

import sqlalchemy as sa

from data_access.tables import facts

SYNTHETIC = "synthetic"


def get(conn: sa.Connection, name: str) -> str | None:
    """The value of that fact, None when it was never put."""
    value: str | None = conn.execute(sa.select(facts.c.value).where(facts.c.name == name)).scalar()
    return value


def put(conn: sa.Connection, name: str, value: str) -> None:
    """Writes the fact, in place of an earlier value."""
    if conn.execute(sa.update(facts).where(facts.c.name == name).values(value=value)).rowcount == 0:
        conn.execute(sa.insert(facts).values(name=name, value=value))


def is_synthetic(conn: sa.Connection) -> bool:
    """Whether this is the invented clinic."""
    return get(conn, SYNTHETIC) == "1"
