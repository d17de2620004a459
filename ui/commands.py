"""One thin function for each thing a person can do to the open webinar: from the menu, the keys, a button."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QClipboard

from editor.document import Step
from editor.schedule import operations as ops
from editor.schedule.model import AnySegment, Lane, Webinar
from editor.settings import Settings
from ui import clipboard
from ui.actions import Actions
from ui.bridge import Bridge
from ui.media_bin.placing import Placing
from ui.playhead import Playhead
from ui.selection import Selection
from ui.words import Words


def cuts_of(webinar: Webinar) -> list[int]:
    """Every position where something begins or ends, markers and the beginning too, in order."""
    places = {0, webinar.length_ms, *(marker.at_ms for marker in webinar.markers)}
    for segment in webinar.segments:
        places.update((segment.start_ms, segment.end_ms))
    return sorted(places)


class Commands(QObject):
    """What the actions of the scopes "editor" and "canvas" do."""

    numbers_asked = Signal(str)
    """The start, in-point and length of this segment are to be typed."""

    def __init__(
        self,
        bridge: Bridge,
        selection: Selection,
        playhead: Playhead,
        settings: Settings,
        words: Words,
        placing: Placing,
        board: QClipboard,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._selection = selection
        self._playhead = playhead
        self._settings = settings
        self._words = words
        self._placing = placing
        self._board = board

    def slots(self) -> dict[str, Callable[[], None]]:
        """Action → what it does."""
        playhead = self._playhead
        return {
            "undo": self._bridge.undo,
            "redo": self._bridge.redo,
            "cut": self.cut,
            "copy": self.copy,
            "paste": self.paste,
            "duplicate": lambda: self._with_chosen(lambda ids: ops.Duplicate(segments=ids)),
            "delete": lambda: self._with_chosen(lambda ids: ops.Delete(segments=ids)),
            "ripple_delete": lambda: self._with_chosen(lambda ids: ops.RippleDelete(segments=ids)),
            "select_all": lambda: self._selection.set(each.id for each in self._bridge.webinar.segments),
            "select_none": self._selection.clear,
            "select_after": lambda: self.select_after(playhead.position_ms),
            "group": lambda: self._with_chosen(lambda ids: ops.Group(segments=ids)),
            "ungroup": lambda: self._with_chosen(lambda ids: ops.Ungroup(segments=ids)),
            "numbers": self._ask_numbers,
            "add_cta": self._placing.add_cta,
            "add_survey": self._placing.add_survey,
            "add_marker": lambda: self.mark(playhead.position_ms),
            "split": lambda: self.split(playhead.position_ms),
            "start_here": lambda: self.edge_here("start"),
            "end_here": lambda: self.edge_here("end"),
            "ripple_start": lambda: self._edit(ops.RippleTrim(at_ms=playhead.position_ms, edge="start")),
            "ripple_end": lambda: self._edit(ops.RippleTrim(at_ms=playhead.position_ms, edge="end")),
            "close_gap": lambda: self.close_gap("programme", playhead.position_ms),
            "close_gaps": lambda: self._edit(ops.CloseGaps(lane="programme")),
            "lock_programme": lambda: self.toggle_lock("programme"),
            "lock_interactions": lambda: self.toggle_lock("interactions"),
            "play": lambda: playhead.ask_play(not playhead.playing),
            "shuttle_back": lambda: playhead.ask_shuttle(-1),
            "shuttle_stop": lambda: playhead.ask_shuttle(0),
            "shuttle_on": lambda: playhead.ask_shuttle(1),
            "to_start": lambda: playhead.seek(0),
            "to_end": lambda: playhead.seek(self._bridge.webinar.length_ms),
            "previous_cut": self.previous_cut,
            "next_cut": self.next_cut,
        }

    # ----------------------------------------------------------------------------------------------- edits

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is selected, in the lanes' order."""
        ids = self._selection.ids
        return tuple(segment.id for segment in self._bridge.webinar.segments if segment.id in ids) if ids else ()

    def _edit(self, op: ops.AnyOperation) -> None:
        self._bridge.edit(op)

    def _with_chosen(self, make: Callable[[tuple[str, ...]], ops.AnyOperation]) -> None:
        if self.chosen:
            self._bridge.edit(make(self.chosen))

    def split(self, at_ms: int) -> None:
        """Cut what is selected, else what plays there; the right halves of what was selected stay selected with it."""
        chosen = self.chosen

        def keep(edited: ops.Edited) -> None:
            if chosen:
                self._selection.set((*chosen, *edited.created))

        self._bridge.edit(ops.Split(at_ms=at_ms, segments=chosen), keep)

    def edge_here(self, edge: ops.Edge) -> None:
        """Bring an edge of the selected segment (else of what plays there) to the playhead."""
        segment = self.target()
        if segment is None:
            return
        at_ms = self._playhead.position_ms
        delta = at_ms - (segment.start_ms if edge == "start" else segment.end_ms)
        mode: ops.Mode = self._settings["mode"]
        self._bridge.edit(ops.Resize(segment=segment.id, edge=edge, delta_ms=delta, mode=mode))

    def target(self) -> AnySegment | None:
        """The one segment that is meant: the primary of the selection, else what plays at the playhead."""
        webinar = self._bridge.webinar
        if self._selection.primary is not None:
            return webinar.find(self._selection.primary)
        at_ms = self._playhead.position_ms
        return next((each for each in webinar.programme if each.start_ms <= at_ms < each.end_ms), None)

    def mark(self, at_ms: int) -> None:
        """Set a marker, or take away the one that stands just there."""
        there = next((marker for marker in self._bridge.webinar.markers if marker.at_ms == at_ms), None)
        self._edit(ops.AddMarker(at_ms=at_ms) if there is None else ops.RemoveMarker(marker=there.id))

    def close_gap(self, lane: Lane, at_ms: int) -> None:
        """Close the gap at a position."""
        self._edit(ops.CloseGap(lane=lane, at_ms=at_ms))

    def toggle_lock(self, lane: Lane) -> None:
        """Lock a lane, or unlock it."""
        self._edit(ops.Lock(lane=lane, locked=not self._bridge.webinar.locked(lane)))

    def select_after(self, at_ms: int) -> None:
        """Select everything that starts at a position or after it."""
        self._selection.set(each.id for each in self._bridge.webinar.segments if each.start_ms >= at_ms)

    def _ask_numbers(self) -> None:
        segment = self.target()
        if segment is not None:
            self.numbers_asked.emit(segment.id)

    # ------------------------------------------------------------------------------------------- clipboard

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        if self.chosen:
            clip = clipboard.clip_of(self._bridge.webinar, self.chosen)
            self._board.setMimeData(clipboard.pack(clip, self._words))

    def cut(self) -> None:
        """Put what is selected on the clipboard and take it out; what cannot be taken out stays, and is copied."""
        self.copy()
        self._with_chosen(lambda ids: ops.Delete(segments=ids))

    def paste(self) -> None:
        """Lay what is on the clipboard down at the playhead: segments of any webinar, or files."""
        data = self._board.mimeData()
        if data is None:
            return
        at_ms = self._playhead.position_ms
        clip = clipboard.unpack(data)
        if clip is not None:
            mode: ops.Mode = self._settings["mode"]
            self._bridge.edit(
                ops.Paste(segments=clip.segments, media=clip.media, at_ms=at_ms, mode=mode),
                lambda edited: self._selection.set(edited.created),
            )
        elif files := clipboard.files_of(data):
            self._placing.place_files(files, "programme", at_ms)

    # -------------------------------------------------------------------------------------------- playhead

    def previous_cut(self) -> None:
        """To where something begins or ends, before the playhead."""
        cuts = cuts_of(self._bridge.webinar)
        index = bisect_left(cuts, self._playhead.position_ms)
        self._playhead.seek(cuts[max(0, index - 1)])

    def next_cut(self) -> None:
        """To where something begins or ends, after the playhead."""
        cuts = cuts_of(self._bridge.webinar)
        index = bisect_right(cuts, self._playhead.position_ms)
        if index < len(cuts):
            self._playhead.seek(cuts[index])


