"""The panels of a webinar and where they are: beside, below and over each other, as the person likes them."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from ui.dock_title import DockTitle
from ui.main_window import packed, unpacked

LAYOUT = 1
"""The layout's number: what was kept of another arrangement of panels is not taken up."""
AREA = Qt.DockWidgetArea
SIDES = {
    "media": AREA.LeftDockWidgetArea,
    "inspector": AREA.RightDockWidgetArea,
    "preflight": AREA.RightDockWidgetArea,
    "history": AREA.RightDockWidgetArea,
}


class Docks(QMainWindow):
    """Panels around a middle, and one below that stays where it is.

    Made in steps (`lay_out`), for a panel costs a frame or two until the style has dressed it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # A QMainWindow takes itself for a window whatever it is told when it is made.
        self.setWindowFlags(Qt.WindowType.Widget)
        self._made: dict[str, QDockWidget] = {}
        self._first = self.saveState(LAYOUT)
        self.setDockNestingEnabled(True)
        self.setTabPosition(AREA.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setCorner(Qt.Corner.BottomLeftCorner, AREA.BottomDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, AREA.BottomDockWidgetArea)

    def lay_out(
        self, middle: QWidget, panels: dict[str, QWidget], below: tuple[QWidget, QWidget], kept: object
    ) -> Iterator[None]:
        """Take the panels in, one at each step; then put them where they were `kept`, or else where they belong."""
        self.setCentralWidget(middle)
        yield
        for name, side in SIDES.items():
            dock = self._dock(name, side)
            dock.setTitleBarWidget(DockTitle(dock))
            dock.setWidget(panels[name])
            yield
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(below[0])
        column.addWidget(below[1], 1)
        fixed = self._dock("timeline", AREA.BottomDockWidgetArea)
        fixed.setTitleBarWidget(QWidget())
        fixed.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        fixed.setWidget(foot)
        # Versions are looked at now and then: they take the inspector's place meanwhile.
        self.tabifyDockWidget(self._made["inspector"], self._made["history"])
        self._first = self.saveState(LAYOUT)
        self.reset()
        self._first = self.saveState(LAYOUT)
        self.restoreState(unpacked(kept), LAYOUT)

    def _dock(self, name: str, side: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(self)
        dock.setObjectName(name)
        self.addDockWidget(side, dock)
        self._made[name] = dock
        return dock

    def __getitem__(self, name: str) -> QDockWidget:
        return self._made[name]

    def reset(self) -> None:
        """Panels back to where they were at first."""
        made = self._made
        self.restoreState(self._first, LAYOUT)
        made["history"].hide()
        made["inspector"].raise_()
        self.resizeDocks([made["media"], made["inspector"]], [288, 320], Qt.Orientation.Horizontal)
        self.resizeDocks([made["timeline"]], [328], Qt.Orientation.Vertical)
        self.resizeDocks([made["inspector"], made["preflight"]], [360, 180], Qt.Orientation.Vertical)

    def bring(self, name: str) -> None:
        """Bring a panel to the front."""
        self._made[name].show()
        self._made[name].raise_()

    def name(self, names: dict[str, str]) -> None:
        """Call the panels so."""
        for name, text in names.items():
            self._made[name].setWindowTitle(text)

    def toggles(self) -> tuple[QAction, ...]:
        """What shows and hides each panel."""
        return tuple(self._made[name].toggleViewAction() for name in SIDES)

    def kept(self) -> str:
        """Where the panels are, for the settings."""
        return packed(self.saveState(LAYOUT))
