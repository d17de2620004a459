"""The top bar: title and state of the webinar, its start, Save and Publish."""

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from editor.schedule.start_time import compute_time_of_day
from ui.services.action_registry import ActionRegistry
from ui.state.document_controller import DocumentController
from ui.style import theme
from ui.text.formatter import Formatter
from ui.text.plain_text import to_mnemonic_text, to_tooltip
from ui.widgets.basics import make_button, make_label

SHORT_TITLE_PX = 160
"""The width that is left to a title before the text of the start is shortened."""


class ElidedLabel(QLabel):
    """A one-line label that cuts its text off with "…" where it is narrower than the text, down to 80 pixels.

    Set the text with `set_full_text`; a text given to `setText` is lost at the next resize.
    """

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setObjectName(role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(80)
        self._full_text = ""

    def set_full_text(self, text: str) -> None:
        """Show a text, elided with "…" where it is wider than the label; the tooltip then has the whole of it."""
        self._full_text = text
        self.setAccessibleName(text)
        self._elide()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size that the whole text needs, in pixels."""
        self.ensurePolished()
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._full_text) + 4, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide the text anew for another width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(
            self._full_text, Qt.TextElideMode.ElideRight, max(80, self.width())
        )
        self.setText(shown)
        self.setToolTip(to_tooltip(self._full_text) if shown != self._full_text else "")


class TopBar(QFrame):
    """The bar above the editor: title, state and start of the open webinar, its problems, and Save and Publish.

    It follows the controller by itself; set the version and the problems with `show_version` and `show_problems`.

    Args:
        controller: the open webinar.
        actions: the actions of menus and keys.
        formatter: words times and errors in the language of the window.
        parent: Qt's owner.
    """

    preflight_requested = Signal()

    def __init__(
        self,
        controller: DocumentController,
        actions: ActionRegistry,
        formatter: Formatter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._controller = controller
        self._actions = actions
        self._formatter = formatter
        self._version = 0
        self._saved_at: datetime | None = None
        self._problems: tuple[int, int] = (0, 0)
        self._home_button = QToolButton()
        self._home_button.setDefaultAction(actions["home"])
        self._home_button.setIconSize(QSize(20, 20))
        self._title = ElidedLabel("webinar-title")
        self._state_label = make_label("quiet")
        self._problems_button = make_button("chip")
        self._problems_button.clicked.connect(self.preflight_requested)
        self._start_button = make_button("link")
        self._start_texts: tuple[str, ...] = ("",)
        self._start_button.clicked.connect(actions["plan"].trigger)
        self._versions_button = QToolButton()
        self._versions_button.setDefaultAction(actions["history"])
        self._versions_button.setIconSize(QSize(20, 20))
        self._save_button = make_button()
        self._save_button.clicked.connect(actions["save"].trigger)
        self._publish_button = make_button("primary")
        self._publish_button.clicked.connect(actions["publish"].trigger)
        for each in (
            self._home_button,
            self._problems_button,
            self._start_button,
            self._versions_button,
            self._save_button,
            self._publish_button,
        ):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(8)
        layout.addWidget(self._home_button)
        layout.addWidget(self._title)
        layout.addSpacing(4)
        layout.addWidget(self._state_label)
        layout.addStretch(1)
        for widget in (
            self._problems_button,
            self._start_button,
            self._versions_button,
            self._save_button,
            self._publish_button,
        ):
            layout.addWidget(widget)
        controller.changed.connect(self._update)
        controller.undo_stack_changed.connect(self._update)
        controller.read_only_changed.connect(self._update)
        formatter.language_changed.connect(self._update)
        self._update()

    def show_version(self, ordinal: int, saved_at: datetime | None = None) -> None:
        """Set the latest version, which is shown beside the title: by when it was saved, or by its number without that.

        With unsaved edits the text says so before the number; of a read-only webinar it says only that.

        Args:
            ordinal: its number; 0 before there is one.
            saved_at: when it was saved (aware), if that is known.
        """
        self._version, self._saved_at = ordinal, saved_at
        self._update()

    def show_problems(self, errors: int, others: int) -> None:
        """Show the number of problems that preflight found, on the button that opens their list; hide it for 0 and 0.

        With errors it says "… problem(s)", errors and others together, in red; without, "… hint(s)".

        Args:
            errors: number of the errors, which prevent publishing.
            others: number of the less severe ones.
        """
        self._problems = (errors, others)
        self._update()

    def _update(self) -> None:
        webinar = self._controller.webinar
        self._title.set_full_text(webinar.title or self.tr("Untitled webinar"))
        self._state_label.setText(self._state_text())
        self._start_texts = self._make_start_texts(compute_time_of_day(webinar, 0))
        errors, others = self._problems
        self._problems_button.setVisible(errors + others > 0)
        if errors:
            self._problems_button.setText(self.tr("%n problem(s)", "", errors + others))
        else:
            self._problems_button.setText(self.tr("%n hint(s)", "", others))
        self._problems_button.setToolTip(to_tooltip(self._actions["preflight"].toolTip()))
        self._problems_button.setProperty("serious", errors > 0)
        self._problems_button.style().polish(self._problems_button)
        self._save_button.setText(self.tr("Save"))
        self._save_button.setToolTip(to_tooltip(self._actions["save"].toolTip()))
        self._save_button.setEnabled(not self._controller.read_only)
        self._publish_button.setText(self.tr("Publish…"))
        self._publish_button.setToolTip(to_tooltip(self._actions["publish"].toolTip()))
        self._update_icons()
        self._fit_width()

    def _fit_width(self) -> None:
        """Show as much of start, room and chat as there is room for beside a short title."""
        layout = self.layout()
        assert layout is not None
        title_width = self._title.sizeHint().width()
        for text in self._start_texts:
            self._start_button.setText(to_mnemonic_text(text))
            layout.invalidate()
            needed = layout.sizeHint().width() - title_width + min(title_width, SHORT_TITLE_PX)
            if needed <= self.width():
                break
        is_whole = self._start_button.text() == self._start_texts[0]
        tip = self._actions["plan"].toolTip()
        self._start_button.setToolTip(to_tooltip(tip if is_whole else f"{self._start_texts[0]}\n{tip}"))
        self._start_button.setAccessibleName(self._start_texts[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of start, room and chat as the new width allows."""
        super().resizeEvent(event)
        self._fit_width()

    @property
    def version_text(self) -> str:
        """The latest version in words ("version 3"), such as for the window's title; empty before there is one."""
        return self.tr("version {number}").format(number=self._version) if self._version else ""

    def _state_text(self) -> str:
        if self._controller.read_only:
            return self.tr("Read-only: made with a newer Matinee")
        version = self.version_text
        if self._controller.has_unsaved_edits:
            edited = self.tr("unsaved edits")
            return f"● {edited} · {version}" if version else f"● {edited}"
        if version and self._saved_at is not None:
            saved_at = self._saved_at.astimezone()
            is_today = saved_at.date() == datetime.now(UTC).astimezone().date()
            moment = self._formatter.format_time(saved_at) if is_today else self._formatter.format_datetime(saved_at)
            return self.tr("Saved {moment}").format(moment=moment)
        return version or self.tr("Not saved yet")

    def _make_start_texts(self, start: datetime | None) -> tuple[str, ...]:
        """Return start, room and chat as one text, then ever shorter ones down to none, for a narrow window."""
        webinar = self._controller.webinar
        when = self._formatter.format_datetime(start, zone=webinar.zone) if start else self.tr("No date yet")
        room = self.tr("on demand") if webinar.room == "on_demand" else self.tr("automated")
        chat = {
            "none": self.tr("no chat"),
            "moderated": self.tr("chat: moderated"),
            "answer_later": self.tr("chat: answer later"),
        }[webinar.chat]
        return f"{when} · {room} · {chat}", f"{when} · {room}", when, ""

    def _update_icons(self) -> None:
        look = theme.look_of(self)
        colour = look.error if self._problems[0] else look.warning
        self._problems_button.setIcon(theme.icon("warning" if self._problems[0] else "hint", colour))
        self._start_button.setIcon(theme.icon("plan", look.link))
        self._save_button.setIcon(theme.icon("save", look.text))
        self._publish_button.setIcon(theme.icon("publish", look.on_accent))

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the icons when Qt reports another palette.

        Show texts and tooltips anew when it reports another language.
        """
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._update_icons()
        elif event.type() == QEvent.Type.LanguageChange:
            self._update()
