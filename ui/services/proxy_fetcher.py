"""Downloading proxies of missing media from the server, automatically or on request, without blocking.

When a webinar is opened, its media change, a file is lost or the server becomes reachable, the server is asked which
of the missing media it has prepared. Small ones are downloaded automatically, one after another, the smallest first;
large ones and cancelled ones are downloaded on request.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from editor.errors import KnownError
from editor.progress import Progress
from editor.schedule.model import Media
from editor.schedule.preflight_inputs import HostingFacts
from ui.services.media_requests import MediaLocation
from ui.services.notifications import Notifications
from ui.services.task_runner import Task, TaskRunner

if TYPE_CHECKING:
    from editor.media.catalog import MediaCatalog
    from editor.schedule.model import Webinar
    from editor.sync.proxy_download import RemoteMedia
    from editor.sync.webinar_sync import WebinarSync

MAX_AUTOMATIC_BYTES = 500_000_000
"""Bytes above which a proxy is downloaded only on request."""
RETRY_S, RETRY_AFTER_ERROR_S = 15, 2
"""Seconds after which the server is asked about the same media again, unless the user asks."""


class WatchedChange(Protocol):
    """The part of a `DocumentChange` that `ProxyFetcher` reads: the webinar before and after one edit."""

    @property
    def before(self) -> "Webinar":
        """The webinar before the edit."""

    @property
    def after(self) -> "Webinar":
        """The webinar after the edit."""


class WatchedWebinar(Protocol):
    """The part of a `DocumentController` that `ProxyFetcher` reads: an open webinar and the signal of its changes."""

    @property
    def changed(self) -> SignalInstance:
        """The signal that carries a `WatchedChange` after each edit."""

    @property
    def webinar(self) -> "Webinar":
        """The webinar as it is after its last edit."""


class _LookupResult(msgspec.Struct, frozen=True):
    """Result of a lookup."""

    missing: frozenset[str]
    """Hashes of the media of which a file is missing here."""
    available: "tuple[RemoteMedia, ...] | None"
    """What the server has of them; None where it could not be reached."""
    error: KnownError | None = None


class ProxyFetcher(QObject):
    """The finder and downloader of proxies for media of the open webinar whose files are missing on this computer.

    Made by `MediaService`; it is used, and emits its signals, on the GUI thread. Nothing is asked before
    `set_connection` and `watch`.

    Args:
        catalog: Returns the catalog; called in the background.
        tasks: Runs background tasks.
        notifications: Shows errors.
        parent: Qt parent.
    """

    changed = Signal(str)
    """The download state of the media with this hash has changed."""
    fetched = Signal(object, object)
    """A `RemoteMedia` was downloaded; with the `MediaLocation` of its media."""

    def __init__(
        self,
        catalog: "Callable[[], MediaCatalog]",
        tasks: TaskRunner,
        notifications: Notifications,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._tasks = tasks
        self._notifications = notifications
        self._connect: Callable[[], WebinarSync] | None = None
        self._is_set_up: Callable[[], bool] = lambda: False
        self._controller: WatchedWebinar | None = None
        self._is_refreshing = False
        self._refresh_again = False
        self._last_lookup: tuple[frozenset[str], float] = (frozenset(), 0.0)
        self._result = _LookupResult(frozenset(), None)
        self._available: dict[str, RemoteMedia] = {}
        self._wanted: set[str] = set()
        self._declined: set[str] = set()
        self._downloads: dict[str, Task[MediaLocation]] = {}
        tasks.progressed.connect(self._on_progress)
        tasks.ended.connect(self._on_ended)

    def set_connection(self, connect: "Callable[[], WebinarSync]", *, is_set_up: Callable[[], bool]) -> None:
        """Set the server to ask, and ask it at once if a webinar is watched.

        Args:
            connect: Connects to it; called in the background. The connection is closed after use.
            is_set_up: Whether the library has a server at all, reachable or not.
        """
        self._connect, self._is_set_up = connect, is_set_up
        self.refresh()

    def watch(self, controller: WatchedWebinar) -> None:
        """Watch the media of a webinar from now on, in place of another.

        The server is asked for missing ones at once, and after each edit that changes the media.
        """
        self.unwatch()
        self._controller = controller
        controller.changed.connect(self._on_edit)
        self.refresh(force=True)

    def unwatch(self) -> None:
        """Stop watching the webinar, so that the server is not asked any more; running downloads continue."""
        if self._controller is not None:
            self._controller.changed.disconnect(self._on_edit)
            self._controller = None

    # ------------------------------------------------------------------------------------------------ state

    def get_progress(self, sha256: str) -> int | None:
        """Return how many percent (0 to 100) of a media's proxy are downloaded; None where no download runs."""
        task = self._downloads.get(sha256)
        return None if task is None else task.done * 100 // task.total if task.total else 0

    def can_fetch(self, sha256: str) -> bool:
        """Return whether a proxy can be requested: a server is set up, no download runs, and the server may have it.

        It may have what it was not asked for yet.
        """
        is_unavailable = (
            self._result.available is not None and sha256 in self._result.missing and sha256 not in self._available
        )
        return self._is_set_up() and sha256 not in self._downloads and not is_unavailable

    def is_available(self, sha256: str) -> bool:
        """Return whether the server is known to have a media that is missing here, so that it can be published.

        False again once its proxy is downloaded.
        """
        return sha256 in self._available

    def get_hosting_facts(self) -> HostingFacts:
        """Return what is known of the server: whether one is set up, and which missing media it has."""
        asked = frozenset() if self._result.available is None else self._result.missing
        has_media = {sha256: sha256 in self._available for sha256 in asked | self._available.keys()}
        return HostingFacts(is_set_up=self._is_set_up(), has_media=has_media)

    def get_size(self, sha256: str) -> int | None:
        """Return the size in bytes of a proxy on the server; None where it is unknown."""
        remote = self._available.get(sha256)
        return None if remote is None else remote.size

    # --------------------------------------------------------------------------------------------- commands

    def fetch(self, wanted: Iterable[str]) -> None:
        """Download the proxies of media (hashes) that are missing here, whatever their size, as the user asks.

        It needs `set_connection` and `watch` before. Failures, and that the server has none, are posted as messages.
        """
        self._wanted.update(wanted)
        self._declined -= self._wanted
        self.refresh(force=True)

    def refresh(self, *, force: bool = False) -> None:
        """Ask the server in the background which missing media it has, and download the proxies of small ones.

        Nothing happens before `set_connection` and `watch`, or without media. While the server is being asked, only a
        forced call has an effect: it is asked once more afterwards.

        Args:
            force: whether to ask even if the server was asked about the same media just now (`RETRY_S`).
        """
        connect, controller = self._connect, self._controller
        if connect is None or controller is None:
            return
        media = tuple(controller.webinar.media.values())
        hashes, now = frozenset(each.sha256 for each in media), self._tasks.now()
        last_hashes, last_time = self._last_lookup
        pause = RETRY_AFTER_ERROR_S if self._result.available is None else RETRY_S
        if not media or (not force and last_hashes == hashes and now - last_time < pause):
            return
        if self._is_refreshing:
            self._refresh_again = self._refresh_again or force
            return
        self._is_refreshing, self._last_lookup = True, (hashes, now)
        with suppress(RuntimeError):  # the program is closing
            self._tasks.run(
                self.tr("Asking the server for missing media"),
                lambda _progress: _find_proxies(self._catalog(), connect, media),
                done=self._on_lookup_done,
                executor="network",
                quiet=True,
            )

    @Slot(object)
    def _on_edit(self, change: WatchedChange) -> None:
        if change.before.media.keys() != change.after.media.keys():
            self.refresh(force=True)

    def _on_lookup_done(self, result: _LookupResult) -> None:
        self._is_refreshing = False
        before = self._result.missing | self._available.keys()
        if result.available is not None:
            self._available = {remote.media.sha256: remote for remote in result.available}
        self._result = result
        wanted, self._wanted = self._wanted & result.missing, set()
        if wanted and result.error is not None:
            self._notifications.post_error(result.error)
        for remote in result.available or ():
            sha256 = remote.media.sha256
            is_automatic = remote.size <= MAX_AUTOMATIC_BYTES and sha256 not in self._declined
            if sha256 not in self._downloads and (is_automatic or sha256 in wanted):
                self._start_download(remote, by_request=sha256 in wanted)
        if result.available is not None and wanted - self._available.keys():
            self._notifications.post(
                self.tr("The server has no prepared copy of this media. Choose Relink… to look for the file."),
                kind="warning",
            )
        for sha256 in before | result.missing:
            self.changed.emit(sha256)
        if self._refresh_again:
            self._refresh_again = False
            self.refresh(force=True)

    # ---------------------------------------------------------------------------------------------- fetching

    def _start_download(self, remote: "RemoteMedia", *, by_request: bool) -> None:
        sha256, connect = remote.media.sha256, self._connect
        assert connect is not None, "the remote media came from a connection"

        def on_done(place: MediaLocation) -> None:
            self._available.pop(sha256, None)
            self.fetched.emit(remote, place)

        def on_failed(error: KnownError) -> None:
            is_transient = error.code.startswith(("sync.", "account."))
            if not is_transient:
                self._declined.add(sha256)
            if by_request or not is_transient:
                self._notifications.post_error(error)

        title = self.tr("Downloading “{name}” from the server").format(name=remote.media.name)
        self._downloads[sha256] = self._tasks.run(
            title,
            lambda progress: _download_proxy(self._catalog(), connect, remote, progress),
            done=on_done,
            failed=on_failed,
            executor="download",
        )

    @Slot(object)
    def _on_progress(self, task: Task[Any]) -> None:
        for sha256, each in self._downloads.items():
            if each is task:
                self.changed.emit(sha256)

    @Slot(object)
    def _on_ended(self, task: Task[Any]) -> None:
        for sha256 in [sha256 for sha256, each in self._downloads.items() if each is task]:
            del self._downloads[sha256]
            if task.state == "cancelled":
                self._declined.add(sha256)
            self.changed.emit(sha256)


