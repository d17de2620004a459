"""A colleague's newer version: announced in a bar, and merged into the draft when the user asks.

A version from the server never changes the draft by itself. Taking it over is one undo step; unsaved edits are kept by
a three-way merge.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from editor.progress import Progress
from ui.services.task_runner import TaskRunner
from ui.state.document_controller import DocumentController
from ui.style import theme
from ui.text.formatter import Formatter
from ui.widgets.basics import make_button, make_label

if TYPE_CHECKING:
    from editor.document import Document, UndoStep
    from editor.library.records import Version
    from editor.schedule.compare import Difference
    from editor.workspace import Workspace

MAX_LINES = 200


class IncomingVersion(QObject):
    """The version of the open webinar, from the server or of a merge, that is not in its draft yet: `version`, or None.

    `check` looks for it in the library's thread; `changed` is emitted, on the GUI thread, when `version` is another.

    Args:
        workspace: the library's workspace; used in background threads.
        controller: the open webinar.
        tasks: runs reading in the library's thread.
        parent: Qt's owner.
    """

    changed = Signal()
    draft_updated = Signal(object)
    """Carries the version that the draft has taken over."""
    conflict_found = Signal(object)
    """Carries a `MergeConflictError`: unsaved edits conflict with the version, and nothing was changed."""

    def __init__(
        self, workspace: "Workspace", controller: DocumentController, tasks: TaskRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._controller = controller
        self._tasks = tasks
        self.version: Version | None = None

    def check(self) -> None:
        """Look for a newer version in the library, in the background; the server is not asked. `changed` may follow."""
        webinar = self._controller.webinar.id

        def on_found(version: "Version | None") -> None:
            if version != self.version:
                self.version = version
                self.changed.emit()

        self._tasks.run(
            "",
            lambda _progress: self._workspace.find_incoming_version(webinar),
            done=on_found,
            executor="library",
            quiet=True,
        )

    def update_draft(self) -> None:
        """Merge `version` into the draft in the background, as one undo step; without a version nothing happens.

        `draft_updated` follows, or `conflict_found` where unsaved edits conflict with the version.
        """
        version, workspace = self.version, self._workspace
        if version is None:
            return
        incoming = []

        def work(document: "Document") -> "UndoStep | None":
            from editor.sync.webinar_sync import MergeConflictError

            incoming.append(workspace.load_version(version.hash))
            try:
                return workspace.apply_version(document, version.hash)
            except MergeConflictError as both:
                self.conflict_found.emit(both)
                return None

        def on_updated(_step: "UndoStep") -> None:
            self._controller.set_base_version(version, incoming[0])
            self.draft_updated.emit(version)
            self.check()

        self._controller.run_step(work, on_updated)

    def replace_draft(self, version: "Version | None", prepare: Callable[[], None]) -> None:
        """Replace the draft by a version in the background, as one undo step; `draft_updated` follows.

        Args:
            version: the version; with None nothing happens, and `prepare` is not called.
            prepare: called before in the library's thread; its `KnownError` keeps the draft as it is.
        """
        if version is None:
            return

        def work(document: "Document") -> "UndoStep":
            prepare()
            return self._workspace.restore_version(document, version.hash)

        def on_replaced(step: "UndoStep") -> None:
            self._controller.set_base_version(version, step.after)
            self.draft_updated.emit(version)
            self.check()

        self._controller.run_step(work, on_replaced)

    def load_changes(self, dialog: "ChangesDialog") -> None:
        """Compare `version` with the version the draft is based on, in the background; list what differs in a dialog.

        Without such a base, or if it is the same, `version` is compared with its own parent. Without a version nothing
        happens.
        """
        version, workspace, saved = self.version, self._workspace, self._controller.last_saved
        if version is None:
            return

        def work(_progress: Progress) -> "tuple[Difference, ...]":
            from editor.schedule.compare import compare

            after = workspace.load_version(version.hash)
            if saved is not None and saved != after:
                return compare(saved, after)
            return workspace.compare(version.parents[0], after) if version.parents else ()

        self._tasks.run(self.tr("Comparing versions"), work, done=dialog.show_changes, executor="library", quiet=True)


class IncomingVersionBar(QFrame):
    """The bar above the panels that announces an `IncomingVersion`, with buttons to take it over or to see its changes.

    It follows the version by itself, and is hidden while there is none.
    """

    def __init__(self, incoming_version: IncomingVersion, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._incoming_version = incoming_version
        self._formatter = formatter
        self._icon = make_label()
        self._text = make_label()
        self.update_button = make_button("primary")
        self.update_button.clicked.connect(incoming_version.update_draft)
        self.changes_button = make_button()
        self.changes_button.clicked.connect(self.show_changes)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self.changes_button)
        row.addWidget(self.update_button)
        incoming_version.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the bar with the number of the version, or hide it without one.

        It is called by itself when the version changes.
        """
        version = self._incoming_version.version
        self.setVisible(version is not None)
        if version is None:
            return
        if len(version.parents) > 1:
            text = self.tr("Version {number} merges a colleague's changes with yours.")
        else:
            text = self.tr("A colleague saved version {number}.")
        self._text.setText(text.format(number=version.ordinal))
        self.update_button.setText(self.tr("Take these changes"))
        self.update_button.setToolTip(
            self.tr("Merge it into your webinar; unsaved edits are kept, and you can undo it")
        )
        self.changes_button.setText(self.tr("What changed?"))
        self._icon.setPixmap(theme.pixmap("info", 20, theme.look_of(self).link, self.devicePixelRatioF()))

    def show_changes(self) -> None:
        """Open a dialog that lists what the version changed, once that is compared in the background, and return.

        Accepting the dialog takes the version over.
        """
        dialog = ChangesDialog(self._formatter, self)
        dialog.accepted.connect(self._incoming_version.update_draft)
        dialog.finished.connect(dialog.deleteLater)
        self._incoming_version.load_changes(dialog)
        dialog.open()

    def changeEvent(self, event: QEvent) -> None:
        """Set text and icon anew when Qt reports another language or palette."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self.refresh()


class ChangesDialog(QDialog):
    """The dialog that lists what a version changed, in words; it is accepted to take these changes over."""

    def __init__(self, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What changed"))
        self._formatter = formatter
        self._lines = QPlainTextEdit()
        self._lines.setReadOnly(True)
        self._lines.setAccessibleName(self.tr("What changed"))
        buttons = QDialogButtonBox()
        update = buttons.addButton(self.tr("Take these changes"), QDialogButtonBox.ButtonRole.AcceptRole)
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
    def text(self) -> str:
        """The listed changes, one per line; empty before `show_changes`."""
        return self._lines.toPlainText()

    def show_changes(self, differences: "tuple[Difference, ...]") -> None:
        """List the differences in words, one per line, in place of those before; "Nothing changed." if there are none.

        Of more than `MAX_LINES` the rest is counted in a last line. The dialog is not opened here.
        """
        lines = [self._formatter.format_message(difference) for difference in differences[:MAX_LINES]]
        if len(differences) > MAX_LINES:
            lines.append(self.tr("and %n more", "", len(differences) - MAX_LINES))
        self._lines.setPlainText("\n".join(lines) or self.tr("Nothing changed."))
