"""The widget that shows the picture, in the panel and on the full screen."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.preview.paint.frame_content import FrameContent, fit_stage, paint_content
from ui.preview.paint.placeholders import layout_error
from ui.preview.playback_controller import PlaybackController
from ui.style import theme

BUTTON_SPACING = 8
"""Pixels between two buttons."""


class Surface(QWidget):
    """A widget that paints the frame content of a playback controller.

    Over the content it shows buttons to relink a missing file, or to download its proxy from the server.

    Args:
        playback: Gives the content, and learns how wide images must be decoded.
        parent: Qt parent.
        margin: Logical pixels left free around the stage; the focus ring is shown only where there are some.
    """

    relink_requested = Signal(str)
    """The user wants to relink the media with this hash."""
    double_clicked = Signal()

    def __init__(self, playback: PlaybackController, parent: QWidget | None = None, *, margin: int = 0) -> None:
        super().__init__(parent)
        self._playback = playback
        self._margin = margin
        self._content: FrameContent | None = None
        self._shows_focus_ring = False
        self._relink_button = QPushButton(self)
        self._relink_button.setObjectName("primary")
        self._relink_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._relink_button.clicked.connect(self._request_relink)
        self._relink_button.hide()
        self._get_button = QPushButton(self)
        self._get_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._get_button.clicked.connect(self._request_download)
        self._get_button.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 135)
        playback.changed.connect(self._on_changed)
        self.retranslate()
        self._on_changed()

    def sizeHint(self) -> QSize:
        """Return 880 × 495 pixels, a comfortable size of 16 : 9."""
        return QSize(880, 495)

    @property
    def stage(self) -> QRectF:
        """The rectangle of the stage in the widget, in logical pixels: the largest 16 : 9 inside the margin."""
        margin = self._margin
        return fit_stage(QRectF(self.rect()).adjusted(margin, margin, -margin, -margin))

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        self._relink_button.setText(self.tr("Relink…"))
        self._get_button.setText(self.tr("Get from the server"))
        self.setAccessibleName(self.tr("Preview"))

    @Slot()
    def _on_changed(self) -> None:
        scene = self._playback.content
        if scene != self._content:
            self._content = scene
            self._place_buttons()
            self.update()

    def _place_buttons(self) -> None:
        """Place the buttons of an error side by side, Relink first."""
        scene = self._playback.content
        wanted = bool(scene.error_text) and scene.relink is not None
        self._relink_button.setVisible(wanted)
        self._get_button.setVisible(wanted and scene.can_fetch)
        if not wanted:
            return
        _, place = layout_error(self.stage, scene.error_text, with_button=True)
        buttons = [self._relink_button, self._get_button] if scene.can_fetch else [self._relink_button]
        hints = [button.sizeHint() for button in buttons]
        tall = max(round(place.height()), *(hint.height() for hint in hints))
        wide = [max(hint.width(), round(place.width()) if len(buttons) == 1 else 0) for hint in hints]
        left = round(place.center().x() - (sum(wide) + BUTTON_SPACING * (len(wide) - 1)) / 2)
        for button, width in zip(buttons, wide, strict=True):
            button.setGeometry(left, round(place.center().y() - tall / 2), width, tall)
            left += width + BUTTON_SPACING

    @Slot()
    def _request_relink(self) -> None:
        relink = self._playback.content.relink
        if relink is not None:
            self.relink_requested.emit(relink)

    @Slot()
    def _request_download(self) -> None:
        lost = self._playback.content.relink
        if lost is not None:
            self._playback.get_from_hosting(lost)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the margin, then the stage, then the focus ring."""
        painter = QPainter(self)
        try:
            stage = self.stage
            if stage.toAlignedRect() != self.rect():
                painter.fillRect(event.rect(), theme.look_of(self).window)
            if not stage.isEmpty():
                painter.save()
                painter.setClipRect(stage)
                paint_content(painter, stage, self._playback.content)
                painter.restore()
                if self._shows_focus_ring:
                    painter.setPen(QPen(theme.look_of(self).accent, 2))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(stage.adjusted(-3, -3, 3, 3), 4, 4)
        finally:
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring when the focus came by Tab, if the surface has a margin."""
        super().focusInEvent(event)
        by_keyboard = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        self._shows_focus_ring = by_keyboard and self._margin > 0
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring when the focus leaves."""
        super().focusOutEvent(event)
        self._shows_focus_ring = False
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Request images of the new size, and move the buttons of an error."""
        super().resizeEvent(event)
        self._report_width()
        self._place_buttons()

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts anew when Qt reports another language.

        Request images of another width for another pixel ratio.
        """
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self._report_width()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Emit `double_clicked` for the left button."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.double_clicked.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Request images of this size while the surface is visible."""
        super().showEvent(event)
        self._report_width()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop requesting images for this surface while it is hidden."""
        super().hideEvent(event)
        self._playback.set_surface_width(self, 0)

    def _report_width(self) -> None:
        if self.isVisible():
            self._playback.set_surface_width(self, round(self.stage.width() * self.devicePixelRatioF()))
