"""Bundles in and out: one file that holds a webinar, with or without its media."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from editor.progress import Progress
from ui.messages import Messages
from ui.tasks import Tasks

if TYPE_CHECKING:
    from editor.workspace import Workspace

SUFFIX = ".matinee"


class Bundles(QObject):
    """Asks for the file, does the work in the background and tells what came of it."""

    def __init__(
        self, workspace: "Workspace", tasks: Tasks, messages: Messages, over: QWidget, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._messages = messages
        self._over = over

    def ask_load(self, then: Callable[[str], None]) -> None:
        """Choose a bundle and take it in; `then` gets the webinar's id."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self._over, self.tr("Open a bundle"), "", self.tr("Matinee bundles (*{suffix})").format(suffix=SUFFIX)
        )
        if chosen:
            self.load(Path(chosen), then)

    def load(self, file: Path, then: Callable[[str], None]) -> None:
        """Take a bundle in."""
        self._tasks.run(
            self.tr("Opening {name}").format(name=file.name),
            lambda progress: self._workspace.load(file, progress),
            done=then,
            executor="library",
        )

    def ask_export(self, webinar_id: str, title: str) -> None:
        """Choose where, and whether the media go along, and write a bundle."""
        dialog = QFileDialog(self._over, self.tr("Export as a bundle"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setNameFilter(self.tr("Matinee bundles (*{suffix})").format(suffix=SUFFIX))
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.selectFile(_safe(title) + SUFFIX)
        with_media = QCheckBox(self.tr("With the media, so that it plays elsewhere (a large file)"))
        layout = dialog.layout()
        if layout is not None:
            layout.addWidget(with_media)
        if dialog.exec():
            self.export(webinar_id, Path(dialog.selectedFiles()[0]), with_media=with_media.isChecked())

    def export(self, webinar_id: str, file: Path, *, with_media: bool) -> None:
        """Write a bundle."""

        def work(progress: Progress) -> tuple[str, ...]:
            return self._workspace.export(webinar_id, file, with_media=with_media, progress=progress)

        def done(missing: tuple[str, ...]) -> None:
            if missing:
                text = self.tr("{name} is written; %n file(s) were not found and are not in it.", "", len(missing))
                self._messages.tell(text.format(name=file.name), kind="warning")
            else:
                self._messages.tell(self.tr("{name} is written.").format(name=file.name))

        self._tasks.run(self.tr("Writing {name}").format(name=file.name), work, done=done, executor="library")


def _safe(title: str) -> str:
    """A title as a file's name on any system."""
    kept = "".join(letter if letter.isalnum() or letter in " -_()" else " " for letter in title)
    return " ".join(kept.split())[:80] or "webinar"
