"""The preview panel: the picture at the playhead, and the bar that moves it."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.playback.deck import PlayerFactory
from editor.settings import Settings
from ui.preview.full_screen import FullScreen
from ui.preview.key_bindings import handle_key
from ui.preview.playback_controller import PlaybackController
from ui.preview.surface import Surface
from ui.preview.transport_bar import TransportBar
from ui.services.media_service import MediaService
from ui.state.document_controller import DocumentController
from ui.state.playhead import Playhead
from ui.style import theme
from ui.text.formatter import Formatter


class PreviewPanel(QWidget):
    """What attendees will see and hear at the playhead. `shut` ends its players and threads.

    Args:
        bridge: the webinar.
        playhead: the position it shows, and moves while it plays.
        desk: pictures, captions, files.
        settings: `preview_volume`.
        words: sentences and times.
        player_factory: makes a player (`editor.media.libvlc.engine.Engine.player`).
        parent: Qt's owner.
    """

    relink_requested = Signal(str)
    """A person wants to find this media's file."""
    full_screen_changed = Signal(bool)

    def __init__(
        self,
        controller: DocumentController,
        playhead: Playhead,
        media_service: MediaService,
        settings: Settings,
        formatter: Formatter,
        player_factory: PlayerFactory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self.playback = PlaybackController(
            controller, playhead, media_service, settings, formatter, player_factory, self
        )
        self.surface = Surface(self.playback, self, margin=12)
        self.surface.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.surface.relink_requested.connect(self.relink_requested)
        self.surface.double_clicked.connect(self.toggle_full_screen)
        self.bar = TransportBar(self.playback, formatter, self)
        self.bar.full_screen_requested.connect(self.toggle_full_screen)
        self._full_screen: FullScreen | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.surface, 1)
        layout.addWidget(self.bar)
        self.setAutoFillBackground(True)
        self._apply_theme()
        self.setFocusProxy(self.surface)
        self.destroyed.connect(self.playback.close)  # for those who forget to `shut`

    @Slot()
    def toggle_full_screen(self) -> None:
        """Show the preview on the full screen, or come back."""
        if self._full_screen is not None:
            self._full_screen.close()
            return
        self._full_screen = FullScreen(self.playback, self._formatter, self)
        self._full_screen.relink_requested.connect(self.relink_requested)
        self._full_screen.closed.connect(self._on_full_screen_closed)
        self._full_screen.setGeometry(self.screen().geometry())  # where no window manager does it
        self._full_screen.showFullScreen()
        self._full_screen.setFocus()
        self.full_screen_changed.emit(True)

    @property
    def full_screen(self) -> FullScreen | None:
        """The window on the full screen, while there is one."""
        return self._full_screen

    def shut_down(self) -> None:
        """End players and threads. Before the panel is deleted."""
        if self._full_screen is not None:
            self._full_screen.close()
        self.playback.close()

    @Slot()
    def _on_full_screen_closed(self) -> None:
        if self._full_screen is not None:
            self._full_screen.deleteLater()
            self._full_screen = None
            self.full_screen_changed.emit(False)
            self.surface.setFocus()

    def _apply_theme(self) -> None:
        palette = self.palette()
        ground = theme.look_of(self.parentWidget() or self).window
        if palette.color(QPalette.ColorRole.Window) != ground:
            palette.setColor(QPalette.ColorRole.Window, ground)
            self.setPalette(palette)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the preview; what means nothing here goes on to the window."""
        if not handle_key(self.playback, event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.bar.retranslate()
            self.surface.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._apply_theme()
