"""The whole webinar in a strip, with a frame around what is in view."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from editor.schedule.model import LANES, Webinar, kind_of
from ui.theme import KIND_COLOURS
from ui.timeline.culling import visible
from ui.timeline.plates import shade
from ui.timeline.scene import Scene
from ui.timeline.timescale import Timescale


class Minimap:
    """Draws itself from a picture that is made anew only when the webinar is another or the strip's scale is.

    It shows what is committed, not what a drag previews: it stays calm beneath the hand.
    """

    def __init__(self) -> None:
        self._picture: QPixmap | None = None
        self._of: tuple[object, ...] = ()
        self._webinar: Webinar | None = None

    def draw(self, painter: QPainter, scene: Scene, overview: Timescale, ratio: float) -> None:
        """The strip, the frame and the playhead."""
        band, look = scene.layout.minimap, scene.look
        left, width = overview.left - 4, overview.width + 8
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.sunken)
        painter.drawRoundedRect(QRectF(left, band.top, width, band.height), 4, 4)
        painter.drawPixmap(QPointF(overview.left, band.top), self._drawn(scene, overview, ratio))
        x = min(overview.x_of(scene.scale.origin_ms), left + width - 8)
        until = min(overview.x_of(scene.scale.end_ms), left + width)
        frame = QRectF(x - 2, band.top - 1.5, max(until - x, 6) + 3, band.height + 3)
        painter.setBrush(shade(look.accent, 48 if look.dark else 36))
        painter.setPen(QPen(look.accent, 1.5))
        painter.drawRoundedRect(frame, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(QRectF(overview.x_of(scene.playhead_ms) - 0.5, band.top, 1.5, band.height), look.playhead)

    def _drawn(self, scene: Scene, overview: Timescale, ratio: float) -> QPixmap:
        of = (overview, ratio, scene.layout.minimap.height)
        if self._picture is not None and self._of == of and self._webinar is scene.webinar:
            return self._picture
        height = scene.layout.minimap.height
        made = QPixmap(QSize(round(overview.width * ratio), round(height * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setPen(Qt.PenStyle.NoPen)
        at = Timescale(overview.us_per_px, 0, 0, overview.width)
        half = (height - 6) / 2
        for lane, top, thick in zip(LANES, (3.0, 3 + half + 1), (half, half - 1), strict=True):
            found = visible(scene.webinar.lane(lane), at, 0, overview.width)
            runs = found.runs
            for segment, x, until in found.blocks:
                runs.setdefault(kind_of(segment), []).append((x, max(until - x - 1, 1.0)))
            for kind, places in runs.items():
                painter.setBrush(KIND_COLOURS[kind])
                painter.drawRects([QRectF(x, top, wide, thick) for x, wide in places])
        painter.end()
        self._picture, self._of, self._webinar = made, of, scene.webinar
        return made
