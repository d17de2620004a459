"""The timeline for screen readers: a child for each segment, what can be done with it, and where the focus is.

Qt asks the factory for the interface of a widget when an assistive technology is there; until then nothing here costs
anything. Children are made when they are asked for. Qt's cache owns the interfaces it was given and refers to them by
number; they are kept here too, since the cache does not hold on to their Python side.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from editor.schedule.kinds import lane_of
from editor.schedule.model import AnySegment, Webinar

if TYPE_CHECKING:
    from ui.timeline.timeline_view import TimelineView
    from ui.timeline.timeline_widget import TimelineWidget

TIMING_ACTION = "numbers"


class SegmentActions(QAccessibleActionInterface):
    """What can be done with a segment without seeing it."""

    def __init__(self, timeline: "TimelineWidget", segment_id: str) -> None:
        super().__init__()
        self._timeline = timeline
        self._id = segment_id

    def actionNames(self) -> list[str]:
        """Select it, open its menu, type its numbers."""
        return [self.pressAction(), self.setFocusAction(), self.showMenuAction(), TIMING_ACTION]

    def localizedActionName(self, name: str) -> str:
        """What an action is called."""
        if name == TIMING_ACTION:
            return QCoreApplication.translate("SegmentActions", "Set start and length")
        return super().localizedActionName(name)

    def localizedActionDescription(self, name: str) -> str:
        """The name says it."""
        return self.localizedActionName(name)

    def keyBindingsForAction(self, _name: str) -> list[str]:
        """The table of actions says its keys."""
        return []

    def doAction(self, name: str) -> None:
        """Do it."""
        segment = self._timeline.controller.webinar.find_segment(self._id)
        if segment is None:
            return
        self._timeline.keyboard.select_segment(lane_of(segment), segment)
        if name == TIMING_ACTION:
            self._timeline.timing_edit_requested.emit(self._id)
        elif name == self.showMenuAction():
            self._timeline.request_menu_by_key()
        else:
            self._timeline.setFocus(Qt.FocusReason.OtherFocusReason)


class SegmentInterface(QAccessibleInterface):
    """One segment."""

    def __init__(self, timeline: "TimelineWidget", segment_id: str) -> None:
        super().__init__()
        self._timeline = timeline
        self._id = segment_id
        self._actions = SegmentActions(timeline, segment_id)

    def _segment(self) -> AnySegment | None:
        return self._timeline.controller.webinar.find_segment(self._id) if isValid(self._timeline) else None

    def isValid(self) -> bool:
        """Whether it is still on the timeline."""
        return self._segment() is not None

    def object(self) -> QObject | None:  # type: ignore[override]  # Qt allows none: a segment is no object of its own
        """None: a segment is no object of Qt's."""
        return None

    def window(self) -> QWindow:
        """The window it is in."""
        return self._timeline.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """The timeline."""
        return QAccessible.queryAccessibleInterface(self._timeline)

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """A segment has no parts."""
        return None

    def childCount(self) -> int:
        """A segment has no parts."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """A segment has no parts."""
        return -1

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """A segment has no parts."""
        return None

    def rect(self) -> QRect:
        """Where it is on the screen."""
        segment = self._segment()
        if segment is None:
            return QRect()
        viewport = self._timeline.viewport
        band = viewport.layout.clip_band(lane_of(segment))
        left = max(viewport.scale.x_of(segment.start_ms), viewport.layout.header)
        right = min(viewport.scale.x_of(segment.end_ms), viewport.layout.width)
        corner = self._timeline.mapToGlobal(QPoint(int(left), band.top))
        return QRect(corner.x(), corner.y(), max(int(right - left), 1), band.height)

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Selected, focused, in view."""
        state = QAccessible.State()
        segment = self._segment()
        if segment is None:
            state.invalid = True
            return state
        timeline = self._timeline
        state.focusable = state.selectable = state.multiSelectable = True
        state.selected = self._id in timeline.make_gesture_context().selected
        current = timeline.keyboard.find_current_segment()
        state.focused = timeline.hasFocus() and current is not None and current.id == self._id
        scale = timeline.viewport.scale
        state.offscreen = segment.end_ms <= scale.origin_ms or segment.start_ms >= scale.end_ms
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """The whole in one line: "Welcome, video, starts 0:00:10, lasts 2:00"."""
        segment = self._segment()
        if segment is None or kind != QAccessible.Text.Name:
            return ""
        return self._timeline.describe_segment(segment)

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """The inspector renames."""

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """The actions; None for whatever else is asked."""
        return self._actions if kind == QAccessible.InterfaceType.ActionInterface else None


