"""The tables of accounts and tokens. A password is stored as its Argon2 hash, a token as its SHA-256."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table

from hosting.db.database import METADATA

ACCOUNTS = Table(
    "account",
    METADATA,
    Column("id", String, primary_key=True),
    Column("email", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("password", String, nullable=False),
    Column("plan", String, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)

TOKENS = Table(
    "token",
    METADATA,
    Column("hash", String, primary_key=True),
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("device", String, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)

FIRST_KEYS = Table(
    "first_key",
    METADATA,
    Column("hash", String, primary_key=True),
)
"""The hash of the one-time key with which the first account can be created."""
