"""The media catalog for the window: previews and locations of media, without blocking.

Every request is answered from memory at once, with None where the answer is not known yet; it is then loaded in the
background, newest request first, and `previews_changed` reports it. Images are cached up to a number of bytes.

`import_files` imports files in one task: it hashes and probes them all, reports the media, and then makes their
thumbnails, waveforms and pages, which appear one by one.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage

from editor.errors import KnownError
from editor.media.previews.preview_widths import PREVIEW_WIDTHS, choose_preview_width
from editor.progress import Progress
from editor.schedule.model import Media
from editor.schedule.preflight_inputs import MediaState
from ui.services.image_cache import ImageCache
from ui.services.media_import import (
    ImportFailure,
    ImportingFile,
    ImportJob,
    ImportResult,
    import_all,
    make_all_previews,
)
from ui.services.media_requests import (
    THUMBNAIL_STEP_MS,
    MediaLocation,
    MediaRequest,
    MediaRequestQueue,
    ThumbnailFile,
)
from ui.services.notifications import Notifications
from ui.services.proxy_fetcher import ProxyFetcher
from ui.services.task_runner import Task, TaskRunner
from ui.text.formatter import Formatter

if TYPE_CHECKING:
    from editor.media.catalog import MediaCatalog
    from editor.media.formats.captions import CaptionCue
    from editor.media.previews.peaks import Peaks
    from editor.sync.proxy_download import RemoteMedia


MAX_IMAGE_BYTES = 160 * 1024 * 1024


class MediaService(QObject):
    """Images, peaks, cues and locations of media, on the GUI thread; what is None now may follow `previews_changed`.

    Answers are cached. What cannot be made or read stays None until new previews of the media are made.

    Args:
        catalog: Returns the catalog; called in the background at the first request.
        tasks: Runs background tasks.
        notifications: Shows the failures of an import, all in one notification.
        formatter: Formats errors.
        parent: Qt parent.
        max_image_bytes: Memory that images may take, in bytes.
    """

    previews_changed = Signal(str)
    """The media with this hash has new previews, or another state."""
    identified = Signal(object)
    """A `Media` was probed, or its captions changed."""
    lost = Signal(str)
    """The media with this hash has no file any more."""
    imports_changed = Signal()
    """Files being imported were added, progressed, or are done."""

    _file_identified = Signal(object, object, object)
    _file_progressed = Signal(object, int)
    _preview_made = Signal(str, int)
    _peaks_measured = Signal(str, object)
    _import_finished = Signal(object, object, object)

    def __init__(
        self,
        catalog: "Callable[[], MediaCatalog]",
        tasks: TaskRunner,
        notifications: Notifications,
        formatter: Formatter,
        parent: QObject | None = None,
        *,
        max_image_bytes: int = MAX_IMAGE_BYTES,
    ) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._tasks = tasks
        self._notifications = notifications
        self._formatter = formatter
        self._images = ImageCache(max_image_bytes)
        self._thumbnails: dict[MediaRequest, tuple[int, Path]] = {}
        self._preview_versions: dict[str, int] = {}
        self._version_asked: dict[MediaRequest, int] = {}
        self._answers: dict[MediaRequest, object] = {}
        self._unanswerable: set[MediaRequest] = set()
        self._requests = MediaRequestQueue(catalog, tasks, self)
        self._drawing: dict[str, int] = {}
        self._jobs: dict[Task[Any], ImportJob] = {}
        self._redrawn: set[str] = set()
        self._imports: dict[Path, int] = {}
        self.proxies = ProxyFetcher(catalog, tasks, notifications, self)
        """Downloads proxies of missing media from the server."""
        self._dirty: dict[str, None] = {}
        self._notify_timer = QTimer(self, singleShot=True, interval=16)
        self._notify_timer.timeout.connect(self._emit_changes)
        self._requests.answered.connect(self._on_answered)
        self._file_identified.connect(self._on_file_identified, Qt.ConnectionType.QueuedConnection)
        self._file_progressed.connect(self._on_file_progressed, Qt.ConnectionType.QueuedConnection)
        self._preview_made.connect(self._on_preview_made, Qt.ConnectionType.QueuedConnection)
        self._peaks_measured.connect(self._on_peaks_measured, Qt.ConnectionType.QueuedConnection)
        self._import_finished.connect(self._on_import_finished, Qt.ConnectionType.QueuedConnection)
        tasks.ended.connect(self._on_ended)
        self.proxies.changed.connect(self._mark_changed)
        self.proxies.fetched.connect(self._on_proxy_fetched)
        self.lost.connect(lambda _sha256: self.proxies.refresh(force=True))
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_application_state)

    # -------------------------------------------------------------------------------------------- requests

    def get_thumbnail(self, sha256: str, at_ms: int = 0) -> QImage | None:
        """Return a video's thumbnail nearest to a time in milliseconds, or an image's; None until it is loaded."""
        request = MediaRequest("thumbnail", sha256, at_ms // THUMBNAIL_STEP_MS)
        cached = self._thumbnails.get(request)
        image = None
        if cached is not None:
            version, file = cached
            image = self._images.get((sha256, file))
            if image is not None and version == self._preview_versions.get(sha256, 0):
                return image
        self._version_asked[request] = self._preview_versions.get(sha256, 0)
        self._enqueue(request)
        return image

    def get_image(self, sha256: str, width: int) -> QImage | None:
        """Return an image at about `width` physical pixels, until then at another width; None until one is loaded."""
        return self._get_picture(MediaRequest("image", sha256, 0, choose_preview_width(width)))

    def get_page(self, sha256: str, page: int, width: int) -> QImage | None:
        """Return a presentation's page, counted from 0, as `get_image` does; None until it is loaded."""
        return self._get_picture(MediaRequest("page", sha256, page, choose_preview_width(width)))

    def get_peaks(self, sha256: str) -> "Peaks | None":
        """Return the waveform peaks of a media, while they are measured those so far; None until there are any."""
        return self._get_answer(MediaRequest("peaks", sha256))  # type: ignore[return-value]

    def get_cues(self, sha256: str) -> "tuple[CaptionCue, ...]":
        """Return the cues of the caption file with this hash; empty until they are read, and if they cannot be."""
        return self._get_answer(MediaRequest("cues", sha256)) or ()  # type: ignore[return-value]

    def get_state(self, sha256: str) -> MediaState:
        """Return the state of a media; "ready" until its file has been looked for."""
        location = self._get_answer(MediaRequest("place", sha256))
        return location.state if isinstance(location, MediaLocation) else "ready"

    def get_path(self, sha256: str) -> Path | None:
        """Return a file with this content, as last looked for; None where there is none, and until then."""
        location = self._get_answer(MediaRequest("place", sha256))
        return location.path if isinstance(location, MediaLocation) else None

    def get_preview_path(self, sha256: str) -> Path | None:
        """Return the file that previews play: the media's own, else its proxy; None for neither, or not looked yet."""
        location = self._get_answer(MediaRequest("place", sha256))
        return location.shown if isinstance(location, MediaLocation) else None

    def get_progress(self, sha256: str) -> int | None:
        """Return how many percent (0 to 99) of a media's previews are made; None when none are being made."""
        return self._drawing.get(sha256)

    @property
    def imports(self) -> tuple[ImportingFile, ...]:
        """The files being imported, in the order they were given."""
        return tuple(ImportingFile(path, percent) for path, percent in self._imports.items())

    def _get_picture(self, request: MediaRequest) -> QImage | None:
        image = self._images.get(request)
        if image is None:
            self._enqueue(request)
            image = self._find_other_width(request)
        return image

    def _find_other_width(self, request: MediaRequest) -> QImage | None:
        """Return the same image at another width, to show until the right one is loaded."""
        for width in reversed(PREVIEW_WIDTHS):
            other = self._images.get(MediaRequest(request.what, request.sha256, request.at, width))
            if other is not None:
                return other
        return None

    def _get_answer(self, request: MediaRequest) -> object:
        if request not in self._answers:
            self._enqueue(request)
        return self._answers.get(request)

    # ---------------------------------------------------------------------------------------------- answers

    def _enqueue(self, request: MediaRequest) -> None:
        if request not in self._unanswerable:
            self._requests.enqueue(request)

    @Slot(object, object)
    def _on_answered(self, request: MediaRequest, answer: object) -> None:
        if isinstance(answer, ThumbnailFile):
            # A nearer one may have been made since the request: the version decides whether to ask again.
            self._thumbnails[request] = (self._version_asked.pop(request, 0), answer.file)
            if (request.sha256, answer.file) not in self._images:
                self._images.put((request.sha256, answer.file), answer.image)
        elif isinstance(answer, QImage):
            self._images.put(request, answer)
        elif isinstance(answer, MediaLocation):
            before = self._answers.get(request)
            self._answers[request] = answer
            if answer == before:
                return
            if answer.state == "missing":
                self.lost.emit(request.sha256)
        elif answer is not None:
            self._answers[request] = answer
        else:
            self._unanswerable.add(request)
            if request.what in {"thumbnail", "peaks", "page"}:
                self._make_missing_previews(request.sha256)
            return
        self._mark_changed(request.sha256)

    def _make_missing_previews(self, sha256: str) -> None:
        """Make previews that are missing from the cache; once per media, or a bad file would be tried forever."""
        if sha256 in self._drawing or sha256 in self._redrawn:
            return
        self._redrawn.add(sha256)

        def work(progress: Progress) -> tuple[ImportFailure, ...]:
            catalog = self._catalog()
            media = catalog.find_media(sha256)
            if media is None or catalog.get_state(sha256) == "missing":
                return ()
            return make_all_previews(
                catalog, (media,), progress, on_preview=self._preview_made.emit, on_peaks=self._peaks_measured.emit
            )

        with suppress(RuntimeError):  # the program is closing
            task = self._tasks.run(self.tr("Making previews"), work)
            self._drawing[sha256] = 0
            self._jobs[task] = ImportJob(drawing=[sha256])

    def _mark_changed(self, sha256: str) -> None:
        self._dirty[sha256] = None
        if not self._notify_timer.isActive():
            self._notify_timer.start()

    @Slot()
    def _emit_changes(self) -> None:
        dirty, self._dirty = self._dirty, {}
        for sha256 in dirty:
            self.previews_changed.emit(sha256)

    # -------------------------------------------------------------------------------------- importing files

    def import_files(
        self, paths: Iterable[Path], on_imported: Callable[[tuple[Media, ...]], None] | None = None
    ) -> Task[tuple[ImportFailure, ...]]:
        """Import files, or folders of files, and make their previews, in one background task that can be cancelled.

        Args:
            paths: Dropped, pasted or chosen files.
            on_imported: Called on the GUI thread with the imported media in the order of the files, before their
                previews are made; not called where none was imported.
        """
        file_paths = tuple(Path(path) for path in paths)
        job = ImportJob(importing=list(file_paths))

        def work(progress: Progress) -> tuple[ImportFailure, ...]:
            catalog = self._catalog()
            importing, drawing = progress.part(0, 1000, 2000), progress.part(1000, 2000, 2000)
            result = import_all(
                catalog,
                file_paths,
                importing,
                on_progress=self._file_progressed.emit,
                on_known=partial(self._file_identified.emit, job),
            )
            self._import_finished.emit(job, result, on_imported)
            return make_all_previews(
                catalog,
                result.media,
                drawing,
                on_preview=self._preview_made.emit,
                on_peaks=self._peaks_measured.emit,
            )

        for path in file_paths:
            self._imports[path] = 0
        self.imports_changed.emit()
        title = (
            self.tr("Importing {name}").format(name=file_paths[0].name)
            if len(file_paths) == 1
            else self.tr("Importing %n file(s)", "", len(file_paths))
        )
        task = self._tasks.run(title, work, done=self._report)
        self._jobs[task] = job
        return task

    @Slot(object)
    def _on_ended(self, task: Task[Any]) -> None:
        """Clear what a task was working on, however it ended."""
        job = self._jobs.pop(task, None)
        if job is None:
            return
        self._end_imports(job.importing)
        for sha256 in job.drawing:
            if self._drawing.pop(sha256, None) is not None:
                self._mark_changed(sha256)

    @Slot(object, int)
    def _on_file_progressed(self, path: Path, percent: int) -> None:
        if path in self._imports:
            self._imports[path] = percent
            self.imports_changed.emit()

    @Slot(object, object, object)
    def _on_file_identified(self, job: ImportJob, path: Path, media: Media) -> None:
        job.drawing.append(media.sha256)
        self._imports.pop(path, None)
        self._drawing[media.sha256] = 0
        self._invalidate(media.sha256)
        self.identified.emit(media)
        self.imports_changed.emit()
        self._mark_changed(media.sha256)

    @Slot(object, object, object)
    def _on_import_finished(
        self, job: "ImportJob", result: ImportResult, on_imported: Callable[[tuple[Media, ...]], None] | None
    ) -> None:
        self._end_imports(job.importing)
        self._report(result.failures, result.notices)
        if on_imported is not None and result.media:
            on_imported(result.media)

    @Slot(str, object)
    def _on_peaks_measured(self, sha256: str, peaks: object) -> None:
        self._answers[MediaRequest("peaks", sha256)] = peaks
        self._mark_changed(sha256)

    @Slot(str, int)
    def _on_preview_made(self, sha256: str, percent: int) -> None:
        self._preview_versions[sha256] = self._preview_versions.get(sha256, 0) + 1
        self._unanswerable -= {ask for ask in self._unanswerable if ask.sha256 == sha256}
        if percent >= 100:
            self._drawing.pop(sha256, None)
        else:
            self._drawing[sha256] = percent
        self._mark_changed(sha256)

    def _end_imports(self, paths: Iterable[Path]) -> None:
        removed = [self._imports.pop(path, None) for path in paths]
        if any(percent is not None for percent in removed):
            self.imports_changed.emit()

    def _report(self, failures: tuple[ImportFailure, ...], notices: tuple[KnownError, ...] = ()) -> None:
        """Post all failures and warnings of an import in one notification, a line each."""
        lines = [self._formatter.format_message(each.error) for each in failures] + [
            self._formatter.format_message(each) for each in notices
        ]
        if lines:
            self._notifications.post("\n".join(lines), kind="warning" if failures else "info")

    # ---------------------------------------------------------------------------------- relinking, captions

    def relink(
        self,
        paths: Iterable[Path],
        hashes: Iterable[str],
        on_found: Callable[[dict[str, Path]], None] | None = None,
    ) -> Task[dict[str, Path]]:
        """Search files and folders for missing media by content, in the background; `on_found` gets those by hash."""
        search_paths, lost = list(paths), set(hashes)

        def done(found: dict[str, Path]) -> None:
            for sha256, path in found.items():
                self._invalidate(sha256)
                self._answers[MediaRequest("place", sha256)] = MediaLocation("ready", path, path)
                self._redrawn.discard(sha256)
                self._mark_changed(sha256)
            missed = len(lost) - len(found)
            if missed:
                self._notifications.post(
                    self.tr("%n file(s) not found in this folder. Choose another folder.", "", missed), kind="warning"
                )
            if on_found is not None:
                on_found(found)

        return self._tasks.run(
            self.tr("Looking for %n file(s)", "", len(lost)),
            lambda progress: self._catalog().relink(search_paths, lost, progress),
            done=done,
        )

    def attach_captions(
        self, media: Media, path: Path, on_attached: Callable[[Media], None] | None = None
    ) -> Task[Media]:
        """Attach a caption file in the background; `on_attached` and `identified` get the media with its new track."""

        def done(updated: Media) -> None:
            self.identified.emit(updated)
            self._mark_changed(updated.sha256)
            if on_attached is not None:
                on_attached(updated)

        return self._tasks.run(
            self.tr("Reading subtitles"), lambda _: self._catalog().attach_captions(media, path), done=done
        )

    @Slot(object, object)
    def _on_proxy_fetched(self, remote: "RemoteMedia", location: MediaLocation) -> None:
        """Forget the answers about a media and its captions whose proxy was downloaded."""
        sha256 = remote.media.sha256
        for each in (sha256, *(track.sha256 for track in remote.media.captions)):
            self._invalidate(each)
            self._mark_changed(each)
        self._answers[MediaRequest("place", sha256)] = location
        self._redrawn.discard(sha256)

    def recheck(self) -> None:
        """Check again, in the background, if known files are where they were; `lost` and `previews_changed` report."""
        for request in [ask for ask in self._answers if ask.what == "place"]:
            self._enqueue(request)

    @Slot(Qt.ApplicationState)
    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        """Check the files when the user returns to the program, since they may have moved some meanwhile."""
        if state == Qt.ApplicationState.ApplicationActive:
            self.recheck()

    def _invalidate(self, sha256: str) -> None:
        """Forget the answers about a media; its images stay until newer ones are loaded."""
        self._preview_versions[sha256] = self._preview_versions.get(sha256, 0) + 1
        self._unanswerable = {ask for ask in self._unanswerable if ask.sha256 != sha256}
        for ask in [ask for ask in self._answers if ask.sha256 == sha256]:
            del self._answers[ask]
