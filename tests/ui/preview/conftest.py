"""A theatre: a real shelf with real media, the desk, libvlc, and the panel that shows them."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QMarginsF, QRect, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtTest import QTest

from editor.media.playback import Engine
from editor.media.shelf import Shelf
from editor.schedule.model import Media, Webinar
from editor.settings import Settings
from tests.numbered import make_numbered, number_in
from ui.bridge import Bridge
from ui.media_desk import MediaDesk
from ui.messages import Messages
from ui.playhead import Playhead
from ui.preview.panel import PreviewPanel
from ui.preview.scene import Shown
from ui.tasks import Tasks
from ui.words import Words


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """libvlc, once for all; players end with their panels."""
    engine = Engine(sound=False)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def reels(tmp_path_factory) -> dict[str, Path]:
    """One file of each kind; the films number their frames from 0 and from 1000."""
    folder = tmp_path_factory.mktemp("reels")
    picture = QImage(640, 360, QImage.Format.Format_RGB32)
    picture.fill(QColor("#E69F00"))
    picture.save(str(folder / "agenda.png"))
    writer = QPdfWriter(str(folder / "tour.pdf"))
    writer.setPageSize(QPageSize(QSizeF(320, 180), QPageSize.Unit.Millimeter))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    for colour in ("#CC79A7", "#56B4E9"):
        painter.fillRect(QRect(0, 0, writer.width(), writer.height()), QColor(colour))
        if colour == "#CC79A7":
            writer.newPage()
    painter.end()
    make_numbered(folder / "tone.m4a", 4, output=("-vn",))
    return {
        "one": make_numbered(folder / "one.mp4", 8),
        "two": make_numbered(folder / "two.mp4", 6, first=1000),
        "tone": folder / "tone.m4a",
        "agenda": folder / "agenda.png",
        "tour": folder / "tour.pdf",
    }


class Theatre:
    """A panel and everything it stands on."""

    def __init__(self, shelf: Shelf, engine: Engine, settings: Settings, words: Words) -> None:
        self.shelf, self.settings, self.words = shelf, settings, words
        self.tasks = Tasks(Messages(words))
        self.desk = MediaDesk(lambda: shelf, self.tasks, Messages(words), words)
        self.playhead = Playhead()
        self._engine = engine
        self._panels: list[PreviewPanel] = []

    def show(self, webinar: Webinar, size: tuple[int, int] = (480, 330)) -> PreviewPanel:
        """Show a webinar in a new panel."""
        self.bridge = Bridge.in_memory(webinar)
        self.panel = PreviewPanel(self.bridge, self.playhead, self.desk, self.settings, self.words, self._engine.player)
        self._panels.append(self.panel)
        self.panel.resize(*size)
        self.panel.show()
        QTest.qWaitForWindowExposed(self.panel)
        return self.panel

    @property
    def conductor(self):
        return self.panel.conductor

    def until(self, so: Callable[[], bool], within_ms: int = 10_000) -> None:
        """Let events come until something is so; it is looked at whenever there may be something else to see."""
        loop = QEventLoop()
        late = QTimer(singleShot=True, interval=within_ms)
        late.timeout.connect(lambda: loop.exit(1))

        def look() -> None:
            if so():
                loop.exit(0)

        signals = (self.conductor.changed, self.playhead.moved, self.desk.pictured, self.tasks.ended)
        for signal in signals:
            signal.connect(look)
        look_now = QTimer(singleShot=True, interval=0)
        look_now.timeout.connect(look)
        look_now.start()
        late.start()
        failed = loop.exec()
        for signal in signals:
            signal.disconnect(look)
        assert not failed, f"never so: {self.conductor.scene} at {self.conductor.stage}"

    def seek(self, position_ms: int) -> None:
        """Go there and wait until its own picture is shown."""
        self.playhead.seek(position_ms)
        self.until(self.settled)

    def settled(self) -> bool:
        """Whether the very picture of the stage is shown."""
        ground, stage = self.conductor.scene.ground, self.conductor.stage
        if not isinstance(ground, Shown):
            return stage.kind is None or stage.kind == "audio"
        if stage.kind in {"video", "recording"}:
            return ground.source == "still" and (ground.sha256, ground.at) == (stage.media, stage.media_ms)
        if stage.kind == "presentation":
            return ground.source == "page" and (ground.sha256, ground.at) == (stage.media, stage.page)
        return ground.sha256 in {stage.media, stage.picture}

    def close(self) -> None:
        for panel in self._panels:
            panel.shut()
            panel.close()
        self.tasks.shutdown()
        for player in self._engine._players:
            player.join()


@pytest.fixture
def shelf(tmp_path) -> Shelf:
    """A shelf of this test's own."""
    return Shelf(tmp_path / "shelf")


@pytest.fixture
def media(shelf, reels) -> dict[str, Media]:
    """What the shelf knows of the reels, by their short names."""
    return {name: shelf.take(path) for name, path in reels.items()}


@pytest.fixture
def theatre(qapp, shelf, engine, settings, words) -> Iterator[Theatre]:
    """An empty theatre."""
    theatre = Theatre(shelf, engine, settings, words)
    yield theatre
    theatre.close()


def number_of(image: QImage) -> int:
    """The number a frame carries."""
    return number_in(image.width(), image.height(), lambda x, y: image.pixelColor(x, y).green())


@pytest.fixture
def number() -> Callable[[QImage], int]:
    """Reads the number a frame carries."""
    return number_of


@pytest.fixture
def colour_at() -> Callable[[QImage, float, float], str]:
    """Reads a colour at a place of an image, both in parts of it."""
    return lambda image, x, y: image.pixelColor(int(image.width() * x), int(image.height() * y)).name()


@pytest.fixture
def lost() -> Media:
    """A media nobody has."""
    sha256 = hashlib.sha256(b"nowhere").hexdigest()
    return Media(sha256=sha256, kind="video", name="lost talk.mp4", duration_ms=9_000, width=320, height=180)


@pytest.fixture
def press() -> Callable[..., None]:
    """Presses a key in a widget."""

    def pressing(widget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(widget, key, held)

    return pressing
