"""The shelf of what is on the hosting alone: a colleague's webinars, or one's own from another computer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.parts import button, label
from ui.words import Words

if TYPE_CHECKING:
    from editor.protocol.api import WebinarCard
    from ui.publish.syncing import Syncing

WIDE = 880
"""Rows wider than this are hard to read across."""


class HostedShelf(QWidget):
    """Lists them, each with Get; or says why there is nothing to list."""

    open_asked = Signal(str)
    sign_in_asked = Signal()

    def __init__(self, syncing: "Syncing", words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._syncing = syncing
        self._words = words
        self._search = ""
        self._rows: dict[str, _Row] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        inside = QWidget()
        inside.setMaximumWidth(WIDE)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 16, 0)
        column.addLayout(self._list)
        column.addStretch(1)
        ground = QWidget()
        across = QHBoxLayout(ground)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(inside, 1)
        across.addStretch(0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(ground)
        self._why = label("quiet", wrap=True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._way_out = button()
        self._way_out.clicked.connect(self._on_way_out)
        nothing = QWidget()
        middle = QVBoxLayout(nothing)
        middle.setSpacing(16)
        middle.addStretch(2)
        middle.addWidget(self._why)
        middle.addWidget(self._way_out, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(3)
        self._pages = QStackedWidget()
        self._pages.addWidget(nothing)
        self._pages.addWidget(self._area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        syncing.changed.connect(self.show_it)
        self.show_it()

    def search(self, text: str) -> None:
        """Only those whose title has every word of this."""
        self._search = text
        self.show_it()

    @property
    def reached(self) -> bool:
        """Whether there is a hosting, and it was reached the last time."""
        return self._syncing.state in {"idle", "running"}

    @property
    def titles(self) -> list[str]:
        """What is listed."""
        return [row.title for row in self._rows.values()]

    def row(self, webinar: str) -> "_Row":
        """The row of a webinar."""
        return self._rows[webinar]

    def show_it(self) -> None:
        """List what there is, the newest first."""
        wanted = self._search.casefold().split()
        found = [
            card
            for card in self._syncing.elsewhere or ()
            if all(word in self._title(card).casefold() for word in wanted)
        ]
        found.sort(key=lambda card: card.updated_at, reverse=True)
        if list(self._rows) != [card.id for card in found]:
            self._fill(found)
        for card in found:
            self._rows[card.id].show_card(self._title(card), self._changed(card), card.id in self._syncing.fetching)
        self._pages.setCurrentIndex(1 if found else 0)
        if not found:
            self._explain()

    def _fill(self, cards: "list[WebinarCard]") -> None:
        for row in self._rows.values():
            self._list.removeWidget(row)
            row.deleteLater()
        self._rows = {card.id: _Row(card.id, self._get) for card in cards}
        for row in self._rows.values():
            self._list.addWidget(row)

    def _get(self, webinar: str) -> None:
        self._syncing.fetch(webinar, self.open_asked.emit)

    def _explain(self) -> None:
        """Why nothing is listed, and the way out."""
        syncing, trouble = self._syncing, self._syncing.trouble
        way_out = ""
        if syncing.state == "off":
            text = self.tr(
                "What is on a hosting and not on this computer is listed here. Sign in to a hosting, or open a webinar "
                "and host it on this computer."
            )
            way_out = self.tr("Sign in to a hosting…")
        elif trouble is not None:
            text, way_out = self._words.sentence(trouble), self.tr("Try now")
        elif syncing.elsewhere is None:
            text = self.tr("Asking the hosting …")
        elif self._search and syncing.elsewhere:
            text = self.tr("No webinar there has “{words}” in its title.").format(words=self._search)
        else:
            text = self.tr("Everything that is on the hosting is on this computer, too.")
        self._why.setText(text)
        self._way_out.setText(way_out)
        self._way_out.setVisible(bool(way_out))

    def _on_way_out(self) -> None:
        if self._syncing.state == "off":
            self.sign_in_asked.emit()
        else:
            self._syncing.ask()

    def _title(self, card: "WebinarCard") -> str:
        return card.title or self.tr("Untitled webinar")

    def _changed(self, card: "WebinarCard") -> str:
        instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=card.updated_at)
        return self.tr("changed {moment}").format(moment=self._words.moment(instant.astimezone()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_it()


class _Row(QFrame):
    """One webinar that can be got."""

    def __init__(self, webinar: str, get: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title = label("strong")
        self._changed = label("quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(120)
        self.get = button()
        self.get.clicked.connect(lambda: get(webinar))
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        row.addLayout(names, 1)
        row.addWidget(self._bar)
        row.addWidget(self.get)

    @property
    def title(self) -> str:
        """Which it is."""
        return self._title.text()

    def show_card(self, title: str, changed: str, getting: bool) -> None:
        """Show it, and whether it is being got."""
        self._title.setText(title)
        self._changed.setText(changed)
        self._bar.setVisible(getting)
        self.get.setText(self.tr("Get"))
        self.get.setAccessibleName(self.tr("Get “{title}”").format(title=title))
        self.get.setEnabled(not getting)
