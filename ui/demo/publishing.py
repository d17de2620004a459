"""The sample published through the window's own dialog, to the hosting on this computer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.demo.telling import in_quarters, say
from ui.publish.dialog import PublishDialog
from ui.tasks import Task

if TYPE_CHECKING:
    from editor.errors import Known
    from editor.progress import Listener
    from editor.protocol.api import Session
    from ui.program import Program

PAINTING_MS = 250
"""What has come into the dialog is on the screen by then."""
STEPS = {
    "document": "Sending the saved version to it",
    "media": "Preparing the media for browsers, and uploading them",
    "session": "Scheduling a private test session",
}


class Publishing(QObject):
    """Hosts on this computer, then publishes a private test of the open webinar; each once.

    Args:
        program: has the webinar open.
        begins_in_ms: how soon the session begins.
        done: called with the session, once the dialog shows it.
        failed: called with a sentence.
    """

    def __init__(
        self,
        program: "Program",
        begins_in_ms: int,
        done: "Callable[[Session], None]",
        failed: Callable[[str], None],
    ) -> None:
        super().__init__(program)
        self._program = program
        self._hosting = program.hosting
        self._begins_in_ms = begins_in_ms
        self._done = done
        self._failed = failed
        self._next: Callable[[], None] | None = None
        self._tell: Listener | None = None

    def begin(self) -> None:
        """Open the dialog, and go on as the hosting changes."""
        program, hosting = self._program, self._hosting
        program.ask_publish()
        dialog = program.window.findChild(PublishDialog)
        assert dialog is not None, "the webinar is open"
        self._dialog = dialog
        dialog.moment.test_in_ms = self._begins_in_ms
        dialog.moment.choose_test()
        dialog.published.connect(self._on_published)
        dialog.failed.connect(self._on_failed)
        hosting.deeds.stepped.connect(self._on_step)
        program.common.tasks.progressed.connect(self._on_progress)
        self._next = self._start
        hosting.changed.connect(self._on_hosting)
        self._on_hosting()

    def _on_hosting(self) -> None:
        if self._next is not None and not self._hosting.busy:
            self._next()

    def _start(self) -> None:
        say("Starting the hosting on this computer")
        # First, for what it changes is told at once.
        self._next = self._publish
        self._hosting.start_here()

    def _publish(self) -> None:
        hosting = self._hosting
        if hosting.running is None:
            self._next = None  # why it does not run is told by the window
        elif hosting.trouble is not None:
            self._on_failed(hosting.trouble)
        elif hosting.there is not None:
            self._next = None
            say(f"It runs: {', '.join(hosting.running.addresses)}")
            self._dialog.publish()

    def _on_published(self, session: "Session") -> None:
        def listed() -> None:
            there = self._hosting.there
            if there is not None and there.sessions:
                self._next = None
                QTimer.singleShot(PAINTING_MS, lambda: self._done(session))

        self._next = listed

    def _on_failed(self, known: "Known") -> None:
        self._next = None
        self._failed(self._program.common.words.sentence(known))

    def _on_step(self, step: str) -> None:
        say(STEPS[step])
        self._tell = in_quarters("Prepared and uploaded") if step == "media" else None

    def _on_progress(self, task: Task[object]) -> None:
        if self._tell is not None and not task.quiet:
            self._tell(task.done, task.total)
