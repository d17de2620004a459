"""The presenter's notes of one webinar: read once, written in the library's thread.

Notes are stored beside the webinar, outside its versions and its undo history.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from ui.services.task_runner import TaskRunner


class Notes(QObject):
    """The presenter's notes of one webinar, a text for each segment; made and used on the GUI thread.

    Reading them begins at once, in the background; `changed` follows for each note.

    Args:
        tasks: runs reading and writing; their errors are posted as messages.
        load: returns all notes of the webinar by segment id; called in the library's thread.
        store: stores the note of a segment id; called in the library's thread.
        parent: Qt's owner.
    """

    changed = Signal(str)
    """Carries the id of a segment whose note was read or changed."""
    saved = Signal()
    """A note written here is on disk."""

    def __init__(
        self,
        tasks: TaskRunner,
        load: Callable[[], Mapping[str, str]],
        store: Callable[[str, str], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._load = load
        self._store = store
        self._texts: dict[str, str] = {}
        self._writing: Counter[str] = Counter()
        self.reload()

    def reload(self) -> None:
        """Read all notes again in the background, since they may have been written elsewhere.

        `changed` follows for each that is different. Notes that are being written here keep their text.
        """
        self._tasks.run(
            self.tr("Reading notes"),
            lambda _: dict(self._load()),
            done=self._on_loaded,
            executor="library",
            quiet=True,
        )

    def get(self, segment_id: str) -> str:
        """Return the note of a segment; empty if there is none, or it is not read yet."""
        return self._texts.get(segment_id, "")

    def write(self, segment_id: str, text: str) -> None:
        """Set the note of a segment; the text shows at once and is stored in the background, then `saved` follows.

        A failure to store is posted as a message, and the text stays shown. The same text again does nothing.
        """
        if text == self.get(segment_id):
            return
        self._texts[segment_id] = text
        self._writing[segment_id] += 1
        self.changed.emit(segment_id)

        def on_written(_nothing: object) -> None:
            self._writing[segment_id] -= 1
            self.saved.emit()

        self._tasks.run(
            self.tr("Saving a note"),
            lambda _: self._store(segment_id, text),
            done=on_written,
            executor="library",
            quiet=True,
        )

    def _on_loaded(self, texts: dict[str, str]) -> None:
        for segment_id in {*texts, *self._texts}:
            text = texts.get(segment_id, "")
            if text != self.get(segment_id) and not self._writing[segment_id]:
                self._texts[segment_id] = text
                self.changed.emit(segment_id)
