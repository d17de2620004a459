"""The preview panel: the picture at the playhead, and the bar that moves it."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.settings import Settings
from ui import theme
from ui.bridge import Bridge
from ui.media_desk import MediaDesk
from ui.playhead import Playhead
from ui.preview.bar import TransportBar
from ui.preview.conductor import Conductor, PlayerFactory
from ui.preview.full_screen import FullScreen
from ui.preview.keys import act_on
from ui.preview.surface import Surface
from ui.words import Words


class PreviewPanel(QWidget):
    """What attendees will see and hear at the playhead. `shut` ends its players and threads.

    Args:
        bridge: the webinar.
        playhead: the position it shows, and moves while it plays.
        desk: pictures, captions, files.
        settings: `preview_volume`.
        words: sentences and times.
        player_factory: makes a player (`editor.media.playback.Engine.player`).
        parent: Qt's owner.
    """

    relink_asked = Signal(str)
    """A person wants to find this media's file."""
    full_screen_changed = Signal(bool)

    def __init__(
        self,
        bridge: Bridge,
        playhead: Playhead,
        desk: MediaDesk,
        settings: Settings,
        words: Words,
        player_factory: PlayerFactory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self.conductor = Conductor(bridge, playhead, desk, settings, words, player_factory, self)
        self.surface = Surface(self.conductor, self, margin=12)
        self.surface.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.surface.relink_asked.connect(self.relink_asked)
        self.surface.doubled.connect(self.toggle_full_screen)
        self.bar = TransportBar(self.conductor, words, self)
        self.bar.full_screen_asked.connect(self.toggle_full_screen)
        self._full: FullScreen | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.surface, 1)
        layout.addWidget(self.bar)
        self.setAutoFillBackground(True)
        self._dress()
        self.setFocusProxy(self.surface)
        self.destroyed.connect(self.conductor.close)  # for those who forget to `shut`

    @Slot()
    def toggle_full_screen(self) -> None:
        """Show the preview on the full screen, or come back."""
        if self._full is not None:
            self._full.close()
            return
        self._full = FullScreen(self.conductor, self._words, self)
        self._full.relink_asked.connect(self.relink_asked)
        self._full.left.connect(self._on_left)
        self._full.setGeometry(self.screen().geometry())  # where no window manager does it
        self._full.showFullScreen()
        self._full.setFocus()
        self.full_screen_changed.emit(True)

    @property
    def full_screen(self) -> FullScreen | None:
        """The window on the full screen, while there is one."""
        return self._full

    def shut(self) -> None:
        """End players and threads. Before the panel is deleted."""
        if self._full is not None:
            self._full.close()
        self.conductor.close()

    @Slot()
    def _on_left(self) -> None:
        if self._full is not None:
            self._full.deleteLater()
            self._full = None
            self.full_screen_changed.emit(False)
            self.surface.setFocus()

    def _dress(self) -> None:
        palette = self.palette()
        ground = theme.look_of(self.parentWidget() or self).window
        if palette.color(QPalette.ColorRole.Window) != ground:
            palette.setColor(QPalette.ColorRole.Window, ground)
            self.setPalette(palette)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the preview; what means nothing here goes on to the window."""
        if not act_on(self.conductor, event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.bar.retranslate()
            self.surface.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
