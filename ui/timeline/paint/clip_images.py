"""Pictures inside blocks, made once and kept: thumbnails at the strip's height, bars of waveforms, hatching.

Whatever is asked of the media desk is answered at once or not at all; what is not there yet is drawn as an empty frame
and comes later (`MediaDesk.pictured` → `Art.forget`).
"""

from collections import OrderedDict
from collections.abc import Hashable
from functools import cache
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPixmap

THUMBNAIL_STEP_MS = 1_000
"""The media desk keeps at most one thumbnail a second."""
BAR_PX = 3
"""One bar of a waveform, with the air on its right."""
MAX_CACHED = 700


class PeaksLike(Protocol):
    """A waveform: one value (0 … 255) for every `step_ms`."""

    @property
    def step_ms(self) -> int:
        """How long one value speaks for."""

    @property
    def values(self) -> bytes:
        """The values, from the media's beginning."""


class MediaPreviewSource(Protocol):
    """What the timeline asks of `ui.services.media_service.MediaDesk`."""

    def get_thumbnail(self, sha256: str, at_ms: int = 0) -> QImage | None:
        """The frame of a video nearest to a time."""

    def get_image(self, sha256: str, width: int) -> QImage | None:
        """An image."""

    def get_page(self, sha256: str, page: int, width: int) -> QImage | None:
        """A page of a presentation."""

    def get_peaks(self, sha256: str) -> PeaksLike | None:
        """A waveform."""

    def get_state(self, sha256: str) -> str:
        """ready, missing or unprepared."""

    def get_progress(self, sha256: str) -> int | None:
        """How far its drawing is."""


class ClipImages:
    """The pictures of one timeline."""

    def __init__(self, media_service: MediaPreviewSource) -> None:
        self._media_service = media_service
        self._pixmaps: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._keys_by_media: dict[str, set[Hashable]] = {}
        self._coarse_peaks: dict[tuple[str, int], bytes] = {}
        self.ratio = 1.0

    def invalidate(self, sha256: str) -> None:
        """There is something new of this media."""
        for key in self._keys_by_media.pop(sha256, ()):
            self._pixmaps.pop(key, None)
        for coarse in [key for key in self._coarse_peaks if key[0] == sha256]:
            del self._coarse_peaks[coarse]

    def state(self, sha256: str) -> str:
        """Whether a media can be played."""
        return self._media_service.get_state(sha256)

    def percent(self, sha256: str) -> int | None:
        """How far its drawing is."""
        return self._media_service.get_progress(sha256)

    # ------------------------------------------------------------------------------------------- pictures

    def thumbnail(self, sha256: str, at_ms: int, width: int, height: int) -> QPixmap | None:
        """A frame of a video, cut to fill that many logical pixels."""
        key = ("thumbnail", sha256, at_ms, width, height, self.ratio)
        found = self._get_cached(key)
        if found is None:
            found = self._scale_and_store(key, sha256, self._media_service.get_thumbnail(sha256, at_ms), width, height)
        return found

    def image(self, sha256: str, width: int, height: int) -> QPixmap | None:
        """An image, cut to fill that many logical pixels."""
        key = ("image", sha256, 0, width, height, self.ratio)
        found = self._get_cached(key)
        if found is None:
            found = self._scale_and_store(
                key, sha256, self._media_service.get_image(sha256, round(width * self.ratio)), width, height
            )
        return found

    def page(self, sha256: str, page: int, width: int, height: int) -> QPixmap | None:
        """A page of a presentation, cut to fill that many logical pixels."""
        key = ("page", sha256, page, width, height, self.ratio)
        found = self._get_cached(key)
        if found is None:
            found = self._scale_and_store(
                key, sha256, self._media_service.get_page(sha256, page, round(width * self.ratio)), width, height
            )
        return found

    def _get_cached(self, key: Hashable) -> QPixmap | None:
        found = self._pixmaps.get(key)
        if found is not None:
            self._pixmaps.move_to_end(key)
        return found

    def _scale_and_store(
        self, key: Hashable, sha256: str, image: QImage | None, width: int, height: int
    ) -> QPixmap | None:
        if image is None or image.isNull():
            return None
        size = QSize(max(round(width * self.ratio), 1), max(round(height * self.ratio), 1))
        mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        scaled = image.scaled(size, mode, Qt.TransformationMode.SmoothTransformation)
        left, top = (scaled.width() - size.width()) // 2, (scaled.height() - size.height()) // 2
        pixmap = QPixmap.fromImage(scaled.copy(left, top, size.width(), size.height()))
        pixmap.setDevicePixelRatio(self.ratio)
        return self._store(key, sha256, pixmap)

    def _store(self, key: Hashable, sha256: str, pixmap: QPixmap) -> QPixmap:
        self._pixmaps[key] = pixmap
        self._keys_by_media.setdefault(sha256, set()).add(key)
        while len(self._pixmaps) > MAX_CACHED:
            self._pixmaps.popitem(last=False)
        return pixmap

    # ------------------------------------------------------------------------------------------ waveforms

    def make_waveform_bars(self, rect: QRectF, sha256: str, at_ms: int, us_per_px: int) -> list[QRectF] | None:
        """The bars of a media's waveform from `at_ms` on, or None where it is not known (yet).

        They stand on a grid of the media's own time, so trimming uncovers them and does not shift them.
        """
        peaks = self._media_service.get_peaks(sha256)
        if peaks is None or not peaks.values:
            return None
        bar_us = BAR_PX * us_per_px
        values, step_ms = self._downsample_peaks(peaks, sha256, bar_us // 1000)
        step_us = step_ms * 1000
        first = at_ms * 1000 // bar_us
        x = rect.left() + (first * bar_us - at_ms * 1000) / us_per_px
        middle, half = rect.center().y(), rect.height() / 2 - 1
        bars: list[QRectF] = []
        bar = first
        while x < rect.right():
            value_index = bar * bar_us // step_us
            if value_index >= len(values):
                break
            half_height = max(
                max(values[value_index : max((bar + 1) * bar_us // step_us, value_index + 1)]) * half / 255, 0.5
            )
            if x >= rect.left():
                bars.append(QRectF(x, middle - half_height, BAR_PX - 1, 2 * half_height))
            bar += 1
            x += BAR_PX
        return bars

    def _downsample_peaks(self, peaks: PeaksLike, sha256: str, bar_ms: int) -> tuple[bytes, int]:
        """The values, thinned out by eights as far as one bar allows: an hour in view must not be read every frame."""
        values, step_ms, level = peaks.values, peaks.step_ms, 0
        while bar_ms >= step_ms * 16 and len(values) > 4096:
            level += 1
            thinned = self._coarse_peaks.get((sha256, level))
            if thinned is None:
                padded = values + bytes(-len(values) % 8)
                thinned = bytes(map(max, *(padded[offset::8] for offset in range(8))))
                self._coarse_peaks[sha256, level] = thinned
            values, step_ms = thinned, step_ms * 8
        return values, step_ms


# ---------------------------------------------------------------------------------------------- hatching


@cache
def _make_hatch_pixmap(rgba: int, permille: int) -> QPixmap:
    side = 10 * permille // 1000
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor.fromRgba(rgba), side * 0.34, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    for offset in (-side, 0, side):
        painter.drawLine(offset, side, offset + side, 0)
    painter.end()
    pixmap.setDevicePixelRatio(permille / 1000)
    return pixmap


def make_hatch_brush(colour: QColor, ratio: float) -> QBrush:
    """Diagonal stripes of a colour, for what is held."""
    return QBrush(_make_hatch_pixmap(colour.rgba(), round(ratio * 1000)))
