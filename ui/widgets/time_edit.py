"""An input field for a time, in whole milliseconds.

It accepts what people type (`1:30`, `90s`, `2m`, `0:08:46.200`) and shows `H:MM:SS.mmm`. Up and Down step the part at
the cursor. An invalid time, or one out of bounds, is marked while it is typed; leaving the field then restores the last
valid time. A time set by the program does not replace what a user is typing.
"""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from editor import time_format
from editor.schedule.model import HOUR, MAX_WEBINAR_MS, MINUTE, SECOND
from ui.style import theme
from ui.text.plain_text import to_tooltip

STEP_COMMIT_MS = 400
"""A time reached by stepping is confirmed this long after the last step."""


class TimeEdit(QLineEdit):
    """An input field for a time; `value_ms` is the last confirmed time, `entered_ms` the one in the field now.

    Args:
        parent: the widget that owns it.
        min_ms: the least valid time in milliseconds, and the first value.
        max_ms: the greatest valid time in milliseconds.
    """

    edited = Signal(int)
    """Carries another time that the user confirmed by Enter, by leaving the field, or by stepping."""
    accepted = Signal()
    """Enter was pressed on a valid time, changed or not."""
    validity_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, min_ms: int = 0, max_ms: int = MAX_WEBINAR_MS) -> None:
        super().__init__(parent)
        self._value_ms = min_ms
        self._min_ms = min_ms
        self._max_ms = max_ms
        self._min_reason = ""
        self._max_reason = ""
        self._error_text = ""
        self._hint = ""
        self._step_timer = QTimer(self, singleShot=True, interval=STEP_COMMIT_MS)
        self._step_timer.timeout.connect(self._commit)
        self.setFont(theme.to_tabular_figures(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.WheelFocus)
        self.textEdited.connect(self._validate)
        self._show(min_ms)

    # ------------------------------------------------------------------------------------------- the value

    @property
    def value_ms(self) -> int:
        """The time that was last set by the program or confirmed by the user, in milliseconds."""
        return self._value_ms

    @property
    def entered_ms(self) -> int | None:
        """The time in the field in milliseconds, confirmed or not; None if it is invalid or out of bounds."""
        ms = time_format.parse_time(self.text())
        return ms if ms is not None and self._min_ms <= ms <= self._max_ms else None

    def set_value(self, ms: int) -> None:
        """Set `value_ms` and show it, unless the user is typing another time; `edited` is not emitted.

        Args:
            ms: the time in milliseconds; not brought into the bounds, but marked as wrong outside them.
        """
        writing = self.hasFocus() and time_format.parse_time(self.text()) != self._value_ms
        self._value_ms = ms
        if not writing:
            self._step_timer.stop()
            self._show(ms)

    def set_bounds(self, min_ms: int, max_ms: int, *, min_reason: str = "", max_reason: str = "") -> None:
        """Set the range of valid times; the time in the field stays, and is marked as wrong if it is outside.

        Args:
            min_ms: the least valid time in milliseconds.
            max_ms: the greatest valid time in milliseconds.
            min_reason: translated tooltip for times below; empty for "At least …".
            max_reason: translated tooltip for times above; empty for "At most …".
        """
        self._min_ms, self._max_ms = min_ms, max_ms
        self._min_reason, self._max_reason = min_reason, max_reason
        self._validate()

    def set_hint(self, text: str) -> None:
        """Set the translated tooltip that is shown while the time is valid."""
        self._hint = text
        self._validate()

    @property
    def error_text(self) -> str:
        """A translated sentence why the time in the field is not accepted; empty if it is."""
        return self._error_text

    # ------------------------------------------------------------------------------------------ as it goes

    def _show(self, ms: int) -> None:
        text = time_format.format_time(ms)
        if self.text() != text:
            cursor = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(cursor, len(text)))
        self._validate()

    def _validate(self) -> None:
        ms = time_format.parse_time(self.text())
        if ms is None:
            problem = self.tr("This is not a valid time. Type 1:30, 90s or 0:01:30.500.")
        elif ms < self._min_ms:
            problem = self._min_reason or self.tr("At least {time}.").format(time=time_format.format_time(self._min_ms))
        elif ms > self._max_ms:
            problem = self._max_reason or self.tr("At most {time}.").format(time=time_format.format_time(self._max_ms))
        else:
            problem = ""
        self.setToolTip(to_tooltip(problem or self._hint))
        if problem == self._error_text:
            return
        self._error_text = problem
        self.setProperty("wrong", bool(problem))
        self.style().unpolish(self)
        self.style().polish(self)
        self.validity_changed.emit(not problem)

    def _commit(self) -> None:
        self._step_timer.stop()
        entered_ms = self.entered_ms
        if entered_ms is None or entered_ms == self._value_ms:
            self._show(self._value_ms)
            return
        self._value_ms = entered_ms
        self._show(entered_ms)
        self.edited.emit(entered_ms)

    def step(self, steps: int) -> None:
        """Step the part at the cursor: hours, minutes, seconds or tenths; a selected text steps by seconds.

        The time stays within the bounds, and is confirmed `STEP_COMMIT_MS` after the last step. A read-only field is
        not stepped.

        Args:
            steps: number of steps; negative ones go down.
        """
        if self.isReadOnly():
            return
        unit = self._step_unit()
        behind = len(".000") if self.hasSelectedText() else len(self.text()) - self.cursorPosition()
        self.setText(time_format.format_time(min(max(self._current_ms() + steps * unit, self._min_ms), self._max_ms)))
        self.setCursorPosition(max(len(self.text()) - behind, 0))
        self._validate()
        self._step_timer.start()

    # ------------------------------------------------------------------------------------- Qt's own calls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm on Enter; step by 1 with Up and Down, by 10 with Page Up and Page Down; restore the last time on Esc.

        Esc is passed on if there is nothing to restore. `accepted` follows Enter on a valid time.
        """
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            is_valid = not self._error_text
            self._commit()
            if is_valid:
                self.accepted.emit()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape and time_format.parse_time(self.text()) != self._value_ms:
            self._step_timer.stop()
            self._show(self._value_ms)
            event.accept()
            return
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
        if event.key() in steps and not event.modifiers():
            self.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the whole time, so that typing replaces it; the arrows step its seconds."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Confirm the time when the focus leaves; an invalid one is replaced by the last confirmed time."""
        self._commit()
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step only if the field has the focus; else scrolling a panel would change times."""
        turned = event.angleDelta().y()
        if self.hasFocus() and turned:
            self.step(1 if turned > 0 else -1)
            event.accept()
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        """Return the size in pixels that has room for 24 hours to the millisecond."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance("00:00:00.000") + 24, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return the size in pixels that has room for a usual time."""
        hint = super().minimumSizeHint()
        return QSize(self.fontMetrics().horizontalAdvance("0:00:00.000") + 20, hint.height())

    def _current_ms(self) -> int:
        ms = time_format.parse_time(self.text())
        return self._value_ms if ms is None else ms

    def _step_unit(self) -> int:
        if self.hasSelectedText() or time_format.format_time(self._current_ms()) != self.text():
            return SECOND
        before = self.text()[: self.cursorPosition()]
        if "." in before:
            return SECOND // 10
        return (HOUR, MINUTE, SECOND)[before.count(":")]
