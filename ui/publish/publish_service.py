"""The work of the publish dialog: holds the state of publishing and carries out the effects of its reducer."""

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, assert_never

from PySide6.QtCore import QObject, Qt, Signal

from ui.publish import publish_events as events
from ui.publish.outcome_text import format_outcome
from ui.publish.publish_events import PublishEffect, PublishEvent
from ui.publish.publish_state import PublishOutcome, PublishState, UpdateRequest
from ui.publish.reducer import reduce
from ui.services.notifications import Notification
from ui.services.task_runner import Task
from ui.state.document_controller import DocumentController
from ui.sync.sync_service import SyncService

if TYPE_CHECKING:
    from editor.errors import KnownError
    from editor.sync.publisher import PublishRequest
    from ui.state.app_context import AppContext


class PublishService(QObject):
    """The service that publishes versions of one webinar, made by the publish dialog; used on the GUI thread.

    It holds the `PublishState` in `state`, gives events to `reduce`, and carries out the effects. It outlives its
    dialog while something runs, and deletes itself afterwards.

    Args:
        controller: the open webinar.
        sync_service: the connection to the server, and Qt's owner.
        context: the services of the window.
    """

    changed = Signal()
    """`state` has changed."""
    conflict_found = Signal(object)
    """Carries the `MergeConflictError` that the user has to resolve before publishing."""
    _event_arrived = Signal(object)

    def __init__(self, controller: DocumentController, sync_service: SyncService, context: "AppContext") -> None:
        super().__init__(sync_service)
        self.state = PublishState()
        self._controller = controller
        self._commands = sync_service.commands
        self._tasks = context.tasks
        self._notifications = context.notifications
        self._formatter = context.formatter
        self._events: deque[PublishEvent] = deque()
        self._task: Task[Any] | None = None
        # Steps and transfers are reported in the thread of the task.
        self._event_arrived.connect(self.dispatch, Qt.ConnectionType.QueuedConnection)
        controller.failed.connect(self._on_save_failed)
        self._tasks.progressed.connect(self._on_progress)
        self._tasks.ended.connect(self._on_task_ended)
        self._notifications.posted.connect(self._on_notification)

    def dispatch(self, event: PublishEvent) -> None:
        """Apply an event to `state`, carry out the effects that follow, and emit `changed` if the state differs.

        Events that are dispatched meanwhile wait their turn. Call it on the GUI thread.
        """
        self._events.append(event)
        if len(self._events) > 1:
            return
        while self._events:
            before = self.state
            self.state, effects = reduce(before, self._events[0])
            try:
                for effect in effects:
                    self._carry_out(effect)
                if self.state is not before:
                    self._on_changed()
            finally:
                self._events.popleft()

    def _on_changed(self) -> None:
        self.changed.emit()
        if self.state.is_finished:
            # Later: the outcome follows the end of the task in the same turn of the event loop.
            self.deleteLater()

    def _carry_out(self, effect: PublishEffect) -> None:
        match effect:
            case events.SaveDraft():
                self._controller.save(
                    "", lambda version: self.dispatch(events.DraftSaved(getattr(version, "hash", "")))
                )
            case events.StartRun(request):
                self._start(request)
            case events.PauseRun(is_paused):
                if self._task is not None:
                    self._tasks.pause(self._task, paused=is_paused)
            case events.CancelRun():
                if self._task is not None:
                    self._task.cancel()
            case events.AskConflict(conflict):
                self.conflict_found.emit(conflict)
            case events.PostOutcome(outcome):
                self._post(outcome)
            case _:
                assert_never(effect)

    def _start(self, request: "PublishRequest | UpdateRequest") -> None:
        if isinstance(request, UpdateRequest):
            run = partial(self._commands.replace_version, request.session, request.webinar, request.version)
            scheduled: type[events.SessionScheduled | events.SessionUpdated] = events.SessionUpdated
        else:
            run = partial(self._commands.publish, request)
            scheduled = events.SessionScheduled
        self._task = run(
            lambda session: self.dispatch(scheduled(session)),
            lambda conflict: self.dispatch(events.MergeRequired(conflict)),
            lambda error: self.dispatch(events.RunFailed(error)),
            on_step=lambda step: self._event_arrived.emit(events.StepReached(step)),
            on_transfer=lambda transfer: self._event_arrived.emit(events.TransferReported(transfer)),
        )

    def _post(self, outcome: PublishOutcome) -> None:
        role, text = format_outcome(outcome, self._formatter)
        self._notifications.post(text, kind="error" if role == "error" else "warning" if role == "warning" else "info")

    def _on_save_failed(self, error: "KnownError") -> None:
        self.dispatch(events.SaveFailed(error))

    def _on_progress(self, task: Task[Any]) -> None:
        if task is self._task:
            self.dispatch(events.ProgressReported(task.done, task.total, task.progress.is_paused))

    def _on_task_ended(self, task: Task[Any]) -> None:
        if task is self._task:
            self._task = None
            self.dispatch(events.RunEnded(is_cancelled=task.state == "cancelled"))

    def _on_notification(self, notification: Notification) -> None:
        if notification.kind != "info":
            self.dispatch(events.MessageShown(notification.kind, notification.text))
