"""The versions of the open webinar: what each changed, in words, and the way back to it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from editor.document import Document, Step
from editor.progress import Progress
from editor.schedule.model import Webinar
from ui.bridge import Bridge
from ui.messages import Messages
from ui.parts import Choice, button, label
from ui.tasks import Tasks
from ui.words import Words

if TYPE_CHECKING:
    from editor.library.values import Version
    from editor.schedule.compare import Difference

HASH = Qt.ItemDataRole.UserRole
AGAINST = ("before", "now")
MOST_LINES = 200
"""More differences than this are not read by anybody; their number is told."""


class History(QWidget):
    """Lists versions, compares them and restores one.

    Args:
        bridge: the open webinar.
        tasks: reads in the library's thread.
        messages: says what was restored.
        words: puts differences into words.
        versions: gives the versions, newest first; called in the library's thread.
        compare: what changed from a version to another, or to a webinar; called in the library's thread.
        restore: puts a version in the document's place; called in the library's thread.
    """

    def __init__(
        self,
        bridge: Bridge,
        tasks: Tasks,
        messages: Messages,
        words: Words,
        *,
        versions: "Callable[[], tuple[Version, ...]]",
        compare: "Callable[[str, str | Webinar], tuple[Difference, ...]]",
        restore: Callable[[Document, str], Step],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._tasks = tasks
        self._messages = messages
        self._words = words
        self._read = versions
        self._compare = compare
        self._restore_version = restore
        self._versions: tuple[Version, ...] = ()
        self._list = QListWidget()
        self._list.setUniformItemSizes(False)
        self._list.setWordWrap(True)
        self._list.currentRowChanged.connect(lambda _row: self._show_changes())
        self._empty = label("quiet", wrap=True)
        self._against = Choice(AGAINST)
        self._against.set("before")
        self._against.chosen.connect(lambda _value: self._show_changes())
        self._heading = label("heading")
        self._changes = QPlainTextEdit()
        self._changes.setReadOnly(True)
        self._restore = button()
        self._restore.clicked.connect(self._on_restore)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._heading)
        row.addWidget(self._against)
        row.addStretch(1)
        row.addWidget(self._restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._empty)
        layout.addWidget(self._list, 3)
        layout.addLayout(row)
        layout.addWidget(self._changes, 2)
        bridge.saved.connect(lambda _version: self.refresh())
        bridge.changed.connect(self._on_changed)
        bridge.read_only_changed.connect(self._show_changes)
        self.retranslate()

    def refresh(self) -> None:
        """Read the versions again, if anybody sees them."""
        if self.isVisible():
            self._tasks.run(
                self.tr("Reading versions"),
                lambda _progress: self._read(),
                done=self._on_read,
                executor="library",
                quiet=True,
            )

    def showEvent(self, event: object) -> None:
        """Shown: read what there is."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def _on_changed(self) -> None:
        if self.isVisible() and self._against.value == "now":
            self._show_changes()

    # --------------------------------------------------------------------------------------------- showing

    def _on_read(self, versions: "tuple[Version, ...]") -> None:
        current = self._list.currentItem()
        chosen = current.data(HASH) if current is not None else None
        self._versions = versions
        self._list.blockSignals(True)
        self._list.clear()
        for version in versions:
            item = QListWidgetItem(self._line(version))
            item.setData(HASH, version.hash)
            item.setSizeHint(QSize(0, 44 if not version.note else 60))
            self._list.addItem(item)
        row = next((row for row, version in enumerate(versions) if version.hash == chosen), 0)
        self._list.setCurrentRow(row if versions else -1)
        self._list.blockSignals(False)
        self._show_changes()

    def _line(self, version: "Version") -> str:
        saved = version.saved_at.astimezone()
        head = self.tr("Version {number}").format(number=version.ordinal)
        text = f"{head}\n{self._words.moment(saved)}"
        first_line = version.note.split("\n", 1)[0]
        return f"{text}\n{first_line}" if first_line else text

    def _chosen(self) -> "Version | None":
        row = self._list.currentRow()
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def _show_changes(self) -> None:
        version = self._chosen()
        self._empty.setVisible(not self._versions)
        self._list.setVisible(bool(self._versions))
        for widget in (self._heading, self._against, self._changes, self._restore):
            widget.setVisible(version is not None)
        self._restore.setEnabled(not self._bridge.read_only)
        if version is None:
            return
        new: str | Webinar = version.hash
        if self._against.value == "now":
            old, new = version.hash, self._bridge.webinar
        elif version.parents:
            old = version.parents[0]
        else:
            self._changes.setPlainText(self._with_note(version, self.tr("This is the first version.")))
            return

        def work(_progress: Progress) -> "tuple[Difference, ...]":
            return self._compare(old, new)

        def done(differences: "tuple[Difference, ...]") -> None:
            if self._chosen() is version:
                self._changes.setPlainText(self._with_note(version, self._told(differences)))

        self._tasks.run(self.tr("Comparing versions"), work, done=done, executor="library", quiet=True)

    def _told(self, differences: "tuple[Difference, ...]") -> str:
        if not differences:
            return self.tr("Nothing changed.")
        lines = [self._words.sentence(difference) for difference in differences[:MOST_LINES]]
        if len(differences) > MOST_LINES:
            lines.append(self.tr("and %n more", "", len(differences) - MOST_LINES))
        return "\n".join(lines)

    @staticmethod
    def _with_note(version: "Version", text: str) -> str:
        return f"“{version.note}”\n\n{text}" if version.note else text

    # ------------------------------------------------------------------------------------------------ doing

    def _on_restore(self) -> None:
        version = self._chosen()
        if version is None:
            return
        kept, ordinal = version.hash, version.ordinal
        self._bridge.carry_out(lambda document: self._restore_version(document, kept))
        self._messages.tell(
            self.tr("Version {number} is the draft again. Nothing else is lost.").format(number=ordinal),
            action=(self.tr("Undo"), self._bridge.undo),
        )

    # ----------------------------------------------------------------------------------------------- words

    def retranslate(self) -> None:
        """Take texts from the language in force."""
        self._empty.setText(
            self.tr("No version yet. Save makes one; edits are kept without it too. Versions can be compared here.")
        )
        self._heading.setText(self.tr("What changed"))
        self._against.say((self.tr("in it"), self.tr("since then")))
        self._against.button("before").setToolTip(self.tr("From the version before to this one"))
        self._against.button("now").setToolTip(self.tr("From this version to the draft as it is now"))
        self._restore.setText(self.tr("Restore"))
        self._restore.setToolTip(self.tr("Make this version the draft again; it can be undone"))
        self._list.setAccessibleName(self.tr("Versions"))
        self._changes.setAccessibleName(self.tr("What changed"))
        self._on_read(self._versions)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
