"""Sending files by tus 1.0: in pieces, each with its checksum, going on at the byte where an upload stands.

Source: https://tus.io/protocols/resumable-upload.
"""

import base64
import hashlib
import time
from collections.abc import Callable
from pathlib import Path

from editor.errors import Known
from editor.progress import Progress
from editor.protocol.manifest import File
from editor.sync.client import Client

PIECE = 256 * 1024
"""Bytes of the first piece. The next are as large as goes through in about a second: that is what a pause, a cancel
or a broken connection waits for or loses."""
PIECE_MOST = 8 * 1024 * 1024
PIECE_S = 1.0
TRIES = 5
"""How often in a row a piece may arrive damaged, or the offset be another, before we give up."""
_TUS = {"Tus-Resumable": "1.0.0"}
_AGAIN = {"upload.checksum", "upload.offset", "upload.in_use"}
_IN_USE_S = 0.5
"""Seconds until the hosting has noticed that an earlier sender is gone."""


class Limit:
    """How many bytes a second may go out, all uploads together: a bucket that holds a quarter of a second's.

    Args:
        rate: bytes a second, asked at each turn; 0 is no limit.
        clock: monotonic seconds.
        sleep: waits for seconds.
    """

    BURST_S = 0.25

    def __init__(
        self,
        rate: Callable[[], int],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._rate = rate
        self._clock = clock
        self._sleep = sleep
        self._left = 0.0
        self._seen = clock()

    @property
    def piece(self) -> int:
        """Bytes that are a piece's worth at this rate; 0 without a limit."""
        return int(self._rate() * PIECE_S)

    @property
    def at_once(self) -> int:
        """Bytes that may be taken in one go."""
        return max(1, int(self._rate() * self.BURST_S))

    def take(self, count: int) -> None:
        """Wait until so many bytes may go."""
        rate = self._rate()
        now = self._clock()
        passed, self._seen = now - self._seen, now
        if rate <= 0:
            self._left = 0.0
            return
        self._left = min(self._left + passed * rate, rate * self.BURST_S) - count
        if self._left < 0:
            self._sleep(-self._left / rate)


UNLIMITED = Limit(lambda: 0)


class _Body:
    """A piece as requests sends it: of a known length, read bit by bit as the limit allows."""

    def __init__(self, piece: bytes, limit: Limit) -> None:
        self._piece = memoryview(piece)
        self._limit = limit
        self._at = 0

    def __len__(self) -> int:
        return len(self._piece)

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most as many as may go at once."""
        left = len(self._piece) - self._at
        count = min(left if size < 0 else size, left, self._limit.at_once if self._limit.piece else left)
        if count:
            self._limit.take(count)
        self._at += count
        return bytes(self._piece[self._at - count : self._at])


def send(
    client: Client,
    path: Path,
    file: File,
    progress: Progress,
    limit: Limit = UNLIMITED,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Send a file; returns when the hosting has verified it.

    Args:
        client: the hosting, signed in.
        path: where the content is.
        file: its hash and size.
        progress: told bytes; its pause stops the sending, its cancel ends it, and it can be taken up again later.
        limit: how fast it may go.
        clock: monotonic seconds, for the size of the pieces.

    Raises:
        Known: ``sync.*``, ``upload.*``, ``media.gone``.
        Cancelled: the sending was given up.
    """
    metadata = f"sha256 {base64.b64encode(file.sha256.encode()).decode()}"
    headers = {**_TUS, "Upload-Length": str(file.size), "Upload-Metadata": metadata}
    place = client.call("POST", "/api/uploads", headers=headers).headers["Location"]
    at, failed, most = _offset(client, place), 0, PIECE
    try:
        with path.open("rb") as content:
            while True:
                progress.report(at, file.size)
                if at >= file.size:
                    break
                content.seek(at)
                piece = content.read(min(most, limit.piece or most))
                if not piece:
                    raise Known("media.gone", name=path.name)
                try:
                    began = clock()
                    at = _patch(client, place, at, piece, limit)
                    failed, most = 0, _next(most, len(piece), clock() - began)
                except Known as known:
                    failed += 1
                    if known.code not in _AGAIN or failed >= TRIES:
                        raise
                    if known.code == "upload.in_use":
                        time.sleep(_IN_USE_S)
                    at = _offset(client, place)
    except OSError as error:
        raise Known("media.gone", name=path.name) from error


def _next(most: int, sent: int, took_s: float) -> int:
    """How large the next piece may be, so that it goes through in about a second; it doubles at most."""
    fitting = int(sent * PIECE_S / max(took_s, 0.001))
    return max(PIECE // 4, min(fitting, 2 * most, PIECE_MOST))


def _offset(client: Client, place: str) -> int:
    return int(client.call("HEAD", place, headers=_TUS).headers["Upload-Offset"])


def _patch(client: Client, place: str, at: int, piece: bytes, limit: Limit) -> int:
    checksum = base64.b64encode(hashlib.sha256(piece).digest()).decode()
    headers = {
        **_TUS,
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": str(at),
        "Upload-Checksum": f"sha256 {checksum}",
    }
    body = _Body(piece, limit) if limit.piece else piece
    return int(client.call("PATCH", place, data=body, headers=headers).headers["Upload-Offset"])
