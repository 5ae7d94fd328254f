"""Tokens with which programs read in the name of a person: made, listed, taken back, and told whose they are."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.database import current_engine
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.services import sign_in, work
from data_access import access, access_tokens
from data_access import engine as database
from data_access.access import User
from data_access.access_tokens import AccessToken

LONGEST_LABEL = 120
LONGEST_DAYS = 366
_MARK = "fb_"  # so that a token found in a file or a log is recognised as one
_LONGEST_SECRET = 200


@dataclass(frozen=True, slots=True)
class Made:
    """A new token; `secret` is shown this once and kept nowhere."""

    token_id: int
    secret: str
    holder: User
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """One token with the name of whom it acts for; `standing` says whether it still opens anything, and why not."""

    token: AccessToken
    holder: str
    standing: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who a program acts for, and with which token."""

    token_id: int
    viewer: Viewer


def create(viewer: Viewer, user: str, label: str, days: int, *, now: datetime) -> Made:
    """A token that acts for the user of that name or number. Raises NotPermitted, ExplainedError."""
    if not 1 <= days <= LONGEST_DAYS or not label.strip() or len(label.strip()) > LONGEST_LABEL:
        raise _refused(
            "The label or the days are not possible.",
            f"Give a label of up to {LONGEST_LABEL} characters and 1 to {LONGEST_DAYS} days.",
        )
    secret, told = _MARK + secrets.token_urlsafe(32), work.Told()
    with work.writing(viewer, Permission.MANAGE_PEOPLE, action="create access token", detail=told) as conn:
        holder = _named(access.users(conn), user)
        until = now + timedelta(days=days)
        token_id = access_tokens.add(
            conn, secret, label=label.strip(), user_id=holder.user_id, now=now, expires_at=until
        )
        told.words = f"token {token_id} for user {holder.user_id}, {days} days"
    return Made(token_id, secret, holder, until)


def listed(viewer: Viewer, *, now: datetime) -> list[Listed]:
    """Every token that was ever made. Raises NotPermitted."""
    with work.reading(viewer, Permission.MANAGE_PEOPLE, action="list access tokens") as conn:
        users = {user.user_id: user for user in access.users(conn)}
        return [
            Listed(token, users[token.user_id].name, _standing(token, users[token.user_id], now))
            for token in access_tokens.listed(conn)
        ]


def revoke(viewer: Viewer, token_id: int, *, now: datetime) -> None:
    """Take that token back, at once and for ever. Raises NotPermitted, ExplainedError."""
    with work.writing(
        viewer, Permission.MANAGE_PEOPLE, action="revoke access token", resource=f"token {token_id}"
    ) as conn:
        if not access_tokens.revoke(conn, token_id, now=now):
            raise _refused("There is no token of that number that still holds.", "Look at `flareboard token list`.")


def bearer(secret: str, *, now: datetime) -> Bearer | None:
    """Who that token acts for, read fresh each time; None where it is unknown, over, taken back, or its person gone."""
    if not secret.startswith(_MARK) or len(secret) > _LONGEST_SECRET or not secret.isascii():
        return None
    with database.reading(current_engine()) as conn:
        token = access_tokens.find(conn, secret)
    if token is None or not token.holds(now):
        return None
    viewer = sign_in.viewer_of(token.user_id)
    return None if viewer is None else Bearer(token.token_id, viewer)


def _named(users: list[User], wanted: str) -> User:
    name = " ".join(wanted.split()).casefold()
    found = [user for user in users if user.active and name in (user.name.casefold(), str(user.user_id))]
    if len(found) != 1:
        raise _refused(
            "Nobody active has that name or number." if not found else "Several people have that name.",
            "Give the name as the header shows it, or the number of the user.",
        )
    return found[0]


def _standing(token: AccessToken, user: User, now: datetime) -> str:
    if token.revoked_at is not None:
        return "revoked"
    if not token.holds(now):
        return "expired"
    return "holds" if user.active else "its person is not active"


def _refused(what_happened: str, what_to_do: str) -> ExplainedError:
    return ExplainedError(what_happened, "No token was made or changed.", what_to_do)
