"""The docks of the editor page and their arrangement, which the user can change."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from ui.app.dock_title import DockTitleBar
from ui.app.main_window import decode_state, encode_state
from ui.text.plain_text import to_window_title

LAYOUT_VERSION = 1
"""Number of the set of docks; an arrangement stored under another number is ignored."""
AREA = Qt.DockWidgetArea
DOCK_AREAS = {
    "media": AREA.LeftDockWidgetArea,
    "inspector": AREA.RightDockWidgetArea,
    "preflight": AREA.RightDockWidgetArea,
    "history": AREA.RightDockWidgetArea,
}


class DockArea(QMainWindow):
    """The part of the editor page below the top bar: a central widget, docks around it, and the timeline below.

    Docks are added in steps (`lay_out`), since each takes a frame or two to be styled. `area[name]` is the dock of a
    name.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # QMainWindow sets the Window flag in its constructor, which would make it a window of its own.
        self.setWindowFlags(Qt.WindowType.Widget)
        self._docks: dict[str, QDockWidget] = {}
        self._default_state = self.saveState(LAYOUT_VERSION)
        self.setDockNestingEnabled(True)
        self.setTabPosition(AREA.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setCorner(Qt.Corner.BottomLeftCorner, AREA.BottomDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, AREA.BottomDockWidgetArea)

    def lay_out(
        self, middle: QWidget, panels: dict[str, QWidget], below: tuple[QWidget, QWidget], saved_state: object
    ) -> Iterator[None]:
        """Add the docks one per step of the returned iterator, then restore their arrangement.

        Args:
            middle: the central widget.
            panels: the widgets of the docks by name; every name of `DOCK_AREAS` is needed.
            below: the toolbar and the widget of the timeline's dock.
            saved_state: the arrangement from the settings; anything that cannot be restored gives the default one.
        """
        self.setCentralWidget(middle)
        yield
        for name, side in DOCK_AREAS.items():
            dock = self._add_dock(name, side)
            dock.setTitleBarWidget(DockTitleBar(dock))
            dock.setWidget(panels[name])
            yield
        timeline_area = QWidget()
        column = QVBoxLayout(timeline_area)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(below[0])
        column.addWidget(below[1], 1)
        timeline_dock = self._add_dock("timeline", AREA.BottomDockWidgetArea)
        timeline_dock.setTitleBarWidget(QWidget())
        timeline_dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        timeline_dock.setWidget(timeline_area)
        # The version history is needed now and then, so it shares the inspector's place as a tab.
        self.tabifyDockWidget(self._docks["inspector"], self._docks["history"])
        self._default_state = self.saveState(LAYOUT_VERSION)
        self.reset()
        self._default_state = self.saveState(LAYOUT_VERSION)
        self.restoreState(decode_state(saved_state), LAYOUT_VERSION)

    def _add_dock(self, name: str, side: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(self)
        dock.setObjectName(name)
        self.addDockWidget(side, dock)
        self._docks[name] = dock
        return dock

    def __getitem__(self, name: str) -> QDockWidget:
        return self._docks[name]

    def reset(self) -> None:
        """Restore the default arrangement of the docks: places, sizes, and the version history hidden."""
        docks = self._docks
        self.restoreState(self._default_state, LAYOUT_VERSION)
        docks["history"].hide()
        docks["inspector"].raise_()
        self.resizeDocks([docks["media"], docks["inspector"]], [288, 320], Qt.Orientation.Horizontal)
        self.resizeDocks([docks["timeline"]], [328], Qt.Orientation.Vertical)
        self.resizeDocks([docks["inspector"], docks["preflight"]], [360, 180], Qt.Orientation.Vertical)

    def raise_panel(self, name: str) -> None:
        """Show the dock with a name of `DOCK_AREAS` and bring it to the front; an unknown name raises `KeyError`."""
        self._docks[name].show()
        self._docks[name].raise_()

    def set_titles(self, names: dict[str, str]) -> None:
        """Set the translated titles of docks, by the names of `DOCK_AREAS`; an unknown name raises `KeyError`."""
        for name, text in names.items():
            self._docks[name].setWindowTitle(to_window_title(text))

    def toggle_actions(self) -> tuple[QAction, ...]:
        """Return the actions that show and hide the docks of `DOCK_AREAS`, for a menu; Qt keeps them checked or not."""
        return tuple(self._docks[name].toggleViewAction() for name in DOCK_AREAS)

    def export_state(self) -> str:
        """Return the arrangement of the docks as a text for the settings, which `lay_out` takes as `saved_state`."""
        return encode_state(self.saveState(LAYOUT_VERSION))
