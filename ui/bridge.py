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

from editor.document import Document, Step
from editor.errors import Known
from editor.progress import Progress
from editor.schedule.edits import Refused
from editor.schedule.model import Webinar
from editor.schedule.operations import AnyOperation, Edited
from ui.tasks import Tasks

T = TypeVar("T")
Runner = Callable[[Callable[[], object], Callable[[object], None], Callable[[Known], None]], None]
"""Does some work elsewhere, then calls the second with what it gave or the third with why not."""
Save = Callable[[str, Webinar], object]
"""Makes a version with a note, of just this webinar, and gives the version."""


@dataclass(frozen=True)
class Change:
    """The webinar before and after one step; `edited` says what moved, and is None for undo, redo and restore."""

    before: Webinar
    after: Webinar
    edited: Edited | None


class Bridge(QObject):
    """One open webinar. `save` is called in the library's thread."""

    changed = Signal(object)
    """A `Change`: there is a new webinar, and it is on disk."""
    steps_changed = Signal()
    """What can be undone, redone or saved is another."""
    refused = Signal(object, object)
    """A `Refused` and the operation it answers."""
    failed = Signal(object)
    """A `Known` that is no refusal: the disk is full, another program wrote this webinar."""
    saved = Signal(object)
    """The version that was made."""
    taken = Signal(object)
    """A version from elsewhere that the draft is made from now."""
    read_only_changed = Signal()

    def __init__(
        self,
        document: Document,
        runner: Runner,
        save: Save,
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
        self._undoable = document.undoable
        self._redoable = document.redoable
        self._read_only = document.read_only
        self._refused_then: Callable[[Edited], None] | None = None

    @classmethod
    def over(
        cls,
        document: Document,
        tasks: Tasks,
        save: Save,
        *,
        last_saved: Webinar | None = None,
        parent: QObject | None = None,
    ) -> "Bridge":
        """A bridge whose edits run in the library executor of `tasks`."""

        def runner(work: Callable[[], object], done: Callable[[object], None], failed: Callable[[Known], None]) -> None:
            def in_thread(_progress: Progress) -> object:
                return work()

            tasks.run("", in_thread, done=done, failed=failed, executor="library", quiet=True)

        return cls(document, runner, save, last_saved=last_saved, parent=parent)

    @classmethod
    def in_memory(cls, webinar: Webinar, parent: QObject | None = None) -> "Bridge":
        """The same over a document that is kept in memory only, every edit done before `edit` returns."""

        def runner(work: Callable[[], object], done: Callable[[object], None], failed: Callable[[Known], None]) -> None:
            try:
                result = work()
            except Known as known:
                failed(known)
            else:
                done(result)

        return cls(Document(webinar, lambda _webinar: None), runner, lambda note, _webinar: note, parent=parent)

    # ------------------------------------------------------------------------------------------- what it is

    @property
    def webinar(self) -> Webinar:
        """The webinar as it is shown: the last one that is on disk."""
        return self._webinar

    @property
    def undoable(self) -> Step | None:
        """The step that `undo` takes back."""
        return self._undoable

    @property
    def redoable(self) -> Step | None:
        """The step that `redo` does again."""
        return self._redoable

    @property
    def read_only(self) -> bool:
        """Whether this program must not edit it (it holds things that only a newer program knows)."""
        return self._read_only

    @property
    def last_saved(self) -> Webinar | None:
        """What the version holds that the draft was made from; None before there is one."""
        return self._last_saved

    @property
    def unsaved(self) -> bool:
        """Whether there are edits that are in no version."""
        return self._webinar is not self._last_saved and self._webinar != self._last_saved

    # --------------------------------------------------------------------------------------------- to do it

    def edit(self, op: AnyOperation, then: Callable[[Edited], None] | None = None, *, amend: bool = False) -> None:
        """Carry out an operation; `then` gets what it did, after `changed`. With `amend` it joins the step before."""

        def arrived(step: Step) -> None:
            if then is not None and step.edited is not None:
                then(step.edited)

        def failed(known: Known) -> None:
            if isinstance(known, Refused):
                self._refused_then = then
                self.refused.emit(known, op)
            else:
                self._on_failed(known)

        self._step(lambda: self._document.apply(op, amend=amend), lambda step: step.edited, arrived, failed)

    def undo(self) -> None:
        """Take the last step back, if there is one."""
        self._step(lambda: self._document.undo() if self._document.undoable else None, lambda _step: None)

    def redo(self) -> None:
        """Do the step again that was taken back last, if there is one."""
        self._step(lambda: self._document.redo() if self._document.redoable else None, lambda _step: None)

    def carry_out(self, work: Callable[[Document], Step | None], then: Callable[[Step], None] | None = None) -> None:
        """Do something else to the document that is one step, e.g. restore a version; in the library's thread.

        `then` gets the step, after `changed`; where there is none, nothing was done.
        """
        self._step(lambda: work(self._document), lambda step: step.edited, then)

    def goes_on_from(self, version: object, webinar: Webinar) -> None:
        """The draft is made from this version now, which holds this; it came from elsewhere."""
        self._last_saved = self._webinar if webinar == self._webinar else webinar
        self.taken.emit(version)
        self.steps_changed.emit()

    def reload(self) -> None:
        """Take over what another program has written; what could be undone no longer can."""
        document = self._document

        def in_thread() -> Step:
            before = document.webinar
            return Step(op_tag="reload", facts={}, before=before, after=document.reload())

        self._step(in_thread, lambda _step: None)

    def unlock_and_do(self, op: AnyOperation) -> None:
        """Carry out what a locked lane refused, unlocking it in the same step; its `then` is called after all."""
        self.edit(msgspec.structs.replace(op, unlock=True), self._refused_then)

    def save(self, note: str, then: Callable[[object], None] | None = None) -> None:
        """Make a version of what is there once the edits made so far are done."""

        def work() -> tuple[object, Webinar]:
            return self._save(note, self._document.webinar), self._document.webinar

        def done(result: tuple[object, Webinar]) -> None:
            version, self._last_saved = result
            self.saved.emit(version)
            self.steps_changed.emit()
            if then is not None:
                then(version)

        self._run(work, done, self._on_failed)

    # ---------------------------------------------------------------------------------------------- within

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Known], None]) -> None:
        self._runner(work, done, failed)  # type: ignore[arg-type]

    def _step(
        self,
        work: Callable[[], Step | None],
        edited: Callable[[Step], Edited | None],
        then: Callable[[Step], None] | None = None,
        failed: Callable[[Known], None] | None = None,
    ) -> None:
        """Run `work` on the document, then show where the document stands after it."""
        document = self._document

        def in_thread() -> tuple[Step | None, Webinar, Step | None, Step | None]:
            step = work()
            return step, document.webinar, document.undoable, document.redoable

        def done(result: tuple[Step | None, Webinar, Step | None, Step | None]) -> None:
            step, after, self._undoable, self._redoable = result
            if step is None:
                return
            before, self._webinar = self._webinar, after
            self.changed.emit(Change(before, after, edited(step)))
            self.steps_changed.emit()
            self._look_at_read_only()
            if then is not None:
                then(step)

        self._run(in_thread, done, failed or self._on_failed)

    def _on_failed(self, known: Known) -> None:
        self.failed.emit(known)
        self._look_at_read_only()

    def _look_at_read_only(self) -> None:
        if self._document.read_only != self._read_only:
            self._read_only = self._document.read_only
            self.read_only_changed.emit()
