"""A theatre: a real shelf with real media, the desk, libvlc, and the panel that shows them."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QRect, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtTest import QTest

from editor.media.catalog import MediaCatalog
from editor.media.libvlc.engine import VlcEngine
from editor.schedule.model import Media
from tests.numbered_video import make_numbered_video, read_number
from tests.ui.preview.preview_fixtures import PreviewHarness


@pytest.fixture(scope="session")
def engine() -> Iterator[VlcEngine]:
    """libvlc, once for all; players end with their panels."""
    engine = VlcEngine(sound=False)
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
    make_numbered_video(folder / "tone.m4a", 4, output=("-vn",))
    return {
        "one": make_numbered_video(folder / "one.mp4", 8),
        "two": make_numbered_video(folder / "two.mp4", 6, first=1000),
        "tone": folder / "tone.m4a",
        "agenda": folder / "agenda.png",
        "tour": folder / "tour.pdf",
    }


@pytest.fixture
def shelf(tmp_path) -> MediaCatalog:
    """A shelf of this test's own."""
    return MediaCatalog(tmp_path / "shelf")


@pytest.fixture
def media(shelf, reels) -> dict[str, Media]:
    """What the shelf knows of the reels, by their short names."""
    return {name: shelf.add_file(path) for name, path in reels.items()}


@pytest.fixture
def theatre(qapp, shelf, engine, settings, formatter) -> Iterator[PreviewHarness]:
    """An empty theatre."""
    theatre = PreviewHarness(shelf, engine, settings, formatter)
    yield theatre
    theatre.close()


def number_of(image: QImage) -> int:
    """The number a frame carries."""
    return read_number(image.width(), image.height(), lambda x, y: image.pixelColor(x, y).green())


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
