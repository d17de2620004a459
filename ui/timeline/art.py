"""Pictures inside blocks, made once and kept: thumbnails at the strip's height, stretches of waveforms, hatching.

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
TILE_PX = 512
BAR_PX = 3
"""One bar of a waveform, with the air on its right."""
KEPT = 700


class PeaksLike(Protocol):
    """A waveform: one value (0 … 255) for every `step_ms`."""

    step_ms: int
    values: bytes


class Desk(Protocol):
    """What the timeline asks of `ui.media_desk.MediaDesk`."""

    def thumbnail(self, sha256: str, at_ms: int = 0) -> QImage | None:
        """The frame of a video nearest to a time."""

    def image(self, sha256: str, width: int) -> QImage | None:
        """An image."""

    def page(self, sha256: str, page: int, width: int) -> QImage | None:
        """A page of a presentation."""

    def peaks(self, sha256: str) -> PeaksLike | None:
        """A waveform."""

    def state(self, sha256: str) -> str:
        """ready, missing or unprepared."""

    def percent(self, sha256: str) -> int | None:
        """How far its drawing is."""


class Art:
    """The pictures of one timeline."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._keys: dict[str, set[Hashable]] = {}
        self._coarse: dict[tuple[str, int], bytes] = {}
        self.ratio = 1.0

    def forget(self, sha256: str) -> None:
        """There is something new of this media."""
        for key in self._keys.pop(sha256, ()):
            self._kept.pop(key, None)
        for coarse in [key for key in self._coarse if key[0] == sha256]:
            del self._coarse[coarse]

    def state(self, sha256: str) -> str:
        """Whether a media can be played."""
        return self._desk.state(sha256)

    def percent(self, sha256: str) -> int | None:
        """How far its drawing is."""
        return self._desk.percent(sha256)

    # ------------------------------------------------------------------------------------------- pictures

    def thumbnail(self, sha256: str, at_ms: int, width: int, height: int) -> QPixmap | None:
        """A frame of a video, cut to fill that many logical pixels."""
        key = ("thumbnail", sha256, at_ms, width, height, self.ratio)
        found = self._get(key)
        if found is None:
            found = self._put(key, sha256, self._desk.thumbnail(sha256, at_ms), width, height)
        return found

    def image(self, sha256: str, width: int, height: int) -> QPixmap | None:
        """An image, cut to fill that many logical pixels."""
        key = ("image", sha256, 0, width, height, self.ratio)
        found = self._get(key)
        if found is None:
            found = self._put(key, sha256, self._desk.image(sha256, round(width * self.ratio)), width, height)
        return found

    def page(self, sha256: str, page: int, width: int, height: int) -> QPixmap | None:
        """A page of a presentation, cut to fill that many logical pixels."""
        key = ("page", sha256, page, width, height, self.ratio)
        found = self._get(key)
        if found is None:
            found = self._put(key, sha256, self._desk.page(sha256, page, round(width * self.ratio)), width, height)
        return found

    def _get(self, key: Hashable) -> QPixmap | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def _put(self, key: Hashable, sha256: str, image: QImage | None, width: int, height: int) -> QPixmap | None:
        if image is None or image.isNull():
            return None
        size = QSize(max(round(width * self.ratio), 1), max(round(height * self.ratio), 1))
        filling = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        scaled = image.scaled(size, filling, Qt.TransformationMode.SmoothTransformation)
        left, top = (scaled.width() - size.width()) // 2, (scaled.height() - size.height()) // 2
        made = QPixmap.fromImage(scaled.copy(left, top, size.width(), size.height()))
        made.setDevicePixelRatio(self.ratio)
        return self._keep(key, sha256, made)

    def _keep(self, key: Hashable, sha256: str, made: QPixmap) -> QPixmap:
        self._kept[key] = made
        self._keys.setdefault(sha256, set()).add(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return made

    # ------------------------------------------------------------------------------------------ waveforms

    def wave(self, painter: QPainter, rect: QRectF, sha256: str, at_ms: int, us_per_px: int, colour: QColor) -> bool:
        """Draw the waveform of a media from `at_ms` on; False where it is not known (yet)."""
        peaks = self._desk.peaks(sha256)
        if peaks is None or not peaks.values:
            return False
        height = round(rect.height())
        from_px = at_ms * 1000 / us_per_px
        tile = int(from_px // TILE_PX)
        x = rect.left() - (from_px - tile * TILE_PX)
        while x < rect.right():
            picture = self._tile(peaks, sha256, tile, us_per_px, height, colour)
            left = max(x, rect.left())
            right = min(x + TILE_PX, rect.right())
            source = QRectF((left - x) * self.ratio, 0, (right - left) * self.ratio, height * self.ratio)
            painter.drawPixmap(QRectF(left, rect.top(), right - left, height), picture, source)
            tile += 1
            x += TILE_PX
        return True

    def _tile(self, peaks: PeaksLike, sha256: str, tile: int, us_per_px: int, height: int, colour: QColor) -> QPixmap:
        key = ("wave", sha256, tile, us_per_px, height, colour.rgba(), self.ratio)
        found = self._get(key)
        if found is not None:
            return found
        values, step_ms = self._level(peaks, sha256, BAR_PX * us_per_px // 1000)
        made = QPixmap(QSize(round(TILE_PX * self.ratio), round(height * self.ratio)))
        made.setDevicePixelRatio(self.ratio)
        made.fill(Qt.GlobalColor.transparent)
        bars = []
        middle = height / 2
        # Bars stand on a grid of the media's own time, across tiles, or their borders would show.
        first = -(-tile * TILE_PX // BAR_PX)
        for bar in range(first, -(-(tile + 1) * TILE_PX // BAR_PX)):
            at = bar * BAR_PX * us_per_px // 1000 // step_ms
            upto = max((bar + 1) * BAR_PX * us_per_px // 1000 // step_ms, at + 1)
            if at >= len(values):
                break
            half = max(max(values[at:upto], default=0) * (middle - 1) / 255, 0.5)
            bars.append(QRectF(bar * BAR_PX - tile * TILE_PX, middle - half, BAR_PX - 1, 2 * half))
        painter = QPainter(made)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRects(bars)
        painter.end()
        return self._keep(key, sha256, made)

    def _level(self, peaks: PeaksLike, sha256: str, bar_ms: int) -> tuple[bytes, int]:
        """The values, thinned out by eights as far as one bar allows: an hour in view must not be read every frame."""
        values, step_ms, level = peaks.values, peaks.step_ms, 0
        while bar_ms >= step_ms * 16 and len(values) > 4096:
            level += 1
            thinner = self._coarse.get((sha256, level))
            if thinner is None:
                whole = values + bytes(-len(values) % 8)
                thinner = bytes(map(max, *(whole[offset::8] for offset in range(8))))
                self._coarse[sha256, level] = thinner
            values, step_ms = thinner, step_ms * 8
        return values, step_ms


# ---------------------------------------------------------------------------------------------- hatching


@cache
def _hatching(rgba: int, permille: int) -> QPixmap:
    side = 10 * permille // 1000
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor.fromRgba(rgba), side * 0.34, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    for offset in (-side, 0, side):
        painter.drawLine(offset, side, offset + side, 0)
    painter.end()
    made.setDevicePixelRatio(permille / 1000)
    return made


def hatching(colour: QColor, ratio: float) -> QBrush:
    """Diagonal stripes of a colour, for what is held."""
    return QBrush(_hatching(colour.rgba(), round(ratio * 1000)))
