"""Signed paths: nobody finds a session's media by guessing, and the path says which session's gate it goes through."""

import base64
import hashlib
import hmac
import secrets

from sqlalchemy import insert, select

from hosting.context import HostingContext
from hosting.delivery.tables import DELIVERY_SECRETS


def make_media_base(context: HostingContext, session: str) -> str:
    """The prefix of all media paths of a session: ``/m/{session}/{signature}``."""
    return f"/m/{session}/{make_signature(context, session)}"


def is_signed(context: HostingContext, session: str, candidate: str) -> bool:
    """Whether this is the session's signature."""
    return hmac.compare_digest(make_signature(context, session).encode(), candidate.encode())


def make_signature(context: HostingContext, session: str) -> str:
    """What stands in a session's media paths."""
    digest = hmac.digest(_load_secret(context), f"media of {session}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:18]).decode()


def _load_secret(context: HostingContext) -> bytes:
    secret = context.delivery_secret
    if secret is None:
        with context.db.read() as connection:
            secret = connection.execute(select(DELIVERY_SECRETS.c.secret)).scalar()
        if secret is None:
            with context.db.write() as connection:
                # Another thread may have been first; there is one writer, so by now it would show.
                secret = connection.execute(select(DELIVERY_SECRETS.c.secret)).scalar()
                if secret is None:
                    secret = secrets.token_bytes(32)
                    connection.execute(insert(DELIVERY_SECRETS).values(secret=secret))
        context.delivery_secret = secret
    return secret
