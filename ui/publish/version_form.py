"""The choice of a version to publish, with the problems that prevent it."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from editor.schedule.preflight import Problem, find_blocking_problems
from editor.schedule.preflight_inputs import PreflightInputs, gather_preflight_inputs
from editor.settings import Settings
from ui.publish.publish_state import DRAFT
from ui.services.media_service import MediaService
from ui.state.document_controller import DocumentController
from ui.sync.sync_service import SyncService
from ui.text.formatter import Formatter
from ui.widgets.basics import make_button, make_label

if TYPE_CHECKING:
    from editor.library.records import Version
    from editor.schedule.model import Webinar

MAX_LISTED = 30


class VersionForm(QWidget):
    """The part of the publish dialog that chooses a version, and checks it.

    `problems` are the errors that prevent publishing. It follows document, server and media by itself; `changed` is
    emitted after each check, whether the problems are other ones or not.

    Args:
        controller: the open webinar.
        sync_service: the connection to the server.
        formatter: words times and errors in the language of the window.
        settings: the plan and default lengths, which some checks need.
        media_service: the states of media, which some checks need.
        now: the clock, which returns an aware datetime.
        parent: Qt's owner.
    """

    changed = Signal()
    problems_requested = Signal()

    def __init__(
        self,
        controller: DocumentController,
        sync_service: SyncService,
        formatter: Formatter,
        settings: Settings,
        media_service: MediaService,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._sync_service = sync_service
        self._formatter = formatter
        self._settings = settings
        self._media_service = media_service
        self._now = now
        self._is_test = False
        self._webinar: Webinar = controller.webinar
        self._inputs: PreflightInputs | None = None
        self.problems: tuple[Problem, ...] = ()
        self._box = QComboBox()
        self._box.activated.connect(lambda _index: self._load_selected())
        self._problems_label = make_label("error", wrap=True)
        self._show = make_button("link")
        self._show.clicked.connect(self.problems_requested)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._problems_label, 1)
        row.addWidget(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._box)
        column.addLayout(row)
        sync_service.changed.connect(self.refresh)
        media_service.previews_changed.connect(self._on_media_changed)
        media_service.lost.connect(self._on_media_changed)
        controller.undo_stack_changed.connect(self.refresh)
        self.refresh()

    @property
    def version(self) -> str:
        """Hash of the chosen version; `DRAFT` (an empty text) for the current state, which is saved first."""
        chosen: str = self._box.currentData() or DRAFT
        return chosen

    @property
    def webinar(self) -> "Webinar":
        """Content of the chosen version; while a saved version is being loaded, still the content before."""
        return self._webinar

    def set_test(self, *, on: bool) -> None:
        """Set whether a private test is published, which needs no start, and check the version anew.

        `changed` is emitted afterwards.
        """
        self._is_test = on
        self._run_preflight()

    def refresh(self) -> None:
        """List the current state, if it is not saved, and the newest `MAX_LISTED` saved versions; check the chosen one.

        It is called by itself when they change. The first entry stays chosen if it was, else the chosen one if it is
        still there.
        """
        selected = self.version if self._box.currentIndex() > 0 else None
        versions = self._sync_service.state.remote.versions if self._sync_service.state.remote else ()
        unsaved = self._controller.has_unsaved_edits or not versions
        items: list[tuple[str, str]] = []
        if unsaved:
            number = versions[0].ordinal + 1 if versions else 1
            items.append((self.tr("Current state (saved as version {number} first)").format(number=number), DRAFT))
        items += [(self._version_text(version), version.hash) for version in versions[:MAX_LISTED]]
        if items != [(self._box.itemText(at), self._box.itemData(at)) for at in range(self._box.count())]:
            self._box.clear()
            for text, data in items:
                self._box.addItem(text, data)
            self._box.setCurrentIndex(0 if selected is None else max(0, self._box.findData(selected)))
        self._box.setAccessibleName(self.tr("Version"))
        self._show.setText(self.tr("Show"))
        self._load_selected()

    def _version_text(self, version: "Version") -> str:
        name = self.tr("Version {number}").format(number=version.ordinal)
        saved = self._formatter.format_datetime(version.saved_at.astimezone())
        return " · ".join(part for part in (name, saved, version.note) if part)

    def _load_selected(self) -> None:
        """Load the chosen version, which has to be read if it is not the newest."""
        selected = self.version
        if selected == DRAFT or self._box.currentIndex() == 0:
            self._webinar = self._controller.webinar
            self._run_preflight()
            return

        def on_loaded(webinar: "Webinar") -> None:
            if self.version == selected:
                self._webinar = webinar
                self._run_preflight()

        self._sync_service.commands.load_version(selected, on_loaded)

    def _gather_inputs(self) -> PreflightInputs:
        return gather_preflight_inputs(
            self._webinar,
            self._settings,
            now=self._now(),
            get_media_state=self._media_service.get_state,
            hosting=self._media_service.proxies.get_hosting_facts(),
        )

    def _on_media_changed(self, _sha256: str) -> None:
        inputs, before = self._gather_inputs(), self._inputs
        if before is None or (inputs.media, inputs.hosting) != (before.media, before.hosting):
            self._run_preflight()

    def _run_preflight(self) -> None:
        inputs = self._inputs = self._gather_inputs()
        self.problems = find_blocking_problems(inputs, is_test=self._is_test)
        self._problems_label.setText(
            "\n".join(self._formatter.format_message(problem) for problem in self.problems[:3])
        )
        self._problems_label.setVisible(bool(self.problems))
        self._show.setVisible(bool(self.problems))
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """List the versions anew when Qt reports another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
