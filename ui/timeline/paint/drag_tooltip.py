"""The tooltip beside the pointer during a drag: start, end, length and difference."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from editor import time_format
from ui.style.theme import text_on
from ui.timeline.input.gestures import DragTooltip, GesturePreview
from ui.timeline.paint.paint_state import PaintState
from ui.timeline.paint.text_layout import TextLayout

GROUND_DARK = QColor("#2B313C")
GROUND_LIGHT = QColor("#20242C")
GROUND_BLOCKED = QColor("#8C1D18")
LABEL = QColor("#B9C1CE")
LABEL_BLOCKED = QColor("#FFD3CF")
BORDER = QColor(255, 255, 255, 60)
PADDING_X, PADDING_Y = 10, 7
LABEL_GAP, COLUMN_GAP = 5, 12
POINTER_GAP_ABOVE, POINTER_GAP_BELOW = 22, 26


class DragTooltipPainter:
    """The painter of a gesture's tooltip, which shows the times of what is dragged.

    `labels` of its methods are the words for start, end and length in the user's language.
    """

    def __init__(self, text_layout: TextLayout) -> None:
        self._text_layout = text_layout

    def place(self, tooltip: DragTooltip, state: PaintState, labels: tuple[str, str, str]) -> QRectF:
        """Return the rectangle of the tooltip in logical pixels: above the pointer and inside the widget.

        Without room above, it lies below the pointer, so that the pointer hides nothing.
        """
        rows = self._make_rows(tooltip, labels)
        width = max(self._measure_row(row) for row in rows) + 2 * PADDING_X
        height = len(rows) * self._text_layout.line_height("figures") + 2 * PADDING_Y
        layout = state.layout
        left = min(max(tooltip.x - width / 2, layout.header + 2), max(layout.width - width - 4, layout.header + 2))
        top = max(tooltip.y - height - POINTER_GAP_ABOVE, 2)
        if top + height > tooltip.y - 6:
            top = min(tooltip.y + POINTER_GAP_BELOW, layout.height - height - 2)
        return QRectF(left, top, width, height)

    def draw(self, painter: QPainter, state: PaintState, labels: tuple[str, str, str]) -> None:
        """Draw the times of the state's tooltip as H:MM:SS.mmm, on red if the edit is refused or the edge has stopped.

        It is red on a taken place too, even where a free one is previewed. Without a tooltip nothing is drawn.
        """
        tooltip = state.preview.tooltip
        if tooltip is None:
            return
        rect = self.place(tooltip, state, labels)
        blocked = _is_blocked(state.preview)
        ground = GROUND_BLOCKED if blocked else GROUND_DARK if state.look.dark else GROUND_LIGHT
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(BORDER, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        y = rect.top() + PADDING_Y
        for row in self._make_rows(tooltip, labels):
            x = rect.left() + PADDING_X
            for label, figures in row:
                painter.setPen(LABEL_BLOCKED if blocked else LABEL)
                x += self._text_layout.draw(painter, x, y, label, "small") + (LABEL_GAP if label else 0)
                painter.setPen(text_on(ground))
                x += self._text_layout.draw(painter, x, y, figures, "figures") + COLUMN_GAP
            y += self._text_layout.line_height("figures")

    def _make_rows(self, tooltip: DragTooltip, labels: tuple[str, str, str]) -> list[list[tuple[str, str]]]:
        """Return the rows of the tooltip, each a list of labels with their figures."""
        start, end, length = labels
        difference: list[tuple[str, str]] = []
        if tooltip.difference_ms is not None:
            sign = "" if tooltip.difference_ms < 0 else "+"
            difference = [("Δ", sign + time_format.format_time(tooltip.difference_ms))]
        if tooltip.end_ms is None:
            return [[("", time_format.format_time(tooltip.start_ms)), *difference]]
        return [
            [(start, time_format.format_time(tooltip.start_ms)), (end, time_format.format_time(tooltip.end_ms))],
            [(length, time_format.format_time(tooltip.end_ms - tooltip.start_ms)), *difference],
        ]

    def _measure_row(self, row: list[tuple[str, str]]) -> float:
        widths = (
            self._text_layout.measure_width(label, "small")
            + (LABEL_GAP if label else 0)
            + self._text_layout.measure_width(figures, "figures")
            for label, figures in row
        )
        return sum(widths) + COLUMN_GAP * (len(row) - 1)


def _is_blocked(preview: GesturePreview) -> bool:
    return preview.refusal is not None or preview.is_stopped or any(ghost.blocked for ghost in preview.ghosts)
