"""Colours and brushes that the painters of the timeline derive from the theme: transparent, tinted, hatched.

They are asked for at every frame, so each is made once and cached.
"""

from functools import cache, lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

HATCH_SIDE_PX = 10


@lru_cache(maxsize=512)
def _make_transparent(rgb: int, alpha: int) -> QColor:
    colour = QColor(rgb)
    colour.setAlpha(alpha)
    return colour


def with_alpha(colour: QColor, alpha: int) -> QColor:
    """Return a colour with another opacity, from 0 (transparent) to 255 (opaque)."""
    return _make_transparent(colour.rgb(), alpha)


@lru_cache(maxsize=64)
def _blend(rgb: int, other: int) -> QColor:
    one, two = QColor(rgb), QColor(other)
    return QColor(
        (9 * one.red() + two.red()) // 10, (9 * one.green() + two.green()) // 10, (9 * one.blue() + two.blue()) // 10
    )


def tint_towards(colour: QColor, other: QColor) -> QColor:
    """Return a colour moved by a tenth towards another: how a clip looks under the pointer."""
    return _blend(colour.rgb(), other.rgb())


@cache
def _make_hatch_pixmap(rgba: int, permille: int) -> QPixmap:
    side = HATCH_SIDE_PX * permille // 1000
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor.fromRgba(rgba), side * 0.34, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    for offset in (-side, 0, side):
        painter.drawLine(offset, side, offset + side, 0)
    painter.end()
    pixmap.setDevicePixelRatio(permille / 1000)
    return pixmap


def make_hatch_brush(colour: QColor, ratio: float) -> QBrush:
    """Return a brush of diagonal stripes.

    Args:
        colour: the stripes' colour; between them the brush is transparent.
        ratio: physical pixels per logical pixel of the screen.
    """
    return QBrush(_make_hatch_pixmap(colour.rgba(), round(ratio * 1000)))
