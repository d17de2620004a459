"""libVLC: loading it at the first playback, creating players, and closing them all."""

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from editor.errors import KnownError
from editor.media.files import display_name
from editor.media.formats.av_container import find_demuxer
from editor.media.libvlc.seek_tracker import monotonic_ms
from editor.media.libvlc.vlc_player import VlcListener, VlcPlayer

_OPTIONS = (
    *("--quiet", "--no-video-title-show", "--no-osd", "--no-spu", "--no-sub-autodetect-file", "--no-stats"),
    *("--no-metadata-network-access", "--no-snapshot-preview", "--file-caching=50"),
    "--no-mkv-preload-local-dir",
)
_DEMUX_OPTIONS = {
    "mov,mp4,m4a,3gp,3g2,mj2": (":demux=mp4",),
    "matroska,webm": (":demux=mkv",),
    "avi": (":demux=avi",),
    "asf": (":demux=asf",),
    "mpeg": (":demux=ps",),
    "mpegts": (":demux=ts",),
    "mpegvideo": (":demux=mpgv",),
    "mp3": (":demux=mpga",),
    "wav": (":demux=wav",),
    "w64": (":demux=avformat", ":avformat-format=w64"),
    "aiff": (":demux=aiff",),
    "flac": (":demux=flac",),
    "ogg": (":demux=ogg",),
    "aac": (":demux=m4a",),
    "flv": (":demux=avformat", ":avformat-format=flv"),
}
"""By ffmpeg's name of a demuxer, the options with which libVLC reads the same format and guesses nothing.

Left to itself, it takes a file that begins like a playlist for one, whatever it is called, and opens what it names.
"""


class VlcEngine:
    """The libVLC instance of the program, and the players that it made.

    Making one loads nothing: libVLC is loaded on a player's thread at the first playback. Use `create_player` and
    `close` from one thread.

    Args:
        sound: Whether there is an audio output; None detects it.
        clock: Returns monotonic milliseconds.
    """

    def __init__(self, *, sound: bool | None = None, clock: Callable[[], int] = monotonic_ms) -> None:
        self._sound = sound
        self._clock = clock
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None
        self._failure: KnownError | None = None
        self._players: list[VlcPlayer] = []

    def create_player(self, listener: VlcListener) -> VlcPlayer:
        """Create a player, whose events come to the listener on threads of the player and of libVLC.

        Neither a thread is started nor libVLC loaded before the first playback.
        """
        self._players = [player for player in self._players if not player.is_finished]
        player = VlcPlayer(self, listener, self._clock, f"player {len(self._players) + 1}")
        self._players.append(player)
        return player

    def load(self) -> tuple[Any, Any]:
        """Load libVLC if necessary, from any thread; return the vlc module and the libVLC instance.

        Raises:
            KnownError: ``playback.no_vlc``: libVLC is not installed, or lacks its plugins. No later call tries again.
        """
        with self._lock:
            if self._failure is not None:
                raise self._failure
            if self._loaded is None:
                try:
                    self._loaded = self._create_instance()
                except KnownError as error:
                    self._failure = error
                    raise
            return self._loaded

    def create_media(self, path: Path) -> Any:
        """Create a libVLC media of a file, which the caller releases; it can be read in the format that was found only.

        It is named by its URI, which can express every file name.

        Whether the file exists is not checked.

        Raises:
            KnownError: ``playback.no_vlc``, ``playback.failed`` (no media), and those of `find_demuxer`.
        """
        try:
            options = _DEMUX_OPTIONS[find_demuxer(path)]
        except KnownError as error:
            if error.code != "media.unreadable":
                raise
            raise KnownError("playback.failed", name=display_name(path)) from error
        media = self.load()[1].media_new_location(path.absolute().as_uri())
        for option in options:
            media.add_option(option)
        return media

    def close(self) -> None:
        """Close every player, block until their threads have ended, and release libVLC, if it was loaded."""
        for player in self._players:
            player.close()
        for player in self._players:
            player.join()
        self._players.clear()
        with self._lock:
            if self._loaded is not None:
                self._loaded[1].release()
                self._loaded = None

    def _create_instance(self) -> tuple[Any, Any]:
        instance = None
        # python-vlc looks for the library while it is imported and fails differently on every system.
        with contextlib.suppress(ImportError, OSError, NotImplementedError, AttributeError, NameError, SystemExit):
            import vlc

            options = list(_OPTIONS)
            if sys.platform == "linux":
                options.append("--no-xlib")
            if not (has_audio_output() if self._sound is None else self._sound):
                options.append("--aout=adummy")
            instance = vlc.Instance(options)
        if instance is None:
            raise KnownError("playback.no_vlc")
        return vlc, instance


def has_audio_output() -> bool:
    """Return whether the computer has an audio output, by the sound servers and devices of Linux; elsewhere True.

    Without one, libVLC would fill the log with attempts to play sound.
    """
    if sys.platform != "linux":
        return True
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere"))
    servers = (runtime / "pulse" / "native", runtime / "pipewire-0")
    return (
        "PULSE_SERVER" in os.environ
        or any(server.exists() for server in servers)
        or any(Path("/dev/snd").glob("pcm*p"))
    )
