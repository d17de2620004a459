"""The input widgets of the inspector.

Each emits `edited` once the user has finished an input: with Enter, by leaving the field, or after a pause. A value
that the program sets meanwhile does not replace the text being typed or move the cursor. The wheel changes a field only
if it has the focus, so that scrolling the inspector changes nothing.
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

from editor.schedule.limits import MAX_SHORT_TEXT_CHARS
from ui.style import theme
from ui.text.plain_text import to_tooltip
from ui.widgets import basics

COMMIT_DELAY_MS = 600
"""Pause after the last key press or step after which an input is committed."""


class LineField(QLineEdit):
    """A field for one line of text; `edited` is emitted on Enter or when the focus leaves, if the text has changed.

    Esc restores the last text. `set_value` does not emit.
    """

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, max_length: int = MAX_SHORT_TEXT_CHARS) -> None:
        super().__init__(parent)
        self._value = ""
        self.setMaxLength(max_length)
        self.editingFinished.connect(self._commit)

    def set_value(self, value: str) -> None:
        """Show a text; while the user is typing another, keep that, and Esc then restores this one."""
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
        """Restore the last committed text on Esc; other keys work as usual."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._value:
            self.setText(self._value)
        else:
            super().keyPressEvent(event)


class TextField(QPlainTextEdit):
    """A field for several lines of text, `lines` lines high.

    `edited` is emitted `COMMIT_DELAY_MS` after the last key press, or when the focus leaves, if the text has changed.
    """

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
        """Show a text, without emitting `edited`; while the user is typing another, keep that."""
        is_writing = self.hasFocus() and self.toPlainText() != self._value
        self._value = value
        if not is_writing and self.toPlainText() != value:
            self.setPlainText(value)
            self._commit_timer.stop()

    def commit(self) -> None:
        """Emit `edited` now if the text has changed, without waiting for the pause."""
        self._commit_timer.stop()
        if self.toPlainText() != self._value:
            self._value = self.toPlainText()
            self.edited.emit(self._value)

    def _on_text_changed(self) -> None:
        if self.toPlainText() != self._value:
            self._commit_timer.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Emit `edited` if the text has changed when the focus leaves."""
        super().focusOutEvent(event)
        self.commit()


class ChoiceField(QComboBox):
    """A drop-down list of values, each shown as a text; `edited` is emitted with the value that the user chooses.

    It is emitted even if that value was shown before; the mouse wheel never changes the field.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.activated.connect(lambda number: self.edited.emit(self.itemData(number)))

    def set_choices(self, choices: Sequence[tuple[object, str]], value: object, icons: Sequence[QIcon] = ()) -> None:
        """Offer other values, and show one of them, without emitting `edited`; while the list is open, its values stay.

        Args:
            choices: pairs of a value and its text, in order.
            value: the value to show; nothing is shown if it is not offered.
            icons: one for each choice, or none at all.
        """
        if not self.view().isVisible():
            self.clear()
            for number, (each, text) in enumerate(choices):
                self.addItem(icons[number] if icons else QIcon(), text, each)
        self.set_value(value)

    def set_value(self, value: object) -> None:
        """Show a value without emitting `edited`; nothing is shown if it is not offered."""
        self.setCurrentIndex(next((n for n in range(self.count()) if self.itemData(n) == value), -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the scroll area around the field."""
        event.ignore()


class PercentEdit(QLineEdit):
    """A field for a whole number of per cent, from 0 to 100; None, shown as a dash, stands for different values.

    `edited` is emitted on Enter or when the focus leaves, if the number is another. A text that is no such number is
    replaced by the last value.
    """

    edited = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: int | None = None
        self.setFont(theme.to_tabular_figures(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("100 %") + 24)
        self.editingFinished.connect(self._commit)

    def set_value(self, value: int | None) -> None:
        """Show a number, or a dash for None, without emitting `edited`; while the user is typing another, keep that."""
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
    """A field for a volume from 0 to 100: slider, number, and mute button.

    `edited` is emitted when the slider is released or a number is typed, and `COMMIT_DELAY_MS` after a key moves the
    slider, each time only if the volume is another; `muted_edited` when the button is clicked.
    """

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
        """Set the names that screen readers and tooltips show.

        Args:
            volume: translated name of slider and number.
            mute: translated name of the mute button.
        """
        self._slider.setAccessibleName(volume)
        self._percent.setAccessibleName(volume)
        self._mute_button.setToolTip(to_tooltip(mute))
        self._mute_button.setAccessibleName(mute)

    def set_value(self, volume: int | None, *, muted: bool) -> None:
        """Show a volume; while the user moves the slider, only the mute button is updated.

        Args:
            volume: 0 to 100; None stands for different values.
            muted: whether the mute button is down.
        """
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
        """Draw the icon of the mute button in the colours of the theme anew when Qt reports another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._update_icons()


class LabelledField(QWidget):
    """A field under its label, with space for a remark beside the label and an error message below."""

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
        """Set the label of the field, which screen readers also read, and its tooltip, where `tip` is not empty."""
        self._name = name
        self._show_name()
        self.field.setAccessibleName(name)
        if tip:
            self.field.setToolTip(to_tooltip(tip))

    def set_remark(self, remark: str) -> None:
        """Show a remark after the label, as in "Length · different values"; an empty one removes it."""
        self._remark = remark
        self._show_name()

    def _show_name(self) -> None:
        self._label.setText(f"{self._name} · {self._remark}" if self._remark else self._name)

    def set_problem(self, message: str) -> None:
        """Show an error message below the field; an empty one hides the message, so that it takes no space."""
        self._problem.setText(message)
        self._problem.setVisible(bool(message))


class _WheelGuard(QObject):
    """Passes the wheel of a field without focus to the scroll area around it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ignore wheel events of a field without focus."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def guard_wheel(field: QWidget) -> None:
    """Let the mouse wheel change a field only while it has the focus; else the wheel scrolls the area around.

    The field then gets the focus by Tab or a click, but not by the wheel.
    """
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_WheelGuard(field))


def mark_invalid(field: QWidget, *, invalid: bool) -> None:
    """Mark a field as invalid for the style sheet (property "wrong"), or remove the mark."""
    if bool(field.property("wrong")) != invalid:
        field.setProperty("wrong", invalid)
        field.style().unpolish(field)
        field.style().polish(field)


def make_small_button(parent: QWidget | None = None) -> QToolButton:
    """Return a button for an icon alone, 28 × 28 pixels, as high as a field.

    Icon and tooltip are set by the caller.
    """
    button = QToolButton(parent)
    button.setIconSize(QSize(16, 16))
    button.setFixedSize(QSize(28, 28))
    return button
