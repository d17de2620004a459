"""The rows of the length pop-up: for each segment the lengths that its kind has."""

from collections.abc import Sequence
from typing import assert_never

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from editor.schedule.kinds import LengthSegment, kind_of, lane_of
from editor.schedule.model import MAX_WEBINAR_MS, MIN_SEGMENT_MS, AnySegment, Audio, Page, Presentation, Timed, Webinar
from editor.schedule.operations import Lengths
from editor.schedule.segment_titles import get_segment_title
from ui.inspector.input_widgets import LabelledField
from ui.inspector.slide_pages import PagesEditor
from ui.services.media_service import MediaService
from ui.style import theme
from ui.text.formatter import Formatter
from ui.text.plain_text import to_tooltip
from ui.widgets import basics
from ui.widgets.kind_badge import make_kind_badge
from ui.widgets.time_edit import TimeEdit


class LengthRow(QWidget):
    """The row of one segment in the length pop-up: icon, title, and a field for each of its lengths.

    A subclass adds the fields of its kind. A row edits nothing itself: the pop-up applies what `read_lengths` returns.

    Args:
        segment: the segment of the row.
        webinar: has the segment's media.
        formatter: words times and errors in the language of the window.
        start: whether there is a field for the start.
        parent: Qt's owner.
    """

    edited = Signal()
    accepted = Signal()

    def __init__(
        self, segment: AnySegment, webinar: Webinar, formatter: Formatter, *, start: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.segment = segment
        self._formatter = formatter
        self._fields: dict[str, TimeEdit] = {}
        self._total_label = basics.make_label("quiet")
        self._total_label.setFont(theme.to_tabular_figures(self._total_label.font()))
        icon = basics.make_label()
        kind = kind_of(segment)
        icon.setPixmap(make_kind_badge(theme.KIND_ICONS[kind], theme.KIND_COLOURS[kind], self.devicePixelRatioF()))
        title = basics.make_label("strong")
        name = get_segment_title(segment, webinar.media)
        title.setText(title.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, 260))
        title.setToolTip(to_tooltip(name))
        title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._header = head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon)
        head.addWidget(title, 1)
        head.addWidget(self._total_label)
        self._fields_row = QHBoxLayout()
        self._fields_row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._fields_row)
        if start:
            self._add_field("start_ms", self.tr("Start"), segment.start_ms, 0, MAX_WEBINAR_MS - MIN_SEGMENT_MS)
        self._add_fields(segment, webinar)
        self._fields_row.addStretch(1)
        self._show_total()

    @property
    def fields(self) -> Sequence[TimeEdit]:
        """The fields for times, in tab order."""
        return tuple(self._fields.values())

    @property
    def is_valid(self) -> bool:
        """Whether every field of the row holds a time within its bounds, so that the lengths can be applied."""
        return all(field.entered_ms is not None for field in self.fields)

    def read_lengths(self) -> Lengths | None:
        """Return the typed lengths as the argument of a `SetLengths`; None if they are those of the segment.

        An invalid field counts as unchanged.
        """
        raise NotImplementedError

    def _add_fields(self, segment: AnySegment, webinar: Webinar) -> None:
        raise NotImplementedError

    def _add_field(self, name: str, label: str, value: int, min_ms: int, max_ms: int, **reasons: str) -> TimeEdit:
        field = TimeEdit(self)
        field.set_bounds(min_ms, max_ms, **reasons)
        field.set_value(value)
        row = LabelledField(field)
        row.set_name(label)
        self._fields_row.addWidget(row)
        self._fields[name] = field
        field.edited.connect(self._on_edited)
        field.accepted.connect(self.accepted)
        return field

    def _on_edited(self, _ms: int) -> None:
        self._show_total()
        self.edited.emit()

    def _show_total(self) -> None:
        """Show the total length."""
        lengths = self.read_lengths()
        self._total_label.setText(self._formatter.format_duration(compute_length(self.segment, lengths)))

    def _read_field(self, name: str, default: int) -> int:
        field = self._fields.get(name)
        value = field.entered_ms if field is not None else None
        return default if value is None else value

    def _read_start(self) -> int | None:
        start_ms = self._read_field("start_ms", self.segment.start_ms)
        return start_ms if start_ms != self.segment.start_ms else None


class PlainLengthRow(LengthRow):
    """The row of an image, a call to action or a survey in the length pop-up: its length."""

    def _add_fields(self, segment: AnySegment, webinar: Webinar) -> None:
        del webinar
        field = self._add_field("play_ms", self.tr("Length"), segment.length_ms, MIN_SEGMENT_MS, MAX_WEBINAR_MS)
        if len(self._fields) == 1:
            # A single field goes beside the title, so that a row has one line.
            self._total_label.hide()
            row = field.parentWidget()
            self._header.addWidget(basics.make_label("quiet", self.tr("length")))
            self._header.addWidget(field)
            assert row is not None
            row.hide()

    def read_lengths(self) -> Lengths | None:
        """Return the typed length, and the start if it has a field; None if nothing differs from the segment."""
        length_ms = self._read_field("play_ms", self.segment.length_ms)
        start_ms = self._read_start()
        if length_ms == self.segment.length_ms and start_ms is None:
            return None
        return Lengths(segment=self.segment.id, start_ms=start_ms, play_ms=length_ms)


