"""The preferences: what is chosen works at once, and is kept."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale
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
from editor.schedule.model import MIN_SEGMENT_MS
from editor.settings import Settings
from ui.preferences.shortcuts import ShortcutTable
from ui.services.action_registry import ActionRegistry
from ui.widgets.basics import make_label
from ui.widgets.time_edit import TimeEdit

LENGTH_SETTINGS = ("image_length_ms", "page_length_ms", "cta_length_ms", "survey_length_ms", "video_hold_ms")
PLANS = ("automated", "trial")
UPLOAD_LIMITS_KBITS = (0, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
"""Thousands of bits a second that uploads may use; 0 is no limit."""
THEMES = ("system", "light", "dark")


class PreferencesDialog(QDialog):
    """Shows the settings a person chooses. `keep` sets one and tells where it cannot be stored."""

    def __init__(
        self,
        settings: Settings,
        actions: ActionRegistry,
        write_setting: Callable[[str, object], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions = actions
        self._write_setting = write_setting
        self._language = QComboBox()
        self._language.addItem("", "system")
        for tag in list_languages():
            self._language.addItem(name_language(tag), tag)
        self._theme = QComboBox()
        for name in THEMES:
            self._theme.addItem("", name)
        self._plan = QComboBox()
        for name in PLANS:
            self._plan.addItem("", name)
        self._upload = QComboBox()
        for kbits in sorted({*UPLOAD_LIMITS_KBITS, settings["upload_most_kbits"]}):
            self._upload.addItem("", kbits)
        self._ask = QCheckBox()
        self._ask.setChecked(settings["ask_lengths"])
        self._lengths = {
            name: TimeEdit(min_ms=0 if name == "video_hold_ms" else MIN_SEGMENT_MS) for name in LENGTH_SETTINGS
        }
        self._table = ShortcutTable(settings["shortcuts"])
        self._labels: dict[str, QLabel] = {}
        self._plan_note = make_label("quiet", wrap=True)
        self._upload_note = make_label("quiet", wrap=True)
        self._hold_note = make_label("quiet", wrap=True)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        chosen = ((self._language, "language"), (self._theme, "theme"), (self._plan, "plan"))
        for box, name in (*chosen, (self._upload, "upload_most_kbits")):
            box.setCurrentIndex(box.findData(settings[name]))
            box.activated.connect(lambda _index, box=box, name=name: write_setting(name, box.currentData()))
        for name, field in self._lengths.items():
            field.set_value(settings[name])
            field.edited.connect(lambda ms, name=name: write_setting(name, ms))
        self._ask.toggled.connect(lambda on: write_setting("ask_lengths", on))
        self._table.changed.connect(self._write_shortcuts)
        self.retranslate()
        self.resize(640, 560)

    def _write_shortcuts(self) -> None:
        """Keys that two actions have are shown as such and not taken over: neither would work."""
        if not self._table.conflict_text:
            self._write_setting("shortcuts", self._table.custom_keys)
            self._actions.retranslate()

    def _lay_out(self) -> None:
        general = self._make_form(("language", self._language), ("theme", self._theme), ("plan", self._plan))
        general.addRow(QWidget(), self._plan_note)
        self._add_row(general, "upload_most_kbits", self._upload)
        general.addRow(QWidget(), self._upload_note)
        lengths = self._make_form(*self._lengths.items())
        lengths.addRow(QWidget(), self._hold_note)
        lengths.addRow(QWidget(), self._ask)
        for form in (general, lengths):
            page = QWidget()
            page.setLayout(form)
            self._tabs.addTab(page, "")
        self._tabs.addTab(self._table, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 12)
        layout.addWidget(self._tabs, 1)
        footer = QVBoxLayout()
        footer.setContentsMargins(16, 0, 16, 0)
        footer.addWidget(self._buttons)
        layout.addLayout(footer)

    def _make_form(self, *rows: tuple[str, QWidget]) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(16, 16, 16, 8)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        for name, widget in rows:
            self._add_row(form, name, widget)
        return form

    def _add_row(self, form: QFormLayout, name: str, widget: QWidget) -> None:
        self._labels[name] = make_label()
        self._labels[name].setBuddy(widget)
        form.addRow(self._labels[name], widget)

    def retranslate(self) -> None:
        """Take texts from the language in force."""
        self.setWindowTitle(self.tr("Preferences"))
        for number, text in enumerate((self.tr("General"), self.tr("Lengths"), self.tr("Shortcuts"))):
            self._tabs.setTabText(number, text)
        texts = {
            "language": self.tr("Language"),
            "theme": self.tr("Theme"),
            "plan": self.tr("Your plan"),
            "upload_most_kbits": self.tr("Uploads use at most"),
            "image_length_ms": self.tr("A new image lasts"),
            "page_length_ms": self.tr("A new page lasts"),
            "cta_length_ms": self.tr("A new call to action lasts"),
            "survey_length_ms": self.tr("A new survey lasts"),
            "video_hold_ms": self.tr("Hold after a new video"),
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
        self._language.setItemText(0, self.tr("As the system"))
        for number, text in enumerate((self.tr("As the system"), self.tr("Light"), self.tr("Dark"))):
            self._theme.setItemText(number, text)
        for number, text in enumerate((self.tr("Automated"), self.tr("Free trial"))):
            self._plan.setItemText(number, text)
        self._plan_note.setText(self.tr("On the free trial an automated webinar lasts 15 minutes at most."))
        for number in range(self._upload.count()):
            mbits = QLocale().toString(self._upload.itemData(number) / 1_000)
            text = self.tr("{mbits} Mbit/s").format(mbits=mbits) if number else self.tr("As much as there is")
            self._upload.setItemText(number, text)
        self._upload_note.setText(
            self.tr("Leave some of a slow line to others. The hosting on this computer is not held back.")
        )
        self._hold_note.setText(
            self.tr("While it holds, the last frame stays: time for slow connections, and room for you to step in.")
        )
        self._ask.setText(self.tr("Ask for the length after each add"))
        close = self._buttons.button(QDialogButtonBox.StandardButton.Close)
        if close is not None:
            close.setText(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._table.retranslate()
            self.retranslate()
