"""The inspector's fields: each tells `edited` once somebody is done with it, and takes values without being in the way.

What the program sets while somebody writes in a field does not replace their text or move their cursor; what they
write replaces it when they are done. None of them turns with the wheel unless one is in it, so that scrolling the
inspector changes nothing.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.style import theme
from ui.widgets import basics

COMMIT_DELAY_MS = 600
"""How long after the last letter or step a text or a figure counts as meant."""


class LineField(QLineEdit):
    """One line of text."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, max_length: int = 200) -> None:
        super().__init__(parent)
        self._value = ""
        self.setMaxLength(max_length)
        self.editingFinished.connect(self._commit)

    def set_value(self, value: str) -> None:
        """Show a text, unless another is being written."""
        is_writing = self.hasFocus() and self.text() != self._value
        self._value = value
        if not is_writing and self.text() != value:
            cursor = self.cursorPosition()
            self.setText(value)
            self.setCursorPosition(min(cursor, len(value)) if self.hasFocus() else 0)

    def _commit(self) -> None:
        if self.text() != self._value:
            self._value = self.text()
            self.edited.emit(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the last text back."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._value:
            self.setText(self._value)
        else:
            super().keyPressEvent(event)


class TextField(QPlainTextEdit):
    """Several lines of text, kept when one leaves it or pauses; as high as `lines`."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, lines: int = 4) -> None:
        super().__init__(parent)
        self._value = ""
        self._lines = lines
        self._commit_timer = QTimer(self, singleShot=True, interval=COMMIT_DELAY_MS)
        self._commit_timer.timeout.connect(self.commit)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.textChanged.connect(self._on_text_changed)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 14)

    def set_value(self, value: str) -> None:
        """Show a text, unless another is being written."""
        is_writing = self.hasFocus() and self.toPlainText() != self._value
        self._value = value
        if not is_writing and self.toPlainText() != value:
            self.setPlainText(value)
            self._commit_timer.stop()

    def commit(self) -> None:
        """Count what stands there as meant."""
        self._commit_timer.stop()
        if self.toPlainText() != self._value:
            self._value = self.toPlainText()
            self.edited.emit(self._value)

    def _on_text_changed(self) -> None:
        if self.toPlainText() != self._value:
            self._commit_timer.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving is meaning it."""
        super().focusOutEvent(event)
        self.commit()


class ChoiceField(QComboBox):
    """One of several values; the words for them are given with them."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.activated.connect(lambda number: self.edited.emit(self.itemData(number)))

    def set_choices(self, choices: Sequence[tuple[object, str]], value: object, icons: Sequence[QIcon] = ()) -> None:
        """Offer these values and show one of them."""
        if not self.view().isVisible():
            self.clear()
            for number, (each, text) in enumerate(choices):
                self.addItem(icons[number] if icons else QIcon(), text, each)
        self.set_value(value)

    def set_value(self, value: object) -> None:
        """Show a value; one that is not offered shows as nothing."""
        self.setCurrentIndex(next((n for n in range(self.count()) if self.itemData(n) == value), -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel scroll the inspector."""
        event.ignore()


class PercentEdit(QLineEdit):
    """A whole percentage, written as a figure. None stands for values that differ."""

    edited = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: int | None = None
        self.setFont(theme.to_tabular_figures(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("100 %") + 24)
        self.editingFinished.connect(self._commit)

    def set_value(self, value: int | None) -> None:
        """Show a figure, unless another is being written."""
        is_writing = self.hasFocus() and self.text() != self._format_value(self._value)
        self._value = value
        if not is_writing:
            self.setText(self._format_value(value))

    def _format_value(self, value: int | None) -> str:
        return "—" if value is None else f"{value} %"

    def _commit(self) -> None:
        text = self.text().strip().rstrip("%").strip()
        if text.isdecimal() and int(text) <= 100 and int(text) != self._value:
            self._value = int(text)
            self.edited.emit(self._value)
        self.setText(self._format_value(self._value))


class VolumeField(QWidget):
    """A volume: a slider, its figure, and a button that mutes. None stands for values that differ."""

    edited = Signal(int)
    muted_edited = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: int | None = 100
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(0, 100)
        self._slider.setPageStep(10)
        self._percent = PercentEdit(self)
        self._mute_button = make_small_button(self)
        self._mute_button.setCheckable(True)
        self._commit_timer = QTimer(self, singleShot=True, interval=COMMIT_DELAY_MS)
        self._commit_timer.timeout.connect(self._commit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._mute_button)
        row.addWidget(self._slider, 1)
        row.addWidget(self._percent)
        self.setFocusProxy(self._slider)
        guard_wheel(self._slider)
        self._slider.valueChanged.connect(self._on_slider_moved)
        self._slider.sliderReleased.connect(self._commit)
        self._percent.edited.connect(self._on_percent_edited)
        self._mute_button.clicked.connect(self.muted_edited)
        self._update_icons()

    def set_names(self, *, volume: str, mute: str) -> None:
        """Name the parts."""
        self._slider.setAccessibleName(volume)
        self._percent.setAccessibleName(volume)
        self._mute_button.setToolTip(mute)
        self._mute_button.setAccessibleName(mute)

    def set_value(self, volume: int | None, *, muted: bool) -> None:
        """Show a volume."""
        self._value = volume
        if not self._slider.isSliderDown() and not self._commit_timer.isActive():
            self._move_slider(100 if volume is None else volume)
            self._percent.set_value(volume)
        self._mute_button.setChecked(muted)
        self._update_icons()

    def _move_slider(self, volume: int) -> None:
        self._slider.blockSignals(True)
        self._slider.setValue(volume)
        self._slider.blockSignals(False)

    def _on_slider_moved(self, volume: int) -> None:
        self._percent.set_value(volume)
        if not self._slider.isSliderDown():
            self._commit_timer.start()

    def _on_percent_edited(self, volume: int) -> None:
        self._move_slider(volume)
        self._commit()

    def _commit(self) -> None:
        self._commit_timer.stop()
        volume = self._slider.value()
        if volume != self._value:
            self._value = volume
            self.edited.emit(volume)

    def _update_icons(self) -> None:
        name = "muted" if self._mute_button.isChecked() else "volume"
        self._mute_button.setIcon(theme.icon(name, theme.look_of(self).text))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._update_icons()


class LabelledField(QWidget):
    """A field under its name, with room for one sentence about what is wrong with it."""

    def __init__(self, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._name = self._remark = ""
        self._label = basics.make_label("quiet")
        self._label.setBuddy(field)
        self._problem = basics.make_label("error", wrap=True)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._label)
        column.addWidget(field)
        column.addWidget(self._problem)

    def set_name(self, name: str, tip: str = "") -> None:
        """Name the field."""
        self._name = name
        self._show_name()
        self.field.setAccessibleName(name)
        if tip:
            self.field.setToolTip(tip)

    def set_remark(self, remark: str) -> None:
        """Say something after the name."""
        self._remark = remark
        self._show_name()

    def _show_name(self) -> None:
        self._label.setText(f"{self._name} · {self._remark}" if self._remark else self._name)

    def set_problem(self, message: str) -> None:
        """Say what is wrong; nothing takes no room."""
        self._problem.setText(message)
        self._problem.setVisible(bool(message))


class _WheelGuard(QObject):
    """Keeps the wheel from a field that has no focus, and hands it on to what scrolls."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn only the field one is in."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def guard_wheel(field: QWidget) -> None:
    """Make a field turn with the wheel only while one is in it."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_WheelGuard(field))


def mark_invalid(field: QWidget, *, invalid: bool) -> None:
    """Show at the field that something is wrong with it."""
    if bool(field.property("wrong")) != invalid:
        field.setProperty("wrong", invalid)
        field.style().unpolish(field)
        field.style().polish(field)


def make_small_button(parent: QWidget | None = None) -> QToolButton:
    """A button that is an icon, as high as a field and never squeezed."""
    button = QToolButton(parent)
    button.setIconSize(QSize(16, 16))
    button.setFixedSize(QSize(28, 28))
    return button
