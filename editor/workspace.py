"""What `ui` and `cli` receive: the library, the shelf and the settings of one folder, opened and wired together.

Thin: whatever thinks is in the rooms below. The library and the shelf are opened when they are first asked for, and
with them SQLAlchemy, PyAV and the rest are imported; making a `Workspace` imports none of these and touches no disk
but for the settings, so that a window can be painted first. Ask for `library` where waiting is allowed.
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from editor.document import Document, Loaded, Step
from editor.errors import Known
from editor.progress import Progress
from editor.schedule.model import Webinar, new_id
from editor.schedule.start import resolve, zone_of
from editor.settings import Settings

if TYPE_CHECKING:
    from editor.library.store import Library
    from editor.library.values import Version
    from editor.media.shelf import Shelf
    from editor.schedule.compare import Difference
    from editor.sync.account import Accounts, Secrets
    from editor.sync.embedded import Embedded
    from editor.sync.sync import Sync
    from editor.sync.upload import Limit

VARIABLE = "MATINEE_LIBRARY"
"""The environment variable that says where the library is."""


def default_root() -> Path:
    """Where the library is when nobody says: `MATINEE_LIBRARY`, else the person's data folder of the system."""
    told = os.environ.get(VARIABLE)
    if told:
        return Path(told).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("matinee", appauthor=False))


