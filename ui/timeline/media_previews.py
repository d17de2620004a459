"""What the timeline needs from the service that draws previews of media files."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QImage


class PeaksLike(Protocol):
    """The part of `Peaks` that the timeline reads: a waveform with one value (0 … 255) for every `step_ms`."""

    @property
    def step_ms(self) -> int:
        """Milliseconds that one value covers."""

    @property
    def values(self) -> bytes:
        """The values of the waveform, 0 … 255, from the beginning of the file."""


class MediaPreviewSource(Protocol):
    """The part of `ui.services.media_service.MediaService` that the timeline uses, on the GUI thread.

    `sha256` is the hash of a file. Pictures and waveforms are returned at once, or None where there are none yet; they
    are made in the background, and `previews_changed` says that there is more of a file.
    """

    @property
    def previews_changed(self) -> SignalInstance:
        """The signal that carries the SHA-256 of a file when it has new previews or another state."""

    @property
    def lost(self) -> SignalInstance:
        """The signal that carries the SHA-256 of a file when it has gone missing."""

    def get_thumbnail(self, sha256: str, at_ms: int = 0) -> QImage | None:
        """Return the frame of a video nearest to a time (ms) in the file; None while it has no thumbnails."""

    def get_image(self, sha256: str, width: int) -> QImage | None:
        """Return an image about `width` physical pixels wide, until then one of another width; None without any."""

    def get_page(self, sha256: str, page: int, width: int) -> QImage | None:
        """Return a page (0 is the first) of a presentation, about `width` physical pixels wide; None without any.

        Until that width is loaded it may be another.
        """

    def get_peaks(self, sha256: str) -> PeaksLike | None:
        """Return the waveform of a file with sound; None while it has not been measured."""

    def get_state(self, sha256: str) -> str:
        """Return the state of a file: "ready", "hosted", "missing" or "unprepared"; "ready" until it was looked for."""

    def get_progress(self, sha256: str) -> int | None:
        """Return how far the preparation of the previews is, in per cent; None while none is running."""

    def get_path(self, sha256: str) -> Path | None:
        """Return where the file lies on this computer; None if it is missing, and until it has been looked for."""
