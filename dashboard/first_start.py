"""What happens before the first page: the configuration is judged, the database migrated and, if empty, filled."""

import sys
from datetime import date, datetime

from dashboard.errors import ConfigurationRefused
from dashboard.settings import Settings
from data_access import demo
from data_access import engine as database


def require_sign_in(chosen: Settings) -> None:
    """Refuse the clinic's mode until people can sign in. Raises ConfigurationRefused."""
    if chosen.mode == "clinic":
        raise ConfigurationRefused(
            "FLAREBOARD_MODE=clinic needs sign-in by OpenID Connect, which this version does not have yet.",
            "The server did not start and no data was touched.",
            "Run the demonstration on this machine (FLAREBOARD_MODE=demo), or wait for the version with sign-in.",
        )


def prepare(chosen: Settings, *, today: date, now: datetime) -> None:
    """Bring the database up to date, so that somebody can sign in to it. Raises DatabaseRefused.

    An empty database gets the synthetic clinic; one of imported patients without staff gets the invented staff.
    """
    engine = database.connect_engine(chosen.database_url)
    database.migrate(engine)
    database.require_writable(engine)
    if demo.is_empty(engine):
        _say("The database is empty: making the synthetic clinic, about ten seconds ...")
        demo.fill(engine, end=today, now=now)
    elif demo.go_on(engine, now=now):
        _say("The synthetic clinic was interrupted while it was made; it is whole now.")
    elif demo.staff_imported(engine, now=now):
        _say("The database holds patients but nobody to look after them: invented staff were added to sign in as.")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
