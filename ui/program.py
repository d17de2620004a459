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

from editor.errors import Known
from editor.progress import Progress
from editor.settings import Settings
from ui import theme
from ui.actions import Actions
from ui.collecting import Collector
from ui.common import Common, Keeper, Opening
from ui.dialogs import Dialogs
from ui.faults import Faults
from ui.language import Language
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.tasks import Tasks
from ui.words import Words

if TYPE_CHECKING:
    from datetime import datetime

    from editor.media.playback import Engine
    from editor.schedule.model import Webinar
    from editor.workspace import Workspace
    from ui.bundles import Bundles
    from ui.editor_page import EditorPage
    from ui.home.deeds import LibraryDeeds
    from ui.home.panel import Home
    from ui.opening import Opened
    from ui.publish.hosting_desk import HostingDesk
    from ui.publish.liaison import Liaison
    from ui.space_keeper import SpaceKeeper

LOG = "matinee.log"
DONE = object()
UNSEEN_MS = 1_000
"""After this the library is opened even though nobody has seen the window yet."""


def _read_ahead(_progress: Progress) -> None:
    """Read what the first webinar and the first plan need, so that both open at once."""
    import_module("ui.editor_page")
    import_module("ui.plan.dialog")
    import_module("ui.plan.zones").every_zone()


def utc_now() -> "datetime":
    """The clock."""
    from datetime import UTC, datetime

    return datetime.now(UTC)


