"""The tables of clicks and answers: one row a person and offer, one row a person and question."""

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, String, Table

from hosting.db.database import METADATA

CLICKS = Table(
    "click",
    METADATA,
    Column("session", ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("person", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("offer", String, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
)

ANSWERS = Table(
    "answer",
    METADATA,
    Column("session", ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("person", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("offer", String, primary_key=True),
    Column("question", String, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""`body` is the row of the log."""
