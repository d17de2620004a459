"""Syncing by itself: whenever there is a reason to, and again and again while the hosting is not reached.

Reasons are the start, a saved version, a changed note, the network coming back, a minute gone by, and somebody who
asks. Where the hosting is not reached it is tried again, less and less often; what the hosting refuses (401, 403, 409,
412) is not: that waits for somebody. All of it runs in the network's thread.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QObject, Signal

from editor.errors import Known
from editor.progress import Progress
from ui.messages import Messages
from ui.publish.alarm import Alarm
from ui.publish.hosting_desk import HostingDesk
from ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from editor.protocol.api import WebinarCard
    from editor.sync.account import Account
    from editor.sync.exchange import Item, Report
    from editor.sync.sync import Sync
    from editor.workspace import Workspace

T = TypeVar("T")
State = Literal["off", "idle", "running", "waiting", "refused", "went_back"]

EVERY_MS = 60_000
SETTLE_MS = 3_000
"""What small changes follow each other within this is sent together."""
BACKOFF_MS = (5_000, 15_000, 60_000)
TICK_MS = 1_000
"""How often the time that is left is told."""
SHOWN_AFTER_MS = 1_000
"""What takes longer is shown among what runs, with its progress."""
LOCAL = frozenset({"sync.signed_out", "sync.stopped", "sync.address", "sync.no_owner"})
"""Failures that no other try mends."""
BUSY = frozenset({408, 425, 429})


def may_try_again(known: Known) -> bool:
    """Whether it may go well the next time by itself: what the hosting has decided does not."""
    status = known.facts.get("status")
    if isinstance(status, int):
        return status >= 500 or status in BUSY
    return known.code not in LOCAL


class Syncing(QObject):
    """Runs the exchange of the library and its hosting. Nothing here blocks."""

    changed = Signal()
    """The state, or the time that is left, is another."""
    arrived = Signal(object)
    """A `Report`: an exchange has gone through."""
    sign_in_asked = Signal()

    def __init__(
        self,
        workspace: "Workspace",
        hosting: HostingDesk,
        tasks: Tasks,
        messages: Messages,
        parent: QObject | None = None,
        *,
        alarm: Alarm | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._hosting = hosting
        self._tasks = tasks
        self._messages = messages
        self._alarm = alarm or Alarm(self)
        self.state: State = "off"
        self.trouble: Known | None = None
        """Why the last try came to nothing."""
        self.items: Mapping[str, Item] = {}
        """What was done about each webinar the last time."""
        self.elsewhere: tuple[WebinarCard, ...] | None = None
        """What is on the hosting alone; None before that is known."""
        self.fetching: dict[str, Task[str]] = {}
        """What is being got of that."""
        self._task: Task[Report] | None = None
        self._began_ms = 0
        self._due_ms = 0
        self._failed = 0
        self._again = False
        self._went_back = False
        self._with: tuple[Account | None, bool] = (None, False)
        hosting.changed.connect(self._on_hosting)
        tasks.progressed.connect(self._on_progress)
        tasks.ended.connect(self._on_ended)

    # -------------------------------------------------------------------------------------------- reasons

    def now(self) -> None:
        """Sync at once; after the exchange that is under way, if there is one."""
        if self.state == "off":
            return
        if self._task is not None:
            self._again = True
        else:
            self._run()

    def ask(self) -> None:
        """Somebody asks: sync at once, and say why not."""
        self.trouble = None
        self.now()

    def soon(self) -> None:
        """Something small has changed, and more of it may follow."""
        if self.state == "idle":
            self._wait(min(SETTLE_MS, self.left_ms))
        elif self.state == "running":
            self._again = True

    def reachable(self) -> None:
        """The network is back: what waits for it need not."""
        if self.state == "waiting":
            self._failed = 0
            self.now()

    def accept(self) -> None:
        """The hosting was restored from a backup: go on with what it has."""

        def work(_progress: Progress) -> None:
            from editor.sync.exchange import accept

            self._connected(accept)

        self._tasks.run(
            self.tr("Comparing with the hosting"),
            work,
            done=lambda _none: self.now(),
            failed=self._messages.known,
            executor="network",
        )

    def fetch(self, webinar_id: str, done: Callable[[str], None]) -> None:
        """Get a webinar that is on the hosting alone."""
        if webinar_id in self.fetching:
            return

        def work(_progress: Progress) -> str:
            from editor.sync.exchange import fetch

            self._connected(lambda sync: fetch(sync, webinar_id))
            return webinar_id

        def fetched(webinar: str) -> None:
            self.elsewhere = tuple(card for card in self.elsewhere or () if card.id != webinar)
            self.changed.emit()
            done(webinar)
            self.now()

        self.fetching[webinar_id] = self._tasks.run(
            self.tr("Getting the webinar"), work, done=fetched, executor="network"
        )
        self.changed.emit()

    def retire(self, webinar_id: str, title: str) -> None:
        """Delete a webinar on the hosting, which is deleted here."""

        def work(_progress: Progress) -> None:
            from editor.sync.exchange import retire

            self._connected(lambda sync: retire(sync, webinar_id))

        def done(_none: None) -> None:
            self._messages.tell(self.tr("“{title}” is deleted on the hosting, too.").format(title=title))

        self._tasks.run(self.tr("Deleting on the hosting"), work, done=done, executor="network", quiet=True)

    def shut(self) -> None:
        """The program ends: nothing more by itself."""
        self._alarm.cancel()
        self.state = "off"

    # ------------------------------------------------------------------------------------------- the state

    @property
    def left_ms(self) -> int:
        """How long until the next try."""
        return max(0, self._due_ms - self._alarm.now_ms())

    def _on_hosting(self) -> None:
        """Another account, or the hosting here was started or stopped: begin with it, or leave off."""
        hosting = self._hosting
        account = hosting.account
        there = account is not None and (not account.here or hosting.running is not None) and not hosting.busy
        now = (account, there)
        if now == self._with:
            return
        other = account != self._with[0]
        self._with = now
        if other:
            self.items, self.elsewhere = {}, None
        if there:
            self._failed = 0
            self._set("idle")
            self.now()
        else:
            self._alarm.cancel()
            self._set("off")

    def _run(self) -> None:
        self._alarm.cancel()
        self._again = False
        self._began_ms = self._alarm.now_ms()

        def work(progress: Progress) -> "Report":
            from editor.sync.exchange import exchange

            return self._connected(lambda sync: exchange(sync, progress))

        self._task = self._tasks.run(
            self.tr("Syncing"), work, done=self._on_report, failed=self._on_trouble, executor="network", quiet=True
        )
        self._set("running")

    def _connected(self, deed: "Callable[[Sync], T]") -> T:
        sync = self._workspace.hosting()
        try:
            return deed(sync)
        finally:
            sync.client.close()

    def _on_progress(self, task: Task[object]) -> None:
        if task is self._task and self._alarm.now_ms() - self._began_ms >= SHOWN_AFTER_MS:
            task.quiet = False

    def _on_ended(self, task: Task[object]) -> None:
        """The task is over, however; what came of it is told after this."""
        got = next((webinar for webinar, getting in self.fetching.items() if getting is task), None)
        if got is not None:
            del self.fetching[got]
            self.changed.emit()
        if task is not self._task:
            return
        self._task = None
        if self.state == "running":
            self._wait(EVERY_MS)
            if task.state == "cancelled":
                self._rest("idle", EVERY_MS)

    def _on_report(self, report: "Report") -> None:
        if self.state == "off":
            return
        self._failed, self.trouble = 0, None
        if report.went_back:
            if not self._went_back:
                self._tell_went_back()
            self._went_back = True
            self._rest("went_back", EVERY_MS)
        else:
            self._went_back = False
            self.items = {item.webinar: item for item in report.items}
            self.elsewhere = report.elsewhere
            self._rest("idle", EVERY_MS)
        self.arrived.emit(report)

    def _on_trouble(self, known: Known) -> None:
        if self.state == "off":
            return
        before, self.trouble = self.trouble, known
        if may_try_again(known):
            delay = BACKOFF_MS[min(self._failed, len(BACKOFF_MS) - 1)]
            self._failed += 1
            self._rest("waiting", delay)
            return
        self._again = False
        self._alarm.cancel()
        self._set("refused")
        if before is None or before.code != known.code:
            self._tell_refused(known)

    def _rest(self, state: State, delay_ms: int) -> None:
        if self._again and state == "idle":
            self._run()
            return
        self.state = state
        self._wait(delay_ms)
        self.changed.emit()

    def _wait(self, delay_ms: int) -> None:
        """Run again after this; where one waits for the hosting, the seconds are told."""
        self._due_ms = self._alarm.now_ms() + delay_ms
        self._alarm.set(min(delay_ms, TICK_MS) if self.state == "waiting" else delay_ms, self._tick)

    def _tick(self) -> None:
        left = self.left_ms
        if left <= 0:
            self._run()
            return
        self._wait(left)
        self.changed.emit()

    def _set(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()

    # -------------------------------------------------------------------------------------------- sentences

    def _tell_refused(self, known: Known) -> None:
        if known.facts.get("status") == 401:
            self._messages.known(known, action=(self.tr("Sign in again…"), self.sign_in_asked.emit))
        else:
            self._messages.known(known, action=(self.tr("Sync now"), self.ask))

    def _tell_went_back(self) -> None:
        self._messages.tell(
            self.tr(
                "The hosting was restored from an older backup, so nothing is sent there. Your versions are all here. "
                "Compare to send again what it has lost."
            ),
            kind="warning",
            action=(self.tr("Compare and go on"), self.accept),
        )
