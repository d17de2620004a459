"""The lines of the length pop-up: for each segment the lengths that its kind has."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from editor.schedule.model import (
    LEAST_MS,
    LONGEST_MS,
    AnySegment,
    Audio,
    Page,
    Presentation,
    Timed,
    Webinar,
    kind_of,
    lane_of,
)
from editor.schedule.names import name_of
from editor.schedule.operations import Lengths
from ui import parts, theme
from ui.inspector.chip import chip
from ui.inspector.fields import Labelled
from ui.inspector.pages import PagesEditor
from ui.media_desk import MediaDesk
from ui.time_edit import TimeEdit
from ui.words import Words


class LengthRow(QWidget):
    """One segment: its sign and title, and the fields of its lengths."""

    edited = Signal()
    entered = Signal()

    def __init__(
        self, segment: AnySegment, webinar: Webinar, words: Words, *, start: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.segment = segment
        self._words = words
        self._fields: dict[str, TimeEdit] = {}
        self._sum = parts.label("quiet")
        self._sum.setFont(theme.tabular(self._sum.font()))
        icon = parts.label()
        kind = kind_of(segment)
        icon.setPixmap(chip(theme.KIND_ICONS[kind], theme.KIND_COLOURS[kind], self.devicePixelRatioF()))
        title = parts.label("strong")
        name = name_of(segment, webinar.media)
        title.setText(title.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, 260))
        title.setToolTip(name)
        title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._head = head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon)
        head.addWidget(title, 1)
        head.addWidget(self._sum)
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._line)
        if start:
            self._add("start_ms", self.tr("Start"), segment.start_ms, 0, LONGEST_MS - LEAST_MS)
        self._add_fields(segment, webinar)
        self._line.addStretch(1)
        self._tell()

    @property
    def fields(self) -> Sequence[TimeEdit]:
        """The fields, in the order in which one goes through them."""
        return tuple(self._fields.values())

    @property
    def good(self) -> bool:
        """Whether every field holds a time that it can have."""
        return all(field.written_ms is not None for field in self.fields)

    def wanted(self) -> Lengths | None:
        """The lengths that are written there; None where they are what the segment has."""
        raise NotImplementedError

    def _add_fields(self, segment: AnySegment, webinar: Webinar) -> None:
        raise NotImplementedError

    def _add(self, name: str, label: str, value: int, least: int, most: int, **reasons: str) -> TimeEdit:
        field = TimeEdit(self)
        field.set_bounds(least, most, **reasons)
        field.set_value(value)
        row = Labelled(field)
        row.say(label)
        self._line.addWidget(row)
        self._fields[name] = field
        field.edited.connect(self._on_edited)
        field.entered.connect(self.entered)
        return field

    def _on_edited(self, _ms: int) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        """Say what the lengths come to."""
        wanted = self.wanted()
        self._sum.setText(self._words.duration(length_after(self.segment, wanted)))

    def _value(self, name: str, otherwise: int) -> int:
        field = self._fields.get(name)
        written = field.written_ms if field is not None else None
        return otherwise if written is None else written

    def _changed_start(self) -> int | None:
        start_ms = self._value("start_ms", self.segment.start_ms)
        return start_ms if start_ms != self.segment.start_ms else None


class PlainRow(LengthRow):
    """An image, a call to action, a survey: a length."""

    def _add_fields(self, segment: AnySegment, webinar: Webinar) -> None:
        del webinar
        field = self._add("play_ms", self.tr("Lasts"), segment.length_ms, LEAST_MS, LONGEST_MS)
        if len(self._fields) == 1:
            # A single field goes beside the title, so that ten images are not twice as high as they need be.
            self._sum.hide()
            row = field.parentWidget()
            self._head.addWidget(parts.label("quiet", self.tr("lasts")))
            self._head.addWidget(field)
            assert row is not None
            row.hide()

    def wanted(self) -> Lengths | None:
        """The length, and the start where that is asked too."""
        length_ms = self._value("play_ms", self.segment.length_ms)
        start_ms = self._changed_start()
        if length_ms == self.segment.length_ms and start_ms is None:
            return None
        return Lengths(segment=self.segment.id, start_ms=start_ms, play_ms=length_ms)


class TimedRow(LengthRow):
    """A video, a recording, a sound: the part that plays, and the hold."""

    def _add_fields(self, segment: AnySegment, webinar: Webinar) -> None:
        assert isinstance(segment, Timed)
        known = webinar.media.get(segment.media)
        duration = max(known.duration_ms if known is not None else 0, segment.out_ms)
        end = self.tr("The file ends at {time}.").format(time=self._words.position(duration))
        self._add("in_ms", self.tr("Plays from"), segment.in_ms, 0, duration, most_reason=end)
        self._add("out_ms", self.tr("to"), segment.out_ms, 0, duration, most_reason=end)
        if not isinstance(segment, Audio) or segment.hold_ms:
            self._add("hold_ms", self.tr("then holds"), segment.hold_ms, 0, LONGEST_MS)

    @property
    def good(self) -> bool:
        """Whether the points are in order, too, and a second is left."""
        return super().good and self._points()[0] <= self._points()[1] and self._length() >= LEAST_MS

    def _points(self) -> tuple[int, int, int]:
        segment = self.segment
        assert isinstance(segment, Timed)
        return (
            self._value("in_ms", segment.in_ms),
            self._value("out_ms", segment.out_ms),
            self._value("hold_ms", segment.hold_ms),
        )

    def _length(self) -> int:
        in_ms, out_ms, hold_ms = self._points()
        return out_ms - in_ms + hold_ms

    def _tell(self) -> None:
        in_ms, out_ms, hold_ms = self._points()
        if out_ms < in_ms or out_ms - in_ms + hold_ms < LEAST_MS:
            self._sum.setText(self.tr("at least one second must be left"))
        elif hold_ms:
            self._sum.setText(
                self.tr("{plays} + {hold} hold").format(
                    plays=self._words.duration(out_ms - in_ms), hold=self._words.duration(hold_ms)
                )
            )
        else:
            self._sum.setText(self._words.duration(out_ms - in_ms))

    def wanted(self) -> Lengths | None:
        """The points and the hold, and the start where that is asked too."""
        segment = self.segment
        assert isinstance(segment, Timed)
        in_ms, out_ms, hold_ms = self._points()
        start_ms = self._changed_start()
        if (in_ms, out_ms, hold_ms) == (segment.in_ms, segment.out_ms, segment.hold_ms) and start_ms is None:
            return None
        return Lengths(
            segment=segment.id, start_ms=start_ms, in_ms=in_ms, play_ms=max(out_ms - in_ms, 0), hold_ms=hold_ms
        )


class SlidesRow(LengthRow):
    """A presentation: a time for each page, or one for all of them together; each by itself on request."""

    def __init__(
        self,
        segment: Presentation,
        webinar: Webinar,
        words: Words,
        desk: MediaDesk,
        *,
        start: bool,
        parent: QWidget | None = None,
    ) -> None:
        self._track = segment.pages
        super().__init__(segment, webinar, words, start=start, parent=parent)
        self._editor = PagesEditor(desk, bare=True)
        self._editor.hide()
        self._open = parts.button("link")
        self._open.setText(self.tr("Each page by itself…"))
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._open)
        layout.addWidget(self._editor)
        layout.setAlignment(self._open, Qt.AlignmentFlag.AlignLeft)
        self._open.clicked.connect(self._on_open)
        self._editor.pages_edited.connect(self._on_pages)
        self._fields["each"].edited.connect(lambda ms: self._on_pages(evenly(self._track, ms * len(self._track))))
        self._fields["all"].edited.connect(lambda ms: self._on_pages(evenly(self._track, ms)))

    def _add_fields(self, segment: AnySegment, webinar: Webinar) -> None:
        del webinar
        assert isinstance(segment, Presentation)
        count = len(segment.pages)
        self._add("each", self.tr("Each page"), segment.pages[0].length_ms, 1, LONGEST_MS // count)
        self._add("all", self.tr("All %n page(s)", "", count), segment.track_ms, max(count, LEAST_MS), LONGEST_MS)

    def _on_open(self) -> None:
        self._open.hide()
        self._editor.show()
        self._show_track()
        self.edited.emit()

    def _on_pages(self, pages: tuple[Page, ...]) -> None:
        self._track = pages
        self._show_track()
        self._tell()
        self.edited.emit()

    def _show_track(self) -> None:
        total = sum(page.length_ms for page in self._track)
        self._fields["all"].set_value(total)
        self._fields["each"].set_value(total // len(self._track))
        assert isinstance(self.segment, Presentation)
        self._editor.show_pages(self.segment.media, self._track, (0, total))

    def wanted(self) -> Lengths | None:
        """The pages' times, and the start where that is asked too."""
        assert isinstance(self.segment, Presentation)
        pages = self._written_track()
        start_ms = self._changed_start()
        if pages == self.segment.pages and start_ms is None:
            return None
        return Lengths(segment=self.segment.id, start_ms=start_ms, pages=pages if pages != self.segment.pages else None)

    def _written_track(self) -> tuple[Page, ...]:
        """The track, with what stands in a field that nobody has left yet."""
        each, whole = self._fields["each"], self._fields["all"]
        if whole.written_ms is not None and whole.written_ms != whole.value_ms:
            return evenly(self._track, whole.written_ms)
        if each.written_ms is not None and each.written_ms != each.value_ms:
            return evenly(self._track, each.written_ms * len(self._track))
        return self._track


