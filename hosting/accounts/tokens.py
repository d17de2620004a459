"""Access tokens of accounts and attendees: random, shown once, stored as a hash."""

import hashlib
import secrets


def make_token() -> str:
    """Return a new random token of 256 bits, URL-safe."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return the SHA-256 under which a token is stored. Tokens are random, so no salt and no slow hash are needed."""
    return hashlib.sha256(token.encode()).hexdigest()
