"""The layers above the clips: ghosts, snap line, rubber band, playhead, focus ring, and the hints of empty lanes."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from editor.schedule.model import LANES, Lane
from ui.style import theme
from ui.style.theme import KIND_COLOURS, KIND_ICONS
from ui.timeline.geometry.layout import Band
from ui.timeline.input.gestures import Ghost
from ui.timeline.labels import to_one_line
from ui.timeline.paint.brushes import make_hatch_brush, with_alpha
from ui.timeline.paint.paint_state import PaintState
from ui.timeline.paint.text_layout import TextLayout

UNKNOWN_LENGTH_PX = 96
"""Width of the ghost of a file that has not been read yet."""


class OverlayPainter:
    """The painter of the layers above the clips: ghosts, snap line, rubber band, playhead, focus ring, hints.

    Each method draws one layer of a `PaintState` with a painter of the timeline widget, in logical pixels.
    """

    def __init__(self, text_layout: TextLayout) -> None:
        self._text_layout = text_layout

    def draw_ghosts(self, painter: QPainter, state: PaintState, ratio: float) -> None:
        """Draw the ghosts of a gesture: red and hatched on a taken place, dashed where a segment would land.

        Args:
            painter: of the widget.
            state: the state of the timeline.
            ratio: physical pixels per logical pixel.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for ghost in state.preview.ghosts:
            self._draw_ghost(painter, state, ghost, ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _draw_ghost(self, painter: QPainter, state: PaintState, ghost: Ghost, ratio: float) -> None:
        band = state.layout.clip_band(ghost.lane)
        left = state.scale.x_of(ghost.start_ms)
        right = state.scale.x_of(ghost.end_ms) if ghost.known_length else left + UNKNOWN_LENGTH_PX
        view_left, view_right = state.layout.header - 20, state.layout.width + 20
        visible_left, visible_right = max(left, view_left), min(right, view_right)
        if visible_right <= visible_left:
            return
        rect = QRectF(visible_left, band.top, max(visible_right - visible_left - 1, 2), band.height)
        if ghost.blocked:
            ink = state.look.error
            painter.setBrush(with_alpha(ink, 64))
            painter.setPen(QPen(ink, 2))
            painter.drawRoundedRect(rect, 5, 5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(make_hatch_brush(with_alpha(ink, 70), ratio))
            painter.drawRoundedRect(rect, 5, 5)
            if not ghost.known_length:
                self._draw_ghost_title(painter, state, ghost, rect, ratio)
            return
        colour = KIND_COLOURS[ghost.kind] if ghost.kind is not None else state.look.accent
        painter.setBrush(with_alpha(colour, 120))
        painter.setPen(QPen(state.look.text, 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(rect, 5, 5)
        self._draw_ghost_title(painter, state, ghost, rect, ratio)

    def _draw_ghost_title(self, painter: QPainter, state: PaintState, ghost: Ghost, rect: QRectF, ratio: float) -> None:
        if rect.width() < 26:
            return
        ink = state.look.text
        icon = theme.pixmap(KIND_ICONS[ghost.kind] if ghost.kind is not None else "file", 16, ink, ratio)
        painter.drawPixmap(QPointF(rect.left() + 6, rect.top() + 6), icon)
        painter.setPen(ink)
        text = to_one_line(ghost.title)
        self._text_layout.draw(painter, rect.left() + 26, rect.top() + 5, text, "title", rect.width() - 32)

    def draw_snap_line(self, painter: QPainter, state: PaintState) -> None:
        """Draw a line at the position to which the drag has snapped; nothing where it has not."""
        at_ms = state.preview.snap_ms
        if at_ms is None:
            return
        x = round(state.scale.x_of(at_ms))
        top, bottom = state.layout.ruler.bottom - 8, state.layout.interactions.bottom
        painter.setPen(QPen(state.look.accent, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x + 0.5, top), QPointF(x + 0.5, bottom))

    def draw_rubber_band(self, painter: QPainter, state: PaintState) -> None:
        """Draw the selection rectangle, right of the lanes' headers; nothing while none is being drawn."""
        if state.preview.rubber_band is None:
            return
        left, top, right, bottom = state.preview.rubber_band
        left = max(left, state.layout.header)
        painter.setBrush(with_alpha(state.look.accent, 40))
        painter.setPen(QPen(state.look.accent, 1))
        painter.drawRect(QRectF(left, top, right - left, bottom - top))

    def draw_playhead(self, painter: QPainter, state: PaintState) -> None:
        """Draw the playhead's line, with an edge that makes it stand out over clips of any colour.

        Left of the lanes' beginning nothing is drawn.
        """
        x = state.scale.x_of(state.playhead_ms)
        if x < state.layout.header:
            return
        top, bottom = state.layout.ruler.top + 8, state.layout.interactions.bottom
        edge = QColor(0, 0, 0, 130) if state.look.dark else QColor(255, 255, 255, 170)
        painter.fillRect(QRectF(x - 1.5, top, 4, bottom - top), edge)
        painter.fillRect(QRectF(x - 0.5, top, 2, bottom - top), state.look.playhead)

    def draw_focus(self, painter: QPainter, state: PaintState) -> None:
        """Draw the focus ring around a segment or a zone, with a bar at the edge that the keyboard holds.

        Nothing is drawn while the ring is hidden (`focus_zone` is None).
        """
        if state.focus_zone is None:
            return
        layout = state.layout
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        segment = None if state.focused_id is None or state.focus_zone == "ruler" else self._find_focused_rect(state)
        if segment is not None:
            left, right, band = segment
            rect = QRectF(left, band.top, right - left - 1, band.height)
            painter.setPen(QPen(state.look.window, 2))
            painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 7, 7)
            painter.setPen(QPen(state.look.accent, 3 if state.is_held else 2))
            painter.drawRoundedRect(rect.adjusted(-4.5, -4.5, 4.5, 4.5), 8, 8)
            edge = state.preview.edge
            if state.is_held and edge is not None:
                x = left if edge == "start" else right - 1
                painter.fillRect(QRectF(x - 2.5, band.top - 5, 5, band.height + 10), state.look.accent)
        else:
            strip = layout.ruler if state.focus_zone == "ruler" else layout.lane_band(state.focus_zone)
            rect = QRectF(layout.header + 1.5, strip.top + 1, layout.width - layout.header - 3, strip.height - 2)
            painter.setPen(QPen(state.look.accent, 2))
            painter.drawRoundedRect(rect, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _find_focused_rect(self, state: PaintState) -> tuple[float, float, Band] | None:
        lane: Lane = "interactions" if state.focus_zone == "interactions" else "programme"
        for segment in state.displayed_webinar.get_lane(lane):
            if segment.id == state.focused_id:
                left = max(state.scale.x_of(segment.start_ms), state.layout.header - 20)
                right = min(state.scale.x_of(segment.end_ms), state.layout.width + 20)
                return (left, right, state.layout.clip_band(lane)) if right > left else None
        return None

    def draw_hints(self, painter: QPainter, state: PaintState) -> None:
        """Draw a frame and a hint into each empty lane, unless a gesture shows ghosts."""
        for lane in LANES:
            if state.displayed_webinar.get_lane(lane) or state.preview.ghosts:
                continue
            band = state.layout.clip_band(lane)
            left = state.layout.time_left
            rect = QRectF(left, band.top, state.layout.width - left - 12, band.height)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(state.look.line, 1.5, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(rect, 6, 6)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(state.look.quiet)
            text = state.lane_labels.hints[lane]
            top = rect.center().y() - self._text_layout.line_height("small") / 2
            max_width = rect.width() - 24
            width = min(self._text_layout.measure_width(text, "small"), max_width)
            self._text_layout.draw(painter, rect.center().x() - width / 2, top, text, "small", max_width)
