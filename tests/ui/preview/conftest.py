"""Fixtures of the preview's tests: real media in a real catalog, libVLC, and the panel."""

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
    """Start libVLC once for all tests; players end with their panels."""
    engine = VlcEngine(sound=False)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def media_files(tmp_path_factory) -> dict[str, Path]:
    """Make one file of each kind; the videos number their frames from 0 and from 1000."""
    folder = tmp_path_factory.mktemp("media")
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
def catalog(tmp_path) -> MediaCatalog:
    """Make an empty catalog."""
    return MediaCatalog(tmp_path / "catalog")


@pytest.fixture
def media(catalog, media_files) -> dict[str, Media]:
    """Add the media files to the catalog and return their media by short names."""
    return {name: catalog.add_file(path) for name, path in media_files.items()}


@pytest.fixture
def preview(qapp, catalog, engine, settings, formatter) -> Iterator[PreviewHarness]:
    """Show a preview panel of an empty webinar."""
    preview = PreviewHarness(catalog, engine, settings, formatter)
    yield preview
    preview.close()


def number_of(image: QImage) -> int:
    """Return the number that a frame carries."""
    return read_number(image.width(), image.height(), lambda x, y: image.pixelColor(x, y).green())


@pytest.fixture
def number() -> Callable[[QImage], int]:
    """Reads the number a frame carries."""
    return number_of


@pytest.fixture
def colour_at() -> Callable[[QImage, float, float], str]:
    """Read the colour of an image at a position, given as fractions of its width and height."""
    return lambda image, x, y: image.pixelColor(int(image.width() * x), int(image.height() * y)).name()


@pytest.fixture
def lost() -> Media:
    """Return a media whose file does not exist."""
    sha256 = hashlib.sha256(b"nowhere").hexdigest()
    return Media(sha256=sha256, kind="video", name="lost talk.mp4", duration_ms=9_000, width=320, height=180)


@pytest.fixture
def press() -> Callable[..., None]:
    """Presses a key in a widget."""

    def pressing(widget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(widget, key, modifier)

    return pressing
