"""The base of all forms of the inspector: their context, showing a segment, and submitting changes."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.schedule.kinds import SoundSegment
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
    """The services and settings that every form of one inspector shares; made by `Inspector`, immutable."""

    controller: DocumentController
    media_service: MediaService
    formatter: Formatter
    settings: Settings
    edit_queue: EditQueue
    file_dialogs: FileDialogs


class SegmentForm(QWidget):
    """The base of the inspector's forms, each with the fields of one kind of segment.

    A subclass lays them out once in `column`, and implements `fill` and `retranslate`. Edits are submitted through
    `enqueue`, `set_fields` or `set_lengths`, and come back to the fields by `show_segment`.
    """

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.segment_id = ""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    @property
    def webinar(self) -> Webinar:
        """The webinar after its last edit, of which the form shows one segment; immutable."""
        return self.context.controller.webinar

    def show_segment(self, segment: AnySegment) -> None:
        """Show a segment, which must be of this form's kind; edits from now on change this segment."""
        self.segment_id = segment.id
        self.fill(segment)

    def fill(self, segment: AnySegment) -> None:
        """Put the values of a segment into the fields; implemented by each form, called by `show_segment`."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Implemented by each form, called by the inspector.
        """
        raise NotImplementedError

    def enqueue(self, change: SegmentChange) -> None:
        """Submit a change of the shown segment as one undo step, and return.

        It is carried out after those submitted before.
        """
        self.context.edit_queue.enqueue(self.segment_id, change)

    def set_fields(self, **fields: object) -> None:
        """Submit new values for fields of the shown segment as one undo step, and return; equal values change nothing.

        Args:
            **fields: the values by the names of the segment's fields.
        """
        self.enqueue(make_field_change(**fields))

    def set_lengths(self, **values: object) -> None:
        """Submit new times of the shown segment, and return; they are set in the placement mode of the timeline.

        Args:
            **values: milliseconds by the names of the fields of `Lengths`, or `out_ms`, the out-point.
        """
        self.enqueue(
            lambda segment: SetLengths(lengths=(make_lengths(segment, values),), mode=self.context.settings["mode"])
        )


def make_lengths(segment: AnySegment, values: dict[str, object]) -> Lengths:
    """Return the `Lengths` for new values of a segment.

    Args:
        segment: the segment in its current state.
        values: milliseconds by the names of the fields of `Lengths`; `out_ms` (the out-point) is converted to a
            `play_ms`, and a new `in_ms` keeps the out-point where it is.
    """
    fields = dict(values)
    out_ms = fields.pop("out_ms", None)
    if "in_ms" in fields and out_ms is None:
        out_ms = segment.out_ms if isinstance(segment, SoundSegment) else None
    if isinstance(out_ms, int):
        in_ms = fields.get("in_ms", segment.in_ms if isinstance(segment, SoundSegment) else 0)
        assert isinstance(in_ms, int)
        fields["play_ms"] = out_ms - in_ms
    return Lengths(segment=segment.id, **fields)  # type: ignore[arg-type]
