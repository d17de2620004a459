"""The application: starts the window, then Home, then the library, and shuts all of it down in order."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from editor.errors import KnownError
from editor.progress import Progress
from editor.settings import Settings
from ui.app.crash_reporter import CrashReporter
from ui.app.dialog_launcher import DialogLauncher
from ui.app.gc_scheduler import GcScheduler
from ui.app.main_window import MainWindow
from ui.services.action_registry import ActionRegistry
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner
from ui.state.app_context import AppContext, SettingsWriter
from ui.style import theme
from ui.text.formatter import Formatter
from ui.text.translator import Translator

if TYPE_CHECKING:
    from datetime import datetime

    from editor.workspace import Workspace
    from ui.app.editor_page import EditorPage
    from ui.app.home_controller import HomeController
    from ui.app.library_session import LibrarySession
    from ui.home.panel import HomePanel
    from ui.sync.sync_service import SyncService

LOG = "matinee.log"
PAINT_TIMEOUT_MS = 1_000
"""After this time the library is opened even if the window was not painted, as when it starts minimized."""


def utc_now() -> "datetime":
    """Return the current time, UTC-aware."""
    from datetime import UTC, datetime

    return datetime.now(UTC)


class LazyWorkspace:
    """The holder of the library's workspace, which is made at the first `get`, in the library's thread."""

    def __init__(self, make_workspace: "Callable[[], Workspace]") -> None:
        self._make_workspace = make_workspace
        self._workspace: Workspace | None = None

    def get(self) -> "Workspace":
        """Return the workspace, which the first call makes; call it in the library's thread alone.

        Raises:
            Exception: what the function that makes the workspace raises; the next call tries again.
        """
        if self._workspace is None:
            self._workspace = self._make_workspace()
        return self._workspace

    def close(self) -> None:
        """Close the workspace if it was made; call it once no thread uses it any more.

        `get` must not be called afterwards.
        """
        if self._workspace is not None:
            self._workspace.close()


@dataclass(frozen=True)
class WindowStage:
    """The first stage of the application's start: the window is made, Home and the library follow; immutable."""


@dataclass(frozen=True)
class HomeStage:
    """The second stage of the application's start: Home is built, the library not opened, or not yet; immutable."""

    home: "HomeController"


@dataclass(frozen=True)
class LibraryStage:
    """The last stage of the application's start: the library is open, and `session` is its session; immutable."""

    home: "HomeController"
    session: "LibrarySession"


StartStage: TypeAlias = WindowStage | HomeStage | LibraryStage