class AudioVideoLengthRow(LengthRow):
    """The row of a video, a recording or audio in the length pop-up: in-point, out-point, freeze frame.

    Audio has a field for the freeze frame only if it has one.
    """

    def _add_fields(self, segment: AnySegment, webinar: Webinar) -> None:
        assert isinstance(segment, Timed)
        media = webinar.media.get(segment.media)
        duration = max(media.duration_ms if media is not None else 0, segment.out_ms)
        end = self.tr("The file ends at {time}.").format(time=self._formatter.format_position(duration))
        self._add_field("in_ms", self.tr("Plays from"), segment.in_ms, 0, duration, max_reason=end)
        self._add_field("out_ms", self.tr("to"), segment.out_ms, 0, duration, max_reason=end)
        if not isinstance(segment, Audio) or segment.hold_ms:
            self._add_field("hold_ms", self.tr("Freeze frame"), segment.hold_ms, 0, MAX_WEBINAR_MS)

    @property
    def is_valid(self) -> bool:
        """Whether every field is valid, the points are in order, and at least a second is left."""
        return (
            super().is_valid and self._read_points()[0] <= self._read_points()[1] and self._total_ms() >= MIN_SEGMENT_MS
        )

    def _read_points(self) -> tuple[int, int, int]:
        segment = self.segment
        assert isinstance(segment, Timed)
        return (
            self._read_field("in_ms", segment.in_ms),
            self._read_field("out_ms", segment.out_ms),
            self._read_field("hold_ms", segment.hold_ms),
        )

    def _total_ms(self) -> int:
        in_ms, out_ms, hold_ms = self._read_points()
        return out_ms - in_ms + hold_ms

    def _show_total(self) -> None:
        in_ms, out_ms, hold_ms = self._read_points()
        if out_ms < in_ms or out_ms - in_ms + hold_ms < MIN_SEGMENT_MS:
            self._total_label.setText(self.tr("at least one second must be left"))
        elif hold_ms:
            self._total_label.setText(
                self.tr("{plays} + {hold} freeze frame").format(
                    plays=self._formatter.format_duration(out_ms - in_ms), hold=self._formatter.format_duration(hold_ms)
                )
            )
        else:
            self._total_label.setText(self._formatter.format_duration(out_ms - in_ms))

    def read_lengths(self) -> Lengths | None:
        """Return the typed points and freeze frame, and the start if it has a field; None if nothing differs."""
        segment = self.segment
        assert isinstance(segment, Timed)
        in_ms, out_ms, hold_ms = self._read_points()
        start_ms = self._read_start()
        if (in_ms, out_ms, hold_ms) == (segment.in_ms, segment.out_ms, segment.hold_ms) and start_ms is None:
            return None
        return Lengths(
            segment=segment.id, start_ms=start_ms, in_ms=in_ms, play_ms=max(out_ms - in_ms, 0), hold_ms=hold_ms
        )


