"""The settings of chat, moderators and access."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from editor.schedule.model import Access, ChatMode, Moderator, Price, Role
from ui.text.formatter import Formatter
from ui.text.plain_text import to_mnemonic_text
from ui.webinar_settings import price
from ui.widgets.basics import make_button, make_label

CHATS: tuple[ChatMode, ...] = ("none", "moderated", "answer_later")
ROLES: tuple[Role, ...] = ("owner", "presenter", "moderator", "organizer")
ACCESSES: tuple[Access, ...] = ("free", "paid")


class DescribedRadioGroup(QWidget):
    """A choice of one value by radio buttons, each with a sentence below that explains it; no text before `set_texts`.

    `changed` is emitted whenever another value is chosen, also by `select`.
    """

    changed = Signal()

    def __init__(self, values: tuple[str, ...], value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = values
        self._group = QButtonGroup(self)
        self._descriptions: list[QLabel] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for number, each in enumerate(values):
            radio = QRadioButton()
            radio.setChecked(each == value)
            self._group.addButton(radio, number)
            description = make_label("quiet", wrap=True)
            description.setIndent(24)
            self._descriptions.append(description)
            layout.addWidget(radio)
            layout.addWidget(description)
            layout.addSpacing(6)
        self._group.idToggled.connect(lambda _id, on: self.changed.emit() if on else None)

    @property
    def value(self) -> str:
        """The chosen value, one of those given to the constructor."""
        return self._values[self._group.checkedId()]

    def select(self, value: str) -> None:
        """Choose a value, which emits `changed` if it is another; one that is not offered raises `ValueError`."""
        self._group.button(self._values.index(value)).setChecked(True)

    def set_texts(self, texts: tuple[tuple[str, str], ...]) -> None:
        """Set the translated name and explanation of each value, in the order of the values."""
        for number, (name, meaning) in enumerate(texts):
            radio = self._group.button(number)
            radio.setText(to_mnemonic_text(name))
            radio.setAccessibleDescription(meaning)
            self._descriptions[number].setText(meaning)


class ChatForm(QWidget):
    """The form of the settings dialog for the chat mode and the moderators; `changed` is emitted after each edit."""

    changed = Signal()

    def __init__(self, chat: ChatMode, moderators: tuple[Moderator, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modes = DescribedRadioGroup(CHATS, chat)
        self._modes.changed.connect(self._on_mode)
        self._moderation = QWidget()
        self._heading = make_label("heading")
        self._table = QTableWidget(0, 3)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setStretchLastSection(True)
        self._table.setColumnWidth(0, 170)
        self._table.setColumnWidth(1, 220)
        self._table.setMinimumHeight(132)
        self._table.itemChanged.connect(lambda _item: self.changed.emit())
        self._add = make_button()
        self._add.clicked.connect(self._add_row)
        self._remove = make_button()
        self._remove.clicked.connect(self._remove_row)
        self._warning = make_label("warning", wrap=True)
        for moderator in moderators:
            self._insert_row(moderator)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._add)
        buttons.addWidget(self._remove)
        buttons.addWidget(self._warning, 1)
        team = QVBoxLayout(self._moderation)
        team.setContentsMargins(0, 0, 0, 0)
        team.setSpacing(8)
        team.addWidget(self._heading)
        team.addWidget(self._table, 1)
        team.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._modes)
        layout.addWidget(self._moderation, 1)
        layout.addStretch(0)
        self.changed.connect(self._update_warning)
        self.retranslate()
        self._on_mode()

    @property
    def chat(self) -> ChatMode:
        """The chosen chat mode, one of `CHATS`."""
        return CHATS[CHATS.index(self._modes.value)]

    @property
    def moderators(self) -> tuple[Moderator, ...]:
        """The moderators as typed, valid or not; empty rows are left out."""
        found = []
        for row in range(self._table.rowCount()):
            name, email = (self._cell_text(row, column) for column in (0, 1))
            box = self._table.cellWidget(row, 2)
            role: Role = ROLES[box.currentIndex()] if isinstance(box, QComboBox) else "moderator"
            if name or email:
                found.append(Moderator(name=name, email=email, role=role))
        return tuple(found)

    def find_invalid_email(self) -> str | None:
        """Return an invalid e-mail address among the moderators; None if all are valid.

        Of a moderator without an address it is the name.
        """
        for moderator in self.moderators:
            name, at, domain = moderator.email.partition("@")
            if not (name and at and "." in domain.strip(".")) or " " in moderator.email:
                return moderator.email or moderator.name
        return None

    def _cell_text(self, row: int, column: int) -> str:
        item = self._table.item(row, column)
        return item.text().strip() if item is not None else ""

    def _insert_row(self, moderator: Moderator) -> None:
        row = self._table.rowCount()
        self._table.insertRow(row)
        self._table.setItem(row, 0, QTableWidgetItem(moderator.name))
        self._table.setItem(row, 1, QTableWidgetItem(moderator.email))
        box = QComboBox()
        box.addItems(self._translate_roles())
        box.setCurrentIndex(ROLES.index(moderator.role))
        box.currentIndexChanged.connect(self.changed)
        self._table.setCellWidget(row, 2, box)
        self._table.setRowHeight(row, 34)

    def _add_row(self) -> None:
        self._insert_row(Moderator(name="", email="", role="moderator"))
        row = self._table.rowCount() - 1
        self._table.setCurrentCell(row, 0)
        item = self._table.item(row, 0)
        if item is not None:
            self._table.editItem(item)
        self.changed.emit()

    def _remove_row(self) -> None:
        row = self._table.currentRow()
        self._table.removeRow(row if row >= 0 else self._table.rowCount() - 1)
        self.changed.emit()

    def _on_mode(self) -> None:
        self._moderation.setVisible(self.chat == "moderated")
        self.changed.emit()

    def _update_warning(self) -> None:
        missing = self.chat == "moderated" and not self.moderators
        self._warning.setText(self.tr("Name at least one moderator, or no message is ever shown.") if missing else "")
        self._remove.setEnabled(self._table.rowCount() > 0)

    def _translate_roles(self) -> list[str]:
        names = {
            "owner": self.tr("owner"),
            "presenter": self.tr("presenter"),
            "moderator": self.tr("moderator"),
            "organizer": self.tr("organizer"),
        }
        return [names[role] for role in ROLES]

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self._modes.set_texts(
            (
                (
                    self.tr("No chat"),
                    self.tr(
                        "Attendees cannot write, and nothing is logged. A team member can turn the chat on during"
                        " the session; from then on it is moderated and logged."
                    ),
                ),
                (
                    self.tr("Moderated"),
                    self.tr("A moderator approves each message before other attendees see it."),
                ),
                (
                    self.tr("Answer later"),
                    self.tr(
                        "Only the author and the team see a message. You answer by e-mail after the session, so "
                        "attendees give an address when they join."
                    ),
                ),
            )
        )
        self._heading.setText(self.tr("Who moderates"))
        self._table.setHorizontalHeaderLabels([self.tr("Name"), self.tr("E-mail"), self.tr("Role")])
        self._table.setAccessibleName(self.tr("Who moderates"))
        self._add.setText(self.tr("Add a moderator"))
        self._remove.setText(self.tr("Remove"))
        for row in range(self._table.rowCount()):
            box = self._table.cellWidget(row, 2)
            if isinstance(box, QComboBox):
                for number, name in enumerate(self._translate_roles()):
                    box.setItemText(number, name)
        self._update_warning()


class AccessForm(QWidget):
    """The form of the settings dialog for free access, or paid access with a price.

    `changed` is emitted after each edit.

    Args:
        access: the access to show at first: "free" or "paid".
        cost: the price to show at first; None for none.
        formatter: has the locale that prices are typed in.
        parent: Qt's owner.
    """

    changed = Signal()

    def __init__(self, access: Access, cost: Price | None, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._access = DescribedRadioGroup(ACCESSES, access)
        self._access.changed.connect(self._on_change)
        self._currency = QComboBox()
        self._currency.setEditable(True)
        self._currency.addItems(list(price.CURRENCIES))
        self._currency.setCurrentText(cost.currency if cost else self._default_currency(formatter.locale))
        self._currency.setFixedWidth(96)
        self._amount = QLineEdit(price.format_price(cost, formatter.locale, with_currency=False) if cost else "")
        self._amount.setFixedWidth(120)
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._price_note = make_label("quiet")
        self._amount.textChanged.connect(self._on_change)
        self._currency.currentTextChanged.connect(self._on_change)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._amount)
        row.addWidget(self._currency)
        row.addWidget(self._price_note, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._access)
        layout.addLayout(row)
        layout.addStretch(1)
        self.retranslate()
        self._on_change()

    @property
    def access(self) -> Access:
        """The chosen access: "free" or "paid"."""
        return ACCESSES[ACCESSES.index(self._access.value)]

    @property
    def price(self) -> Price | None:
        """The typed price, also while access is free; None if none is typed, or an invalid one."""
        currency = self._currency.currentText().strip().upper()
        amount = price.parse(self._amount.text(), currency, self._formatter.locale)
        if amount is None or len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
            return None
        return Price(amount=amount, currency=currency)

    @property
    def has_invalid_price(self) -> bool:
        """Whether access is paid and the typed price is invalid; False while none is typed."""
        return self.access == "paid" and bool(self._amount.text().strip()) and self.price is None

    def _on_change(self) -> None:
        paid = self.access == "paid"
        self._amount.setVisible(paid)
        self._currency.setVisible(paid)
        self._price_note.setVisible(paid)
        is_invalid = self.has_invalid_price
        self._amount.setProperty("wrong", is_invalid)
        self._amount.style().polish(self._amount)
        cost = self.price
        self._price_note.setObjectName("error" if is_invalid else "quiet")
        self._price_note.style().polish(self._price_note)
        if is_invalid:
            example = price.format_price(
                Price(amount=1250, currency="EUR"), self._formatter.locale, with_currency=False
            )
            self._price_note.setText(
                self.tr("This is not a valid price. Type it like {example}.").format(example=example)
            )
        elif cost is None:
            self._price_note.setText(self.tr("Set a price before you publish."))
        else:
            self._price_note.setText(
                self.tr("{price} per seat").format(price=price.format_price(cost, self._formatter.locale))
            )
        self.changed.emit()

    @staticmethod
    def _default_currency(locale: QLocale) -> str:
        code = locale.currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
        return code if code in price.CURRENCIES else "EUR"

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self._access.set_texts(
            (
                (self.tr("Free"), self.tr("Anyone with the link can join.")),
                (
                    self.tr("Paid"),
                    self.tr(
                        "Attendees pay before they get a seat; the replay is included. The team needs no seats. A paid"
                        " webinar cannot be published yet, only tried out in a private test."
                    ),
                ),
            )
        )
        self._amount.setAccessibleName(self.tr("Price"))
        self._currency.setAccessibleName(self.tr("Currency"))
        self._currency.setToolTip(self.tr("Currency"))
