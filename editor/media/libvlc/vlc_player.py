"""One libVLC player with asynchronous commands.

Commands go to a queue that the player's own thread works off, because libVLC's `stop` joins threads and may take long,
and because libVLC must never be called from its own callbacks. Events go to a `VlcListener` on foreign threads.

Each `open` and `seek` is a request with a number, and every event carries the number of its request, so that events of
a replaced request can be recognized. `editor.media.libvlc.seek_tracker` decides when a request is done.
"""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from editor.errors import KnownError
from editor.media.files import display_name, require_regular_file
from editor.media.libvlc.frame_buffer import FrameBuffer, VideoFrame
from editor.media.libvlc.seek_tracker import NORMAL_RATE, SeekTracker

FULL_GAIN = 1_000


class VlcListener(Protocol):
    """Receiver of a player's events, on threads of libVLC and of the player; its methods must return at once.

    `request_id` is the number of the `open` or `seek` that an event belongs to. Call no method of the player there.
    """

    def on_ready(self, request_id: int) -> None:
        """Handle that the player has arrived at the requested time; a video's frame there came to `on_frame` before."""

    def on_frame(self, request_id: int, frame: VideoFrame) -> None:
        """Handle a frame that is to be shown now; it stays valid as long as it is referred to."""

    def on_end(self, request_id: int) -> None:
        """Handle the end of the media; the last frame that came to `on_frame` is still to be shown."""

    def on_error(self, request_id: int, error: KnownError) -> None:
        """Handle that the media cannot be played or shown.

        The codes are ``playback.no_vlc``, ``playback.failed``, those of `require_regular_file`, and
        ``playback.no_picture``, after which frames and `on_ready` may still come.
        """


class LibVlc(Protocol):
    """The part of libVLC that a player needs, which `VlcEngine` has; both methods are called on the player's thread."""

    def load(self) -> tuple[Any, Any]:
        """Return the vlc module and the libVLC instance, the same at every call.

        Raises:
            KnownError: ``playback.no_vlc``.
        """

    def create_media(self, path: Path) -> Any:
        """Create a libVLC media of a file, which the caller releases.

        Raises:
            KnownError: The file cannot be opened, or ``playback.no_vlc``.
        """


@dataclass(eq=False)
class _OpenFile:
    path: Path
    size: tuple[int, int]
    with_video: bool


