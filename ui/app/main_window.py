"""The main window: shows Home or an editor page, with menus, notifications and status bar."""

import base64
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, Signal
from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ui.app.notification_bar import NotificationBar
from ui.app.status_bar import TaskStatusBar
from ui.services.action_registry import MENUS, SEPARATOR
from ui.state.app_context import AppContext
from ui.style import theme
from ui.text.plain_text import to_window_title
from ui.widgets.basics import make_label


def encode_state(state: QByteArray) -> str:
    """Return a state that `saveState` or `saveGeometry` of Qt returned, as base64 text for the settings."""
    return base64.b64encode(state.data()).decode("ascii")


def decode_state(text: object) -> QByteArray:
    """Return a state of Qt's widgets from the text of `encode_state`; empty for what is no text or no base64.

    Other base64 text is decoded too; Qt ignores such a state when it is restored.
    """
    try:
        return QByteArray(base64.b64decode(text)) if isinstance(text, str) else QByteArray()
    except ValueError:  # of characters beyond ASCII; binascii.Error is one, too
        return QByteArray()


class MainWindow(QMainWindow):
    """The application's one window: menus, messages and status bar around Home, or around the page of the open webinar.

    Args:
        context: the services of the window.
    """

    closing = Signal()
    """Emitted when the window is about to close."""
    first_painted = Signal()
    """Emitted once the window was painted for the first time."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._home = QWidget()
        self._current_page: QWidget | None = None
        self._panel_actions: tuple[QAction, ...] = ()
        self._menus: list[QMenu] = []
        self._was_painted = False
        self.may_close: Callable[[], bool] = lambda: True
        """Returns whether the window may close now; otherwise a question is open and closes it later."""
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
        """The page that is shown in place of Home; None while Home is shown."""
        return self._current_page

    @property
    def notification_bar(self) -> NotificationBar:
        """The bar that shows messages over the window's content; made with the window."""
        return self._notification_bar

    def set_home(self, home: QWidget) -> None:
        """Put a widget in the place of Home, and delete the one before; it is shown at once unless a page is."""
        previous, self._home = self._home, home
        self._stack.addWidget(home)
        if self._current_page is None:
            self._stack.setCurrentWidget(home)
        self._stack.removeWidget(previous)
        previous.deleteLater()
        self.setWindowIcon(theme.icon("logo"))

    def add_status_widget(self, widget: QWidget) -> None:
        """Add a small widget at the right of the status bar, which owns it from now on."""
        self._status_area.addWidget(widget)

    def show_page(self, page: QWidget, panel_actions: tuple[QAction, ...]) -> None:
        """Show an editor page in place of Home, or of the page before, which is deleted.

        Args:
            page: the page.
            panel_actions: the actions that show and hide its docks, listed in the View menu.
        """
        self.show_home()
        self._current_page = page
        self._panel_actions = panel_actions
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._fill_menus()

    def show_home(self) -> None:
        """Show Home with its title and menus, and delete the page that was shown, if any."""
        page, self._current_page, self._panel_actions = self._current_page, None, ()
        self._stack.setCurrentWidget(self._home)
        self.setWindowTitle("Matinee")
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()
            self._fill_menus()

    def set_title(self, title: str, version: str, *, unsaved: bool) -> None:
        """Show title and version in the title bar, with a dot while there are unsaved edits.

        Args:
            title: the webinar's title.
            version: the version in words; empty shows the title alone.
            unsaved: whether there are edits that are in no version.
        """
        dot = "● " if unsaved else ""
        name = f"{title} · {version}" if version else title
        self.setWindowTitle(to_window_title(f"{dot}{name} — Matinee"))

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
        """Translate the actions, build the menus anew, and set the label of the plan.

        It is called by itself after a change of language.
        """
        self._context.actions.retranslate()
        self._fill_menus()
        self._update_plan_label()

    def changeEvent(self, event: QEvent) -> None:
        """Translate the actions and menus when Qt reports another language.

        Redraw the actions' icons when it reports another palette while the window is shown.
        """
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._context.actions.update_icons()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the window; emit `first_painted` after the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.first_painted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Place the notification bar when the window is shown."""
        super().showEvent(event)
        self._notification_bar.update_position()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Center the notification bar anew after a change of size."""
        super().resizeEvent(event)
        self._notification_bar.update_position()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Emit `closing` and close; if `may_close` returns False, stay open.

        Edits need no question, since they are on disk.
        """
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def export_layout(self) -> dict[str, str]:
        """Return size and position of the window for the setting ``window``: the key "geometry" with a text."""
        return {"geometry": encode_state(self.saveGeometry())}
