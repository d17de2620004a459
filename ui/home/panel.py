"""Home: the webinars of the library as cards or rows, and the first steps for a new user."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from editor.library.records import RESTORABLE_FOR
from ui.home.card_text import SECTIONS, CardText, CardTextFormatter, LibrarySection, filter_and_sort
from ui.home.library_commands import LibraryCommands
from ui.home.webinar_list import CARD_SIZE, GAP, Shape, WebinarDelegate, WebinarListModel
from ui.home.welcome import WelcomePage
from ui.style import theme
from ui.sync.sync_badge import SyncBadge
from ui.text.formatter import Formatter
from ui.widgets.basics import ToggleGroup, make_button, make_label

if TYPE_CHECKING:
    from editor.library.records import WebinarSummary
    from ui.home.remote_webinars import RemoteWebinarList


class HomePanel(QWidget):
    """The panel Home, which lists the webinars of one section of the library as cards or rows, with a search.

    It changes them by `LibraryCommands`; opening and creating webinars it only asks for by signals.

    Args:
        commands: read and change the library.
        formatter: formats dates and lengths.
        parent: Qt's owner.
        shape: how webinars are shown at first: "cards" or "rows".
        now: the clock, which returns an aware datetime.
    """

    open_requested = Signal(str)
    new_requested = Signal(str)
    """Carries the id of the template of a new webinar; empty for an empty one."""
    bundle_requested = Signal()
    """The user wants to open a bundle."""
    remote_deletion_requested = Signal(str, str)
    """Carries id and title of a webinar, deleted here, that is to be deleted on the server too."""

    def __init__(
        self,
        commands: LibraryCommands,
        formatter: Formatter,
        parent: QWidget | None = None,
        *,
        shape: Shape = "cards",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("home")
        self._commands = commands
        self._formatter = formatter
        self._now = now
        self._card_formatter = CardTextFormatter(formatter, self)
        self._summaries: tuple[WebinarSummary, ...] | None = None
        self._section: LibrarySection = "recent"
        self._remote_webinars: RemoteWebinarList | None = None
        self._find_sync_badge: Callable[[WebinarSummary], SyncBadge] = lambda _card: ""

        self._search = QLineEdit(clearButtonEnabled=True)
        self._search.setFixedWidth(260)
        self._search.textChanged.connect(self._update_list)
        self._search.returnPressed.connect(self._open_current)
        self._new = make_button("primary")
        self._new.clicked.connect(lambda: self.new_requested.emit(""))
        self._import = make_button()
        self._import.clicked.connect(self.bundle_requested)
        self._section_switch = ToggleGroup(SECTIONS)
        self._section_switch.select("recent")
        self._section_switch.chosen.connect(self.show_section)
        self._shape_switch = ToggleGroup(("cards", "rows"), icons=("cards", "rows"))
        self._shape_switch.chosen.connect(self.set_shape)
        self._model = WebinarListModel(self)
        self._delegate = WebinarDelegate(self)
        self._list = self._make_list()
        self._empty_label = make_label("quiet")
        self._empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._welcome = WelcomePage()
        self._welcome.new_requested.connect(lambda: self.new_requested.emit(""))
        self._welcome.import_requested.connect(self.bundle_requested)
        self._welcome.remote_webinars_requested.connect(lambda: self.show_section("hosted"))
        self._loading = QWidget()
        self._pages = QStackedWidget()
        for page in (self._loading, self._list, self._empty_label, self._welcome):
            self._pages.addWidget(page)

        self._toolbar_widgets: tuple[QWidget, ...] = (self._search, self._section_switch, self._shape_switch)
        self._lay_out()
        commands.changed.connect(self.refresh)
        formatter.language_changed.connect(self._update_list)
        self.retranslate()
        self.set_shape(shape)

    def _make_list(self) -> QListView:
        view = QListView()
        view.setObjectName("cards")
        view.setModel(self._model)
        view.setItemDelegate(self._delegate)
        view.setMouseTracking(True)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        view.activated.connect(self._activate)
        delete = QAction(view)
        delete.setShortcuts([QKeySequence(Qt.Key.Key_Delete)])
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.triggered.connect(self._delete_current)
        view.addAction(delete)
        return view

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(8)
        header.addWidget(make_label("title", "Matinee"))
        header.addStretch(1)
        header.addWidget(self._search)
        header.addWidget(self._import)
        header.addWidget(self._new)
        toolbar = QHBoxLayout()
        toolbar.addWidget(self._section_switch)
        toolbar.addStretch(1)
        toolbar.addWidget(self._shape_switch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(40, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(header)
        layout.addLayout(toolbar)
        layout.addWidget(self._pages, 1)
        for widget in self._toolbar_widgets:
            widget.hide()

    # --------------------------------------------------------------------------------------------- showing

    @property
    def shape(self) -> Shape:
        """How webinars are shown: "cards" or "rows"."""
        return self._delegate.shape

    def set_shape(self, shape: Shape) -> None:
        """Show webinars as "cards" or "rows"; the choice is not stored here."""
        self._delegate.shape = shape
        self._shape_switch.select(shape)
        cards = shape == "cards"
        self._list.setFlow(QListView.Flow.LeftToRight if cards else QListView.Flow.TopToBottom)
        self._list.setWrapping(cards)
        self._list.setGridSize(CARD_SIZE + QSize(GAP, GAP) if cards else QSize())
        self._list.scheduleDelayedItemsLayout()

    def show_section(self, section: LibrarySection) -> None:
        """Show another section of the library, which is read in the background, unless it is "hosted" (`refresh`)."""
        self._section = section
        self._section_switch.select(section)
        self.refresh()

    def set_hosting(
        self, remote_webinars: "RemoteWebinarList", find_sync_badge: "Callable[[WebinarSummary], SyncBadge]"
    ) -> None:
        """Set the list that "On the server" shows, and the function that finds the sync badges of cards; call it once.

        Cards get their badges when they are listed next (`refresh`); they have none before this call. A webinar that
        the list asks to open is passed on as `open_requested`.

        Args:
            remote_webinars: the list; the panel owns it from now on.
            find_sync_badge: returns how a webinar compares with the server; called for each listed card.
        """
        self._remote_webinars, self._find_sync_badge = remote_webinars, find_sync_badge
        remote_webinars.open_requested.connect(self.open_requested)
        self._pages.addWidget(remote_webinars)

    def refresh(self) -> None:
        """Read the webinars of the section again in the background; the old cards stay until the new ones are read.

        What was read for a section that is no longer shown is dropped. "hosted" is not read: its list follows the
        server.
        """
        section = self._section
        if section == "hosted":
            self._update_list()
            return

        def on_loaded(summaries: "tuple[WebinarSummary, ...]") -> None:
            if section == self._section:
                self._summaries = summaries
                self._update_list()

        self._commands.load_summaries(on_loaded, archived=section == "archive", deleted=section == "deleted")

    def _update_list(self) -> None:
        """Show the webinars as section and search select them."""
        if self._remote_webinars is not None and self._section == "hosted":
            for widget in self._toolbar_widgets:
                widget.setVisible(widget is not self._shape_switch)
            self._remote_webinars.set_search(self._search.text())
            self._pages.setCurrentWidget(self._remote_webinars)
            return
        if self._summaries is None:
            return
        current = self._model.card_at(self._list.currentIndex())
        now = self._now()
        matching = filter_and_sort(self._summaries, self._section, self._search.text(), now)
        self._model.set_cards(
            tuple(self._card_formatter.format_card(card, now, self._find_sync_badge(card)) for card in matching)
        )
        row = self._model.row_of(current.id) if current else None
        if matching:
            self._list.setCurrentIndex(self._model.index(0 if row is None else row))
        new_user = self._section == "recent" and not self._summaries
        for widget in self._toolbar_widgets:
            widget.setVisible(not new_user or bool(self._search.text()))
        if matching:
            self._pages.setCurrentWidget(self._list)
        elif new_user and not self._search.text():
            self._pages.setCurrentWidget(self._welcome)
        else:
            self._empty_label.setText(self._empty_reason())
            self._pages.setCurrentWidget(self._empty_label)
        self._focus_default()

    def _focus_default(self) -> None:
        """Focus the cards, or the button for a new webinar; keep the focus if it is on this panel already."""
        focus = self.focusWidget()
        if focus is None or not focus.isVisibleTo(self) or focus is self._new:
            current_page = self._pages.currentWidget()
            (self._list if current_page is self._list else self._new).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Focus the list when Home is shown; its current card is still that of the webinar opened from here, for Enter.

        Where no list is shown, as in an empty library, the button for a new webinar gets the focus.
        """
        super().showEvent(event)
        self._list.setFocus()
        self._focus_default()

    def _empty_reason(self) -> str:
        if self._search.text():
            return self.tr("No webinar here has “{words}” in its title.").format(words=self._search.text())
        return {
            "recent": self.tr("No webinars here. Click “New webinar” to create one."),
            "coming": self.tr("Nothing is coming up. Give a webinar a date in its settings."),
            "templates": self.tr("No template yet. Right-click a webinar and choose “Use as a template”."),
            "archive": self.tr("The archive is empty."),
            "deleted": self.tr("Nothing was deleted in the last %n day(s).", "", RESTORABLE_FOR.days),
            "hosted": self.tr("Please wait…"),
        }[self._section]

    # ------------------------------------------------------------------------------------------------ doing

    def _activate(self, index: QModelIndex) -> None:
        card = self._model.card_at(index)
        if card is None or self._section == "hosted":
            return
        if self._section == "templates":
            self.new_requested.emit(card.id)
        elif self._section == "deleted":
            self._commands.delete(card.id, card.title, deleted=False)
        else:
            self.open_requested.emit(card.id)

    def _open_current(self) -> None:
        self._activate(self._list.currentIndex())

    def _delete_current(self) -> None:
        card = self._model.card_at(self._list.currentIndex())
        if card is not None and self._section != "deleted":
            self._commands.delete(card.id, card.title, deleted=True)

    def _open_menu(self, position: QPoint) -> None:
        card = self._model.card_at(self._list.indexAt(position))
        if card is not None:
            menu = self.build_menu(card)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._list.viewport().mapToGlobal(position))

    def build_menu(self, card: CardText) -> QMenu:
        """Return a new context menu, owned by the panel, with what can be done with a webinar in the shown section.

        A deleted webinar can only be restored and, while the server is reachable, be deleted there.
        """
        menu = QMenu(self)
        webinar, title, commands = card.id, card.title, self._commands
        if self._section == "deleted":
            menu.addAction(
                theme.icon("restore"), self.tr("Restore"), lambda: commands.delete(webinar, title, deleted=False)
            )
            if self._remote_webinars is not None and self._remote_webinars.is_reachable:
                menu.addAction(
                    theme.icon("delete"),
                    self.tr("Delete on the server, too"),
                    lambda: self.remote_deletion_requested.emit(webinar, title),
                )
            return menu
        menu.addAction(theme.icon("edit"), self.tr("Open"), lambda: self.open_requested.emit(webinar))
        menu.addAction(theme.icon("template"), self.tr("New from this one…"), lambda: self.new_requested.emit(webinar))
        menu.addAction(theme.icon("duplicate"), self.tr("Duplicate"), lambda: commands.duplicate(webinar, title))
        template = menu.addAction(self.tr("Use as a template"))
        template.setCheckable(True)
        template.setChecked(card.is_template)
        template.triggered.connect(lambda checked: commands.set_template(webinar, checked))
        menu.addSeparator()
        archived = self._section == "archive"
        menu.addAction(
            theme.icon("restore" if archived else "archive"),
            self.tr("Move out of the archive") if archived else self.tr("Archive", "verb"),
            lambda: commands.archive(webinar, title, not archived),
        )
        menu.addAction(theme.icon("delete"), self.tr("Delete"), lambda: commands.delete(webinar, title, deleted=True))
        return menu

    # ----------------------------------------------------------------------------------------------- words

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setAccessibleName(self.tr("Search webinars by title"))
        self._new.setText(self.tr("New webinar"))
        self._import.setText(self.tr("Open a bundle…"))
        names = {
            "recent": self.tr("Recent"),
            "coming": self.tr("Coming up"),
            "templates": self.tr("Templates"),
            "archive": self.tr("Archive"),
            "deleted": self.tr("Deleted"),
            "hosted": self.tr("On the server"),
        }
        self._section_switch.set_texts([names[section] for section in SECTIONS])
        self._shape_switch.set_texts(("", ""), (self.tr("Show as cards"), self.tr("Show as rows")))
        self._list.setAccessibleName(self.tr("Webinars"))
        self._update_icons()

    def _update_icons(self) -> None:
        look = theme.look_of(self)
        self._new.setIcon(theme.icon("add", look.on_accent))
        self._import.setIcon(theme.icon("import", look.text))

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts anew when Qt reports another language; redraw the icons when it reports another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._update_icons()
