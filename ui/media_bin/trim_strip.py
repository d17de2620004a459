"""The trim strip: a media's thumbnails or waveform with an in-point and an out-point that can be dragged."""

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor import time_format
from editor.schedule.model import MIN_SEGMENT_MS, Media
from ui.services.media_service import MediaService
from ui.style import theme
from ui.widgets.waveform import paint_peaks

TrimEnd = Literal["in", "out"]
HANDLE = 7
STRIP = 46


class TrimStrip(QWidget):
    """A widget that shows the whole media from left to right, with the parts outside in-point and out-point dimmed.

    A dragged end has a line and its time. With the keyboard, arrow keys move the active end by 100 ms (with Shift, by a
    second), and I and O choose the active end.
    """

    moved = Signal(int, int)
    """In-point and out-point in milliseconds during a drag."""
    settled = Signal(int, int)
    """In-point and out-point in milliseconds after a drag or a key."""

    def __init__(self, media_service: MediaService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._media_service = media_service
        self._media: Media | None = None
        self._in_ms = 0
        self._out_ms = 0
        self._active_end: TrimEnd = "in"
        self._dragging = False
        self._hover_ms: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        media_service.previews_changed.connect(self._on_previews_changed)

    def show_media(self, media: Media, in_ms: int, out_ms: int) -> None:
        """Show a media with an in-point and an out-point, in milliseconds, without emitting signals."""
        self._media, self._in_ms, self._out_ms = media, in_ms, out_ms
        self._hover_ms = None
        self.setAccessibleName(self.tr("In and out of {name}").format(name=media.name))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size in pixels of a row of thumbnails."""
        return QSize(200, STRIP)

    # -------------------------------------------------------------------------------------------- geometry

    def _track_rect(self) -> QRectF:
        return QRectF(HANDLE, 2, max(self.width() - 2 * HANDLE, 1), self.height() - 4)

    def _ms_to_x(self, ms: int) -> float:
        track = self._track_rect()
        whole = self._media.duration_ms if self._media else 1
        return track.left() + track.width() * ms / max(whole, 1)

    def _x_to_ms(self, x: float) -> int:
        track = self._track_rect()
        whole = self._media.duration_ms if self._media else 0
        return min(max(round((x - track.left()) * whole / track.width()), 0), whole)

    def _move_end(self, point: TrimEnd, ms: int) -> None:
        """Move one end, inside the media and at least `MIN_SEGMENT_MS` from the other."""
        if self._media is None:
            return
        self._active_end = point
        if point == "in":
            self._in_ms = min(max(ms, 0), max(self._out_ms - MIN_SEGMENT_MS, 0))
        else:
            self._out_ms = max(
                min(ms, self._media.duration_ms), min(self._in_ms + MIN_SEGMENT_MS, self._media.duration_ms)
            )
        self._hover_ms = self._in_ms if point == "in" else self._out_ms
        self.moved.emit(self._in_ms, self._out_ms)
        self.update()

    # --------------------------------------------------------------------------------- mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the nearer end to the mouse, emit `moved`, and begin to drag it; only the left button does that."""
        if event.button() != Qt.MouseButton.LeftButton or self._media is None:
            return
        x = event.position().x()
        self._dragging = True
        self._move_end(
            "in" if abs(x - self._ms_to_x(self._in_ms)) <= abs(x - self._ms_to_x(self._out_ms)) else "out",
            self._x_to_ms(x),
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the dragged end and emit `moved`; without a drag, show the time under the mouse."""
        ms = self._x_to_ms(event.position().x())
        if self._dragging:
            self._move_end(self._active_end, ms)
        else:
            self._hover_ms = ms
            near = min(abs(event.position().x() - self._ms_to_x(point)) for point in (self._in_ms, self._out_ms))
            self.setCursor(Qt.CursorShape.SizeHorCursor if near <= HANDLE else Qt.CursorShape.PointingHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag and emit `settled` with the new range."""
        if self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = False
            self.settled.emit(self._in_ms, self._out_ms)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the time under the mouse, unless an end is being dragged."""
        if not self._dragging:
            self._hover_ms = None
            self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the active end with the arrow keys and emit `moved` and `settled`; choose the active end with I and O.

        Other keys work as usual.
        """
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() in {Qt.Key.Key_I, Qt.Key.Key_O}:
            self._active_end = "in" if event.key() == Qt.Key.Key_I else "out"
            self._hover_ms = self._in_ms if self._active_end == "in" else self._out_ms
            self.update()
        elif steps is not None and self._media is not None:
            step = 1_000 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 100
            now = self._in_ms if self._active_end == "in" else self._out_ms
            self._move_end(self._active_end, now + steps * step)
            self.settled.emit(self._in_ms, self._out_ms)
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------------------------------- painting

    def _on_previews_changed(self, sha256: str) -> None:
        if self._media is not None and sha256 == self._media.sha256:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the thumbnails or waveform, dim the parts that are cut off, and paint the ends."""
        del event
        media = self._media
        if media is None:
            return
        look = theme.look_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        track = self._track_rect()
        shape = QPainterPath()
        shape.addRoundedRect(track, 4, 4)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(track, look.sunken)
        if media.kind == "video":
            self._paint_thumbnails(painter, track, media)
        elif (peaks := self._media_service.get_peaks(media.sha256)) is not None:
            colour = theme.KIND_COLOURS["audio"]
            paint_peaks(
                painter,
                track.adjusted(0, 5, 0, -5),
                peaks,
                0,
                media.duration_ms,
                colour.lighter(120) if look.dark else colour,
            )
        veil = QColor(look.panel)
        veil.setAlpha(205)
        left, right = self._ms_to_x(self._in_ms), self._ms_to_x(self._out_ms)
        painter.fillRect(QRectF(track.left(), track.top(), left - track.left(), track.height()), veil)
        painter.fillRect(QRectF(right, track.top(), track.right() - right, track.height()), veil)
        painter.restore()
        colour = look.accent
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(left, track.top(), max(right - left, 1), track.height()), 3, 3)
        for point, x in (("in", left), ("out", right)):
            self._paint_end(painter, x, track, inwards=1 if point == "in" else -1, is_active=point == self._active_end)
        if self._hover_ms is not None:
            x = self._ms_to_x(self._hover_ms)
            painter.setPen(QPen(look.playhead, 1))
            painter.drawLine(QPointF(x, track.top()), QPointF(x, track.bottom()))
            self._paint_time(painter, x, look)

    def _paint_thumbnails(self, painter: QPainter, track: QRectF, media: Media) -> None:
        across = media.width / media.height if media.height else 16 / 9
        width = max(track.height() * across, 24)
        count = max(round(track.width() / width), 1)
        width = track.width() / count
        for number in range(count):
            image = self._media_service.get_thumbnail(media.sha256, media.duration_ms * (2 * number + 1) // (2 * count))
            if image is None:
                continue
            size = image.size().scaled(
                QSize(round(width) + 1, round(track.height())), Qt.AspectRatioMode.KeepAspectRatioByExpanding
            )
            box = QRectF(track.left() + number * width, track.top(), width, track.height())
            target = QRectF(0, 0, size.width(), size.height())
            target.moveCenter(box.center())
            painter.save()
            painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
            painter.drawImage(target, image)
            painter.restore()

    def _paint_end(self, painter: QPainter, x: float, track: QRectF, *, inwards: int, is_active: bool) -> None:
        look = theme.look_of(self)
        grip = QRectF(min(x, x - inwards * HANDLE), track.top(), HANDLE, track.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.text if is_active and self.hasFocus() else look.accent)
        painter.drawRoundedRect(grip, 2, 2)
        painter.setBrush(look.on_accent if not (is_active and self.hasFocus()) else look.panel)
        middle = grip.center()
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(middle.x() - inwards * 1.5, middle.y() - 4),
                    QPointF(middle.x() + inwards * 2, middle.y()),
                    QPointF(middle.x() - inwards * 1.5, middle.y() + 4),
                ]
            )
        )

    def _paint_time(self, painter: QPainter, x: float, look: theme.Look) -> None:
        text = time_format.format_time(self._hover_ms or 0)
        font = theme.to_tabular_figures(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(text) + 10
        left = min(max(round(x - width / 2), 0), self.width() - width)
        box = QRect(left, self.height() - 20, width, 17)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.playhead)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(theme.text_on(look.playhead))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
