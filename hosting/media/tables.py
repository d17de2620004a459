"""The tables of an account's files, its unfinished uploads, and the manifests of prepared media."""

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, String, Table

from hosting.db.database import METADATA

FILES = Table(
    "file",
    METADATA,
    Column("account", ForeignKey("account.id"), primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("taken_at", BigInteger, nullable=False),
)

UPLOADS = Table(
    "upload",
    METADATA,
    Column("id", String, primary_key=True),
    Column("account", ForeignKey("account.id"), nullable=False, index=True),
    Column("sha256", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("begun_at", BigInteger, nullable=False),
)
"""The offset of an upload is not stored: it is the length of its file."""

MANIFESTS = Table(
    "manifest",
    METADATA,
    Column("account", ForeignKey("account.id"), primary_key=True),
    Column("media", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
