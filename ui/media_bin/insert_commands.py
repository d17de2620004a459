"""Commands that insert segments: one `Add` operation for dropped, chosen or marked media and for new offers.

In Normal mode, a refusal for a taken position names the nearest free one; the segments are inserted there and a
notification says so. For a locked lane the notification offers to unlock it. The length pop-up opens after every
insertion (`ui.inspector.length_popup.popup`).
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from editor.schedule import segment_factory
from editor.schedule.edits import EditRefusedError, apply
from editor.schedule.model import AnySegment, Lane, Media, Recording
from editor.schedule.operations import Add, EditResult, PlacementMode
from editor.settings import Settings
from ui.media_bin.source_marks import SourceMarks, find_recordings
from ui.services.media_service import MediaService
from ui.services.notifications import Notifications
from ui.state.document_controller import DocumentChange, DocumentController
from ui.state.notes import Notes
from ui.state.playhead import Playhead
from ui.state.selection import Selection
from ui.text.formatter import Formatter


class InsertCommands(QObject):
    """The commands that make segments and insert them in one edit, all or none.

    Used on the GUI thread; edits run in the background. A refusal never raises: the segments go to the nearest free
    place, or a notification says why they cannot be inserted. The inserted segments are selected, then `inserted` is
    emitted.

    Args:
        controller: the open webinar.
        media_service: the library's media.
        playhead: the position in the webinar.
        selection: gets the inserted segments.
        settings: the placement mode and default lengths.
        notifications: where messages are posted.
        formatter: words times and errors in the language of the window.
        marks: the ranges marked in the bin.
        notes: get the chats of inserted recordings; None for none.
        parent: Qt's owner.
    """

    inserted = Signal(object)
    """The `EditResult` of an insertion."""

    def __init__(
        self,
        controller: DocumentController,
        media_service: MediaService,
        playhead: Playhead,
        selection: Selection,
        settings: Settings,
        notifications: Notifications,
        formatter: Formatter,
        marks: SourceMarks,
        notes: Notes | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._media_service = media_service
        self._playhead = playhead
        self._selection = selection
        self._settings = settings
        self._notifications = notifications
        self._formatter = formatter
        self._marks = marks
        self._notes = notes
        controller.changed.connect(self._write_chats_to_notes)

    # ---------------------------------------------------------------------------------------------- commands

    def insert_at_playhead(
        self, media: Media | Sequence[Media], in_ms: int | None = None, out_ms: int | None = None
    ) -> None:
        """Insert a media at the playhead, or several one after another from there.

        Args:
            media: the media; several are inserted with the ranges marked in the bin.
            in_ms: in-point of a single media, in milliseconds; None takes the one marked in the bin.
            out_ms: out-point of a single media, likewise.
        """
        several = (media,) if isinstance(media, Media) else tuple(media)
        parts = ((in_ms, out_ms),) if isinstance(media, Media) else ()
        self.insert_media(several, self._playhead.position_ms, ranges=parts)

    def insert_files(self, paths: Sequence[Path], lane: Lane = "programme", at_ms: int = 0) -> None:
        """Import files, or the files of folders, in the background, then insert their media in a row on the programme.

        Files that cannot be imported are left out, and reported by a message.

        Args:
            paths: the files.
            lane: ignored: media are placed on the programme only.
            at_ms: start of the first one, in milliseconds.
        """
        del lane  # media are placed on the programme only
        self._media_service.import_files(paths, lambda media: self.insert_media(media, at_ms))

    def insert_media(
        self,
        media: Sequence[Media],
        at_ms: int,
        *,
        ranges: Sequence[tuple[int | None, int | None]] = (),
        mode: PlacementMode | None = None,
    ) -> None:
        """Insert media one after another from a position on, as one edit; nothing without media.

        Args:
            media: The media to insert.
            at_ms: Start of the first one, in milliseconds.
            ranges: In-point and out-point of each, in milliseconds; None, or an empty sequence, takes the bin's marks.
            mode: Placement mode; None takes the timeline's.
        """
        recordings = find_recordings(self._controller.webinar)
        defaults = segment_factory.SegmentDefaults.from_settings(self._settings)
        segments: list[AnySegment] = []
        for number, each in enumerate(media):
            mark = self._marks.get(each.sha256)
            in_ms, out_ms = ranges[number] if number < len(ranges) else (None, None)
            segments.append(
                segment_factory.make_segment(
                    each,
                    segments[-1].end_ms if segments else at_ms,
                    defaults,
                    recording=self._marks.is_recording(each, recordings),
                    in_ms=mark.in_ms if in_ms is None else in_ms,
                    out_ms=mark.out_ms if out_ms is None else out_ms,
                )
            )
        self.insert_segments(segments, tuple(media), mode=mode)

    def add_cta(self, at_ms: int | None = None) -> None:
        """Add a call to action with a standard title at a position in milliseconds; None adds it at the playhead."""
        start = self._playhead.position_ms if at_ms is None else at_ms
        self.insert_segments(
            (
                segment_factory.make_cta(
                    start,
                    segment_factory.SegmentDefaults.from_settings(self._settings),
                    title=self.tr("Ready for the next step?"),
                ),
            )
        )

    def add_survey(self, at_ms: int | None = None) -> None:
        """Add a survey with a standard title at a position in milliseconds; None adds it at the playhead."""
        start = self._playhead.position_ms if at_ms is None else at_ms
        self.insert_segments(
            (
                segment_factory.make_survey(
                    start,
                    segment_factory.SegmentDefaults.from_settings(self._settings),
                    title=self.tr("How did you like it?"),
                ),
            )
        )

    def insert_segments(
        self, segments: Sequence[AnySegment], media: Sequence[Media] = (), *, mode: PlacementMode | None = None
    ) -> None:
        """Insert segments at their positions, or at the nearest free one, and select them; nothing without segments.

        Args:
            segments: the segments, with new ids.
            media: media that are added to the webinar together with the segments.
            mode: placement mode; None takes the timeline's.
        """
        if not segments:
            return
        operation = Add(segments=tuple(segments), media=tuple(media), mode=mode or self._settings["mode"])
        try:
            apply(self._controller.webinar, operation)
        except EditRefusedError as refused:
            moved = self._move_to_free_place(operation, refused)
            if moved is None:
                self._show_refusal(refused, operation)
                return
            operation = moved
        self._controller.edit(operation, self._make_after_edit(operation))

    # ---------------------------------------------------------------------------------------------- refusals

    def _move_to_free_place(self, operation: Add, refused: EditRefusedError) -> Add | None:
        """Return the operation at the position that a refusal offers, and notify of it; None where it offers none."""
        instead = refused.alternative
        if not isinstance(instead, Add):
            return None
        wanted_ms, actual_ms = (min(segment.start_ms for segment in each.segments) for each in (operation, instead))
        template = self.tr("There is already a segment at {wanted}. Placed at {place}, the nearest free position.")
        self._notifications.post(
            template.format(
                wanted=self._formatter.format_position(wanted_ms), place=self._formatter.format_position(actual_ms)
            )
        )
        return instead

    def _show_refusal(self, refused: EditRefusedError, operation: Add) -> None:
        """Post a refusal; for a locked lane, with a button that unlocks it and repeats the insertion."""
        if refused.code == "refused.locked":
            unlocked = msgspec.structs.replace(operation, unlock=True)
            self._notifications.post_error(
                refused,
                action=(
                    self.tr("Unlock and do it"),
                    lambda: self._controller.edit(unlocked, self._make_after_edit(unlocked)),
                ),
            )
        else:
            self._notifications.post_error(refused)

    def _make_after_edit(self, operation: Add) -> Callable[[EditResult], None]:
        """Return the callback that selects the inserted segments."""

        def after_edit(edited: EditResult) -> None:
            self._selection.set(segment.id for segment in operation.segments)
            self.inserted.emit(edited)

        return after_edit

    def _write_chats_to_notes(self, change: DocumentChange) -> None:
        """Copy the chat of an imported recording to the speaker notes of its segment, however it was inserted."""
        if self._notes is None or change.edited is None:
            return
        for segment_id in change.edited.created:
            segment = change.after.find_segment(segment_id)
            if isinstance(segment, Recording) and (chat := self._marks.get(segment.media).chat):
                self._notes.write(segment.id, self._notes.get(segment.id) or chat)
