"""The configured database, ready to use: made where there is none yet, refused where it stands at another migration."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from dashboard.database import current_engine
from data_access import engine as database


def ready() -> Engine:
    """The engine of an existing database at this migration. Raises DatabaseRefused."""
    engine = current_engine()
    database.require_current(engine)
    return engine


def ready_or_new() -> Engine:
    """The same; an empty or missing database gets its tables first. Raises DatabaseRefused."""
    engine = current_engine()
    if database.is_new(engine):
        database.migrate(engine)
    else:
        database.require_current(engine)
    return engine


@contextmanager
def to_look_in() -> Iterator[Engine]:
    """A database for a dry run: the configured one, or an empty one beside it that is thrown away."""
    engine = current_engine()
    if not database.is_new(engine):
        yield ready()
        return
    with tempfile.TemporaryDirectory() as folder:
        empty = database.connect_engine(f"sqlite:///{folder}/empty.db")
        database.migrate(empty)
        try:
            yield empty
        finally:
            empty.dispose()
