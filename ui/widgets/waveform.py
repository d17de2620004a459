"""A small waveform as bars, as in the rows of the bin and below its in and out points."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from editor.media.previews.peaks import Peaks

BAR = 3
"""Distance of bars in pixels."""


def paint_peaks(painter: QPainter, box: QRectF, peaks: "Peaks", from_ms: int, to_ms: int, colour: QColor) -> None:
    """Paint a waveform as bars, each as high as the peak of its share of a time range, mirrored about the middle.

    Args:
        painter: paints, with a pen that stays set.
        box: where to paint, in logical pixels.
        peaks: the peaks of the media; where they end, bars have the least height.
        from_ms: time in the media at the left border of the box, in milliseconds.
        to_ms: time in the media at the right border, in milliseconds.
        colour: colour of the bars.
    """
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
