"""Who is signed in to the demonstration, kept by the server: a reload or a second tab finds the person again, and
the period they chose last.

The browser holds an unguessable key in a cookie that scripts cannot read; what it means is known here alone, and
signing out makes it mean nothing everywhere at once. OpenID Connect will bring its own; the demonstration ends with
the process.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from dashboard.periods import Chosen

KEY = "access.key"
"""Where a browser session keeps the key of its person."""
COOKIE = "flareboard_demo"
LASTS = timedelta(hours=12)
TICKET_LASTS = timedelta(minutes=1)
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _SignedIn:
    user_id: int
    until: datetime


@dataclass(frozen=True, slots=True)
class LastChoice:
    """The period chosen last, and the link of the patient it was chosen for."""

    link: str | None
    chosen: Chosen


class DemoSessions:
    """Keys of the people who are signed in, and tickets that a browser changes for its cookie, once."""

    def __init__(self) -> None:
        self._people: dict[str, _SignedIn] = {}
        self._tickets: dict[str, tuple[str, datetime]] = {}
        self._choices: dict[str, LastChoice] = {}
        self._lock = Lock()

    def begin(self, user_id: int, now: datetime) -> tuple[str, str]:
        """The key of a new session, and the ticket for its cookie."""
        key, ticket = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        with self._lock:
            self._people[key] = _SignedIn(user_id, now + LASTS)
            self._tickets[ticket] = (key, now + TICKET_LASTS)
            _keep_newest(self._people)
            _keep_newest(self._tickets)
        return key, ticket

    def redeem(self, ticket: str, now: datetime) -> str | None:
        """The key that goes into the cookie; None for a ticket that is unknown, used or too old."""
        with self._lock:
            key, until = self._tickets.pop(ticket, ("", now))
        return key if key and now < until else None

    def is_waiting(self, ticket: str, now: datetime) -> bool:
        """Whether the browser has not come for its cookie yet and still may."""
        with self._lock:
            return ticket in self._tickets and now < self._tickets[ticket][1]

    def user(self, key: str, now: datetime) -> int | None:
        """The person of that key; None once signed out or expired."""
        with self._lock:
            found = self._people.get(key)
            return found.user_id if found is not None and now < found.until else None

    def end(self, key: str) -> None:
        """Sign out everywhere."""
        with self._lock:
            self._people.pop(key, None)
            self._choices.pop(key, None)

    def choose(self, key: str, choice: LastChoice) -> None:
        """Remember the period a signed-in person chose."""
        with self._lock:
            if key in self._people:
                self._choices[key] = choice

    def chosen(self, key: str) -> LastChoice | None:
        """The period chosen last by the person of that key; None where none was."""
        with self._lock:
            return self._choices.get(key)


def _keep_newest(kept: "dict[str, _SignedIn] | dict[str, tuple[str, datetime]]") -> None:
    while len(kept) > _MOST:
        kept.pop(next(iter(kept)))


SESSIONS = DemoSessions()
