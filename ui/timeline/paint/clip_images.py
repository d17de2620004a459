"""Pictures and waveforms inside clips, scaled once and cached.

The media service answers at once or not at all. A picture that is not there yet is drawn as an empty frame; when
`previews_changed` reports it, `ClipImages.invalidate` makes the next paint ask again.
"""

from collections import OrderedDict
from collections.abc import Hashable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPixmap

from ui.timeline.media_previews import MediaPreviewSource, PeaksLike

THUMBNAIL_STEP_MS = 1_000
"""The media service has at most one thumbnail a second."""
BAR_PX = 3
"""Width of one bar of a waveform with the gap on its right."""
MAX_CACHED = 700


class ClipImages:
    """The cache of the pictures of one timeline; widths and heights are logical pixels, `sha256` is the hash of a file.

    Set `ratio` to the physical pixels per logical pixel of the screen before getting pictures (1 by default). Used on
    the GUI thread.
    """

    def __init__(self, media_service: MediaPreviewSource) -> None:
        self._media_service = media_service
        self._pixmaps: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._keys_by_media: dict[str, set[Hashable]] = {}
        self._coarse_peaks: dict[tuple[str, int], bytes] = {}
        self.ratio = 1.0

    def invalidate(self, sha256: str) -> None:
        """Drop the cached pictures and waveform of a file; call it when the media service reports new ones."""
        for key in self._keys_by_media.pop(sha256, ()):
            self._pixmaps.pop(key, None)
        for coarse in [key for key in self._coarse_peaks if key[0] == sha256]:
            del self._coarse_peaks[coarse]

    def get_state(self, sha256: str) -> str:
        """Return the state of a file: "ready", "hosted", "missing" or "unprepared"."""
        return self._media_service.get_state(sha256)

    def get_progress(self, sha256: str) -> int | None:
        """Return how far the preparation of a file's previews is, in per cent; None while none is running."""
        return self._media_service.get_progress(sha256)

    # ------------------------------------------------------------------------------------------- pictures

    def get_thumbnail(self, sha256: str, at_ms: int, width: int, height: int) -> QPixmap | None:
        """Return the frame of a video nearest to a time in the file, scaled to fill a size and cropped to it.

        It is None while the media service has no thumbnail of the file.

        Args:
            sha256: the hash of the file.
            at_ms: the time in the file, in milliseconds.
            width: of the picture, in logical pixels.
            height: of the picture, in logical pixels.
        """
        key = ("thumbnail", sha256, at_ms, width, height, self.ratio)
        found = self._get_cached(key)
        if found is None:
            found = self._scale_and_store(key, sha256, self._media_service.get_thumbnail(sha256, at_ms), width, height)
        return found

    def get_image(self, sha256: str, width: int, height: int) -> QPixmap | None:
        """Return an image, scaled to fill a size in logical pixels and cropped to it; None while it is not loaded."""
        key = ("image", sha256, 0, width, height, self.ratio)
        found = self._get_cached(key)
        if found is None:
            found = self._scale_and_store(
                key, sha256, self._media_service.get_image(sha256, round(width * self.ratio)), width, height
            )
        return found

    def get_page(self, sha256: str, page: int, width: int, height: int) -> QPixmap | None:
        """Return a page of a presentation, scaled to fill a size and cropped to it.

        It is None while the media service has not loaded the page.

        Args:
            sha256: the hash of the file.
            page: the page, counted from 0.
            width: of the picture, in logical pixels.
            height: of the picture, in logical pixels.
        """
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
        """Return the bars of a waveform, up to the end of the file; None if it has not been measured yet.

        Bars lie on a grid fixed to the time of the file, so trimming uncovers them without shifting them.

        Args:
            rect: where the waveform is drawn, in logical pixels.
            sha256: the hash of the file.
            at_ms: time in the file at the left border of `rect`.
            us_per_px: the zoom, in microseconds per pixel.
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
        """Return values and their step, downsampled by eights as far as a bar allows.

        A visible hour would otherwise be read whole at every frame.
        """
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
