"""Home in the window: the panel that lists the library, and what is done to the library from it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ui.app.space_key_filter import SpaceKeyFilter
from ui.home.library_commands import LibraryCommands
from ui.home.panel import HomePanel

if TYPE_CHECKING:
    from editor.workspace import Workspace
    from ui.app.main_window import MainWindow
    from ui.state.app_context import AppContext


class HomeController(QObject):
    """The builder and owner of Home, which puts its panel into the window when it is made.

    It is made after the first paint, since importing its modules takes time.

    Args:
        app: Qt's application.
        window: the window.
        context: the services of the window.
        get_workspace: returns the library's workspace; called in the library's thread.
        parent: Qt's owner.
    """

    def __init__(
        self,
        app: QApplication,
        window: "MainWindow",
        context: "AppContext",
        get_workspace: "Callable[[], Workspace]",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.app = app
        self._space_key_filter = SpaceKeyFilter(app, self)
        self.commands = LibraryCommands(get_workspace, context.tasks, context.notifications, self)
        as_rows = context.settings["window"].get("shape") == "rows"
        self.panel = HomePanel(self.commands, context.formatter, shape="rows" if as_rows else "cards", now=context.now)
        window.set_home(self.panel)
