"""The webinar settings dialog: everything about a webinar but its lanes, changed in one operation."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QDateTime, QEvent, QLocale
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from editor.schedule.model import Media, RoomType, Webinar
from editor.schedule.operations import ChangeProperties
from ui.text.formatter import Formatter
from ui.text.plain_text import to_mnemonic_text
from ui.webinar_settings.access_form import AccessForm, ChatForm, DescribedRadioGroup
from ui.webinar_settings.start_form import StartForm
from ui.widgets.basics import make_button, make_label

LANGUAGES = tuple(
    "en fr de es it nl pt pl cs sv da nb fi el hu ro bg uk tr ar he hi zh ja ko vi id ca eu ga".split()  # noqa: SIM905
)
"""Languages of attendees; that of the webinar is added."""
ROOMS: tuple[RoomType, ...] = ("automated", "on_demand")
PICTURE_WIDTH = 240


class PictureImporter(Protocol):
    """The part of `MediaService` that the settings dialog uses: importing a picture, and showing it."""

    def import_files(self, paths: list[Path], on_imported: Callable[[tuple[Media, ...]], None]) -> object:
        """Import files in the background; `on_imported` gets their media, and is not called if there are none."""

    def get_image(self, sha256: str, width: int) -> QImage | None:
        """Return a picture about `width` physical pixels wide; None until it is loaded."""

    @property
    def previews_changed(self) -> Any:
        """The signal that carries a media's hash when its picture was loaded, so that `get_image` returns it."""


