"""Ties the hosting to the window: what starts a sync, what is shown of it, and what somebody is asked.

Made once the library is open; there is one for a window. The page of the open webinar comes and goes.
"""

from collections.abc import Callable
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from ui.common import Opening
from ui.publish.alarm import Alarm
from ui.publish.hosting_desk import HostingDesk
from ui.publish.sessions import instant
from ui.publish.status import StatusLine
from ui.publish.syncing import Syncing

if TYPE_CHECKING:
    from editor.library.values import Card
    from editor.sync.exchange import Item, Report
    from editor.sync.sync import Apart
    from ui.editor_page import EditorPage
    from ui.home.lines import Synced


class Liaison(QObject):
    """The hosting's side of one window.

    Args:
        opening: what panels are given.
        over: what dialogs lie over.
        parent: Qt's owner.
        alarm: the clock that syncing waits by.
    """

    def __init__(
        self, opening: Opening, over: QWidget, parent: QObject | None = None, *, alarm: Alarm | None = None
    ) -> None:
        super().__init__(parent)
        self._common = opening
        self._over = over
        self._page: EditorPage | None = None
        self._told: set[tuple[str, str]] = set()
        self._keep_mine = ""
        """The webinar whose draft was saved to be kept against a colleague's version."""
        workspace, tasks, messages = opening.workspace, opening.tasks, opening.messages
        self.desk = HostingDesk(workspace, tasks, messages, self)
        self.syncing = Syncing(workspace, self.desk, tasks, messages, self, alarm=alarm)
        self.status = StatusLine(self.desk, self.syncing, opening.actions, opening.words)
        self.status.sign_in_asked.connect(self.ask_sign_in)
        self.status.differs_asked.connect(self.show_what_differs)
        self.syncing.sign_in_asked.connect(self.ask_sign_in)
        self.syncing.arrived.connect(self._on_report)
        self.desk.deeds.chosen.connect(lambda _webinar: self.syncing.now())
        opening.actions.on({"sync_now": self.sync_now})
        watch_network(self, self.syncing.reachable)

    def begin(self) -> None:
        """Find the hosting, and begin to sync with it."""
        self.desk.begin()

    def shut(self) -> None:
        """The program ends."""
        self.syncing.shut()
        self.desk.shut()

    def sync_now(self) -> None:
        """Sync because somebody asks; where there is nothing to sync with, say what to do."""
        if self.syncing.state != "off":
            self.syncing.ask()
            return
        if self.desk.account is not None and self.desk.account.here:
            text = self.tr("The hosting on this computer is stopped.")
            self._common.messages.tell(text, action=(self.tr("Start it"), self.desk.start_here))
        else:
            text = self.tr("No hosting is set up yet. Host on this computer by Publish…, or sign in to one.")
            self._common.messages.tell(text, action=(self.tr("Sign in…"), self.ask_sign_in))

    def synced(self, card: "Card") -> "Synced":
        """How a webinar of the library stood to the hosting the last time."""
        item = self.syncing.items.get(card.id)
        if item is None:
            return ""
        if item.state in {"apart", "refused"}:
            return "apart" if item.state == "apart" else "refused"
        return "ahead" if item.version is not None and item.version.ordinal < card.versions else "synced"

    # ---------------------------------------------------------------------------------------- the open webinar

    def follow(self, page: "EditorPage") -> None:
        """Look after the webinar of this page."""
        self._page = page
        page.bridge.saved.connect(self._on_saved)
        page.notes.kept.connect(self.syncing.soon)
        page.newer.clashed.connect(self._on_clash)
        page.newer.look()
        self.desk.follow(page.bridge.webinar.id)

    def leave(self) -> None:
        """No webinar is open any more."""
        self._page = None
        self.desk.follow("")

    def _on_saved(self, _version: object) -> None:
        if self._page is not None:
            self._page.newer.look()
        if self.syncing.state == "off":
            self.desk.look()
        else:
            self.syncing.now()

    def _on_report(self, report: "Report") -> None:
        self.desk.take(report)
        page = self._page
        webinar = page.bridge.webinar.id if page is not None else ""
        # What is told last is what stays to be read: that of the open webinar.
        for each in sorted(report.items, key=lambda item: item.webinar == webinar):
            self._tell_of(each)
        if page is None or report.went_back:
            return
        page.newer.look()
        page.notes.read()
        item = self.syncing.items.get(webinar)
        if item is None:
            return
        if item.both is not None and self._keep_mine == webinar:
            self.desk.deeds.choose(item.both, "mine", page.bridge)
        if item.state != "refused":
            self._keep_mine = ""

    def _tell_of(self, item: "Item") -> None:
        """What people should know of a webinar, once for each version."""
        known = item.known
        what = (item.version.hash if item.version else item.webinar, known.code if known else "")
        if known is not None and what not in self._told:
            self._told.add(what)
            kind = "warning" if item.state == "refused" else "info"
            self._common.messages.tell(self._common.words.sentence(known), kind=kind)  # type: ignore[arg-type]

    # ----------------------------------------------------------------------------------------- asking somebody

    def ask_sign_in(self) -> None:
        """Ask for address, e-mail and password of a hosting."""
        from ui.publish.where import SignIn

        self._open(SignIn(self.desk, self._common.words, self._over))

    def show_what_differs(self) -> None:
        """Show what was changed on both sides of the open webinar, and ask what shall hold."""
        page = self._page
        both = self.desk.apart.get(self.desk.webinar)
        if page is not None and both is not None:
            bridge = page.bridge
            self._ask_apart(both, lambda choice: self.desk.deeds.choose(both, choice, bridge))

    def _on_clash(self, both: "Apart") -> None:
        """A newer version and edits that were never saved do not go together: ask before anything is changed."""
        page = self._page
        if page is None:
            return
        workspace, bridge, version = self._common.workspace, page.bridge, page.newer.version
        title = self.tr("{title} (mine)").format(title=bridge.webinar.title)

        def chosen(choice: str) -> None:
            if choice == "mine":
                # Saved, it is a version of its own; what clashes with theirs is then settled for mine.
                self._keep_mine = bridge.webinar.id
                bridge.save("")
                return

            def copy() -> None:
                if choice == "both":
                    workspace.save(workspace.duplicate(bridge.webinar.id, title))

            page.newer.restore(version, copy)

        self._ask_apart(both, chosen)

    def _ask_apart(self, both: "Apart", chosen: Callable[[str], object]) -> None:
        from ui.publish.apart import ApartDialog

        dialog = ApartDialog(both, self._common.words, self._over)
        dialog.chosen.connect(chosen)
        self._open(dialog)

    def ask_before_closing(self, close: Callable[[], None]) -> bool:
        """Where attendees would lose this computer, ask; gives whether it was asked. `close` follows a yes."""
        coming = self.desk.vigil.coming
        if coming is None:
            return False
        words = self._common.words
        when = words.moment(instant(coming.starts_at).astimezone(ZoneInfo(coming.zone)), zone=coming.zone)
        title = coming.title or self.tr("Untitled webinar")
        if instant(coming.starts_at) <= self._common.now().astimezone(UTC):
            text = self.tr("“{title}” runs on this computer. If you close Matinee, its attendees lose it.")
        else:
            text = self.tr("“{title}” is to begin on this computer: {moment}. While Matinee is closed it does not.")
        asking = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Close Matinee"),
            text.format(title=title, moment=when),
            QMessageBox.StandardButton.NoButton,
            self._over,
        )
        yes = asking.addButton(self.tr("Close all the same"), QMessageBox.ButtonRole.DestructiveRole)
        stay = asking.addButton(self.tr("Keep Matinee open"), QMessageBox.ButtonRole.RejectRole)
        asking.setDefaultButton(stay)
        yes.clicked.connect(close)
        self._open(asking)
        return True

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def watch_network(owner: QObject, back: Callable[[], None]) -> None:
    """Call `back` when the network comes back, where the system tells; elsewhere one has to try."""
    from PySide6.QtNetwork import QNetworkInformation

    if not QNetworkInformation.loadDefaultBackend():
        return
    network = QNetworkInformation.instance()

    def changed(reachability: QNetworkInformation.Reachability) -> None:
        if reachability != QNetworkInformation.Reachability.Disconnected:
            back()

    network.reachabilityChanged.connect(changed)
    owner.destroyed.connect(lambda: network.reachabilityChanged.disconnect(changed))
