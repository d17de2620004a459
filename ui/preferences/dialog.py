"""The preferences dialog; a choice takes effect at once and is stored."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from editor.languages import list_languages, name_language
from editor.settings import SETTINGS, Settings, SettingSection
from ui.preferences.shortcuts import ShortcutTable
from ui.services.action_registry import ActionRegistry
from ui.text.plain_text import to_mnemonic_text
from ui.widgets.basics import make_label
from ui.widgets.time_edit import TimeEdit

SECTIONS: tuple[SettingSection, ...] = ("general", "lengths")
WriteSetting = Callable[[str, object], None]
"""Sets and stores a setting, and reports where it cannot be stored."""


def translate_setting(text: str) -> str:
    """Return the translation of a setting's English label or description, in the language in force; empty for empty."""
    return QCoreApplication.translate("settings", text) if text else ""


class PreferencesDialog(QDialog):
    """The dialog of the preferences; each change is stored at once, and there is nothing to confirm.

    Keys are not stored while two actions share one.

    Args:
        settings: the settings to show.
        actions: take other keys over when these are changed.
        write_setting: sets and stores a setting by its name.
        parent: Qt's owner.
    """

    def __init__(
        self,
        settings: Settings,
        actions: ActionRegistry,
        write_setting: WriteSetting,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions = actions
        self._write_setting = write_setting
        self.fields: dict[str, QWidget] = {
            name: self._make_field(name) for name, spec in SETTINGS.items() if spec.section is not None
        }
        """The field of each setting by its name."""
        self._labels: dict[str, QLabel] = {}
        self._descriptions: dict[str, QLabel] = {}
        self._table = ShortcutTable(settings["shortcuts"])
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._table.changed.connect(self._write_shortcuts)
        self.retranslate()
        self.resize(640, 560)

    def _make_field(self, name: str) -> QWidget:
        """Make the field that suits a setting's type, with its value in it."""
        spec, value = SETTINGS[name], self._settings[name]
        if spec.choices or spec.presets:
            box = QComboBox()
            for choice in spec.choices or sorted({*spec.presets, value}):
                box.addItem("", choice)
            box.setCurrentIndex(box.findData(value))
            box.activated.connect(lambda _index: self._write_setting(name, box.currentData()))
            return box
        if isinstance(spec.default, bool):
            check = QCheckBox()
            check.setChecked(value)
            check.toggled.connect(partial(self._write_setting, name))
            return check
        time_edit = TimeEdit(min_ms=spec.minimum or 0)
        time_edit.set_value(value)
        time_edit.edited.connect(partial(self._write_setting, name))
        return time_edit

    def _write_shortcuts(self) -> None:
        """Store the keys, unless two actions share one: then neither would work."""
        if not self._table.conflict_text:
            self._write_setting("shortcuts", self._table.custom_keys)
            self._actions.retranslate()

    def _lay_out(self) -> None:
        for section in SECTIONS:
            page = QWidget()
            page.setLayout(self._make_form(section))
            self._tabs.addTab(page, "")
        self._tabs.addTab(self._table, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 12)
        layout.addWidget(self._tabs, 1)
        footer = QVBoxLayout()
        footer.setContentsMargins(16, 0, 16, 0)
        footer.addWidget(self._buttons)
        layout.addLayout(footer)

    def _make_form(self, section: SettingSection) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(16, 16, 16, 8)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        for name, field in self.fields.items():
            spec = SETTINGS[name]
            if spec.section != section:
                continue
            if isinstance(field, QCheckBox):  # a check box carries its label itself
                form.addRow(QWidget(), field)
            else:
                label = self._labels[name] = make_label()
                label.setBuddy(field)
                form.addRow(label, field)
            if spec.shows_description:
                self._descriptions[name] = make_label("quiet", wrap=True)
                form.addRow(QWidget(), self._descriptions[name])
        return form

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        self.setWindowTitle(self.tr("Preferences"))
        for number, text in enumerate((self.tr("General"), self.tr("Lengths"), self.tr("Shortcuts"))):
            self._tabs.setTabText(number, to_mnemonic_text(text))
        for name, field in self.fields.items():
            spec = SETTINGS[name]
            if isinstance(field, QCheckBox):
                field.setText(translate_setting(spec.label))
            else:
                self._labels[name].setText(translate_setting(spec.label))
            if name in self._descriptions:
                self._descriptions[name].setText(translate_setting(spec.description))
            else:
                field.setToolTip(translate_setting(spec.description))
            if isinstance(field, QComboBox):
                self._retranslate_choices(name, field)
        close = self._buttons.button(QDialogButtonBox.StandardButton.Close)
        if close is not None:
            close.setText(self.tr("Close"))

    def _retranslate_choices(self, name: str, box: QComboBox) -> None:
        spec = SETTINGS[name]
        for number in range(box.count()):
            choice = box.itemData(number)
            if name == "language" and choice in list_languages():
                box.setItemText(number, name_language(choice))
            elif spec.choices:
                box.setItemText(number, translate_setting(spec.choices[choice]))
            else:
                box.setItemText(number, self._format_speed(choice))

    def _format_speed(self, kbits: int) -> str:
        """Return an upload limit in megabits a second; 0 is no limit."""
        mbits = QLocale().toString(kbits / 1_000)
        return self.tr("{mbits} Mbit/s").format(mbits=mbits) if kbits else self.tr("No limit")

    def changeEvent(self, event: QEvent) -> None:
        """Set all texts of the dialog and its table anew when Qt reports another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._table.retranslate()
            self.retranslate()
