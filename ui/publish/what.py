"""Which version is published, and what stands in its way."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from editor.schedule.plans import TERMS
from editor.schedule.rules import Problem, preflight
from editor.settings import Settings
from ui.bridge import Bridge
from ui.parts import button, label
from ui.publish.hosting_desk import HostingDesk
from ui.words import Words

if TYPE_CHECKING:
    from editor.library.values import Version
    from editor.schedule.model import Webinar

DRAFT = ""
"""The choice that is saved as a version first."""
LISTED = 30
OF_THE_START = frozenset(
    {"problem.no_start", "problem.start_past", "problem.start_missing", "problem.start_invalid", "problem.zone"}
)
"""Problems that a test, which begins at once, does not have."""


class WhatForm(QWidget):
    """Chooses a version; `problems` are the errors that forbid publishing it."""

    changed = Signal()
    show_asked = Signal()

    def __init__(
        self,
        bridge: Bridge,
        hosting: HostingDesk,
        words: Words,
        settings: Settings,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._hosting = hosting
        self._words = words
        self._settings = settings
        self._now = now
        self._test = False
        self._webinar: Webinar = bridge.webinar
        self.problems: tuple[Problem, ...] = ()
        self._box = QComboBox()
        self._box.activated.connect(lambda _index: self._read())
        self._wrong = label("error", wrap=True)
        self._show = button("link")
        self._show.clicked.connect(self.show_asked)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._wrong, 1)
        row.addWidget(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._box)
        column.addLayout(row)
        hosting.changed.connect(self.fill)
        bridge.steps_changed.connect(self.fill)
        self.fill()

    @property
    def version(self) -> str:
        """The hash of the chosen version; `DRAFT` where what is there now is to be saved first."""
        chosen: str = self._box.currentData() or DRAFT
        return chosen

    @property
    def webinar(self) -> "Webinar":
        """What is chosen."""
        return self._webinar

    def test(self, *, on: bool) -> None:
        """Whether it is to be a test, which needs no start."""
        self._test = on
        self._look()

    def fill(self) -> None:
        """List what can be published. The newest stays chosen where it was; else what was, if it is still there."""
        chosen = self.version if self._box.currentIndex() > 0 else None
        versions = self._hosting.there.versions if self._hosting.there else ()
        unsaved = self._bridge.unsaved or not versions
        items: list[tuple[str, str]] = []
        if unsaved:
            number = versions[0].ordinal + 1 if versions else 1
            items.append((self.tr("As it is now; saved as version {number} first").format(number=number), DRAFT))
        items += [(self._name(version), version.hash) for version in versions[:LISTED]]
        if items != [(self._box.itemText(at), self._box.itemData(at)) for at in range(self._box.count())]:
            self._box.clear()
            for text, data in items:
                self._box.addItem(text, data)
            self._box.setCurrentIndex(0 if chosen is None else max(0, self._box.findData(chosen)))
        self._box.setAccessibleName(self.tr("Version"))
        self._show.setText(self.tr("Show"))
        self._read()

    def _name(self, version: "Version") -> str:
        name = self.tr("Version {number}").format(number=version.ordinal)
        saved = self._words.moment(version.saved_at.astimezone())
        return " · ".join(part for part in (name, saved, version.note) if part)

    def _read(self) -> None:
        """Get what is chosen: an older version has to be read first."""
        chosen = self.version
        if chosen == DRAFT or self._box.currentIndex() == 0:
            self._webinar = self._bridge.webinar
            self._look()
            return

        def came(webinar: "Webinar") -> None:
            if self.version == chosen:
                self._webinar = webinar
                self._look()

        self._hosting.deeds.read(chosen, came)

    def _look(self) -> None:
        found = preflight(
            self._webinar,
            terms=TERMS[self._settings["plan"]],
            now=self._now(),
            # Media that are not here may be on the hosting already: publishing itself finds out.
            media=dict.fromkeys(self._webinar.media, "ready"),
        )
        self.problems = tuple(
            problem
            for problem in found
            if problem.severity == "error" and not (self._test and problem.code in OF_THE_START)
        )
        self._wrong.setText("\n".join(self._words.sentence(problem) for problem in self.problems[:3]))
        self._wrong.setVisible(bool(self.problems))
        self._show.setVisible(bool(self.problems))
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.fill()
