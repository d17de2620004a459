"""The open document on the GUI thread.

Edits run in the library's thread in the order they were made. Once an edit is durable on disk, `changed` is emitted
with the new webinar; all views follow that signal and keep no copy of their own. A refused edit changes nothing and is
reported by `refused`.
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
"""Runs the first callable elsewhere, then calls the second with its result or the third with its error."""
SaveVersion = Callable[[str, Webinar], object]
"""Saves a version of exactly this webinar with a note, and returns the version."""


@dataclass(frozen=True)
class DocumentChange:
    """The webinar before and after one step on the document; immutable, carried by `DocumentController.changed`.

    Attributes:
        before: the webinar before the step.
        after: the webinar now, as it is on disk.
        edited: what the edit created, moved or removed; None for undo, redo, reload and restoring a version.
    """

    before: Webinar
    after: Webinar
    edited: EditResult | None


@dataclass(frozen=True)
class RefusedEdit:
    """One refused edit, carried by `DocumentController.refused`, with all that is needed to carry on with this one.

    Immutable. Pass it to `DocumentController.apply_alternative` to accept the alternative.

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
        """The operation to offer instead: the same, unlocking the lane, or one that fits; None if there is none."""
        if self.error.code == "refused.locked":
            unlocking: AnyOperation = msgspec.structs.replace(self.operation, unlock=True)
            return unlocking
        return self.error.alternative


class DocumentController(QObject):
    """The editor of one open webinar, used on the GUI thread.

    Its methods return at once and raise no `KnownError`: results and errors arrive later by signals, in the order of
    the calls; of one made by `in_memory`, before the method returns.

    Args:
        document: the document; used in the library's thread alone.
        runner: runs work in the library's thread.
        save: saves a version; called in the library's thread.
        last_saved: content of the version the draft is based on; None before there is one.
        parent: Qt's owner.
    """

    changed = Signal(object)
    """Carries a `DocumentChange`: there is a new webinar, and it is on disk."""
    undo_stack_changed = Signal()
    """What can be undone, redone or saved has changed."""
    refused = Signal(object)
    """Carries a `RefusedEdit`."""
    failed = Signal(object)
    """Carries a `KnownError` that is no refusal: the disk is full, or another application wrote this webinar."""
    saved = Signal(object)
    """Carries the version that was saved."""
    base_version_changed = Signal(object)
    """Carries a version from elsewhere, on which the draft is based now."""
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
        """Return a controller whose edits run, in order, in the library executor of `tasks`.

        Args:
            document: the document; used in the library's thread alone from now on.
            tasks: runs the edits; its `shutdown` still finishes those that wait.
            save: saves a version of a webinar with a note; called in the library's thread.
            last_saved: content of the version the draft is based on; None before there is one.
            parent: Qt's owner.
        """

        def runner(
            work: Callable[[], object], done: Callable[[object], None], failed: Callable[[KnownError], None]
        ) -> None:
            def in_thread(_progress: Progress) -> object:
                return work()

            tasks.run("", in_thread, done=done, failed=failed, executor="library", quiet=True)

        return cls(document, runner, save, last_saved=last_saved, parent=parent)

    @classmethod
    def in_memory(cls, webinar: Webinar, parent: QObject | None = None) -> "DocumentController":
        """Return a controller of a document that is never stored, whose edits are done before `edit` returns.

        `save` stores no version either: `saved` carries the note.
        """

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
        """The webinar after the last edit that is on disk; immutable, and replaced just before `changed` is emitted.

        Edits that are still being written are not part of it.
        """
        return self._webinar

    @property
    def undo_step(self) -> UndoStep | None:
        """The step that `undo` would revert; None where there is none.

        `undo_stack_changed` is emitted when it may be another.
        """
        return self._undo_step

    @property
    def redo_step(self) -> UndoStep | None:
        """The step that `redo` would repeat; None where there is none.

        `undo_stack_changed` is emitted when it may be another.
        """
        return self._redo_step

    @property
    def read_only(self) -> bool:
        """Whether the webinar must not be edited, because it has content of a newer version of Matinee.

        `read_only_changed` is emitted when it changes.
        """
        return self._read_only

    @property
    def last_saved(self) -> Webinar | None:
        """The content of the version that the draft is based on; None before there is one.

        `undo_stack_changed` is emitted when it is another.
        """
        return self._last_saved

    @property
    def has_unsaved_edits(self) -> bool:
        """Whether the webinar differs from the version it is based on; True while there is no version."""
        return self._webinar is not self._last_saved and self._webinar != self._last_saved

    # --------------------------------------------------------------------------------------------- to do it

    def edit(self, op: AnyOperation, then: Callable[[EditResult], None] | None = None, *, amend: bool = False) -> None:
        """Apply an operation in the library's thread; `changed`, `refused` or `failed` follows on the GUI thread.

        Args:
            op: the operation.
            then: called with its result on the GUI thread, after `changed`; not called where the edit is refused or
                fails.
            amend: whether the edit joins the undo step before it, so that one undo reverts both.
        """

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
        """Revert the last step in the background; without one nothing happens. `changed` or `failed` follows."""
        self._run_step(lambda: self._document.undo() if self._document.next_undo else None, lambda _step: None)

    def redo(self) -> None:
        """Repeat the step undone last in the background; without one nothing happens. `changed` or `failed` follows."""
        self._run_step(lambda: self._document.redo() if self._document.next_redo else None, lambda _step: None)

    def run_step(
        self, work: Callable[[Document], UndoStep | None], then: Callable[[UndoStep], None] | None = None
    ) -> None:
        """Run another kind of step on the document in the library's thread, such as restoring a version.

        Args:
            work: changes the document and returns the step; None if nothing was done, and then nothing is emitted. Its
                `KnownError` is emitted by `failed`.
            then: called with the step on the GUI thread, after `changed`.
        """
        self._run_step(lambda: work(self._document), lambda step: step.result, then)

    def set_base_version(self, version: object, webinar: Webinar) -> None:
        """Make a version from elsewhere the one that the draft is based on; the draft itself stays.

        Args:
            version: the version, which `base_version_changed` carries.
            webinar: the content of that version, which `last_saved` returns from now on.
        """
        self._last_saved = self._webinar if webinar == self._webinar else webinar
        self.base_version_changed.emit(version)
        self.undo_stack_changed.emit()

    def reload(self) -> None:
        """Read in the background what another application has written; the undo history is lost.

        `changed` follows, or `failed` where the stored webinar cannot be read: then it stays as it is.
        """
        document = self._document

        def in_thread() -> UndoStep:
            before = document.webinar
            return UndoStep(op_tag="reload", facts={}, before=before, after=document.reload())

        self._run_step(in_thread, lambda _step: None)

    def apply_alternative(self, refused: RefusedEdit) -> None:
        """Carry out the alternative of a refused edit as an edit of its own, then call the callback of the refused one.

        Without an alternative nothing happens. As for `edit`, `changed`, `refused` or `failed` follows.
        """
        if refused.alternative is not None:
            self.edit(refused.alternative, refused.then)

    def save(self, note: str, then: Callable[[object], None] | None = None) -> None:
        """Save a version in the background, once the edits made so far are done; `saved` or `failed` follows.

        Args:
            note: the user's note on the version; may be empty.
            then: called with the version, after `saved`.
        """

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
        """Run `work` on the document, then show the document's new state."""
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
