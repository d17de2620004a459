"""The workspace that `ui` and `cli` receive: the library, the media catalog and the settings of one folder.

It is thin: decisions are made in the packages below. Library and catalog are opened when they are first used, and
SQLAlchemy, PyAV and the rest are imported with them; making a `Workspace` imports none of these and reads only the
settings, so that a window can be painted first. Use `library` first where waiting is allowed.
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from editor.document import Document, StoredWebinar, UndoStep
from editor.errors import KnownError
from editor.private_files import make_private_folder
from editor.progress import Progress
from editor.schedule.model import Webinar, new_id
from editor.schedule.preflight_inputs import HostingFacts
from editor.schedule.start_time import load_zone, resolve_start
from editor.settings import Settings

if TYPE_CHECKING:
    from editor.library.records import Version
    from editor.library.store import Library
    from editor.media.catalog import MediaCatalog
    from editor.schedule.compare import Difference
    from editor.sync.connections import Connections, SecretStore
    from editor.sync.local_hosting import LocalHosting
    from editor.sync.tus_client import RateLimit
    from editor.sync.webinar_sync import WebinarSync

LIBRARY_VARIABLE = "MATINEE_LIBRARY"
"""The environment variable that says where the library is."""


def get_default_root() -> Path:
    """Return the default folder of the library: `MATINEE_LIBRARY`, else the user's data folder; it need not exist."""
    from_environment = os.environ.get(LIBRARY_VARIABLE)
    if from_environment:
        return Path(from_environment).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("matinee", appauthor=False))


