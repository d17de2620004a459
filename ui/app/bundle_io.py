"""Import and export of bundles: one file that holds a webinar, with or without its media."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from editor.progress import Progress
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner

if TYPE_CHECKING:
    from editor.workspace import Workspace

SUFFIX = ".matinee"


class BundleIo(QObject):
    """The import and export of bundles (``.matinee`` files) in the background; errors are posted as messages.

    Its methods are called on the GUI thread; those that ask open a file dialog over the window.

    Args:
        workspace: the library's workspace; used in background threads.
        tasks: runs background tasks.
        notifications: where messages are posted.
        parent_window: the window over which file dialogs open.
        parent: Qt's owner.
    """

    def __init__(
        self,
        workspace: "Workspace",
        tasks: TaskRunner,
        notifications: Notifications,
        parent_window: QWidget,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._notifications = notifications
        self._parent_window = parent_window

    def ask_load(self, then: Callable[[str], None]) -> None:
        """Ask for a bundle by a file dialog, which blocks, and import it in the background.

        `then` gets the webinar's id, on the GUI thread; it is not called if the user cancels or the import fails.
        """
        chosen, _filter = QFileDialog.getOpenFileName(
            self._parent_window,
            self.tr("Open a bundle"),
            "",
            self.tr("Matinee bundles (*{suffix})").format(suffix=SUFFIX),
        )
        if chosen:
            self.load(Path(chosen), then)

    def load(self, file: Path, then: Callable[[str], None]) -> None:
        """Import a bundle in the background; `then` gets the webinar's id, on the GUI thread, unless that fails."""
        self._tasks.run(
            self.tr("Opening {name}").format(name=file.name),
            lambda progress: self._workspace.import_bundle(file, progress),
            done=then,
            executor="library",
        )

    def ask_export(self, webinar_id: str, title: str) -> None:
        """Ask for a file name and whether to include the media, and export a bundle in the background.

        The file dialog blocks. Nothing is written if the user cancels.

        Args:
            webinar_id: id of the webinar.
            title: its title, of which the file name is made: without special characters, at most 80; "webinar" if none
                is left.
        """
        dialog = QFileDialog(self._parent_window, self.tr("Export as a bundle"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setNameFilter(self.tr("Matinee bundles (*{suffix})").format(suffix=SUFFIX))
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.selectFile(_safe_file_name(title) + SUFFIX)
        with_media = QCheckBox(self.tr("Include the media, to play it on another computer (large file)"))
        layout = dialog.layout()
        if layout is not None:
            layout.addWidget(with_media)
        if dialog.exec():
            self.export(webinar_id, Path(dialog.selectedFiles()[0]), with_media=with_media.isChecked())

    def export(self, webinar_id: str, file: Path, *, with_media: bool) -> None:
        """Export a webinar as a bundle in the background, and post how that went.

        Args:
            webinar_id: id of the webinar.
            file: the bundle to write.
            with_media: whether the media are included; those that are missing here are left out, with a warning.
        """

        def work(progress: Progress) -> tuple[str, ...]:
            return self._workspace.export_bundle(webinar_id, file, with_media=with_media, progress=progress)

        def done(missing: tuple[str, ...]) -> None:
            if missing:
                text = self.tr("{name} was saved; %n file(s) were not found and are not included.", "", len(missing))
                self._notifications.post(text.format(name=file.name), kind="warning")
            else:
                self._notifications.post(self.tr("{name} was saved.").format(name=file.name))

        self._tasks.run(self.tr("Exporting {name}").format(name=file.name), work, done=done, executor="library")


def _safe_file_name(title: str) -> str:
    """Return a title as a file name that every system accepts."""
    cleaned = "".join(character if character.isalnum() or character in " -_()" else " " for character in title)
    return " ".join(cleaned.split())[:80] or "webinar"
