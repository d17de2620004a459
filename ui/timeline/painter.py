"""One paint of the timeline: ground, blocks, what lies above them, and the frame of headers, ruler and minimap.

Only what lies in the rectangle to be painted is looked for, so a playhead that moves by two pixels costs two pixels.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from editor.schedule.model import LANES, AnySegment, Lane
from ui import theme
from ui.timeline.art import Art, Desk, hatching
from ui.timeline.blocks import Blocks
from ui.timeline.contents import Dress
from ui.timeline.culling import Visible, visible
from ui.timeline.letters import Letters
from ui.timeline.minimap import Minimap
from ui.timeline.overlays import Overlays
from ui.timeline.phrases import Phrases
from ui.timeline.plates import shade
from ui.timeline.ruler import Ruler
from ui.timeline.scene import Scene
from ui.timeline.timescale import Timescale


class Painter:
    """Paints scenes with one font on one screen; made anew when either is another."""

    def __init__(self, desk: Desk, font: QFont, phrases: Phrases) -> None:
        self.letters = Letters(font)
        self.art = Art(desk)
        self._phrases = phrases
        self._blocks = Blocks(self.art, self.letters)
        self._ruler = Ruler(self.letters)
        self._minimap = Minimap()
        self._overlays = Overlays(self.letters)
        self._seen: dict[Lane, tuple[tuple[object, ...], Visible]] = {}

    def paint(self, painter: QPainter, rect: QRect, scene: Scene, overview: Timescale, ratio: float) -> None:
        """Paint what of a scene lies in a rectangle."""
        self.art.ratio = ratio
        layout, look = scene.layout, scene.look
        painter.fillRect(rect, look.window)
        left, right = max(rect.left(), layout.header), rect.right() + 1
        if rect.bottom() >= layout.programme.top:
            if right > left:
                painter.save()
                painter.setClipRect(QRect(left, rect.top(), right - left, rect.height()))
                self._lanes(painter, scene, left, right)
                painter.restore()
            if rect.left() < layout.header:
                for lane in LANES:
                    self._header(painter, scene, lane, ratio)
        painter.save()
        painter.setClipRect(
            QRect(layout.header, 0, layout.width - layout.header, layout.height), Qt.ClipOperation.IntersectClip
        )
        if rect.top() < layout.programme.top:
            self._ruler.draw(painter, scene, left, right)
        self._overlays.snap_line(painter, scene)
        self._overlays.playhead(painter, scene)
        self._overlays.band(painter, scene)
        self._overlays.focus(painter, scene)
        painter.restore()
        if rect.top() < layout.programme.top:
            if layout.header - 30 <= scene.scale.x_of(scene.playhead_ms) <= layout.width + 30:
                self._ruler.flag(painter, scene)
            if rect.top() < layout.minimap.bottom + 2:
                self._minimap.draw(painter, scene, overview, ratio)
        self._overlays.bubble(painter, scene, self._phrases.bubble)

    def playhead_rects(self, scene: Scene, at_ms: int) -> tuple[QRect, QRect]:
        """What a playhead at a position covers: its line, and its flag."""
        x = int(scene.scale.x_of(at_ms))
        line = QRect(x - 3, scene.layout.ruler.top, 7, scene.layout.interactions.bottom - scene.layout.ruler.top)
        return line, self._ruler.flag_reach(scene, at_ms).toAlignedRect()

    # ------------------------------------------------------------------------------------------- the lanes

    def _lanes(self, painter: QPainter, scene: Scene, left: int, right: int) -> None:
        layout, look = scene.layout, scene.look
        webinar = scene.shown
        end_x = scene.scale.x_of(webinar.length_ms)
        for lane in LANES:
            band = layout.lane(lane)
            ground = QRect(left, band.top, right - left, band.height - 1)
            painter.fillRect(ground, look.lane)
            if scene.dropping and any(ghost.lane == lane for ghost in scene.preview.ghosts):
                painter.fillRect(ground, shade(look.accent, 26))
            if webinar.locked(lane):
                painter.fillRect(ground, hatching(shade(look.quiet, 22), self.art.ratio))
            painter.fillRect(QRect(left, band.bottom - 1, right - left, 1), look.line)
        self._lines(painter, scene, end_x)
        self._overlays.hints(painter, scene)
        for lane in LANES:
            found = self._visible(webinar.lane(lane), lane, scene, left, right)
            dress = Dress(
                look=look,
                scale=scene.scale,
                band=layout.block(lane),
                view_left=layout.header,
                view_right=layout.width,
                selected=scene.selected,
                lifted=scene.preview.lifted,
                hovered=scene.hovered,
                handles=scene.editable and not webinar.locked(lane),
                media=webinar.media,
                subtitle=self._subtitle,
                troubled=self._phrases.troubled,
            )
            self._blocks.draw(painter, found, dress)
        self._overlays.ghosts(painter, scene, self.art.ratio)

    def _visible(self, segments: tuple[AnySegment, ...], lane: Lane, scene: Scene, left: int, right: int) -> Visible:
        """What is to be drawn of a lane; the last answer again where nothing about it changed (a drag on the other)."""
        of = (segments, scene.scale, left, right, scene.selected)
        known = self._seen.get(lane)
        if known is not None and known[0][0] is segments and known[0][1:] == of[1:]:
            return known[1]
        found = visible(segments, scene.scale, left, right, scene.selected)
        self._seen[lane] = (of, found)
        return found

    def _lines(self, painter: QPainter, scene: Scene, end_x: float) -> None:
        """Where the webinar begins and ends, and where its markers stand."""
        layout, look = scene.layout, scene.look
        top, bottom = layout.programme.top, layout.interactions.bottom
        zero = scene.scale.x_of(0)
        if zero > layout.header:
            painter.fillRect(QRectF(layout.header, top, zero - layout.header, bottom - top), look.window)
        if end_x < layout.width and scene.shown.length_ms:
            painter.fillRect(QRectF(end_x, top, layout.width - end_x, bottom - top), shade(look.window, 150))
        pen = QPen(shade(look.good, 130), 1, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        for marker in scene.shown.markers:
            x = round(scene.scale.x_of(marker.at_ms)) + 0.5
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _header(self, painter: QPainter, scene: Scene, lane: Lane, ratio: float) -> None:
        layout, look = scene.layout, scene.look
        band = layout.lane(lane)
        painter.fillRect(QRect(0, band.top, layout.header, band.height - 1), look.panel)
        painter.fillRect(QRect(0, band.bottom - 1, layout.header, 1), look.line)
        painter.fillRect(QRect(layout.header - 1, band.top, 1, band.height), look.line)
        room = layout.header - 46
        painter.setPen(look.text)
        self.letters.draw(painter, 14, band.top + 9, scene.words.lanes[lane], "title", room)
        painter.setPen(look.quiet)
        top = band.top + 10 + self.letters.height("title")
        self.letters.draw(painter, 14, top, scene.words.subtitles[lane], "small", layout.header - 22)
        locked = scene.webinar.locked(lane)
        left, lock_top, width, height = layout.lock(lane)
        if locked:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.warning)
            painter.drawRoundedRect(QRectF(left, lock_top, width, height), 4, 4)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        ink: QColor = theme.text_on(look.warning) if locked else look.quiet
        icon = theme.pixmap("lock" if locked else "unlock", 16, ink, ratio)
        painter.drawPixmap(QPointF(left + 3, lock_top + 3), icon)

    def _subtitle(self, segment: AnySegment) -> tuple[str, str]:
        return self._phrases.subtitle(segment), self._phrases.length(segment)
