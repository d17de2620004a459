"""The hosting as the window sees it: which one, whether it is reached, what is there of the open webinar.

Nothing here blocks: what asks the hosting runs in the network's thread. What is done there is `deeds`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from editor.errors import Known
from editor.progress import Progress
from ui.messages import Messages
from ui.publish.awake import Awake, holders
from ui.publish.deeds import Deeds
from ui.publish.vigil import Vigil
from ui.tasks import Tasks

if TYPE_CHECKING:
    from editor.library.values import Version
    from editor.protocol import api
    from editor.sync.account import Account
    from editor.sync.embedded import Running
    from editor.sync.exchange import Report
    from editor.sync.sync import Apart, Standing
    from editor.workspace import Workspace

    Found = tuple[Account | None, Running | None]

AGAIN_MS = 60_000
"""How often the hosting is looked at while a webinar is open: offline and online come and go."""


@dataclass(frozen=True)
class There:
    """What the hosting has of one webinar, and the versions here."""

    webinar: str
    """Its id; "" where none is followed."""
    versions: "tuple[Version, ...]"
    standing: "Standing | None"
    """None while there is no saved version."""
    sessions: "tuple[api.Session, ...]"
    here: "tuple[api.Session, ...]" = ()
    """All sessions of the hosting on this computer, where it is that."""


class HostingDesk(QObject):
    """One library's hosting. `changed` is told whenever anything shown of it is another."""

    changed = Signal()
    _died = Signal()

    def __init__(
        self,
        workspace: "Workspace",
        tasks: Tasks,
        messages: Messages,
        parent: QObject | None = None,
        *,
        awake: Awake | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._messages = messages
        self.account: Account | None = None
        self.running: Running | None = None
        self.trouble: Known | None = None
        """Why the hosting was not reached the last time."""
        self.there: There | None = None
        self.busy = False
        """Whether the hosting on this computer is just being started or stopped."""
        self.apart: dict[str, Apart] = {}
        """What has to be chosen before a webinar can be published, by webinar."""
        self.deeds = Deeds(workspace, tasks, messages, self)
        self.deeds.ended.connect(self.look)
        self.deeds.came_apart.connect(self._on_apart)
        self.deeds.chosen.connect(lambda webinar: self.apart.pop(webinar, None))
        self.vigil = Vigil(awake or Awake(holders()), self)
        """What depends on this computer."""
        self.vigil.changed.connect(self.changed)
        self.webinar = ""
        """Which one is followed."""
        self._looking = False
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self.look)
        self._died.connect(self._on_died)

    # ------------------------------------------------------------------------------------------ which hosting

    def begin(self) -> None:
        """Read which hosting it is; start the one on this computer if it ran when the editor was last closed."""

        def work(_progress: Progress) -> "Found":
            embedded = self._workspace.embedded
            embedded.on_end = self._died.emit
            account = self._workspace.accounts.read()
            return account, embedded.start() if embedded.wanted else None

        self._change(self.tr("Looking for the hosting"), work)

    def start_here(self) -> None:
        """Host on this computer, and go there from now on."""

        def work(_progress: Progress) -> "Found":
            from editor.sync.account import Account

            running = self._workspace.embedded.start()
            self._workspace.accounts.keep(Account())
            return Account(), running

        self._change(self.tr("Starting the hosting on this computer"), work)

    def stop_here(self) -> None:
        """Stop the hosting on this computer; sessions planned there do not begin while it is stopped."""

        def work(_progress: Progress) -> "Found":
            self._workspace.embedded.stop()
            return self._workspace.accounts.read(), None

        self._change(self.tr("Stopping the hosting on this computer"), work)

    def shut(self) -> None:
        """The program ends: ask nothing any more, also not for a dialog that is still open."""
        self._looking = True
        self._again.stop()
        self.vigil.end()

    def sign_in(
        self, address: str, email: str, password: str, done: Callable[[], None], failed: Callable[[Known], None]
    ) -> None:
        """Sign in to a hosting elsewhere, and go there from now on."""

        def work(_progress: Progress) -> "Account":
            from editor.sync.account import Account
            from editor.sync.client import Client

            client = Client(address)
            try:
                signed = client.sign_in(email, password)
            finally:
                client.close()
            account = Account(address=client.base_url, email=signed.account.email)
            self._workspace.accounts.keep(account, signed.token)
            return account

        def signed_in(account: "Account") -> None:
            self._go_to(account)
            done()

        self._tasks.run(self.tr("Signing in"), work, done=signed_in, failed=failed, executor="network")

    def sign_out(self) -> None:
        """Go to no hosting any more. What is published there stays."""

        def work(_progress: Progress) -> None:
            self._workspace.accounts.forget()

        self._tasks.run(
            self.tr("Signing out"), work, done=lambda _none: self._go_to(None), executor="network", quiet=True
        )

    def _go_to(self, account: "Account | None") -> None:
        self.account, self.there, self.trouble = account, None, None
        self.apart.clear()
        self.changed.emit()
        self.look()

    def _change(self, title: str, work: "Callable[[Progress], Found]") -> None:
        self.busy = True
        self.changed.emit()
        self._tasks.run(title, work, done=self._on_running, failed=self._on_not_running, executor="network", quiet=True)

    def _on_running(self, found: "Found") -> None:
        self.busy = False
        self.account, self.running = found
        self.there = self.trouble = None
        if self.running is None:
            self.vigil.look(())
        self._again.start()
        self.changed.emit()
        self.look()

    def _on_not_running(self, known: Known) -> None:
        self.busy, self.running = False, None
        self.vigil.look(())
        self._messages.known(known)
        self.changed.emit()

    def _on_died(self) -> None:
        self.running = None
        self.vigil.look(())
        self._messages.tell(
            self.tr("The hosting on this computer has ended unexpectedly. Attendees cannot reach it now."),
            kind="error",
            action=(self.tr("Start it again"), self.start_here),
        )
        self.changed.emit()
        self.look()

    # --------------------------------------------------------------------------------------- what is there

    def follow(self, webinar: str) -> None:
        """Look after this webinar from now on; "" after none."""
        self.webinar, self.there = webinar, None
        self.changed.emit()
        if webinar:
            self.look()

    def look(self) -> None:
        """See what is there of the webinar that is followed, and what depends on this computer."""
        webinar, account = self.webinar, self.account
        here = account is not None and account.here
        if self._looking or self.busy or not (webinar or (here and self.running is not None)):
            return
        self._looking = True

        def work(_progress: Progress) -> There:
            versions = self._workspace.versions(webinar) if webinar else ()
            if account is None:
                return There(webinar, versions, None, ())
            sync = self._workspace.hosting()
            try:
                standing = sync.standing(webinar) if versions else None
                found = sync.client.sessions(None if here else webinar)
            finally:
                sync.client.close()
            own = tuple(session for session in found if session.webinar == webinar)
            return There(webinar, versions, standing, own, found if here else ())

        self._tasks.run("", work, done=self._on_there, failed=self._on_trouble, executor="network", quiet=True)

    def take(self, report: "Report") -> None:
        """An exchange has gone through: what has to be chosen, and what there is, may be another."""
        if report.went_back:
            return
        self.apart = {item.webinar: item.both for item in report.items if item.both is not None}
        was_away, self.trouble = self.trouble is not None, None
        self.changed.emit()
        if was_away or any(item.webinar == self.webinar and item.state != "same" for item in report.items):
            self.look()

    def _on_there(self, there: There) -> None:
        self._looking = False
        if self.account is not None and self.account.here and self.running is not None:
            self.vigil.look(there.here)
        if there.webinar != self.webinar:
            self.look()
            return
        self.there, self.trouble = there, None
        self.changed.emit()

    def _on_trouble(self, known: Known) -> None:
        self._looking = False
        self.trouble = known
        self.changed.emit()

    def _on_apart(self, both: "Apart") -> None:
        self.apart[both.theirs.id] = both
        self.changed.emit()
