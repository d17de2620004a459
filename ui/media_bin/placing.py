"""Putting things on the timeline: one `Add` for whatever was dropped, chosen or asked for, at the best place there is.

In Normal mode a place that is taken answers with the nearest free one, and that is where things land; the person is
told. A locked lane answers with "Unlock and do it". The length pop-up opens by itself after every add
(`ui.inspector.lengths`).
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from editor.schedule import build
from editor.schedule.edits import Refused, apply
from editor.schedule.model import AnySegment, Lane, Media, Recording
from editor.schedule.operations import Add, Edited, Mode
from editor.settings import Settings
from ui.bridge import Bridge, Change
from ui.inspector.notes import Notes
from ui.media_bin.marks import Marks, recordings_of
from ui.media_desk import MediaDesk
from ui.messages import Messages
from ui.playhead import Playhead
from ui.selection import Selection
from ui.words import Words


class Placing(QObject):
    """Builds segments and adds them in one step, all or none."""

    placed = Signal(object)
    """What was placed: the `Edited`."""

    def __init__(
        self,
        bridge: Bridge,
        desk: MediaDesk,
        playhead: Playhead,
        selection: Selection,
        settings: Settings,
        messages: Messages,
        words: Words,
        marks: Marks,
        notes: Notes | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._desk = desk
        self._playhead = playhead
        self._selection = selection
        self._settings = settings
        self._messages = messages
        self._words = words
        self._marks = marks
        self._notes = notes
        bridge.changed.connect(self._keep_chats)

    # ------------------------------------------------------------------------------------------ what is asked

    def place_marked(self, media: Media | Sequence[Media], in_ms: int | None = None, out_ms: int | None = None) -> None:
        """Place a media from the bin at the playhead, the part of it that was marked; or several, one after another."""
        several = (media,) if isinstance(media, Media) else tuple(media)
        parts = ((in_ms, out_ms),) if isinstance(media, Media) else ()
        self.place(several, self._playhead.position_ms, parts=parts)

    def place_files(self, paths: Sequence[Path], lane: Lane = "programme", at_ms: int = 0) -> None:
        """Take files in and place them one after another; one dropped on the interactions goes to the programme."""
        del lane  # media have one lane, whichever they were dropped on
        self._desk.take(paths, lambda media: self.place(media, at_ms))

    def place(
        self,
        media: Sequence[Media],
        at_ms: int,
        *,
        parts: Sequence[tuple[int | None, int | None]] = (),
        mode: Mode | None = None,
    ) -> None:
        """Place media one after another from a position on.

        Args:
            media: what to place.
            at_ms: where the first begins.
            parts: in-point and out-point for each, None for what the bin's marks say; empty for all of them so.
            mode: how to place; None takes the mode of the timeline.
        """
        recordings = recordings_of(self._bridge.webinar)
        defaults = build.Defaults.of(self._settings)
        segments: list[AnySegment] = []
        for number, each in enumerate(media):
            mark = self._marks.of(each.sha256)
            in_ms, out_ms = parts[number] if number < len(parts) else (None, None)
            segments.append(
                build.segment_for(
                    each,
                    segments[-1].end_ms if segments else at_ms,
                    defaults,
                    recording=self._marks.is_recording(each, recordings),
                    in_ms=mark.in_ms if in_ms is None else in_ms,
                    out_ms=mark.out_ms if out_ms is None else out_ms,
                )
            )
        self.add(segments, tuple(media), mode=mode)

    def add_cta(self, at_ms: int | None = None) -> None:
        """Add a call to action at a position, or at the playhead."""
        start = self._playhead.position_ms if at_ms is None else at_ms
        self.add((build.cta(start, build.Defaults.of(self._settings), title=self.tr("Ready for the next step?")),))

    def add_survey(self, at_ms: int | None = None) -> None:
        """Add a survey at a position, or at the playhead."""
        start = self._playhead.position_ms if at_ms is None else at_ms
        self.add((build.survey(start, build.Defaults.of(self._settings), title=self.tr("How was it?")),))

    def add(self, segments: Sequence[AnySegment], media: Sequence[Media] = (), *, mode: Mode | None = None) -> None:
        """Add segments where they are, or at the nearest place that fits; they are selected then."""
        if not segments:
            return
        operation = Add(segments=tuple(segments), media=tuple(media), mode=mode or self._settings["mode"])
        try:
            apply(self._bridge.webinar, operation)
        except Refused as refused:
            moved = self._at_the_nearest(operation, refused)
            if moved is None:
                self._explain(refused, operation)
                return
            operation = moved
        self._bridge.edit(operation, self._keeping(operation))

    # ---------------------------------------------------------------------------------------------- refusals

    def _at_the_nearest(self, operation: Add, refused: Refused) -> Add | None:
        """The same add at the place the refusal offers; None where it offers none."""
        instead = refused.instead
        if not isinstance(instead, Add):
            return None
        first, landed = (min(segment.start_ms for segment in each.segments) for each in (operation, instead))
        told = self.tr("{wanted} is taken: placed at {place}, the nearest free place.")
        self._messages.tell(told.format(wanted=self._words.position(first), place=self._words.position(landed)))
        return instead

    def _explain(self, refused: Refused, operation: Add) -> None:
        """Say why not; where a lock is in the way, offer to open it."""
        if refused.code == "refused.locked":
            unlocked = msgspec.structs.replace(operation, unlock=True)
            self._messages.known(
                refused,
                action=(
                    self.tr("Unlock and do it"),
                    lambda: self._bridge.edit(unlocked, self._keeping(unlocked)),
                ),
            )
        else:
            self._messages.known(refused)

    def _keeping(self, operation: Add) -> Callable[[Edited], None]:
        """What is to be done once it is on the timeline."""

        def kept(edited: Edited) -> None:
            self._selection.set(segment.id for segment in operation.segments)
            self.placed.emit(edited)

        return kept

    def _keep_chats(self, change: Change) -> None:
        """The chat that came with a recording becomes its notes, however it was placed."""
        if self._notes is None or change.edited is None:
            return
        for segment_id in change.edited.created:
            segment = change.after.find(segment_id)
            if isinstance(segment, Recording) and (chat := self._marks.of(segment.media).chat):
                self._notes.write(segment.id, self._notes.of(segment.id) or chat)
