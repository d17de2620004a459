"""The badge of a kind of segment: its icon on its colour."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from ui.style import theme

SIDE_PX = 22


def make_kind_badge(icon: str, colour: QColor, ratio: float) -> QPixmap:
    """Return a rounded square of a colour with an icon on it, `SIDE_PX` logical pixels wide.

    Args:
        icon: name of the icon in `resources/icons`, painted black or white, whichever reads better.
        colour: colour of the square.
        ratio: physical pixels per logical pixel of the screen.
    """
    pixmap = QPixmap(QSize(SIDE_PX, SIDE_PX) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(0, 0, SIDE_PX, SIDE_PX), 5, 5)
    painter.drawPixmap(QPointF(4, 4), theme.pixmap(icon, SIDE_PX - 8, theme.text_on(colour), ratio))
    painter.end()
    return pixmap
