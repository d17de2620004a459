"""Persons: who entered which session. Of their token only the SHA-256 is kept."""

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
"""`troubled_at` is when they last reported trouble, 0 if never."""