class Availability(QObject):
    """Keeps actions grey that could do nothing now, checked those that are so, and undo named by its step."""

    EDITS = (
        *("paste", "split", "start_here", "end_here", "ripple_start", "ripple_end", "close_gap", "close_gaps"),
        *("add_cta", "add_survey", "add_marker", "lock_programme", "lock_interactions", "import_media"),
        *("import_recording", "plan"),
    )
    OF_SELECTION = ("cut", "delete", "ripple_delete", "duplicate")

    def __init__(
        self, actions: Actions, bridge: Bridge, selection: Selection, words: Words, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._bridge = bridge
        self._selection = selection
        self._words = words
        bridge.steps_changed.connect(self.refresh)
        bridge.read_only_changed.connect(self.refresh)
        selection.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Look at everything again."""
        actions, bridge, webinar = self._actions, self._bridge, self._bridge.webinar
        chosen = self._selection.ids
        editable = not bridge.read_only
        actions.enable(self.EDITS, editable)
        actions.enable(self.OF_SELECTION, editable and bool(chosen))
        actions.enable(("copy", "select_none"), bool(chosen))
        actions.enable(("select_all", "select_after", "numbers"), bool(webinar.programme or webinar.interactions))
        actions.enable(("group",), editable and len(chosen) > 1)
        grouped = bool(chosen) and any(each.group for each in webinar.segments if each.id in chosen)
        actions.enable(("ungroup",), editable and grouped)
        actions.enable(("save", "save_note"), editable)
        self._name("undo", bridge.undoable, self.tr("&Undo"), self.tr("&Undo {step}"))
        self._name("redo", bridge.redoable, self.tr("&Redo"), self.tr("&Redo {step}"))
        for lane in ("programme", "interactions"):
            actions[f"lock_{lane}"].setChecked(webinar.locked(lane))

    def _name(self, action_id: str, step: Step | None, without: str, with_step: str) -> None:
        self._actions.enable((action_id,), step is not None)
        text = without if step is None else with_step.format(step=self._words.step_name(step))
        self._actions.name(action_id, text)
