"""The timeline for screen readers: a child for each segment, its actions, and where the focus is.

Qt asks the factory for the interface of a widget once an assistive technology is there; until then nothing here costs
anything. Children are made when they are asked for. Qt's cache owns the interfaces it was given and refers to them by
number; they are kept here too, since the cache does not hold on to their Python side.
"""

from functools import cache
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

from editor.schedule.kinds import lane_of
from editor.schedule.model import AnySegment, Webinar
from ui.timeline.geometry.viewport import Viewport
from ui.timeline.input.keyboard_controller import KeyboardController
from ui.timeline.input.mouse_controller import MouseController

TIMING_ACTION = "numbers"


class AccessibleTimeline(QWidget):
    """The part of the timeline's widget that its accessible interfaces use; `TimelineView` implements it."""

    @property
    def webinar(self) -> Webinar:
        """The webinar as it is committed, without the preview of a gesture."""
        raise NotImplementedError

    @property
    def viewport(self) -> Viewport:
        """The visible stretch of time and the layout of the widget, for places of segments on the screen."""
        raise NotImplementedError

    @property
    def mouse(self) -> MouseController:
        """The controller that finds what lies under a point."""
        raise NotImplementedError

    @property
    def keyboard(self) -> KeyboardController:
        """The controller that knows which segment has the keyboard focus."""
        raise NotImplementedError

    def is_selected(self, segment_id: str) -> bool:
        """Return whether the segment with an id is selected."""
        raise NotImplementedError

    def describe_segment(self, segment: AnySegment) -> str:
        """Return a segment in one line, as a screen reader says it: title, kind, start and length.

        If it is so, also: freeze frame, grouped, its file's state, locked.
        """
        raise NotImplementedError

    def request_timing_edit(self, segment_id: str) -> None:
        """Ask for the fields of a segment's start and length, by the signal `timing_edit_requested`."""
        raise NotImplementedError

    def request_menu_by_key(self) -> None:
        """Ask, by `menu_requested`, for the menu of what has the keyboard focus: a segment, the ruler or a lane."""
        raise NotImplementedError


class SegmentActions(QAccessibleActionInterface):
    """The actions that a screen reader offers for a segment: press and focus (both select it), context menu, timing.

    Qt calls its methods.
    """

    def __init__(self, timeline: AccessibleTimeline, segment_id: str) -> None:
        super().__init__()
        self._timeline = timeline
        self._id = segment_id

    def actionNames(self) -> list[str]:
        """Return the actions: press and focus (both select), context menu, start and length."""
        return [self.pressAction(), self.setFocusAction(), self.showMenuAction(), TIMING_ACTION]

    def localizedActionName(self, name: str) -> str:
        """Return the name of an action in the language of the window; Qt's own name for its standard actions."""
        if name == TIMING_ACTION:
            return QCoreApplication.translate("SegmentActions", "Set start and length")
        return super().localizedActionName(name)

    def localizedActionDescription(self, name: str) -> str:
        """Return the action's name, which says all there is to say."""
        return self.localizedActionName(name)

    def keyBindingsForAction(self, _name: str) -> list[str]:
        """Return no keys: they belong to the window's menus, where screen readers find them."""
        return []

    def doAction(self, name: str) -> None:
        """Select the segment, then open its menu or ask for its times, by the action's name; else focus the timeline.

        Nothing happens if the segment is gone.
        """
        segment = self._timeline.webinar.find_segment(self._id)
        if segment is None:
            return
        self._timeline.keyboard.select_segment(lane_of(segment), segment)
        if name == TIMING_ACTION:
            self._timeline.request_timing_edit(self._id)
        elif name == self.showMenuAction():
            self._timeline.request_menu_by_key()
        else:
            self._timeline.setFocus(Qt.FocusReason.OtherFocusReason)


class SegmentInterface(QAccessibleInterface):
    """The accessible interface of one segment, a list item without children.

    `TimelineInterface` makes it, Qt calls it.
    """

    def __init__(self, timeline: AccessibleTimeline, segment_id: str) -> None:
        super().__init__()
        self._timeline = timeline
        self._id = segment_id
        self._actions = SegmentActions(timeline, segment_id)

    def _find_segment(self) -> AnySegment | None:
        return self._timeline.webinar.find_segment(self._id) if isValid(self._timeline) else None

    def isValid(self) -> bool:
        """Return whether the segment is still on the timeline."""
        return self._find_segment() is not None

    def object(self) -> QObject | None:  # type: ignore[override]  # Qt allows none: a segment is no object of its own
        """Return None: a segment is no QObject."""
        return None

    def window(self) -> QWindow:
        """Return the window that the timeline is in."""
        return self._timeline.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """Return the interface of the timeline."""
        return QAccessible.queryAccessibleInterface(self._timeline)

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return None: a segment has no children."""
        return None

    def childCount(self) -> int:
        """Return 0: a segment has no children."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """Return -1: a segment has no children."""
        return -1

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return None: a segment has no children."""
        return None

    def rect(self) -> QRect:
        """Return the visible part of the segment in pixels of the screen.

        It is one pixel wide while the segment is out of view, and empty if the segment is gone.
        """
        segment = self._find_segment()
        if segment is None:
            return QRect()
        viewport = self._timeline.viewport
        band = viewport.layout.clip_band(lane_of(segment))
        left = max(viewport.scale.x_of(segment.start_ms), viewport.layout.header)
        right = min(viewport.scale.x_of(segment.end_ms), viewport.layout.width)
        corner = self._timeline.mapToGlobal(QPoint(int(left), band.top))
        return QRect(corner.x(), corner.y(), max(int(right - left), 1), band.height)

    def role(self) -> QAccessible.Role:
        """Return that the segment is a list item."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Return whether the segment is selected, has the focus, is scrolled out of view, or is gone ("invalid")."""
        state = QAccessible.State()
        segment = self._find_segment()
        if segment is None:
            state.invalid = True
            return state
        timeline = self._timeline
        state.focusable = state.selectable = state.multiSelectable = True
        state.selected = timeline.is_selected(self._id)
        current = timeline.keyboard.find_current_segment()
        state.focused = timeline.hasFocus() and current is not None and current.id == self._id
        scale = timeline.viewport.scale
        state.offscreen = segment.end_ms <= scale.origin_ms or segment.start_ms >= scale.end_ms
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Return the segment in one line as its name: "Welcome, video, starts 0:00:10, lasts 2:00".

        Other kinds of text, and a segment that is gone, give an empty text.
        """
        segment = self._find_segment()
        if segment is None or kind != QAccessible.Text.Name:
            return ""
        return self._timeline.describe_segment(segment)

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """Ignore the text: titles are changed in the inspector."""

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Return the actions; None for any other interface."""
        return self._actions if kind == QAccessible.InterfaceType.ActionInterface else None


