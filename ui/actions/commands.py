"""The commands on the open webinar, one method each, for menus, keys and buttons."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QClipboard

from editor.document import UndoStep
from editor.schedule import operations as ops
from editor.schedule.lane_search import find_next_cut, find_previous_cut, find_segment_at
from editor.schedule.model import AnySegment, Lane
from editor.settings import Settings
from ui.actions import clipboard
from ui.media_bin.insert_commands import InsertCommands
from ui.services.action_registry import ActionRegistry
from ui.state.document_controller import DocumentController
from ui.state.playhead import Playhead
from ui.state.selection import Selection
from ui.text.formatter import Formatter
from ui.text.plain_text import to_mnemonic_text


class Commands(QObject):
    """The commands behind the actions on the open webinar; they edit its selection, or what is at the playhead.

    One per open webinar, used on the GUI thread. They return at once, before an edit is done; refused edits are
    reported by the `DocumentController`.

    Args:
        controller: the open webinar.
        selection: the segments that are edited.
        playhead: the position in the webinar.
        settings: the placement mode.
        formatter: words times and errors in the language of the window.
        insert_commands: makes and inserts segments.
        clipboard: Qt's clipboard.
        parent: Qt's owner.
    """

    timing_edit_requested = Signal(str)
    """Carries the id of the segment whose start, in-point and length are to be typed."""

    def __init__(
        self,
        controller: DocumentController,
        selection: Selection,
        playhead: Playhead,
        settings: Settings,
        formatter: Formatter,
        insert_commands: InsertCommands,
        clipboard: QClipboard,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._selection = selection
        self._playhead = playhead
        self._settings = settings
        self._formatter = formatter
        self._insert_commands = insert_commands
        self._clipboard = clipboard

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what each action of an open webinar does, by the action's id, for `ActionRegistry.set_handlers`."""
        playhead = self._playhead
        return {
            "undo": self._controller.undo,
            "redo": self._controller.redo,
            "cut": self.cut,
            "copy": self.copy,
            "paste": self.paste,
            "duplicate": lambda: self._edit_selected(lambda ids: ops.Duplicate(segments=ids)),
            "delete": lambda: self._edit_selected(lambda ids: ops.Delete(segments=ids)),
            "ripple_delete": lambda: self._edit_selected(lambda ids: ops.RippleDelete(segments=ids)),
            "select_all": lambda: self._selection.set(each.id for each in self._controller.webinar.segments),
            "select_none": self._selection.clear,
            "select_after": lambda: self.select_after(playhead.position_ms),
            "group": lambda: self._edit_selected(lambda ids: ops.Group(segments=ids)),
            "ungroup": lambda: self._edit_selected(lambda ids: ops.Ungroup(segments=ids)),
            "numbers": self._request_timing_edit,
            "add_cta": self._insert_commands.add_cta,
            "add_survey": self._insert_commands.add_survey,
            "add_marker": lambda: self.toggle_marker(playhead.position_ms),
            "split": lambda: self.split(playhead.position_ms),
            "start_here": lambda: self.trim_to_playhead("start"),
            "end_here": lambda: self.trim_to_playhead("end"),
            "ripple_start": lambda: self._edit(ops.RippleTrim(at_ms=playhead.position_ms, edge="start")),
            "ripple_end": lambda: self._edit(ops.RippleTrim(at_ms=playhead.position_ms, edge="end")),
            "close_gap": lambda: self.close_gap("programme", playhead.position_ms),
            "close_gaps": lambda: self._edit(ops.CloseGaps(lane="programme")),
            "lock_programme": lambda: self.toggle_lock("programme"),
            "lock_interactions": lambda: self.toggle_lock("interactions"),
            "play": lambda: playhead.request_play(not playhead.playing),
            "shuttle_back": lambda: playhead.request_shuttle(-1),
            "shuttle_stop": lambda: playhead.request_shuttle(0),
            "shuttle_on": lambda: playhead.request_shuttle(1),
            "to_start": lambda: playhead.seek(0),
            "to_end": lambda: playhead.seek(self._controller.webinar.length_ms),
            "previous_cut": self.previous_cut,
            "next_cut": self.next_cut,
        }

    # ----------------------------------------------------------------------------------------------- edits

    @property
    def selected_ids(self) -> tuple[str, ...]:
        """Ids of the selected segments that the webinar has, in the order of the lanes, the programme's first."""
        ids = self._selection.ids
        return tuple(segment.id for segment in self._controller.webinar.segments if segment.id in ids) if ids else ()

    def _edit(self, op: ops.AnyOperation) -> None:
        self._controller.edit(op)

    def _edit_selected(self, make_operation: Callable[[tuple[str, ...]], ops.AnyOperation]) -> None:
        if self.selected_ids:
            self._controller.edit(make_operation(self.selected_ids))

    def split(self, at_ms: int) -> None:
        """Split the selected segments at a position, or without a selection the programme's segment there.

        Where there were selected segments, both parts of each are selected afterwards. A refusal is reported.

        Args:
            at_ms: the position in the webinar, in milliseconds.
        """
        selected = self.selected_ids

        def reselect(edited: ops.EditResult) -> None:
            if selected:
                self._selection.set((*selected, *edited.created))

        self._controller.edit(ops.Split(at_ms=at_ms, segments=selected), reselect)

    def trim_to_playhead(self, edge: ops.Edge) -> None:
        """Move an edge of the segment that `target_segment` returns to the playhead, in the timeline's placement mode.

        Without such a segment nothing happens.

        Args:
            edge: "start" or "end".
        """
        segment = self.target_segment()
        if segment is None:
            return
        at_ms = self._playhead.position_ms
        delta = at_ms - (segment.start_ms if edge == "start" else segment.end_ms)
        mode: ops.PlacementMode = self._settings["mode"]
        self._controller.edit(ops.Resize(segment=segment.id, edge=edge, delta_ms=delta, mode=mode))

    def target_segment(self) -> AnySegment | None:
        """Return the primary segment of the selection, or else the programme's at the playhead; None for neither."""
        webinar = self._controller.webinar
        if self._selection.primary is not None:
            return webinar.find_segment(self._selection.primary)
        at_ms = self._playhead.position_ms
        return find_segment_at(webinar.programme, at_ms)

    def toggle_marker(self, at_ms: int) -> None:
        """Add a marker at a position in milliseconds, or remove the one that is exactly there."""
        existing = next((marker for marker in self._controller.webinar.markers if marker.at_ms == at_ms), None)
        self._edit(ops.AddMarker(at_ms=at_ms) if existing is None else ops.RemoveMarker(marker=existing.id))

    def close_gap(self, lane: Lane, at_ms: int) -> None:
        """Close the gap of a lane at a position in milliseconds, by moving what follows forward.

        On the programme the interactions follow. Without a gap there the edit is refused.
        """
        self._edit(ops.CloseGap(lane=lane, at_ms=at_ms))

    def toggle_lock(self, lane: Lane) -> None:
        """Lock a lane, so that its segments cannot be edited, or unlock it if it is locked.

        An undo step as any edit.
        """
        self._edit(ops.Lock(lane=lane, locked=not self._controller.webinar.is_locked(lane)))

    def select_after(self, at_ms: int) -> None:
        """Select all segments of both lanes that start at a position (in milliseconds) or later, and no others."""
        self._selection.set(each.id for each in self._controller.webinar.segments if each.start_ms >= at_ms)

    def _request_timing_edit(self) -> None:
        segment = self.target_segment()
        if segment is not None:
            self.timing_edit_requested.emit(segment.id)

    # ------------------------------------------------------------------------------------------- clipboard

    def copy(self) -> None:
        """Copy the selected segments to the clipboard; without a selection it stays as it is."""
        if self.selected_ids:
            clip = clipboard.copy_segments(self._controller.webinar, self.selected_ids)
            self._clipboard.setMimeData(clipboard.encode(clip, self._formatter))

    def cut(self) -> None:
        """Copy the selected segments to the clipboard and delete them; without a selection nothing happens.

        Where deleting is refused, they are only copied.
        """
        self.copy()
        self._edit_selected(lambda ids: ops.Delete(segments=ids))

    def paste(self) -> None:
        """Insert the clipboard's content at the playhead: segments of any webinar, or files as new programme segments.

        It is done in the timeline's placement mode. Pasted segments are selected, also where they are placed at the
        nearest free position instead. Files are imported in the background first. With other content nothing happens.
        """
        data = self._clipboard.mimeData()
        if data is None:
            return
        at_ms = self._playhead.position_ms
        clip = clipboard.decode(data)
        if clip is not None:
            mode: ops.PlacementMode = self._settings["mode"]
            self._controller.edit(
                ops.Paste(segments=clip.segments, media=clip.media, at_ms=at_ms, mode=mode),
                lambda edited: self._selection.set(edited.created),
            )
        elif files := clipboard.local_files(data):
            self._insert_commands.insert_files(files, "programme", at_ms)

    # -------------------------------------------------------------------------------------------- playhead

    def previous_cut(self) -> None:
        """Move the playhead back to the nearest cut: a border of a segment on either lane, a marker, or the beginning.

        At the beginning it stays.
        """
        cut_ms = find_previous_cut(self._controller.webinar, self._playhead.position_ms)
        if cut_ms is not None:
            self._playhead.seek(cut_ms)

    def next_cut(self) -> None:
        """Move the playhead on to the nearest cut: a border of a segment on either lane, or a marker.

        Without one, it stays.
        """
        cut_ms = find_next_cut(self._controller.webinar, self._playhead.position_ms)
        if cut_ms is not None:
            self._playhead.seek(cut_ms)


