"""The library's tables, as SQLAlchemy Core knows them.

One row is one webinar with its draft: the canonical JSON as it is on the wire, its revision, and beside it the few
facts a list of webinars shows, written together with it, so that a list decodes no draft. `body` is the last column
because SQLite then reads a row's other columns without touching the blob's pages. Versions are rows that are written
once. Notes lie beside, outside versions. What is known of hostings is kept per hosting (`hostings`, `synced`), and
which versions are not simply ours in `lines`: a table of its own because a column after `versions.body` would be read
through the whole blob.

Every change of these tables is a migration of its own (`migrations/`), and `HEAD` names the last one.
"""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
)
from sqlalchemy.types import TypeDecorator

from editor.timestamps import to_datetime, to_timestamp_ms

HEAD = "0002"
"""The migration these tables are the result of; as a number it is the file's schema stamp (`PRAGMA user_version`)."""
SCHEMA = int(HEAD)
APPLICATION_ID = 0x4D61746E
"""``Matn``: what `PRAGMA application_id` says of a library, which distinguishes it from another program's database."""


class Instant(TypeDecorator[datetime]):
    """A column type for instants: an aware `datetime` in UTC in Python, integer milliseconds since 1970 in the file."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Return the milliseconds since 1970 of an aware instant, for the database; None for None.

        What is finer than a millisecond is cut off.

        Raises:
            TypeError: The instant is naive.
        """
        return None if value is None else to_timestamp_ms(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the UTC instant of the milliseconds that the database has; None for NULL."""
        return None if value is None else to_datetime(value)


METADATA = MetaData()

webinars = Table(
    "webinars",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("title", String, nullable=False),
    Column("start", String(19)),  # local to `zone`
    Column("zone", String, nullable=False),
    Column("room", String, nullable=False),
    Column("length_ms", Integer, nullable=False),
    Column("rev", Integer, nullable=False),  # raised by every write of the draft
    Column("changed", Integer, nullable=False),  # the library's own count of draft writes: what was touched last
    Column("edited_at", Instant, nullable=False),  # for people; nothing is ordered by it
    Column("unsaved", Boolean(create_constraint=False), nullable=False),
    Column("archived", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("template", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("deleted_at", Instant),
    Column("body", LargeBinary, nullable=False),
)
Index("webinars_by_change", webinars.c.changed)

versions = Table(
    "versions",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("webinar", String(64), ForeignKey("webinars.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),  # 1, 2, 3 … within the webinar: the order they were made in
    Column("parents", String, nullable=False),  # hashes, parted by spaces
    Column("note", String, nullable=False),
    Column("saved_at", Instant, nullable=False),
    Column("number", Integer),  # given by the hosting, never here
    Column("size", Integer, nullable=False),  # of the body, in bytes
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("webinar", "ordinal", name="versions_in_order"),
)

notes = Table(
    "notes",
    METADATA,
    Column("webinar", String(64), ForeignKey("webinars.id", ondelete="CASCADE"), primary_key=True),
    Column("segment", String(64), primary_key=True),
    Column("text", String, nullable=False),
    Column("edited_at", Instant, nullable=False),
)

lines = Table(
    "lines",
    METADATA,
    Column("version", String(64), ForeignKey("versions.hash", ondelete="CASCADE"), primary_key=True),
    Column("line", String, nullable=False),  # as `values.Line`; a version that has no row here is ours
    Column("over", String(64)),  # the version here that it follows, where those between never came here
    Column("draft_before", String(64)),  # SHA-256 of the draft before it was taken in: undo makes that the draft again
    Column("draft_after", String(64)),  # and of the draft that had it in, for redo
)

hostings = Table(
    "hostings",
    METADATA,
    Column("name", String, primary_key=True),
    Column("epoch", String, nullable=False),
)

synced = Table(
    "synced",
    METADATA,
    Column("hosting", String, ForeignKey("hostings.name", ondelete="CASCADE"), primary_key=True),
    Column("webinar", String(64), ForeignKey("webinars.id", ondelete="CASCADE"), primary_key=True),
    Column("rev", Integer, nullable=False),  # the hosting's, when we last looked
    Column("version", String(64), nullable=False),  # what it had then; it is kept here
    Column("notes_rev", Integer, nullable=False),
    Column("notes", LargeBinary, nullable=False),  # as both sides had them then: JSON, by segment
)
