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
KEPT = 700


class PeaksLike(Protocol):
    """A waveform: one value (0 … 255) for every `step_ms`."""

    @property
    def step_ms(self) -> int:
        """How long one value speaks for."""

    @property
    def values(self) -> bytes:
        """The values, from the media's beginning."""


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

    def wave(self, rect: QRectF, sha256: str, at_ms: int, us_per_px: int) -> list[QRectF] | None:
        """The bars of a media's waveform from `at_ms` on, or None where it is not known (yet).

        They stand on a grid of the media's own time, so trimming uncovers them and does not shift them.
        """
        peaks = self._desk.peaks(sha256)
        if peaks is None or not peaks.values:
            return None
        bar_us = BAR_PX * us_per_px
        values, step_ms = self._level(peaks, sha256, bar_us // 1000)
        step_us = step_ms * 1000
        first = at_ms * 1000 // bar_us
        x = rect.left() + (first * bar_us - at_ms * 1000) / us_per_px
        middle, half = rect.center().y(), rect.height() / 2 - 1
        bars: list[QRectF] = []
        bar = first
        while x < rect.right():
            at = bar * bar_us // step_us
            if at >= len(values):
                break
            tall = max(max(values[at : max((bar + 1) * bar_us // step_us, at + 1)]) * half / 255, 0.5)
            if x >= rect.left():
                bars.append(QRectF(x, middle - tall, BAR_PX - 1, 2 * tall))
            bar += 1
            x += BAR_PX
        return bars

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
