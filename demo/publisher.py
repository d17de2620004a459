"""Publishing the sample through the window's own dialog, to a server on this computer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from demo.console import make_quarter_listener, print_status
from ui.publish.dialog import PublishDialog
from ui.publish.publish_state import FailureOutcome, PublishedOutcome

if TYPE_CHECKING:
    from editor.errors import KnownError
    from editor.progress import ProgressListener
    from editor.protocol.api import Session
    from editor.sync.publisher import PublishStep
    from ui.app.application import Application

PAINT_DELAY_MS = 250
"""Milliseconds after which a change of the dialog is on the screen."""
STEP_TEXTS: "dict[PublishStep, str]" = {
    "document": "Sending the saved version to the server",
    "media": "Preparing the media for browsers and uploading them",
    "session": "Scheduling a private test session",
}


class DemoPublisher(QObject):
    """The publishing part of the demo: starts a local server, then publishes a private test of the open webinar.

    It opens the publish dialog at once; `begin` uses it.

    Args:
        program: The application, which has the webinar open.
        begins_in_ms: Delay in milliseconds until the session begins.
        done: Called with the session, once the dialog shows it and the server lists it.
        failed: Called with an error message; not if the server does not start, which the window reports itself.
    """

    def __init__(
        self,
        program: "Application",
        begins_in_ms: int,
        done: "Callable[[Session], None]",
        failed: Callable[[str], None],
    ) -> None:
        super().__init__(program)
        self._program = program
        self._sync_service = program.sync_service
        self._begins_in_ms = begins_in_ms
        self._done = done
        self._failed = failed
        self._next_step: Callable[[], None] | None = None
        self._step: PublishStep | None = None
        self._progress_listener: ProgressListener | None = None
        program.session.open_publish_dialog()
        dialog = program.window.findChild(PublishDialog)
        assert dialog is not None, "the webinar is open"
        self._dialog = dialog

    def begin(self) -> None:
        """Fill in the publish dialog and return; the next steps follow as the state of the server changes."""
        dialog, sync_service = self._dialog, self._sync_service
        dialog.schedule_form.test_delay_ms = self._begins_in_ms
        dialog.schedule_form.select_test()
        dialog.publication.changed.connect(self._on_publication)
        self._next_step = self._start_hosting
        sync_service.changed.connect(self._on_hosting)
        self._on_hosting()

    def _on_hosting(self) -> None:
        if self._next_step is not None and not self._sync_service.state.is_busy:
            self._next_step()

    def _start_hosting(self) -> None:
        print_status("Starting a server on this computer")
        # Set before the call, which may emit `changed` at once.
        self._next_step = self._publish
        self._sync_service.start_local()

    def _publish(self) -> None:
        state = self._sync_service.state
        if state.local_hosting is None:
            self._next_step = None  # the window has posted why the server does not run
        elif state.refresh_error is not None:
            self._on_failed(state.refresh_error)
        elif state.remote is not None:
            self._next_step = None
            print_status(f"The server runs at {', '.join(state.local_hosting.addresses)}")
            self._dialog.publish()

    def _on_published(self, session: "Session") -> None:
        def finish_when_listed() -> None:
            remote = self._sync_service.state.remote
            if remote is not None and remote.sessions:
                self._next_step = None
                QTimer.singleShot(PAINT_DELAY_MS, lambda: self._done(session))

        self._next_step = finish_when_listed

    def _on_failed(self, error: "KnownError") -> None:
        self._next_step = None
        self._failed(self._program.context.formatter.format_message(error))

    def _on_publication(self) -> None:
        state = self._dialog.publication.state
        if state.step != self._step:
            self._step = state.step
            self._on_step(state.step)
        if self._progress_listener is not None:
            self._progress_listener(state.done, state.total)
        match state.outcome:
            case PublishedOutcome(session):
                self._on_published(session)
            case FailureOutcome(error):
                self._on_failed(error)

    def _on_step(self, step: "PublishStep | None") -> None:
        if step is not None:
            print_status(STEP_TEXTS[step])
        self._progress_listener = make_quarter_listener("Prepared and uploaded") if step == "media" else None