class Workspace:
    """One folder's library, shelf and settings. Closes itself as a context manager."""

    def __init__(self, root: Path | None = None, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Name the folder; nothing is opened yet.

        Args:
            root: The folder. Without one it is `default_root`, which is made with all its parents; of a named one the
                parent must be there, or a drive that is not connected would be taken for an empty library.
            now: The clock, UTC-aware.
        """
        self._default = root is None
        self.root = default_root() if root is None else root.absolute()
        self._now = now
        self.settings = Settings(self.root / "settings.json")

    @cached_property
    def library(self) -> "Library":
        """The library, opened when first asked for.

        Raises:
            Known: what `Library` raises; asking again tries again.
        """
        from editor.library.store import Library

        if self._default:
            self._make_parents()
        return Library(self.root, now=self._now, keep_copies=self.settings["daily_copies"])

    @cached_property
    def shelf(self) -> "Shelf":
        """The media shelf, opened when first asked for. It lies in the library's folder, so that is opened first."""
        from editor.media.shelf import Shelf

        return Shelf(self.library.root)

    # ---------------------------------------------------------------------------------------------- hosting

    @cached_property
    def _secrets(self) -> "Secrets":
        from editor.sync.account import Secrets

        return Secrets(self.root)

    @cached_property
    def accounts(self) -> "Accounts":
        """Which hosting the library goes to."""
        from editor.sync.account import Accounts

        return Accounts(self.root, self._secrets)

    @cached_property
    def embedded(self) -> "Embedded":
        """The hosting on this computer; it ends with the workspace."""
        from editor.sync.embedded import Embedded

        return Embedded(self.root, self._secrets)

    @cached_property
    def _upload_limit(self) -> "Limit":
        """How fast uploads may go, all together; those to this computer leave it alone."""
        from editor.sync.upload import Limit

        return Limit(lambda: int(self.settings["upload_most_kbits"]) * 125)

    def hosting(self) -> "Sync":
        """The library and its hosting, with a client of its own: for one thread, which closes it when it is done.

        Raises:
            Known: ``sync.signed_out``; ``sync.stopped`` where it is the one on this computer, and it does not run.
        """
        from editor.sync.client import Client
        from editor.sync.sync import Sync

        account = self.accounts.read()
        if account is None:
            raise Known("sync.signed_out")
        if not account.here:
            sync = Sync(self.library, Client(account.address, self.accounts.token(account)), account.name)
            sync.limit = self._upload_limit
            return sync
        running = self.embedded.running
        if running is None:
            raise Known("sync.stopped")
        return Sync(self.library, Client(running.url, running.token), account.name)

    def close(self) -> None:
        """Close what was opened, and stop the hosting on this computer."""
        embedded = self.__dict__.pop("embedded", None)
        if embedded is not None:
            embedded.close()
        self._close_library()

    def _close_library(self) -> None:
        for name in ("shelf", "library"):
            close = getattr(self.__dict__.pop(name, None), "close", None)
            if close is not None:
                close()

    def reopen(self) -> None:
        """Open anew what is in the folder now: the drive is back, or a copy was put in place.

        Open documents go on where their draft is still the one they saw, and are stale otherwise.

        Raises:
            Known: as `library`.
        """
        self._close_library()
        assert self.library

    def copies(self) -> tuple[Path, ...]:
        """The daily copies of the library, newest first, whether or not the library itself can be opened."""
        from editor.library.copies import copies

        return copies(self.root)

    def newest_copy(self) -> tuple[Path, date] | None:
        """The newest daily copy that is whole, and the day it was made; None where there is none."""
        from editor.library.copies import newest_whole

        return newest_whole(self.root)

    def restore_copy(self, copy: Path | None = None) -> tuple[Path, Path]:
        """Put a copy in the library's place, the newest whole one if none is named, and open it.

        Returns:
            The copy, and the folder to which what was there has been moved.

        Raises:
            Known: ``library.no_copy``, what is wrong with the copy, or ``library.unwritable``.
        """
        from editor.library.copies import restore_copy

        self._close_library()
        restored = restore_copy(self.root, copy)
        self.reopen()
        return restored

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -------------------------------------------------------------------------------------------- webinars

    def new(self, title: str, *, zone: str, start: str | None = None, template: str | None = None) -> str:
        """Make a webinar, empty or from a template; gives its id. What a template says of its start is left out.

        Raises:
            Known: ``start.zone``, ``start.invalid``; nothing was made.
        """
        zone_of(zone)
        if start is not None:
            resolve(start, zone)
        if template is not None:
            return self.library.duplicate(template, title, zone=zone, start=start, available_until=None)
        webinar = Webinar(id=new_id(), title=title, zone=zone, start=start)
        self.library.create(webinar)
        return webinar.id

    def open(self, webinar_id: str) -> Document:
        """Open a webinar to edit it. With fields or kinds this program does not know, it opens read-only.

        Raises:
            Known: ``library.no_webinar``, ``library.damaged``, ``wire.newer``.
        """
        draft = self.library.draft(webinar_id)
        source = _Source(self, webinar_id, draft.rev)
        return Document(draft.webinar, source.store, unknown=draft.unknown, load=source.load)

    def duplicate(self, webinar_id: str, title: str) -> str:
        """Copy a webinar, its start and notes too, into a new one; gives its id."""
        return self.library.duplicate(webinar_id, title)

    # -------------------------------------------------------------------------------------------- versions

    def save(self, webinar_id: str, note: str = "", *, seen: Webinar | None = None) -> "Version":
        """Make a version of the stored draft; with `seen`, only if the draft is just that.

        Raises:
            Known: ``library.stale`` where another program has written since.
        """
        return self.library.save(webinar_id, note, self._now(), seen=seen)

    def versions(self, webinar_id: str) -> "tuple[Version, ...]":
        """The saved versions, newest first."""
        return self.library.versions(webinar_id)

    def version(self, version_hash: str) -> Webinar:
        """What a version holds."""
        return self.library.version(version_hash)

    def last_saved(self, document: Document) -> Webinar | None:
        """What the version holds that the draft goes on from; the very same object where nothing is unsaved."""
        from editor.library.lines import newest_own

        kept = newest_own(self.library.versions(document.webinar.id))
        if kept is None:
            return None
        saved = self.library.version(kept.hash)
        return document.webinar if saved == document.webinar else saved

    def compare(self, old: str, new: str | Webinar) -> "tuple[Difference, ...]":
        """What changed from one version to another, or to a webinar as it is now."""
        from editor.schedule.compare import compare

        return compare(self.version(old), self.version(new) if isinstance(new, str) else new)

    def restore(self, document: Document, version_hash: str) -> Step:
        """Make a version the draft again, as one step that can be undone. Versions made since stay."""
        versions = self.versions(document.webinar.id)
        kept = next((one for one in versions if one.hash == version_hash), None)
        if kept is None:
            raise Known("library.no_version", hash=version_hash)
        before = document.webinar
        step = document.replace(self.version(version_hash), "restore", {"ordinal": kept.ordinal, "note": kept.note})
        if kept == self._not_in_the_draft(versions):
            self.library.take(before.id, version_hash, before)
        return step

    def newer(self, webinar_id: str) -> "Version | None":
        """What came from the hosting, or of a merge with it, and is not in the draft yet; None where there is none."""
        return self._not_in_the_draft(self.versions(webinar_id))

    def update_draft(self, document: Document, version_hash: str) -> Step:
        """Take a newer version (`newer`) into the draft, as one step that can be undone; unsaved edits stay in it.

        Raises:
            Apart: unsaved edits and the version do not go together (`Apart.merged`); nothing changed. Either save
                them first, or `restore` the version over them.
            Known: ``library.no_version``: it is not newer, or not here.
        """
        from editor.library.lines import newest_own
        from editor.schedule.merge import merge
        from editor.sync.sync import Apart

        versions = self.versions(document.webinar.id)
        kept = self._not_in_the_draft(versions)
        if kept is None or kept.hash != version_hash:
            raise Known("library.no_version", hash=version_hash)
        before, theirs = document.webinar, self.version(version_hash)
        own = newest_own(versions)
        merged = merge(self.version(own.hash) if own else Webinar(id=before.id), before, theirs)
        if merged.clashes:
            raise Apart(merged, theirs, 0, before)
        # The draft first: what holds a version and does not say so is merged with it again, and nothing is lost.
        step = document.replace(merged.webinar, "restore", {"ordinal": kept.ordinal, "note": kept.note})
        self.library.take(before.id, version_hash, before)
        return step

    @staticmethod
    def _not_in_the_draft(versions: "tuple[Version, ...]") -> "Version | None":
        from editor.library.lines import ours

        found = ours(versions)
        return found if found is not None and found.line == "pulled" else None

    # --------------------------------------------------------------------------------------------- bundles

    def export(
        self, webinar_id: str, file: Path, *, with_media: bool = False, progress: Progress | None = None
    ) -> tuple[str, ...]:
        """Write a webinar and its notes into a bundle; captions always go along, media if asked for.

        Returns:
            The hashes of media that should have gone along and are not on this machine.

        Raises:
            Known: ``library.unknown`` where the draft holds what this program cannot write; ``bundle.*``.
        """
        from editor.interchange import bundle

        draft = self.library.draft(webinar_id)
        if draft.unknown:
            raise Known("library.unknown", title=draft.webinar.title, unknown=draft.unknown)
        known = draft.webinar.media.values()
        places = {track.sha256: self.shelf.captions_file(track.sha256) for media in known for track in media.captions}
        if with_media:
            places |= {media.sha256: self.shelf.path(media.sha256) for media in known}
        files = {sha256: path for sha256, path in places.items() if path is not None}
        bundle.write(file, draft.webinar, self.library.notes(webinar_id), files, progress)
        return tuple(sorted(places.keys() - files.keys()))

    def load(self, file: Path, progress: Progress | None = None) -> str:
        """Take a bundle in as a webinar; gives its id, a new one where the library has that webinar already.

        Raises:
            Known: ``bundle.*`` and ``wire.*``; ``library.exists`` where it is here already and holds things this
                program does not know, so that it cannot be given another id.
        """
        from editor.interchange import bundle

        found = bundle.read(file)
        webinar, body = found.opened.webinar, found.body
        taken = self.library.has(webinar.id)
        if taken and not found.opened.unknown:
            webinar = msgspec.structs.replace(webinar, id=new_id())
        for sha256, path in bundle.unpack(found, self.library.root / "media" / "files", progress).items():
            if sha256 in webinar.media:
                self.shelf.put_place(sha256, path, progress)
            else:  # captions, which the shelf keeps itself
                self.shelf.store_captions(path)
                path.unlink()
        for media in webinar.media.values():
            self.shelf.know(media)
        self.library.create(webinar, body=body if found.opened.unknown else None, notes=found.notes)
        return webinar.id

    def _make_parents(self) -> None:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Known("library.unwritable", path=str(self.root), reason=reason) from error


class _Source:
    """Where a document's draft is kept, and the revision of it that was seen last."""

    def __init__(self, workspace: Workspace, webinar_id: str, rev: int) -> None:
        self._workspace = workspace
        self._id = webinar_id
        self._rev = rev

    def store(self, webinar: Webinar) -> None:
        """Write the draft durably over the revision that was seen."""
        self._rev = self._workspace.library.store_draft(webinar, self._rev)

    def load(self) -> Loaded:
        """Read the draft as it is now; what is written next is written over that."""
        draft = self._workspace.library.draft(self._id)
        self._rev = draft.rev
        return draft.webinar, draft.unknown
