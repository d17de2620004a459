"""What one hosting is known to have: its epoch, and of each webinar the revision and version of the last sync.

It is kept per hosting, because a library may go to another one and come back. Each change is one transaction, so a
program killed at any moment leaves all of it, or asks the hosting again.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from editor.errors import KnownError
from editor.library.ancestry import find_ancestors
from editor.library.engine import LibraryDatabase
from editor.library.records import LastSynced, SyncInputs, Version
from editor.library.store import (
    SELECT_NEXT_ORDINAL,
    SELECT_VERSION,
    SELECT_WEBINAR_ID,
    to_version,
    to_version_row,
    truncate_to_ms,
)
from editor.library.tables import hostings, lines, notes, synced, versions
from editor.schedule import serialization


class SyncState:
    """What one library remembers of one hosting: what it had at the last sync. `Library.get_sync_state` makes one.

    Each call is one transaction in the library, on the calling thread, and can raise what `Library` raises, e.g.
    ``library.busy``. No request is sent.
    """

    def __init__(self, database: LibraryDatabase, hosting: str) -> None:
        self._database = database
        self.hosting = hosting

    # ---------------------------------------------------------------------------------------------- the hosting

    def load_epoch(self) -> str | None:
        """Return the hosting's epoch at the last sync, or None where there was none."""
        with self._database.read() as connection:
            return connection.execute(select(hostings.c.epoch).where(hostings.c.name == self.hosting)).scalar()

    def reset(self, epoch: str) -> None:
        """Record a new epoch and forget everything else about the hosting, version numbers too.

        The versions themselves stay, so the next sync sends what the hosting has not.
        """
        synced_webinars = select(synced.c.webinar).where(synced.c.hosting == self.hosting)
        with self._database.write() as connection:
            connection.execute(update(versions).where(versions.c.webinar.in_(synced_webinars)).values(number=None))
            connection.execute(delete(hostings).where(hostings.c.name == self.hosting))
            connection.execute(insert(hostings).values(name=self.hosting, epoch=epoch))

    # --------------------------------------------------------------------------------------------- webinars

    def load_all_inputs(self) -> dict[str, SyncInputs]:
        """Return the sync inputs of all webinars by id, read in one transaction.

        A webinar without versions, notes and an earlier sync is left out.
        """
        inputs: dict[str, SyncInputs] = {}
        with self._database.read() as connection:
            versions_by_webinar: dict[str, list[Version]] = {}
            for row in connection.execute(SELECT_VERSION.order_by(versions.c.ordinal.desc())).mappings():
                versions_by_webinar.setdefault(row["webinar"], []).append(to_version(row))
            notes_by_webinar: dict[str, dict[str, str]] = {}
            for note in connection.execute(select(notes)):
                notes_by_webinar.setdefault(note.webinar, {})[note.segment] = note.text
            last_synced_by_webinar = {
                row.webinar: _to_last_synced(row.rev, row.version, row.notes_rev, row.notes)
                for row in connection.execute(select(synced).where(synced.c.hosting == self.hosting))
            }
        for webinar in {*versions_by_webinar, *notes_by_webinar, *last_synced_by_webinar}:
            inputs[webinar] = SyncInputs(
                versions=tuple(versions_by_webinar.get(webinar, ())),
                notes=notes_by_webinar.get(webinar, {}),
                last_synced=last_synced_by_webinar.get(webinar, LastSynced()),
            )
        return inputs

    def load_inputs(self, webinar_id: str) -> SyncInputs:
        """Return the sync inputs of one webinar, read in one transaction; all empty for one that is not here."""
        conditions = synced.c.hosting == self.hosting, synced.c.webinar == webinar_id
        query = SELECT_VERSION.where(versions.c.webinar == webinar_id).order_by(versions.c.ordinal.desc())
        with self._database.read() as connection:
            row = connection.execute(select(synced).where(*conditions)).one_or_none()
            return SyncInputs(
                versions=tuple(to_version(each) for each in connection.execute(query).mappings()),
                notes={
                    note.segment: note.text
                    for note in connection.execute(select(notes).where(notes.c.webinar == webinar_id))
                },
                last_synced=LastSynced()
                if row is None
                else _to_last_synced(row.rev, row.version, row.notes_rev, row.notes),
            )

    def record_synced(
        self, webinar_id: str, rev: int, version_hash: str, numbers: Mapping[str, int] | None = None
    ) -> None:
        """Record which version the hosting has at a revision.

        Args:
            webinar_id: The webinar.
            rev: The hosting's revision.
            version_hash: The version that it has.
            numbers: The numbers that the hosting gave to versions, by hash; None where none are known. Hashes that are
                not here are ignored.

        Raises:
            KnownError: ``library.no_webinar``.
        """
        with self._database.write() as connection:
            self._upsert_synced(connection, webinar_id, {"rev": rev, "version": version_hash})
            for numbered_hash, number in (numbers or {}).items():
                connection.execute(update(versions).where(versions.c.hash == numbered_hash).values(number=number))

    # --------------------------------------------------------------------------------------------- versions

    def load_body(self, version_hash: str) -> bytes:
        """Return the bytes of a version's document, as they were saved.

        Raises:
            KnownError: ``library.no_version``.
        """
        with self._database.read() as connection:
            body = connection.execute(select(versions.c.body).where(versions.c.hash == version_hash)).scalar()
        if body is None:
            raise KnownError("library.no_version", hash=version_hash)
        return bytes(body)

    def store_version(
        self,
        webinar_id: str,
        body: bytes,
        *,
        parents: tuple[str, ...],
        note: str = "",
        saved_at: datetime | None = None,
        number: int | None = None,
        over: str | None = None,
    ) -> Version:
        """Store a version that was made elsewhere, or by merging; the draft does not change.

        A version that is here already is returned as it is.

        Args:
            webinar_id: The webinar, which is here.
            body: The document's bytes, which are stored as they are.
            parents: The hashes of its parents.
            note: Its note.
            saved_at: When it was saved, UTC-aware; now without it.
            number: The hosting's number; None before it has one.
            over: The newest version here that it follows, where its parents never came here.

        Raises:
            KnownError: ``library.no_webinar``; ``wire.*``: the body is no webinar that this program can read.
        """
        serialization.decode(body)
        version_hash = serialization.hash_version(body, parents)
        with self._database.write() as connection:
            if connection.execute(SELECT_WEBINAR_ID, {"id": webinar_id}).first() is None:
                raise KnownError("library.no_webinar", id=webinar_id)
            existing = (
                connection.execute(SELECT_VERSION.where(versions.c.hash == version_hash)).mappings().one_or_none()
            )
            if existing is not None:
                return to_version(existing)
            version = Version(
                hash=version_hash,
                webinar=webinar_id,
                ordinal=connection.execute(SELECT_NEXT_ORDINAL, {"id": webinar_id}).scalar_one(),
                parents=parents,
                note=note,
                saved_at=truncate_to_ms(saved_at or datetime.now(UTC)),
                number=number,
                line="pulled",
                over=over,
            )
            connection.execute(insert(versions).values(**to_version_row(version, body)))
            connection.execute(insert(lines).values(version=version_hash, line="pulled", over=over))
        return version

    def set_predecessor(self, version_hash: str, over: str) -> None:
        """Record that a version contains all of another one (`over`), and so follows it; both by hash."""
        with self._database.write() as connection:
            _upsert_line(connection, version_hash, {"over": over})

    def abandon_other_heads(self, webinar_id: str, version_hash: str) -> None:
        """Give up every version of a webinar that a chosen one does not descend from, for that one.

        They stay in the list of versions, as those of the line "left". The draft is not changed. If the chosen one had
        been given up before, it is "pulled" again. Nothing happens for an unknown webinar.
        """
        with self._database.write() as connection:
            query = SELECT_VERSION.where(versions.c.webinar == webinar_id)
            known_versions = [to_version(row) for row in connection.execute(query).mappings()]
            ancestors = find_ancestors(known_versions, version_hash)
            for version in known_versions:
                if version.hash not in ancestors and version.line != "left":
                    _upsert_line(connection, version.hash, {"line": "left"})
                elif version.hash == version_hash and version.line == "left":
                    _upsert_line(connection, version.hash, {"line": "pulled"})

    # ------------------------------------------------------------------------------------------------ notes

    def store_merged_notes(
        self, webinar_id: str, expected: Mapping[str, str], rev: int, merged: Mapping[str, str], now: datetime
    ) -> None:
        """Store merged notes; a note that was edited since it was read keeps its text, for the next sync.

        Args:
            webinar_id: The webinar.
            expected: The notes by segment as they were read here.
            rev: The revision of the notes on the hosting.
            merged: The notes by segment that both sides have now; a segment that is missing has none.
            now: The time of the edit, UTC-aware.

        Raises:
            KnownError: ``library.no_webinar``.
        """
        with self._database.write() as connection:
            current = {
                row.segment: row.text for row in connection.execute(select(notes).where(notes.c.webinar == webinar_id))
            }
            for segment in {*expected, *merged}:
                text = merged.get(segment, "")
                if current.get(segment, "") != expected.get(segment, "") or current.get(segment, "") == text:
                    continue
                connection.execute(delete(notes).where(notes.c.webinar == webinar_id, notes.c.segment == segment))
                if text:
                    row = {"webinar": webinar_id, "segment": segment, "text": text, "edited_at": now}
                    connection.execute(insert(notes).values(**row))
            merged_json = msgspec.json.encode(merged, order="sorted")
            self._upsert_synced(connection, webinar_id, {"notes_rev": rev, "notes": merged_json})

    # --------------------------------------------------------------------------------------------- within

    def _upsert_synced(self, connection: Connection, webinar_id: str, columns: dict[str, object]) -> None:
        if connection.execute(SELECT_WEBINAR_ID, {"id": webinar_id}).first() is None:
            raise KnownError("library.no_webinar", id=webinar_id)
        defaults = {"rev": 0, "version": "", "notes_rev": 0, "notes": b"{}", **columns}
        row = insert(synced).values(hosting=self.hosting, webinar=webinar_id, **defaults)
        connection.execute(row.on_conflict_do_update(index_elements=["hosting", "webinar"], set_=columns))


def _upsert_line(connection: Connection, version_hash: str, columns: dict[str, str]) -> None:
    row = insert(lines).values(version=version_hash, **{"line": "own", **columns})
    connection.execute(row.on_conflict_do_update(index_elements=["version"], set_=columns))


def _to_last_synced(rev: int, version: str, notes_rev: int, notes_json: bytes) -> LastSynced:
    return LastSynced(
        rev=rev, version=version, notes_rev=notes_rev, notes=msgspec.json.decode(notes_json, type=dict[str, str])
    )
