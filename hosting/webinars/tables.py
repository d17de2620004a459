"""The tables of webinars with revision and notes, of immutable versions, and of answered requests."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, UniqueConstraint

from hosting.db.database import METADATA

WEBINARS = Table(
    "webinar",
    METADATA,
    Column("account", ForeignKey("account.id"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("hash", String, nullable=False),
    Column("title", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("notes_rev", Integer, nullable=False),
    Column("notes", LargeBinary, nullable=False),
    Column("version", String, nullable=False, server_default=""),
)

VERSIONS = Table(
    "version",
    METADATA,
    Column("account", String, primary_key=True),
    Column("hash", String, primary_key=True),
    Column("webinar", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("parents", String, nullable=False),
    Column("note", String, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("account", "webinar", "number"),
)

ANSWERED_REQUESTS = Table(
    "answered_request",
    METADATA,
    Column("account", String, primary_key=True),
    Column("route", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("body_hash", String, nullable=False),
    Column("status", Integer, nullable=False),
    Column("response", LargeBinary, nullable=False),
    Column("answered_at", BigInteger, nullable=False),
)
"""A repeated request with the same idempotency key gets the response to the first one."""
