"""The widget that shows the scene, in the panel and on the full screen."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.preview.cards import trouble_places
from ui.preview.conductor import Conductor
from ui.preview.scene import Scene, paint_scene, stage_in

APART = 8
"""Pixels between two buttons."""


class Surface(QWidget):
    """Shows what the conductor says is to be seen.

    Args:
        conductor: says what, and is told how wide a picture is worth decoding.
        parent: Qt's owner.
        margin: pixels left free around the stage.
    """

    relink_asked = Signal(str)
    """A person wants to find this media's file."""
    doubled = Signal()
    """The picture was double-clicked."""

    def __init__(self, conductor: Conductor, parent: QWidget | None = None, *, margin: int = 0) -> None:
        super().__init__(parent)
        self._conductor = conductor
        self._margin = margin
        self._scene: Scene | None = None
        self._ringed = False
        self._relink = QPushButton(self)
        self._relink.setObjectName("primary")
        self._relink.setCursor(Qt.CursorShape.PointingHandCursor)
        self._relink.clicked.connect(self._ask_relink)
        self._relink.hide()
        self._get = QPushButton(self)
        self._get.setCursor(Qt.CursorShape.PointingHandCursor)
        self._get.clicked.connect(self._ask_get)
        self._get.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 135)
        conductor.changed.connect(self._on_changed)
        self.retranslate()
        self._on_changed()

    def sizeHint(self) -> QSize:
        """A comfortable 16 : 9."""
        return QSize(880, 495)

    @property
    def stage(self) -> QRectF:
        """Where the stage lies."""
        margin = self._margin
        return stage_in(QRectF(self.rect()).adjusted(margin, margin, -margin, -margin))

    def retranslate(self) -> None:
        """Take the words of the language in force."""
        self._relink.setText(self.tr("Relink…"))
        self._get.setText(self.tr("Get from the hosting"))
        self.setAccessibleName(self.tr("Preview"))

    @Slot()
    def _on_changed(self) -> None:
        scene = self._conductor.scene
        if scene != self._scene:
            self._scene = scene
            self._place_buttons()
            self.update()

    def _place_buttons(self) -> None:
        """The ways out of trouble side by side, the first in front."""
        scene = self._conductor.scene
        wanted = bool(scene.trouble) and scene.relink is not None
        self._relink.setVisible(wanted)
        self._get.setVisible(wanted and scene.gettable)
        if not wanted:
            return
        _, place = trouble_places(self.stage, scene.trouble, with_button=True)
        buttons = [self._relink, self._get] if scene.gettable else [self._relink]
        hints = [button.sizeHint() for button in buttons]
        tall = max(round(place.height()), *(hint.height() for hint in hints))
        wide = [max(hint.width(), round(place.width()) if len(buttons) == 1 else 0) for hint in hints]
        left = round(place.center().x() - (sum(wide) + APART * (len(wide) - 1)) / 2)
        for button, width in zip(buttons, wide, strict=True):
            button.setGeometry(left, round(place.center().y() - tall / 2), width, tall)
            left += width + APART

    @Slot()
    def _ask_relink(self) -> None:
        relink = self._conductor.scene.relink
        if relink is not None:
            self.relink_asked.emit(relink)

    @Slot()
    def _ask_get(self) -> None:
        lost = self._conductor.scene.relink
        if lost is not None:
            self._conductor.get_from_hosting(lost)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground around, then the stage."""
        painter = QPainter(self)
        try:
            stage = self.stage
            if stage.toAlignedRect() != self.rect():
                painter.fillRect(event.rect(), theme.look_of(self).window)
            if not stage.isEmpty():
                painter.save()
                painter.setClipRect(stage)
                paint_scene(painter, stage, self._conductor.scene)
                painter.restore()
                if self._ringed:
                    painter.setPen(QPen(theme.look_of(self).accent, 2))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(stage.adjusted(-3, -3, 3, 3), 4, 4)
        finally:
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who came by keyboard sees where."""
        super().focusInEvent(event)
        by_keyboard = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        self._ringed = by_keyboard and self._margin > 0
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self._ringed = False
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for pictures of the new size."""
        super().resizeEvent(event)
        self._tell_width()
        self._place_buttons()

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language, pictures for another screen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self._tell_width()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On or off the full screen."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.doubled.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Pictures are worth decoding at this size."""
        super().showEvent(event)
        self._tell_width()

    def hideEvent(self, event: QHideEvent) -> None:
        """Pictures are worth nothing here."""
        super().hideEvent(event)
        self._conductor.see(self, 0)

    def _tell_width(self) -> None:
        if self.isVisible():
            self._conductor.see(self, round(self.stage.width() * self.devicePixelRatioF()))
