"""The one runner of everything that may take longer than a frame.

Four executors: *library* is one thread, so edits reach the disk in the order they were made; *work* are two, for
probing, drawing and other heavy things; *network* is one for short calls, *download* one for long ones. What a task
gives back arrives on the GUI thread. A task that reports its progress can be cancelled; edits are never cancelled, and
closing waits for them.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from editor.errors import Cancelled, Known
from editor.progress import Progress
from ui.messages import Messages

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")
Executor = Literal["library", "work", "network", "download"]
State = Literal["waiting", "running", "done", "failed", "cancelled"]

THREADS: dict[Executor, int] = {"library": 1, "work": 2, "network": 1, "download": 1}
TELL_EVERY_S = 0.1
"""Progress is told at most this often: a hash reports thousands of times a second."""


class Task(Generic[T]):
    """One piece of work, as the status bar sees it.

    Everything here is read and written on the GUI thread, but `cancel`, which any thread may call.
    """

    def __init__(self, title: str, *, executor: Executor, quiet: bool) -> None:
        self.title = title
        self.executor: Executor = executor
        self.quiet = quiet
        """Not worth showing: short, or nobody asked for it."""
        self.state: State = "waiting"
        self.done = 0
        self.total = 0
        """What `done` counts up to; 0 while nobody knows."""
        self.progress = Progress()
        self.pausable = False
        """So long that somebody may want their computer for something else meanwhile."""
        self._began: float | None = None

    def cancel(self) -> None:
        """Ask it to stop; it ends as "cancelled" at its next report, or before it began."""
        self.progress.cancel()

    def begin(self, now: float) -> None:
        """It has a thread from `now` (monotonic seconds) on."""
        self.state = "running"
        self._began = now

    def remaining_ms(self, now: float) -> int | None:
        """How long it will still take at the pace so far; None before that can be said."""
        if self._began is None or self.done <= 0 or self.total <= self.done:
            return None
        passed_ms = round((now - self._began - self.progress.stood_s) * 1000)
        return passed_ms * (self.total - self.done) // self.done if passed_ms >= 500 else None


class Tasks(QObject):
    """Runs work off the GUI thread and tells how it goes."""

    started = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    _arrived = Signal(object)

    def __init__(
        self, messages: Messages, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._messages = messages
        self._clock = clock
        self._executors: dict[Executor, ThreadPoolExecutor] = {}
        self._running: list[Task[object]] = []
        self._shut = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> tuple[Task[object], ...]:
        """What waits or runs, the oldest first."""
        return tuple(self._running)

    def now(self) -> float:
        """Monotonic seconds, for `Task.remaining_ms`."""
        return self._clock()

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Known], None] | None = None,
        executor: Executor = "work",
        quiet: bool = False,
    ) -> Task[T]:
        """Do `work` in a thread of `executor`, then call `done` with what it gave, or `failed` with why not.

        Both are called on the GUI thread. A `Known` without a `failed` becomes a message; a cancelled task calls
        neither; a bug is raised on the GUI thread, where the program's one funnel takes it.

        Raises:
            RuntimeError: after `shutdown`.
        """
        from concurrent.futures import ThreadPoolExecutor

        if self._shut:
            raise RuntimeError(title)
        task: Task[T] = Task(title, executor=executor, quiet=quiet)
        task.progress = Progress(self._listener(task))
        self._running.append(task)  # type: ignore[arg-type]
        # Told by the event loop: who asks for a picture while painting must not have others paint in the middle of it.
        self._arrived.emit(lambda: self.started.emit(task))
        if executor not in self._executors:
            self._executors[executor] = ThreadPoolExecutor(THREADS[executor], thread_name_prefix=executor)
        self._executors[executor].submit(self._carry_out, task, work, done, failed)
        return task

    def pause(self, task: Task[object], *, paused: bool) -> None:
        """Let a task wait at its next report, or go on; those who show it are told."""
        if paused:
            task.progress.pause()
        else:
            task.progress.resume()
        self.progressed.emit(task)

    def shutdown(self) -> None:
        """Cancel what can be cancelled and wait for every thread; edits that were made reach the disk first."""
        self._shut = True
        for task in self._running:
            if task.executor != "library":
                task.cancel()
        for executor in self._executors.values():
            executor.shutdown(wait=True)
        self._executors.clear()
        self._running.clear()

    # ------------------------------------------------------------------------------------- in the thread

    def _listener(self, task: Task[T]) -> Callable[[int, int], None]:
        told = 0.0

        def listen(part: int, total: int) -> None:
            nonlocal told
            now = self._clock()
            if now - told >= TELL_EVERY_S or part == total:
                told = now
                self._arrived.emit(lambda: self._on_progress(task, part, total))

        return listen

    def _carry_out(
        self,
        task: Task[T],
        work: Callable[[Progress], T],
        done: Callable[[T], None] | None,
        failed: Callable[[Known], None] | None,
    ) -> None:
        if task.progress.cancelled:
            self._arrived.emit(lambda: self._end(task, "cancelled"))
            return
        began = self._clock()
        self._arrived.emit(lambda: task.begin(began))
        try:
            result = work(task.progress)
        except Cancelled:
            self._arrived.emit(lambda: self._end(task, "cancelled"))
        except Known as known:
            self._arrived.emit(lambda known=known: self._on_known(task, known, failed))
        except BaseException as bug:  # noqa: BLE001 - it is raised again on the GUI thread
            self._arrived.emit(lambda bug=bug: self._on_bug(task, bug))
        else:
            self._arrived.emit(lambda: self._on_done(task, result, done))

    # ------------------------------------------------------------------------------------ on the GUI thread

    @Slot(object)
    def _deliver(self, news: Callable[[], None]) -> None:
        if not self._shut:
            news()

    def _on_progress(self, task: Task[T], part: int, total: int) -> None:
        task.done, task.total = part, total
        self.progressed.emit(task)

    def _on_done(self, task: Task[T], result: T, done: Callable[[T], None] | None) -> None:
        self._end(task, "done")
        if done is not None:
            done(result)

    def _on_known(self, task: Task[T], known: Known, failed: Callable[[Known], None] | None) -> None:
        self._end(task, "failed")
        (failed or self._messages.known)(known)

    def _on_bug(self, task: Task[T], bug: BaseException) -> None:
        self._end(task, "failed")
        raise bug

    def _end(self, task: Task[T], state: State) -> None:
        task.state = state
        self._running.remove(task)  # type: ignore[arg-type]
        self.ended.emit(task)
