"""Connects the transport to the window: Qt's timer, the playhead, edits of the webinar, and the frame content."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from editor.media.libvlc.seek_tracker import monotonic_ms
from editor.playback.deck import Player, PlayerFactory, PlayerListener
from editor.playback.transport import Transport
from editor.schedule.lane_search import find_next_cut, find_previous_cut
from editor.schedule.model import Webinar
from editor.schedule.stage import Stage
from editor.settings import Settings
from ui.preview.composer import Composer
from ui.preview.paint.frame_content import FrameContent
from ui.preview.player_signals import PlayerSignals
from ui.services.media_service import MediaService
from ui.state.document_controller import DocumentChange, DocumentController
from ui.state.playhead import Playhead
from ui.text.formatter import Formatter

STAND_BY_DELAY_MS = 250
"""Milliseconds for which the playhead must rest before a player is loaded there."""
RELEASE_DELAY_MS = 15_000
"""Milliseconds for which paused players stay loaded, which costs processor time, so that playback starts at once."""
STEP_MS = 100
DECODE_DELAY_MS = 120
"""Milliseconds in which a seeking player may show its own frame before the exact one is decoded as well."""
DRAG_SEEK_MS = 250
"""Milliseconds: faster seeks are a drag of the playhead, during which exact frames are decoded at once."""
STORE_DELAY_MS = 400
"""Milliseconds for which the volume must be unchanged before it is stored."""


class PlaybackController(QObject):
    """The controller of playback in the preview, without widgets: it moves the playhead and makes what surfaces show.

    Used on the GUI thread; `close` ends its players and threads.

    Args:
        controller: Gives the webinar and its changes.
        playhead: Moved while playing, and followed when the user seeks.
        media_service: Gives images, captions and files.
        settings: Holds `preview_volume`.
        formatter: Formats errors.
        player_factory: Creates a player (`VlcEngine.create_player`).
        parent: Qt parent.
        clock: Monotonic milliseconds.
    """

    changed = Signal()
    """`content`, `stage` or `transport` may have changed."""

    def __init__(
        self,
        controller: DocumentController,
        playhead: Playhead,
        media_service: MediaService,
        settings: Settings,
        formatter: Formatter,
        player_factory: PlayerFactory,
        parent: QObject | None = None,
        *,
        clock: Callable[[], int] = monotonic_ms,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._playhead = playhead
        self._media_service = media_service
        self._settings = settings
        self._player_factory = player_factory
        self._player_signals: list[PlayerSignals] = []
        self._closed = False
        self._muted = False
        self._volume: int = settings["preview_volume"]
        self._now = clock
        self._last_seek_ms = 0
        self._decode_after_ms = 0
        self._decode_timer = QTimer(self, singleShot=True, interval=DECODE_DELAY_MS)
        self._decode_timer.timeout.connect(self._refresh)
        self._widths: dict[object, int] = {}
        self.transport = Transport(
            controller.webinar, self._create_player, media_service.get_preview_path, clock, self._update
        )
        self.composer = Composer(media_service, formatter, self)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._update)
        self._release_timer = QTimer(self, singleShot=True, interval=RELEASE_DELAY_MS)
        self._release_timer.timeout.connect(self.transport.release_players)
        self._stand_by_timer = QTimer(self, singleShot=True, interval=STAND_BY_DELAY_MS)
        self._stand_by_timer.timeout.connect(self._stand_by)
        self.transport.seek(playhead.position_ms)
        self._content = self._compose()
        self._store_timer = QTimer(self, singleShot=True, interval=STORE_DELAY_MS)
        self._store_timer.timeout.connect(self._store_volume)
        self._apply_volume()
        self.composer.updated.connect(self._refresh)
        self.composer.stepped.connect(playhead.seek)
        media_service.previews_changed.connect(self._on_previews_changed)
        controller.changed.connect(self._on_edit)
        playhead.seek_requested.connect(self._on_sought)
        playhead.play_requested.connect(self.play)
        playhead.shuttle_requested.connect(self.shuttle)
        self._request_locations()
        self._stand_by_timer.start()

    # ------------------------------------------------------------------------------------------------ state

    @property
    def webinar(self) -> Webinar:
        """The webinar that is played: the document's, after its last edit."""
        return self._controller.webinar

    @property
    def stage(self) -> Stage:
        """The stage at the transport's position: which media, page, captions and offers are shown there."""
        return self.transport.stage

    @property
    def content(self) -> FrameContent:
        """The content that the preview shows now; `changed` is emitted when it may have been replaced."""
        return self._content

    @property
    def muted(self) -> bool:
        """Whether the sound is muted; False at the start, for it is not stored."""
        return self._muted

    @property
    def volume(self) -> int:
        """The volume in percent, 0 to 100; muting leaves it as it is."""
        return self._volume

    # --------------------------------------------------------------------------------------------- commands

    @Slot(bool)
    def play(self, playing: bool) -> None:
        """Play (True) from the current position, at the end from the beginning of the webinar; or pause (False)."""
        if playing:
            self.transport.play()
        else:
            self.transport.pause()
        self._update()

    def toggle(self) -> None:
        """Play if paused; pause if playing, at any speed."""
        self.play(self.transport.rate == 0)

    @Slot(int)
    def shuttle(self, direction: int) -> None:
        """Shuttle as the keys J (-1), K (0) and L (+1) do.

        0 pauses. -1 and 1 play backwards and forwards; each further call the same way doubles the speed, up to a limit.
        """
        self.transport.shuttle(direction)
        self._update()

    def step(self, by_ms: int) -> None:
        """Pause and move the playhead by some milliseconds, negative ones back, within 0 to 24 hours."""
        self.transport.pause()
        self._playhead.seek(self.transport.position_ms + by_ms)

    def step_frame(self, direction: int) -> None:
        """Pause and go to the next (1) or previous frame (-1); without video, move by `STEP_MS`.

        The frame is looked up in the background, and the playhead moves once it is found; it stays where there is none.
        """
        self.transport.pause()
        self._update()
        if not self.composer.step(self.stage, forwards=direction > 0):
            self.step(direction * STEP_MS)

    def step_cut(self, direction: int) -> None:
        """Move the playhead to the next cut (1) or the previous one (-1), as the timeline's keys do.

        Without one, it stays.
        """
        find_cut = find_next_cut if direction > 0 else find_previous_cut
        cut_ms = find_cut(self.webinar, self.transport.position_ms)
        if cut_ms is not None:
            self._playhead.seek(cut_ms)

    def get_from_hosting(self, sha256: str) -> None:
        """Download the proxy of a missing media, given by its hash, from the server in the background.

        Failures are posted as messages.
        """
        self._media_service.proxies.fetch([sha256])

    def go_to(self, position_ms: int) -> None:
        """Move the playhead to a position in milliseconds, brought into 0 to 24 hours, and the preview with it."""
        self._playhead.seek(position_ms)

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute the sound and emit `changed`; the volume is kept, and nothing is stored."""
        self._muted = muted
        self._apply_volume()
        self.changed.emit()

    def set_volume(self, volume: int) -> None:
        """Set the volume in percent, 0 to 100, and unmute; it is stored in the settings `STORE_DELAY_MS` later.

        Without a change, nothing happens, and muted sound stays muted.
        """
        if volume != self._volume:
            self._volume, self._muted = volume, False
            self._apply_volume()
            self._store_timer.start()
            self.changed.emit()

    def set_surface_width(self, surface: object, width: int) -> None:
        """Record how wide a surface shows the stage; images are requested for the widest surface.

        Args:
            surface: the surface, a key only.
            width: in physical pixels; 0 where the surface is hidden.
        """
        self._widths[surface] = width
        widest = max(self._widths.values())
        if widest and widest != self.composer.width:
            self.composer.width = widest
            self._refresh()

    def close(self) -> None:
        """Store the volume, and end players and threads; call it before the controller is deleted.

        The controller does not update afterwards. A second call does nothing.
        """
        if self._closed:
            return
        self._closed = True
        self._timer.stop()
        self._release_timer.stop()
        self._stand_by_timer.stop()
        self._decode_timer.stop()
        if self._store_timer.isActive():
            self._store_timer.stop()
            self._store_volume()
        for relay in self._player_signals:
            relay.silence()
        self.transport.close()
        self.composer.close()

    # ---------------------------------------------------------------------------------------------- ticking

    def _create_player(self, listener: PlayerListener) -> Player:
        signals = PlayerSignals(listener)
        self._player_signals.append(signals)
        return self._player_factory(signals)

    @Slot()
    def _update(self) -> None:
        """Tick the transport, report its position, and schedule the next tick."""
        if self._closed:
            return
        wait_ms = self.transport.tick()
        if wait_ms is None:
            self._timer.stop()
        else:
            self._timer.start(wait_ms)
        playing = self.transport.rate != 0
        if playing:
            self._release_timer.stop()
            self._stand_by_timer.stop()
        elif self._playhead.playing:
            self._release_timer.start()
        self._playhead.follow(self.transport.position_ms)
        self._playhead.set_playing(playing)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if self._closed:
            return
        self._content = self._compose()
        self.changed.emit()

    def _compose(self) -> FrameContent:
        transport, webinar = self.transport, self._controller.webinar
        stage = transport.stage
        self.composer.prepare(webinar, stage)
        hurried = transport.is_waiting and self._now() < self._decode_after_ms
        return self.composer.compose(webinar, stage, transport.live_frame, transport.error, skip_decoding=hurried)

    @Slot()
    def _stand_by(self) -> None:
        self.transport.stand_by()
        self._release_timer.start()

    # ---------------------------------------------------------------------------------------------- events

    @Slot(int)
    def _on_sought(self, position_ms: int) -> None:
        now_ms = self._now()
        if now_ms - self._last_seek_ms > DRAG_SEEK_MS and self.transport.rate:
            self._decode_after_ms = now_ms + DECODE_DELAY_MS
            self._decode_timer.start()
        else:
            self._decode_after_ms = now_ms
        self._last_seek_ms = now_ms
        self.transport.seek(position_ms)
        self._stand_by_timer.start()
        self._update()

    @Slot(object)
    def _on_edit(self, change: DocumentChange) -> None:
        self.transport.set_webinar(change.after)
        self._request_locations()
        self._stand_by_timer.start()
        self._update()

    @Slot(str)
    def _on_previews_changed(self, sha256: str) -> None:
        """Reload a media whose file may have been found, or whose original may have replaced its proxy."""
        self.transport.reload_file(sha256)
        stage = self.transport.stage
        if self.transport.error is not None and sha256 in {stage.media, stage.audio}:
            self.transport.seek(self.transport.position_ms)
            self._update()

    def _apply_volume(self) -> None:
        self.transport.set_volume(0 if self._muted else self._volume * 10)

    @Slot()
    def _store_volume(self) -> None:
        self._settings["preview_volume"] = self._volume

    def _request_locations(self) -> None:
        """Request the locations of all files, so that they are known when they are due."""
        for sha256 in self._controller.webinar.media:
            self._media_service.get_preview_path(sha256)
