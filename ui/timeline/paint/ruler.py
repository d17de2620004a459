"""The ruler: ticks and their labels, markers, and the playhead's flag."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from editor.schedule.model import HOUR, SECOND, Webinar
from editor.schedule.start_time import compute_time_of_day
from editor.time_format import format_position
from ui.style.theme import text_on
from ui.timeline.geometry.timescale import count_decimals
from ui.timeline.paint.paint_state import PaintState
from ui.timeline.paint.text_layout import TextLayout

LABEL_GAP_PX = 14
"""Space between two labels of the ruler."""


@lru_cache(maxsize=2048)
def _find_time_of_day_ms(start: str, zone: str, at_ms: int) -> int | None:
    """Return the event's time of day at a position, in milliseconds since midnight; None without a valid start."""
    when = compute_time_of_day(Webinar(id="ruler", start=start, zone=zone), at_ms)
    if when is None:
        return None
    return ((when.hour * 60 + when.minute) * 60 + when.second) * SECOND + when.microsecond // 1000


class RulerPainter:
    """The painter of the ruler, which shows positions or, by a setting, the time of day of the event."""

    def __init__(self, text_layout: TextLayout) -> None:
        self._text_layout = text_layout

    def format_label(self, state: PaintState, at_ms: int, decimals: int = 0) -> str:
        """Return the ruler's label for a position: a time of day if these are shown and the webinar has a start.

        Args:
            state: tells whether clock times are shown.
            at_ms: the position, in milliseconds.
            decimals: how many decimals of a second the label has.
        """
        start = state.webinar.start
        if state.shows_clock and start is not None:
            of_day_ms = _find_time_of_day_ms(start, state.webinar.zone, at_ms)
            if of_day_ms is not None:
                return format_position(of_day_ms, decimals)
        return format_position(at_ms, decimals)

    def draw(self, painter: QPainter, state: PaintState, from_x: float, to_x: float) -> None:
        """Draw ticks, labels and markers of the ruler between two pixels of the widget.

        Args:
            painter: where they are drawn.
            state: the state of the timeline.
            from_x: the first pixel.
            to_x: the pixel after the last one.
        """
        layout, scale, look = state.layout, state.scale, state.look
        band = layout.ruler
        offset = 0
        if state.shows_clock and state.webinar.start is not None:
            offset = _find_time_of_day_ms(state.webinar.start, state.webinar.zone, 0) or 0
        decimal_places = count_decimals(scale.tick_step_ms())
        label_px = (
            self._text_layout.measure_width(format_position(10 * HOUR + 1, decimal_places), "figures") + LABEL_GAP_PX
        )
        line_height = self._text_layout.line_height("figures")
        long_ticks, short_ticks = [], []
        painter.setPen(look.quiet)
        top = band.bottom - line_height - 7
        in_view = layout.header <= scale.x_of(state.playhead_ms) <= layout.width
        flag = self.flag_rect(state, state.playhead_ms) if in_view else QRectF()
        # Half a label would show from under the flag.
        covered = (flag.left() - label_px + 6, flag.right() - 4) if in_view else (0.0, 0.0)
        for tick in scale.make_ticks(label_px, offset):
            x = round(scale.x_of(tick.at_ms))
            if tick.labelled:
                long_ticks.append(QRectF(x, band.bottom - 14, 1, 14))
                if from_x - label_px <= x <= to_x and not covered[0] < x < covered[1]:
                    self._text_layout.draw(
                        painter, x + 5, top, self.format_label(state, tick.at_ms, decimal_places), "figures"
                    )
            else:
                short_ticks.append(QRectF(x, band.bottom - 6, 1, 6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.line if look.dark else look.quiet)
        painter.drawRects(long_ticks)
        painter.setBrush(look.line)
        painter.drawRects([*short_ticks, QRectF(layout.header, band.bottom - 1, layout.width - layout.header, 1)])
        self._draw_markers(painter, state, from_x, to_x)

    def _draw_markers(self, painter: QPainter, state: PaintState, from_x: float, to_x: float) -> None:
        layout, look = state.layout, state.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = layout.ruler.bottom - 8.0
        for marker in state.displayed_webinar.markers:
            x = state.scale.x_of(marker.at_ms)
            if not from_x - 10 <= x <= to_x + 10:
                continue
            painter.setPen(QPen(look.window, 1.5))
            painter.setBrush(look.good)
            painter.drawPolygon(QPolygonF([QPointF(x, y - 7), QPointF(x + 6, y), QPointF(x, y + 7), QPointF(x - 6, y)]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def flag_rect(self, state: PaintState, at_ms: int) -> QRectF:
        """Return the rectangle, in pixels, of the flag for a playhead at a position in ms, kept inside the ruler."""
        width = self._text_layout.measure_width(self.format_label(state, at_ms), "figures") + 12
        x = state.scale.x_of(at_ms)
        left = min(max(x - width / 2, state.layout.header), state.layout.width - width)
        return QRectF(left, state.layout.ruler.top, width, self._text_layout.line_height("figures") + 4)

    def flag_repaint_rect(self, state: PaintState, at_ms: int) -> QRectF:
        """Return the rectangle, in pixels, to repaint when the flag appears or leaves: with the labels that it hides.

        Args:
            state: the state of the timeline.
            at_ms: the playhead's position, in milliseconds.
        """
        reach = 2 * self._text_layout.measure_width(format_position(10 * HOUR + 1, 3), "figures")
        flag, band = self.flag_rect(state, at_ms), state.layout.ruler
        return QRectF(flag.left() - reach, band.top - 2, flag.width() + 2 * reach, band.height + 2)

    def draw_flag(self, painter: QPainter, state: PaintState) -> None:
        """Draw the playhead's flag with its time over the ruler's labels, at the playhead of the state."""
        rect = self.flag_rect(state, state.playhead_ms)
        look = state.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.window, 1.5))
        painter.setBrush(look.playhead)
        painter.drawRoundedRect(rect, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(text_on(look.playhead))
        text = self.format_label(state, state.playhead_ms)
        self._text_layout.draw(painter, rect.left() + 6, rect.top() + 2, text, "figures")
