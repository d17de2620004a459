"""The transport bar: buttons, position, length and time of day, the current segment, the volume."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from editor.schedule.model import Timed
from editor.schedule.start_time import compute_time_of_day
from ui.preview.playback_controller import PlaybackController
from ui.style import theme
from ui.text.formatter import Formatter
from ui.text.plain_text import to_tooltip
from ui.widgets.basics import make_label

ICON = QSize(20, 20)


class TransportBar(QWidget):
    """The bar of buttons under the preview: it shows the state of a playback controller and sends it commands.

    `full_screen_requested` is emitted to enter or leave full screen.

    Args:
        playback: the playback that is shown and controlled.
        formatter: words times and errors in the language of the window.
        parent: Qt's owner.
        full: whether it belongs to the full-screen window.
    """

    full_screen_requested = Signal()

    def __init__(
        self, playback: PlaybackController, formatter: Formatter, parent: QWidget | None = None, *, full: bool = False
    ) -> None:
        super().__init__(parent)
        self._playback = playback
        self._formatter = formatter
        self._full = full
        self._icons: dict[QToolButton, str] = {}
        self._back_button = self._button("step-back", lambda: playback.step_frame(-1), repeats=True)
        self._play_button = self._button("play", playback.toggle)
        self._forward_button = self._button("step-forward", lambda: playback.step_frame(1), repeats=True)
        self._mute_button = self._button("volume", lambda: playback.set_muted(not playback.muted))
        self._full_screen_button = self._button(
            "leave-full-screen" if full else "full-screen", self.full_screen_requested.emit
        )
        self._position = make_label("strong")
        font = theme.to_tabular_figures(self._position.font())
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self._position.setFont(font)
        self._length_label = make_label("quiet")
        self._length_label.setFont(theme.to_tabular_figures(self._length_label.font()))
        self._rate_label = make_label("chip")
        self._rate_label.hide()
        self._playing_label = make_label("quiet")
        self._playing_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._length_label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._playing_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._volume.setRange(0, 100)
        self._volume.setPageStep(10)
        self._volume.setFixedWidth(88)
        self._volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._volume.valueChanged.connect(playback.set_volume)
        self._lay_out()
        self._shown_text: tuple[str, str] = ("", "")
        playback.changed.connect(self._on_changed)
        formatter.language_changed.connect(self.retranslate)
        self.retranslate()
        self._apply_theme()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        for button, text in (
            (self._back_button, self.tr("Previous frame")),
            (self._forward_button, self.tr("Next frame")),
            (self._full_screen_button, self.tr("Exit full screen") if self._full else self.tr("Full screen")),
        ):
            self._set_tooltip(button, text)
        self._volume.setAccessibleName(self.tr("Volume"))
        self._volume.setToolTip(self.tr("Volume"))
        self._on_changed()

    def _button(self, icon: str, act: object, *, repeats: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setIconSize(ICON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoRepeat(repeats)
        button.clicked.connect(lambda _checked=False: act())  # type: ignore[operator]
        self._icons[button] = icon
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 8)
        row.setSpacing(4)
        for button in (self._back_button, self._play_button, self._forward_button):
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self._position)
        row.addWidget(self._length_label)
        row.addWidget(self._rate_label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(12)
        row.addWidget(self._playing_label, 1)
        row.addSpacing(8)
        row.addWidget(self._mute_button)
        row.addWidget(self._volume)
        row.addWidget(self._full_screen_button)

    @Slot()
    def _on_changed(self) -> None:
        playback, formatter = self._playback, self._formatter
        position_ms, rate = playback.transport.position_ms, playback.transport.rate
        self._set_text(self._position, formatter.format_position(position_ms))
        whole = f"/ {formatter.format_position(playback.webinar.length_ms)}"
        clock = compute_time_of_day(playback.webinar, position_ms)
        self._set_text(
            self._length_label, whole if clock is None else f"{whole} · {formatter.format_time(clock, seconds=True)}"
        )
        self._rate_label.setVisible(rate not in {0, 1})
        self._set_text(self._rate_label, f"{rate} ×".replace("-", "−"))
        self._set_icon(self._play_button, "pause" if rate else "play")
        self._set_tooltip(self._play_button, self.tr("Pause") if rate else self.tr("Play"))
        silent = playback.muted or playback.volume == 0
        self._set_icon(self._mute_button, "muted" if silent else "volume")
        self._set_tooltip(self._mute_button, self.tr("Unmute") if playback.muted else self.tr("Mute"))
        if self._volume.value() != playback.volume:
            self._volume.setValue(playback.volume)
        playing_text = self._describe_playing()
        if playing_text != self._shown_text:
            self._shown_text = playing_text
            self._elide()

    def _describe_playing(self) -> tuple[str, str]:
        """Return the name of the current segment, and its remaining time, as texts."""
        webinar, stage, formatter = self._playback.webinar, self._playback.stage, self._formatter
        position_ms = stage.position_ms
        segment = webinar.find_segment(stage.segment) if stage.segment is not None else None
        if segment is None:
            if stage.phase != "gap":
                return "", ""
            later = next((each for each in webinar.programme if each.start_ms > position_ms), None)
            if later is None:
                return self.tr("Nothing to play"), ""
            return self.tr("Gap"), self.tr("{time} left").format(
                time=formatter.format_duration(_round_up_to_second(later.start_ms - position_ms))
            )
        media = webinar.media.get(stage.media or "")
        name = segment.title or (media.name if media is not None else formatter.format_kind(stage.kind or "video"))
        left = formatter.format_duration(_round_up_to_second(segment.end_ms - position_ms))
        if isinstance(segment, Timed) and stage.holding:
            return name, self.tr("freeze frame, {time} left").format(time=left)
        return name, self.tr("{time} left").format(time=left)

    def _elide(self) -> None:
        name, left = self._shown_text
        metrics = QFontMetrics(self._playing_label.font())
        tail = f" · {left}" if left else ""
        max_width = self._playing_label.width() - metrics.horizontalAdvance(tail)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, max(0, max_width))
        # A part of the time would be taken for another time: it is shown whole or not at all.
        fits = metrics.horizontalAdvance(left) <= self._playing_label.width()
        self._playing_label.setText(f"{shown}{tail}" if shown else left if fits else "")
        self._playing_label.setToolTip(to_tooltip(f"{name}{tail}"))

    @staticmethod
    def _set_text(widget: QLabel, text: str) -> None:
        if widget.text() != text:
            widget.setText(text)

    @staticmethod
    def _set_tooltip(button: QToolButton, text: str) -> None:
        if button.toolTip() != text:
            button.setToolTip(to_tooltip(text))
            button.setAccessibleName(text)

    def _set_icon(self, button: QToolButton, name: str) -> None:
        if self._icons[button] != name:
            self._icons[button] = name
            button.setIcon(theme.icon(name, theme.look_of(self).text))

    def _apply_theme(self) -> None:
        look = theme.look_of(self)
        for button, name in self._icons.items():
            button.setIcon(theme.icon(name, look.text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide the name; hide volume, length, frame steps and mute button, in this order, where there is no room."""
        super().resizeEvent(event)
        self._mute_button.setVisible(self.width() >= 290)
        for step in (self._back_button, self._forward_button):
            step.setVisible(self.width() >= 360)
        self._volume.setVisible(self.width() >= 560)
        self._length_label.setVisible(self.width() >= 460)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        """Return a width of 200 pixels, for the position and the buttons that are always shown.

        The height is that of the row.
        """
        return QSize(200, super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the colours of the theme anew when Qt reports another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._apply_theme()


def _round_up_to_second(ms: int) -> int:
    """Round milliseconds up to whole seconds, so that a countdown ends at 0 and not before."""
    return -(-ms // 1000) * 1000