class PresentationLengthRow(LengthRow):
    """The row of a presentation in the length pop-up: time per page, total time, and the list of pages on request.

    Args:
        segment: the segment of the row.
        webinar: has the segment's media.
        formatter: words times and errors in the language of the window.
        media_service: pictures of pages.
        start: whether there is a field for the start.
        parent: Qt's owner.
    """

    def __init__(
        self,
        segment: Presentation,
        webinar: Webinar,
        formatter: Formatter,
        media_service: MediaService,
        *,
        start: bool,
        parent: QWidget | None = None,
    ) -> None:
        self._track = segment.pages
        super().__init__(segment, webinar, formatter, start=start, parent=parent)
        self._editor = PagesEditor(media_service, list_only=True)
        self._editor.hide()
        self._open_button = basics.make_button("link")
        self._open_button.setText(self.tr("Set each page…"))
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._open_button)
        layout.addWidget(self._editor)
        layout.setAlignment(self._open_button, Qt.AlignmentFlag.AlignLeft)
        self._open_button.clicked.connect(self._on_open)
        self._editor.pages_edited.connect(self._on_pages)
        self._fields["each"].edited.connect(lambda ms: self._on_pages(share_evenly(self._track, ms * len(self._track))))
        self._fields["all"].edited.connect(lambda ms: self._on_pages(share_evenly(self._track, ms)))

    def _add_fields(self, segment: AnySegment, webinar: Webinar) -> None:
        del webinar
        assert isinstance(segment, Presentation)
        count = len(segment.pages)
        self._add_field("each", self.tr("Each page"), segment.pages[0].length_ms, 1, MAX_WEBINAR_MS // count)
        self._add_field(
            "all", self.tr("All %n page(s)", "", count), segment.track_ms, max(count, MIN_SEGMENT_MS), MAX_WEBINAR_MS
        )

    def _on_open(self) -> None:
        self._open_button.hide()
        self._editor.show()
        self._show_track()
        self.edited.emit()

    def _on_pages(self, pages: tuple[Page, ...]) -> None:
        self._track = pages
        self._show_track()
        self._show_total()
        self.edited.emit()

    def _show_track(self) -> None:
        total = sum(page.length_ms for page in self._track)
        self._fields["all"].set_value(total)
        self._fields["each"].set_value(total // len(self._track))
        assert isinstance(self.segment, Presentation)
        self._editor.show_pages(self.segment.media, self._track, (0, total))

    def read_lengths(self) -> Lengths | None:
        """Return the typed times of the pages, and the start if it has a field; None if nothing differs."""
        assert isinstance(self.segment, Presentation)
        pages = self._read_track()
        start_ms = self._read_start()
        if pages == self.segment.pages and start_ms is None:
            return None
        return Lengths(segment=self.segment.id, start_ms=start_ms, pages=pages if pages != self.segment.pages else None)

    def _read_track(self) -> tuple[Page, ...]:
        """Return the pages, including a time in a field that still has the focus."""
        each_field, total_field = self._fields["each"], self._fields["all"]
        if total_field.entered_ms is not None and total_field.entered_ms != total_field.value_ms:
            return share_evenly(self._track, total_field.entered_ms)
        if each_field.entered_ms is not None and each_field.entered_ms != each_field.value_ms:
            return share_evenly(self._track, each_field.entered_ms * len(self._track))
        return self._track


def make_row(
    segment: AnySegment, webinar: Webinar, formatter: Formatter, media_service: MediaService, *, start: bool = False
) -> LengthRow:
    """Return the row for a segment of any kind, to be shown in the length pop-up.

    Args:
        segment: the segment.
        webinar: its media.
        formatter: durations in the user's language.
        media_service: pictures of pages.
        start: whether the row has a field for the start.
    """
    if isinstance(segment, Presentation):
        return PresentationLengthRow(segment, webinar, formatter, media_service, start=start)
    if isinstance(segment, Timed):
        return AudioVideoLengthRow(segment, webinar, formatter, start=start)
    if isinstance(segment, LengthSegment):
        return PlainLengthRow(segment, webinar, formatter, start=start)
    assert_never(segment)


def compute_length(segment: AnySegment, lengths: Lengths | None) -> int:
    """Return the length in ms that a segment would have with these lengths; None leaves it as it is.

    For a presentation only the pages count; for other kinds `play_ms` and `hold_ms`.
    """
    if lengths is None:
        return segment.length_ms
    if isinstance(segment, Presentation):
        pages = segment.pages if lengths.pages is None else lengths.pages
        return segment.length_ms + sum(page.length_ms for page in pages) - segment.track_ms
    plays = segment.play_ms if isinstance(segment, Timed) else segment.length_ms
    hold = segment.hold_ms if isinstance(segment, Timed) else 0
    return (plays if lengths.play_ms is None else lengths.play_ms) + (
        hold if lengths.hold_ms is None else lengths.hold_ms
    )


def keep_contiguous(rows: Sequence[tuple[AnySegment, Lengths | None]]) -> tuple[Lengths, ...]:
    """Return the lengths of several segments, moved so that those that were contiguous still are.

    Each lane is taken by itself. A segment that began at the end of the one before it, of those given, begins there
    again; segments that neither move nor change are left out.

    Args:
        rows: the segments in order of their start, each with its typed lengths or None.
    """
    result: list[Lengths] = []
    ends: dict[str, tuple[int, int]] = {}
    """By lane: the old and the new end of the previous segment."""
    for segment, requested in rows:
        lengths = requested
        lane = lane_of(segment)
        old_end, new_end = ends.get(lane, (-1, -1))
        start = segment.start_ms if lengths is None or lengths.start_ms is None else lengths.start_ms
        if segment.start_ms == old_end and new_end != old_end:
            start = new_end
        if start != segment.start_ms:
            lengths = msgspec.structs.replace(lengths or Lengths(segment=segment.id), start_ms=start)
        if lengths is not None:
            result.append(lengths)
        ends[lane] = (segment.end_ms, start + compute_length(segment, lengths))
    return tuple(result)


def share_evenly(pages: tuple[Page, ...], total_ms: int) -> tuple[Page, ...]:
    """Return the pages with a total time in ms divided evenly; the first ones get the remaining milliseconds.

    A page gets at least 1 ms. There must be at least one page.
    """
    share, remainder = divmod(total_ms, len(pages))
    return tuple(
        msgspec.structs.replace(page, length_ms=max(share + (1 if number < remainder else 0), 1))
        for number, page in enumerate(pages)
    )