class VlcPlayer:
    """A player of one media at a time; every method but `join` returns at once, and errors come as events.

    The methods may be called from any thread but libVLC's. After `close` they do nothing.

    Args:
        libvlc: libVLC, loaded on this player's thread at the first playback.
        listener: Receives the events.
        clock: Returns monotonic milliseconds.
        name: Name of the player's thread.
    """

    def __init__(self, libvlc: LibVlc, listener: VlcListener, clock: Callable[[], int], name: str) -> None:
        self._libvlc = libvlc
        self._listener = listener
        self._now = clock
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run_commands, name=name)
        self._started = False
        self._closed = False
        self._lock = threading.Lock()
        # Guarded by the lock:
        self._tracker: SeekTracker | None = None
        self._last_request_id = 0
        self._requested_file: _OpenFile | None = None
        self._at_end = False
        self._gain = FULL_GAIN
        self._rate = NORMAL_RATE
        # Used by the player's thread only:
        self._player: Any = None
        self._frame_buffer = FrameBuffer(self._on_frame)
        self._loaded_file: _OpenFile | None = None
        self._applied_rate = NORMAL_RATE
        self._applied_gain = -1

    # -------------------------------------------------------------------------------------------- commands

    def open(
        self,
        path: Path,
        at_ms: int = 0,
        *,
        size: tuple[int, int] = (0, 0),
        with_video: bool = True,
        autoplay: bool = True,
    ) -> int:
        """Open a file at a time, in place of the one that is open, and play it or wait there.

        Args:
            path: The file.
            at_ms: Time in the media, in milliseconds.
            size: Frame size in pixels after rotation; (0, 0) where it is unknown.
            with_video: False plays the sound only.
            autoplay: Whether to play on once it is ready, or wait.

        Returns:
            The number of the request, which the listener's events carry.
        """
        file = _OpenFile(path, size, with_video)
        with self._lock:
            self._requested_file = file
            tracker = self._start_request(at_ms, autoplay, with_video)
        self._enqueue(lambda: self._open(tracker, file))
        return tracker.request_id

    def seek(self, at_ms: int, *, autoplay: bool = True) -> int:
        """Go to a time in the file that was opened last, and open it again if it has ended or was unloaded.

        Args:
            at_ms: Time in the media, in milliseconds.
            autoplay: Whether to play on once it is ready, or wait.

        Returns:
            The number of the request. Of several quick ones only the last is executed; without a file nothing is.
        """
        with self._lock:
            tracker = self._start_request(
                at_ms, autoplay, self._requested_file is None or self._requested_file.with_video
            )
        self._enqueue(lambda: self._seek(tracker))
        return tracker.request_id

    def play(self) -> None:
        """Play, at once or as soon as the last request is ready; without a request nothing happens.

        It does not play again from the end of the media: that takes `seek`.
        """
        self._enqueue(lambda: self._set_running(running=True))

    def pause(self) -> None:
        """Pause, at once or as soon as the last request is ready; without a request nothing happens."""
        self._enqueue(lambda: self._set_running(running=False))

    def set_rate(self, rate: int) -> None:
        """Set the speed of this and later media in permille of normal; it takes effect once the player is ready."""
        with self._lock:
            if rate == self._rate:
                return
            self._rate = rate
            if self._tracker is not None:
                self._tracker.changes_rate = rate != NORMAL_RATE
        self._enqueue(self._apply_rate_and_gain)

    def set_gain(self, gain: int) -> None:
        """Set the gain of this and later media in permille of the amplitude; 0 is silent.

        At any gain nothing is heard before the player is ready, or while it waits.
        """
        with self._lock:
            if gain == self._gain:
                return
            self._gain = gain
        self._enqueue(self._apply_rate_and_gain)

    def time_ms(self) -> int:
        """Return the milliseconds in the media: those requested before the player is ready, 0 without a media."""
        with self._lock:
            return 0 if self._tracker is None else self._tracker.time_ms(self._now())

    def unload(self) -> None:
        """Close the media, which takes processor time even when paused; an event under way may still come.

        `time_ms` is 0 from now on; `seek` would open the file again.
        """
        with self._lock:
            self._tracker = None
        self._enqueue(self._unload)

    def close(self) -> None:
        """End the player for good, and return at once; `join` waits for its thread."""
        with self._lock:
            self._tracker = None
            if self._closed:
                return
            self._closed = True
        if self._started:
            self._queue.put(None)

    @property
    def is_finished(self) -> bool:
        """Whether the player was closed, and its thread has ended or was never started."""
        return self._closed and not self._thread.is_alive()

    def join(self) -> None:
        """Wait for the player's thread to end, which only `close` makes it do; call `close` before.

        An unused player has no thread, and this returns at once.
        """
        if self._started:
            self._thread.join()

    def _start_request(self, at_ms: int, autoplay: bool, with_video: bool) -> SeekTracker:
        self._last_request_id += 1
        self._tracker = SeekTracker(self._last_request_id, at_ms, autoplay=autoplay, with_video=with_video)
        self._tracker.changes_rate = self._rate != NORMAL_RATE
        return self._tracker

    def _enqueue(self, command: Callable[[], None]) -> None:
        with self._lock:
            if self._closed:
                return
            if not self._started:
                self._started = True
                self._thread.start()
        self._queue.put(command)

    # ---------------------------------------------------------------------------------- the player's thread

    def _run_commands(self) -> None:
        while True:
            try:
                command = self._queue.get(timeout=self._seconds_until_due())
            except queue.Empty:
                self._poll_tracker()
                continue
            if command is None:
                break
            command()
        if self._player is not None:
            self._player.stop()
            self._player.release()
            self._player = None

    def _seconds_until_due(self) -> float | None:
        """Return the seconds until the tracker must be polled; None where it need not be."""
        with self._lock:
            now_ms = self._now()
            due_ms = None if self._tracker is None else self._tracker.next_check_ms(now_ms)
            return None if due_ms is None else max(0, due_ms - now_ms) / 1000

    def _ensure_player(self) -> None:
        """Create the libVLC player at its first use.

        Raises:
            KnownError: ``playback.no_vlc``.
        """
        if self._player is not None:
            return
        vlc, instance = self._libvlc.load()
        self._player = instance.media_player_new()
        self._frame_buffer.attach(vlc, self._player)
        events = self._player.event_manager()
        for kind, handler in (
            (vlc.EventType.MediaPlayerBuffering, self._on_buffering),
            (vlc.EventType.MediaPlayerTimeChanged, self._on_time),
            (vlc.EventType.MediaPlayerEndReached, self._on_end),
            (vlc.EventType.MediaPlayerEncounteredError, self._on_failure),
        ):
            events.event_attach(kind, handler)

    def _open(self, tracker: SeekTracker, file: _OpenFile) -> None:
        if tracker is not self._tracker:
            return
        try:
            require_regular_file(file.path)
            self._ensure_player()
            media = self._libvlc.create_media(file.path)
        except KnownError as error:
            self._stop()
            self._listener.on_error(tracker.request_id, error)
            return
        media.add_option(f":start-time={tracker.start_ms // 1000}.{tracker.start_ms % 1000:03}")
        if not file.with_video:
            media.add_option(":no-video")
        self._player.set_media(media)  # stops the previous media and waits for it
        media.release()
        self._frame_buffer.size = file.size
        self._loaded_file = file
        with self._lock:
            self._at_end = False
            tracker.mark_sent(self._now(), opens_file=True)
        self._apply_rate_and_gain()
        self._player.play()

    def _seek(self, tracker: SeekTracker) -> None:
        with self._lock:
            file, at_end = self._requested_file, self._at_end
        if tracker is not self._tracker or file is None:
            return
        if file is not self._loaded_file or at_end:
            self._open(tracker, file)
            return
        self._player.set_pause(0)
        with self._lock:
            tracker.mark_sent(self._now(), opens_file=False)
        self._apply_rate_and_gain()
        self._player.set_time(tracker.start_ms)

    def _set_running(self, *, running: bool) -> None:
        with self._lock:
            tracker = self._tracker
            if tracker is None:
                return
            tracker.autoplay = running
            if not tracker.is_settled:
                return
            tracker.clock.set_running(running, self._now())
        self._player.set_pause(0 if running else 1)
        self._apply_rate_and_gain()

    def _pause_if_waiting(self, tracker: SeekTracker) -> None:
        """Pause at the target of a request that waits, unless it was asked to play meanwhile."""
        if tracker is self._tracker and not tracker.autoplay:
            self._player.set_pause(1)

    def _apply_rate_and_gain(self) -> None:
        """Set libVLC's volume and rate: silent and at the normal rate until it has arrived.

        A seek of libVLC 3 at another rate lands up to a second off, on frames that it cannot decode. Its volume is the
        cube root of the amplitude.
        """
        with self._lock:
            tracker = self._tracker
            settled = tracker is not None and tracker.is_settled
            gain = self._gain if tracker is not None and settled and tracker.autoplay else 0
            rate = self._rate if settled else NORMAL_RATE
            if self._player is None or self._loaded_file is None:
                return
            applied_rate, self._applied_rate = self._applied_rate, rate
            if tracker is not None and settled:
                tracker.clock.set_rate(rate, self._now())
        if rate != applied_rate:
            self._player.set_rate(rate / NORMAL_RATE)
        if gain != self._applied_gain:
            self._applied_gain = gain
            self._player.audio_set_volume(round(100 * (gain / FULL_GAIN) ** (1 / 3)))

    def _unload(self) -> None:
        if self._tracker is None:
            self._stop()

    def _stop(self) -> None:
        self._loaded_file = None
        if self._player is not None:
            self._player.stop()

    def _poll_tracker(self) -> None:
        """Poll the tracker and report its outcome to the listener."""
        with self._lock:
            tracker = self._tracker
            outcome = None if tracker is None else tracker.poll(self._now())
            frame = tracker.pop_frame() if tracker is not None and outcome == "ready" else None
        if tracker is None or outcome is None:
            return
        if outcome == "dark":
            self._listener.on_error(tracker.request_id, self._make_error("playback.no_picture"))
            return
        self._queue.put(self._apply_rate_and_gain)
        if not tracker.autoplay:
            self._queue.put(lambda: self._pause_if_waiting(tracker))
        if frame is not None:
            self._listener.on_frame(tracker.request_id, frame)
        self._listener.on_ready(tracker.request_id)

    # -------------------------------------------------------------------------------------- libVLC threads

    def _on_buffering(self, event: Any) -> None:
        with self._lock:
            if self._tracker is not None and self._tracker.is_sent:
                self._tracker.on_buffering(event.u.new_cache >= 100, self._now())
        self._wake()

    def _on_frame(self, frame: VideoFrame) -> None:
        with self._lock:
            tracker = self._tracker
            is_visible = tracker is not None and tracker.on_frame(frame, self._now())
            is_waiting = tracker is not None and not tracker.is_settled
        if tracker is None:
            return
        if is_visible:
            self._listener.on_frame(tracker.request_id, frame)
        elif is_waiting:
            self._poll_tracker()
            self._wake()

    def _on_time(self, event: Any) -> None:
        with self._lock:
            if self._tracker is not None:
                self._tracker.on_time_changed(int(event.u.new_time), self._now())
        self._wake()

    def _on_end(self, _event: Any) -> None:
        with self._lock:
            tracker = self._tracker
            self._at_end = True
            if tracker is None or not tracker.is_sent:
                return
            tracker.on_end(self._now())
            frame = tracker.pop_frame()
        if not tracker.has_read_data:
            self._listener.on_error(tracker.request_id, self._make_error("playback.failed"))
            return
        if frame is not None:
            self._listener.on_frame(tracker.request_id, frame)
        self._listener.on_end(tracker.request_id)

    def _on_failure(self, _event: Any) -> None:
        with self._lock:
            tracker = self._tracker
            self._at_end = True
        if tracker is not None and tracker.is_sent:
            self._listener.on_error(tracker.request_id, self._make_error("playback.failed"))

    def _wake(self) -> None:
        """Wake the player's thread, which computes anew how long it may sleep."""
        self._queue.put(self._poll_tracker)

    def _make_error(self, code: str) -> KnownError:
        file = self._requested_file
        return KnownError(code, name="" if file is None else display_name(file.path))
