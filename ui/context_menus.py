"""The menus of the timeline: on a segment, on empty ground, on the ruler, on a marker, on a lane's header."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QWidget

from editor.schedule import operations as ops
from editor.schedule.model import Presentation
from ui import theme
from ui.actions import Actions
from ui.bridge import Bridge
from ui.commands import Commands
from ui.playhead import Playhead
from ui.timeline.widget import Where

SEPARATOR = "-"
ON_SEGMENT = (
    *("numbers", "split", SEPARATOR),
    *("cut", "copy", "paste", "duplicate", SEPARATOR),
    *("group", "ungroup", SEPARATOR),
    *("delete", "ripple_delete"),
)
ON_GROUND = ("paste", SEPARATOR, "add_cta", "add_survey", SEPARATOR)


class ContextMenus(QObject):
    """Builds and opens the menu for a place on the timeline."""

    def __init__(
        self,
        actions: Actions,
        commands: Commands,
        bridge: Bridge,
        playhead: Playhead,
        over: QWidget,
        *,
        replace_media: Callable[[str], None],
    ) -> None:
        super().__init__(over)
        self._actions = actions
        self._commands = commands
        self._bridge = bridge
        self._playhead = playhead
        self._over = over
        self._replace_media = replace_media

    def open(self, where: Where) -> None:
        """Open the menu for a place, at that place."""
        menu = self.menu_for(where)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where.global_pos)

    def menu_for(self, where: Where) -> QMenu:
        """What can be done there."""
        menu = QMenu(self._over)
        if where.place == "segment" and where.segment is not None:
            self._on_segment(menu, where.segment)
        elif where.place == "marker" and where.marker is not None:
            self._on_marker(menu, where.marker)
        elif where.place == "ruler":
            self._on_ruler(menu, where.at_ms)
        elif where.place == "header" and where.lane is not None:
            menu.addAction(self._actions[f"lock_{where.lane}"])
        else:
            self._on_ground(menu, where)
        return menu

    def _add(self, menu: QMenu, ids: tuple[str, ...]) -> None:
        for action_id in ids:
            if action_id == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[action_id])

    def _edit(self, menu: QMenu, icon: str, text: str, op: ops.AnyOperation) -> None:
        action = menu.addAction(theme.icon(icon), text, lambda: self._bridge.edit(op))
        action.setEnabled(not self._bridge.read_only)

    def _on_segment(self, menu: QMenu, segment_id: str) -> None:
        self._add(menu, ON_SEGMENT)
        segment = self._bridge.webinar.find(segment_id)
        if segment is None or not hasattr(segment, "media"):
            return
        menu.addSeparator()
        if isinstance(segment, Presentation):
            self._edit(menu, "spread", self.tr("Spread pages evenly"), ops.SpreadEvenly(segment=segment_id))
        replace = menu.addAction(
            theme.icon("replace"), self.tr("Replace media…"), lambda: self._replace_media(segment_id)
        )
        replace.setEnabled(not self._bridge.read_only)

    def _on_ground(self, menu: QMenu, where: Where) -> None:
        lane = where.lane or "programme"
        here = menu.addAction(self.tr("Playhead here"), lambda: self._playhead.seek(where.at_ms))
        here.setIcon(theme.icon("down"))
        self._add(menu, ON_GROUND)
        self._edit(menu, "close-gap", self.tr("Close this gap"), ops.CloseGap(lane=lane, at_ms=where.at_ms))
        self._edit(menu, "close-gap", self.tr("Close all gaps"), ops.CloseGaps(lane=lane))
        menu.addAction(
            theme.icon("select-after"),
            self.tr("Select everything after"),
            lambda: self._commands.select_after(where.at_ms),
        )
        menu.addSeparator()
        menu.addAction(self._actions[f"lock_{lane}"])

    def _on_ruler(self, menu: QMenu, at_ms: int) -> None:
        menu.addAction(theme.icon("down"), self.tr("Playhead here"), lambda: self._playhead.seek(at_ms))
        self._edit(menu, "marker", self.tr("Set a marker here"), ops.AddMarker(at_ms=at_ms))
        menu.addSeparator()
        self._add(menu, ("ruler_position", "ruler_clock", SEPARATOR, "zoom_in", "zoom_out", "fit"))

    def _on_marker(self, menu: QMenu, marker_id: str) -> None:
        marker = next((each for each in self._bridge.webinar.markers if each.id == marker_id), None)
        if marker is None:
            return
        menu.addAction(theme.icon("down"), self.tr("Playhead here"), lambda: self._playhead.seek(marker.at_ms))
        rename = menu.addAction(theme.icon("edit"), self.tr("Name this marker…"), lambda: self._rename(marker_id))
        rename.setEnabled(not self._bridge.read_only)
        self._edit(menu, "delete", self.tr("Remove this marker"), ops.RemoveMarker(marker=marker_id))

    def _rename(self, marker_id: str) -> None:
        marker = next((each for each in self._bridge.webinar.markers if each.id == marker_id), None)
        if marker is None:
            return
        title, ok = QInputDialog.getText(
            self._over, self.tr("Marker"), self.tr("Its name:"), QLineEdit.EchoMode.Normal, marker.title
        )
        if ok and title != marker.title:
            self._bridge.edit(ops.ChangeMarker(marker=marker_id, title=title))
