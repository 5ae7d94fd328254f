"""Warming up asks about nobody, and what it asks compiles on both engines."""

from sqlalchemy import Engine

from dashboard import warming
from data_access import audit, patients
from data_access.engine import reading


def test_statements_are_compiled_without_looking_at_anybody(engine: Engine) -> None:
    warming.compile_statements(engine)
    with reading(engine) as conn:
        assert patients.numbers(conn) == []
        assert audit.listed(conn, 0) == []


def test_everything_can_be_imported() -> None:
    warming.import_everything()
