"""Rounded rectangles, drawn as two cached caps and a plain middle.

Filling a large anti-aliased rounded rectangle takes 0.2 ms, and a hundred of them a whole frame. A cap is a few pixels
wide and drawn once for each colour and height. Borders lie on physical pixels, so they are sharp at every scale.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap

from ui.timeline.paint.brushes import make_hatch_brush

MAX_CACHED = 400


class RoundedRectPainter:
    """The painter of rounded rectangles whose left and right borders lie on physical pixels.

    Set `ratio` to the physical pixels per logical pixel of the screen first; it is 1 by default.
    """

    def __init__(self) -> None:
        self.ratio = 1.0
        self._caps: dict[tuple[object, ...], tuple[QPixmap, QPixmap]] = {}

    def snap_to_pixel(self, x: float) -> float:
        """Return the border between two physical pixels that is nearest to `x`, both in logical pixels, by `ratio`."""
        return round(x * self.ratio) / self.ratio

    def draw(self, painter: QPainter, rect: QRectF, colour: QColor, radius: int) -> None:
        """Draw a rounded rectangle of one colour.

        Args:
            painter: where it is drawn.
            rect: its left and right borders come from `snap_to_pixel`.
            colour: fills it.
            radius: of its corners, in logical pixels.
        """
        left, right = self._get_caps(colour, rect.height(), radius, hatched=False)
        middle = rect.width() - 2 * radius
        painter.drawPixmap(QPointF(rect.left(), rect.top()), left)
        if middle > 0:
            painter.fillRect(QRectF(rect.left() + radius, rect.top(), middle, rect.height()), colour)
        painter.drawPixmap(QPointF(rect.right() - radius, rect.top()), right)

    def draw_hatching(self, painter: QPainter, rect: QRectF, from_x: float, colour: QColor, radius: int) -> None:
        """Draw stripes over the right part of a rounded rectangle; they move with its right border.

        Args:
            painter: where they are drawn.
            rect: the whole rectangle.
            from_x: the left end of the stripes.
            colour: of the stripes.
            radius: of the rectangle's corners, in logical pixels.
        """
        _, right = self._get_caps(colour, rect.height(), radius, hatched=True)
        cap_left = rect.right() - radius
        if from_x < cap_left:
            brush = make_hatch_brush(colour, self.ratio)
            painter.setBrushOrigin(QPointF(cap_left, rect.top()))
            painter.fillRect(QRectF(from_x, rect.top(), cap_left - from_x, rect.height()), brush)
        painter.drawPixmap(QPointF(cap_left, rect.top()), right)

    def _get_caps(self, colour: QColor, height: float, radius: int, *, hatched: bool) -> tuple[QPixmap, QPixmap]:
        key = (colour.rgba(), height, radius, hatched, self.ratio)
        caps = self._caps.get(key)
        if caps is None:
            if len(self._caps) > MAX_CACHED:
                self._caps.clear()
            brush = make_hatch_brush(colour, self.ratio) if hatched else QBrush(colour)
            caps = self._caps[key] = (
                self._make_cap(brush, height, radius, left=True),
                self._make_cap(brush, height, radius, left=False),
            )
        return caps

    def _make_cap(self, brush: QBrush, height: float, radius: int, *, left: bool) -> QPixmap:
        pixmap = QPixmap(QSize(round(radius * self.ratio), round(height * self.ratio)))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawRoundedRect(QRectF(0 if left else -2.0 * radius, 0, 3 * radius, height), radius, radius)
        painter.end()
        return pixmap
