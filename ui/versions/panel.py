"""Version history of the open webinar: what each version changed, in words, and restoring it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from editor.document import Document, UndoStep
from editor.progress import Progress
from editor.schedule.model import Webinar
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner
from ui.state.document_controller import DocumentController
from ui.text.formatter import Formatter
from ui.widgets.basics import ToggleGroup, make_button, make_label

if TYPE_CHECKING:
    from editor.library.records import Version
    from editor.schedule.compare import Difference

HASH = Qt.ItemDataRole.UserRole
COMPARE_MODES = ("before", "now")
MAX_LINES = 200
"""How many differences are listed; of the rest only the number is shown."""


class VersionsPanel(QWidget):
    """The panel that lists the saved versions of the open webinar, compares them, and restores one to the draft.

    Args:
        controller: the open webinar.
        tasks: runs reading in the library's thread.
        notifications: where it is posted what was restored.
        formatter: words the differences.
        versions: returns the versions, newest first; called in the library's thread.
        compare: returns what changed from a version to another, or to a webinar; called in the library's thread.
        restore: puts a version in the document's place; called in the library's thread.
        parent: Qt's owner.
    """

    def __init__(
        self,
        controller: DocumentController,
        tasks: TaskRunner,
        notifications: Notifications,
        formatter: Formatter,
        *,
        versions: "Callable[[], tuple[Version, ...]]",
        compare: "Callable[[str, str | Webinar], tuple[Difference, ...]]",
        restore: Callable[[Document, str], UndoStep],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._tasks = tasks
        self._notifications = notifications
        self._formatter = formatter
        self._load_versions = versions
        self._compare = compare
        self._restore_version = restore
        self._versions: tuple[Version, ...] = ()
        self._list = QListWidget()
        self._list.setUniformItemSizes(False)
        self._list.setWordWrap(True)
        self._list.currentRowChanged.connect(lambda _row: self._show_changes())
        self._empty = make_label("quiet", wrap=True)
        self._compare_mode = ToggleGroup(COMPARE_MODES)
        self._compare_mode.select("before")
        self._compare_mode.chosen.connect(lambda _value: self._show_changes())
        self._heading = make_label("heading")
        self._changes = QPlainTextEdit()
        self._changes.setReadOnly(True)
        self._restore = make_button()
        self._restore.clicked.connect(self._on_restore)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._heading)
        row.addWidget(self._compare_mode)
        row.addStretch(1)
        row.addWidget(self._restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._empty)
        layout.addWidget(self._list, 3)
        layout.addLayout(row)
        layout.addWidget(self._changes, 2)
        controller.saved.connect(lambda _version: self.refresh())
        controller.changed.connect(self._on_changed)
        controller.read_only_changed.connect(self._show_changes)
        self.retranslate()

    def refresh(self) -> None:
        """Read the versions again in the background if the panel is visible; else they are read when it is shown."""
        if self.isVisible():
            self._tasks.run(
                self.tr("Reading versions"),
                lambda _progress: self._load_versions(),
                done=self._on_loaded,
                executor="library",
                quiet=True,
            )

    def showEvent(self, event: object) -> None:
        """Read the versions in the background when the panel is shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def _on_changed(self) -> None:
        if self.isVisible() and self._compare_mode.value == "now":
            self._show_changes()

    # --------------------------------------------------------------------------------------------- showing

    def _on_loaded(self, versions: "tuple[Version, ...]") -> None:
        current = self._list.currentItem()
        selected_hash = current.data(HASH) if current is not None else None
        self._versions = versions
        self._list.blockSignals(True)
        self._list.clear()
        for version in versions:
            item = QListWidgetItem(self._version_line(version))
            item.setData(HASH, version.hash)
            item.setSizeHint(QSize(0, 44 if not version.note else 60))
            self._list.addItem(item)
        row = next((row for row, version in enumerate(versions) if version.hash == selected_hash), 0)
        self._list.setCurrentRow(row if versions else -1)
        self._list.blockSignals(False)
        self._show_changes()

    def _version_line(self, version: "Version") -> str:
        saved = version.saved_at.astimezone()
        head = self.tr("Version {number}").format(number=version.ordinal)
        text = f"{head}\n{self._formatter.format_datetime(saved)}"
        first_line = version.note.split("\n", 1)[0]
        return f"{text}\n{first_line}" if first_line else text

    def _selected_version(self) -> "Version | None":
        row = self._list.currentRow()
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def _show_changes(self) -> None:
        version = self._selected_version()
        self._empty.setVisible(not self._versions)
        self._list.setVisible(bool(self._versions))
        for widget in (self._heading, self._compare_mode, self._changes, self._restore):
            widget.setVisible(version is not None)
        self._restore.setEnabled(not self._controller.read_only)
        if version is None:
            return
        new: str | Webinar = version.hash
        if self._compare_mode.value == "now":
            old, new = version.hash, self._controller.webinar
        elif version.parents:
            old = version.parents[0]
        else:
            self._changes.setPlainText(self._with_note(version, self.tr("This is the first version.")))
            return

        def work(_progress: Progress) -> "tuple[Difference, ...]":
            return self._compare(old, new)

        def done(differences: "tuple[Difference, ...]") -> None:
            if self._selected_version() is version:
                self._changes.setPlainText(self._with_note(version, self._differences_text(differences)))

        self._tasks.run(self.tr("Comparing versions"), work, done=done, executor="library", quiet=True)

    def _differences_text(self, differences: "tuple[Difference, ...]") -> str:
        if not differences:
            return self.tr("Nothing changed.")
        lines = [self._formatter.format_message(difference) for difference in differences[:MAX_LINES]]
        if len(differences) > MAX_LINES:
            lines.append(self.tr("and %n more", "", len(differences) - MAX_LINES))
        return "\n".join(lines)

    @staticmethod
    def _with_note(version: "Version", text: str) -> str:
        return f"“{version.note}”\n\n{text}" if version.note else text

    # ------------------------------------------------------------------------------------------------ doing

    def _on_restore(self) -> None:
        version = self._selected_version()
        if version is None:
            return
        version_hash, ordinal = version.hash, version.ordinal
        self._controller.run_step(lambda document: self._restore_version(document, version_hash))
        self._notifications.post(
            self.tr("Version {number} was restored.").format(number=ordinal),
            action=(self.tr("Undo"), self._controller.undo),
        )

    # ----------------------------------------------------------------------------------------------- words

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        self._empty.setText(
            self.tr("Not saved yet. Each time you save, a version is listed here, to compare and restore.")
        )
        self._heading.setText(self.tr("What changed"))
        self._compare_mode.set_texts((self.tr("in this version"), self.tr("since this version")))
        self._compare_mode.button("before").setToolTip(self.tr("From the version before to this one"))
        self._compare_mode.button("now").setToolTip(self.tr("From this version to the webinar as it is now"))
        self._restore.setText(self.tr("Restore"))
        self._restore.setToolTip(self.tr("Replace the webinar as it is now by this version (can be undone)"))
        self._list.setAccessibleName(self.tr("Version history"))
        self._changes.setAccessibleName(self.tr("What changed"))
        self._on_loaded(self._versions)

    def changeEvent(self, event: QEvent) -> None:
        """Set all texts anew when Qt reports another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
