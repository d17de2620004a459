"""libvlc itself: found and loaded when the first thing is played, the maker of players, and what ends them all."""

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from editor.errors import KnownError
from editor.media.libvlc.seek_tracker import monotonic_ms
from editor.media.libvlc.vlc_player import VlcListener, VlcPlayer

_OPTIONS = (
    *("--quiet", "--no-video-title-show", "--no-osd", "--no-spu", "--no-sub-autodetect-file", "--no-stats"),
    *("--no-metadata-network-access", "--no-snapshot-preview", "--file-caching=50"),
)


class VlcEngine:
    """libvlc, loaded on a player's thread when the first thing is played.

    Args:
        sound: whether there is something to sound through; None looks for it.
        clock: milliseconds that never go back.
    """

    def __init__(self, *, sound: bool | None = None, clock: Callable[[], int] = monotonic_ms) -> None:
        self._sound = sound
        self._clock = clock
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None
        self._failure: KnownError | None = None
        self._players: list[VlcPlayer] = []

    def create_player(self, listener: VlcListener) -> VlcPlayer:
        """A new player that tells `hearer`."""
        self._players = [player for player in self._players if not player.is_finished]
        player = VlcPlayer(self, listener, self._clock, f"player {len(self._players) + 1}")
        self._players.append(player)
        return player

    def load(self) -> tuple[Any, Any]:
        """The vlc module and libvlc's instance.

        Raises:
            Known: playback.no_vlc: libvlc is not installed, or without its plugins.
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
        """A libvlc media; by address, which can say any name a file can have."""
        return self.load()[1].media_new_location(path.absolute().as_uri())

    def close(self) -> None:
        """End every player, wait for them, and let go of libvlc."""
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
        # python-vlc looks for the library while it is imported and fails in as many ways as there are systems.
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
    """Whether this machine can make a sound; without, libvlc fills the log with attempts. Only Linux may lack it."""
    if sys.platform != "linux":
        return True
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere"))
    servers = (runtime / "pulse" / "native", runtime / "pipewire-0")
    return (
        "PULSE_SERVER" in os.environ
        or any(server.exists() for server in servers)
        or any(Path("/dev/snd").glob("pcm*p"))
    )
