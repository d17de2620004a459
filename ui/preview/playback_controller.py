"""Runs the transport in the window.

It gives it Qt's timer, the playhead's wishes and the webinar's edits, and tells what is to be seen after each step.
"""

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
"""How long the playhead must stand before a player is had ready there."""
RELEASE_DELAY_MS = 15_000
"""How long players are kept standing: playing on at once costs some machine time meanwhile."""
STEP_MS = 100
DECODE_DELAY_MS = 120
"""How long a player that plays is given to show a place itself before the exact picture is decoded beside it."""
DRAG_SEEK_MS = 250
"""Seeks that follow each other sooner are a hand that drags: there exact pictures are shown at once."""
STORE_DELAY_MS = 400
"""How long the volume must stay as it is before it is stored."""


class PlaybackController(QObject):
    """The preview without its widgets.

    Args:
        bridge: the webinar.
        playhead: moved by it while it plays, followed by it when a person seeks.
        desk: pictures, captions, files.
        settings: `preview_volume`.
        words: sentences.
        player_factory: makes a player (`Engine.player`).
        parent: Qt's owner.
        clock: milliseconds that never go back.
    """

    changed = Signal()
    """There may be something else to see: `scene`, `stage` and `transport` are anew."""

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

    # ------------------------------------------------------------------------------------------- what is so

    @property
    def webinar(self) -> Webinar:
        """What is played."""
        return self._controller.webinar

    @property
    def stage(self) -> Stage:
        """What is on stage where the transport is."""
        return self.transport.stage

    @property
    def content(self) -> FrameContent:
        """What is to be seen."""
        return self._content

    @property
    def muted(self) -> bool:
        """Whether it is silent for now."""
        return self._muted

    @property
    def volume(self) -> int:
        """How loud, in percent."""
        return self._volume

    # ----------------------------------------------------------------------------------------- what is asked

    @Slot(bool)
    def play(self, playing: bool) -> None:
        """Play from here, or pause."""
        if playing:
            self.transport.play()
        else:
            self.transport.pause()
        self._update()

    def toggle(self) -> None:
        """Play if it stands, pause if it plays."""
        self.play(self.transport.rate == 0)

    @Slot(int)
    def shuttle(self, direction: int) -> None:
        """J (-1), K (0) or L (+1)."""
        self.transport.shuttle(direction)
        self._update()

    def step(self, by_ms: int) -> None:
        """Pause and go a little further, or back."""
        self.transport.pause()
        self._playhead.seek(self.transport.position_ms + by_ms)

    def step_frame(self, direction: int) -> None:
        """Pause and go to the next picture (1) or the one before (-1); where nothing moves, a tenth of a second."""
        self.transport.pause()
        self._update()
        if not self.composer.step(self.stage, forwards=direction > 0):
            self.step(direction * STEP_MS)

    def step_cut(self, direction: int) -> None:
        """Go to the next cut (1), or to the one before (-1); the timeline's keys go to the same cuts."""
        find_cut = find_next_cut if direction > 0 else find_previous_cut
        cut_ms = find_cut(self.webinar, self.transport.position_ms)
        if cut_ms is not None:
            self._playhead.seek(cut_ms)

    def get_from_hosting(self, sha256: str) -> None:
        """Ask the hosting for a copy of a media whose file is missing."""
        self._media_service.proxies.fetch([sha256])

    def go_to(self, position_ms: int) -> None:
        """Go to a position, as a person does."""
        self._playhead.seek(position_ms)

    def set_muted(self, muted: bool) -> None:
        """Silence it for now, or end that."""
        self._muted = muted
        self._apply_volume()
        self.changed.emit()

    def set_volume(self, volume: int) -> None:
        """How loud, in percent; heard at once and kept for the next time."""
        if volume != self._volume:
            self._volume, self._muted = volume, False
            self._apply_volume()
            self._store_timer.start()
            self.changed.emit()

    def set_surface_width(self, surface: object, width: int) -> None:
        """Some surface is so many pixels wide; 0: it shows nothing any more."""
        self._widths[surface] = width
        widest = max(self._widths.values())
        if widest and widest != self.composer.width:
            self.composer.width = widest
            self._refresh()

    def close(self) -> None:
        """End players and threads; nothing is told any more."""
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

    # ---------------------------------------------------------------------------------------------- stepping

    def _create_player(self, listener: PlayerListener) -> Player:
        signals = PlayerSignals(listener)
        self._player_signals.append(signals)
        return self._player_factory(signals)

    @Slot()
    def _update(self) -> None:
        """See to what is due, tell where it is, and come again when the transport asks."""
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

    # ---------------------------------------------------------------------------------------- what happened

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
        """A file that was missing may have been found: what could not be played there is tried again.

        Or the original has come in the place of what stood in for it.
        """
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
        """Ask where all files are, so that the answer is there when they are due."""
        for sha256 in self._controller.webinar.media:
            self._media_service.get_preview_path(sha256)
