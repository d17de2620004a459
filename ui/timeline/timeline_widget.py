"""The timeline as a widget: passes Qt's events to the mouse and keyboard controllers.

The result is painted by its base class, `ui.timeline.timeline_view`.
"""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip

from editor.schedule.kinds import lane_of
from editor.schedule.model import Lane
from ui.text.plain_text import to_tooltip
from ui.timeline import accessible
from ui.timeline.geometry.layout import Hit
from ui.timeline.geometry.viewport import ZOOM_STEP
from ui.timeline.input.drops import DropGesture
from ui.timeline.input.gestures import Point
from ui.timeline.input.keyboard_controller import KeyName
from ui.timeline.timeline_view import TimelineView

KEYS: dict[int, KeyName] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_PageUp: "page_up",
    Qt.Key.Key_PageDown: "page_down",
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Enter: "enter",
    Qt.Key.Key_Escape: "escape",
}
CURSORS = {
    "arrow": Qt.CursorShape.ArrowCursor,
    "edge": Qt.CursorShape.SizeHorCursor,
    "grab": Qt.CursorShape.ClosedHandCursor,
}


@dataclass(frozen=True)
class MenuTarget:
    """The place for which a context menu was requested, and where the menu opens on the screen; immutable.

    `at_ms` is its position in milliseconds. `segment` and `marker` are ids, each set for its area only; `lane` is None
    on the ruler and for markers. `global_pos` is in pixels of the screen.
    """

    area: Literal["segment", "gap", "ruler", "marker", "header"]
    at_ms: int
    global_pos: QPoint
    lane: Lane | None = None
    segment: str | None = None
    marker: str | None = None


