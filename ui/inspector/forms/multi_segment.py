"""The form of several segments: an overview and their common fields. An edit changes all, as one undo step."""

from collections.abc import Sequence
from typing import get_args

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from editor.schedule.kinds import LengthSegment, SoundSegment
from editor.schedule.model import (
    MAX_WEBINAR_MS,
    MIN_SEGMENT_MS,
    AnySegment,
    Timed,
)
from editor.schedule.operations import AnyOperation, Lengths, SetLengths
from ui.inspector.base_form import FormContext
from ui.inspector.edit_queue import make_field_change
from ui.inspector.input_widgets import LabelledField, VolumeField
from ui.widgets import basics
from ui.widgets.time_edit import TimeEdit


class MultiSegmentForm(QWidget):
    """The inspector's form for several selected segments.

    An edit changes all of them that have the field, in one undo step.
    """

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._segments: tuple[AnySegment, ...] = ()
        self._summary_label = basics.make_label(wrap=True)
        self._span_label = basics.make_label("quiet", wrap=True)
        self._length = TimeEdit(min_ms=MIN_SEGMENT_MS, max_ms=MAX_WEBINAR_MS)
        self._length_row = LabelledField(self._length)
        self._hold = TimeEdit()
        self._hold_row = LabelledField(self._hold)
        self._volume = VolumeField()
        self._volume_row = LabelledField(self._volume)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.addWidget(self._length_row, 0, 0)
        grid.addWidget(self._hold_row, 0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._summary_label)
        column.addWidget(self._span_label)
        column.addLayout(grid)
        column.addWidget(self._volume_row)
        self._length.edited.connect(lambda ms: self._set_lengths(("play_ms", ms), get_args(LengthSegment)))
        self._hold.edited.connect(lambda ms: self._set_lengths(("hold_ms", ms), (Timed,)))
        self._volume.edited.connect(lambda volume: self._set_fields(volume=volume))
        self._volume.muted_edited.connect(lambda muted: self._set_fields(muted=muted))
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self._length_row.set_name(self.tr("Length"))
        self._length.set_hint(self.tr("For the selected images, calls to action and surveys"))
        self._hold_row.set_name(self.tr("Freeze frame"))
        self._hold.set_hint(self.tr("For the selected videos, recordings and audio"))
        self._volume_row.set_name(self.tr("Volume"))
        self._volume.set_names(volume=self.tr("Volume"), mute=self.tr("Mute"))
        if self._segments:
            self.show_segments(self._segments)

    def show_segments(self, segments: Sequence[AnySegment]) -> None:
        """Show the fields that at least one of several segments has (at least one segment must be given).

        Where lengths differ, the first is shown with a remark; a volume that differs is shown as a dash.
        """
        self._segments = tuple(segments)
        formatter = self._context.formatter
        self._summary_label.setText(formatter.format_kinds(segments))
        start = min(segment.start_ms for segment in segments)
        end = max(segment.end_ms for segment in segments)
        total = formatter.format_duration(sum(segment.length_ms for segment in segments))
        self._span_label.setText(
            self.tr("{start} to {end}, {total} in total").format(
                start=formatter.format_position(start, thousandths=False),
                end=formatter.format_position(end, thousandths=False),
                total=total,
            )
        )
        lengths = [each.length_ms for each in segments if isinstance(each, LengthSegment)]
        holds = [each.hold_ms for each in segments if isinstance(each, Timed)]
        self._show_values(self._length, self._length_row, lengths)
        self._show_values(self._hold, self._hold_row, holds)
        sounds = [each for each in segments if isinstance(each, SoundSegment)]
        self._volume_row.setVisible(bool(sounds))
        volumes = {each.volume for each in sounds}
        if sounds:
            self._volume.set_value(
                volumes.pop() if len(volumes) == 1 else None, muted=all(each.muted for each in sounds)
            )

    def _show_values(self, field: TimeEdit, row: LabelledField, values: list[int]) -> None:
        row.setVisible(bool(values))
        if values:
            field.set_value(values[0])
            row.set_remark("" if len(set(values)) == 1 else self.tr("different values"))

    def _set_fields(self, **fields: object) -> None:
        segment_ids = tuple(each.id for each in self._segments if isinstance(each, SoundSegment))
        self._context.edit_queue.enqueue_all(segment_ids, make_field_change(**fields))

    def _set_lengths(self, value: tuple[str, int], kinds: tuple[type, ...]) -> None:
        segment_ids = [each.id for each in self._segments if isinstance(each, kinds)]

        def change(_segment: AnySegment) -> AnyOperation:
            name, ms = value
            lengths = tuple(
                Lengths(segment=each, play_ms=ms) if name == "play_ms" else Lengths(segment=each, hold_ms=ms)
                for each in segment_ids
            )
            return SetLengths(lengths=lengths, mode=self._context.settings["mode"])

        if segment_ids:
            self._context.edit_queue.enqueue(segment_ids[0], change)
