"""Rounded plates, drawn as two caps and a middle.

Filling a large anti-aliased rounded rectangle costs 0.2 ms, and a hundred of them a whole frame. A cap is a few pixels
wide, drawn once for each colour and height; the middle is a plain rectangle. Borders lie on the screen's own pixels, so
they are sharp at every scale.
"""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap

from ui.timeline.paint.clip_images import make_hatch_brush

MAX_CACHED = 400


@lru_cache(maxsize=512)
def _make_transparent(rgb: int, alpha: int) -> QColor:
    colour = QColor(rgb)
    colour.setAlpha(alpha)
    return colour


def with_alpha(colour: QColor, alpha: int) -> QColor:
    """A colour made transparent (0 … 255); kept, so painters may ask at every paint."""
    return _make_transparent(colour.rgb(), alpha)


@lru_cache(maxsize=64)
def _blend(rgb: int, other: int) -> QColor:
    one, two = QColor(rgb), QColor(other)
    return QColor(
        (9 * one.red() + two.red()) // 10, (9 * one.green() + two.green()) // 10, (9 * one.blue() + two.blue()) // 10
    )


def tint_towards(colour: QColor, other: QColor) -> QColor:
    """A colour a tenth of the way to another: what it is under the pointer."""
    return _blend(colour.rgb(), other.rgb())


class RoundedRectPainter:
    """Draws plates on a screen of some pixel ratio."""

    def __init__(self) -> None:
        self.ratio = 1.0
        self._caps: dict[tuple[object, ...], tuple[QPixmap, QPixmap]] = {}

    def snap_to_pixel(self, x: float) -> float:
        """The nearest border between two of the screen's pixels."""
        return round(x * self.ratio) / self.ratio

    def draw(self, painter: QPainter, rect: QRectF, colour: QColor, radius: int) -> None:
        """A plate of one colour. `rect`'s left and right lie on the screen's pixels (`snapped`)."""
        left, right = self._get_caps(colour, rect.height(), radius, hatched=False)
        middle = rect.width() - 2 * radius
        painter.drawPixmap(QPointF(rect.left(), rect.top()), left)
        if middle > 0:
            painter.fillRect(QRectF(rect.left() + radius, rect.top(), middle, rect.height()), colour)
        painter.drawPixmap(QPointF(rect.right() - radius, rect.top()), right)

    def draw_hatching(self, painter: QPainter, rect: QRectF, from_x: float, colour: QColor, radius: int) -> None:
        """Stripes over the right end of a plate, from a pixel on. They hang on its right border and go with it."""
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
