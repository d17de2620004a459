"""The time fields of a segment: start, playing time, freeze frame, in-point and out-point."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from editor.schedule.model import MAX_WEBINAR_MS, MIN_SEGMENT_MS, AnySegment, Timed, Webinar
from ui.inspector.input_widgets import LabelledField
from ui.style import theme
from ui.text.formatter import Formatter
from ui.widgets import basics
from ui.widgets.time_edit import TimeEdit

NAMES = ("start_ms", "play_ms", "hold_ms", "in_ms", "out_ms")


class TimingFields(QWidget):
    """The fields for the times of one segment of any kind; with `timed=False` only start and length.

    They edit nothing themselves: `lengths_requested` reports what the user changed.
    """

    lengths_requested = Signal(object)
    """Emitted with a dict of edited times in ms, by the names of `operations.Lengths` and `out_ms`."""

    def __init__(self, formatter: Formatter, *, timed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._timed = timed
        self._fields = {name: TimeEdit(self) for name in (NAMES if timed else NAMES[:2])}
        self._rows = {name: LabelledField(field, self) for name, field in self._fields.items()}
        self._end = basics.make_label("quiet")
        self._end.setFont(theme.to_tabular_figures(self._end.font()))
        self._end.setMinimumHeight(30)
        self._end_row = LabelledField(self._end, self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for number, (name, labelled) in enumerate(self._rows.items()):
            grid.addWidget(labelled, number // 3, number % 3)
            self._fields[name].edited.connect(lambda ms, name=name: self.lengths_requested.emit({name: ms}))
        grid.addWidget(self._end_row, *((1, 2) if timed else (0, 2)))
        for column in range(3):
            grid.setColumnStretch(column, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        names = {
            "start_ms": (self.tr("Start"), self.tr("Start, counted from the beginning of the webinar")),
            "play_ms": (
                self.tr("Plays") if self._timed else self.tr("Length"),
                self.tr("Playing time, without the freeze frame") if self._timed else self.tr("How long it is shown"),
            ),
            "hold_ms": (
                self.tr("Freeze frame"),
                self.tr(
                    "How long the last image stays on the screen afterwards, so that the host has time to take control"
                ),
            ),
            "in_ms": (self.tr("In"), self.tr("Where in the file it begins")),
            "out_ms": (self.tr("Out"), self.tr("Where in the file it ends")),
        }
        self._end_row.set_name(self.tr("Ends"))
        for name, row in self._rows.items():
            label, hint = names[name]
            row.set_name(label)
            self._fields[name].set_hint(hint)

    def show_segment(self, segment: AnySegment, webinar: Webinar) -> None:
        """Show the times of a segment, and limit the fields to what its media allows; no signal is emitted.

        Args:
            segment: the segment; with `timed=True` a video, a recording or audio.
            webinar: has the segment's media, whose duration limits the times.
        """
        values = {"start_ms": segment.start_ms, "play_ms": segment.length_ms}
        self._fields["start_ms"].set_bounds(0, MAX_WEBINAR_MS - MIN_SEGMENT_MS)
        if isinstance(segment, Timed):
            values |= {"play_ms": segment.play_ms, "hold_ms": segment.hold_ms}
            values |= {"in_ms": segment.in_ms, "out_ms": segment.out_ms}
            self._set_timed_bounds(segment, webinar)
        else:
            self._fields["play_ms"].set_bounds(MIN_SEGMENT_MS, MAX_WEBINAR_MS)
        for name, field in self._fields.items():
            field.set_value(values[name])
        self._end.setText(self._formatter.format_position(segment.end_ms))

    def _set_timed_bounds(self, segment: Timed, webinar: Webinar) -> None:
        media = webinar.media.get(segment.media)
        duration_ms = max(media.duration_ms if media is not None else 0, segment.out_ms)
        least_ms = max(0, MIN_SEGMENT_MS - segment.hold_ms)
        end = self.tr("The file ends at {time}.").format(time=self._formatter.format_position(duration_ms))
        short = self.tr("At least one second must be left.")
        fields = self._fields
        fields["play_ms"].set_bounds(least_ms, duration_ms - segment.in_ms, min_reason=short, max_reason=end)
        fields["hold_ms"].set_bounds(max(0, MIN_SEGMENT_MS - segment.play_ms), MAX_WEBINAR_MS, min_reason=short)
        fields["in_ms"].set_bounds(0, max(segment.out_ms - least_ms, 0), max_reason=short)
        fields["out_ms"].set_bounds(
            min(segment.in_ms + least_ms, duration_ms), duration_ms, min_reason=short, max_reason=end
        )
