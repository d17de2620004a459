"""What the forms of all kinds share: what they work with, how they show a segment, how they hand changes in."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.schedule.model import AnySegment, Webinar
from editor.schedule.operations import Lengths, SetLengths
from editor.settings import Settings
from ui.inspector.edit_queue import EditQueue, SegmentChange, make_field_change
from ui.services.media_service import MediaService
from ui.state.document_controller import DocumentController
from ui.text.formatter import Formatter
from ui.widgets.file_dialogs import FileDialogs


@dataclass(frozen=True)
class FormContext:
    """What every form works with."""

    controller: DocumentController
    media_service: MediaService
    formatter: Formatter
    settings: Settings
    edit_queue: EditQueue
    file_dialogs: FileDialogs


class SegmentForm(QWidget):
    """The fields of one kind of segment. A subclass lays them out once and fills them whenever the segment changed."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.segment_id = ""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    @property
    def webinar(self) -> Webinar:
        """The webinar as it is now."""
        return self.context.controller.webinar

    def show_segment(self, segment: AnySegment) -> None:
        """Show a segment of this form's kind."""
        self.segment_id = segment.id
        self.fill(segment)

    def fill(self, segment: AnySegment) -> None:
        """Put a segment's values into the fields."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        raise NotImplementedError

    def enqueue(self, change: SegmentChange) -> None:
        """Hand a change of the shown segment in."""
        self.context.edit_queue.enqueue(self.segment_id, change)

    def set_fields(self, **fields: object) -> None:
        """Give the shown segment's own fields these values."""
        self.enqueue(make_field_change(**fields))

    def set_lengths(self, **values: object) -> None:
        """Set the shown segment's start, in-point, lengths, in the mode of the timeline."""
        self.enqueue(
            lambda segment: SetLengths(lengths=(make_lengths(segment, values),), mode=self.context.settings["mode"])
        )


def make_lengths(segment: AnySegment, values: dict[str, object]) -> Lengths:
    """The numbers for one segment; an `out_ms` becomes the part that is played up to it."""
    fields = dict(values)
    out_ms = fields.pop("out_ms", None)
    if "in_ms" in fields and out_ms is None:
        out_ms = getattr(segment, "out_ms", None)
    if isinstance(out_ms, int):
        in_ms = fields.get("in_ms", getattr(segment, "in_ms", 0))
        assert isinstance(in_ms, int)
        fields["play_ms"] = out_ms - in_ms
    return Lengths(segment=segment.id, **fields)  # type: ignore[arg-type]
