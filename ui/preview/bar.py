"""The transport bar: buttons, the time three ways, what plays and how long it still does, the volume."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from editor.schedule.model import TIMED
from editor.schedule.start import clock_at
from ui import theme
from ui.parts import label
from ui.preview.conductor import Conductor
from ui.words import Words

ICON = QSize(20, 20)


class TransportBar(QWidget):
    """Shows where the conductor is, and asks it for what the buttons say."""

    full_screen_asked = Signal()

    def __init__(
        self, conductor: Conductor, words: Words, parent: QWidget | None = None, *, full: bool = False
    ) -> None:
        super().__init__(parent)
        self._conductor = conductor
        self._words = words
        self._full = full
        self._icons: dict[QToolButton, str] = {}
        self._back = self._button("step-back", lambda: conductor.step_picture(-1), repeats=True)
        self._play = self._button("play", conductor.toggle)
        self._on = self._button("step-forward", lambda: conductor.step_picture(1), repeats=True)
        self._mute = self._button("volume", lambda: conductor.set_muted(not conductor.muted))
        self._size = self._button("leave-full-screen" if full else "full-screen", self.full_screen_asked.emit)
        self._position = label("strong")
        font = theme.tabular(self._position.font())
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self._position.setFont(font)
        self._whole = label("quiet")
        self._whole.setFont(theme.tabular(self._whole.font()))
        self._pace = label("chip")
        self._pace.hide()
        self._what = label("quiet")
        self._what.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._whole.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._what.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._volume.setRange(0, 100)
        self._volume.setPageStep(10)
        self._volume.setFixedWidth(88)
        self._volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._volume.valueChanged.connect(conductor.set_volume)
        self._lay_out()
        self._told: tuple[str, str] = ("", "")
        conductor.changed.connect(self._on_changed)
        words.language_changed.connect(self.retranslate)
        self.retranslate()
        self._dress()

    def retranslate(self) -> None:
        """Take the words of the language in force."""
        for button, text in (
            (self._back, self.tr("One picture back")),
            (self._on, self.tr("One picture on")),
            (self._size, self.tr("Leave the full screen") if self._full else self.tr("Full screen")),
        ):
            self._name(button, text)
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
        for button in (self._back, self._play, self._on):
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self._position)
        row.addWidget(self._whole)
        row.addWidget(self._pace, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(12)
        row.addWidget(self._what, 1)
        row.addSpacing(8)
        row.addWidget(self._mute)
        row.addWidget(self._volume)
        row.addWidget(self._size)

    @Slot()
    def _on_changed(self) -> None:
        conductor, words = self._conductor, self._words
        position_ms, rate = conductor.transport.position_ms, conductor.transport.rate
        self._say(self._position, words.position(position_ms))
        whole = f"/ {words.position(conductor.webinar.length_ms)}"
        clock = clock_at(conductor.webinar, position_ms)
        self._say(self._whole, whole if clock is None else f"{whole} · {words.time(clock, seconds=True)}")
        self._pace.setVisible(rate not in {0, 1})
        self._say(self._pace, f"{rate} ×".replace("-", "−"))
        self._set_icon(self._play, "pause" if rate else "play")
        self._name(self._play, self.tr("Pause") if rate else self.tr("Play"))
        silent = conductor.muted or conductor.volume == 0
        self._set_icon(self._mute, "muted" if silent else "volume")
        self._name(self._mute, self.tr("Sound on") if conductor.muted else self.tr("Mute"))
        if self._volume.value() != conductor.volume:
            self._volume.setValue(conductor.volume)
        told = self._playing()
        if told != self._told:
            self._told = told
            self._elide()

    def _playing(self) -> tuple[str, str]:
        """What plays, and how long it still does."""
        webinar, stage, words = self._conductor.webinar, self._conductor.stage, self._words
        position_ms = stage.position_ms
        segment = webinar.find(stage.segment) if stage.segment is not None else None
        if segment is None:
            if stage.phase != "gap":
                return "", ""
            later = next((each for each in webinar.programme if each.start_ms > position_ms), None)
            if later is None:
                return self.tr("Nothing plays"), ""
            return self.tr("Gap"), self.tr("{time} left").format(time=words.duration(_up(later.start_ms - position_ms)))
        media = webinar.media.get(stage.media or "")
        name = segment.title or (media.name if media is not None else words.kind_name(stage.kind or "video"))
        left = words.duration(_up(segment.end_ms - position_ms))
        if isinstance(segment, TIMED) and stage.holding:
            return name, self.tr("holds for {time}").format(time=left)
        return name, self.tr("{time} left").format(time=left)

    def _elide(self) -> None:
        name, left = self._told
        metrics = QFontMetrics(self._what.font())
        tail = f" · {left}" if left else ""
        room = self._what.width() - metrics.horizontalAdvance(tail)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, max(0, room))
        self._what.setText(f"{shown}{tail}" if shown else left)
        self._what.setToolTip(name)

    @staticmethod
    def _say(what: QLabel, text: str) -> None:
        if what.text() != text:
            what.setText(text)

    @staticmethod
    def _name(button: QToolButton, text: str) -> None:
        if button.toolTip() != text:
            button.setToolTip(text)
            button.setAccessibleName(text)

    def _set_icon(self, button: QToolButton, name: str) -> None:
        if self._icons[button] != name:
            self._icons[button] = name
            button.setIcon(theme.icon(name, theme.look_of(self).text))

    def _dress(self) -> None:
        look = theme.look_of(self)
        for button, name in self._icons.items():
            button.setIcon(theme.icon(name, look.text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More of the name, or less; no volume, no clock and no single steps where there is no room."""
        super().resizeEvent(event)
        self._mute.setVisible(self.width() >= 290)
        for step in (self._back, self._on):
            step.setVisible(self.width() >= 360)
        self._volume.setVisible(self.width() >= 560)
        self._whole.setVisible(self.width() >= 460)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        """The buttons that are always there and the position; the rest gives way."""
        return QSize(200, super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()


def _up(ms: int) -> int:
    """Whole seconds, rounded up, so that a countdown ends with what it counts."""
    return -(-ms // 1000) * 1000
