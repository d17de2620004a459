"""A document as the GUI thread sees it.

Edits go to the library's thread in the order they were made, are durable there, and only then is the new webinar
shown here by `changed`; every view subscribes to that and holds no truth of its own. What is refused changes nothing
and comes back by `refused`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal

from editor.document import Document, UndoStep
from editor.errors import KnownError
from editor.progress import Progress
from editor.schedule.edits import EditRefusedError
from editor.schedule.model import Webinar
from editor.schedule.operations import AnyOperation, EditResult
from ui.services.task_runner import TaskRunner

T = TypeVar("T")
BackgroundRunner = Callable[[Callable[[], object], Callable[[object], None], Callable[[KnownError], None]], None]
"""Does some work elsewhere, then calls the second with what it gave or the third with why not."""
SaveVersion = Callable[[str, Webinar], object]
"""Makes a version with a note, of just this webinar, and gives the version."""


@dataclass(frozen=True)
class DocumentChange:
    """The webinar before and after one step; `edited` says what moved, and is None for undo, redo and restore."""

    before: Webinar
    after: Webinar
    edited: EditResult | None


@dataclass(frozen=True)
class RefusedEdit:
    """One refused edit, with everything that is needed to carry on with this one and no other.

    Attributes:
        error: why it was refused.
        operation: the operation that was refused.
        then: the callback of that very edit, called once the edit succeeds after all.
    """

    error: EditRefusedError
    operation: AnyOperation
    then: Callable[[EditResult], None] | None = None

    @property
    def alternative(self) -> AnyOperation | None:
        """The operation that would be accepted: unlocking its lane, or as far as it fits; None if there is none."""
        if self.error.code == "refused.locked":
            unlocking: AnyOperation = msgspec.structs.replace(self.operation, unlock=True)
            return unlocking
        return self.error.alternative


class DocumentController(QObject):
    """One open webinar. `save` is called in the library's thread."""

    changed = Signal(object)
    """A `Change`: there is a new webinar, and it is on disk."""
    undo_stack_changed = Signal()
    """What can be undone, redone or saved is another."""
    refused = Signal(object)
    """Carries a `RefusedEdit`."""
    failed = Signal(object)
    """A `Known` that is no refusal: the disk is full, another program wrote this webinar."""
    saved = Signal(object)
    """The version that was made."""
    base_version_changed = Signal(object)
    """A version from elsewhere that the draft is made from now."""
    read_only_changed = Signal()

    def __init__(
        self,
        document: Document,
        runner: BackgroundRunner,
        save: SaveVersion,
        *,
        last_saved: Webinar | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._runner = runner
        self._save = save
        self._webinar = document.webinar
        self._last_saved = last_saved
        self._undo_step = document.next_undo
        self._redo_step = document.next_redo
        self._read_only = document.is_read_only

    @classmethod
    def for_document(
        cls,
        document: Document,
        tasks: TaskRunner,
        save: SaveVersion,
        *,
        last_saved: Webinar | None = None,
        parent: QObject | None = None,
    ) -> "DocumentController":
        """A bridge whose edits run in the library executor of `tasks`."""

        def runner(
            work: Callable[[], object], done: Callable[[object], None], failed: Callable[[KnownError], None]
        ) -> None:
            def in_thread(_progress: Progress) -> object:
                return work()

            tasks.run("", in_thread, done=done, failed=failed, executor="library", quiet=True)

        return cls(document, runner, save, last_saved=last_saved, parent=parent)

    @classmethod
    def in_memory(cls, webinar: Webinar, parent: QObject | None = None) -> "DocumentController":
        """The same over a document that is kept in memory only, every edit done before `edit` returns."""

        def runner(
            work: Callable[[], object], done: Callable[[object], None], failed: Callable[[KnownError], None]
        ) -> None:
            try:
                result = work()
            except KnownError as error:
                failed(error)
            else:
                done(result)

        return cls(Document(webinar, lambda _webinar: None), runner, lambda note, _webinar: note, parent=parent)

    # ------------------------------------------------------------------------------------------- what it is

    @property
    def webinar(self) -> Webinar:
        """The webinar as it is shown: the last one that is on disk."""
        return self._webinar

    @property
    def undo_step(self) -> UndoStep | None:
        """The step that `undo` takes back."""
        return self._undo_step

    @property
    def redo_step(self) -> UndoStep | None:
        """The step that `redo` does again."""
        return self._redo_step

    @property
    def read_only(self) -> bool:
        """Whether this program must not edit it (it holds things that only a newer program knows)."""
        return self._read_only

    @property
    def last_saved(self) -> Webinar | None:
        """What the version holds that the draft was made from; None before there is one."""
        return self._last_saved

    @property
    def has_unsaved_edits(self) -> bool:
        """Whether there are edits that are in no version."""
        return self._webinar is not self._last_saved and self._webinar != self._last_saved

    # --------------------------------------------------------------------------------------------- to do it

    def edit(self, op: AnyOperation, then: Callable[[EditResult], None] | None = None, *, amend: bool = False) -> None:
        """Carry out an operation; `then` gets what it did, after `changed`. With `amend` it joins the step before."""

        def on_done(step: UndoStep) -> None:
            if then is not None and step.result is not None:
                then(step.result)

        def on_failed(error: KnownError) -> None:
            if isinstance(error, EditRefusedError):
                self.refused.emit(RefusedEdit(error, op, then))
            else:
                self._on_failed(error)

        self._run_step(lambda: self._document.apply(op, amend=amend), lambda step: step.result, on_done, on_failed)

    def undo(self) -> None:
        """Take the last step back, if there is one."""
        self._run_step(lambda: self._document.undo() if self._document.next_undo else None, lambda _step: None)

    def redo(self) -> None:
        """Do the step again that was taken back last, if there is one."""
        self._run_step(lambda: self._document.redo() if self._document.next_redo else None, lambda _step: None)

    def run_step(
        self, work: Callable[[Document], UndoStep | None], then: Callable[[UndoStep], None] | None = None
    ) -> None:
        """Do something else to the document that is one step, e.g. restore a version; in the library's thread.

        `then` gets the step, after `changed`; where there is none, nothing was done.
        """
        self._run_step(lambda: work(self._document), lambda step: step.result, then)

    def set_base_version(self, version: object, webinar: Webinar) -> None:
        """The draft is made from this version now, which holds this; it came from elsewhere."""
        self._last_saved = self._webinar if webinar == self._webinar else webinar
        self.base_version_changed.emit(version)
        self.undo_stack_changed.emit()

    def reload(self) -> None:
        """Take over what another program has written; what could be undone no longer can."""
        document = self._document

        def in_thread() -> UndoStep:
            before = document.webinar
            return UndoStep(op_tag="reload", facts={}, before=before, after=document.reload())

        self._run_step(in_thread, lambda _step: None)

    def apply_alternative(self, refused: RefusedEdit) -> None:
        """Carry out the alternative of a refused edit as a step of its own, and then call that edit's callback."""
        if refused.alternative is not None:
            self.edit(refused.alternative, refused.then)

    def save(self, note: str, then: Callable[[object], None] | None = None) -> None:
        """Make a version of what is there once the edits made so far are done."""

        def work() -> tuple[object, Webinar]:
            return self._save(note, self._document.webinar), self._document.webinar

        def done(result: tuple[object, Webinar]) -> None:
            version, self._last_saved = result
            self.saved.emit(version)
            self.undo_stack_changed.emit()
            if then is not None:
                then(version)

        self._run(work, done, self._on_failed)

    # ---------------------------------------------------------------------------------------------- within

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[KnownError], None]) -> None:
        self._runner(work, done, failed)  # type: ignore[arg-type]

    def _run_step(
        self,
        work: Callable[[], UndoStep | None],
        edited: Callable[[UndoStep], EditResult | None],
        then: Callable[[UndoStep], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Run `work` on the document, then show where the document stands after it."""
        document = self._document

        def in_thread() -> tuple[UndoStep | None, Webinar, UndoStep | None, UndoStep | None]:
            step = work()
            return step, document.webinar, document.next_undo, document.next_redo

        def done(result: tuple[UndoStep | None, Webinar, UndoStep | None, UndoStep | None]) -> None:
            step, after, self._undo_step, self._redo_step = result
            if step is None:
                return
            before, self._webinar = self._webinar, after
            self.changed.emit(DocumentChange(before, after, edited(step)))
            self.undo_stack_changed.emit()
            self._update_read_only()
            if then is not None:
                then(step)

        self._run(in_thread, done, failed or self._on_failed)

    def _on_failed(self, error: KnownError) -> None:
        self.failed.emit(error)
        self._update_read_only()

    def _update_read_only(self) -> None:
        if self._document.is_read_only != self._read_only:
            self._read_only = self._document.is_read_only
            self.read_only_changed.emit()
