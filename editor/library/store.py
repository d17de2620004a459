"""The library: every webinar's draft, its saved versions and its notes, in one SQLite file.

A write is on the disk when its method returns. Drafts are written only over the revision that was seen, so two
programs on one library never overwrite each other: the second is refused (``library.stale``) and may read again.
Order is by revisions and counts, never by clocks. Use one `Library` from one thread at a time; reads may come from
others.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, Insert, RowMapping, bindparam, delete, func, insert, select, update

from editor.errors import KnownError
from editor.library.applied_versions import SELECT_APPLIED, clear_draft_hashes, mark_applied, update_applied_lines
from editor.library.backups import LIBRARY_FILE, make_backup
from editor.library.db_errors import make_damaged_error
from editor.library.draft_comparison import DraftComparison
from editor.library.opener import open_library
from editor.library.records import RESTORABLE_FOR, Draft, Version, WebinarSummary
from editor.library.tables import lines, notes, versions, webinars
from editor.schedule import serialization
from editor.schedule.model import Webinar, new_id
from editor.settings import DEFAULT_BACKUP_COUNT

if TYPE_CHECKING:
    from editor.library.sync_state import SyncState


_VERSION_COUNT = select(func.count()).where(versions.c.webinar == webinars.c.id).scalar_subquery()
_SELECT_SUMMARY = select(
    *(column for column in webinars.c if column.name not in {"body", "changed"}), _VERSION_COUNT.label("versions")
)
SELECT_WEBINAR_ID = select(webinars.c.id).where(webinars.c.id == bindparam("id"))
_SELECT_DRAFT = select(webinars.c.body, webinars.c.rev).where(webinars.c.id == bindparam("id"))
_LINE_OR_OWN = func.coalesce(lines.c.line, "own")
SELECT_VERSION = select(
    *(column for column in versions.c if column.name not in {"body", "size"}), _LINE_OR_OWN.label("line"), lines.c.over
).outerjoin_from(versions, lines)
_HAS_APPLIED = SELECT_APPLIED.with_only_columns(lines.c.version).correlate(None).exists()
_SELECT_LATEST_OWN = (
    select(
        *(column for column in versions.c if column.name != "body"),
        _LINE_OR_OWN.label("line"),
        lines.c.over,
        _HAS_APPLIED.label("took"),
    )
    .outerjoin_from(versions, lines)
    .where(versions.c.webinar == bindparam("id"), _LINE_OR_OWN == "own")
    .order_by(versions.c.ordinal.desc())
    .limit(1)
)
"""The version that the draft continues: the newest by ordinal, for a version is stored after its ancestors."""
SELECT_NEXT_ORDINAL = select(func.coalesce(func.max(versions.c.ordinal), 0) + 1).where(
    versions.c.webinar == bindparam("id")
)
_SELECT_NEXT_CHANGE = select(func.coalesce(func.max(webinars.c.changed), 0) + 1).scalar_subquery()
_UPDATE_DRAFT = (
    update(webinars)
    .where(webinars.c.id == bindparam("seen_id"), webinars.c.rev == bindparam("seen_rev"))
    .values(rev=webinars.c.rev + 1, changed=_SELECT_NEXT_CHANGE)
)


class Library:
    """The open library of a folder: its webinars with their drafts, versions and notes. Any thread may use it.

    Every method blocks on the disk, and raises `KnownError` for what can go wrong outside the program, having changed
    nothing: ``library.full``, ``library.unwritable``, ``library.gone``, ``library.busy``, ``library.damaged``,
    ``library.newer``.

    Args:
        root: The folder; made if its parent is there.
        now: The clock, UTC-aware. What it says is kept for people; nothing is decided by it but the day of a copy and
            when what was deleted goes for good.
        backup_count: How many daily copies are kept.
    """

    def __init__(
        self,
        root: Path,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        backup_count: int = DEFAULT_BACKUP_COUNT,
    ) -> None:
        """Open, or create, the library in a folder.

        Raises:
            KnownError: as `editor.library.opener.open_library`.
        """
        self.root = root
        self.path = root / LIBRARY_FILE
        self._now = now
        self._backup_count = backup_count
        self._database = open_library(root, now(), backup_count)
        self._comparison = DraftComparison(self.path)

    def close(self) -> None:
        """Close the file; call nothing else afterwards."""
        self._database.close()

    # ------------------------------------------------------------------------------------------- webinars

    def list_webinars(self, *, archived: bool = False, deleted: bool = False) -> tuple[WebinarSummary, ...]:
        """Return the webinars, the last edited first, without decoding a draft.

        These are the current ones, or with `archived` the archived ones, or with `deleted` those that can be restored,
        archived or not; templates are among them.
        """
        current = webinars.c.deleted_at.is_(None)
        condition = ~current if deleted else current & webinars.c.archived.is_(archived)
        with self._database.read() as connection:
            rows = connection.execute(_SELECT_SUMMARY.where(condition).order_by(webinars.c.changed.desc())).mappings()
            return tuple(_to_summary(row) for row in rows)

    def load_summary(self, webinar_id: str) -> WebinarSummary:
        """Return the summary of one webinar, archived and deleted ones too.

        Raises:
            KnownError: ``library.no_webinar``.
        """
        with self._database.read() as connection:
            row = connection.execute(_SELECT_SUMMARY.where(webinars.c.id == webinar_id)).mappings().one_or_none()
        if row is None:
            raise KnownError("library.no_webinar", id=webinar_id)
        return _to_summary(row)

    def has_webinar(self, webinar_id: str) -> bool:
        """Return whether there is a webinar of an id, archived and deleted ones too."""
        with self._database.read() as connection:
            return connection.execute(SELECT_WEBINAR_ID, {"id": webinar_id}).first() is not None

    def create(
        self,
        webinar: Webinar,
        *,
        body: bytes | None = None,
        notes: Mapping[str, str] | None = None,
        version: Version | None = None,
    ) -> int:
        """Store a new webinar, unsaved unless it has a version, and return the revision of its draft, 1.

        Args:
            webinar: What a list shows of it, and what is stored.
            body: The bytes to store instead, where they hold more than this program knows.
            notes: Presenters' notes by segment id.
            version: The version that the draft is equal to, if it was made elsewhere; None for an unsaved webinar.

        Raises:
            KnownError: ``library.exists`` where there is one of that id.
        """
        body = body or serialization.encode(webinar)
        with self._database.write() as connection:
            self._insert_webinar(connection, webinar, body)
            if version is not None:
                connection.execute(insert(versions).values(**to_version_row(version, body)))
                connection.execute(update(webinars).where(webinars.c.id == webinar.id).values(unsaved=False))
            for segment, text in (notes or {}).items():
                connection.execute(self._make_note_insert(webinar.id, segment, text))
        return 1

    def load_draft(self, webinar_id: str) -> Draft:
        """Return the draft of a webinar as it is stored now, that of an archived or deleted one too.

        Raises:
            KnownError: ``library.no_webinar``; ``wire.newer`` where a later program wrote it; ``library.damaged`` where
                what is stored is no webinar.
        """
        with self._database.read() as connection:
            row = connection.execute(_SELECT_DRAFT, {"id": webinar_id}).one_or_none()
        if row is None:
            raise KnownError("library.no_webinar", id=webinar_id)
        decoded = self._decode(row.body, webinar_id)
        return Draft(webinar=decoded.webinar, rev=row.rev, unknown=decoded.unknown, body=row.body)

    def store_draft(self, webinar: Webinar, expected_rev: int) -> int:
        """Write a draft over the revision that was seen; it is on the disk when this returns.

        Returns:
            The new revision.

        Raises:
            KnownError: ``library.stale`` where another program has written since; ``library.no_webinar``.
        """
        body = serialization.encode(webinar)
        with self._database.write() as connection:
            latest = connection.execute(_SELECT_LATEST_OWN, {"id": webinar.id}).mappings().one_or_none()
            if latest is not None and latest["took"]:
                update_applied_lines(connection, webinar.id, body)
                latest = connection.execute(_SELECT_LATEST_OWN, {"id": webinar.id}).mappings().one_or_none()
            columns = {
                **self._get_draft_columns(webinar, body),
                "unsaved": not self._comparison.is_same(connection, body, latest),
            }
            result = connection.execute(_UPDATE_DRAFT, {"seen_id": webinar.id, "seen_rev": expected_rev, **columns})
            if result.rowcount == 0:
                raise self._make_stale_error(connection, webinar.id)
        return expected_rev + 1

    def duplicate(self, webinar_id: str, title: str, **replacements: object) -> str:
        """Copy a webinar's draft and notes into a new webinar, without its versions; return the new id.

        Args:
            webinar_id: What is copied, a template as well as any other.
            title: The copy's title.
            **replacements: Other fields of the copy that differ, e.g. ``start=None``.

        Raises:
            KnownError: ``library.unknown`` where the draft holds what this program cannot write; as `load_draft`.
        """
        original = self.load_draft(webinar_id)
        if original.unknown:
            raise KnownError("library.unknown", title=original.webinar.title, unknown=original.unknown)
        changes: dict[str, Any] = {**replacements, "id": new_id(), "title": title}
        copy = msgspec.structs.replace(original.webinar, **changes)
        with self._database.write() as connection:
            self._insert_webinar(connection, copy, serialization.encode(copy))
            connection.execute(
                insert(notes).from_select(
                    ["webinar", "segment", "text", "edited_at"],
                    select(bindparam("copy", copy.id), notes.c.segment, notes.c.text, notes.c.edited_at).where(
                        notes.c.webinar == webinar_id
                    ),
                )
            )
        return copy.id

    def set_template(self, webinar_id: str, template: bool) -> None:
        """Set whether a webinar is marked as a template to start from; ``library.no_webinar`` for an unknown id."""
        self._update_columns(webinar_id, {"template": template})

    def set_archived(self, webinar_id: str, archived: bool) -> None:
        """Archive a webinar, or bring it back; its draft stays as it is. ``library.no_webinar`` for an unknown id."""
        self._update_columns(webinar_id, {"archived": archived})

    def set_deleted(self, webinar_id: str, deleted: bool) -> None:
        """Delete a webinar, or restore one that is not purged yet, with versions and notes; ``library.no_webinar``."""
        self._update_columns(webinar_id, {"deleted_at": self._now() if deleted else None})

    def get_sync_state(self, hosting: str) -> "SyncState":
        """Return the sync state of a hosting, by the name that it has here; a new name begins with an empty one."""
        from editor.library.sync_state import SyncState

        return SyncState(self._database, hosting)

    # ------------------------------------------------------------------------------------------- versions

    def save_version(
        self, webinar_id: str, note: str = "", now: datetime | None = None, *, expected: Webinar | None = None
    ) -> Version:
        """Save the stored draft as an immutable version.

        If nothing has changed since the last version and there is no new note, that version is returned.

        Args:
            webinar_id: Whose draft.
            note: What people should know about this version.
            now: When, UTC-aware; the library's clock without it.
            expected: The draft as the caller sees it, to save nothing else; None saves whatever is stored.

        Raises:
            KnownError: ``library.stale`` where the draft is not what was seen; ``library.no_webinar``; ``wire.text``
                where the note holds a lone surrogate.
        """
        serialization.require_encodable(note)
        with self._database.write() as connection:
            row = connection.execute(_SELECT_DRAFT, {"id": webinar_id}).one_or_none()
            body = b"" if row is None else self._comparison.to_current_format(row.body, webinar_id)
            if row is None or (expected is not None and serialization.encode(expected) != body):
                raise self._make_stale_error(connection, webinar_id)
            latest = connection.execute(_SELECT_LATEST_OWN, {"id": webinar_id}).mappings().one_or_none()
            is_same = self._comparison.is_same(connection, body, latest)
            if latest is not None and is_same and note in {"", latest["note"]}:
                return to_version(latest)
            parents = () if latest is None else (latest["hash"],)
            version = Version(
                hash=serialization.hash_version(body, parents),
                webinar=webinar_id,
                ordinal=connection.execute(SELECT_NEXT_ORDINAL, {"id": webinar_id}).scalar_one(),
                parents=parents,
                note=note,
                saved_at=truncate_to_ms(now or self._now()),
            )
            connection.execute(insert(versions).values(**to_version_row(version, body)))
            clear_draft_hashes(connection, webinar_id)
            connection.execute(update(webinars).where(webinars.c.id == webinar_id).values(unsaved=False))
        return version

    def mark_applied(self, webinar_id: str, version_hash: str, webinar_before: Webinar) -> None:
        """Record that a version from the hosting was applied to the draft as it is stored now.

        Args:
            webinar_id: The webinar.
            version_hash: The version's hash.
            webinar_before: The draft before that.

        Raises:
            KnownError: ``library.no_webinar``.
        """
        with self._database.write() as connection:
            row = connection.execute(_SELECT_DRAFT, {"id": webinar_id}).one_or_none()
            if row is None:
                raise self._make_stale_error(connection, webinar_id)
            body = self._comparison.to_current_format(row.body, webinar_id)
            mark_applied(connection, version_hash, serialization.encode(webinar_before), body)
            latest = connection.execute(_SELECT_LATEST_OWN, {"id": webinar_id}).mappings().one_or_none()
            unsaved = not self._comparison.is_same(connection, body, latest)
            connection.execute(update(webinars).where(webinars.c.id == webinar_id).values(unsaved=unsaved))

    def list_versions(self, webinar_id: str) -> tuple[Version, ...]:
        """Return the versions of a webinar, newest first, those from a hosting too; none for an unknown id."""
        query = SELECT_VERSION.where(versions.c.webinar == webinar_id).order_by(versions.c.ordinal.desc())
        with self._database.read() as connection:
            return tuple(to_version(row) for row in connection.execute(query).mappings())

    def load_version(self, version_hash: str) -> Webinar:
        """Return the webinar as it was in a version, checked against the version's hash.

        Raises:
            KnownError: ``library.no_version``; ``library.damaged`` where it is not what was saved; ``library.unknown``
                where it holds what this program cannot write.
        """
        query = select(versions.c.body, versions.c.parents, versions.c.webinar).where(versions.c.hash == version_hash)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise KnownError("library.no_version", hash=version_hash)
        if serialization.hash_version(row.body, tuple(row.parents.split())) != version_hash:
            raise make_damaged_error(self.path, f"version {version_hash}")
        decoded = self._decode(row.body, row.webinar)
        if decoded.unknown:
            raise KnownError("library.unknown", title=decoded.webinar.title, unknown=decoded.unknown)
        return decoded.webinar

    # ---------------------------------------------------------------------------------------------- notes

    def load_notes(self, webinar_id: str) -> dict[str, str]:
        """Return the presenters' notes of a webinar by segment id; none for an unknown webinar."""
        query = select(notes.c.segment, notes.c.text).where(notes.c.webinar == webinar_id)
        with self._database.read() as connection:
            return {row.segment: row.text for row in connection.execute(query)}

    def set_note(self, webinar_id: str, segment_id: str, text: str) -> None:
        """Write the presenter's note of a segment, on the disk when this returns; an empty text removes it.

        Raises:
            KnownError: ``library.no_webinar``; ``wire.text`` where it holds a lone surrogate.
        """
        serialization.require_encodable(text)
        with self._database.write() as connection:
            if connection.execute(SELECT_WEBINAR_ID, {"id": webinar_id}).first() is None:
                raise KnownError("library.no_webinar", id=webinar_id)
            connection.execute(delete(notes).where(notes.c.webinar == webinar_id, notes.c.segment == segment_id))
            if text:
                connection.execute(self._make_note_insert(webinar_id, segment_id, text))

    # --------------------------------------------------------------------------------------------- upkeep

    def make_daily_backup(self, now: datetime | None = None) -> Path | None:
        """Back the library up if today has no backup yet, and purge what was deleted longer than `RESTORABLE_FOR` ago.

        The backup is made first, so it has what is purged. It takes as long as reading the library twice: run it in the
        background. Other programs may write meanwhile.

        Returns:
            The new backup, or None where today had one; then nothing is purged either.

        Raises:
            KnownError: ``library.damaged`` where the library cannot be read in full: then no copy is let go.
        """
        now = now or self._now()
        backup = make_backup(self.root, now.date(), keep=self._backup_count)
        if backup is not None:
            with self._database.write() as connection:
                connection.execute(delete(webinars).where(webinars.c.deleted_at < now - RESTORABLE_FOR))
        return backup

    # ------------------------------------------------------------------------------------------- within

    def _insert_webinar(self, connection: Connection, webinar: Webinar, body: bytes) -> None:
        if connection.execute(SELECT_WEBINAR_ID, {"id": webinar.id}).first() is not None:
            raise KnownError("library.exists", id=webinar.id, title=webinar.title)
        columns = self._get_draft_columns(webinar, body)
        connection.execute(
            insert(webinars).values(id=webinar.id, rev=1, changed=_SELECT_NEXT_CHANGE, unsaved=True, **columns)
        )

    def _get_draft_columns(self, webinar: Webinar, body: bytes) -> dict[str, object]:
        """Return the columns that are written together with a draft."""
        return {
            "title": webinar.title,
            "start": webinar.start,
            "zone": webinar.zone,
            "room": webinar.room,
            "length_ms": webinar.length_ms,
            "edited_at": self._now(),
            "body": body,
        }

    def _make_note_insert(self, webinar_id: str, segment_id: str, text: str) -> Insert:
        return insert(notes).values(webinar=webinar_id, segment=segment_id, text=text, edited_at=self._now())

    def _update_columns(self, webinar_id: str, values: Mapping[str, object]) -> None:
        with self._database.write() as connection:
            if connection.execute(update(webinars).where(webinars.c.id == webinar_id).values(**values)).rowcount == 0:
                raise KnownError("library.no_webinar", id=webinar_id)

    def _decode(self, body: bytes, webinar_id: str) -> serialization.DecodedDocument:
        try:
            return serialization.decode(body)
        except KnownError as error:
            if error.code == "wire.newer":
                raise
            raise make_damaged_error(self.path, f"webinar {webinar_id}") from error

    @staticmethod
    def _make_stale_error(connection: Connection, webinar_id: str) -> KnownError:
        row = connection.execute(select(webinars.c.title).where(webinars.c.id == webinar_id)).one_or_none()
        if row is None:
            return KnownError("library.no_webinar", id=webinar_id)
        return KnownError("library.stale", id=webinar_id, title=row.title)


def to_version_row(version: Version, body: bytes) -> dict[str, object]:
    """Return the row of the table `versions` for a version and its document's bytes, without `line` and `over`."""
    row = {name: getattr(version, name) for name in Version.__struct_fields__ if name not in {"line", "over"}}
    return {**row, "parents": " ".join(version.parents), "size": len(body), "body": body}


def truncate_to_ms(instant: datetime) -> datetime:
    """Return an instant cut off to whole milliseconds, as the library will read it back; its zone stays."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def _to_summary(row: RowMapping) -> WebinarSummary:
    columns = dict(row)
    return WebinarSummary(deleted=columns.pop("deleted_at") is not None, **columns)


def to_version(row: RowMapping) -> Version:
    """Return the version of a row that `SELECT_VERSION` gave; its times are aware, in UTC."""
    columns = {name: value for name, value in row.items() if name not in {"size", "took"}}
    return Version(**{**columns, "parents": tuple(row["parents"].split())})
