"""The toolbar above the timeline: placement mode, adding, editing, the ruler's unit, zoom.

In a narrow window the texts of some buttons are hidden, then of all; the icons stay.
"""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from editor.settings import Settings
from ui.services.action_registry import ActionRegistry
from ui.widgets.basics import ToggleGroup, make_label, make_separator

MODES = ("normal", "insert", "overwrite")
RULERS = ("position", "clock")


def make_tool_button(actions: ActionRegistry, action_id: str) -> QToolButton:
    """Return a button that triggers a registered action and shows its icon; the tooltip shows its name and keys.

    Raises:
        KeyError: there is no action with this id.
    """
    button = QToolButton()
    button.setDefaultAction(actions[action_id])
    button.setIconSize(QSize(18, 18))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class TimelineToolbar(QFrame):
    """The bar of buttons for actions of the timeline.

    Mode, snapping and ruler are settings, and shown as they change.
    """

    def __init__(self, actions: ActionRegistry, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._actions = actions
        self._settings = settings
        self._mode = ToggleGroup(MODES, icons=("mode-normal", "mode-insert", "mode-overwrite"))
        self._mode.chosen.connect(lambda mode: actions[f"mode_{mode}"].trigger())
        self._ruler = ToggleGroup(RULERS)
        self._ruler.chosen.connect(lambda ruler: actions[f"ruler_{ruler}"].trigger())
        self._ruler_name = make_label("quiet")
        self._text_buttons = [self._make_text_button(name) for name in ("snap", "add_cta", "add_survey")]
        self._widths: tuple[int, ...] = ()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(4)
        layout.addWidget(self._mode)
        layout.addSpacing(4)
        for each in self._text_buttons:
            layout.addWidget(each)
        layout.addSpacing(4)
        layout.addWidget(make_separator())
        for name in ("undo", "redo", "split", "delete", "ripple_delete", "add_marker"):
            layout.addWidget(make_tool_button(actions, name))
        layout.addStretch(1)
        layout.addWidget(self._ruler_name)
        layout.addWidget(self._ruler)
        layout.addSpacing(4)
        layout.addWidget(make_separator())
        for name in ("zoom_out", "zoom_in", "fit"):
            layout.addWidget(make_tool_button(actions, name))
        unsubscribe = settings.subscribe(self._on_setting)
        self.destroyed.connect(unsubscribe)
        self.retranslate()
        self._show_settings()

    def _make_text_button(self, action_id: str) -> QToolButton:
        button = make_tool_button(self._actions, action_id)
        button.setObjectName("wide")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _on_setting(self, name: str) -> None:
        if name in {"mode", "snap", "ruler"}:
            self._show_settings()

    def _show_settings(self) -> None:
        settings, actions = self._settings, self._actions
        self._mode.select(settings["mode"])
        self._ruler.select(settings["ruler"])
        for mode in MODES:
            actions[f"mode_{mode}"].setChecked(settings["mode"] == mode)
        for ruler in RULERS:
            actions[f"ruler_{ruler}"].setChecked(settings["ruler"] == ruler)
        actions["snap"].setChecked(settings["snap"])

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        tips = tuple(self._actions[f"mode_{mode}"].toolTip() for mode in MODES)
        self._mode.set_texts((self.tr("Normal"), self.tr("Insert"), self.tr("Overwrite")), tips)
        self._mode.setAccessibleName(self.tr("Placement mode"))
        self._ruler_name.setText(self.tr("Ruler"))
        self._ruler.set_texts(
            (self.tr("From start"), self.tr("Time of day")),
            tuple(self._actions[f"ruler_{ruler}"].toolTip() for ruler in RULERS),
        )
        self._actions["add_cta"].setIconText(self.tr("+ Call to action"))
        self._actions["add_survey"].setIconText(self.tr("+ Survey"))
        self._measure_widths()

    # ----------------------------------------------------------------------------------------- narrow windows

    def _measure_widths(self) -> None:
        """Measure the width with all texts, with those of the modes alone, and with none."""
        layout = self.layout()
        assert layout is not None
        widths = []
        for text_level in (2, 1, 0):
            self._set_text_level(text_level)
            layout.invalidate()
            widths.append(layout.sizeHint().width())
        self._widths = tuple(widths)
        self._fit_width()

    def _set_text_level(self, text_level: int) -> None:
        """Show all texts (2), those of the modes alone (1), or none (0)."""
        style = Qt.ToolButtonStyle
        self._ruler_name.setVisible(text_level > 1)
        for each in self._text_buttons:
            each.setToolButtonStyle(style.ToolButtonTextBesideIcon if text_level > 1 else style.ToolButtonIconOnly)
        self._mode.set_texts_shown(text_level > 0)

    def _fit_width(self) -> None:
        self._set_text_level(next((2 - step for step, width in enumerate(self._widths) if width <= self.width()), 0))

    def minimumSizeHint(self) -> QSize:
        """Return the size in pixels with icons alone, without texts."""
        return QSize(self._widths[-1] if self._widths else 0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many texts as the new width allows."""
        super().resizeEvent(event)
        self._fit_width()

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts anew when Qt reports another language; measure their widths anew for another font or style."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and self._widths:
            self._measure_widths()
