"""The page on which one webinar is edited: connects its panels with each other and arranges them."""

from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QStackedWidget, QToolTip, QVBoxLayout, QWidget

from editor.schedule.kinds import lane_of
from ui.actions.commands import ActionAvailability
from ui.actions.context_menus import ContextMenus
from ui.actions.edit_errors import EditErrors
from ui.app.docks import DockArea
from ui.app.editor_model import EditorModel
from ui.app.editor_panels import EditorPanels, build_panels
from ui.app.top_bar import TopBar
from ui.app.webinar_loader import LoadedWebinar
from ui.inspector.length_popup.popup import LengthPopup
from ui.services.action_registry import add_actions
from ui.state.app_context import LibraryContext
from ui.state.document_controller import DocumentChange
from ui.sync.incoming_version import IncomingVersionBar
from ui.text.plain_text import to_tooltip
from ui.timeline.toolbar import MODES, RULERS

if TYPE_CHECKING:
    from editor.library.records import Version


class EditorPage(QWidget):
    """The widget on which one webinar is edited: it arranges the panels and connects them with each other.

    Made in steps by `build_page`, on the GUI thread.

    Args:
        loaded: the webinar as it was read from the library.
        model: what the panels share; owned by the page from now on.
        panels: the panels; owned by the page from now on.
        context: the services of the window.
        parent: Qt's owner.
    """

    settings_requested = Signal()
    save_with_note_requested = Signal()
    save_state_changed = Signal()
    """The title changed, or whether there are unsaved edits."""

    def __init__(
        self,
        loaded: LoadedWebinar,
        model: EditorModel,
        panels: EditorPanels,
        context: LibraryContext,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        model.setParent(self)
        self._context = context
        self._loaded = loaded
        formatter, settings = context.formatter, context.settings
        self.document_controller = model.document_controller
        self.selection = model.selection
        self.playhead = model.playhead
        self.notes = model.notes
        self.insert_commands = model.insert_commands
        self.commands = model.commands
        self.incoming_version = model.incoming_version
        self.toolbar = panels.toolbar
        self.timeline = panels.timeline
        self.table = panels.table
        self.preview = panels.preview
        self.media_bin = panels.media_bin
        self.inspector = panels.inspector
        self.preflight_panel = panels.preflight
        self.versions_panel = panels.versions
        self.top_bar = TopBar(self.document_controller, context.actions, formatter)
        self.incoming_version_bar = IncomingVersionBar(self.incoming_version, formatter)
        self._docks = DockArea(self)
        self._lane_stack = QStackedWidget()
        self._lane_stack.addWidget(self.timeline)
        self._lane_stack.addWidget(self.table)
        self.length_popup = LengthPopup(
            self.document_controller,
            context.media_service,
            formatter,
            settings,
            self,
            find_segment_rect=self._screen_rect_of,
        )
        self.context_menus = ContextMenus(
            context.actions,
            self.commands,
            self.document_controller,
            self.playhead,
            self,
            replace_media=self.media_bin.ask_replace,
        )
        self.edit_errors = EditErrors(
            self.document_controller, context.notifications, formatter, self._is_editing_in_panel, self
        )
        self.availability = ActionAvailability(
            context.actions, self.document_controller, self.selection, formatter, self
        )
        self._handlers = {**self.commands.handlers(), **self._page_handlers()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.incoming_version_bar)
        column.addWidget(self._docks, 1)

    # --------------------------------------------------------------------------------------------- layout

    def lay_out(self) -> Iterator[None]:
        """Put the panels in their places, one per step of the returned iterator; then connect them and show the state.

        The page must not be shown before the iterator has ended.
        """
        yield from self._docks.lay_out(
            self.preview,
            {
                "media": self.media_bin,
                "inspector": self.inspector,
                "preflight": self.preflight_panel,
                "history": self.versions_panel,
            },
            (self.toolbar, self._lane_stack),
            self._context.settings["window"].get("docks"),
        )
        self._connect_signals()
        self.retranslate()
        self.top_bar.show_version(self._loaded.version, self._loaded.saved_at)
        errors = sum(problem.severity == "error" for problem in self.preflight_panel.problems)
        self.top_bar.show_problems(errors, len(self.preflight_panel.problems) - errors)
        self._context.actions["as_template"].setChecked(self._loaded.is_template)

    def panel_actions(self) -> tuple[QAction, ...]:
        """Return the actions that show and hide the docks, for the View menu."""
        return self._docks.toggle_actions()

    def export_layout(self) -> dict[str, str]:
        """Return the arrangement of the docks for the setting ``window``: the key "docks" with a text."""
        return {"docks": self._docks.export_state()}

    # ---------------------------------------------------------------------------------------------- wiring

    def _connect_signals(self) -> None:
        actions = self._context.actions
        canvas = actions.actions_in_scope("canvas")
        for widget in (self.timeline, self.table, self.preview):
            add_actions(widget, canvas)
        actions.set_handlers(self._handlers)
        self.document_controller.changed.connect(self._on_changed)
        self.document_controller.undo_stack_changed.connect(self.save_state_changed)
        self.document_controller.saved.connect(self._on_saved)
        self.document_controller.base_version_changed.connect(self._on_base_version_changed)
        self.incoming_version.changed.connect(self.versions_panel.refresh)
        self.incoming_version.draft_updated.connect(self._on_updated)
        self.document_controller.read_only_changed.connect(self.save_state_changed)
        self.timeline.files_dropped.connect(self.insert_commands.insert_files)
        self.timeline.menu_requested.connect(self.context_menus.open)
        self.timeline.edit_refused.connect(self._show_edit_error)
        self.timeline.timing_edit_requested.connect(self.length_popup.open_for_segment)
        self.commands.timing_edit_requested.connect(self.length_popup.open_for_segment)
        self.media_bin.place_requested.connect(self.insert_commands.insert_at_playhead)
        self.inspector.settings_requested.connect(self.settings_requested)
        self.inspector.replace_requested.connect(self.media_bin.ask_replace)
        self.inspector.relink_requested.connect(self.media_bin.ask_relink)
        self.preflight_panel.relink_requested.connect(self.media_bin.ask_relink)
        self.preview.relink_requested.connect(lambda _sha256: self.media_bin.ask_relink())
        self.preflight_panel.settings_requested.connect(self.settings_requested)
        self.preflight_panel.problems_changed.connect(self.top_bar.show_problems)
        self.selection.changed.connect(self._reveal_selection)
        self.top_bar.preflight_requested.connect(lambda: self._docks.raise_panel("preflight"))

    def _page_handlers(self) -> dict[str, Callable[[], object]]:
        settings, write_setting = self._context.settings, self._context.settings_writer.write
        return {
            **{f"mode_{mode}": partial(write_setting, "mode", mode) for mode in MODES},
            **{f"ruler_{ruler}": partial(write_setting, "ruler", ruler) for ruler in RULERS},
            "snap": lambda: write_setting("snap", not settings["snap"]),
            "import_media": self.media_bin.ask_import,
            "import_recording": self.media_bin.ask_recording,
            "plan": self.settings_requested.emit,
            "save": lambda: self.document_controller.save(""),
            "save_note": self.save_with_note_requested.emit,
            "history": lambda: self._docks.raise_panel("history"),
            "preflight": lambda: self._docks.raise_panel("preflight"),
            "reset_layout": self._docks.reset,
            "table": self._toggle_table,
            "tour": self.show_tour,
            "zoom_in": self.timeline.zoom_in,
            "zoom_out": self.timeline.zoom_out,
            "fit": self.timeline.fit,
            "full_screen": self.preview.toggle_full_screen,
        }

    def show_tour(self) -> None:
        """Show the tour of the page, a `Tour` above it, unless it is shown already."""
        from ui.app.tour import Tour

        if self.findChild(Tour) is not None:
            return
        Tour(
            {
                "media": self.media_bin,
                "lanes": self._lane_stack,
                "preview": self.preview,
                "inspector": self.inspector,
                "top": self.top_bar,
            },
            self,
        )

    def fetch_missing_media(self) -> None:
        """Begin to download small proxies of media whose files are missing here, from the server, now and after edits.

        Large ones are downloaded at the user's request alone (`ProxyFetcher`). `detach` starts no further downloads.
        """
        self._context.media_service.proxies.watch(self.document_controller)

    def detach(self) -> None:
        """Disconnect the page from the window, and end its players; call it before the window deletes the page."""
        self._context.media_service.proxies.unwatch()
        self._context.actions.clear_handlers(self._handlers)
        self.preview.shut_down()

    def discard(self) -> None:
        """End the players of a page that was never shown, and delete it.

        Needed when another webinar was opened meanwhile.
        """
        self.preview.shut_down()
        self.deleteLater()

    # ------------------------------------------------------------------------------------------ what happens

    def _on_changed(self, change: DocumentChange) -> None:
        self.selection.prune(change.after)
        self.save_state_changed.emit()

    def _on_saved(self, version: "Version") -> None:
        self.top_bar.show_version(version.ordinal, version.saved_at)
        self.save_state_changed.emit()
        self._context.notifications.post(self.tr("Saved as version {number}.").format(number=version.ordinal))

    def _on_base_version_changed(self, version: "Version") -> None:
        self.top_bar.show_version(version.ordinal, version.saved_at)
        self.versions_panel.refresh()
        self.save_state_changed.emit()

    def _on_updated(self, version: "Version") -> None:
        self._context.notifications.post(
            self.tr("Your webinar now has the changes of version {number}.").format(number=version.ordinal),
            action=(self.tr("Undo"), self.document_controller.undo),
        )

    def _reveal_selection(self) -> None:
        """Scroll the timeline to a segment that was selected in the preflight panel."""
        focus = QApplication.focusWidget()
        if self.selection.primary is not None and focus is not None and self.preflight_panel.isAncestorOf(focus):
            self.timeline.reveal(self.selection.primary)

    def _show_edit_error(self, position: QPoint, text: str) -> None:
        QToolTip.showText(position, to_tooltip(text), self.timeline)

    def _is_editing_in_panel(self) -> bool:
        """Return whether the focused field shows its refused edits itself."""
        focus = QApplication.focusWidget()
        return focus is not None and any(
            panel.isAncestorOf(focus) for panel in (self.inspector, self.preflight_panel, self.length_popup)
        )

    def _screen_rect_of(self, segment_id: str) -> QRect | None:
        """Return the rectangle of a segment on the screen; None if it is out of view."""
        segment = self.document_controller.webinar.find_segment(segment_id)
        if segment is None or not self.timeline.isVisible():
            return None
        scale, band = self.timeline.viewport.scale, self.timeline.viewport.layout.clip_band(lane_of(segment))
        left, right = round(scale.x_of(segment.start_ms)), round(scale.x_of(segment.end_ms))
        visible = QRect(left, band.top, max(1, right - left), band.height) & self.timeline.rect()
        return None if visible.isEmpty() else QRect(self.timeline.mapToGlobal(visible.topLeft()), visible.size())

    def _toggle_table(self) -> None:
        shown = self._lane_stack.currentWidget() is self.table
        other = self.timeline if shown else self.table
        self._lane_stack.setCurrentWidget(other)
        other.setFocus()

    def retranslate(self) -> None:
        """Set the titles of the docks in the language of the installed translator.

        It is called by itself after a change of language.
        """
        names = {
            "media": self.tr("Media"),
            "inspector": self.tr("Inspector"),
            "preflight": self.tr("Before you publish"),
            "history": self.tr("Version history"),
        }
        self._docks.set_titles(names)

    def changeEvent(self, event: QEvent) -> None:
        """Set the titles of the docks anew when Qt reports another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def build_page(loaded: LoadedWebinar, context: LibraryContext) -> Generator[None, None, EditorPage]:
    """Build the page of a webinar in steps, so that the window stays responsive.

    The generator yields after each step and returns the page; closing it before the end discards the page.
    """
    model = EditorModel(loaded, context)
    yield
    panels = yield from build_panels(model, context)
    page = EditorPage(loaded, model, panels, context)
    try:
        yield
        yield from page.lay_out()
    except GeneratorExit:
        page.discard()
        raise
    return page
