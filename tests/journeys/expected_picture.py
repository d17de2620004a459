"""The expected picture at a position, computed from `stage_at` and the media files without the preview."""

from collections.abc import Mapping
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage

from editor.media.frames.frame_reader import FrameReader
from editor.schedule.model import Webinar
from editor.schedule.stage import compute_stage
from tests.journeys.desktop_driver import difference

SMALL = QSize(160, 90)
CLOCK = QRect(828, 34, 368, 72)
"""Rectangle of the clock burnt into the sample's talk, in 1280 × 720 pixels."""
FRAME_MS = 40
"""Duration of a frame of the sample's talk."""


def decode_frame(path: Path, at_ms: int, width: int = 1280) -> QImage:
    """Decode one frame of a video."""
    reader = FrameReader(path)
    try:
        found = reader.read_frame(at_ms, width)
    finally:
        reader.close()
    return QImage(found.rgb, found.width, found.height, found.width * 3, QImage.Format.Format_RGB888).copy()


def expected_picture(webinar: Webinar, position_ms: int, places: Mapping[str, Path]) -> QImage | None:
    """Return the picture at a position; None where a card or a waveform is shown."""
    stage = compute_stage(webinar, position_ms)
    if stage.phase != "playing" or stage.media is None:
        return None
    path = places[stage.media]
    if stage.kind in {"video", "recording"}:
        return decode_frame(path, stage.media_ms or 0)
    if stage.kind == "image":
        return QImage(str(path))
    if stage.kind == "presentation":
        with pypdfium2.PdfDocument(path) as document:
            page_image = document[stage.page or 0].render(scale=2).to_pil().convert("RGB")
        return QImage(
            page_image.tobytes(), page_image.width, page_image.height, page_image.width * 3, QImage.Format.Format_RGB888
        ).copy()
    return None


def fit_to_stage(picture: QImage) -> QImage:
    """Return a picture as it is fitted to a stage of 16 : 9, scaled down."""
    stage = QImage(SMALL, QImage.Format.Format_RGB32)
    stage.fill(Qt.GlobalColor.black)
    shown = picture.convertToFormat(QImage.Format.Format_RGB32).scaled(
        SMALL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    left, top = (SMALL.width() - shown.width()) // 2, (SMALL.height() - shown.height()) // 2
    for y in range(shown.height()):
        for x in range(shown.width()):
            stage.setPixel(left + x, top + y, shown.pixel(x, y))
    return stage


def picture_difference(shown: QImage, expected: QImage) -> float:
    """Return how much the shown picture differs from the expected one: about 0 if equal, above 12 if not.

    The right and lower parts are left out, where offers and captions are.
    """
    free = QRect(0, 0, SMALL.width() * 55 // 100, SMALL.height() * 2 // 3)
    return difference(fit_to_stage(shown).copy(free), fit_to_stage(expected).copy(free))


def read_clock_ms(shown: QImage, talk: Path, about_ms: int, reach_ms: int) -> int:
    """Return the time that the talk's burnt-in clock shows: that of the frame whose clock looks the same."""
    box = QRect(
        *(round(value * shown.width() / 1280) for value in (CLOCK.x(), CLOCK.y(), CLOCK.width(), CLOCK.height()))
    )
    read = _scale_clock(shown.copy(box))
    reader = FrameReader(talk)
    try:
        found = []
        first = max(0, about_ms - reach_ms) // FRAME_MS * FRAME_MS
        for at_ms in range(first, about_ms + reach_ms + 1, FRAME_MS):
            still = reader.read_frame(at_ms, 1280)
            image = QImage(still.rgb, still.width, still.height, still.width * 3, QImage.Format.Format_RGB888)
            found.append((difference(read, _scale_clock(image.copy(CLOCK))), at_ms))
    finally:
        reader.close()
    best, at_ms = min(found)
    assert best < 25, f"no clock like it from {first} to {about_ms + reach_ms} ms: {best:.1f} at {at_ms}"
    return at_ms


def _scale_clock(picture: QImage) -> QImage:
    return picture.scaled(
        184, 36, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_RGB32)
