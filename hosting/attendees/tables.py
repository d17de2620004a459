"""The table of persons: who entered which session. A token is stored as its SHA-256."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table

from hosting.db.database import METADATA

PERSONS = Table(
    "person",
    METADATA,
    Column("id", String, primary_key=True),
    Column("session", ForeignKey("session.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("email", String, nullable=False),
    Column("language", String, nullable=False),
    Column("token", String, nullable=False, unique=True),
    Column("entered_at", BigInteger, nullable=False),
    Column("troubled_at", BigInteger, nullable=False),
)
"""`troubled_at` is the time of the last report of trouble, 0 before the first."""
