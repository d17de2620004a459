"""The context menus of the timeline: on a segment, a gap, the ruler, a marker, and the header of a lane."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QWidget

from editor.schedule import operations as ops
from editor.schedule.model import Offer, Presentation
from ui.actions.commands import Commands
from ui.services.action_registry import ActionRegistry
from ui.state.document_controller import DocumentController
from ui.state.playhead import Playhead
from ui.style import theme
from ui.text.plain_text import to_mnemonic_text
from ui.timeline.timeline_widget import MenuTarget

SEPARATOR = "-"
SEGMENT_ACTIONS = (
    *("numbers", "split", SEPARATOR),
    *("cut", "copy", "paste", "duplicate", SEPARATOR),
    *("group", "ungroup", SEPARATOR),
    *("delete", "ripple_delete"),
)
EMPTY_LANE_ACTIONS = ("paste", SEPARATOR, "add_cta", "add_survey", SEPARATOR)


class ContextMenus(QObject):
    """The context menus of the timeline: of a segment, a marker, the ruler, a lane's header or an empty place.

    Made once for an open webinar by its page, on the GUI thread; a new menu is built for each request.

    Args:
        actions: the actions of menus and keys.
        commands: the commands behind the actions.
        controller: the open webinar.
        playhead: the position in the webinar.
        parent_window: the window, parent of the menus.
        replace_media: asks for a file that replaces a segment's media; called with the segment's id.
    """

    def __init__(
        self,
        actions: ActionRegistry,
        commands: Commands,
        controller: DocumentController,
        playhead: Playhead,
        parent_window: QWidget,
        *,
        replace_media: Callable[[str], None],
    ) -> None:
        super().__init__(parent_window)
        self._actions = actions
        self._commands = commands
        self._controller = controller
        self._playhead = playhead
        self._parent_window = parent_window
        self._replace_media = replace_media

    def open(self, where: MenuTarget) -> None:
        """Open the menu of a place on the timeline at `where.global_pos`.

        Return at once, and delete the menu when it closes.
        """
        menu = self.build_menu(where)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where.global_pos)

    def build_menu(self, where: MenuTarget) -> QMenu:
        """Return a new menu of what can be done at a place on the timeline; the window owns it.

        Edits are disabled where the webinar is read-only. The menu of a marker that is gone is empty.
        """
        menu = QMenu(self._parent_window)
        if where.area == "segment" and where.segment is not None:
            self._fill_segment_menu(menu, where.segment)
        elif where.area == "marker" and where.marker is not None:
            self._fill_marker_menu(menu, where.marker)
        elif where.area == "ruler":
            self._fill_ruler_menu(menu, where.at_ms)
        elif where.area == "header" and where.lane is not None:
            menu.addAction(self._actions[f"lock_{where.lane}"])
        else:
            self._fill_empty_lane_menu(menu, where)
        return menu

    def _add_actions(self, menu: QMenu, ids: tuple[str, ...]) -> None:
        for action_id in ids:
            if action_id == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[action_id])

    def _add_edit(self, menu: QMenu, icon: str, text: str, op: ops.AnyOperation) -> None:
        action = menu.addAction(theme.icon(icon), to_mnemonic_text(text), lambda: self._controller.edit(op))
        action.setEnabled(not self._controller.read_only)

    def _fill_segment_menu(self, menu: QMenu, segment_id: str) -> None:
        self._add_actions(menu, SEGMENT_ACTIONS)
        segment = self._controller.webinar.find_segment(segment_id)
        if segment is None or isinstance(segment, Offer):
            return
        menu.addSeparator()
        if isinstance(segment, Presentation):
            self._add_edit(menu, "spread", self.tr("Spread pages evenly"), ops.SpreadEvenly(segment=segment_id))
        replace = menu.addAction(
            theme.icon("replace"), self.tr("Replace media…"), lambda: self._replace_media(segment_id)
        )
        replace.setEnabled(not self._controller.read_only)

    def _fill_empty_lane_menu(self, menu: QMenu, where: MenuTarget) -> None:
        lane = where.lane or "programme"
        seek_action = menu.addAction(self.tr("Playhead here"), lambda: self._playhead.seek(where.at_ms))
        seek_action.setIcon(theme.icon("down"))
        self._add_actions(menu, EMPTY_LANE_ACTIONS)
        self._add_edit(menu, "close-gap", self.tr("Close this gap"), ops.CloseGap(lane=lane, at_ms=where.at_ms))
        self._add_edit(menu, "close-gap", self.tr("Close all gaps"), ops.CloseGaps(lane=lane))
        menu.addAction(
            theme.icon("select-after"),
            self.tr("Select everything after"),
            lambda: self._commands.select_after(where.at_ms),
        )
        menu.addSeparator()
        menu.addAction(self._actions[f"lock_{lane}"])

    def _fill_ruler_menu(self, menu: QMenu, at_ms: int) -> None:
        menu.addAction(theme.icon("down"), self.tr("Playhead here"), lambda: self._playhead.seek(at_ms))
        self._add_edit(menu, "marker", self.tr("Add a marker here"), ops.AddMarker(at_ms=at_ms))
        menu.addSeparator()
        self._add_actions(menu, ("ruler_position", "ruler_clock", SEPARATOR, "zoom_in", "zoom_out", "fit"))

    def _fill_marker_menu(self, menu: QMenu, marker_id: str) -> None:
        marker = next((each for each in self._controller.webinar.markers if each.id == marker_id), None)
        if marker is None:
            return
        menu.addAction(theme.icon("down"), self.tr("Playhead here"), lambda: self._playhead.seek(marker.at_ms))
        rename = menu.addAction(
            theme.icon("edit"), self.tr("Name this marker…"), lambda: self._rename_marker(marker_id)
        )
        rename.setEnabled(not self._controller.read_only)
        self._add_edit(menu, "delete", self.tr("Remove this marker"), ops.RemoveMarker(marker=marker_id))

    def _rename_marker(self, marker_id: str) -> None:
        marker = next((each for each in self._controller.webinar.markers if each.id == marker_id), None)
        if marker is None:
            return
        title, ok = QInputDialog.getText(
            self._parent_window, self.tr("Marker"), self.tr("Its name:"), QLineEdit.EchoMode.Normal, marker.title
        )
        if ok and title != marker.title:
            self._controller.edit(ops.ChangeMarker(marker=marker_id, title=title))
