"""The part of a media that will be placed: its strip, in and out by number, what that makes."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from editor.schedule.model import LEAST_MS, Media
from ui import parts, theme
from ui.media_bin.marks import Marks
from ui.media_bin.strip import TrimStrip
from ui.media_desk import MediaDesk
from ui.time_edit import TimeEdit
from ui.words import Words


class TrimEditor(QWidget):
    """In and out of the media chosen in the bin, kept in the marks; nothing of the webinar changes by it."""

    def __init__(self, desk: MediaDesk, marks: Marks, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks = marks
        self._words = words
        self._media: Media | None = None
        self._strip = TrimStrip(desk, self)
        self._in = TimeEdit(self)
        self._out = TimeEdit(self)
        self._in_label = parts.label("quiet")
        self._out_label = parts.label("quiet")
        self._plays = parts.label("quiet")
        self._plays.setFont(theme.tabular(self._plays.font()))
        self._whole = QToolButton(self)
        self._whole.setAutoRaise(True)
        fields = QGridLayout()
        fields.setHorizontalSpacing(8)
        fields.setVerticalSpacing(2)
        for column, (label, field) in enumerate(((self._in_label, self._in), (self._out_label, self._out))):
            label.setBuddy(field)
            fields.addWidget(label, 0, column)
            fields.addWidget(field, 1, column)
        foot = QHBoxLayout()
        foot.addWidget(self._plays, 1)
        foot.addWidget(self._whole)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(8, 8, 8, 8)
        column_layout.setSpacing(6)
        column_layout.addWidget(self._strip)
        column_layout.addLayout(fields)
        column_layout.addLayout(foot)
        self._strip.moved.connect(self._show_points)
        self._strip.settled.connect(self._keep)
        self._in.edited.connect(lambda ms: self._keep(ms, self._out.value_ms))
        self._out.edited.connect(lambda ms: self._keep(self._in.value_ms, ms))
        self._whole.clicked.connect(self._keep_whole)
        words.language_changed.connect(self.retranslate)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say it in the language in force."""
        self._in_label.setText(self.tr("In"))
        self._out_label.setText(self.tr("Out"))
        self._whole.setText(self.tr("Whole"))
        self._whole.setToolTip(self.tr("Place it from its beginning to its end"))
        if self._media is not None:
            self._show_points(*self._marks.part(self._media))

    def show_media(self, media: Media | None) -> None:
        """Show the points of a media that plays for a time; anything else hides this."""
        self._media = media if media is not None and media.duration_ms >= LEAST_MS else None
        self.setVisible(self._media is not None)
        if self._media is not None:
            in_ms, out_ms = self._marks.part(self._media)
            self._strip.show_media(self._media, in_ms, out_ms)
            self._show_points(in_ms, out_ms)

    def _show_points(self, in_ms: int, out_ms: int) -> None:
        if self._media is None:
            return
        duration_ms = self._media.duration_ms
        short = self.tr("At least one second must be left to play.")
        self._in.set_bounds(0, max(out_ms - LEAST_MS, 0), most_reason=short)
        end = self.tr("It ends at {time}.").format(time=self._words.position(duration_ms))
        self._out.set_bounds(min(in_ms + LEAST_MS, duration_ms), duration_ms, least_reason=short, most_reason=end)
        self._in.set_value(in_ms)
        self._out.set_value(out_ms)
        whole = (in_ms, out_ms) == (0, duration_ms)
        plays = self._words.duration(out_ms - in_ms)
        if whole:
            self._plays.setText(self.tr("plays all of {length}").format(length=plays))
        else:
            of = self._words.duration(duration_ms)
            self._plays.setText(self.tr("plays {part} of {length}").format(part=plays, length=of))
        self._whole.setEnabled(not whole)

    def _keep(self, in_ms: int, out_ms: int) -> None:
        if self._media is not None:
            self._marks.trim(self._media, in_ms, out_ms)
            self.show_media(self._media)

    def _keep_whole(self) -> None:
        if self._media is not None:
            self._keep(0, self._media.duration_ms)
