"""How the inspector's edits go out: one after another, each made of the segment as it is by then.

A field that is done hands in a *change*: what to do, told of the segment. The change before it may still be on its
way to the disk, so the operation is made when its turn comes, of what the webinar is then; two fields edited quickly
never undo each other. A refusal is handed back with its operation, and the next change goes on.
"""

from collections import deque
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from editor.schedule.edits import Refused
from editor.schedule.model import AnySegment, Recording, Video
from editor.schedule.operations import AnyOperation, Edited, Put
from ui.bridge import Bridge

Change = Callable[[AnySegment], AnyOperation | None]
"""The operation that makes the change of a segment; None where there is nothing to change."""


class _Turn(msgspec.Struct, frozen=True):
    segment: str
    change: Change
    joins: bool


class Commits(QObject):
    """The inspector's hand on the bridge."""

    refused = Signal(object, object)
    """A `Refused` and the operation of this inspector that it answers."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._waiting: deque[_Turn] = deque()
        self._under_way: AnyOperation | None = None
        self._chain_began = False
        bridge.refused.connect(self._on_refused)
        bridge.failed.connect(self._on_failed)

    def do(self, segment_id: str, change: Change) -> None:
        """Change one segment: one undo step."""
        self.do_all((segment_id,), change)

    def do_all(self, segment_ids: tuple[str, ...], change: Change) -> None:
        """Make the same change of several segments: one undo step for all."""
        self._waiting.extend(_Turn(each, change, number > 0) for number, each in enumerate(segment_ids))
        self._next()

    def again(self, operation: AnyOperation) -> None:
        """Carry out an operation that was refused, as its way out has it."""
        self._under_way = operation
        self._bridge.edit(operation, self._on_done)

    def _next(self) -> None:
        while self._under_way is None and self._waiting:
            turn = self._waiting.popleft()
            if not turn.joins:
                self._chain_began = False
            segment = self._bridge.webinar.find(turn.segment)
            operation = turn.change(segment) if segment is not None else None
            if operation is not None:
                joins = turn.joins and self._chain_began
                self._chain_began = True
                self._under_way = operation
                self._bridge.edit(operation, self._on_done, amend=joins)

    def _on_done(self, _edited: Edited) -> None:
        self._go_on()

    def _on_refused(self, refused: Refused, operation: AnyOperation) -> None:
        if operation is self._under_way:
            # The first of a chain changed nothing: what follows must not join the step before it.
            self._drop_chain()
            self._go_on()
            self.refused.emit(refused, operation)

    def _on_failed(self, _known: object) -> None:
        if self._under_way is not None:
            self._drop_chain()
            self._go_on()

    def _drop_chain(self) -> None:
        while self._waiting and self._waiting[0].joins:
            self._waiting.popleft()

    def _go_on(self) -> None:
        self._under_way = None
        self._next()


def put(**fields: object) -> Change:
    """The change that gives a segment's own fields these values."""

    def change(segment: AnySegment) -> AnyOperation | None:
        new = msgspec.structs.replace(segment, **fields)
        return Put(segment=new) if new != segment else None

    return change


def put_other_kind(segment: AnySegment) -> AnyOperation | None:
    """The change that makes a recording of a video, and a video of a recording."""
    if not isinstance(segment, Video | Recording):
        return None
    other = Recording if isinstance(segment, Video) else Video
    return Put(segment=other(**msgspec.structs.asdict(segment)))
