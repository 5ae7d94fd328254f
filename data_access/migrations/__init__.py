"""Alembic migrations, run by `data_access.engine.migrate`; no alembic.ini and no working folder is needed."""
