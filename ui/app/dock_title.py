"""The title bar of a dock: its name and small buttons to float and to close it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QToolButton, QWidget

from ui.style import theme
from ui.text.plain_text import to_tooltip
from ui.widgets.basics import make_label


class DockTitleBar(QWidget):
    """The title bar of a dock, in place of Qt's own: its title, with buttons to float and close it.

    Dragging it moves the dock as usual.
    """

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._dock = dock
        self._name = make_label("heading")
        self._float = self._make_button()
        self._float.clicked.connect(lambda: dock.setFloating(not dock.isFloating()))
        self._close = self._make_button()
        self._close.clicked.connect(dock.close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 2)
        layout.setSpacing(0)
        layout.addWidget(self._name, 1)
        layout.addWidget(self._float)
        layout.addWidget(self._close)
        dock.windowTitleChanged.connect(self._name.setText)
        self.retranslate()

    @staticmethod
    def _make_button() -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(22, 22)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        for button, text in (
            (self._float, self.tr("Float or dock this panel")),
            (self._close, self.tr("Close this panel (reopen it from the View menu)")),
        ):
            button.setToolTip(to_tooltip(text))
            button.setAccessibleName(text)
        self._update_icons()

    def _update_icons(self) -> None:
        quiet = theme.look_of(self).quiet
        self._float.setIcon(theme.icon("undock", quiet))
        self._close.setIcon(theme.icon("close", quiet))

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts anew when Qt reports another language; redraw the icons when it reports another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._update_icons()
