"""How the inspector's edits go out: one after another, each made of the segment as it is by then.

A field that is done hands in a *change*: what to do, told of the segment. The change before it may still be on its
way to the disk, so the operation is made when its turn comes, of what the webinar is then; two fields edited quickly
never undo each other. A refusal is handed back with its operation, and the next change goes on.
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
"""The operation that makes the change of a segment; None where there is nothing to change."""


class _QueuedChange(msgspec.Struct, frozen=True):
    segment: str
    change: SegmentChange
    joins_previous: bool


class EditQueue(QObject):
    """The inspector's hand on the bridge."""

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
        """Change one segment: one undo step."""
        self.enqueue_all((segment_id,), change)

    def enqueue_all(self, segment_ids: tuple[str, ...], change: SegmentChange) -> None:
        """Make the same change of several segments: one undo step for all."""
        self._queue.extend(_QueuedChange(each, change, number > 0) for number, each in enumerate(segment_ids))
        self._run_next()

    def retry(self, operation: AnyOperation) -> None:
        """Carry out an operation that was refused, as its way out has it."""
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
            # The first of a chain changed nothing: what follows must not join the step before it.
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
    """The change that gives a segment's own fields these values."""

    def change(segment: AnySegment) -> AnyOperation | None:
        new = msgspec.structs.replace(segment, **fields)
        return ChangeSegment(segment=new) if new != segment else None

    return change


def toggle_recording(segment: AnySegment) -> AnyOperation | None:
    """The change that makes a recording of a video, and a video of a recording."""
    if not isinstance(segment, VideoSegment):
        return None
    other = Recording if isinstance(segment, Video) else Video
    return ChangeSegment(segment=other(**msgspec.structs.asdict(segment)))
