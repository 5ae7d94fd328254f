"""What the environment says: which database, which mode, whether programs may read. Nothing else is configurable so."""

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dashboard.errors import ConfigurationRefused

Mode = Literal["demo", "clinic"]

PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Settings:
    """`database_url` is a SQLAlchemy URL; it may hold a password, so it is never shown or logged."""

    database_url: str
    mode: Mode


def load(environment: Mapping[str, str] | None = None, *, host: str = "127.0.0.1") -> Settings:
    """The settings, with their defaults. Raises ConfigurationRefused where starting would be unsafe."""
    environment = os.environ if environment is None else environment
    return Settings(
        database_url=database_url(environment),
        mode=_mode(environment.get("FLAREBOARD_MODE", "").strip(), host, _sign_in_configured()),
    )


def database_url(environment: Mapping[str, str] | None = None) -> str:
    """The SQLAlchemy URL of the database: FLAREBOARD_DATABASE_URL, or our own SQLite file under `var/`."""
    environment = os.environ if environment is None else environment
    return environment.get("FLAREBOARD_DATABASE_URL", "").strip() or _own_database()


def fhir_wanted(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the FHIR interface answers: only where FLAREBOARD_FHIR is 1."""
    environment = os.environ if environment is None else environment
    return environment.get("FLAREBOARD_FHIR", "").strip() == "1"


def _own_database() -> str:
    # Beside the project where there is one: the same database whichever folder the command is typed in.
    home = PROJECT if (PROJECT / "pyproject.toml").is_file() else Path.cwd()
    folder = home / "var"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # patients are in it
    return f"sqlite:///{folder / 'flareboard.db'}"


def _sign_in_configured() -> bool:
    for folder in (PROJECT, Path.cwd()):
        secrets = folder / ".streamlit" / "secrets.toml"
        if secrets.is_file() and "auth" in tomllib.loads(secrets.read_text("utf-8")):
            return True
    return False


def _mode(wanted: str, host: str, sign_in_configured: bool) -> Mode:
    if wanted not in ("", "demo", "clinic"):
        raise ConfigurationRefused(
            "FLAREBOARD_MODE is neither 'demo' nor 'clinic'.",
            "The server did not start and no data was touched.",
            "Set FLAREBOARD_MODE to demo or clinic, or unset it for the demonstration on this machine.",
        )
    if wanted == "clinic":
        return "clinic"
    if sign_in_configured:
        raise ConfigurationRefused(
            "Sign-in is configured, and the demonstration would let anybody in without it.",
            "The server did not start and no data was touched.",
            "Set FLAREBOARD_MODE=clinic, or remove the [auth] section of .streamlit/secrets.toml.",
        )
    if not _is_loopback(host):
        raise ConfigurationRefused(
            f"The demonstration has no passwords, and {host} can be reached from other machines.",
            "The server did not start and no data was touched.",
            "Serve it on 127.0.0.1, or set up sign-in and FLAREBOARD_MODE=clinic.",
        )
    return "demo"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False  # a name that others may resolve to this machine
