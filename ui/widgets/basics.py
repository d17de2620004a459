"""Small widgets that several panels share."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)

from ui.style import theme
from ui.text.plain_text import to_tooltip, to_window_title


def make_label(role: str = "", text: str = "", *, wrap: bool = False) -> QLabel:
    """Return a plain-text label.

    Args:
        role: its name in the style sheet (title, heading, strong, quiet, warning, error).
        text: its text.
        wrap: whether lines wrap.
    """
    label = QLabel(text)
    label.setObjectName(role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    return label


def make_message_box(
    parent: QWidget | None, title: str = "", text: str = "", *, icon: QMessageBox.Icon = QMessageBox.Icon.NoIcon
) -> QMessageBox:
    """Return a message box that shows plain text, without buttons.

    Args:
        parent: the window that it belongs to.
        title: its title.
        text: its text.
        icon: the icon beside the text.
    """
    dialog = QMessageBox(parent)
    dialog.setTextFormat(Qt.TextFormat.PlainText)
    dialog.setWindowTitle(to_window_title(title))
    dialog.setText(text)
    dialog.setIcon(icon)
    return dialog


def make_button(role: str = "", *, checkable: bool = False) -> QPushButton:
    """Return a button without text.

    Args:
        role: its name in the style sheet (primary, link, chip); empty for a plain one.
        checkable: whether it is a toggle.
    """
    button = QPushButton()
    button.setObjectName(role)
    button.setCheckable(checkable)
    button.setFlat(role == "link")
    button.setAutoDefault(False)
    return button


def make_separator() -> QFrame:
    """Return a thin vertical line to put between groups of a bar."""
    line = QFrame()
    line.setObjectName("separator")
    line.setFixedWidth(1)
    return line


class ToggleGroup(QFrame):
    """A choice of one value among a few, as a row of buttons, which have no text before `set_texts`.

    Nothing is chosen at first. `values` are names for the program; `icons` are names in `resources/icons`, one for
    each value, or none at all.
    """

    chosen = Signal(str)
    """Carries the value that a user chose; not emitted when it is set by the program."""

    def __init__(self, values: Sequence[str], parent: QWidget | None = None, *, icons: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.setObjectName("choice")
        self._values = tuple(values)
        self._icons = tuple(icons)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        for number in range(len(self._values)):
            each = QToolButton()
            each.setCheckable(True)
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            each.setIconSize(QSize(18, 18))
            if self._icons:
                each.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._group.addButton(each, number)
            layout.addWidget(each)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._values[number]))
        self._update_icons()

    @property
    def value(self) -> str:
        """The chosen value; the first one before anything was chosen."""
        return self._values[max(0, self._group.checkedId())]

    def select(self, value: str) -> None:
        """Choose a value without emitting `chosen`; a value that is not offered raises `ValueError`."""
        self._group.button(self._values.index(value)).setChecked(True)

    def button(self, value: str) -> QAbstractButton:
        """Return the button of a value; a value that is not offered raises `ValueError`."""
        return self._group.button(self._values.index(value))

    def set_texts(self, texts: Sequence[str], tips: Sequence[str] = ()) -> None:
        """Set text and tooltip of the buttons; a button with an empty text shows its icon only.

        Args:
            texts: the translated texts, in the order of the values.
            tips: the translated tooltips in the same order; empty leaves all tooltips as they are.
        """
        for number, text in enumerate(texts):
            each = self._group.button(number)
            each.setText(text)
            if not text and isinstance(each, QToolButton):
                each.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            if tips:
                each.setToolTip(to_tooltip(tips[number]))
                each.setAccessibleName(text or tips[number])

    def set_texts_shown(self, shown: bool) -> None:
        """Show the texts beside the icons, or, where space is short, the icons alone; buttons without icons stay."""
        style = Qt.ToolButtonStyle
        for each in self._group.buttons():
            if isinstance(each, QToolButton) and self._icons and each.text():
                each.setToolButtonStyle(style.ToolButtonTextBesideIcon if shown else style.ToolButtonIconOnly)
        layout = self.layout()
        assert layout is not None
        layout.invalidate()  # so that the next size hint is right at once
        self.updateGeometry()

    def _update_icons(self) -> None:
        look = theme.look_of(self)
        for number, name in enumerate(self._icons):
            self._group.button(number).setIcon(theme.icon(name, look.text))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the colours of the theme anew when Qt reports another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._update_icons()
