"""The engine of this process; no Streamlit, so the command line and the services share it."""

from sqlalchemy import Engine

from dashboard import settings
from data_access.engine import connect_engine


def current_engine() -> Engine:
    """The engine of the configured database; the same object for the same URL."""
    return connect_engine(settings.database_url())
