"""The preview panel: the picture at the playhead, and the transport bar."""

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
    """The panel that shows and plays the webinar at the playhead; call `shut_down` to end its players and threads.

    Args:
        controller: Gives the webinar and its changes.
        playhead: The position to show, which the panel moves while it plays.
        media_service: Gives images, captions and files.
        settings: Holds `preview_volume`.
        formatter: Formats errors and times.
        player_factory: Creates a player (`editor.media.libvlc.engine.VlcEngine.create_player`).
        parent: Qt parent.
    """

    relink_requested = Signal(str)
    """The user wants to relink the media with this hash."""
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
        self.destroyed.connect(self.playback.close)  # in case `shut_down` was not called

    @Slot()
    def toggle_full_screen(self) -> None:
        """Open the preview in a window on the full screen, or close that window; `full_screen_changed` follows."""
        if self._full_screen is not None:
            self._full_screen.close()
            return
        self._full_screen = FullScreen(self.playback, self._formatter, self)
        self._full_screen.relink_requested.connect(self.relink_requested)
        self._full_screen.closed.connect(self._on_full_screen_closed)
        self._full_screen.setGeometry(self.screen().geometry())  # for screens without a window manager
        self._full_screen.showFullScreen()
        self._full_screen.setFocus()
        self.full_screen_changed.emit(True)

    @property
    def full_screen(self) -> FullScreen | None:
        """The full-screen window; None while it is closed."""
        return self._full_screen

    def shut_down(self) -> None:
        """End players and threads, and close the full-screen window; call it before the panel is deleted."""
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
        """Run the preview's command for a key; pass keys without one on to the window."""
        if not handle_key(self.playback, event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts anew when Qt reports another language.

        Take the colours anew when it reports another palette.
        """
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.bar.retranslate()
            self.surface.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._apply_theme()
