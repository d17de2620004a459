"""The window lays out: Home or a webinar, the menus, the messages, what runs. It decides nothing."""

import base64
import binascii
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, Signal
from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.actions import MENUS, SEPARATOR
from ui.common import Common
from ui.message_bar import MessageBar
from ui.parts import label
from ui.task_bar import TaskBar


def packed(state: QByteArray) -> str:
    """A state of Qt's as text, for the settings."""
    return base64.b64encode(state.data()).decode("ascii")


def unpacked(text: object) -> QByteArray:
    """A state of Qt's from the settings; empty where that is none."""
    try:
        return QByteArray(base64.b64decode(text)) if isinstance(text, str) else QByteArray()
    except binascii.Error:
        return QByteArray()


class MainWindow(QMainWindow):
    """Shows Home, or the page of an open webinar in its place."""

    closing = Signal()
    """The window is about to close."""
    painted = Signal()
    """The window is on the screen, for the first time."""

    def __init__(self, common: Common) -> None:
        super().__init__()
        self._common = common
        self._home = QWidget()
        self._page: QWidget | None = None
        self._panels: tuple[QAction, ...] = ()
        self._menus: list[QMenu] = []
        self._was_painted = False
        self.may_close: Callable[[], bool] = lambda: True
        """Whether the window may be closed now; who says no has asked, and closes it later."""
        self._stack = QStackedWidget()
        self._stack.addWidget(self._home)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        self._messages = MessageBar(common.messages, middle)
        self._tasks = TaskBar(common.tasks, common.words)
        self._plan = label("quiet")
        self._foot = QHBoxLayout()
        foot = QFrame()
        foot.setObjectName("foot")
        foot.setFixedHeight(28)
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self._tasks, 1)
        row.addLayout(self._foot)
        row.addWidget(self._plan)
        layout.addWidget(foot)
        self._fill_menus()
        unsubscribe = common.settings.subscribe(self._on_setting)
        self.destroyed.connect(unsubscribe)
        self.resize(1440, 900)
        self.restoreGeometry(unpacked(common.settings["window"].get("geometry")))
        self.setMinimumSize(900, 600)
        self._show_plan()

    # --------------------------------------------------------------------------------------------- showing

    @property
    def page(self) -> QWidget | None:
        """What is shown instead of Home."""
        return self._page

    @property
    def message_bar(self) -> MessageBar:
        """Where sentences are shown."""
        return self._messages

    def set_home(self, home: QWidget) -> None:
        """From now on this is Home; before, there is an empty ground."""
        before, self._home = self._home, home
        self._stack.addWidget(home)
        if self._page is None:
            self._stack.setCurrentWidget(home)
        self._stack.removeWidget(before)
        before.deleteLater()
        self.setWindowIcon(theme.icon("logo"))

    def add_status(self, widget: QWidget) -> None:
        """Show something small at the foot, beside what runs."""
        self._foot.addWidget(widget)

    def show_page(self, page: QWidget, panels: tuple[QAction, ...]) -> None:
        """Show a webinar; `panels` are what shows and hides its docks, listed under View."""
        self.show_home()
        self._page = page
        self._panels = panels
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._fill_menus()

    def show_home(self) -> None:
        """Show the library; the page that was shown is let go of."""
        page, self._page, self._panels = self._page, None, ()
        self._stack.setCurrentWidget(self._home)
        self.setWindowTitle("Matinee")
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()
            self._fill_menus()

    def say_title(self, title: str, version: str, *, unsaved: bool) -> None:
        """The title bar: name, version, and a dot while there are edits that are in no version."""
        dot = "● " if unsaved else ""
        name = f"{title} · {version}" if version else title
        self.setWindowTitle(f"{dot}{name} — Matinee")

    def _fill_menus(self) -> None:
        bar = self.menuBar()
        bar.clear()
        for menu in self._menus:
            menu.deleteLater()
        self._menus = []
        for name, ids in MENUS:
            menu = QMenu(QCoreApplication.translate("Actions", name), self)
            menu.setToolTipsVisible(True)
            for action_id in ids:
                if action_id == SEPARATOR:
                    menu.addSeparator()
                    continue
                if action_id == "reset_layout":
                    menu.addActions(self._panels)
                menu.addAction(self._common.actions[action_id])
            bar.addMenu(menu)
            self._menus.append(menu)

    def _on_setting(self, name: str) -> None:
        if name == "plan":
            self._show_plan()

    def _show_plan(self) -> None:
        trial = self._common.settings["plan"] == "trial"
        self._plan.setText(self.tr("Free trial: 15:00 at most") if trial else "")

    # ------------------------------------------------------------------------------------------- Qt's calls

    def retranslate(self) -> None:
        """Take texts from the language in force."""
        self._common.actions.retranslate()
        self._fill_menus()
        self._show_plan()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._common.actions.dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first time; what is left to do begins then."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Place what floats."""
        super().showEvent(event)
        self._messages.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the messages in their place."""
        super().resizeEvent(event)
        self._messages.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing asks nothing for the edits' sake, which are on disk; attendees may need this computer yet."""
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def keep_layout(self) -> dict[str, str]:
        """Size and place, for the settings."""
        return {"geometry": packed(self.saveGeometry())}
