"""Home: the webinars of the library as cards or rows, and what a new user does first."""

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

from ui import theme
from ui.home.cards import CARD, GAP, CardModel, CardPainter, Shape
from ui.home.deeds import LibraryDeeds
from ui.home.empty import EmptyHome
from ui.home.lines import SHELVES, CardLines, CardWriter, Shelf, Synced, arranged
from ui.parts import Choice, button, label
from ui.words import Words

if TYPE_CHECKING:
    from editor.library.values import Card
    from ui.home.hosted import HostedShelf


class Home(QWidget):
    """All webinars. What is done to them goes through `deeds`; what is opened is told."""

    open_asked = Signal(str)
    new_asked = Signal(str)
    """A new webinar is wanted, from the template of this id, or from nothing ("")."""
    import_asked = Signal()
    """A bundle is to be opened."""
    retire_asked = Signal(str, str)
    """What is deleted here (its id and title) is to be deleted on the hosting, too."""

    def __init__(
        self,
        deeds: LibraryDeeds,
        words: Words,
        parent: QWidget | None = None,
        *,
        shape: Shape = "cards",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("home")
        self._deeds = deeds
        self._words = words
        self._now = now
        self._writer = CardWriter(words, self)
        self._cards: tuple[Card, ...] | None = None
        self._shelf: Shelf = "recent"
        self._hosted: HostedShelf | None = None
        self._synced: Callable[[Card], Synced] = lambda _card: ""

        self._search = QLineEdit(clearButtonEnabled=True)
        self._search.setFixedWidth(260)
        self._search.textChanged.connect(self._arrange)
        self._search.returnPressed.connect(self._open_current)
        self._new = button("primary")
        self._new.clicked.connect(lambda: self.new_asked.emit(""))
        self._import = button()
        self._import.clicked.connect(self.import_asked)
        self._shelves = Choice(SHELVES)
        self._shelves.set("recent")
        self._shelves.chosen.connect(self.show_shelf)
        self._shapes = Choice(("cards", "rows"), icons=("cards", "rows"))
        self._shapes.chosen.connect(self.set_shape)
        self._model = CardModel(self)
        self._painter = CardPainter(self)
        self._list = self._make_list()
        self._nothing = label("quiet")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty = EmptyHome()
        self._empty.new_asked.connect(lambda: self.new_asked.emit(""))
        self._empty.import_asked.connect(self.import_asked)
        self._empty.hosted_asked.connect(lambda: self.show_shelf("hosted"))
        self._reading = QWidget()
        self._pages = QStackedWidget()
        for page in (self._reading, self._list, self._nothing, self._empty):
            self._pages.addWidget(page)

        self._second: tuple[QWidget, ...] = (self._search, self._shelves, self._shapes)
        self._lay_out()
        deeds.changed.connect(self.refresh)
        words.language_changed.connect(self._arrange)
        self.retranslate()
        self.set_shape(shape)

    def _make_list(self) -> QListView:
        made = QListView()
        made.setObjectName("cards")
        made.setModel(self._model)
        made.setItemDelegate(self._painter)
        made.setMouseTracking(True)
        made.setResizeMode(QListView.ResizeMode.Adjust)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(self._open_menu)
        made.activated.connect(self._activate)
        delete = QAction(made)
        delete.setShortcuts([QKeySequence(Qt.Key.Key_Delete)])
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.triggered.connect(self._delete_current)
        made.addAction(delete)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("title", "Matinee"))
        head.addStretch(1)
        head.addWidget(self._search)
        head.addWidget(self._import)
        head.addWidget(self._new)
        second = QHBoxLayout()
        second.addWidget(self._shelves)
        second.addStretch(1)
        second.addWidget(self._shapes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(40, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(head)
        layout.addLayout(second)
        layout.addWidget(self._pages, 1)
        for widget in self._second:
            widget.hide()

    # --------------------------------------------------------------------------------------------- showing

    @property
    def shape(self) -> Shape:
        """Cards or rows."""
        return self._painter.shape

    def set_shape(self, shape: Shape) -> None:
        """Show cards, or rows."""
        self._painter.shape = shape
        self._shapes.set(shape)
        cards = shape == "cards"
        self._list.setFlow(QListView.Flow.LeftToRight if cards else QListView.Flow.TopToBottom)
        self._list.setWrapping(cards)
        self._list.setGridSize(CARD + QSize(GAP, GAP) if cards else QSize())
        self._list.scheduleDelayedItemsLayout()

    def show_shelf(self, shelf: Shelf) -> None:
        """Show another part of the library."""
        self._shelf = shelf
        self._shelves.set(shelf)
        self.refresh()

    def set_hosting(self, hosted: "HostedShelf", synced: "Callable[[Card], Synced]") -> None:
        """From now on this is the shelf of what is on the hosting alone, and this says how a card stands to it."""
        self._hosted, self._synced = hosted, synced
        hosted.open_asked.connect(self.open_asked)
        self._pages.addWidget(hosted)

    def refresh(self) -> None:
        """Read the cards again; the window shows the old ones until the new are there."""
        shelf = self._shelf
        if shelf == "hosted":
            self._arrange()
            return

        def arrived(cards: "tuple[Card, ...]") -> None:
            if shelf == self._shelf:
                self._cards = cards
                self._arrange()

        self._deeds.cards(arrived, archived=shelf == "archive", deleted=shelf == "deleted")

    def _arrange(self) -> None:
        """Show the cards that were read, as the shelf and the search want them."""
        if self._hosted is not None and self._shelf == "hosted":
            for widget in self._second:
                widget.setVisible(widget is not self._shapes)
            self._hosted.search(self._search.text())
            self._pages.setCurrentWidget(self._hosted)
            return
        if self._cards is None:
            return
        current = self._model.at(self._list.currentIndex())
        now = self._now()
        found = arranged(self._cards, self._shelf, self._search.text(), now)
        self._model.show(tuple(self._writer.lines(card, now, self._synced(card)) for card in found))
        row = self._model.row_of(current.id) if current else None
        if found:
            self._list.setCurrentIndex(self._model.index(0 if row is None else row))
        new_user = self._shelf == "recent" and not self._cards
        for widget in self._second:
            widget.setVisible(not new_user or bool(self._search.text()))
        if found:
            self._pages.setCurrentWidget(self._list)
        elif new_user and not self._search.text():
            self._pages.setCurrentWidget(self._empty)
        else:
            self._nothing.setText(self._why_nothing())
            self._pages.setCurrentWidget(self._nothing)
        self._receive()

    def _receive(self) -> None:
        """Who comes by keyboard begins at the cards, or with a new webinar; who is here already stays where one is."""
        focus = self.focusWidget()
        if focus is None or not focus.isVisibleTo(self) or focus is self._new:
            shown = self._pages.currentWidget()
            (self._list if shown is self._list else self._new).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Back from a webinar, its card is the one that Enter opens."""
        super().showEvent(event)
        self._list.setFocus()
        self._receive()

    def _why_nothing(self) -> str:
        if self._search.text():
            return self.tr("No webinar here has “{words}” in its title.").format(words=self._search.text())
        return {
            "recent": self.tr("No webinar here. Press “New webinar” to plan one."),
            "coming": self.tr("Nothing is planned for the days to come. Give a webinar a date in its plan."),
            "templates": self.tr("No template yet. Right-click a webinar and choose “Use as a template”."),
            "archive": self.tr("The archive is empty."),
            "deleted": self.tr("Nothing was deleted in the last 30 days."),
            "hosted": self.tr("One moment …"),
        }[self._shelf]

    # ------------------------------------------------------------------------------------------------ doing

    def _activate(self, index: QModelIndex) -> None:
        lines = self._model.at(index)
        if lines is None or self._shelf == "hosted":
            return
        if self._shelf == "templates":
            self.new_asked.emit(lines.id)
        elif self._shelf == "deleted":
            self._deeds.delete(lines.id, lines.title, deleted=False)
        else:
            self.open_asked.emit(lines.id)

    def _open_current(self) -> None:
        self._activate(self._list.currentIndex())

    def _delete_current(self) -> None:
        lines = self._model.at(self._list.currentIndex())
        if lines is not None and self._shelf != "deleted":
            self._deeds.delete(lines.id, lines.title, deleted=True)

    def _open_menu(self, place: QPoint) -> None:
        lines = self._model.at(self._list.indexAt(place))
        if lines is not None:
            menu = self.menu_for(lines)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._list.viewport().mapToGlobal(place))

    def menu_for(self, lines: CardLines) -> QMenu:
        """What can be done with a webinar."""
        menu = QMenu(self)
        webinar, title, deeds = lines.id, lines.title, self._deeds
        if self._shelf == "deleted":
            menu.addAction(
                theme.icon("restore"), self.tr("Bring back"), lambda: deeds.delete(webinar, title, deleted=False)
            )
            if self._hosted is not None and self._hosted.reached:
                menu.addAction(
                    theme.icon("delete"),
                    self.tr("Delete on the hosting, too"),
                    lambda: self.retire_asked.emit(webinar, title),
                )
            return menu
        menu.addAction(theme.icon("edit"), self.tr("Open"), lambda: self.open_asked.emit(webinar))
        menu.addAction(theme.icon("template"), self.tr("New from this one…"), lambda: self.new_asked.emit(webinar))
        copy = self.tr("{title} (copy)").format(title=title)
        menu.addAction(theme.icon("duplicate"), self.tr("Duplicate"), lambda: deeds.duplicate(webinar, copy))
        template = menu.addAction(self.tr("Use as a template"))
        template.setCheckable(True)
        template.setChecked(lines.template)
        template.triggered.connect(lambda checked: deeds.set_template(webinar, checked))
        menu.addSeparator()
        archived = self._shelf == "archive"
        menu.addAction(
            theme.icon("restore" if archived else "archive"),
            self.tr("Take out of the archive") if archived else self.tr("Archive", "verb"),
            lambda: deeds.archive(webinar, title, not archived),
        )
        menu.addAction(theme.icon("delete"), self.tr("Delete"), lambda: deeds.delete(webinar, title, deleted=True))
        return menu

    # ----------------------------------------------------------------------------------------------- words

    def retranslate(self) -> None:
        """Take texts from the language in force."""
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
            "hosted": self.tr("On the hosting"),
        }
        self._shelves.say([names[shelf] for shelf in SHELVES])
        self._shapes.say(("", ""), (self.tr("Show as cards"), self.tr("Show as rows")))
        self._list.setAccessibleName(self.tr("Webinars"))
        self._dress()

    def _dress(self) -> None:
        look = theme.look_of(self)
        self._new.setIcon(theme.icon("add", look.on_accent))
        self._import.setIcon(theme.icon("import", look.text))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
