"""Home of an empty library: what Matinee is for, and the first three steps."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.style import theme
from ui.widgets.basics import make_button, make_label


class _StepCard(QFrame):
    """One step: an icon, a name and a sentence."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._icon_name = icon
        self._icon = make_label()
        self._name = make_label("strong")
        self._text = make_label("quiet", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setFixedWidth(256)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self._name)
        layout.addWidget(self._text, 1)

    def set_texts(self, name: str, text: str) -> None:
        """Set name and sentence."""
        self._name.setText(name)
        self._text.setText(text)

    def update_icons(self) -> None:
        """Follow the theme."""
        look = theme.look_of(self)
        self._icon.setPixmap(theme.pixmap(self._icon_name, 32, look.accent, self.devicePixelRatioF()))


class WelcomePage(QWidget):
    """The page of Home for an empty library, which shows a new user what to do first; its buttons only emit signals."""

    new_requested = Signal()
    import_requested = Signal()
    remote_webinars_requested = Signal()
    """The user wants to see the webinars on the server."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = make_label("title")
        self._text = make_label("quiet", wrap=True)
        for text in (self._head, self._text):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._steps = (_StepCard("plan"), _StepCard("kind-video"), _StepCard("kind-cta"))
        self._new = make_button("primary")
        self._new.clicked.connect(self.new_requested)
        self._import = make_button("link")
        self._import.clicked.connect(self.import_requested)
        self._remote = make_button("link")
        self._remote.clicked.connect(self.remote_webinars_requested)
        steps = QHBoxLayout()
        steps.setSpacing(16)
        steps.addStretch(1)
        for step in self._steps:
            steps.addWidget(step)
        steps.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addStretch(1)
        buttons.addWidget(self._new)
        buttons.addWidget(self._import)
        buttons.addWidget(self._remote)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(2)
        layout.addWidget(self._head)
        layout.addWidget(self._text)
        layout.addSpacing(8)
        layout.addLayout(steps)
        layout.addSpacing(8)
        layout.addLayout(buttons)
        layout.addStretch(3)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        self._head.setText(self.tr("Create your first webinar"))
        self._text.setText(self.tr("Arrange what you have recorded; it plays for everyone at the time you set."))
        plan, lay, save = self._steps
        plan.set_texts(
            self.tr("1. Set up"),
            self.tr("Click “New webinar” and set its title, its start, and who can write in the chat."),
        )
        lay.set_texts(
            self.tr("2. Add media"),
            self.tr(
                "Drop videos, images, slides and sound on the timeline. Drag them to move, drag their edges to trim."
            ),
        )
        save.set_texts(
            self.tr("3. Engage attendees"),
            self.tr("Add a call to action or a survey, watch the preview, and save."),
        )
        self._new.setText(self.tr("New webinar"))
        self._import.setText(self.tr("Open a bundle…"))
        self._remote.setText(self.tr("Download from a server…"))
        self._update_icons()

    def _update_icons(self) -> None:
        for step in self._steps:
            step.update_icons()
        self._new.setIcon(theme.icon("add", theme.look_of(self).on_accent))

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts anew when Qt reports another language; redraw the icons when it reports another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._update_icons()
