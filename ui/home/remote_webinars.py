"""The section of webinars that are on the server alone: a colleague's, or one's own from another computer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from editor.timestamps import to_datetime
from ui.text.formatter import Formatter
from ui.text.plain_text import to_mnemonic_text
from ui.widgets.basics import make_button, make_label

if TYPE_CHECKING:
    from editor.protocol.api import WebinarListItem
    from ui.sync.sync_service import SyncService

MAX_WIDTH = 880
"""Widest row in pixels; wider ones are hard to read across."""


class RemoteWebinarList(QWidget):
    """The widget that lists the webinars on the server alone, each with a Download button; or says why there are none.

    It follows the `SyncService` by itself. `open_requested` carries the id of a webinar once it is downloaded.
    """

    open_requested = Signal(str)
    sign_in_requested = Signal()

    def __init__(self, sync_service: "SyncService", formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sync_service = sync_service
        self._formatter = formatter
        self._search = ""
        self._rows: dict[str, _RemoteWebinarRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        content = QWidget()
        content.setMaximumWidth(MAX_WIDTH)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 16, 0)
        column.addLayout(self._list)
        column.addStretch(1)
        background = QWidget()
        across = QHBoxLayout(background)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(content, 1)
        across.addStretch(0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(background)
        self._reason = make_label("quiet", wrap=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._action_button = make_button()
        self._action_button.clicked.connect(self._on_action)
        empty_page = QWidget()
        middle = QVBoxLayout(empty_page)
        middle.setSpacing(16)
        middle.addStretch(2)
        middle.addWidget(self._reason)
        middle.addWidget(self._action_button, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(3)
        self._pages = QStackedWidget()
        self._pages.addWidget(empty_page)
        self._pages.addWidget(self._area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        sync_service.changed.connect(self.refresh)
        self.refresh()

    def set_search(self, text: str) -> None:
        """Show only the webinars whose titles contain every word of this text, in any case; empty shows all."""
        self._search = text
        self.refresh()

    @property
    def is_reachable(self) -> bool:
        """Whether a server is set up and the last exchange with it succeeded, or one is running."""
        return self._sync_service.state.phase in {"idle", "running"}

    @property
    def titles(self) -> list[str]:
        """The titles that are listed, in the order shown."""
        return [row.title for row in self._rows.values()]

    def find_row(self, webinar: str) -> "_RemoteWebinarRow":
        """Return the row of a webinar by its id; one that is not listed raises `KeyError`."""
        return self._rows[webinar]

    def refresh(self) -> None:
        """List the webinars that the service knows of, changed last first; the server is not asked."""
        search_words = self._search.casefold().split()
        found = [
            card
            for card in self._sync_service.state.remote_only or ()
            if all(word in self._display_title(card).casefold() for word in search_words)
        ]
        found.sort(key=lambda card: card.updated_at, reverse=True)
        if list(self._rows) != [card.id for card in found]:
            self._fill(found)
        for card in found:
            self._rows[card.id].show_card(
                self._display_title(card), self._changed_text(card), card.id in self._sync_service.state.downloads
            )
        self._pages.setCurrentIndex(1 if found else 0)
        if not found:
            self._show_reason()

    def _fill(self, cards: "list[WebinarListItem]") -> None:
        for row in self._rows.values():
            self._list.removeWidget(row)
            row.deleteLater()
        self._rows = {card.id: _RemoteWebinarRow(card.id, self._download) for card in cards}
        for row in self._rows.values():
            self._list.addWidget(row)

    def _download(self, webinar: str) -> None:
        self._sync_service.download(webinar, self.open_requested.emit)

    def _show_reason(self) -> None:
        """Show why nothing is listed, with a button for the remedy."""
        state = self._sync_service.state
        error = state.sync_error
        action_text = ""
        if state.phase == "off":
            text = self.tr(
                "Webinars that are on a server and not on this computer are listed here. Sign in to a server, or "
                "open a webinar and host it on this computer."
            )
            action_text = self.tr("Sign in to a server…")
        elif error is not None:
            text, action_text = self._formatter.format_message(error), self.tr("Try now")
        elif state.remote_only is None:
            text = self.tr("Connecting to the server…")
        elif self._search and state.remote_only:
            text = self.tr("No webinar on the server has “{words}” in its title.").format(words=self._search)
        else:
            text = self.tr("All webinars on the server are on this computer, too.")
        self._reason.setText(text)
        self._action_button.setText(to_mnemonic_text(action_text))
        self._action_button.setVisible(bool(action_text))

    def _on_action(self) -> None:
        if self._sync_service.state.phase == "off":
            self.sign_in_requested.emit()
        else:
            self._sync_service.sync_on_request()

    def _display_title(self, card: "WebinarListItem") -> str:
        return card.title or self.tr("Untitled webinar")

    def _changed_text(self, card: "WebinarListItem") -> str:
        instant = to_datetime(card.updated_at)
        return self.tr("changed {moment}").format(moment=self._formatter.format_datetime(instant.astimezone()))

    def changeEvent(self, event: QEvent) -> None:
        """List the webinars anew when Qt reports another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()


class _RemoteWebinarRow(QFrame):
    """One webinar that can be downloaded."""

    def __init__(self, webinar: str, download: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title = make_label("strong")
        self._changed = make_label("quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(120)
        self.download_button = make_button()
        self.download_button.clicked.connect(lambda: download(webinar))
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        row.addLayout(names, 1)
        row.addWidget(self._bar)
        row.addWidget(self.download_button)

    @property
    def title(self) -> str:
        """The title of the webinar."""
        return self._title.text()

    def show_card(self, title: str, changed: str, is_downloading: bool) -> None:
        """Show the webinar, and whether it is being downloaded."""
        self._title.setText(title)
        self._changed.setText(changed)
        self._bar.setVisible(is_downloading)
        self.download_button.setText(self.tr("Download"))
        self.download_button.setAccessibleName(self.tr("Download “{title}”").format(title=title))
        self.download_button.setEnabled(not is_downloading)