class WebinarSettingsDialog(QDialog):
    """The dialog with the settings of a webinar, which it does not change: once accepted, apply its `operation`.

    Args:
        webinar: the webinar to start with.
        formatter: formats dates and prices in the language of the window.
        picture_importer: imports and shows the waiting picture.
        parent: Qt's owner.
        new: whether to word it for a webinar that does not exist yet.
        now: the clock, as an aware datetime.
    """

    def __init__(
        self,
        webinar: Webinar,
        formatter: Formatter,
        picture_importer: PictureImporter,
        parent: QWidget | None = None,
        *,
        new: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._webinar = webinar
        self._formatter = formatter
        self._picture_importer = picture_importer
        self._new = new
        self._picture: str | None = webinar.waiting_picture
        self._media: tuple[Media, ...] = ()
        self._title = QLineEdit(webinar.title)
        self._description = QPlainTextEdit(webinar.description)
        self._description.setTabChangesFocus(True)
        self._description.setFixedHeight(88)
        self._language = self._make_language_box(webinar.language)
        self._start = StartForm(webinar.start, webinar.zone, formatter, now)
        self._room = DescribedRadioGroup(ROOMS, webinar.room)
        self._has_end = QCheckBox()
        self._until = QDateTimeEdit()
        self._until.setCalendarPopup(True)
        self._chat = ChatForm(webinar.chat, webinar.moderators)
        self._access = AccessForm(webinar.access, webinar.price, formatter)
        self._waiting_text = QPlainTextEdit(webinar.waiting_text)
        self._waiting_text.setTabChangesFocus(True)
        self._waiting_text.setFixedHeight(120)
        self._picture_label = make_label()
        self._choose = make_button()
        self._choose.clicked.connect(self._choose_picture)
        self._remove_picture = make_button("link")
        self._remove_picture.clicked.connect(lambda: self._set_picture(None))
        self._error_label = make_label("error", wrap=True)
        self._buttons = QDialogButtonBox()
        self._ok = self._buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        self._ok.setObjectName("primary")
        self._cancel = self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._labels: dict[str, QLabel] = {}
        self._tabs = QTabWidget()
        self._lay_out(webinar)
        # After adding it to the dialog; otherwise the first button of a tab becomes the default on focus changes.
        self._ok.setDefault(True)
        for form in (self._start, self._room, self._chat, self._access):
            form.changed.connect(self._validate)
        self._has_end.toggled.connect(self._validate)
        picture_importer.previews_changed.connect(self._on_picture_loaded)
        self.retranslate()
        self._show_picture()
        self._validate()
        self.resize(680, 600)
        self._title.setFocus()
        self._title.selectAll()

    # -------------------------------------------------------------------------------------------- the answer

    def operation(self) -> ChangeProperties | None:
        """Return what differs from the webinar the dialog was opened with, as one operation; None if nothing does.

        Spaces around texts are cut off. While access is free, the price is left as it was.
        """
        wanted: dict[str, Any] = {
            "title": self._title.text().strip(),
            "description": self._description.toPlainText().strip(),
            "start": self._start.local_start,
            "zone": self._start.zone,
            "room": self._room.value,
            "available_until": self._available_until(),
            "chat": self._chat.chat,
            "moderators": self._chat.moderators,
            "access": self._access.access,
            "price": self._access.price if self._access.access == "paid" else self._webinar.price,
            "language": self._language.currentData(),
            "waiting_text": self._waiting_text.toPlainText().strip(),
            "waiting_picture": self._picture,
        }
        changed = {name: value for name, value in wanted.items() if value != getattr(self._webinar, name)}
        if not changed:
            return None
        media = tuple(one for one in self._media if one.sha256 == self._picture)
        return ChangeProperties(**changed, media=media if "waiting_picture" in changed else ())

    def _available_until(self) -> str | None:
        if self._room.value != "on_demand" or not self._has_end.isChecked():
            return None
        return self._until.dateTime().toString("yyyy-MM-ddTHH:mm:00")

    def _validate(self) -> None:
        """Show what is invalid; what is only unwise is noted beside its field."""
        on_demand = self._room.value == "on_demand"
        self._has_end.setVisible(on_demand)
        self._until.setVisible(on_demand)
        self._until.setEnabled(self._has_end.isChecked())
        address = self._chat.find_invalid_email() if self._chat.chat == "moderated" else None
        if self._start.is_invalid:
            error_text = self.tr("The start is at a time that does not exist. Choose another.")
        elif address is not None:
            error_text = self.tr("“{address}” is not a valid e-mail address.").format(address=address)
        elif self._access.has_invalid_price:
            error_text = self.tr("The price is not valid.")
        else:
            error_text = ""
        self._error_label.setText(error_text)
        self._ok.setEnabled(not error_text)

    # ----------------------------------------------------------------------------------------------- picture

    def _choose_picture(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self, self.tr("Waiting-room picture"), "", self.tr("Pictures (*.png *.jpg *.jpeg *.webp)")
        )
        if chosen:
            self._picture_importer.import_files([Path(chosen)], self._on_picture_imported)

    def _on_picture_imported(self, imported: tuple[Media, ...]) -> None:
        pictures = [media for media in imported if media.kind == "image"]
        if pictures:
            self._media = (*self._media, *pictures)
            self._set_picture(pictures[0].sha256)
        else:
            self._picture_label.setText(self.tr("This file is not a picture."))

    def _set_picture(self, sha256: str | None) -> None:
        self._picture = sha256
        self._show_picture()

    def _on_picture_loaded(self, sha256: str) -> None:
        if sha256 == self._picture:
            self._show_picture()

    def _show_picture(self) -> None:
        self._remove_picture.setVisible(self._picture is not None)
        image = self._picture_importer.get_image(self._picture, PICTURE_WIDTH) if self._picture else None
        if image is None:
            self._picture_label.setText(self.tr("Loading the picture…") if self._picture else self.tr("No picture"))
        else:
            self._picture_label.setPixmap(QPixmap.fromImage(image.scaledToWidth(PICTURE_WIDTH)))

    # ------------------------------------------------------------------------------------------------ layout

    def _lay_out(self, webinar: Webinar) -> None:
        basics = self._make_form(("title", self._title), ("description", self._description), ("when", self._start))
        basics.addRow(self._add_label("language"), self._language)
        room = self._make_form(("room", self._room))
        until = QHBoxLayout()
        until.setSpacing(8)
        until.addWidget(self._has_end)
        until.addWidget(self._until)
        until.addStretch(1)
        room.addRow(QWidget(), until)
        room.addRow(self._add_label("access"), self._access)
        chat = self._make_form(("chat", self._chat))
        picture = QVBoxLayout()
        picture.setSpacing(8)
        picture.addWidget(self._picture_label)
        choose = QHBoxLayout()
        choose.addWidget(self._choose)
        choose.addWidget(self._remove_picture)
        choose.addStretch(1)
        picture.addLayout(choose)
        picture.addStretch(1)
        waiting = self._make_form(("waiting", self._waiting_text))
        waiting.addRow(self._add_label("picture"), picture)
        for form in (basics, room, chat, waiting):
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.addLayout(form)
            column.addStretch(0 if form is chat else 1)
            self._tabs.addTab(page, "")
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        if webinar.available_until:
            self._has_end.setChecked(True)
            self._until.setDateTime(QDateTime.fromString(webinar.available_until, "yyyy-MM-ddTHH:mm:ss"))
        else:
            self._until.setDateTime(QDateTime.currentDateTime().addMonths(3))
        footer = QHBoxLayout()
        footer.setContentsMargins(16, 8, 16, 12)
        footer.addWidget(self._error_label, 1)
        footer.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._tabs, 1)
        layout.addLayout(footer)

    def _make_form(self, *rows: tuple[str, QWidget]) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(16, 16, 16, 8)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, widget in rows:
            form.addRow(self._add_label(name), widget)
        return form

    def _add_label(self, name: str) -> QLabel:
        self._labels[name] = make_label("quiet")
        return self._labels[name]

    @staticmethod
    def _make_language_box(language: str) -> QComboBox:
        box = QComboBox()
        for tag in LANGUAGES if language in LANGUAGES else (*LANGUAGES, language):
            name = "English" if tag == "en" else QLocale(tag).nativeLanguageName()
            box.addItem(name[:1].upper() + name[1:] if name else tag, tag)
        box.setCurrentIndex(box.findData(language))
        return box

    # ------------------------------------------------------------------------------------------------- words

    def retranslate(self) -> None:
        """Set the texts of the dialog anew in the language of the installed translator.

        Its three forms are left out.
        """
        self.setWindowTitle(self.tr("New webinar") if self._new else self.tr("Webinar settings"))
        for number, name in enumerate(
            (self.tr("Webinar"), self.tr("Room and access"), self.tr("Chat"), self.tr("Waiting room"))
        ):
            self._tabs.setTabText(number, to_mnemonic_text(name))
        texts = {
            "title": self.tr("Title"),
            "description": self.tr("Description"),
            "when": self.tr("Starts"),
            "language": self.tr("Language"),
            "room": self.tr("Room"),
            "access": self.tr("Access"),
            "chat": self.tr("Chat"),
            "waiting": self.tr("Text"),
            "picture": self.tr("Picture"),
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
        self._title.setPlaceholderText(self.tr("Untitled webinar"))
        self._title.setAccessibleName(texts["title"])
        self._description.setPlaceholderText(self.tr("Shown to attendees on the registration page"))
        self._description.setAccessibleName(texts["description"])
        self._language.setAccessibleName(texts["language"])
        self._language.setToolTip(self.tr("The language of the attendees' pages"))
        self._waiting_text.setPlaceholderText(self.tr("Shown to attendees while they wait"))
        self._waiting_text.setAccessibleName(self.tr("Waiting-room text"))
        self._room.set_texts(
            (
                (
                    self.tr("Automated"),
                    self.tr(
                        "Starts on time for everyone at once, with or without you. Latecomers join where it is "
                        "now; nobody can seek."
                    ),
                ),
                (
                    self.tr("On demand"),
                    self.tr(
                        "Attendees watch whenever they like and can seek freely. It becomes available at its start."
                    ),
                ),
            )
        )
        self._has_end.setText(self.tr("No new access after"))
        self._until.setLocale(self._formatter.locale)
        self._until.setDisplayFormat(self._formatter.locale.dateTimeFormat(QLocale.FormatType.ShortFormat))
        self._choose.setText(self.tr("Choose a picture…"))
        self._remove_picture.setText(self.tr("No picture"))
        self._ok.setText(self.tr("Create") if self._new else self.tr("Save"))
        self._cancel.setText(self.tr("Cancel"))

    def changeEvent(self, event: QEvent) -> None:
        """Set all texts of the dialog and its forms anew when Qt reports another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for form in (self._start, self._chat, self._access):
                form.retranslate()
            self.retranslate()
            self._validate()