class Workspace:
    """The library, media catalog and settings of one folder, opened at first use; a context manager closes them.

    Making one reads only the settings. Open `library` first on a thread that may wait for the disk.

    Args:
        root: The folder. None means `get_default_root()`, which is made with all its parents; of a named one the parent
            must be there, or a drive that is not connected would be taken for an empty library.
        now: The clock, UTC-aware.
    """

    def __init__(self, root: Path | None = None, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Name the folder; nothing is opened yet."""
        self._is_default_root = root is None
        self.root = get_default_root() if root is None else root.absolute()
        self._now = now
        self.settings = Settings(self.root / "settings.json")

    @cached_property
    def library(self) -> "Library":
        """The library, opened at first use.

        Raises:
            KnownError: As `editor.library.opener.open_library`; asking again tries again.
        """
        from editor.library.store import Library

        if self._is_default_root:
            self._make_parents()
        return Library(self.root, now=self._now, backup_count=self.settings["daily_copies"])

    @cached_property
    def catalog(self) -> "MediaCatalog":
        """The media catalog, opened at first use, after the library in whose folder it lies; raises as `library`."""
        from editor.media.catalog import MediaCatalog

        return MediaCatalog(self.library.root)

    # ---------------------------------------------------------------------------------------------- hosting

    @cached_property
    def _secret_store(self) -> "SecretStore":
        from editor.sync.connections import SecretStore

        return SecretStore(self.root)

    @cached_property
    def connections(self) -> "Connections":
        """The store of the connection to the server in use; its `load` returns None where none is set up."""
        from editor.sync.connections import Connections

        return Connections(self.root, self._secret_store)

    @cached_property
    def local_hosting(self) -> "LocalHosting":
        """The server on this computer, a child process that runs from `local_hosting.start()` until `close`."""
        from editor.sync.local_hosting import LocalHosting

        return LocalHosting(self.root, self._secret_store)

    @cached_property
    def _upload_limit(self) -> "RateLimit":
        """The rate limit of all uploads together; uploads to this computer are not limited."""
        from editor.sync.tus_client import RateLimit

        return RateLimit(lambda: int(self.settings["upload_most_kbits"]) * 125)

    def open_sync(self) -> "WebinarSync":
        """Make a sync with the server in use; no request is sent yet.

        It has an `ApiClient` of its own. Use it from one thread, and call `sync.client.close()` at the end.

        Raises:
            KnownError: ``sync.signed_out``: no server is set up. ``sync.stopped``: the server in use is the one on this
                computer, and it does not run. ``sync.address``: the stored address is no http(s) address.
        """
        from editor.sync.client import ApiClient
        from editor.sync.webinar_sync import WebinarSync

        connection = self.connections.load()
        if connection is None:
            raise KnownError("sync.signed_out")
        if not connection.is_local:
            sync = WebinarSync(
                self.library, ApiClient(connection.address, self.connections.load_token(connection)), connection.name
            )
            sync.rate_limit = self._upload_limit
            return sync
        running = self.local_hosting.running
        if running is None:
            raise KnownError("sync.stopped")
        return WebinarSync(self.library, ApiClient(running.url, running.token), connection.name)

    def close(self) -> None:
        """Close the library and the catalog if they were opened, and stop the server on this computer if it runs."""
        local_hosting = self.__dict__.pop("local_hosting", None)
        if local_hosting is not None:
            local_hosting.close()
        self._close_library()

    def _close_library(self) -> None:
        for name in ("catalog", "library"):
            close = getattr(self.__dict__.pop(name, None), "close", None)
            if close is not None:
                close()

    def reopen(self) -> None:
        """Close the library and open it again, after its drive came back or a backup was restored.

        Open documents continue if their draft is still the one they saw, and are refused (``library.stale``) otherwise.
        It raises what `library` raises.
        """
        self._close_library()
        assert self.library

    def list_backups(self) -> tuple[Path, ...]:
        """Return the files of the daily backups, newest first; the library itself is not opened."""
        from editor.library.backups import list_backups

        return list_backups(self.root)

    def find_newest_backup(self) -> tuple[Path, date] | None:
        """Return the newest intact backup and its day, reading each in full until one is found; None where none is."""
        from editor.library.backups import find_newest_intact_backup

        return find_newest_intact_backup(self.root)

    def restore_backup(self, backup: Path | None = None) -> tuple[Path, Path]:
        """Put a backup, by default the newest intact one, in the place of the library, and open it.

        Return the backup, and the folder to which what was there has been moved.

        Raises:
            KnownError: ``library.no_copy``: no backup is intact. ``library.damaged``, ``library.newer``,
                ``library.gone``: the one named cannot be used. Else as `library`.
        """
        from editor.library.backups import restore_backup

        self._close_library()
        restored = restore_backup(self.root, backup)
        self.reopen()
        return restored

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -------------------------------------------------------------------------------------------- webinars

    def create_webinar(self, title: str, *, zone: str, start: str | None = None, template: str | None = None) -> str:
        """Create a webinar, empty or as a copy of another one with its notes; return its id.

        Args:
            title: The title.
            zone: The IANA name of its time zone.
            start: The local start in that zone, "YYYY-MM-DDTHH:MM:SS"; None for no date yet, also of a copy.
            template: The id of the webinar to copy, whether it is marked as a template or not.

        Raises:
            KnownError: ``start.zone``, ``start.invalid``, and as `duplicate`; nothing was made.
        """
        load_zone(zone)
        if start is not None:
            resolve_start(start, zone)
        if template is not None:
            return self.library.duplicate(template, title, zone=zone, start=start, available_until=None)
        webinar = Webinar(id=new_id(), title=title, zone=zone, start=start)
        self.library.create(webinar)
        return webinar.id

    def open(self, webinar_id: str) -> Document:
        """Open a webinar for editing; read-only if it has fields or kinds that this program does not know.

        Raises:
            KnownError: ``library.no_webinar``, ``library.damaged``, ``wire.newer``.
        """
        draft = self.library.load_draft(webinar_id)
        draft_store = _DraftStore(self, webinar_id, draft.rev)
        return Document(draft.webinar, draft_store.store, unknown=draft.unknown, load=draft_store.load)

    def duplicate(self, webinar_id: str, title: str) -> str:
        """Copy a webinar's draft and notes, with its start but without its versions; return the copy's id.

        Raises:
            KnownError: ``library.no_webinar``, ``library.unknown``, as `editor.library.store.Library.duplicate`.
        """
        return self.library.duplicate(webinar_id, title)

    # -------------------------------------------------------------------------------------------- versions

    def save_version(self, webinar_id: str, note: str = "", *, expected: Webinar | None = None) -> "Version":
        """Save the stored draft as a version; with `expected`, only if the draft is equal to it.

        Where nothing has changed since the last version, and there is no new note, that version is returned.

        Raises:
            KnownError: ``library.stale``: the draft is not `expected`. ``library.no_webinar``, ``wire.text``.
        """
        return self.library.save_version(webinar_id, note, self._now(), expected=expected)

    def list_versions(self, webinar_id: str) -> "tuple[Version, ...]":
        """Return the versions of a webinar, newest first, those from the server too; none for an unknown id."""
        return self.library.list_versions(webinar_id)

    def load_version(self, version_hash: str) -> Webinar:
        """Return the webinar as it was in a version, by the version's hash.

        Raises:
            KnownError: ``library.no_version``, ``library.damaged``, ``library.unknown``, ``wire.newer``.
        """
        return self.library.load_version(version_hash)

    def load_last_saved(self, document: Document) -> Webinar | None:
        """Return the version that the draft continues (`document.webinar` itself if equal); None if there is none."""
        from editor.library.ancestry import find_draft_base

        base = find_draft_base(self.library.list_versions(document.webinar.id))
        if base is None:
            return None
        saved = self.library.load_version(base.hash)
        return document.webinar if saved == document.webinar else saved

    def compare(self, old: str, new: str | Webinar) -> "tuple[Difference, ...]":
        """List what changed from a version (its hash) to another one, or to a webinar; raises as `load_version`."""
        from editor.schedule.compare import compare

        return compare(self.load_version(old), self.load_version(new) if isinstance(new, str) else new)

    def restore_version(self, document: Document, version_hash: str) -> UndoStep:
        """Make a version the draft again, as one step that can be undone. Later versions stay.

        Raises:
            KnownError: ``library.no_version``: it is none of this webinar. Else as `load_version`, `Document.replace`.
        """
        versions = self.list_versions(document.webinar.id)
        version = next((each for each in versions if each.hash == version_hash), None)
        if version is None:
            raise KnownError("library.no_version", hash=version_hash)
        before = document.webinar
        step = document.replace(
            self.load_version(version_hash), "restore", {"ordinal": version.ordinal, "note": version.note}
        )
        if version == self._find_unapplied(versions):
            self.library.mark_applied(before.id, version_hash, before)
        return step

    def find_incoming_version(self, webinar_id: str) -> "Version | None":
        """Return the version that came from the server, or of a merge, and is not in the draft yet; None for none."""
        return self._find_unapplied(self.list_versions(webinar_id))

    def apply_version(self, document: Document, version_hash: str) -> UndoStep:
        """Merge an incoming version into the draft, as one step that can be undone; unsaved edits stay.

        Raises:
            MergeConflictError: unsaved edits and the version do not go together (see its `merged`); nothing
                changed. Either save them first, or restore the version over them.
            KnownError: ``library.no_version``: it is not the one of `find_incoming_version`. Else as `restore_version`.
        """
        from editor.library.ancestry import find_draft_base
        from editor.schedule.merge import merge
        from editor.sync.webinar_sync import MergeConflictError

        versions = self.list_versions(document.webinar.id)
        incoming = self._find_unapplied(versions)
        if incoming is None or incoming.hash != version_hash:
            raise KnownError("library.no_version", hash=version_hash)
        before, theirs = document.webinar, self.load_version(version_hash)
        base = find_draft_base(versions)
        merged = merge(self.load_version(base.hash) if base else Webinar(id=before.id), before, theirs)
        if merged.conflicts:
            raise MergeConflictError(merged, theirs, 0, before)
        # The draft first: what holds a version and does not say so is merged with it again, and nothing is lost.
        step = document.replace(merged.webinar, "restore", {"ordinal": incoming.ordinal, "note": incoming.note})
        self.library.mark_applied(before.id, version_hash, before)
        return step

    @staticmethod
    def _find_unapplied(versions: "tuple[Version, ...]") -> "Version | None":
        from editor.library.ancestry import find_current_head

        head = find_current_head(versions)
        return head if head is not None and head.line == "pulled" else None

    # --------------------------------------------------------------------------------------------- bundles

    def export_bundle(
        self, webinar_id: str, file: Path, *, with_media: bool = False, progress: Progress | None = None
    ) -> tuple[str, ...]:
        """Export a webinar's draft and notes as a bundle, with its captions and, on request, its media.

        Return the hashes of media and captions that should have gone along and are not on this computer, sorted.

        Args:
            webinar_id: The webinar.
            file: The bundle; one that is there is replaced once the new one is complete.
            with_media: Whether to include the media that are here.
            progress: Receives bytes.

        Raises:
            KnownError: ``library.no_webinar``, ``library.unknown`` (it cannot be written), ``bundle.unwritable``.
            CancelledError: The progress was cancelled; no bundle was written.
        """
        from editor.interchange import bundle

        draft = self.library.load_draft(webinar_id)
        if draft.unknown:
            raise KnownError("library.unknown", title=draft.webinar.title, unknown=draft.unknown)
        media_files = draft.webinar.media.values()
        paths = {
            track.sha256: self.catalog.find_captions_file(track.sha256)
            for media in media_files
            for track in media.captions
        }
        if with_media:
            paths |= {media.sha256: self.catalog.find_path(media.sha256) for media in media_files}
        files = {sha256: path for sha256, path in paths.items() if path is not None}
        bundle.write(file, draft.webinar, self.library.load_notes(webinar_id), files, progress)
        return tuple(sorted(paths.keys() - files.keys()))

    def import_bundle(self, file: Path, progress: Progress | None = None) -> str:
        """Import a bundle with its media; return the webinar's id, a new one if the library has that webinar already.

        Raises:
            KnownError: ``bundle.*`` and ``wire.*``; ``library.exists`` where it is here already and holds things this
                program does not know, so that it cannot be given another id.
            CancelledError: The progress was cancelled; no webinar was made.
        """
        from editor.interchange import bundle

        content = bundle.read(file)
        webinar, body = content.decoded.webinar, content.body
        exists = self.library.has_webinar(webinar.id)
        if exists and not content.decoded.unknown:
            webinar = msgspec.structs.replace(webinar, id=new_id())
        for sha256, path in bundle.unpack(content, self.library.root / "media" / "files", progress).items():
            if sha256 in webinar.media:
                self.catalog.add_location(sha256, path, progress)
            else:  # captions, which the catalog stores itself
                self.catalog.store_captions(path)
                path.unlink()
        for media in webinar.media.values():
            self.catalog.add_known(media)
        self.library.create(webinar, body=body if content.decoded.unknown else None, notes=content.notes)
        return webinar.id

    # ------------------------------------------------------------------------------------------- publishing

    def find_hosting_facts(self, webinar: Webinar) -> HostingFacts:
        """Ask the server which of a webinar's media that are missing here it has; this waits for the network.

        Nothing is asked where no server is set up or nothing is missing. Where the server does not answer or cannot be
        asked, `has_media` is empty, and no `KnownError` is raised.
        """
        if self.connections.load() is None:
            return HostingFacts()
        from editor.sync import proxy_download

        missing = [media for media in webinar.media.values() if proxy_download.is_missing(self.catalog, media)]
        if not missing:
            return HostingFacts(is_set_up=True)
        try:
            sync = self.open_sync()
            try:
                remote_media = proxy_download.find_remote_media(sync.client, self.catalog, missing)
            finally:
                sync.client.close()
        except KnownError:
            return HostingFacts(is_set_up=True)
        found = {remote.media.sha256 for remote in remote_media}
        return HostingFacts(is_set_up=True, has_media={media.sha256: media.sha256 in found for media in missing})

    def _make_parents(self) -> None:
        try:
            make_private_folder(self.root)
        except OSError as error:
            reason = error.strerror or str(error)
            raise KnownError("library.unwritable", path=str(self.root), reason=reason) from error


class _DraftStore:
    """Stores the draft of an open document, over the revision of it that was seen last."""

    def __init__(self, workspace: Workspace, webinar_id: str, rev: int) -> None:
        self._workspace = workspace
        self._id = webinar_id
        self._rev = rev

    def store(self, webinar: Webinar) -> None:
        """Write the draft durably over the revision that was seen."""
        self._rev = self._workspace.library.store_draft(webinar, self._rev)

    def load(self) -> StoredWebinar:
        """Load the current draft; the next write goes over that revision."""
        draft = self._workspace.library.load_draft(self._id)
        self._rev = draft.rev
        return draft.webinar, draft.unknown
