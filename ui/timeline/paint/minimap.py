"""The minimap: the whole webinar in a strip, with a frame around the visible stretch."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from editor.schedule.kinds import kind_of
from editor.schedule.model import LANES, Webinar
from ui.style.theme import KIND_COLOURS
from ui.timeline.geometry.culling import cull_lane
from ui.timeline.geometry.timescale import Timescale
from ui.timeline.paint.brushes import with_alpha
from ui.timeline.paint.paint_state import PaintState


class MinimapPainter:
    """The painter of the minimap, from a picture that is rendered again only for another webinar or scale.

    It shows the committed webinar and not the preview of a drag, so it is still while the user drags.
    """

    def __init__(self) -> None:
        self._pixmap: QPixmap | None = None
        self._cache_key: tuple[object, ...] = ()
        self._webinar: Webinar | None = None

    def draw(self, painter: QPainter, state: PaintState, minimap_scale: Timescale, ratio: float) -> None:
        """Draw the strip, the frame and the playhead.

        Args:
            painter: where it is drawn.
            state: the state of the timeline.
            minimap_scale: the scale of the strip.
            ratio: physical pixels per logical pixel.
        """
        band, look = state.layout.minimap, state.look
        left, width = minimap_scale.left - 4, minimap_scale.width + 8
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.sunken)
        painter.drawRoundedRect(QRectF(left, band.top, width, band.height), 4, 4)
        painter.drawPixmap(QPointF(minimap_scale.left, band.top), self._render(state, minimap_scale, ratio))
        x = min(minimap_scale.x_of(state.scale.origin_ms), left + width - 8)
        until = min(minimap_scale.x_of(state.scale.end_ms), left + width)
        frame = QRectF(x - 2, band.top - 1.5, max(until - x, 6) + 3, band.height + 3)
        painter.setBrush(with_alpha(look.accent, 48 if look.dark else 36))
        painter.setPen(QPen(look.accent, 1.5))
        painter.drawRoundedRect(frame, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(QRectF(minimap_scale.x_of(state.playhead_ms) - 0.5, band.top, 1.5, band.height), look.playhead)

    def _render(self, state: PaintState, minimap_scale: Timescale, ratio: float) -> QPixmap:
        cache_key = (minimap_scale, ratio, state.layout.minimap.height)
        if self._pixmap is not None and self._cache_key == cache_key and self._webinar is state.webinar:
            return self._pixmap
        height = state.layout.minimap.height
        pixmap = QPixmap(QSize(round(minimap_scale.width * ratio), round(height * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setPen(Qt.PenStyle.NoPen)
        scale = Timescale(minimap_scale.us_per_px, 0, 0, minimap_scale.width)
        half = (height - 6) / 2
        for lane, top, lane_height in zip(LANES, (3.0, 3 + half + 1), (half, half - 1), strict=True):
            found = cull_lane(state.webinar.get_lane(lane), scale, 0, minimap_scale.width)
            runs = found.runs
            for segment, x, until in found.clips:
                runs.setdefault(kind_of(segment), []).append((x, max(until - x - 1, 1.0)))
            for kind, rects in runs.items():
                painter.setBrush(KIND_COLOURS[kind])
                painter.drawRects([QRectF(x, top, width, lane_height) for x, width in rects])
        painter.end()
        self._pixmap, self._cache_key, self._webinar = pixmap, cache_key, state.webinar
        return pixmap
