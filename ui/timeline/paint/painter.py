"""One paint of the timeline: background, clips, the layers above them, lane headers, ruler and minimap.

Only what lies in the rectangle to paint is drawn, so a playhead that moves by two pixels repaints a few pixels.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from editor.schedule.model import LANES, AnySegment, Lane
from ui.style import theme
from ui.timeline.geometry.culling import VisibleSegments, cull_lane
from ui.timeline.geometry.layout import HEADER_TEXT_LEFT_PX
from ui.timeline.geometry.timescale import Timescale
from ui.timeline.labels import TimelineLabels
from ui.timeline.media_previews import MediaPreviewSource
from ui.timeline.paint.brushes import make_hatch_brush, with_alpha
from ui.timeline.paint.clip_contents import LanePaintContext
from ui.timeline.paint.clip_images import ClipImages
from ui.timeline.paint.clips import ClipPainter
from ui.timeline.paint.drag_tooltip import DragTooltipPainter
from ui.timeline.paint.minimap import MinimapPainter
from ui.timeline.paint.overlays import OverlayPainter
from ui.timeline.paint.paint_state import PaintState
from ui.timeline.paint.ruler import RulerPainter
from ui.timeline.paint.text_layout import TextLayout


class TimelinePainter:
    """The painter of the whole timeline with one font and theme; the view makes another for another font or theme.

    It keeps caches of pictures and texts, and is used on the GUI thread.
    """

    def __init__(self, media_service: MediaPreviewSource, font: QFont, labels: TimelineLabels) -> None:
        self.text_layout = TextLayout(font)
        self.clip_images = ClipImages(media_service)
        self._labels = labels
        self._clips = ClipPainter(self.clip_images, self.text_layout)
        self._ruler = RulerPainter(self.text_layout)
        self._minimap = MinimapPainter()
        self._overlays = OverlayPainter(self.text_layout)
        self._drag_tooltip = DragTooltipPainter(self.text_layout)
        self._visible_cache: dict[Lane, tuple[tuple[object, ...], VisibleSegments]] = {}

    def paint(self, painter: QPainter, rect: QRect, state: PaintState, minimap_scale: Timescale, ratio: float) -> None:
        """Paint the part of the timeline that lies in a rectangle.

        Args:
            painter: of the widget.
            rect: the part to paint, in logical pixels.
            state: the state of the timeline.
            minimap_scale: the scale of the minimap.
            ratio: physical pixels per logical pixel.
        """
        self.clip_images.ratio = ratio
        layout, look = state.layout, state.look
        painter.fillRect(rect, look.window)
        left, right = max(rect.left(), layout.header), rect.right() + 1
        if rect.bottom() >= layout.programme.top:
            if right > left:
                painter.save()
                painter.setClipRect(QRect(left, rect.top(), right - left, rect.height()))
                self._draw_lanes(painter, state, left, right)
                painter.restore()
            if rect.left() < layout.header:
                for lane in LANES:
                    self._draw_header(painter, state, lane, ratio)
        painter.save()
        painter.setClipRect(
            QRect(layout.header, 0, layout.width - layout.header, layout.height), Qt.ClipOperation.IntersectClip
        )
        if rect.top() < layout.programme.top:
            self._ruler.draw(painter, state, left, right)
        self._overlays.draw_snap_line(painter, state)
        self._overlays.draw_playhead(painter, state)
        self._overlays.draw_rubber_band(painter, state)
        self._overlays.draw_focus(painter, state)
        painter.restore()
        if rect.top() < layout.programme.top:
            if layout.header - 30 <= state.scale.x_of(state.playhead_ms) <= layout.width + 30:
                self._ruler.draw_flag(painter, state)
            if rect.top() < layout.minimap.bottom + 2:
                self._minimap.draw(painter, state, minimap_scale, ratio)
        self._drag_tooltip.draw(painter, state, self._labels.tooltip_labels)

    def playhead_rects(self, state: PaintState, at_ms: int) -> tuple[QRect, QRect]:
        """Return the rectangles to repaint for a playhead: its line, and its flag with the labels beside.

        They are in logical pixels.

        Args:
            state: the state of the timeline.
            at_ms: the playhead's position, in milliseconds.
        """
        x = int(state.scale.x_of(at_ms))
        line = QRect(x - 3, state.layout.ruler.top, 7, state.layout.interactions.bottom - state.layout.ruler.top)
        return line, self._ruler.flag_repaint_rect(state, at_ms).toAlignedRect()

    # ------------------------------------------------------------------------------------------- the lanes

    def _draw_lanes(self, painter: QPainter, state: PaintState, left: int, right: int) -> None:
        layout, look = state.layout, state.look
        webinar = state.displayed_webinar
        end_x = state.scale.x_of(webinar.length_ms)
        for lane in LANES:
            band = layout.lane_band(lane)
            ground = QRect(left, band.top, right - left, band.height - 1)
            painter.fillRect(ground, look.lane)
            if state.is_dropping and any(ghost.lane == lane for ghost in state.preview.ghosts):
                painter.fillRect(ground, with_alpha(look.accent, 26))
            if webinar.is_locked(lane):
                painter.fillRect(ground, make_hatch_brush(with_alpha(look.quiet, 22), self.clip_images.ratio))
            painter.fillRect(QRect(left, band.bottom - 1, right - left, 1), look.line)
        self._draw_lines(painter, state, end_x)
        self._overlays.draw_hints(painter, state)
        for lane in LANES:
            segments = self._find_visible(webinar.get_lane(lane), lane, state, left, right)
            context = LanePaintContext(
                look=look,
                scale=state.scale,
                band=layout.clip_band(lane),
                view_left=layout.header,
                view_right=layout.width,
                selected=state.selected,
                dragged=state.preview.dragged,
                hovered_id=state.hovered_id,
                shows_handles=state.editable and not webinar.is_locked(lane),
                media=webinar.media,
                make_subtitles=self._make_subtitles,
                describe_media_state=self._labels.describe_media_state,
            )
            self._clips.draw(painter, segments, context)
        self._overlays.draw_ghosts(painter, state, self.clip_images.ratio)

    def _find_visible(
        self, segments: tuple[AnySegment, ...], lane: Lane, state: PaintState, left: int, right: int
    ) -> VisibleSegments:
        """Return the visible segments of a lane; cached, since a drag on one lane leaves the other as it is."""
        key = (segments, state.scale, left, right, state.selected)
        cached = self._visible_cache.get(lane)
        if cached is not None and cached[0][0] is segments and cached[0][1:] == key[1:]:
            return cached[1]
        found = cull_lane(segments, state.scale, left, right, state.selected)
        self._visible_cache[lane] = (key, found)
        return found

    def _draw_lines(self, painter: QPainter, state: PaintState, end_x: float) -> None:
        """Draw what marks the beginning and the end of the webinar, and the lines of its markers."""
        layout, look = state.layout, state.look
        top, bottom = layout.programme.top, layout.interactions.bottom
        zero = state.scale.x_of(0)
        if zero > layout.header:
            painter.fillRect(QRectF(layout.header, top, zero - layout.header, bottom - top), look.window)
        if end_x < layout.width and state.displayed_webinar.length_ms:
            painter.fillRect(QRectF(end_x, top, layout.width - end_x, bottom - top), with_alpha(look.window, 150))
        pen = QPen(with_alpha(look.good, 130), 1, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        for marker in state.displayed_webinar.markers:
            x = round(state.scale.x_of(marker.at_ms)) + 0.5
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _draw_header(self, painter: QPainter, state: PaintState, lane: Lane, ratio: float) -> None:
        layout, look = state.layout, state.look
        band = layout.lane_band(lane)
        painter.fillRect(QRect(0, band.top, layout.header, band.height - 1), look.panel)
        painter.fillRect(QRect(0, band.bottom - 1, layout.header, 1), look.line)
        painter.fillRect(QRect(layout.header - 1, band.top, 1, band.height), look.line)
        max_width = layout.header_text_width
        painter.setPen(look.text)
        self.text_layout.draw(
            painter, HEADER_TEXT_LEFT_PX, band.top + 9, state.lane_labels.names[lane], "title", max_width
        )
        painter.setPen(look.quiet)
        top = band.top + 10 + self.text_layout.line_height("title")
        self.text_layout.draw(painter, HEADER_TEXT_LEFT_PX, top, state.lane_labels.subtitles[lane], "small", max_width)
        locked = state.webinar.is_locked(lane)
        left, lock_top, width, height = layout.lock_rect(lane)
        if locked:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.warning)
            painter.drawRoundedRect(QRectF(left, lock_top, width, height), 4, 4)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        ink: QColor = theme.text_on(look.warning) if locked else look.quiet
        icon = theme.pixmap("lock" if locked else "unlock", 16, ink, ratio)
        painter.drawPixmap(QPointF(left + 3, lock_top + 3), icon)

    def _make_subtitles(self, segment: AnySegment) -> tuple[str, str]:
        return self._labels.format_subtitle(segment), self._labels.format_length(segment)
