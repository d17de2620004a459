"""How an offer will look to attendees, drawn by the very hand that draws it over the preview."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.schedule.model import InteractionSegment
from ui import theme
from ui.preview.overlay import paint_offer


class OfferPreview(QWidget):
    """A small stage, 16 : 9, with the offer on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segment: InteractionSegment | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_offer(self, segment: InteractionSegment) -> None:
        """Show an offer, as it is or as it is being written."""
        self._segment = segment
        self.update()

    def hasHeightForWidth(self) -> bool:
        """It is always 16 : 9."""
        return True

    def heightForWidth(self, width: int) -> int:
        """It is always 16 : 9."""
        return width * 9 // 16

    def sizeHint(self) -> QSize:
        """As wide as the inspector usually is."""
        return QSize(256, 144)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The stage, then the offer."""
        del event
        if self._segment is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = min(self.height(), self.heightForWidth(self.width()))
        stage = QRectF(0, 0, height * 16 / 9, height)
        stage.moveCenter(QRectF(self.rect()).center())
        shape = QPainterPath()
        shape.addRoundedRect(stage, 6, 6)
        painter.setClipPath(shape)
        ground = QLinearGradient(stage.topLeft(), stage.bottomRight())
        ground.setColorAt(0, QColor("#2B3440"))
        ground.setColorAt(1, QColor("#46566A"))
        painter.fillRect(stage, ground)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 26))
        unit = stage.height() / 12
        for row, width in enumerate((9.0, 6.5, 7.5)):
            painter.drawRoundedRect(
                QRectF(stage.left() + unit * 1.5, stage.top() + unit * (1.5 + row * 1.4), unit * width, unit * 0.8),
                2,
                2,
            )
        paint_offer(painter, stage, self._segment, theme.DARK)
