"""A preview of an offer as attendees see it, painted by the same code as in the player preview."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.schedule.model import InteractionSegment
from ui.preview.paint.overlay import paint_offer
from ui.style import theme


class OfferPreview(QWidget):
    """A widget that shows an offer on a small 16 : 9 stage, as attendees see it; a click or Enter enlarges it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segment: InteractionSegment | None = None
        self._enlarged: OfferPreview | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_offer(self, segment: InteractionSegment) -> None:
        """Show a call to action or a survey as it is given, saved or with what is being edited."""
        self._segment = segment
        self.update()

    def show_enlarged(self) -> None:
        """Open a pop-up with the enlarged preview, which closes on a click or Esc; nothing before `show_offer`."""
        if self._segment is None:
            return
        if self._enlarged is None:
            self._enlarged = OfferPreview(self)
            self._enlarged.setWindowFlag(Qt.WindowType.Popup)
            self._enlarged.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
            self._enlarged.resize(800, 450)
        self._enlarged.show_offer(self._segment)
        geometry = self._enlarged.frameGeometry()
        geometry.moveCenter(self.window().frameGeometry().center())
        self._enlarged.move(geometry.topLeft())
        self._enlarged.show()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the enlarged preview on a click of the left button; in the enlarged one, close it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.close() if self.isWindow() else self.show_enlarged()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the enlarged preview with Enter or Space; pass other keys on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not self.isWindow():
            self.show_enlarged()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the height in the inspector so that the aspect ratio stays 16 : 9."""
        super().resizeEvent(event)
        if not self.isWindow():
            self.setFixedHeight(event.size().width() * 9 // 16)

    def sizeHint(self) -> QSize:
        """Return 256 × 144 pixels, which fit into the inspector."""
        return QSize(256, 144)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the stage and the offer on it; nothing before `show_offer`."""
        del event
        if self._segment is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = min(self.height(), self.width() * 9 / 16)
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
        if self.hasFocus():
            painter.setPen(QPen(theme.look_of(self).accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(stage.adjusted(1, 1, -1, -1), 6, 6)
        painter.end()  # Python may free it only after this widget is gone
