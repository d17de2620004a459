"""A small waveform as bars, as in the rows of the bin and below its in and out points."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from editor.media.previews.peaks import Peaks

BAR = 3
"""Distance of bars in pixels."""


def paint_peaks(painter: QPainter, box: QRectF, peaks: "Peaks", from_ms: int, to_ms: int, colour: QColor) -> None:
    """Paint the peak of each bar's share of `from_ms` to `to_ms`, mirrored about the middle."""
    values, step = peaks.values, max(peaks.step_ms, 1)
    count = max(int(box.width()) // BAR, 1)
    middle = box.center().y()
    lines = []
    for bar in range(count):
        first = (from_ms + (to_ms - from_ms) * bar // count) // step
        last = (from_ms + (to_ms - from_ms) * (bar + 1) // count) // step
        stretch = values[first : max(last, first + 1)]
        height = max(max(stretch, default=0) * box.height() / 255, 1.5)
        x = box.left() + bar * BAR + BAR / 2
        lines.append(QLineF(x, middle - height / 2, x, middle + height / 2))
    pen = QPen(colour, BAR - 1)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLines(lines)
