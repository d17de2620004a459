"""Signed media paths: a session's media cannot be guessed, and the path names the session whose gate applies."""

import base64
import hashlib
import hmac
import secrets

from sqlalchemy import insert, select

from hosting.context import HostingContext
from hosting.delivery.tables import DELIVERY_SECRETS


def make_media_base(context: HostingContext, session: str) -> str:
    """Return the prefix of a session's media paths: ``/m/{session}/{signature}``. It may block, as `make_signature`."""
    return f"/m/{session}/{make_signature(context, session)}"


def is_signed(context: HostingContext, session: str, candidate: str) -> bool:
    """Return whether `candidate` is the session's signature; compared in constant time."""
    return hmac.compare_digest(make_signature(context, session).encode(), candidate.encode())


def make_signature(context: HostingContext, session: str) -> str:
    """Return the signature of a session's media paths: HMAC-SHA-256 (RFC 2104), cut to 144 bits, as base64url.

    The first call of a hosting reads the secret from the database, or stores a new one; it blocks, and may raise what
    `HostingDatabase.write` raises.
    """
    digest = hmac.digest(_load_secret(context), f"media of {session}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:18]).decode()


def _load_secret(context: HostingContext) -> bytes:
    secret = context.delivery_secret
    if secret is None:
        with context.db.read() as connection:
            secret = connection.execute(select(DELIVERY_SECRETS.c.secret)).scalar()
        if secret is None:
            with context.db.write() as connection:
                # Another thread may have inserted it since. There is one writer, so this read is reliable.
                secret = connection.execute(select(DELIVERY_SECRETS.c.secret)).scalar()
                if secret is None:
                    secret = secrets.token_bytes(32)
                    connection.execute(insert(DELIVERY_SECRETS).values(secret=secret))
        context.delivery_secret = secret
    return secret
