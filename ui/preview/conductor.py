"""Runs the transport in the window.

It gives it Qt's timer, the playhead's wishes and the webinar's edits, and tells what is to be seen after each step.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from editor.media.arrival import monotonic_ms
from editor.rehearsal.deck import Hearer, Player
from editor.rehearsal.transport import Transport
from editor.schedule.model import Webinar
from editor.schedule.stage import Stage
from editor.settings import Settings
from ui.bridge import Bridge, Change
from ui.media_desk import MediaDesk
from ui.playhead import Playhead
from ui.preview.composer import Composer
from ui.preview.relay import Relay
from ui.preview.scene import Scene
from ui.words import Words

PlayerFactory = Callable[[Hearer], Player]

IDLE_MS = 250
"""How long the playhead must stand before a player is had ready there."""
REST_MS = 15_000
"""How long players are kept standing: playing on at once costs some machine time meanwhile."""
STEP_MS = 100
HURRY_MS = 120
"""How long a player that plays is given to show a place itself before the exact picture is decoded beside it."""
DRAG_MS = 250
"""Seeks that follow each other sooner are a hand that drags: there exact pictures are shown at once."""
STORE_MS = 400
"""How long the volume must stay as it is before it is stored."""


class Conductor(QObject):
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
        bridge: Bridge,
        playhead: Playhead,
        desk: MediaDesk,
        settings: Settings,
        words: Words,
        player_factory: PlayerFactory,
        parent: QObject | None = None,
        *,
        clock: Callable[[], int] = monotonic_ms,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._playhead = playhead
        self._desk = desk
        self._settings = settings
        self._factory = player_factory
        self._relays: list[Relay] = []
        self._closed = False
        self._muted = False
        self._volume: int = settings["preview_volume"]
        self._now = clock
        self._sought_ms = 0
        self._hurry_until = 0
        self._hurry = QTimer(self, singleShot=True, interval=HURRY_MS)
        self._hurry.timeout.connect(self._refresh)
        self._widths: dict[object, int] = {}
        self.transport = Transport(bridge.webinar, self._player, desk.shown, clock, self._step)
        self.composer = Composer(desk, words, self)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.transport.rest)
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._stand_by)
        self.transport.seek(playhead.position_ms)
        self._scene = self._compose()
        self._store = QTimer(self, singleShot=True, interval=STORE_MS)
        self._store.timeout.connect(self._store_volume)
        self._apply_volume()
        self.composer.came.connect(self._refresh)
        self.composer.stepped.connect(playhead.seek)
        desk.pictured.connect(self._on_pictured)
        bridge.changed.connect(self._on_edit)
        playhead.sought.connect(self._on_sought)
        playhead.play_asked.connect(self.play)
        playhead.shuttle_asked.connect(self.shuttle)
        self._know_places()
        self._idle.start()

    # ------------------------------------------------------------------------------------------- what is so

    @property
    def webinar(self) -> Webinar:
        """What is played."""
        return self._bridge.webinar

    @property
    def stage(self) -> Stage:
        """What is on stage where the transport is."""
        return self.transport.stage

    @property
    def scene(self) -> Scene:
        """What is to be seen."""
        return self._scene

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
        self._step()

    def toggle(self) -> None:
        """Play if it stands, pause if it plays."""
        self.play(self.transport.rate == 0)

    @Slot(int)
    def shuttle(self, direction: int) -> None:
        """J (-1), K (0) or L (+1)."""
        self.transport.shuttle(direction)
        self._step()

    def step(self, by_ms: int) -> None:
        """Pause and go a little further, or back."""
        self.transport.pause()
        self._playhead.seek(self.transport.position_ms + by_ms)

    def step_picture(self, direction: int) -> None:
        """Pause and go to the next picture (1) or the one before (-1); where nothing moves, a tenth of a second."""
        self.transport.pause()
        self._step()
        if not self.composer.step(self.stage, forwards=direction > 0):
            self.step(direction * STEP_MS)

    def step_cut(self, direction: int) -> None:
        """Go to the next border of the programme (1), or the one before (-1)."""
        here = self.transport.position_ms
        cuts = {0, self.webinar.length_ms}
        for segment in self.webinar.programme:
            cuts.update((segment.start_ms, segment.end_ms))
        ahead = [cut for cut in cuts if (cut - here) * direction > 0]
        if ahead:
            self._playhead.seek(min(ahead, key=lambda cut: abs(cut - here)))

    def get_from_hosting(self, sha256: str) -> None:
        """Ask the hosting for a copy of a media whose file is missing."""
        self._desk.stand_ins.get([sha256])

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
            self._store.start()
            self.changed.emit()

    def see(self, who: object, width: int) -> None:
        """Some surface is so many pixels wide; 0: it shows nothing any more."""
        self._widths[who] = width
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
        self._rest.stop()
        self._idle.stop()
        self._hurry.stop()
        if self._store.isActive():
            self._store.stop()
            self._store_volume()
        for relay in self._relays:
            relay.silence()
        self.transport.close()
        self.composer.close()

    # ---------------------------------------------------------------------------------------------- stepping

    def _player(self, hearer: Hearer) -> Player:
        relay = Relay(hearer)
        self._relays.append(relay)
        return self._factory(relay)

    @Slot()
    def _step(self) -> None:
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
            self._rest.stop()
            self._idle.stop()
        elif self._playhead.playing:
            self._rest.start()
        self._playhead.follow(self.transport.position_ms)
        self._playhead.set_playing(playing)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if self._closed:
            return
        self._scene = self._compose()
        self.changed.emit()

    def _compose(self) -> Scene:
        transport, webinar = self.transport, self._bridge.webinar
        stage = transport.stage
        self.composer.prepare(webinar, stage)
        hurried = transport.waiting and self._now() < self._hurry_until
        return self.composer.compose(webinar, stage, transport.live, transport.trouble, hurried=hurried)

    @Slot()
    def _stand_by(self) -> None:
        self.transport.stand_by()
        self._rest.start()

    # ---------------------------------------------------------------------------------------- what happened

    @Slot(int)
    def _on_sought(self, position_ms: int) -> None:
        now_ms = self._now()
        if now_ms - self._sought_ms > DRAG_MS and self.transport.rate:
            self._hurry_until = now_ms + HURRY_MS
            self._hurry.start()
        else:
            self._hurry_until = now_ms
        self._sought_ms = now_ms
        self.transport.seek(position_ms)
        self._idle.start()
        self._step()

    @Slot(object)
    def _on_edit(self, change: Change) -> None:
        self.transport.set_webinar(change.after)
        self._know_places()
        self._idle.start()
        self._step()

    @Slot(str)
    def _on_pictured(self, sha256: str) -> None:
        """A file that was missing may have been found: what could not be played there is tried again.

        Or the original has come in the place of what stood in for it.
        """
        self.transport.find_again(sha256)
        stage = self.transport.stage
        if self.transport.trouble is not None and sha256 in {stage.media, stage.audio}:
            self.transport.seek(self.transport.position_ms)
            self._step()

    def _apply_volume(self) -> None:
        self.transport.set_volume(0 if self._muted else self._volume * 10)

    @Slot()
    def _store_volume(self) -> None:
        self._settings["preview_volume"] = self._volume

    def _know_places(self) -> None:
        """Ask where all files are, so that the answer is there when they are due."""
        for sha256 in self._bridge.webinar.media:
            self._desk.shown(sha256)
