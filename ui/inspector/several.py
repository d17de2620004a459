"""Several segments at once: what they are, and the fields they have in common. One edit changes all, as one step."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from editor.schedule.model import (
    LEAST_MS,
    LONGEST_MS,
    TIMED,
    AnySegment,
    Cta,
    Image,
    Presentation,
    Survey,
)
from editor.schedule.operations import AnyOperation, Lengths, SetLengths
from ui import parts
from ui.inspector.commits import put
from ui.inspector.fields import Labelled, PercentField
from ui.inspector.form import Means
from ui.time_edit import TimeEdit


class SeveralForm(QWidget):
    """The selection as one."""

    def __init__(self, means: Means, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._means = means
        self._segments: tuple[AnySegment, ...] = ()
        self._told = parts.label(wrap=True)
        self._span = parts.label("quiet", wrap=True)
        self._length = TimeEdit(least_ms=LEAST_MS, most_ms=LONGEST_MS)
        self._length_row = Labelled(self._length)
        self._hold = TimeEdit()
        self._hold_row = Labelled(self._hold)
        self._volume = PercentField()
        self._volume_row = Labelled(self._volume)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.addWidget(self._length_row, 0, 0)
        grid.addWidget(self._hold_row, 0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._told)
        column.addWidget(self._span)
        column.addLayout(grid)
        column.addWidget(self._volume_row)
        self._length.edited.connect(lambda ms: self._set_lengths(("play_ms", ms), (Image, Cta, Survey)))
        self._hold.edited.connect(lambda ms: self._set_lengths(("hold_ms", ms), TIMED))
        self._volume.edited.connect(lambda volume: self._put(volume=volume))
        self._volume.muted_edited.connect(lambda muted: self._put(muted=muted))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._length_row.say(self.tr("Length"))
        self._length.set_hint(self.tr("Of the images, calls to action and surveys among them"))
        self._hold_row.say(self.tr("Hold"))
        self._hold.set_hint(self.tr("Of the videos, recordings and sounds among them"))
        self._volume_row.say(self.tr("Volume"))
        self._volume.say(volume=self.tr("Volume"), mute=self.tr("Mute"))
        if self._segments:
            self.show_segments(self._segments)

    def show_segments(self, segments: Sequence[AnySegment]) -> None:
        """Show what several segments have in common; where they differ, a field shows the first one's value."""
        self._segments = tuple(segments)
        words = self._means.words
        self._told.setText(words.kinds(segments))
        start = min(segment.start_ms for segment in segments)
        end = max(segment.end_ms for segment in segments)
        total = words.duration(sum(segment.length_ms for segment in segments))
        self._span.setText(
            self.tr("{start} to {end}, {total} in all").format(
                start=words.position(start, thousandths=False), end=words.position(end, thousandths=False), total=total
            )
        )
        lengths = [each.length_ms for each in segments if isinstance(each, (Image, Cta, Survey))]
        holds = [each.hold_ms for each in segments if isinstance(each, TIMED)]
        self._show(self._length, self._length_row, lengths)
        self._show(self._hold, self._hold_row, holds)
        sounds = [each for each in segments if isinstance(each, (*TIMED, Presentation))]
        self._volume_row.setVisible(bool(sounds))
        volumes = {each.volume for each in sounds}
        if sounds:
            self._volume.set_value(
                volumes.pop() if len(volumes) == 1 else None, muted=all(each.muted for each in sounds)
            )

    def _show(self, field: TimeEdit, row: Labelled, values: list[int]) -> None:
        row.setVisible(bool(values))
        if values:
            field.set_value(values[0])
            row.set_remark("" if len(set(values)) == 1 else self.tr("they differ"))

    def _put(self, **fields: object) -> None:
        having = tuple(each.id for each in self._segments if isinstance(each, (*TIMED, Presentation)))
        self._means.commits.do_all(having, put(**fields))

    def _set_lengths(self, number: tuple[str, int], kinds: tuple[type, ...]) -> None:
        having = [each.id for each in self._segments if isinstance(each, kinds)]

        def change(_segment: AnySegment) -> AnyOperation:
            name, ms = number
            lengths = tuple(
                Lengths(segment=each, play_ms=ms) if name == "play_ms" else Lengths(segment=each, hold_ms=ms)
                for each in having
            )
            return SetLengths(lengths=lengths, mode=self._means.settings["mode"])

        if having:
            self._means.commits.do(having[0], change)
