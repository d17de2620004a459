"""Signed paths: nobody finds a session's media by guessing, and the path says which session's gate it goes through."""

import base64
import hashlib
import hmac
import secrets

from sqlalchemy import insert, select

from hosting.delivery.tables import SECRETS
from hosting.house import House

PART = "delivery.secret"


def media_base(house: House, session: str) -> str:
    """The prefix of all media paths of a session: ``/m/{session}/{signature}``."""
    return f"/m/{session}/{signature(house, session)}"


def signed(house: House, session: str, given: str) -> bool:
    """Whether this is the session's signature."""
    return hmac.compare_digest(signature(house, session).encode(), given.encode())


def signature(house: House, session: str) -> str:
    """What stands in a session's media paths."""
    digest = hmac.digest(_secret(house), f"media of {session}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:18]).decode()


def _secret(house: House) -> bytes:
    found = house.parts.get(PART)
    if not isinstance(found, bytes):
        with house.db.read() as connection:
            found = connection.execute(select(SECRETS.c.secret)).scalar()
        if found is None:
            with house.db.write() as connection:
                # Another thread may have been first; there is one writer, so by now it would show.
                found = connection.execute(select(SECRETS.c.secret)).scalar()
                if found is None:
                    found = secrets.token_bytes(32)
                    connection.execute(insert(SECRETS).values(secret=found))
        house.parts[PART] = found
    return bytes(found)
