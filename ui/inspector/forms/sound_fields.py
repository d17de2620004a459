"""The fields for sound: volume, mute, fades."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from editor.schedule.fades import get_fade_in_rest_ms, get_fade_out_rest_ms
from editor.schedule.kinds import SoundSegment
from ui.inspector.input_widgets import LabelledField, VolumeField
from ui.widgets.time_edit import TimeEdit


class SoundFields(QWidget):
    """The fields for volume, mute and fades of one segment with sound.

    They edit nothing themselves: `edited` reports what the user changed.
    """

    edited = Signal(object)
    """Emitted with a dict of the edited fields of the segment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._volume = VolumeField()
        self._volume_row = LabelledField(self._volume)
        self._fade_in = TimeEdit()
        self._fade_in_row = LabelledField(self._fade_in)
        self._fade_out = TimeEdit()
        self._fade_out_row = LabelledField(self._fade_out)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._volume_row, 0, 0, 1, 2)
        grid.addWidget(self._fade_in_row, 1, 0)
        grid.addWidget(self._fade_out_row, 1, 1)
        self._volume.edited.connect(lambda volume: self.edited.emit({"volume": volume}))
        self._volume.muted_edited.connect(lambda muted: self.edited.emit({"muted": muted}))
        self._fade_in.edited.connect(lambda ms: self.edited.emit({"fade_in_ms": ms, "fade_in_offset_ms": 0}))
        self._fade_out.edited.connect(lambda ms: self.edited.emit({"fade_out_ms": ms, "fade_out_offset_ms": 0}))

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self._volume_row.set_name(self.tr("Volume"))
        self._volume.set_names(volume=self.tr("Volume"), mute=self.tr("Mute"))
        self._fade_in_row.set_name(self.tr("Fade in"))
        self._fade_out_row.set_name(self.tr("Fade out"))

    def show_sound(self, segment: SoundSegment, plays_ms: int) -> None:
        """Show volume, mute and fades of a segment, without emitting `edited`.

        Of a fade that was cut, the part within the segment is shown; an edit makes it a whole fade.

        Args:
            segment: the segment.
            plays_ms: its playing time in milliseconds, which both fades together must not exceed.
        """
        self._volume.set_value(segment.volume, muted=segment.muted)
        reason = self.tr("Together, both fades must not be longer than the playing time.")
        fade_in_ms = min(get_fade_in_rest_ms(segment), plays_ms)
        fade_out_ms = min(get_fade_out_rest_ms(segment), plays_ms)
        self._fade_in.set_bounds(0, max(plays_ms - fade_out_ms, 0), max_reason=reason)
        self._fade_out.set_bounds(0, max(plays_ms - fade_in_ms, 0), max_reason=reason)
        self._fade_in.set_value(fade_in_ms)
        self._fade_out.set_value(fade_out_ms)
