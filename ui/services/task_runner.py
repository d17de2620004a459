"""Runs everything that may take longer than a frame in the background.

There are four executors: *library* is one thread, so that edits reach the disk in their order; *work* is two threads,
for probing, rendering and other heavy work; *network* is one for short requests, *download* one for long ones.
Results arrive on the GUI thread. A task that reports its progress can be cancelled; edits are never cancelled, and
closing waits for them.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from editor.errors import CancelledError, KnownError
from editor.progress import Progress
from ui.services.notifications import Notifications

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")
Executor = Literal["library", "work", "network", "download"]
State = Literal["waiting", "running", "done", "failed", "cancelled"]

THREADS: dict[Executor, int] = {"library": 1, "work": 2, "network": 1, "download": 1}
PROGRESS_INTERVAL_S = 0.1
"""Progress is reported at most this often; hashing reports thousands of times a second."""


class Task(Generic[T]):
    """One background task, as the status bar shows it; made by `TaskRunner.run`.

    All attributes are read and written on the GUI thread; only `cancel` may be called from any thread.
    """

    def __init__(self, title: str, *, executor: Executor, quiet: bool) -> None:
        self.title = title
        self.executor: Executor = executor
        self.is_quiet = quiet
        """Whether the status bar leaves it out, because it is short or nobody asked for it."""
        self.state: State = "waiting"
        self.done = 0
        self.total = 0
        """The number `done` counts up to; 0 while it is unknown."""
        self.progress = Progress()
        self.is_pausable = False
        """Whether it can be paused, because it takes long and slows the computer down."""
        self._started_at: float | None = None

    def cancel(self) -> None:
        """Ask the task to stop, and return at once; it ends as "cancelled" at its next report, or before it starts.

        Work that reports no progress once it runs is not stopped, and ends as usual.
        """
        self.progress.cancel()

    def mark_started(self, now: float) -> None:
        """Note that a thread runs the task since `now` (monotonic seconds); only the `TaskRunner` calls it."""
        self.state = "running"
        self._started_at = now

    def remaining_ms(self, now: float) -> int | None:
        """Estimate the remaining milliseconds from the pace so far; None in its first half second or without progress.

        Args:
            now: monotonic seconds, as `TaskRunner.now` returns them.
        """
        if self._started_at is None or self.done <= 0 or self.total <= self.done:
            return None
        elapsed_ms = round((now - self._started_at - self.progress.paused_s) * 1000)
        return elapsed_ms * (self.total - self.done) // self.done if elapsed_ms >= 500 else None


class TaskRunner(QObject):
    """The runner of background tasks, used on the GUI thread.

    Its signals `started`, `progressed` and `ended` carry the `Task`, on the GUI thread; `ended` comes before the
    task's own callback.
    """

    started = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    _callback_queued = Signal(object)

    def __init__(
        self,
        notifications: Notifications,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._notifications = notifications
        self._clock = clock
        self._executors: dict[Executor, ThreadPoolExecutor] = {}
        self._running: list[Task[object]] = []
        self._is_shut_down = False
        self._callback_queued.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> tuple[Task[object], ...]:
        """All tasks that wait or run, the oldest first."""
        return tuple(self._running)

    def now(self) -> float:
        """Return the monotonic clock in seconds, for `Task.remaining_ms`; its zero has no meaning."""
        return self._clock()

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
        executor: Executor = "work",
        quiet: bool = False,
    ) -> Task[T]:
        """Run `work` in a thread of an executor, then call `done` with its result or `failed` with the error.

        Both are called on the GUI thread, never before `run` returns. A task that ends as cancelled calls neither, nor
        does any after `shutdown`. An exception of another kind than `KnownError` is raised on the GUI thread, where the
        crash reporter handles it.

        Args:
            title: translated text that the status bar shows for the task.
            work: the work, run in the thread; it reports to the progress it is given, and can be cancelled only there.
            done: called with the result.
            failed: called with a `KnownError`; without it the error is posted as a message.
            executor: which threads run the task; see the head of this module.
            quiet: whether the status bar leaves the task out.

        Returns:
            The task, which waits for a free thread or runs already.

        Raises:
            RuntimeError: `shutdown` was called before.
        """
        from concurrent.futures import ThreadPoolExecutor

        if self._is_shut_down:
            raise RuntimeError(title)
        task: Task[T] = Task(title, executor=executor, quiet=quiet)
        task.progress = Progress(self._progress_listener(task))
        self._running.append(task)  # type: ignore[arg-type]
        # Queued: a task may be started while a widget paints, and the slots of `started` must not repaint then.
        self._callback_queued.emit(lambda: self.started.emit(task))
        if executor not in self._executors:
            self._executors[executor] = ThreadPoolExecutor(THREADS[executor], thread_name_prefix=executor)
        self._executors[executor].submit(self._run_in_thread, task, work, done, failed)
        return task

    def pause(self, task: Task[object], *, paused: bool) -> None:
        """Let a task wait at its next report (`paused` true), or continue it; `progressed` is emitted in both cases."""
        if paused:
            task.progress.pause()
        else:
            task.progress.resume()
        self.progressed.emit(task)

    def shutdown(self) -> None:
        """Cancel all tasks but those of the executor "library", and block until all threads have ended.

        Edits reach the disk first. No callback is called any more, and `run` raises.
        """
        self._is_shut_down = True
        for task in self._running:
            if task.executor != "library":
                task.cancel()
        for executor in self._executors.values():
            executor.shutdown(wait=True)
        self._executors.clear()
        self._running.clear()

    # ------------------------------------------------------------------------------------- in the thread

    def _progress_listener(self, task: Task[T]) -> Callable[[int, int], None]:
        last_report = 0.0

        def report(part: int, total: int) -> None:
            nonlocal last_report
            now = self._clock()
            if now - last_report >= PROGRESS_INTERVAL_S or part == total:
                last_report = now
                self._callback_queued.emit(lambda: self._on_progress(task, part, total))

        return report

    def _run_in_thread(
        self,
        task: Task[T],
        work: Callable[[Progress], T],
        done: Callable[[T], None] | None,
        failed: Callable[[KnownError], None] | None,
    ) -> None:
        if task.progress.is_cancelled:
            self._callback_queued.emit(lambda: self._end(task, "cancelled"))
            return
        started_at = self._clock()
        self._callback_queued.emit(lambda: task.mark_started(started_at))
        try:
            result = work(task.progress)
        except CancelledError:
            self._callback_queued.emit(lambda: self._end(task, "cancelled"))
        except KnownError as error:
            self._callback_queued.emit(lambda known=error: self._on_error(task, known, failed))
        except BaseException as bug:  # noqa: BLE001 - it is raised again on the GUI thread
            self._callback_queued.emit(lambda bug=bug: self._on_bug(task, bug))
        else:
            self._callback_queued.emit(lambda: self._on_done(task, result, done))

    # ------------------------------------------------------------------------------------ on the GUI thread

    @Slot(object)
    def _deliver(self, callback: Callable[[], None]) -> None:
        if not self._is_shut_down:
            callback()

    def _on_progress(self, task: Task[T], part: int, total: int) -> None:
        task.done, task.total = part, total
        self.progressed.emit(task)

    def _on_done(self, task: Task[T], result: T, done: Callable[[T], None] | None) -> None:
        self._end(task, "done")
        if done is not None:
            done(result)

    def _on_error(self, task: Task[T], error: KnownError, failed: Callable[[KnownError], None] | None) -> None:
        self._end(task, "failed")
        (failed or self._notifications.post_error)(error)

    def _on_bug(self, task: Task[T], error: BaseException) -> None:
        self._end(task, "failed")
        raise error

    def _end(self, task: Task[T], state: State) -> None:
        task.state = state
        self._running.remove(task)  # type: ignore[arg-type]
        self.ended.emit(task)
