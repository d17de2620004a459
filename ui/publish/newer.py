"""A version of a colleague's that the draft has not got yet: said in a bar, and taken in when one wants it.

What comes from the hosting never touches a draft by itself. Taking it in is one step that can be undone; edits of
one's own that are in no version stay, put together with it three ways.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from editor.progress import Progress
from ui import theme
from ui.bridge import Bridge
from ui.parts import button, label
from ui.tasks import Tasks
from ui.words import Words

if TYPE_CHECKING:
    from editor.document import Document, Step
    from editor.library.values import Version
    from editor.schedule.compare import Difference
    from editor.workspace import Workspace

MOST_LINES = 200


class Newer(QObject):
    """Knows whether there is such a version of the open webinar. Reads in the library's thread."""

    changed = Signal()
    updated = Signal(object)
    """The draft has got this version, because somebody asked for it."""
    clashed = Signal(object)
    """An `Apart`: unsaved edits and that version do not go together; nothing was changed."""

    def __init__(self, workspace: "Workspace", bridge: Bridge, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._bridge = bridge
        self._tasks = tasks
        self.version: Version | None = None

    def look(self) -> None:
        """See whether there is one."""
        webinar = self._bridge.webinar.id

        def found(version: "Version | None") -> None:
            if version != self.version:
                self.version = version
                self.changed.emit()

        self._tasks.run(
            "", lambda _progress: self._workspace.newer(webinar), done=found, executor="library", quiet=True
        )

    def update(self) -> None:
        """Take it into the draft."""
        version, workspace = self.version, self._workspace
        if version is None:
            return
        theirs = []

        def work(document: "Document") -> "Step | None":
            from editor.sync.sync import Apart

            theirs.append(workspace.version(version.hash))
            try:
                return workspace.update_draft(document, version.hash)
            except Apart as both:
                self.clashed.emit(both)
                return None

        def taken(_step: "Step") -> None:
            self._bridge.goes_on_from(version, theirs[0])
            self.updated.emit(version)
            self.look()

        self._bridge.carry_out(work, taken)

    def restore(self, version: "Version | None", before: Callable[[], None]) -> None:
        """Put it in the draft's place, after `before`, which runs in the library's thread."""
        if version is None:
            return

        def work(document: "Document") -> "Step":
            before()
            return self._workspace.restore(document, version.hash)

        def taken(step: "Step") -> None:
            self._bridge.goes_on_from(version, step.after)
            self.updated.emit(version)
            self.look()

        self._bridge.carry_out(work, taken)

    def compare(self, dialog: "ChangesDialog") -> None:
        """Tell a dialog what that version changed since the one the draft was made from."""
        version, workspace, saved = self.version, self._workspace, self._bridge.last_saved
        if version is None:
            return

        def work(_progress: Progress) -> "tuple[Difference, ...]":
            from editor.schedule.compare import compare

            after = workspace.version(version.hash)
            if saved is not None and saved != after:
                return compare(saved, after)
            return workspace.compare(version.parents[0], after) if version.parents else ()

        self._tasks.run(self.tr("Comparing versions"), work, done=dialog.show_changes, executor="library", quiet=True)


class NewerBar(QFrame):
    """Says that there is one, above the panels."""

    def __init__(self, newer: Newer, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._newer = newer
        self._words = words
        self._icon = QLabel()
        self._text = label()
        self.update_button = button("primary")
        self.update_button.clicked.connect(newer.update)
        self.what_button = button()
        self.what_button.clicked.connect(self.show_what)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self.what_button)
        row.addWidget(self.update_button)
        newer.changed.connect(self.show_it)
        self.show_it()

    def show_it(self) -> None:
        """Say it, or be gone."""
        version = self._newer.version
        self.setVisible(version is not None)
        if version is None:
            return
        if len(version.parents) > 1:
            text = self.tr("Version {number} puts a colleague's changes and yours together.")
        else:
            text = self.tr("Version {number} by a colleague is here.")
        self._text.setText(text.format(number=version.ordinal))
        self.update_button.setText(self.tr("Update draft"))
        self.update_button.setToolTip(
            self.tr("Take it into what you edit; your unsaved edits stay, and Undo takes it back")
        )
        self.what_button.setText(self.tr("What changed?"))
        self._icon.setPixmap(theme.pixmap("info", 20, theme.look_of(self).link, self.devicePixelRatioF()))

    def show_what(self) -> None:
        """Show what that version changed."""
        dialog = ChangesDialog(self._words, self)
        dialog.accepted.connect(self._newer.update)
        dialog.finished.connect(dialog.deleteLater)
        self._newer.compare(dialog)
        dialog.open()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self.show_it()


class ChangesDialog(QDialog):
    """What a version changed, in words."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What changed"))
        self._words = words
        self._lines = QPlainTextEdit()
        self._lines.setReadOnly(True)
        self._lines.setAccessibleName(self.tr("What changed"))
        buttons = QDialogButtonBox()
        update = buttons.addButton(self.tr("Update draft"), QDialogButtonBox.ButtonRole.AcceptRole)
        update.setObjectName("primary")
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._lines, 1)
        layout.addWidget(buttons)
        self.resize(560, 320)

    @property
    def told(self) -> str:
        """What is shown."""
        return self._lines.toPlainText()

    def show_changes(self, differences: "tuple[Difference, ...]") -> None:
        """Show them."""
        lines = [self._words.sentence(difference) for difference in differences[:MOST_LINES]]
        if len(differences) > MOST_LINES:
            lines.append(self.tr("and %n more", "", len(differences) - MOST_LINES))
        self._lines.setPlainText("\n".join(lines) or self.tr("Nothing changed."))