class TimelineInterface(QAccessibleWidget):
    """The accessible interface of the timeline: a list of its segments, those of the programme first; Qt calls it.

    Made by the factory that `install` registers.
    """

    def __init__(self, timeline: AccessibleTimeline) -> None:
        # A name given here would stay in the language in which it was given.
        super().__init__(timeline, QAccessible.Role.List)
        self._timeline = timeline
        self._children: dict[str, tuple[SegmentInterface, int]] = {}
        self._index: dict[str, int] = {}
        self._indexed_webinar: Webinar | None = None

    def childCount(self) -> int:
        """Return the number of segments on both lanes."""
        return len(self._timeline.webinar.programme) + len(self._timeline.webinar.interactions)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the interface of the segment with an index, the programme's first; None for an index out of range."""
        webinar = self._timeline.webinar
        count = len(webinar.programme)
        if not 0 <= index < self.childCount():
            return None
        segment = webinar.programme[index] if index < count else webinar.interactions[index - count]
        return self._get_child(segment.id)

    def _get_child(self, segment_id: str) -> SegmentInterface:
        registered = self._children.get(segment_id)
        if registered is None:
            child = SegmentInterface(self._timeline, segment_id)
            registered = self._children[segment_id] = (child, QAccessible.registerAccessibleInterface(child))
        return registered[0]

    def release_children(self) -> None:
        """Take the children out of Qt's cache before Python frees them: Qt would free them a second time."""
        for _, number in self._children.values():
            QAccessible.deleteAccessibleInterface(number)
        self._children.clear()

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the index of a segment's interface; -1 if the segment is gone."""
        return next(
            (self.find_index(segment_id) for segment_id, (each, _) in self._children.items() if each is child), -1
        )

    def find_index(self, segment_id: str) -> int:
        """Return the index of a segment by its id, counted from 0, the programme's first; -1 if it is gone."""
        webinar = self._timeline.webinar
        if self._indexed_webinar is not webinar:
            self._indexed_webinar = webinar
            self._index = {segment.id: index for index, segment in enumerate(webinar.segments)}
        return self._index.get(segment_id, -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the interface of the segment at a point, in pixels of the screen; None where there is none."""
        at = self._timeline.mapFromGlobal(QPoint(x, y))
        segment = self._timeline.mouse.hit_test(at.x(), at.y()).segment
        return None if segment is None else self._get_child(segment.id)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the interface of the segment that has the keyboard focus; None if the ruler has it, or nothing."""
        segment = self._timeline.keyboard.find_current_segment()
        if not self._timeline.hasFocus() or segment is None:
            return None
        return self._get_child(segment.id)


_interfaces: set[TimelineInterface] = set()
"""The Python side of the interfaces in Qt's cache, for as long as their widgets live."""


def _make_interface(_name: str, widget: QObject) -> QAccessibleInterface | None:
    if not isinstance(widget, AccessibleTimeline):
        return None
    interface = TimelineInterface(widget)
    _interfaces.add(interface)

    def release() -> None:
        interface.release_children()
        _interfaces.discard(interface)

    widget.destroyed.connect(release)
    return interface


@cache
def install() -> None:
    """Register the factory of the timeline's interface with Qt, once per process."""
    QAccessible.installFactory(_make_interface)


# -------------------------------------------------------------------------------------- announcements


def announce_focus(timeline: AccessibleTimeline, segment: AnySegment) -> None:
    """Tell screen readers that a segment has the keyboard focus now; without a screen reader nothing happens.

    Args:
        timeline: the widget.
        segment: a segment of its webinar; another one raises `ValueError`.
    """
    if QAccessible.isActive():
        event = QAccessibleEvent(timeline, QAccessible.Event.Focus)
        event.setChild(timeline.webinar.segments.index(segment))
        QAccessible.updateAccessibility(event)


def announce_selection(timeline: QWidget) -> None:
    """Tell screen readers that other segments are selected; without a screen reader nothing happens."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(timeline, QAccessible.Event.SelectionWithin))


def announce_reorder(timeline: QWidget) -> None:
    """Tell screen readers that there are other segments, or in another order; without one nothing happens."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(timeline, QAccessible.Event.ObjectReorder))


def announce(timeline: QWidget, text: str) -> None:
    """Have screen readers say a translated text that belongs to no segment, such as what the keyboard holds.

    Without a screen reader nothing happens.
    """
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(timeline, text))
