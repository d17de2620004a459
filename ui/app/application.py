"""The program: opens the library, goes from Home to a webinar and back, and ends in good order.

Made in two steps, so that the window is on the screen quickly: what the first paint needs, and then (`begin`) the
library with all that hangs on it, read in its own thread.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

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
from ui.state.app_context import AppContext, LibraryContext, SettingsWriter
from ui.style import theme
from ui.text.formatter import Formatter
from ui.text.translator import Translator

if TYPE_CHECKING:
    from datetime import datetime

    from editor.media.libvlc.engine import VlcEngine
    from editor.schedule.model import Webinar
    from editor.workspace import Workspace
    from ui.app.bundle_io import BundleIo
    from ui.app.editor_page import EditorPage
    from ui.app.space_key_filter import SpaceKeyFilter
    from ui.app.webinar_loader import LoadedWebinar
    from ui.home.library_commands import LibraryCommands
    from ui.home.panel import HomePanel
    from ui.sync.sync_controller import SyncController
    from ui.sync.sync_service import SyncService

LOG = "matinee.log"
EXHAUSTED = object()
PAINT_TIMEOUT_MS = 1_000
"""After this the library is opened even though nobody has seen the window yet."""


def _preload_modules(_progress: Progress) -> None:
    """Read what the first webinar and the first plan need, so that both open at once."""
    import_module("ui.app.editor_page")
    import_module("ui.webinar_settings.dialog")
    import_module("ui.webinar_settings.time_zones").list_zones()


def utc_now() -> "datetime":
    """The clock."""
    from datetime import UTC, datetime

    return datetime.now(UTC)


class Application(QObject):
    """One window on one library.

    Args:
        app: Qt's application.
        root: the library's folder.
        workspace: makes the workspace of that folder; called in the library's thread.
        now: the clock, UTC-aware.
    """

    ready = Signal()
    """The library is open, and Home shows it (or says why not)."""
    opened = Signal(str)
    """The page of this webinar is shown."""

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
        self._make_workspace = make_workspace
        self._workspace: Workspace | None = None
        self._engine: VlcEngine | None = None
        self._bundle_io: BundleIo | None = None
        self._library_context: LibraryContext | None = None
        self._page: EditorPage | None = None
        self._pending_page: EditorPage | None = None
        self._home: HomePanel | None = None
        self._space_key_filter: SpaceKeyFilter | None = None
        self._library_commands: LibraryCommands | None = None
        self._sync_controller: SyncController | None = None
        self._closing_confirmed = False
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
                "new": lambda: self.new_webinar(""),
                "home": self.go_home,
                "close": self.go_home,
                "load_bundle": self._ask_load_bundle,
                "export_bundle": self._ask_export_bundle,
                "publish": self.open_publish_dialog,
                "duplicate_webinar": self._duplicate_webinar,
                "as_template": self._toggle_template,
                "preferences": self.dialogs.open_preferences,
                "quit": self.window.close,
                "shortcuts": self.dialogs.open_shortcut_list,
                "about": self.dialogs.open_about,
            }
        )
        self._enable_page_actions(enabled=False)
        self.window.closing.connect(self.shut_down)
        self.context.settings.subscribe(self._on_setting)
        hints = self._app.styleHints()
        hints.colorSchemeChanged.connect(lambda _scheme: self._on_setting("theme"))

    # ------------------------------------------------------------------------------------------- the library

    def start(self, webinar_id: str | None = None, files: tuple[Path, ...] = ()) -> None:
        """Show the window; once it is painted, `begin`. A window that starts as an icon is not waited for."""
        from PySide6.QtCore import QTimer

        paint_timeout = QTimer(self, singleShot=True, interval=PAINT_TIMEOUT_MS)
        paint_timeout.timeout.connect(lambda: self.initialize(webinar_id, files))
        paint_timeout.start()
        # A turn of the event loop later: the paint is not over while it is told of.
        self.window.first_painted.connect(lambda: paint_timeout.start(0) if paint_timeout.isActive() else None)
        self.window.show()

    def initialize(self, webinar_id: str | None = None, files: tuple[Path, ...] = ()) -> None:
        """Make Home, open the library in its thread; then show a webinar, if one is named, and take bundles in."""

        def import_home(_progress: Progress) -> None:
            for name in ("ui.home.panel", "ui.home.library_commands", "ui.app.space_key_filter"):
                import_module(name)

        def on_imported(_none: None) -> None:
            self._build_home()
            self._open_library(webinar_id, files)

        self.context.tasks.run(
            self.tr("Opening the library"), import_home, done=on_imported, executor="work", quiet=True
        )

    def _open_library(self, webinar_id: str | None, files: tuple[Path, ...]) -> None:
        def work(_progress: Progress) -> "Workspace":
            workspace = self._get_workspace()
            workspace.library  # noqa: B018 - opening it is the work
            return workspace

        def done(workspace: "Workspace") -> None:
            self._on_library_opened(workspace)
            if webinar_id is not None:
                self.open(webinar_id)
            for file in files:
                self._load_bundle_file(file)
            self.ready.emit()

        def failed(error: KnownError) -> None:
            from ui.app.library_recovery import LibraryRecoveryDialog

            context = self.context
            recovery = LibraryRecoveryDialog(
                self._get_workspace, context.tasks, context.notifications, context.formatter, self
            )
            recovery.offer(error, lambda: self._open_library(webinar_id, files))
            self.ready.emit()

        self.context.tasks.run(
            self.tr("Opening the library"), work, done=done, failed=failed, executor="library", quiet=True
        )

    def _build_home(self) -> None:
        """Make what the first paint could do without."""
        from ui.app.space_key_filter import SpaceKeyFilter
        from ui.home.library_commands import LibraryCommands
        from ui.home.panel import HomePanel

        self._space_key_filter = SpaceKeyFilter(self._app, self)
        context = self.context
        as_rows = context.settings["window"].get("shape") == "rows"
        self._library_commands = LibraryCommands(self._get_workspace, context.tasks, context.notifications, self)
        self._home = home = HomePanel(
            self._library_commands, context.formatter, shape="rows" if as_rows else "cards", now=context.now
        )
        home.open_requested.connect(self.open)
        home.new_requested.connect(self.new_webinar)
        home.bundle_requested.connect(self._ask_load_bundle)
        self.window.set_home(home)

    @property
    def home(self) -> "HomePanel":
        """The library on the screen."""
        assert self._home is not None, "the program has begun"
        return self._home

    @property
    def library_commands(self) -> "LibraryCommands":
        """What is done to the library."""
        assert self._library_commands is not None, "the program has begun"
        return self._library_commands

    @property
    def sync_service(self) -> "SyncService":
        """The connection to the server."""
        return self.sync_controller.service

    @property
    def sync_controller(self) -> "SyncController":
        """What ties the hosting to the window."""
        assert self._sync_controller is not None, "the library is open"
        return self._sync_controller

    def _get_workspace(self) -> "Workspace":
        """The workspace; made when first asked for, in the library's thread."""
        if self._workspace is None:
            self._workspace = self._make_workspace()
        return self._workspace

    def _on_library_opened(self, workspace: "Workspace") -> None:
        from editor.media.libvlc.engine import VlcEngine
        from ui.app.bundle_io import BundleIo
        from ui.home.remote_webinars import RemoteWebinarList
        from ui.services.media_service import MediaService
        from ui.sync.sync_controller import SyncController

        context = self.context
        engine = self._engine = VlcEngine()
        self.crash_reporter.log_path = workspace.root / LOG
        self._bundle_io = BundleIo(workspace, context.tasks, context.notifications, self.window, self)
        media_service = MediaService(
            lambda: workspace.catalog, context.tasks, context.notifications, context.formatter, self
        )
        self._library_context = LibraryContext(
            context, workspace=workspace, media_service=media_service, player_factory=engine.create_player
        )
        sync_controller = self._sync_controller = SyncController(self._library_context, self.window, self)
        media_service.proxies.set_connection(
            workspace.open_sync, is_set_up=lambda: sync_controller.service.state.connection is not None
        )
        sync_controller.service.server_changed.connect(media_service.proxies.refresh)
        self.window.add_status_widget(sync_controller.status_button)
        self.window.may_close = self._may_close
        remote_webinars = RemoteWebinarList(sync_controller.service, context.formatter)
        remote_webinars.sign_in_requested.connect(sync_controller.open_sign_in_dialog)
        self.home.set_hosting(remote_webinars, sync_controller.find_sync_badge)
        self.home.remote_deletion_requested.connect(sync_controller.service.delete_remote)
        sync_controller.service.report_received.connect(self._on_synced)
        sync_controller.start()
        self.home.refresh()
        context.tasks.run("", _preload_modules, executor="work", quiet=True)
        context.tasks.run(
            self.tr("Making the daily copy"),
            lambda _progress: workspace.library.make_daily_backup(),
            executor="work",
            quiet=True,
        )

    def _on_synced(self) -> None:
        if self._page is None:
            self.home.refresh()

    def _load_bundle_file(self, file: Path) -> None:
        if file.suffix == ".matinee" and self._bundle_io is not None:
            self._bundle_io.load(file, self.open)

    # ------------------------------------------------------------------------------------- Home and webinars

    @property
    def page(self) -> "EditorPage | None":
        """The page of the webinar that is open."""
        return self._page

    def open(self, webinar_id: str) -> None:
        """Show a webinar."""
        library_context = self._library_context
        if library_context is None:
            return

        def work(_progress: Progress) -> "LoadedWebinar":
            from ui.app.webinar_loader import load_webinar

            return load_webinar(library_context.workspace, webinar_id)

        self.context.tasks.run(
            self.tr("Opening the webinar"),
            work,
            done=lambda opened: self._build_page(opened, library_context),
            executor="library",
        )

    def _build_page(self, loaded: "LoadedWebinar", library_context: LibraryContext) -> None:
        """Build the page of a webinar, a step at a turn of the event loop, and then show it."""
        from PySide6.QtCore import QTimer

        from ui.app.editor_page import EditorPage

        if self._pending_page is not None:
            self._pending_page.discard()
        page = self._pending_page = EditorPage(loaded, library_context)
        steps = page.lay_out()

        def run_next_step() -> None:
            if page is not self._pending_page:
                return
            if next(steps, EXHAUSTED) is EXHAUSTED:
                self._pending_page = None
                self._show_page(page, loaded)
            else:
                QTimer.singleShot(0, page, run_next_step)

        self.go_home()
        run_next_step()

    def _show_page(self, page: "EditorPage", loaded: "LoadedWebinar") -> None:
        page.settings_requested.connect(self.open_webinar_settings)
        page.save_with_note_requested.connect(self._save_with_note)
        page.save_state_changed.connect(self._update_title)
        self._page = page
        self.sync_controller.attach_page(page)
        page.fetch_missing_media()
        self._enable_page_actions(enabled=True)
        page.availability.refresh()
        self.window.show_page(page, page.panel_actions())
        self._update_title()
        page.timeline.setFocus()
        if not self.context.settings["toured"]:
            self.context.settings_writer.write("toured", value=True)
            page.show_tour()
        if loaded.document.unknown:
            text = self.tr(
                "This webinar holds things that only a newer Matinee knows. It can be looked at, not edited."
            )
            self.context.notifications.post(text, kind="warning")
        self.opened.emit(loaded.document.webinar.id)

    def go_home(self) -> None:
        """Close the webinar that is open, if any, and show the library."""
        page, self._page = self._page, None
        if page is None:
            return
        self._save_window_settings(page.export_layout())
        page.detach()
        self.sync_controller.detach_page()
        # What is told there may offer to do something to this webinar.
        self.window.notification_bar.hide()
        self._enable_page_actions(enabled=False)
        self.window.show_home()
        self.home.refresh()

    def _update_title(self) -> None:
        if self._page is not None:
            title = self._page.document_controller.webinar.title or self.tr("Untitled webinar")
            self.window.set_title(
                title, self._page.top_bar.version_text, unsaved=self._page.document_controller.has_unsaved_edits
            )

    def _enable_page_actions(self, *, enabled: bool) -> None:
        for action in self.context.actions.actions_in_scope("editor", "canvas"):
            action.setEnabled(enabled)

    def new_webinar(self, template: str) -> None:
        """Plan a new webinar, from a template or from nothing (""), make it and open it."""
        library_context = self._library_context
        if library_context is None:
            return

        def open_settings(webinar: "Webinar") -> None:
            self.dialogs.open_new_webinar(webinar, library_context.media_service, create)

        def create(configured: "Webinar") -> None:
            self.library_commands.create(configured, self.open, template=template or None)

        def work(_progress: Progress) -> "Webinar":
            return library_context.workspace.open(template).webinar

        if template:
            self.context.tasks.run("", work, done=open_settings, executor="library", quiet=True)
        else:
            from editor.schedule.model import Webinar, new_id
            from ui.webinar_settings.time_zones import find_local_zone

            open_settings(Webinar(id=new_id(), zone=find_local_zone()))

    def open_webinar_settings(self) -> None:
        """Show the plan of the open webinar."""
        if self._page is not None and self._library_context is not None:
            self.dialogs.open_webinar_settings(self._page.document_controller, self._library_context.media_service)

    def open_publish_dialog(self) -> None:
        """Show what is, or is to be, published of the open webinar."""
        page, library_context = self._page, self._library_context
        if page is not None and library_context is not None:
            show_preflight = self.context.actions["preflight"].trigger
            self.dialogs.open_publish_dialog(
                page.document_controller,
                self.sync_service,
                library_context.media_service,
                on_settings=self.open_webinar_settings,
                on_show_problems=show_preflight,
            )

    def _save_with_note(self) -> None:
        if self._page is not None:
            self.dialogs.open_save_dialog(self._page.document_controller)

    # -------------------------------------------------------------------------------------- bundles, copies

    def _ask_load_bundle(self) -> None:
        if self._bundle_io is not None:
            self._bundle_io.ask_load(self.open)

    def _ask_export_bundle(self) -> None:
        if self._bundle_io is not None and self._page is not None:
            webinar = self._page.document_controller.webinar
            self._bundle_io.ask_export(webinar.id, webinar.title)

    def _duplicate_webinar(self) -> None:
        if self._page is not None:
            webinar = self._page.document_controller.webinar
            title = self.tr("{title} (copy)").format(title=webinar.title)
            self.library_commands.duplicate(webinar.id, title, self.open)

    def _toggle_template(self) -> None:
        if self._page is not None:
            on = self.context.actions["as_template"].isChecked()
            self.library_commands.set_template(self._page.document_controller.webinar.id, on)

    # --------------------------------------------------------------------------------------------- settings

    def _on_setting(self, name: str) -> None:
        settings = self.context.settings
        if name == "language":
            self._translator.set_language(settings["language"])
        elif name == "theme":
            theme.apply(self._app, settings["theme"])
        elif name == "shortcuts":
            self.context.actions.retranslate()

    def _save_window_settings(self, layout: dict[str, str]) -> None:
        window = self.context.settings["window"]
        self.context.settings_writer.write("window", {**window, **layout})

    def _may_close(self) -> bool:
        """Whether nobody needs this computer; else somebody is asked, unless the system itself is going down."""

        def close_anyway() -> None:
            self._closing_confirmed = True
            self.window.close()

        confirmed = self._closing_confirmed or self._app.isSavingSession()
        return confirmed or not self.sync_controller.confirm_close(close_anyway)

    def delete_window(self) -> None:
        """Take the window down, once it is closed: its parts in Qt's order, before Python takes them in its own."""
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)

    def shut_down(self) -> None:
        """Everything that was edited reaches the disk; then the threads and the library are closed."""
        layout = self.window.export_layout()
        if self._home is not None:
            layout["shape"] = self._home.shape
        if self._page is not None:
            layout |= self._page.export_layout()
            self._page.detach()
        if self._pending_page is not None:
            self._pending_page.discard()
        self._save_window_settings(layout)
        if self._sync_controller is not None:
            self._sync_controller.shut_down()
        self.context.tasks.shutdown()
        self._gc_scheduler.stop()
        board = QGuiApplication.clipboard()
        if board.ownsClipboard():
            # What Python put there, Python must not be asked for once it has ended; its text is Qt's own.
            board.setText(board.text())
        if self._engine is not None:
            self._engine.close()
        if self._workspace is not None:
            self._workspace.close()
