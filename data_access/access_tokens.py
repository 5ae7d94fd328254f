"""Programs that may read in the name of a person: what their tokens were made for, never the tokens themselves."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from data_access.tables import access_tokens


@dataclass(frozen=True, slots=True)
class AccessToken:
    """One token; `revoked_at` None while it was not taken back."""

    token_id: int
    label: str
    user_id: int
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    def holds(self, now: datetime) -> bool:
        """Whether it opens anything at that instant."""
        return self.revoked_at is None and now < self.expires_at


def add(conn: sa.Connection, secret: str, *, label: str, user_id: int, now: datetime, expires_at: datetime) -> int:
    """The number of a new token; of the secret only its SHA-256 is kept."""
    row = {
        "token_hash": _hashed(secret),
        "label": label,
        "user_id": user_id,
        "created_at": now,
        "expires_at": expires_at,
    }
    key = conn.execute(sa.insert(access_tokens).values(row)).inserted_primary_key
    if key is None:
        raise LookupError("the database gave no number for a new token")
    return int(key[0])


def listed(conn: sa.Connection) -> list[AccessToken]:
    """Every token that was ever made, in that order."""
    return [_token(row) for row in conn.execute(sa.select(*_COLUMNS).order_by(access_tokens.c.token_id))]


def find(conn: sa.Connection, secret: str) -> AccessToken | None:
    """The token of that secret, None where there is none; it may have expired or been taken back.

    Looked up by the hash, which whoever guesses cannot steer, and compared in constant time.
    """
    t, wanted = access_tokens.c, _hashed(secret)
    query = sa.select(t.token_hash, *_COLUMNS).where(t.token_hash == wanted)
    found = [row for row in conn.execute(query) if hmac.compare_digest(row.token_hash, wanted)]
    return _token(found[0]) if found else None


def revoke(conn: sa.Connection, token_id: int, *, now: datetime) -> bool:
    """Whether there was such a token that had not been taken back; it is now."""
    t = access_tokens.c
    held = sa.and_(t.token_id == token_id, t.revoked_at.is_(None))
    return conn.execute(sa.update(access_tokens).where(held).values(revoked_at=now)).rowcount == 1


_COLUMNS = tuple(column for column in access_tokens.c if column.name != "token_hash")


def _hashed(secret: str) -> str:
    return sha256(secret.encode("utf-8")).hexdigest()


def _token(row: sa.Row[*tuple[Any, ...]]) -> AccessToken:
    return AccessToken(row.token_id, row.label, row.user_id, row.created_at, row.expires_at, row.revoked_at)