class Program(QObject):
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
        workspace: "Callable[[], Workspace]",
        *,
        now: "Callable[[], datetime]" = utc_now,
    ) -> None:
        super().__init__()
        self._app = app
        self._root = root
        self._make_workspace = workspace
        self._workspace: Workspace | None = None
        self._engine: Engine | None = None
        self._bundles: Bundles | None = None
        self._opening: Opening | None = None
        self._page: EditorPage | None = None
        self._coming: EditorPage | None = None
        self._home: Home | None = None
        self._space: SpaceKeeper | None = None
        self._deeds: LibraryDeeds | None = None
        self._liaison: Liaison | None = None
        self._leaving = False
        settings = Settings(root / "settings.json")
        words = Words(self)
        self._language = Language(app, words)
        self._language.speak(settings["language"])
        theme.apply(app, settings["theme"])
        messages = Messages(words, self)
        tasks = Tasks(messages, self)
        self.common = Common(
            settings=settings,
            words=words,
            messages=messages,
            tasks=tasks,
            actions=Actions(settings, self),
            keeper=Keeper(settings, messages, self),
            now=now,
        )
        self.faults = Faults(messages, self, now=now)
        self._collector = Collector(self)
        self.window = MainWindow(self.common)
        self.dialogs = Dialogs(self.common, self.window, self)
        self._wire()

    def _wire(self) -> None:
        actions = self.common.actions
        actions.on(
            {
                "new": lambda: self.ask_new(""),
                "home": self.go_home,
                "close": self.go_home,
                "load_bundle": self._load_bundle,
                "export_bundle": self._export_bundle,
                "publish": self.ask_publish,
                "duplicate_webinar": self._duplicate,
                "as_template": self._set_template,
                "preferences": self.dialogs.preferences,
                "quit": self.window.close,
                "shortcuts": self.dialogs.shortcuts,
                "about": self.dialogs.about,
            }
        )
        self._enable_page_actions(enabled=False)
        self.window.closing.connect(self.end)
        self.common.settings.subscribe(self._on_setting)
        hints = self._app.styleHints()
        hints.colorSchemeChanged.connect(lambda _scheme: self._on_setting("theme"))

    # ------------------------------------------------------------------------------------------- the library

    def start(self, webinar_id: str | None = None, files: tuple[Path, ...] = ()) -> None:
        """Show the window; once it is painted, `begin`. A window that starts as an icon is not waited for."""
        from PySide6.QtCore import QTimer

        waiting = QTimer(self, singleShot=True, interval=UNSEEN_MS)
        waiting.timeout.connect(lambda: self.begin(webinar_id, files))
        waiting.start()
        # A turn of the event loop later: the paint is not over while it is told of.
        self.window.painted.connect(lambda: waiting.start(0) if waiting.isActive() else None)
        self.window.show()

    def begin(self, webinar_id: str | None = None, files: tuple[Path, ...] = ()) -> None:
        """Make Home, open the library in its thread; then show a webinar, if one is named, and take bundles in."""

        def read_home(_progress: Progress) -> None:
            for name in ("ui.home.panel", "ui.home.deeds", "ui.space_keeper"):
                import_module(name)

        def go_on(_nothing: None) -> None:
            self._build_home()
            self._open_library(webinar_id, files)

        self.common.tasks.run(self.tr("Opening the library"), read_home, done=go_on, executor="work", quiet=True)

    def _open_library(self, webinar_id: str | None, files: tuple[Path, ...]) -> None:
        def work(_progress: Progress) -> "Workspace":
            workspace = self._ask_workspace()
            workspace.library  # noqa: B018 - opening it is the work
            return workspace

        def done(workspace: "Workspace") -> None:
            self._on_library(workspace)
            if webinar_id is not None:
                self.open(webinar_id)
            for file in files:
                self._take(file)
            self.ready.emit()

        def failed(known: Known) -> None:
            from ui.rescue import Rescue

            common = self.common
            rescue = Rescue(self._ask_workspace, common.tasks, common.messages, common.words, self)
            rescue.offer(known, lambda: self._open_library(webinar_id, files))
            self.ready.emit()

        self.common.tasks.run(
            self.tr("Opening the library"), work, done=done, failed=failed, executor="library", quiet=True
        )

    def _build_home(self) -> None:
        """Make what the first paint could do without."""
        from ui.home.deeds import LibraryDeeds
        from ui.home.panel import Home
        from ui.space_keeper import SpaceKeeper

        self._space = SpaceKeeper(self._app, self)
        common = self.common
        rows = common.settings["window"].get("shape") == "rows"
        self._deeds = LibraryDeeds(self._ask_workspace, common.tasks, common.messages, self)
        self._home = home = Home(self._deeds, common.words, shape="rows" if rows else "cards", now=common.now)
        home.open_asked.connect(self.open)
        home.new_asked.connect(self.ask_new)
        home.import_asked.connect(self._load_bundle)
        self.window.set_home(home)

    @property
    def home(self) -> "Home":
        """The library on the screen."""
        assert self._home is not None, "the program has begun"
        return self._home

    @property
    def deeds(self) -> "LibraryDeeds":
        """What is done to the library."""
        assert self._deeds is not None, "the program has begun"
        return self._deeds

    @property
    def hosting(self) -> "HostingDesk":
        """Where webinars are published."""
        return self.liaison.desk

    @property
    def liaison(self) -> "Liaison":
        """What ties the hosting to the window."""
        assert self._liaison is not None, "the library is open"
        return self._liaison

    def _ask_workspace(self) -> "Workspace":
        """The workspace; made when first asked for, in the library's thread."""
        if self._workspace is None:
            self._workspace = self._make_workspace()
        return self._workspace

    def _on_library(self, workspace: "Workspace") -> None:
        from editor.media.playback import Engine
        from ui.bundles import Bundles
        from ui.home.hosted import HostedShelf
        from ui.media_desk import MediaDesk
        from ui.publish.liaison import Liaison

        common = self.common
        engine = self._engine = Engine()
        self.faults.log = workspace.root / LOG
        self._bundles = Bundles(workspace, common.tasks, common.messages, self.window, self)
        desk = MediaDesk(lambda: workspace.shelf, common.tasks, common.messages, common.words, self)
        self._opening = Opening(common, workspace=workspace, desk=desk, players=engine.player)
        liaison = self._liaison = Liaison(self._opening, self.window, self)
        desk.stand_ins.serve(workspace.hosting, set_up=lambda: liaison.desk.account is not None)
        liaison.desk.changed.connect(desk.stand_ins.look)
        self.window.add_status(liaison.status)
        self.window.may_close = self._may_close
        hosted = HostedShelf(liaison.syncing, common.words)
        hosted.sign_in_asked.connect(liaison.ask_sign_in)
        self.home.set_hosting(hosted, liaison.synced)
        self.home.retire_asked.connect(liaison.syncing.retire)
        liaison.syncing.arrived.connect(self._on_synced)
        liaison.begin()
        self.home.refresh()
        common.tasks.run("", _read_ahead, executor="work", quiet=True)
        common.tasks.run(
            self.tr("Making the daily copy"),
            lambda _progress: workspace.library.daily_copy(),
            executor="work",
            quiet=True,
        )

    def _on_synced(self) -> None:
        if self._page is None:
            self.home.refresh()

    def _take(self, file: Path) -> None:
        if file.suffix == ".matinee" and self._bundles is not None:
            self._bundles.load(file, self.open)

    # ------------------------------------------------------------------------------------- Home and webinars

    @property
    def page(self) -> "EditorPage | None":
        """The page of the webinar that is open."""
        return self._page

    def open(self, webinar_id: str) -> None:
        """Show a webinar."""
        opening = self._opening
        if opening is None:
            return

        def work(_progress: Progress) -> "Opened":
            from ui.opening import open_webinar

            return open_webinar(opening.workspace, webinar_id)

        self.common.tasks.run(
            self.tr("Opening the webinar"), work, done=lambda opened: self._show(opened, opening), executor="library"
        )

    def _show(self, opened: "Opened", opening: Opening) -> None:
        """Build the page of a webinar, a step at a turn of the event loop, and then show it."""
        from PySide6.QtCore import QTimer

        from ui.editor_page import EditorPage

        if self._coming is not None:
            self._coming.abandon()
        page = self._coming = EditorPage(opened, opening)
        steps = page.lay_out()

        def step() -> None:
            if page is not self._coming:
                return
            if next(steps, DONE) is DONE:
                self._coming = None
                self._present(page, opened)
            else:
                QTimer.singleShot(0, page, step)

        self.go_home()
        step()

    def _present(self, page: "EditorPage", opened: "Opened") -> None:
        page.plan_asked.connect(self.ask_plan)
        page.note_asked.connect(self._ask_note)
        page.stands_changed.connect(self._say_title)
        self._page = page
        self.liaison.follow(page)
        page.look_after_media()
        self._enable_page_actions(enabled=True)
        page.availability.refresh()
        self.window.show_page(page, page.panel_actions())
        self._say_title()
        page.timeline.setFocus()
        if not self.common.settings["toured"]:
            self.common.keeper.keep("toured", value=True)
            page.show_tour()
        if opened.document.unknown:
            text = self.tr(
                "This webinar holds things that only a newer Matinee knows. It can be looked at, not edited."
            )
            self.common.messages.tell(text, kind="warning")
        self.opened.emit(opened.document.webinar.id)

    def go_home(self) -> None:
        """Close the webinar that is open, if any, and show the library."""
        page, self._page = self._page, None
        if page is None:
            return
        self._keep_window(page.keep_layout())
        page.let_go()
        self.liaison.leave()
        # What is told there may offer to do something to this webinar.
        self.window.message_bar.hide()
        self._enable_page_actions(enabled=False)
        self.window.show_home()
        self.home.refresh()

    def _say_title(self) -> None:
        if self._page is not None:
            title = self._page.bridge.webinar.title or self.tr("Untitled webinar")
            self.window.say_title(title, self._page.top.version, unsaved=self._page.bridge.unsaved)

    def _enable_page_actions(self, *, enabled: bool) -> None:
        for action in self.common.actions.of_scope("editor", "canvas"):
            action.setEnabled(enabled)

    def ask_new(self, template: str) -> None:
        """Plan a new webinar, from a template or from nothing (""), make it and open it."""
        opening = self._opening
        if opening is None:
            return

        def plan(webinar: "Webinar") -> None:
            self.dialogs.plan_new(webinar, opening.desk, make)

        def make(planned: "Webinar") -> None:
            self.deeds.create(planned, self.open, template=template or None)

        def work(_progress: Progress) -> "Webinar":
            return opening.workspace.open(template).webinar

        if template:
            self.common.tasks.run("", work, done=plan, executor="library", quiet=True)
        else:
            from editor.schedule.model import Webinar, new_id
            from ui.plan.zones import local_zone

            plan(Webinar(id=new_id(), zone=local_zone()))

    def ask_plan(self) -> None:
        """Show the plan of the open webinar."""
        if self._page is not None and self._opening is not None:
            self.dialogs.plan(self._page.bridge, self._opening.desk)

    def ask_publish(self) -> None:
        """Show what is, or is to be, published of the open webinar."""
        page = self._page
        if page is not None:
            show = self.common.actions["preflight"].trigger
            self.dialogs.publish(page.bridge, self.hosting, plan=self.ask_plan, show=show)

    def _ask_note(self) -> None:
        if self._page is not None:
            self.dialogs.save_with_note(self._page.bridge)

    # -------------------------------------------------------------------------------------- bundles, copies

    def _load_bundle(self) -> None:
        if self._bundles is not None:
            self._bundles.ask_load(self.open)

    def _export_bundle(self) -> None:
        if self._bundles is not None and self._page is not None:
            webinar = self._page.bridge.webinar
            self._bundles.ask_export(webinar.id, webinar.title)

    def _duplicate(self) -> None:
        if self._page is not None:
            webinar = self._page.bridge.webinar
            title = self.tr("{title} (copy)").format(title=webinar.title)
            self.deeds.duplicate(webinar.id, title, self.open)

    def _set_template(self) -> None:
        if self._page is not None:
            on = self.common.actions["as_template"].isChecked()
            self.deeds.set_template(self._page.bridge.webinar.id, on)

    # --------------------------------------------------------------------------------------------- settings

    def _on_setting(self, name: str) -> None:
        settings = self.common.settings
        if name == "language":
            self._language.speak(settings["language"])
        elif name == "theme":
            theme.apply(self._app, settings["theme"])
        elif name == "shortcuts":
            self.common.actions.retranslate()

    def _keep_window(self, layout: dict[str, str]) -> None:
        window = self.common.settings["window"]
        self.common.keeper.keep("window", {**window, **layout})

    def _may_close(self) -> bool:
        """Whether nobody needs this computer; else somebody is asked, unless the system itself is going down."""

        def leave() -> None:
            self._leaving = True
            self.window.close()

        going = self._leaving or self._app.isSavingSession()
        return going or not self.liaison.ask_before_closing(leave)

    def dispose(self) -> None:
        """Take the window down, once it is closed: its parts in Qt's order, before Python takes them in its own."""
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)

    def end(self) -> None:
        """Everything that was edited reaches the disk; then the threads and the library are closed."""
        layout = self.window.keep_layout()
        if self._home is not None:
            layout["shape"] = self._home.shape
        if self._page is not None:
            layout |= self._page.keep_layout()
            self._page.let_go()
        if self._coming is not None:
            self._coming.abandon()
        self._keep_window(layout)
        if self._liaison is not None:
            self._liaison.shut()
        self.common.tasks.shutdown()
        self._collector.end()
        board = QGuiApplication.clipboard()
        if board.ownsClipboard():
            # What Python put there, Python must not be asked for once it has ended; its text is Qt's own.
            board.setText(board.text())
        if self._engine is not None:
            self._engine.close()
        if self._workspace is not None:
            self._workspace.close()