class ActionAvailability(QObject):
    """The updater of the editor's actions: what they need decides which are enabled, and undo and redo are named.

    Edits need a webinar that is not read-only, some also a selection; whether the clipboard has something to paste is
    not checked. The toggles of locked lanes are checked too. It follows the document and the selection by itself, on
    the GUI thread.

    Args:
        actions: the actions of menus and keys.
        controller: the open webinar.
        selection: the selected segments.
        formatter: words times and errors in the language of the window.
        parent: Qt's owner.
    """

    EDIT_ACTIONS = (
        *("paste", "split", "start_here", "end_here", "ripple_start", "ripple_end", "close_gap", "close_gaps"),
        *("add_cta", "add_survey", "add_marker", "lock_programme", "lock_interactions", "import_media"),
        *("import_recording", "plan"),
    )
    SELECTION_ACTIONS = ("cut", "delete", "ripple_delete", "duplicate")

    def __init__(
        self,
        actions: ActionRegistry,
        controller: DocumentController,
        selection: Selection,
        formatter: Formatter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._controller = controller
        self._selection = selection
        self._formatter = formatter
        controller.undo_stack_changed.connect(self.refresh)
        controller.read_only_changed.connect(self.refresh)
        selection.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Update the editing actions to the state of the document and the selection.

        Needed only after other code has changed their state, such as by enabling a whole scope.
        """
        actions, controller, webinar = self._actions, self._controller, self._controller.webinar
        chosen = self._selection.ids
        editable = not controller.read_only
        actions.enable(self.EDIT_ACTIONS, editable)
        actions.enable(self.SELECTION_ACTIONS, editable and bool(chosen))
        actions.enable(("copy", "select_none"), bool(chosen))
        actions.enable(("select_all", "select_after", "numbers"), bool(webinar.programme or webinar.interactions))
        actions.enable(("group",), editable and len(chosen) > 1)
        grouped = bool(chosen) and any(each.group for each in webinar.segments if each.id in chosen)
        actions.enable(("ungroup",), editable and grouped)
        actions.enable(("save", "save_note"), editable)
        self._name_step_action("undo", controller.undo_step, self.tr("&Undo"), self.tr("&Undo {step}"))
        self._name_step_action("redo", controller.redo_step, self.tr("&Redo"), self.tr("&Redo {step}"))
        for lane in ("programme", "interactions"):
            actions[f"lock_{lane}"].setChecked(webinar.is_locked(lane))

    def _name_step_action(self, action_id: str, step: UndoStep | None, without: str, with_step: str) -> None:
        self._actions.enable((action_id,), step is not None)
        text = without if step is None else with_step.format(step=to_mnemonic_text(self._formatter.format_step(step)))
        self._actions.set_text(action_id, text)