class Application(QObject):
    """The running editor: one window on one library, made once by `main` on the GUI thread.

    It starts in three steps, so that the window is on the screen quickly: the window itself, Home once its modules are
    imported, and a `LibrarySession` once the library is open. What the later steps make must not be read before them.

    Args:
        app: Qt's application.
        root: the library's folder.
        make_workspace: makes the workspace of that folder; called in the library's thread.
        now: the clock, UTC-aware.
    """

    ready = Signal()
    """The library is open, or the window shows why not."""
    opened = Signal(str)
    """Carries the id of the webinar whose page is shown."""

    def __init__(
        self,
        app: QApplication,
        root: Path,
        make_workspace: "Callable[[], Workspace]",
        *,
        now: "Callable[[], datetime]" = utc_now,
    ) -> None:
        super().__init__()
        self._app = app
        self._root = root
        self._workspace = LazyWorkspace(make_workspace)
        self._stage: StartStage = WindowStage()
        settings = Settings(root / "settings.json")
        formatter = Formatter(self)
        self._translator = Translator(app, formatter)
        self._translator.set_language(settings["language"])
        theme.apply(app, settings["theme"])
        notifications = Notifications(formatter, self)
        tasks = TaskRunner(notifications, self)
        self.context = AppContext(
            settings=settings,
            formatter=formatter,
            notifications=notifications,
            tasks=tasks,
            actions=ActionRegistry(settings, self),
            settings_writer=SettingsWriter(settings, notifications, self),
            now=now,
        )
        self.crash_reporter = CrashReporter(notifications, self, now=now)
        self._gc_scheduler = GcScheduler(self)
        self.window = MainWindow(self.context)
        self.dialogs = DialogLauncher(self.context, self.window, self)
        self._connect_signals()

    def _connect_signals(self) -> None:
        actions = self.context.actions
        actions.set_handlers(
            {
                "preferences": self.dialogs.open_preferences,
                "quit": self.window.close,
                "shortcuts": self.dialogs.open_shortcut_list,
                "about": self.dialogs.open_about,
            }
        )
        actions.enable_scopes(("editor", "canvas"), enabled=False)
        self.window.closing.connect(self.shut_down)
        self.context.settings.subscribe(self._on_setting)
        hints = self._app.styleHints()
        hints.colorSchemeChanged.connect(lambda _scheme: self._on_setting("theme"))

    # ------------------------------------------------------------------------------------------------ the steps

    @property
    def home(self) -> "HomePanel":
        """The panel that lists the library; reading it before Home is built raises `AssertionError`."""
        assert not isinstance(self._stage, WindowStage), "Home is not built yet"
        return self._stage.home.panel

    @property
    def session(self) -> "LibrarySession":
        """The open library; `AssertionError` before `ready`, and as long as the library could not be opened."""
        assert isinstance(self._stage, LibraryStage), "the library is not open yet"
        return self._stage.session

    @property
    def page(self) -> "EditorPage | None":
        """The page of the open webinar; None while Home is shown, and before the library is open."""
        return self._stage.session.page if isinstance(self._stage, LibraryStage) else None

    @property
    def sync_service(self) -> "SyncService":
        """The connection of the open library to its server; `AssertionError` while no library is open (`session`)."""
        return self.session.sync_controller.service

    # ------------------------------------------------------------------------------------------------- starting

    def start(self, webinar_id: str | None = None, files: tuple[Path, ...] = ()) -> None:
        """Show the window and return.

        Home is built and the library opened once the window is painted, after `PAINT_TIMEOUT_MS` at the latest; then
        `ready` follows. If the library cannot be opened, a message says so and the webinar is opened after a retry.

        Args:
            webinar_id: id of a webinar to open then; None shows Home.
            files: bundles to import then and open; other files are ignored.
        """
        from PySide6.QtCore import QTimer

        paint_timeout = QTimer(self, singleShot=True, interval=PAINT_TIMEOUT_MS)
        paint_timeout.timeout.connect(lambda: self.initialize(webinar_id, files))
        paint_timeout.start()
        # One turn of the event loop later, since the signal arrives while the window is still painting.
        self.window.first_painted.connect(lambda: paint_timeout.start(0) if paint_timeout.isActive() else None)
        self.window.show()

    def initialize(self, webinar_id: str | None = None, files: tuple[Path, ...] = ()) -> None:
        """Import and build Home, open the library in the background, then emit `ready`, even if that fails.

        `start` calls it once the window is painted. If the library cannot be opened, a message offers to try again.

        Args:
            webinar_id: id of a webinar to open then; None shows Home.
            files: bundles to import then and open; other files are ignored.
        """

        def import_home(_progress: Progress) -> None:
            import_module("ui.app.home_controller")

        def on_imported(_none: None) -> None:
            from ui.app.home_controller import HomeController

            home = HomeController(self._app, self.window, self.context, self._workspace.get, self)
            self._stage = HomeStage(home)
            self._open_library(home, webinar_id, files)

        self.context.tasks.run(
            self.tr("Opening the library"), import_home, done=on_imported, executor="work", quiet=True
        )

    def _open_library(self, home: "HomeController", webinar_id: str | None, files: tuple[Path, ...]) -> None:
        def work(_progress: Progress) -> "Workspace":
            workspace = self._workspace.get()
            workspace.library  # noqa: B018 - reading the property opens the library
            return workspace

        def done(workspace: "Workspace") -> None:
            session = self._start_session(workspace, home)
            if webinar_id is not None:
                session.open(webinar_id)
            for file in files:
                session.load_bundle(file)
            self.ready.emit()

        def failed(error: KnownError) -> None:
            from ui.app.library_recovery import LibraryRecovery

            context = self.context
            recovery = LibraryRecovery(
                self._workspace.get, context.tasks, context.notifications, context.formatter, self
            )
            recovery.offer(error, lambda: self._open_library(home, webinar_id, files))
            self.ready.emit()

        self.context.tasks.run(
            self.tr("Opening the library"), work, done=done, failed=failed, executor="library", quiet=True
        )

    def _start_session(self, workspace: "Workspace", home: "HomeController") -> "LibrarySession":
        from ui.app.library_session import LibrarySession

        self.crash_reporter.log_path = workspace.root / LOG
        session = LibrarySession(self.context, workspace, self.window, self.dialogs, home, self)
        session.webinar_opened.connect(self.opened)
        self._stage = LibraryStage(home, session)
        session.start()
        return session

    def _on_setting(self, name: str) -> None:
        settings = self.context.settings
        if name == "language":
            self._translator.set_language(settings["language"])
        elif name == "theme":
            theme.apply(self._app, settings["theme"])
        elif name == "shortcuts":
            self.context.actions.retranslate()

    # -------------------------------------------------------------------------------------------------- closing

    def shut_down(self) -> None:
        """Store the window's layout, let running edits finish, end all threads, and close the library; it blocks.

        It is called when the window closes; nothing of the application can be used afterwards.
        """
        stage = self._stage
        session = stage.session if isinstance(stage, LibraryStage) else None
        layout = self.window.export_layout()
        if not isinstance(stage, WindowStage):
            layout["shape"] = stage.home.panel.shape
        settings = self.context.settings
        self.context.settings_writer.write("window", {**settings["window"], **layout})
        if session is not None:
            session.detach()
        self.context.tasks.shutdown()
        self._gc_scheduler.stop()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            # Mime data made in Python must not be read once Python has ended; plain text belongs to Qt.
            clipboard.setText(clipboard.text())
        if session is not None:
            session.close()
        self._workspace.close()

    def delete_window(self) -> None:
        """Delete the window at once, with all its parts in Qt's order.

        Call it after `shut_down`, at the end of the process. Otherwise Python would delete the parts in an order of its
        own.
        """
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)
