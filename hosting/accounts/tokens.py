"""Access tokens of accounts and attendees: random, shown once, stored as a hash."""

import hashlib
import secrets


def make_token() -> str:
    """Return a new random token of 256 bits as 43 URL-safe characters; it is not stored."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return the SHA-256, in hexadecimal, under which a token is stored; tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
