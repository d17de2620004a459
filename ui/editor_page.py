"""The page of one open webinar: wires its panels to each other and lays them out.

Everything that belongs to this webinar alone is made here and goes with the page: the bridge, the selection, the
playhead, the marks of the bin, the commands behind the actions.
"""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QStackedWidget, QToolTip, QVBoxLayout, QWidget

from editor.schedule.model import lane_of
from editor.schedule.operations import Add
from ui.actions import add_to
from ui.bridge import Bridge, Change
from ui.commands import Availability, Commands
from ui.common import Opening
from ui.context_menus import ContextMenus
from ui.docks import Docks
from ui.history.panel import History
from ui.inspector.lengths import LengthPopup
from ui.inspector.notes import Notes
from ui.inspector.panel import Inspector
from ui.inspector.preflight import PreflightPanel
from ui.media_bin.choosing import Choosing
from ui.media_bin.marks import Marks
from ui.media_bin.panel import MediaBin
from ui.media_bin.placing import Placing
from ui.opening import Opened
from ui.playhead import Playhead
from ui.preview.panel import PreviewPanel
from ui.publish.newer import Newer, NewerBar
from ui.refusals import Refusals
from ui.selection import Selection
from ui.timeline.table import TableView
from ui.timeline.widget import Timeline
from ui.timeline_bar import MODES, RULERS, TimelineBar
from ui.top_bar import TopBar