def row_for(segment: AnySegment, webinar: Webinar, words: Words, desk: MediaDesk, *, start: bool = False) -> LengthRow:
    """The line for a segment of any kind; with `start` it asks for the start, too."""
    if isinstance(segment, Presentation):
        return SlidesRow(segment, webinar, words, desk, start=start)
    if isinstance(segment, Timed):
        return TimedRow(segment, webinar, words, start=start)
    return PlainRow(segment, webinar, words, start=start)


def length_after(segment: AnySegment, wanted: Lengths | None) -> int:
    """How long a segment lasts with these lengths."""
    if wanted is None:
        return segment.length_ms
    if isinstance(segment, Presentation):
        pages = segment.pages if wanted.pages is None else wanted.pages
        return segment.length_ms + sum(page.length_ms for page in pages) - segment.track_ms
    plays = segment.play_ms if isinstance(segment, Timed) else segment.length_ms
    hold = segment.hold_ms if isinstance(segment, Timed) else 0
    return (plays if wanted.play_ms is None else wanted.play_ms) + (hold if wanted.hold_ms is None else wanted.hold_ms)


def one_after_another(rows: Sequence[tuple[AnySegment, Lengths | None]]) -> tuple[Lengths, ...]:
    """The lengths of several segments, where those that lay end to end still do so.

    Args:
        rows: the segments in order of their start, each with the lengths it is to get, or None.
    """
    told: list[Lengths] = []
    ends: dict[str, tuple[int, int]] = {}
    """By lane: where the segment before ended, and where it will."""
    for segment, asked in rows:
        wanted = asked
        lane = lane_of(segment)
        old_end, new_end = ends.get(lane, (-1, -1))
        start = segment.start_ms if wanted is None or wanted.start_ms is None else wanted.start_ms
        if segment.start_ms == old_end and new_end != old_end:
            start = new_end
        if start != segment.start_ms:
            wanted = msgspec.structs.replace(wanted or Lengths(segment=segment.id), start_ms=start)
        if wanted is not None:
            told.append(wanted)
        ends[lane] = (segment.end_ms, start + length_after(segment, wanted))
    return tuple(told)


def evenly(pages: tuple[Page, ...], total_ms: int) -> tuple[Page, ...]:
    """The pages with a total shared out, the first ones a millisecond longer where it does not go up."""
    share, left = divmod(total_ms, len(pages))
    return tuple(
        msgspec.structs.replace(page, length_ms=max(share + (1 if number < left else 0), 1))
        for number, page in enumerate(pages)
    )
