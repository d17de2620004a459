"""The tables of permanent links, sessions, log rows, and chat messages in their current state.

`LOG_ROWS` records what happened and never changes. `MESSAGES` is derived from it in the same transactions, so that a
message can be found by its id, and a page of the chat be read without the log.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, text

from hosting.db.database import METADATA

LINKS = Table(
    "link",
    METADATA,
    Column("slug", String, primary_key=True),
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("webinar", String, nullable=False),
    Column("session", String),
    Index("link_of_webinar", "account", "webinar", unique=True, sqlite_where=text("session IS NULL")),
)
"""`slug` is the last part of `/w/{slug}`. A webinar has one link, to its next session; a private test has its own."""

SESSIONS = Table(
    "session",
    METADATA,
    Column("id", String, primary_key=True),
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("webinar", String, nullable=False, index=True),
    Column("version", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("slug", String, nullable=False),
    Column("start", String, nullable=False),
    Column("zone", String, nullable=False),
    Column("starts_at", BigInteger, nullable=False),
    Column("length_ms", BigInteger, nullable=False),
    Column("room", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("chat_now", String, nullable=False),
    Column("price", LargeBinary),
    Column("test", Boolean, nullable=False),
    Column("replay", Boolean, nullable=False),
    Column("waiting_ms", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("floor", BigInteger, nullable=False),
    Column("sequence", Integer, nullable=False),
    Index("session_due", "state", "starts_at"),
)
"""`chat` is the planned chat mode, `chat_now` the current one. Public rows below `floor` are not sent any more:
a new schedule replaced them. `sequence` counts the changes of the schedule, for calendars (RFC 5545 §3.8.7.4)."""

LOG_ROWS = Table(
    "row",
    METADATA,
    Column("session", ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("audience", String, nullable=False),
    Column("prev", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("row_of_audience", "session", "audience", "seq"),
    Index("row_of_kind", "session", "kind", "seq"),
)
"""The logs: one row for each audience of an event. `seq` has no gaps; `prev` is the audience's previous row."""

MESSAGES = Table(
    "message",
    METADATA,
    Column("session", ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("message", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("name", String, nullable=False),
    Column("text", String, nullable=False),
    Column("position_ms", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("approved", Boolean),
    Index("message_of_person", "session", "person", "at"),
)
"""`approved` is a moderator's decision, NULL until there is one."""
