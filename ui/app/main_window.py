"""The window lays out: Home or a webinar, the menus, the messages, what runs. It decides nothing."""

import base64
import binascii
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, Signal
from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ui.app.notification_bar import NotificationBar
from ui.app.status_bar import TaskStatusBar
from ui.services.action_registry import MENUS, SEPARATOR
from ui.state.app_context import AppContext
from ui.style import theme
from ui.widgets.basics import make_label


def encode_state(state: QByteArray) -> str:
    """A state of Qt's as text, for the settings."""
    return base64.b64encode(state.data()).decode("ascii")


def decode_state(text: object) -> QByteArray:
    """A state of Qt's from the settings; empty where that is none."""
    try:
        return QByteArray(base64.b64decode(text)) if isinstance(text, str) else QByteArray()
    except binascii.Error:
        return QByteArray()


class MainWindow(QMainWindow):
    """Shows Home, or the page of an open webinar in its place."""

    closing = Signal()
    """The window is about to close."""
    first_painted = Signal()
    """The window is on the screen, for the first time."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._home = QWidget()
        self._current_page: QWidget | None = None
        self._panel_actions: tuple[QAction, ...] = ()
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
        self._notification_bar = NotificationBar(context.notifications, middle)
        self._status_bar = TaskStatusBar(context.tasks, context.formatter)
        self._plan_label = make_label("quiet")
        self._status_area = QHBoxLayout()
        status_frame = QFrame()
        status_frame.setObjectName("foot")
        status_frame.setFixedHeight(28)
        row = QHBoxLayout(status_frame)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self._status_bar, 1)
        row.addLayout(self._status_area)
        row.addWidget(self._plan_label)
        layout.addWidget(status_frame)
        self._fill_menus()
        unsubscribe = context.settings.subscribe(self._on_setting)
        self.destroyed.connect(unsubscribe)
        self.resize(1440, 900)
        self.restoreGeometry(decode_state(context.settings["window"].get("geometry")))
        self.setMinimumSize(900, 600)
        self._update_plan_label()

    # --------------------------------------------------------------------------------------------- showing

    @property
    def page(self) -> QWidget | None:
        """What is shown instead of Home."""
        return self._current_page

    @property
    def notification_bar(self) -> NotificationBar:
        """Where sentences are shown."""
        return self._notification_bar

    def set_home(self, home: QWidget) -> None:
        """From now on this is Home; before, there is an empty ground."""
        previous, self._home = self._home, home
        self._stack.addWidget(home)
        if self._current_page is None:
            self._stack.setCurrentWidget(home)
        self._stack.removeWidget(previous)
        previous.deleteLater()
        self.setWindowIcon(theme.icon("logo"))

    def add_status_widget(self, widget: QWidget) -> None:
        """Show something small at the foot, beside what runs."""
        self._status_area.addWidget(widget)

    def show_page(self, page: QWidget, panel_actions: tuple[QAction, ...]) -> None:
        """Show a webinar; `panels` are what shows and hides its docks, listed under View."""
        self.show_home()
        self._current_page = page
        self._panel_actions = panel_actions
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._fill_menus()

    def show_home(self) -> None:
        """Show the library; the page that was shown is let go of."""
        page, self._current_page, self._panel_actions = self._current_page, None, ()
        self._stack.setCurrentWidget(self._home)
        self.setWindowTitle("Matinee")
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()
            self._fill_menus()

    def set_title(self, title: str, version: str, *, unsaved: bool) -> None:
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
            menu = QMenu(QCoreApplication.translate("ActionRegistry", name), self)
            menu.setToolTipsVisible(True)
            for action_id in ids:
                if action_id == SEPARATOR:
                    menu.addSeparator()
                    continue
                if action_id == "reset_layout":
                    menu.addActions(self._panel_actions)
                menu.addAction(self._context.actions[action_id])
            bar.addMenu(menu)
            self._menus.append(menu)

    def _on_setting(self, name: str) -> None:
        if name == "plan":
            self._update_plan_label()

    def _update_plan_label(self) -> None:
        trial = self._context.settings["plan"] == "trial"
        self._plan_label.setText(self.tr("Free trial: 15:00 at most") if trial else "")

    # ------------------------------------------------------------------------------------------- Qt's calls

    def retranslate(self) -> None:
        """Take texts from the language in force."""
        self._context.actions.retranslate()
        self._fill_menus()
        self._update_plan_label()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._context.actions.update_icons()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first time; what is left to do begins then."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.first_painted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Place what floats."""
        super().showEvent(event)
        self._notification_bar.update_position()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the messages in their place."""
        super().resizeEvent(event)
        self._notification_bar.update_position()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing asks nothing for the edits' sake, which are on disk; attendees may need this computer yet."""
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def export_layout(self) -> dict[str, str]:
        """Size and place, for the settings."""
        return {"geometry": encode_state(self.saveGeometry())}
