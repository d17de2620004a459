"""What is known of one hosting: its epoch, and of each webinar what it had when we last looked.

It is what "acknowledged" means, and it is kept per hosting: a library may go to another one, and to the first again.
Whatever is kept here is one transaction, so a program killed at any moment finds either all of it or asks again.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from editor.errors import Known
from editor.library.engine import Database
from editor.library.lines import before
from editor.library.store import IS_THERE, NEXT_ORDINAL, VERSION, as_version, to_the_ms, version_row
from editor.library.tables import hostings, lines, notes, synced, versions
from editor.library.values import Memory, Seen, Version
from editor.schedule import wire


class Synced:
    """One library and one hosting, by the name it goes by here."""

    def __init__(self, database: Database, hosting: str) -> None:
        self._database = database
        self.hosting = hosting

    # ---------------------------------------------------------------------------------------------- the hosting

    def epoch(self) -> str | None:
        """The hosting's epoch when we last looked; None where we never did."""
        with self._database.read() as connection:
            return connection.execute(select(hostings.c.epoch).where(hostings.c.name == self.hosting)).scalar()

    def begin(self, epoch: str) -> None:
        """Know the hosting by this epoch, and nothing else of it: what it had before is forgotten, numbers too."""
        of_it = select(synced.c.webinar).where(synced.c.hosting == self.hosting)
        with self._database.write() as connection:
            connection.execute(update(versions).where(versions.c.webinar.in_(of_it)).values(number=None))
            connection.execute(delete(hostings).where(hostings.c.name == self.hosting))
            connection.execute(insert(hostings).values(name=self.hosting, epoch=epoch))

    # --------------------------------------------------------------------------------------------- webinars

    def seen(self) -> dict[str, Seen]:
        """Of every webinar what comparing it takes, in one look."""
        found: dict[str, Seen] = {}
        with self._database.read() as connection:
            kept: dict[str, list[Version]] = {}
            for row in connection.execute(VERSION.order_by(versions.c.ordinal.desc())).mappings():
                kept.setdefault(row["webinar"], []).append(as_version(row))
            noted: dict[str, dict[str, str]] = {}
            for note in connection.execute(select(notes)):
                noted.setdefault(note.webinar, {})[note.segment] = note.text
            remembered = {
                row.webinar: _memory(row.rev, row.version, row.notes_rev, row.notes)
                for row in connection.execute(select(synced).where(synced.c.hosting == self.hosting))
            }
        for webinar in {*kept, *noted, *remembered}:
            found[webinar] = Seen(
                versions=tuple(kept.get(webinar, ())),
                notes=noted.get(webinar, {}),
                memory=remembered.get(webinar, Memory()),
            )
        return found

    def look(self, webinar_id: str) -> Seen:
        """What comparing one webinar takes."""
        here = synced.c.hosting == self.hosting, synced.c.webinar == webinar_id
        asked = VERSION.where(versions.c.webinar == webinar_id).order_by(versions.c.ordinal.desc())
        with self._database.read() as connection:
            row = connection.execute(select(synced).where(*here)).one_or_none()
            return Seen(
                versions=tuple(as_version(each) for each in connection.execute(asked).mappings()),
                notes={
                    note.segment: note.text
                    for note in connection.execute(select(notes).where(notes.c.webinar == webinar_id))
                },
                memory=Memory() if row is None else _memory(row.rev, row.version, row.notes_rev, row.notes),
            )

    def remember(self, webinar_id: str, rev: int, version_hash: str, numbers: Mapping[str, int] | None = None) -> None:
        """The hosting has this version at this revision, and gave versions these numbers."""
        with self._database.write() as connection:
            self._remember(connection, webinar_id, {"rev": rev, "version": version_hash})
            for each, number in (numbers or {}).items():
                connection.execute(update(versions).where(versions.c.hash == each).values(number=number))

    # --------------------------------------------------------------------------------------------- versions

    def body(self, version_hash: str) -> bytes:
        """A version's bytes, as they were saved.

        Raises:
            Known: ``library.no_version``.
        """
        with self._database.read() as connection:
            body = connection.execute(select(versions.c.body).where(versions.c.hash == version_hash)).scalar()
        if body is None:
            raise Known("library.no_version", hash=version_hash)
        return bytes(body)

    def keep(
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
        """Keep a version that was made elsewhere, or by merging. The draft stays, and goes on from what it did.

        A version that is here already is given as it is.

        Raises:
            Known: ``library.no_webinar``; what `wire.decode` raises where the body is no webinar.
        """
        wire.decode(body)
        version_hash = wire.identity(body, parents)
        with self._database.write() as connection:
            if connection.execute(IS_THERE, {"id": webinar_id}).first() is None:
                raise Known("library.no_webinar", id=webinar_id)
            there = connection.execute(VERSION.where(versions.c.hash == version_hash)).mappings().one_or_none()
            if there is not None:
                return as_version(there)
            version = Version(
                hash=version_hash,
                webinar=webinar_id,
                ordinal=connection.execute(NEXT_ORDINAL, {"id": webinar_id}).scalar_one(),
                parents=parents,
                note=note,
                saved_at=to_the_ms(saved_at or datetime.now(UTC)),
                number=number,
                line="pulled",
                over=over,
            )
            connection.execute(insert(versions).values(**version_row(version, body)))
            connection.execute(insert(lines).values(version=version_hash, line="pulled", over=over))
        return version

    def follows(self, version_hash: str, over: str) -> None:
        """A version holds all that another one does: it follows it."""
        with self._database.write() as connection:
            _put_line(connection, version_hash, {"over": over})

    def leave_all_but(self, webinar_id: str, version_hash: str) -> None:
        """This version holds: those that lie beside it were given up. They stay in the list of versions."""
        with self._database.write() as connection:
            asked = VERSION.where(versions.c.webinar == webinar_id)
            kept = [as_version(row) for row in connection.execute(asked).mappings()]
            held = before(kept, version_hash)
            for version in kept:
                if version.hash not in held and version.line != "left":
                    _put_line(connection, version.hash, {"line": "left"})
                elif version.hash == version_hash and version.line == "left":
                    _put_line(connection, version.hash, {"line": "pulled"})

    # ------------------------------------------------------------------------------------------------ notes

    def merge_notes(
        self, webinar_id: str, seen: Mapping[str, str], rev: int, merged: Mapping[str, str], now: datetime
    ) -> None:
        """Both sides have these notes now. A note that was written since it was `seen` stays as it is."""
        with self._database.write() as connection:
            here = {
                row.segment: row.text for row in connection.execute(select(notes).where(notes.c.webinar == webinar_id))
            }
            for segment in {*seen, *merged}:
                text = merged.get(segment, "")
                if here.get(segment, "") != seen.get(segment, "") or here.get(segment, "") == text:
                    continue
                connection.execute(delete(notes).where(notes.c.webinar == webinar_id, notes.c.segment == segment))
                if text:
                    row = {"webinar": webinar_id, "segment": segment, "text": text, "edited_at": now}
                    connection.execute(insert(notes).values(**row))
            both = msgspec.json.encode(merged, order="sorted")
            self._remember(connection, webinar_id, {"notes_rev": rev, "notes": both})

    # --------------------------------------------------------------------------------------------- within

    def _remember(self, connection: Connection, webinar_id: str, facts: dict[str, object]) -> None:
        if connection.execute(IS_THERE, {"id": webinar_id}).first() is None:
            raise Known("library.no_webinar", id=webinar_id)
        new = {"rev": 0, "version": "", "notes_rev": 0, "notes": b"{}", **facts}
        row = insert(synced).values(hosting=self.hosting, webinar=webinar_id, **new)
        connection.execute(row.on_conflict_do_update(index_elements=["hosting", "webinar"], set_=facts))


def _put_line(connection: Connection, version_hash: str, facts: dict[str, str]) -> None:
    row = insert(lines).values(version=version_hash, **{"line": "own", **facts})
    connection.execute(row.on_conflict_do_update(index_elements=["version"], set_=facts))


def _memory(rev: int, version: str, notes_rev: int, noted: bytes) -> Memory:
    return Memory(rev=rev, version=version, notes_rev=notes_rev, notes=msgspec.json.decode(noted, type=dict[str, str]))
