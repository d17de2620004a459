"""The queue of the inspector's edits, which are carried out one after another.

A field submits a change: a function from a segment to an operation. The change before it may still be being saved, so
the function is called when its turn comes, with the segment as it is then. Two fields that are edited quickly therefore
never undo each other. A refusal is reported with its operation, and the queue continues.
"""

from collections import deque
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from editor.schedule.kinds import VideoSegment
from editor.schedule.model import AnySegment, Recording, Video
from editor.schedule.operations import AnyOperation, ChangeSegment, EditResult
from ui.state.document_controller import DocumentController, RefusedEdit

SegmentChange = Callable[[AnySegment], AnyOperation | None]
"""Returns the operation that changes a segment; None if nothing changes."""


class _QueuedChange(msgspec.Struct, frozen=True):
    """A change of one segment that waits for its turn."""

    segment: str
    change: SegmentChange
    joins_previous: bool
    """Whether it belongs to the undo step of the change before it."""


class EditQueue(QObject):
    """The queue of changes from the inspector's fields: each is carried out when the one before it is on disk.

    Changes of a segment that is gone by then are dropped. A refused or failed change drops the rest of its undo step;
    `refused` is emitted for a refusal alone. Used on the GUI thread.
    """

    refused = Signal(object)
    """Carries the `RefusedEdit` of an operation that came from this queue."""

    def __init__(self, controller: DocumentController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._queue: deque[_QueuedChange] = deque()
        self._current_operation: AnyOperation | None = None
        self._chain_started = False
        controller.refused.connect(self._on_refused)
        controller.failed.connect(self._on_failed)

    def enqueue(self, segment_id: str, change: SegmentChange) -> None:
        """Queue a change of one segment, as one undo step, and return; it begins at once if nothing is waiting.

        Args:
            segment_id: the segment; if it is gone when its turn comes, the change is dropped.
            change: called with the segment's state when its turn comes; returns the operation, or None for no edit.
        """
        self.enqueue_all((segment_id,), change)

    def enqueue_all(self, segment_ids: tuple[str, ...], change: SegmentChange) -> None:
        """Queue the same change of several segments, as one undo step for all.

        Args:
            segment_ids: the segments, in the order in which they are changed.
            change: called for each segment with its current state, when its turn comes.
        """
        self._queue.extend(_QueuedChange(each, change, number > 0) for number, each in enumerate(segment_ids))
        self._run_next()

    def retry(self, operation: AnyOperation) -> None:
        """Carry out the alternative that a refusal of this queue offered, ahead of the waiting changes, and return.

        Args:
            operation: the alternative.
        """
        self._current_operation = operation
        self._controller.edit(operation, self._on_done)

    def _run_next(self) -> None:
        while self._current_operation is None and self._queue:
            queued = self._queue.popleft()
            if not queued.joins_previous:
                self._chain_started = False
            segment = self._controller.webinar.find_segment(queued.segment)
            operation = queued.change(segment) if segment is not None else None
            if operation is not None:
                joins = queued.joins_previous and self._chain_started
                self._chain_started = True
                self._current_operation = operation
                self._controller.edit(operation, self._on_done, amend=joins)

    def _on_done(self, _edited: EditResult) -> None:
        self._finish_current()

    def _on_refused(self, refused: RefusedEdit) -> None:
        if refused.operation is self._current_operation:
            # Without its first change the rest of a chain would join the undo step before it.
            self._drop_chain()
            self._finish_current()
            self.refused.emit(refused)

    def _on_failed(self, _known: object) -> None:
        if self._current_operation is not None:
            self._drop_chain()
            self._finish_current()

    def _drop_chain(self) -> None:
        while self._queue and self._queue[0].joins_previous:
            self._queue.popleft()

    def _finish_current(self) -> None:
        self._current_operation = None
        self._run_next()


def make_field_change(**fields: object) -> SegmentChange:
    """Return the change that gives fields of a segment new values; it does nothing where the segment has them already.

    Args:
        **fields: the values by the names of the segment's fields.
    """

    def change(segment: AnySegment) -> AnyOperation | None:
        new = msgspec.structs.replace(segment, **fields)
        return ChangeSegment(segment=new) if new != segment else None

    return change


def toggle_recording(segment: AnySegment) -> AnyOperation | None:
    """Return the operation that makes a video a recording, or a recording a video; None for other kinds."""
    if not isinstance(segment, VideoSegment):
        return None
    other = Recording if isinstance(segment, Video) else Video
    return ChangeSegment(segment=other(**msgspec.structs.asdict(segment)))
