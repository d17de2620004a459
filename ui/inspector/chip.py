"""The sign of a kind: its icon on its colour."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from ui import theme

SIDE = 22


def chip(icon: str, colour: QColor, ratio: float) -> QPixmap:
    """A small rounded square of a colour with an icon on it, for a screen of that pixel ratio."""
    made = QPixmap(QSize(SIDE, SIDE) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(0, 0, SIDE, SIDE), 5, 5)
    painter.drawPixmap(QPointF(4, 4), theme.pixmap(icon, SIDE - 8, theme.text_on(colour), ratio))
    painter.end()
    return made