class EditorPage(QWidget):
    """One webinar being edited. It is there once `lay_out` is through."""

    plan_asked = Signal()
    note_asked = Signal()
    """Save with a note is wanted."""
    stands_changed = Signal()
    """Title, or whether there are unsaved edits, is another."""

    def __init__(self, opened: Opened, common: Opening, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._common = common
        self._opened = opened
        webinar_id = opened.document.webinar.id
        workspace, tasks, words, settings = common.workspace, common.tasks, common.words, common.settings
        self.bridge = Bridge.over(
            opened.document,
            tasks,
            lambda note, seen: workspace.save(webinar_id, note, seen=seen),
            last_saved=opened.last_saved,
            parent=self,
        )
        self.selection = Selection(self)
        self.playhead = Playhead(self)
        self._marks = Marks(self)
        self._choosing = Choosing(settings, self)
        self.notes = Notes(
            tasks,
            lambda: workspace.library.notes(webinar_id),
            lambda segment, text: workspace.library.set_note(webinar_id, segment, text),
            self,
        )
        self.placing = Placing(
            self.bridge,
            common.desk,
            self.playhead,
            self.selection,
            settings,
            common.messages,
            words,
            self._marks,
            self.notes,
            self,
        )
        self.commands = Commands(
            self.bridge,
            self.selection,
            self.playhead,
            settings,
            words,
            self.placing,
            QGuiApplication.clipboard(),
            self,
        )
        self.top = TopBar(self.bridge, common.actions, words)
        self.newer = Newer(workspace, self.bridge, tasks, self)
        self.newer_bar = NewerBar(self.newer, words)
        self.bar = TimelineBar(common.actions, settings)
        self.timeline = Timeline(
            self.bridge, self.selection, self.playhead, common.desk, settings, words, add=self._add_dropped
        )
        self.table = TableView(self.bridge, self.selection, self.playhead, words)
        self.preview = PreviewPanel(self.bridge, self.playhead, common.desk, settings, words, common.players)
        self.media_bin = MediaBin(
            self.bridge,
            common.desk,
            tasks,
            words,
            settings,
            selection=self.selection,
            marks=self._marks,
            choosing=self._choosing,
        )
        self._docks = Docks(self)
        self._lanes = QStackedWidget()
        self._lanes.addWidget(self.timeline)
        self._lanes.addWidget(self.table)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addWidget(self.newer_bar)
        whole.addWidget(self._docks, 1)

    # --------------------------------------------------------------------------------------------- layout

    def lay_out(self) -> Iterator[None]:
        """Make what is left and put all in its place, a step at a time, so that the window goes on answering."""
        common = self._common
        workspace, tasks, words, settings = common.workspace, common.tasks, common.words, common.settings
        webinar_id = self.bridge.webinar.id
        yield
        self.inspector = Inspector(
            self.bridge, self.selection, common.desk, words, settings, notes=self.notes, choosing=self._choosing
        )
        yield
        self.preflight = PreflightPanel(
            self.bridge, self.selection, self.playhead, common.desk, tasks, words, settings, now=common.now
        )
        self.history = History(
            self.bridge,
            tasks,
            common.messages,
            words,
            versions=lambda: workspace.versions(webinar_id),
            compare=workspace.compare,
            restore=workspace.restore,
        )
        self.lengths = LengthPopup(self.bridge, common.desk, words, settings, self, place_of=self._place_of)
        self.menus = ContextMenus(
            common.actions,
            self.commands,
            self.bridge,
            self.playhead,
            self,
            replace_media=self.media_bin.ask_replace,
        )
        Refusals(self.bridge, common.messages, words, self._in_the_inspector, self)
        self.availability = Availability(common.actions, self.bridge, self.selection, words, self)
        yield
        yield from self._docks.lay_out(
            self.preview,
            {
                "media": self.media_bin,
                "inspector": self.inspector,
                "preflight": self.preflight,
                "history": self.history,
            },
            (self.bar, self._lanes),
            self._common.settings["window"].get("docks"),
        )
        self._wire()
        self.retranslate()
        self.top.show_version(self._opened.version)
        errors = sum(problem.severity == "error" for problem in self.preflight.problems)
        self.top.show_problems(errors, len(self.preflight.problems) - errors)
        self._common.actions["as_template"].setChecked(self._opened.template)

    def panel_actions(self) -> tuple[QAction, ...]:
        """What shows and hides each panel."""
        return self._docks.toggles()

    def keep_layout(self) -> dict[str, str]:
        """Where the panels are, for the settings."""
        return {"docks": self._docks.kept()}

    # ---------------------------------------------------------------------------------------------- wiring

    def _wire(self) -> None:
        actions = self._common.actions
        canvas = actions.of_scope("canvas")
        for widget in (self.timeline, self.table, self.preview):
            add_to(widget, canvas)
        self._slots = {**self.commands.slots(), **self._own_slots()}
        actions.on(self._slots)
        self.bridge.changed.connect(self._on_changed)
        self.bridge.steps_changed.connect(self.stands_changed)
        self.bridge.saved.connect(self._on_saved)
        self.bridge.taken.connect(self._on_taken)
        self.newer.changed.connect(self.history.refresh)
        self.newer.updated.connect(self._on_updated)
        self.bridge.read_only_changed.connect(self.stands_changed)
        self.timeline.dropped_files.connect(self.placing.place_files)
        self.timeline.menu_asked.connect(self.menus.open)
        self.timeline.refused_at.connect(self._show_refusal)
        self.timeline.numbers_asked.connect(self.lengths.open_numbers)
        self.commands.numbers_asked.connect(self.lengths.open_numbers)
        self.media_bin.place_asked.connect(self.placing.place_marked)
        self.inspector.plan_asked.connect(self.plan_asked)
        self.inspector.replace_asked.connect(self.media_bin.ask_replace)
        self.inspector.relink_asked.connect(self.media_bin.ask_relink)
        self.preflight.relink_asked.connect(self.media_bin.ask_relink)
        self.preview.relink_asked.connect(lambda _sha256: self.media_bin.ask_relink())
        self.preflight.plan_asked.connect(self.plan_asked)
        self.preflight.problems_changed.connect(self.top.show_problems)
        self.selection.changed.connect(self._reveal)
        self.top.hints_asked.connect(lambda: self._docks.bring("preflight"))

    def _own_slots(self) -> dict[str, Callable[[], object]]:
        settings, keep = self._common.settings, self._common.keeper.keep
        return {
            **{f"mode_{mode}": partial(keep, "mode", mode) for mode in MODES},
            **{f"ruler_{ruler}": partial(keep, "ruler", ruler) for ruler in RULERS},
            "snap": lambda: keep("snap", not settings["snap"]),
            "import_media": self.media_bin.ask_import,
            "import_recording": self.media_bin.ask_recording,
            "plan": self.plan_asked.emit,
            "save": lambda: self.bridge.save(""),
            "save_note": self.note_asked.emit,
            "history": lambda: self._docks.bring("history"),
            "preflight": lambda: self._docks.bring("preflight"),
            "reset_layout": self._docks.reset,
            "table": self._toggle_table,
            "tour": self.show_tour,
            "zoom_in": self.timeline.zoom_in,
            "zoom_out": self.timeline.zoom_out,
            "fit": self.timeline.fit,
            "full_screen": self.preview.toggle_full_screen,
        }

    def show_tour(self) -> None:
        """Show what is where, in five steps."""
        from ui.tour import Tour

        if self.findChild(Tour) is not None:
            return
        Tour(
            {
                "media": self.media_bin,
                "lanes": self._lanes,
                "preview": self.preview,
                "inspector": self.inspector,
                "top": self.top,
            },
            self,
        )

    def look_after_media(self) -> None:
        """What is missing here comes from the hosting from now on, as long as the page is open."""
        self._common.desk.stand_ins.follow(self.bridge)

    def let_go(self) -> None:
        """The page is about to be closed: nothing in the window works on it any more."""
        self._common.desk.stand_ins.leave()
        self._common.actions.off(self._slots)
        self.preview.shut()

    def abandon(self) -> None:
        """Another webinar is wanted before this page was ready."""
        self.preview.shut()
        self.deleteLater()

    # ------------------------------------------------------------------------------------------ what happens

    def _add_dropped(self, op: Add) -> None:
        self.placing.add(op.segments, op.media, mode=op.mode)

    def _on_changed(self, change: Change) -> None:
        self.selection.prune(change.after)
        self.stands_changed.emit()

    def _on_saved(self, version: object) -> None:
        ordinal = getattr(version, "ordinal", 0)
        self.top.show_version(ordinal)
        self.stands_changed.emit()
        self._common.messages.tell(self.tr("Saved as version {number}.").format(number=ordinal))

    def _on_taken(self, version: object) -> None:
        self.top.show_version(getattr(version, "ordinal", 0))
        self.history.refresh()
        self.stands_changed.emit()

    def _on_updated(self, version: object) -> None:
        ordinal = getattr(version, "ordinal", 0)
        self._common.messages.tell(
            self.tr("Version {number} is in your draft.").format(number=ordinal),
            action=(self.tr("Undo"), self.bridge.undo),
        )

    def _reveal(self) -> None:
        """What preflight shows is brought into view; what is clicked on the timeline is there already."""
        focus = QApplication.focusWidget()
        if self.selection.primary is not None and focus is not None and self.preflight.isAncestorOf(focus):
            self.timeline.reveal(self.selection.primary)

    def _show_refusal(self, place: QPoint, text: str) -> None:
        QToolTip.showText(place, text, self.timeline)

    def _in_the_inspector(self) -> bool:
        """Whether the person is in a field that shows its refusals beside itself."""
        focus = QApplication.focusWidget()
        return focus is not None and any(
            panel.isAncestorOf(focus) for panel in (self.inspector, self.preflight, self.lengths)
        )

    def _place_of(self, segment_id: str) -> QRect | None:
        """Where a segment is on the screen; None where it is out of view."""
        segment = self.bridge.webinar.find(segment_id)
        if segment is None or not self.timeline.isVisible():
            return None
        scale, band = self.timeline.view.scale, self.timeline.view.layout.block(lane_of(segment))
        left, right = round(scale.x_of(segment.start_ms)), round(scale.x_of(segment.end_ms))
        seen = QRect(left, band.top, max(1, right - left), band.height) & self.timeline.rect()
        return None if seen.isEmpty() else QRect(self.timeline.mapToGlobal(seen.topLeft()), seen.size())

    def _toggle_table(self) -> None:
        shown = self._lanes.currentWidget() is self.table
        other = self.timeline if shown else self.table
        self._lanes.setCurrentWidget(other)
        other.setFocus()

    def retranslate(self) -> None:
        """Take texts from the language in force."""
        names = {
            "media": self.tr("Media"),
            "inspector": self.tr("Inspector"),
            "preflight": self.tr("Before you publish"),
            "history": self.tr("Versions"),
        }
        self._docks.name(names)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
