"""The trim editor of the bin: a strip with in-point and out-point, both as numbers, and the resulting length."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from editor.schedule.model import MIN_SEGMENT_MS, Media
from ui.media_bin.source_marks import SourceMarks
from ui.media_bin.trim_strip import TrimStrip
from ui.services.media_service import MediaService
from ui.style import theme
from ui.text.formatter import Formatter
from ui.widgets import basics
from ui.widgets.time_edit import TimeEdit


class TrimEditor(QWidget):
    """The widget to edit the marked range of the selected media.

    It sets the mark in `SourceMarks`, never the webinar.

    Args:
        media_service: the library's media.
        marks: the marked ranges of media.
        formatter: words times and errors in the language of the window.
        parent: Qt's owner.
    """

    def __init__(
        self, media_service: MediaService, marks: SourceMarks, formatter: Formatter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._marks = marks
        self._formatter = formatter
        self._media: Media | None = None
        self._strip = TrimStrip(media_service, self)
        self._in = TimeEdit(self)
        self._out = TimeEdit(self)
        self._in_label = basics.make_label("quiet")
        self._out_label = basics.make_label("quiet")
        self._range_label = basics.make_label("quiet")
        self._range_label.setFont(theme.to_tabular_figures(self._range_label.font()))
        self._whole_button = QToolButton(self)
        self._whole_button.setAutoRaise(True)
        fields = QGridLayout()
        fields.setHorizontalSpacing(8)
        fields.setVerticalSpacing(2)
        for column, (label, field) in enumerate(((self._in_label, self._in), (self._out_label, self._out))):
            label.setBuddy(field)
            fields.addWidget(label, 0, column)
            fields.addWidget(field, 1, column)
        footer = QHBoxLayout()
        footer.addWidget(self._range_label, 1)
        footer.addWidget(self._whole_button)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(8, 8, 8, 8)
        column_layout.setSpacing(6)
        column_layout.addWidget(self._strip)
        column_layout.addLayout(fields)
        column_layout.addLayout(footer)
        self._strip.moved.connect(self._show_range)
        self._strip.settled.connect(self._store_range)
        self._in.edited.connect(lambda ms: self._store_range(ms, self._out.value_ms))
        self._out.edited.connect(lambda ms: self._store_range(self._in.value_ms, ms))
        self._whole_button.clicked.connect(self._store_whole)
        formatter.language_changed.connect(self.retranslate)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        self._in_label.setText(self.tr("In"))
        self._out_label.setText(self.tr("Out"))
        self._whole_button.setText(self.tr("Use whole media"))
        self._whole_button.setToolTip(self.tr("Clear the in and out points"))
        if self._media is not None:
            self._show_range(*self._marks.get_range(self._media))

    def show_media(self, media: Media | None) -> None:
        """Show the marked range of a media; hide the editor for None and for media shorter than `MIN_SEGMENT_MS`."""
        self._media = media if media is not None and media.duration_ms >= MIN_SEGMENT_MS else None
        self.setVisible(self._media is not None)
        if self._media is not None:
            in_ms, out_ms = self._marks.get_range(self._media)
            self._strip.show_media(self._media, in_ms, out_ms)
            self._show_range(in_ms, out_ms)

    def _show_range(self, in_ms: int, out_ms: int) -> None:
        if self._media is None:
            return
        duration_ms = self._media.duration_ms
        too_short = self.tr("At least one second must remain between in and out.")
        self._in.set_bounds(0, max(out_ms - MIN_SEGMENT_MS, 0), max_reason=too_short)
        end = self.tr("The media ends at {time}.").format(time=self._formatter.format_position(duration_ms))
        self._out.set_bounds(
            min(in_ms + MIN_SEGMENT_MS, duration_ms), duration_ms, min_reason=too_short, max_reason=end
        )
        self._in.set_value(in_ms)
        self._out.set_value(out_ms)
        whole = (in_ms, out_ms) == (0, duration_ms)
        plays = self._formatter.format_duration(out_ms - in_ms)
        if whole:
            self._range_label.setText(self.tr("whole media, {length}").format(length=plays))
        else:
            of = self._formatter.format_duration(duration_ms)
            self._range_label.setText(self.tr("{part} of {length}").format(part=plays, length=of))
        self._whole_button.setEnabled(not whole)

    def _store_range(self, in_ms: int, out_ms: int) -> None:
        if self._media is not None:
            self._marks.set_range(self._media, in_ms, out_ms)
            self.show_media(self._media)

    def _store_whole(self) -> None:
        if self._media is not None:
            self._store_range(0, self._media.duration_ms)