class TimelineWidget(TimelineView):
    """The timeline as a widget: a `TimelineView`, made with the same arguments, that handles mouse, keys and drops.

    What it does not do itself it asks for by signals, such as `menu_requested` and `files_dropped`.
    """

    # ----------------------------------------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a press of the left or middle button, which may become a click or a drag (`MouseController.press`).

        It hides the focus ring and moves the keyboard focus to what was pressed. Other buttons do nothing.
        """
        at, modifiers = event.position(), event.modifiers()
        if event.button() not in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            return
        self._shows_focus_ring = False
        found = self._mouse.press(
            at.x(),
            at.y(),
            ctrl=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
            shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
            middle=event.button() == Qt.MouseButton.MiddleButton,
        )
        if found.area == "ruler":
            self._keyboard.move_focus("ruler")
        elif found.lane is not None:
            self._keyboard.move_focus(found.lane, found.segment)
        self._after_input()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is dragged; without a button down, highlight what lies under the pointer."""
        at = event.position()
        if self._mouse.is_pressed:
            self._mouse.move(at.x(), at.y(), alt=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
            self._after_input()
        else:
            self._set_hovered(self._mouse.hit_test(at.x(), at.y()))
        self.setCursor(CURSORS[self._mouse.choose_cursor(at.x(), at.y())])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Commit the drag, or carry out the click."""
        if event.button() in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            self._mouse.release(event.position().x(), event.position().y())
            self._after_input()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Emit `timing_edit_requested` for a segment under the pointer; elsewhere treat it as a second press."""
        found = self._mouse.hit_test(event.position().x(), event.position().y())
        if found.segment is not None and event.button() == Qt.MouseButton.LeftButton:
            self.timing_edit_requested.emit(found.segment.id)
        else:
            self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Remove the highlight of the segment that was under the pointer."""
        super().leaveEvent(event)
        self._set_hovered(None)

    def _set_hovered(self, found: Hit | None) -> None:
        hovered = found.segment.id if found is not None and found.segment is not None else None
        if hovered != self._hovered_id:
            self._hovered_id = hovered
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer with Ctrl; otherwise scroll, by pixels if the device reports them."""
        pixels, angle = event.pixelDelta(), event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = pixels.y() / 60 if not pixels.isNull() else angle.y() / 120
            self._zoom(ZOOM_STEP**steps, event.position().x())
        else:
            moved = pixels if not pixels.isNull() else angle * 2 / 3
            by = moved.x() if abs(moved.x()) > abs(moved.y()) else moved.y()
            self.set_scale(self._viewport.scale.panned(-by))
        at = event.position()
        if self._mouse.gesture is not None:
            self._mouse.move(at.x(), at.y())
            self._after_input()
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Emit `menu_requested` for what lies under the pointer, or for what has the focus if a key asked for the menu.

        What has the focus is a segment, else the ruler or a lane. A segment that is not selected is selected first.
        While a mouse button is down nothing happens.
        """
        if self._mouse.is_pressed:
            return
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.request_menu_by_key()
            return
        found = self._mouse.hit_test(event.pos().x(), event.pos().y())
        if found.segment is not None and found.segment.id not in self._selection.ids:
            self._keyboard.select_segment(lane_of(found.segment), found.segment)
        self._request_menu(found, event.globalPos())

    def _request_menu(self, found: Hit, global_pos: QPoint) -> None:
        segment = found.segment.id if found.segment is not None else None
        if found.marker is not None:
            self.menu_requested.emit(MenuTarget("marker", found.marker.at_ms, global_pos, marker=found.marker.id))
        elif segment is not None:
            self.menu_requested.emit(MenuTarget("segment", found.at_ms, global_pos, found.lane, segment))
        elif found.area == "ruler":
            self.menu_requested.emit(MenuTarget("ruler", found.at_ms, global_pos))
        elif found.lane is not None:
            area: Literal["header", "gap"] = "header" if found.area == "header" else "gap"
            self.menu_requested.emit(MenuTarget(area, found.at_ms, global_pos, found.lane))

    def request_menu_by_key(self) -> None:
        """Emit `menu_requested` for the segment, or else the ruler or lane, with the keyboard focus.

        A segment that is not selected is selected first.
        """
        segment, zone = self._keyboard.find_current_segment(), self._keyboard.zone
        layout, scale = self._viewport.layout, self._viewport.scale
        band = layout.ruler if zone == "ruler" else layout.clip_band(zone)
        at_ms = self._playhead.position_ms if segment is None else segment.start_ms
        x = min(max(scale.x_of(at_ms) + 12, layout.time_left), layout.width - 20)
        lane = None if zone == "ruler" else zone
        hit = Hit("ruler" if zone == "ruler" else zone, at_ms, lane, segment)
        if segment is not None and segment.id not in self._selection.ids:
            self._keyboard.select_segment(lane_of(segment), segment)
        self._request_menu(hit, self.mapToGlobal(QPoint(int(x), band.top + band.height // 2)))

    # -------------------------------------------------------------------------------------------- keyboard

    def event(self, event: QEvent) -> bool:
        """Claim the timeline's keys before the window's shortcuts; handle tooltips and the pinch of a trackpad."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants_key(event):
            event.accept()
            return True
        if kind == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event)
            return True
        if kind == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom(1 + event.value(), event.position().x())
            return True
        return super().event(event)

    def _wants_key(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if not plain or event.key() not in KEYS:
            return False
        if event.key() == Qt.Key.Key_Escape:
            return self._mouse.gesture is not None or self._mouse.is_pressed or self._keyboard.held_part is not None
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle arrows, Enter, Esc, Home, End and Shift+F10; see `KeyboardController`."""
        name = KEYS.get(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_F10 and shift:
            self.request_menu_by_key()
            return
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and not self._mouse.is_pressed:
            self.seek(0 if event.key() == Qt.Key.Key_Home else self._controller.webinar.length_ms)
            return
        held_part = self._keyboard.held_part
        if name is None or not self._wants_key(event) or not self._keyboard.press(name, shift=shift):
            super().keyPressEvent(event)
            return
        if name != "escape":
            self._shows_focus_ring = True
        self._announce_key(held_part)
        self._after_input()

    def _announce_key(self, previous_part: object) -> None:
        """Tell screen readers what the key did."""
        segment, held_part = self._keyboard.find_current_segment(), self._keyboard.held_part
        if segment is not None and held_part is not None and held_part != previous_part:
            accessible.announce(self, self._labels.describe_held_part(held_part, segment))
        elif held_part is not None and self._mouse.preview.tooltip is not None:
            tooltip = self._mouse.preview.tooltip
            accessible.announce(
                self, self._formatter.format_position(tooltip.start_ms if held_part != "end" else tooltip.end_ms or 0)
            )
        elif segment is not None:
            self._announce_focus()

    def _announce_focus(self) -> None:
        """Tell screen readers which segment, or which part of the timeline, has the keyboard focus."""
        segment = self._keyboard.find_current_segment()
        if segment is None:
            accessible.announce(self, self.describe_zone())
        else:
            accessible.announce_focus(self, segment)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go through the ruler and the lanes with Tab before the focus leaves the timeline."""
        if self.hasFocus() and self._keyboard.focus_next(forward=forward):
            self._shows_focus_ring = True
            self._announce_focus()
            self.update()
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring if the focus came by Tab: on the ruler, or backwards on the last lane."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self._keyboard.receive_focus(forward=event.reason() == Qt.FocusReason.TabFocusReason)
            self._shows_focus_ring = True
            self._announce_focus()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Release what the keyboard holds, without moving it, and hide the focus ring."""
        super().focusOutEvent(event)
        self._keyboard.drop_held()
        self.update()

    # ----------------------------------------------------------------------------------------------- drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Begin a drop gesture for files and for media from the bin; ignore other drags, and any if read-only."""
        gesture = self._drop_reader.make_gesture(event.mimeData(), self.make_gesture_context())
        if gesture is None or self._controller.read_only:
            event.ignore()
            return
        self._mouse.begin_gesture(gesture, event.position().x())
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Preview where the dragged files or media would land."""
        at = event.position()
        if not isinstance(self._mouse.gesture, DropGesture):
            event.ignore()
            return
        self._mouse.move_gesture(at.x(), at.y(), alt=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._after_input()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Cancel the drop gesture, so that its preview disappears."""
        super().dragLeaveEvent(event)
        self._mouse.cancel_gesture()
        self._after_input()

    def dropEvent(self, event: QDropEvent) -> None:
        """Commit the preview of media from the bin; for files, known or not, emit `files_dropped` instead.

        The window becomes the active one. Without a drop gesture the drop is ignored.
        """
        gesture, at = self._mouse.gesture, event.position()
        if not isinstance(gesture, DropGesture):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        # The focus is still in the file manager; the pop-up that opens next needs the keyboard.
        self.activateWindow()
        files = self._drop_reader.read_files(event.mimeData())
        if files:
            self._mouse.cancel_gesture()
            self.files_dropped.emit(files, self._viewport.layout.nearest_lane(at.y()), gesture.at_ms)
        else:
            self._mouse.commit_gesture(Point(at.x(), at.y()))
        self._after_input()

    # -------------------------------------------------------------------------------------------- tooltips

    def _show_tooltip(self, event: QHelpEvent) -> None:
        found = self._mouse.hit_test(event.pos().x(), event.pos().y())
        if self._mouse.gesture is not None:
            return
        text = ""
        if found.marker is not None:
            # Outside of an f-string, where lupdate does not look for strings to translate.
            title = found.marker.title or self.tr("Marker")
            text = f"{title}\n{self._formatter.format_position(found.marker.at_ms)}"
        elif found.segment is not None:
            text = self._labels.format_tooltip(found.segment, self._find_media_state(found.segment))
        elif found.lock and found.lane is not None:
            locked = self._controller.webinar.is_locked(found.lane)
            text = self.tr("Unlock this lane") if locked else self.tr("Lock this lane against changes")
        QToolTip.showText(event.globalPos(), to_tooltip(text), self)