def _find_proxies(
    catalog: "MediaCatalog", connect: "Callable[[], WebinarSync]", media: tuple[Media, ...]
) -> _LookupResult:
    """Find the missing media and ask the server which of them it has; runs in the background."""
    from editor.sync import proxy_download

    for each in media:
        if catalog.proxies.find(each.sha256) is not None and catalog.find_path(each.sha256) is not None:
            catalog.proxies.delete(each.sha256)  # the file is back where it was
    missing = tuple(each for each in media if proxy_download.is_missing(catalog, each))
    for each in missing:
        catalog.add_known(each)  # relinking compares its size first
    missing_hashes = frozenset(each.sha256 for each in missing)
    if not missing:
        return _LookupResult(missing_hashes, ())
    try:
        sync = connect()
        try:
            return _LookupResult(missing_hashes, proxy_download.find_remote_media(sync.client, catalog, missing))
        finally:
            sync.client.close()
    except KnownError as error:
        return _LookupResult(missing_hashes, None, error)


def _download_proxy(
    catalog: "MediaCatalog", connect: "Callable[[], WebinarSync]", remote: "RemoteMedia", progress: Progress
) -> MediaLocation:
    """Download a proxy; runs in the background."""
    from editor.sync import proxy_download

    sync = connect()
    try:
        proxy_download.download(sync.client, catalog, remote, progress)
    finally:
        sync.client.close()
    sha256 = remote.media.sha256
    return MediaLocation(catalog.get_state(sha256), catalog.find_path(sha256), catalog.find_preview_path(sha256))
