"""The shelf as the window sees it: ask, and get what is at hand; what is not is fetched, and `pictured` says so.

Nothing here blocks. Every question is answered from memory at once, with None where the answer is not known yet, and
put on a list that one background task works off, newest question first (what was scrolled past can wait). Equal
questions are asked once. Images are kept up to a number of bytes, the longest unused go first.

Files come in by `take`: one task that hashes and probes them all, answers, and then draws their thumbnails,
waveforms and pages, which appear as they come.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage

from editor.errors import Known
from editor.progress import Progress
from editor.schedule.model import Media
from ui.desk_answers import THUMBNAIL_STEP_MS, WIDTHS, Ask, Asking, Place, State, Thumbnail, stepped
from ui.image_cache import ImageCache
from ui.intake import Failure, Halves, Taken, draw_all, take_all
from ui.messages import Messages
from ui.stand_ins import StandIns
from ui.tasks import Task, Tasks
from ui.words import Words

if TYPE_CHECKING:
    from editor.media.captions import Cue
    from editor.media.peaks import Peaks
    from editor.media.shelf import Shelf
    from editor.sync.stand_in import Offer


CAP_BYTES = 160 * 1024 * 1024


class Arrival(msgspec.Struct, frozen=True):
    """A file on its way in, before it is known what it is."""

    path: Path
    percent: int


class _Errand(msgspec.Struct):
    """What a task has in hand, to be let go of when it ends, however it ends."""

    arriving: list[Path] = []
    drawing: list[str] = []


class MediaDesk(QObject):
    """Pictures, peaks, cues and places of media, without waiting.

    Args:
        shelf: gives the shelf; called in the background, at the first question.
        tasks: runs what takes time.
        messages: where files that could not be taken in are told of, all of them in one message.
        words: says why.
        parent: Qt's owner.
        cap_bytes: how much memory images may take.
    """

    pictured = Signal(str)
    """There is something new to show of this media (its hash)."""
    known = Signal(object)
    """A `Media` became known, or known better."""
    lost = Signal(str)
    """No file with this content is where it was."""
    arrivals_changed = Signal()
    """Files began to come in, came further, or are in."""

    _came = Signal(object, object, object)
    _read = Signal(object, int)
    _drew = Signal(str, int)
    _measured = Signal(str, object)
    _took = Signal(object, object, object)

    def __init__(
        self,
        shelf: "Callable[[], Shelf]",
        tasks: Tasks,
        messages: Messages,
        words: Words,
        parent: QObject | None = None,
        *,
        cap_bytes: int = CAP_BYTES,
    ) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._tasks = tasks
        self._messages = messages
        self._words = words
        self._images = ImageCache(cap_bytes)
        self._thumbnails: dict[Ask, tuple[int, Path]] = {}
        self._drawn: dict[str, int] = {}
        self._asked_when: dict[Ask, int] = {}
        self._facts: dict[Ask, object] = {}
        self._nothing: set[Ask] = set()
        self._asking = Asking(shelf, tasks, self)
        self._drawing: dict[str, int] = {}
        self._errands: dict[Task[Any], _Errand] = {}
        self._tried: set[str] = set()
        self._arrivals: dict[Path, int] = {}
        self.stand_ins = StandIns(shelf, tasks, messages, self)
        """What the hosting has of media that are missing here."""
        self._dirty: dict[str, None] = {}
        self._telling = QTimer(self, singleShot=True, interval=16)
        self._telling.timeout.connect(self._tell)
        self._asking.answered.connect(self._on_answered)
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)
        self._read.connect(self._on_read, Qt.ConnectionType.QueuedConnection)
        self._drew.connect(self._on_drew, Qt.ConnectionType.QueuedConnection)
        self._measured.connect(self._on_measured, Qt.ConnectionType.QueuedConnection)
        self._took.connect(self._on_took, Qt.ConnectionType.QueuedConnection)
        tasks.ended.connect(self._on_ended)
        self.stand_ins.changed.connect(self._mark)
        self.stand_ins.came.connect(self._on_stand_in)
        self.lost.connect(lambda _sha256: self.stand_ins.look(anew=True))
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_application_state)

    # ------------------------------------------------------------------------------------------- questions

    def thumbnail(self, sha256: str, at_ms: int = 0) -> QImage | None:
        """The thumbnail nearest to a time of a video, or an image's own."""
        ask = Ask("thumbnail", sha256, at_ms // THUMBNAIL_STEP_MS)
        known = self._thumbnails.get(ask)
        image = None
        if known is not None:
            drawn, file = known
            image = self._images.get((sha256, file))
            if image is not None and drawn == self._drawn.get(sha256, 0):
                return image
        self._asked_when[ask] = self._drawn.get(sha256, 0)
        self._ask(ask)
        return image

    def image(self, sha256: str, width: int) -> QImage | None:
        """An image file's picture, at least `width` pixels across where it has as many."""
        return self._picture(Ask("image", sha256, 0, stepped(width)))

    def page(self, sha256: str, page: int, width: int) -> QImage | None:
        """A page of a presentation, counted from 0, at least `width` pixels across."""
        return self._picture(Ask("page", sha256, page, stepped(width)))

    def peaks(self, sha256: str) -> "Peaks | None":
        """The waveform."""
        return self._fact(Ask("peaks", sha256))  # type: ignore[return-value]

    def cues(self, sha256: str) -> "tuple[Cue, ...]":
        """The cues of a caption track; none until they are read."""
        return self._fact(Ask("cues", sha256)) or ()  # type: ignore[return-value]

    def state(self, sha256: str) -> State:
        """Whether a file with this content is at hand; "ready" until it has been looked for."""
        place = self._fact(Ask("place", sha256))
        return place.state if isinstance(place, Place) else "ready"

    def path(self, sha256: str) -> Path | None:
        """A file with this content; None where there is none, and until it has been looked for."""
        place = self._fact(Ask("place", sha256))
        return place.path if isinstance(place, Place) else None

    def shown(self, sha256: str) -> Path | None:
        """What previews play: a file with this content, or the hosting's copy that stands in for it."""
        place = self._fact(Ask("place", sha256))
        return place.shown if isinstance(place, Place) else None

    def percent(self, sha256: str) -> int | None:
        """How far the drawing of a media's thumbnails, waveform or pages is; None when none is under way."""
        return self._drawing.get(sha256)

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        """The files on their way in, in the order they were given."""
        return tuple(Arrival(path, percent) for path, percent in self._arrivals.items())

    def _picture(self, ask: Ask) -> QImage | None:
        image = self._images.get(ask)
        if image is None:
            self._ask(ask)
            image = self._nearest_width(ask)
        return image

    def _nearest_width(self, ask: Ask) -> QImage | None:
        """The same picture at another width, to show until the right one comes."""
        for width in reversed(WIDTHS):
            other = self._images.get(Ask(ask.what, ask.sha256, ask.at, width))
            if other is not None:
                return other
        return None

    def _fact(self, ask: Ask) -> object:
        if ask not in self._facts:
            self._ask(ask)
        return self._facts.get(ask)

    # ---------------------------------------------------------------------------------------------- answers

    def _ask(self, ask: Ask) -> None:
        if ask not in self._nothing:
            self._asking.ask(ask)

    @Slot(object, object)
    def _on_answered(self, ask: Ask, answer: object) -> None:
        if isinstance(answer, Thumbnail):
            # Better ones may have been drawn between the question and its answer: then it is asked again.
            self._thumbnails[ask] = (self._asked_when.pop(ask, 0), answer.file)
            if (ask.sha256, answer.file) not in self._images:
                self._images.put((ask.sha256, answer.file), answer.image)
        elif isinstance(answer, QImage):
            self._images.put(ask, answer)
        elif isinstance(answer, Place):
            before = self._facts.get(ask)
            self._facts[ask] = answer
            if answer == before:
                return
            if answer.state == "missing":
                self.lost.emit(ask.sha256)
        elif answer is not None:
            self._facts[ask] = answer
        else:
            self._nothing.add(ask)
            if ask.what in {"thumbnail", "peaks", "page"}:
                self._draw_missing(ask.sha256)
            return
        self._mark(ask.sha256)

    def _draw_missing(self, sha256: str) -> None:
        """Draw a media again whose drawings were never made here or are gone; once, or a bad file would be for ever."""
        if sha256 in self._drawing or sha256 in self._tried:
            return
        self._tried.add(sha256)

        def work(progress: Progress) -> tuple[Failure, ...]:
            shelf = self._shelf()
            media = shelf.media(sha256)
            if media is None or shelf.state(sha256) == "missing":
                return ()
            return draw_all(shelf, (media,), progress, on_drawn=self._drew.emit, on_peaks=self._measured.emit)

        with suppress(RuntimeError):  # the program is closing
            task = self._tasks.run(self.tr("Drawing thumbnails"), work)
            self._drawing[sha256] = 0
            self._errands[task] = _Errand(drawing=[sha256])

    def _mark(self, sha256: str) -> None:
        self._dirty[sha256] = None
        if not self._telling.isActive():
            self._telling.start()

    @Slot()
    def _tell(self) -> None:
        dirty, self._dirty = self._dirty, {}
        for sha256 in dirty:
            self.pictured.emit(sha256)

    # ------------------------------------------------------------------------------------------- taking in

    def take(
        self, paths: Iterable[Path], then: Callable[[tuple[Media, ...]], None] | None = None
    ) -> Task[tuple[Failure, ...]]:
        """Take files (or folders of files) in: known first, then drawn, in one task that can be cancelled.

        Args:
            paths: what was dropped, pasted or chosen.
            then: given the media that came in, in the order of the files, before they are drawn; not called where
                none came in.
        """
        given = tuple(Path(path) for path in paths)
        errand = _Errand(arriving=list(given))

        def work(progress: Progress) -> tuple[Failure, ...]:
            shelf = self._shelf()
            halves = Halves(progress)
            taken = take_all(
                shelf, given, halves.first, on_progress=self._read.emit, on_known=partial(self._came.emit, errand)
            )
            self._took.emit(errand, taken, then)
            return draw_all(shelf, taken.media, halves.second, on_drawn=self._drew.emit, on_peaks=self._measured.emit)

        for path in given:
            self._arrivals[path] = 0
        self.arrivals_changed.emit()
        title = (
            self.tr("Importing {name}").format(name=given[0].name)
            if len(given) == 1
            else self.tr("Importing %n file(s)", "", len(given))
        )
        task = self._tasks.run(title, work, done=self._report)
        self._errands[task] = errand
        return task

    @Slot(object)
    def _on_ended(self, task: Task[Any]) -> None:
        """However it ended, nothing it had in hand is under way any more."""
        errand = self._errands.pop(task, None)
        if errand is None:
            return
        self._end_arrivals(errand.arriving)
        for sha256 in errand.drawing:
            if self._drawing.pop(sha256, None) is not None:
                self._mark(sha256)

    @Slot(object, int)
    def _on_read(self, path: Path, percent: int) -> None:
        if path in self._arrivals:
            self._arrivals[path] = percent
            self.arrivals_changed.emit()

    @Slot(object, object, object)
    def _on_came(self, errand: _Errand, path: Path, media: Media) -> None:
        errand.drawing.append(media.sha256)
        self._arrivals.pop(path, None)
        self._drawing[media.sha256] = 0
        self._forget_answers(media.sha256)
        self.known.emit(media)
        self.arrivals_changed.emit()
        self._mark(media.sha256)

    @Slot(object, object, object)
    def _on_took(self, errand: "_Errand", taken: Taken, then: Callable[[tuple[Media, ...]], None] | None) -> None:
        self._end_arrivals(errand.arriving)
        self._report(taken.failures, taken.notices)
        if then is not None and taken.media:
            then(taken.media)

    @Slot(str, object)
    def _on_measured(self, sha256: str, peaks: object) -> None:
        self._facts[Ask("peaks", sha256)] = peaks
        self._mark(sha256)

    @Slot(str, int)
    def _on_drew(self, sha256: str, percent: int) -> None:
        self._drawn[sha256] = self._drawn.get(sha256, 0) + 1
        self._nothing -= {ask for ask in self._nothing if ask.sha256 == sha256}
        if percent >= 100:
            self._drawing.pop(sha256, None)
        else:
            self._drawing[sha256] = percent
        self._mark(sha256)

    def _end_arrivals(self, given: Iterable[Path]) -> None:
        gone = [self._arrivals.pop(path, None) for path in given]
        if any(percent is not None for percent in gone):
            self.arrivals_changed.emit()

    def _report(self, failures: tuple[Failure, ...], notices: tuple[Known, ...] = ()) -> None:
        """Tell of all files that failed, and of those to be careful with, in one message, a sentence each."""
        told = [self._words.sentence(each.error) for each in failures] + [
            self._words.sentence(each) for each in notices
        ]
        if told:
            self._messages.tell("\n".join(told), kind="warning" if failures else "info")

    # ---------------------------------------------------------------------------------------- other errands

    def relink(
        self,
        places: Iterable[Path],
        wanted: Iterable[str],
        then: Callable[[dict[str, Path]], None] | None = None,
    ) -> Task[dict[str, Path]]:
        """Look for lost media by content in files and folders; `then` is given what was found, by hash."""
        looked, lost = list(places), set(wanted)

        def done(found: dict[str, Path]) -> None:
            for sha256, path in found.items():
                self._forget_answers(sha256)
                self._facts[Ask("place", sha256)] = Place("ready", path, path)
                self._tried.discard(sha256)
                self._mark(sha256)
            missed = len(lost) - len(found)
            if missed:
                self._messages.tell(
                    self.tr("%n file(s) not found there. Choose another folder to look in.", "", missed), kind="warning"
                )
            if then is not None:
                then(found)

        return self._tasks.run(
            self.tr("Looking for %n file(s)", "", len(lost)),
            lambda progress: self._shelf().relink(looked, lost, progress),
            done=done,
        )

    def attach_captions(self, media: Media, path: Path, then: Callable[[Media], None] | None = None) -> Task[Media]:
        """Attach a subtitle file to media; `then` (and `known`) are given the media with its new track."""

        def done(better: Media) -> None:
            self.known.emit(better)
            self._mark(better.sha256)
            if then is not None:
                then(better)

        return self._tasks.run(
            self.tr("Reading subtitles"), lambda _: self._shelf().attach_captions(media, path), done=done
        )

    @Slot(object, object)
    def _on_stand_in(self, offer: "Offer", place: Place) -> None:
        """The hosting's copy of a media is here, or that of its captions."""
        sha256 = offer.media.sha256
        for each in (sha256, *(track.sha256 for track in offer.media.captions)):
            self._forget_answers(each)
            self._mark(each)
        self._facts[Ask("place", sha256)] = place
        self._tried.discard(sha256)

    def recheck(self) -> None:
        """Look again whether the files are where they were; `lost` and `pictured` tell what changed."""
        for ask in [ask for ask in self._facts if ask.what == "place"]:
            self._ask(ask)

    @Slot(Qt.ApplicationState)
    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        """Back from the file manager: something may have been moved there."""
        if state == Qt.ApplicationState.ApplicationActive:
            self.recheck()

    def _forget_answers(self, sha256: str) -> None:
        """What was known of a media may be better known now; images stay until better ones come."""
        self._drawn[sha256] = self._drawn.get(sha256, 0) + 1
        self._nothing = {ask for ask in self._nothing if ask.sha256 != sha256}
        for ask in [ask for ask in self._facts if ask.sha256 == sha256]:
            del self._facts[ask]
