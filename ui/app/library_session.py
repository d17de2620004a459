"""Everything that exists while a library is open: its services, its server, and the webinar that is being edited."""

from collections.abc import Generator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from editor.media.libvlc.engine import VlcEngine
from editor.progress import Progress
from ui.app.bundle_io import BundleIo
from ui.app.webinar_loader import LoadedWebinar, load_webinar
from ui.home.remote_webinars import RemoteWebinarList
from ui.services.media_service import MediaService
from ui.state.app_context import AppContext, LibraryContext
from ui.sync.sync_controller import SyncController

if TYPE_CHECKING:
    from editor.schedule.model import Webinar
    from editor.workspace import Workspace
    from ui.app.dialog_launcher import DialogLauncher
    from ui.app.editor_page import EditorPage
    from ui.app.home_controller import HomeController
    from ui.app.main_window import MainWindow


class LibrarySession(QObject):
    """One open library in the window: opens and closes its webinars, and carries out what is done to them as a whole.

    Made by `Application` once the library is open; used on the GUI thread.

    Args:
        context: the services of the window.
        workspace: the library's workspace, already open.
        window: the window.
        dialogs: opens its dialogs.
        home: Home, which lists the library.
        parent: Qt's owner.
    """

    webinar_opened = Signal(str)
    """Carries the id of the webinar whose page is shown."""

    def __init__(
        self,
        context: AppContext,
        workspace: "Workspace",
        window: "MainWindow",
        dialogs: "DialogLauncher",
        home: "HomeController",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._dialogs = dialogs
        self._home = home
        self._workspace = workspace
        self._engine = VlcEngine()
        self._media_service = MediaService(
            lambda: workspace.catalog, context.tasks, context.notifications, context.formatter, self
        )
        self._context = LibraryContext(
            context,
            workspace=workspace,
            media_service=self._media_service,
            player_factory=self._engine.create_player,
        )
        self.bundle_io = BundleIo(workspace, context.tasks, context.notifications, window, self)
        self.sync_controller = SyncController(self._context, window, self)
        self.page: EditorPage | None = None
        """The page of the open webinar; None while Home is shown."""
        self._page_steps: Generator[None, None, EditorPage] | None = None
        """The page that is being built; None while none is."""
        self._closing_confirmed = False
        self._connect_signals()

    def _connect_signals(self) -> None:
        service, proxies, home = self.sync_controller.service, self._media_service.proxies, self._home
        proxies.set_connection(self._workspace.open_sync, is_set_up=lambda: service.state.connection is not None)
        service.server_changed.connect(proxies.refresh)
        service.report_received.connect(self._on_synced)
        remote_webinars = RemoteWebinarList(service, self._context.formatter)
        remote_webinars.sign_in_requested.connect(self.sync_controller.open_sign_in_dialog)
        home.panel.set_hosting(remote_webinars, self.sync_controller.find_sync_badge)
        home.panel.remote_deletion_requested.connect(service.delete_remote)
        home.panel.open_requested.connect(self.open)
        home.panel.new_requested.connect(self.new_webinar)
        home.panel.bundle_requested.connect(self._ask_load_bundle)
        self._window.add_status_widget(self.sync_controller.status_button)
        self._window.may_close = self._may_close
        self._context.actions.set_handlers(
            {
                "new": lambda: self.new_webinar(""),
                "home": self.go_home,
                "close": self.go_home,
                "load_bundle": self._ask_load_bundle,
                "export_bundle": self._ask_export_bundle,
                "publish": self.open_publish_dialog,
                "duplicate_webinar": self._duplicate_webinar,
                "as_template": self._toggle_template,
            }
        )

    def start(self) -> None:
        """Find the server, show the library, make the daily backup, and import modules for the first webinar.

        In the background.
        """
        workspace, tasks = self._workspace, self._context.tasks
        self.sync_controller.start()
        self._home.panel.refresh()
        tasks.run("", _preload_modules, executor="work", quiet=True)
        tasks.run(
            self.tr("Making the daily backup"),
            lambda _progress: workspace.library.make_daily_backup(),
            executor="work",
            quiet=True,
        )

    def _on_synced(self) -> None:
        if self.page is None:
            self._home.panel.refresh()

    # ------------------------------------------------------------------------------------- Home and webinars

    def open(self, webinar_id: str) -> None:
        """Load a webinar in the background and show its page, in place of the open one.

        `webinar_opened` follows; an error is posted as a message, and the open webinar stays. If another webinar is
        opened before the page is built, only that one is shown.
        """

        def work(_progress: Progress) -> LoadedWebinar:
            return load_webinar(self._workspace, webinar_id)

        self._context.tasks.run(self.tr("Opening the webinar"), work, done=self._build_page, executor="library")

    def _build_page(self, loaded: LoadedWebinar) -> None:
        """Build the page a step per turn of the event loop, in place of one that is still being built."""
        from ui.app.editor_page import build_page

        if self._page_steps is not None:
            self._page_steps.close()
        steps = self._page_steps = build_page(loaded, self._context)

        def run_next_step() -> None:
            if steps is not self._page_steps:
                return
            try:
                next(steps)
            except StopIteration as built:
                self._page_steps = None
                self._show_page(built.value, loaded)
            else:
                QTimer.singleShot(0, self, run_next_step)

        self.go_home()
        run_next_step()

    def _show_page(self, page: "EditorPage", loaded: LoadedWebinar) -> None:
        context = self._context
        page.settings_requested.connect(self.open_webinar_settings)
        page.save_with_note_requested.connect(self._save_with_note)
        page.save_state_changed.connect(self._update_title)
        self.page = page
        self.sync_controller.attach_page(page)
        page.fetch_missing_media()
        context.actions.enable_scopes(("editor", "canvas"), enabled=True)
        page.availability.refresh()
        self._window.show_page(page, page.panel_actions())
        self._update_title()
        page.timeline.setFocus()
        if not context.settings["toured"]:
            context.settings_writer.write("toured", value=True)
            page.show_tour()
        if loaded.document.unknown:
            text = self.tr(
                "This webinar was made with a newer version of Matinee. You can look at it, but not edit it here."
            )
            context.notifications.post(text, kind="warning")
        self.webinar_opened.emit(loaded.document.webinar.id)

    def go_home(self) -> None:
        """Store the layout of the open webinar's page, close it, and show Home.

        While Home is shown, nothing happens.
        """
        page, self.page = self.page, None
        if page is None:
            return
        self.save_layout(page.export_layout())
        page.detach()
        self.sync_controller.detach_page()
        # Its button may act on the webinar that is closed now.
        self._window.notification_bar.hide()
        self._context.actions.enable_scopes(("editor", "canvas"), enabled=False)
        self._window.show_home()
        self._home.panel.refresh()

    def _update_title(self) -> None:
        if self.page is not None:
            controller = self.page.document_controller
            title = controller.webinar.title or self.tr("Untitled webinar")
            self._window.set_title(title, self.page.top_bar.version_text, unsaved=controller.has_unsaved_edits)

    def new_webinar(self, template: str) -> None:
        """Ask for the settings of a new webinar, then create it in the background and open it.

        Nothing happens if the user cancels.

        Args:
            template: id of the webinar it is copied from; empty for an empty webinar.
        """

        def open_settings(webinar: "Webinar") -> None:
            self._dialogs.open_new_webinar(webinar, self._media_service, create)

        def create(configured: "Webinar") -> None:
            self._home.commands.create(configured, self.open, template=template or None)

        def work(_progress: Progress) -> "Webinar":
            return self._workspace.open(template).webinar

        if template:
            self._context.tasks.run("", work, done=open_settings, executor="library", quiet=True)
        else:
            from editor.schedule.model import Webinar, new_id
            from ui.webinar_settings.time_zones import find_local_zone

            open_settings(Webinar(id=new_id(), zone=find_local_zone()))

    def open_webinar_settings(self) -> None:
        """Open the dialog with the settings of the open webinar; while Home is shown, nothing happens."""
        if self.page is not None:
            self._dialogs.open_webinar_settings(self.page.document_controller, self._media_service)

    def open_publish_dialog(self) -> None:
        """Open the dialog that lists the sessions of the open webinar and publishes it; on Home, nothing happens."""
        if self.page is not None:
            self._dialogs.open_publish_dialog(
                self.page.document_controller,
                self.sync_controller.service,
                self._media_service,
                on_settings=self.open_webinar_settings,
                on_show_problems=self._context.actions["preflight"].trigger,
            )

    def _save_with_note(self) -> None:
        if self.page is not None:
            self._dialogs.open_save_dialog(self.page.document_controller)

    # -------------------------------------------------------------------------------------- bundles, copies

    def load_bundle(self, file: Path) -> None:
        """Import a bundle in the background and open the webinar in it; files not named ``*.matinee`` are ignored.

        An error is posted as a message.
        """
        if file.suffix == ".matinee":
            self.bundle_io.load(file, self.open)

    def _ask_load_bundle(self) -> None:
        self.bundle_io.ask_load(self.open)

    def _ask_export_bundle(self) -> None:
        if self.page is not None:
            webinar = self.page.document_controller.webinar
            self.bundle_io.ask_export(webinar.id, webinar.title)

    def _duplicate_webinar(self) -> None:
        if self.page is not None:
            webinar = self.page.document_controller.webinar
            self._home.commands.duplicate(webinar.id, webinar.title, self.open)

    def _toggle_template(self) -> None:
        if self.page is not None:
            on = self._context.actions["as_template"].isChecked()
            self._home.commands.set_template(self.page.document_controller.webinar.id, on)

    # ---------------------------------------------------------------------------------------------- closing

    def save_layout(self, layout: dict[str, str]) -> None:
        """Store parts of the window's layout in the setting ``window``, on disk; parts that are not given stay.

        Args:
            layout: texts by the names of the parts, such as "docks".
        """
        window = self._context.settings["window"]
        self._context.settings_writer.write("window", {**window, **layout})

    def _may_close(self) -> bool:
        """Return whether to close at once; asks if attendees need this computer, unless the system shuts down."""

        def close_anyway() -> None:
            self._closing_confirmed = True
            self._window.close()

        confirmed = self._closing_confirmed or self._home.app.isSavingSession()
        return confirmed or not self.sync_controller.confirm_close(close_anyway)

    def detach(self) -> None:
        """Store the layout, close the open webinar, and stop the exchange with the server; background tasks still run.

        Call it when the application closes, before `close`.
        """
        if self.page is not None:
            self.save_layout(self.page.export_layout())
            self.page.detach()
        if self._page_steps is not None:
            self._page_steps.close()
        self.sync_controller.shut_down()

    def close(self) -> None:
        """Close all players; call it after `detach`, once no background task runs any more."""
        self._engine.close()


def _preload_modules(_progress: Progress) -> None:
    """Import what the first webinar and the first settings dialog need, so that both open at once."""
    import_module("ui.app.editor_page")
    import_module("ui.webinar_settings.dialog")
    import_module("ui.webinar_settings.time_zones").list_zones()
