"""The choice of a second file for a segment: the picture of audio, the sound track of a presentation."""

from typing import Literal

import msgspec
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.schedule.model import AnySegment, Media
from editor.schedule.operations import AnyOperation, ChangeSegment
from ui.inspector.base_form import FormContext
from ui.inspector.edit_queue import SegmentChange
from ui.inspector.input_widgets import ChoiceField
from ui.inspector.media_row import MediaThumbnail

IMPORT_CHOICE = "import"


class MediaChoice(QWidget):
    """A drop-down list of one segment's extra file: none, the webinar's files of one kind, or another file.

    It edits nothing itself: `edited` carries the choice. Another file is asked for and imported in the background
    first.
    """

    edited = Signal(str, object)
    """Emitted with the id of the segment and its chosen `Media` or None.

    A file is imported first, so by then another segment may be shown.
    """

    def __init__(self, context: FormContext, kind: Literal["image", "audio"], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self._segment_id = ""
        self._sha256: str | None = None
        self._thumbnail = MediaThumbnail(context.media_service, self, size=QSize(50, 28))
        self._field = ChoiceField(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._thumbnail)
        row.addWidget(self._field, 1)
        self.setFocusProxy(self._field)
        self._field.edited.connect(self._on_chosen)

    def show_choice(self, segment_id: str, sha256: str | None) -> None:
        """Show which file of this choice's kind a segment has now, and offer those of the webinar by name.

        `edited` is not emitted. The thumbnail is shown for a picture alone.

        Args:
            segment_id: the segment, with which `edited` is emitted.
            sha256: the hash of its file; None if it has none.
        """
        self._segment_id, self._sha256 = segment_id, sha256
        media = self._context.controller.webinar.media
        candidates = sorted((each for each in media.values() if each.kind == self._kind), key=lambda each: each.name)
        choices: list[tuple[object, str]] = [(None, self.tr("None"))]
        choices += [(each.sha256, each.name) for each in candidates]
        choices.append((IMPORT_CHOICE, self.tr("Another file…")))
        self._field.set_choices(choices, sha256)
        self._thumbnail.setVisible(sha256 is not None and self._kind == "image")
        self._thumbnail.show_media(media.get(sha256) if sha256 is not None else None)

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its form calls this after a change of language.
        """
        self.show_choice(self._segment_id, self._sha256)

    def _on_chosen(self, choice: object) -> None:
        if choice != IMPORT_CHOICE:
            media = self._context.controller.webinar.media
            self.edited.emit(self._segment_id, media[str(choice)] if choice is not None else None)
            return
        self._field.set_value(self._sha256)
        file_dialogs = self._context.file_dialogs
        path = file_dialogs.choose_picture(self) if self._kind == "image" else file_dialogs.choose_sound(self)
        if path is not None:
            segment_id = self._segment_id
            self._context.media_service.import_files((path,), lambda media: self.edited.emit(segment_id, media[0]))


def make_media_change(field: str, media: Media | None) -> SegmentChange:
    """Return the change that sets a field of a segment to a file's hash, and adds the file to the webinar.

    The change does nothing where the field has that hash already.

    Args:
        field: the name of the segment's field.
        media: the file; None clears the field.
    """

    def change(segment: AnySegment) -> AnyOperation | None:
        new = msgspec.structs.replace(segment, **{field: media.sha256 if media is not None else None})
        return ChangeSegment(segment=new, media=(media,) if media is not None else ()) if new != segment else None

    return change