class TimelineInterface(QAccessibleWidget):
    """The timeline: a list of its segments, the programme's first."""

    def __init__(self, timeline: "TimelineWidget") -> None:
        # Not by a name: one that is given here would outlive a change of language.
        super().__init__(timeline, QAccessible.Role.List)
        self._timeline = timeline
        self._children: dict[str, tuple[SegmentInterface, int]] = {}
        self._index: dict[str, int] = {}
        self._indexed_webinar: Webinar | None = None

    def childCount(self) -> int:
        """How many segments there are."""
        return len(self._timeline.controller.webinar.programme) + len(self._timeline.controller.webinar.interactions)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """A segment by its place, the programme's first."""
        webinar = self._timeline.controller.webinar
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
        """Take the children out of Qt's cache before Python forgets them: it would delete them a second time."""
        for _, number in self._children.values():
            QAccessible.deleteAccessibleInterface(number)
        self._children.clear()

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of a segment."""
        return next(
            (self.index_of(segment_id) for segment_id, (each, _) in self._children.items() if each is child), -1
        )

    def index_of(self, segment_id: str) -> int:
        """The place of a segment by its id; -1 where it is gone."""
        webinar = self._timeline.controller.webinar
        if self._indexed_webinar is not webinar:
            self._indexed_webinar = webinar
            self._index = {segment.id: index for index, segment in enumerate(webinar.segments)}
        return self._index.get(segment_id, -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The segment at a place on the screen."""
        at = self._timeline.mapFromGlobal(QPoint(x, y))
        segment = self._timeline.mouse.hit_test(at.x(), at.y()).segment
        return None if segment is None else self._get_child(segment.id)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The segment the keyboard is at."""
        segment = self._timeline.keyboard.find_current_segment()
        if not self._timeline.hasFocus() or segment is None:
            return None
        return self._get_child(segment.id)


_interfaces: set[TimelineInterface] = set()
"""The Python side of the interfaces that Qt's cache holds, as long as their widgets live."""


def _make_interface(_name: str, widget: QObject) -> QAccessibleInterface | None:
    from ui.timeline.timeline_widget import TimelineWidget

    if not isinstance(widget, TimelineWidget):
        return None
    interface = TimelineInterface(widget)
    _interfaces.add(interface)

    def release() -> None:
        interface.release_children()
        _interfaces.discard(interface)

    widget.destroyed.connect(release)
    return interface


def install() -> None:
    """Tell Qt where interfaces of timelines come from; once is enough, and again does no harm."""
    global _installed  # noqa: PLW0603 - Qt's list of factories is global, too
    if not _installed:
        QAccessible.installFactory(_make_interface)
        _installed = True


_installed = False


# ------------------------------------------------------------------------------------------ what is told


def announce_focus(timeline: "TimelineWidget") -> None:
    """The keyboard is at another segment, or on the ruler."""
    if not QAccessible.isActive():
        return
    segment = timeline.keyboard.find_current_segment()
    if segment is None:
        announce(timeline, timeline.describe_zone())
        return
    event = QAccessibleEvent(timeline, QAccessible.Event.Focus)
    event.setChild(timeline.controller.webinar.segments.index(segment))
    QAccessible.updateAccessibility(event)


def announce_selection(timeline: "TimelineView") -> None:
    """Something else is selected."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(timeline, QAccessible.Event.SelectionWithin))


def announce_reorder(timeline: "TimelineView") -> None:
    """There are other segments, or in another order."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(timeline, QAccessible.Event.ObjectReorder))


def announce(timeline: "TimelineView", text: str) -> None:
    """Say something that is no change of a child."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(timeline, text))
