"""Upload of files by tus 1.0: in chunks, each with its checksum, resuming at the byte where an upload stands.

Source: https://tus.io/protocols/resumable-upload.
"""

import base64
import hashlib
import time
from collections.abc import Callable
from pathlib import Path

from editor.errors import KnownError
from editor.progress import Progress
from editor.protocol.manifest import PreparedFile
from editor.sync.client import ApiClient
from editor.sync.retry import CHUNK_RETRY

FIRST_CHUNK_BYTES = 256 * 1024
"""Bytes of the first piece. The next are as large as goes through in about a second: that is what a pause, a cancel
or a broken connection waits for or loses."""
MAX_CHUNK_BYTES = 8 * 1024 * 1024
TARGET_CHUNK_S = 1.0
_TUS_HEADERS = {"Tus-Resumable": "1.0.0"}


class RateLimit:
    """A limit on the bytes per second of all uploads together: a token bucket that holds a quarter of a second.

    Args:
        rate: Returns bytes per second, asked at each turn; 0 is no limit.
        clock: Returns monotonic seconds.
        sleep: Waits for a number of seconds.
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
        self._available = 0.0
        self._refilled_at = clock()

    @property
    def chunk_bytes(self) -> int:
        """The size of a chunk at this rate, in bytes; 0 without a limit."""
        return int(self._rate() * TARGET_CHUNK_S)

    @property
    def burst_bytes(self) -> int:
        """How many bytes may be taken at once with `acquire`; 1 at least, and without a limit too."""
        return max(1, int(self._rate() * self.BURST_S))

    def acquire(self, count: int) -> None:
        """Take a number of bytes from the limit, and wait, in the calling thread, until they may be sent.

        Without a limit it returns at once.

        Args:
            count: How many bytes will be sent next, at most `burst_bytes` for an even pace.
        """
        rate = self._rate()
        now = self._clock()
        elapsed_s, self._refilled_at = now - self._refilled_at, now
        if rate <= 0:
            self._available = 0.0
            return
        self._available = min(self._available + elapsed_s * rate, rate * self.BURST_S) - count
        if self._available < 0:
            self._sleep(-self._available / rate)


UNLIMITED = RateLimit(lambda: 0)


class _ThrottledBody:
    """A chunk as a request body of known length, read as fast as the rate limit allows."""

    def __init__(self, chunk: bytes, rate_limit: RateLimit) -> None:
        self._chunk = memoryview(chunk)
        self._rate_limit = rate_limit
        self._position = 0

    def __len__(self) -> int:
        return len(self._chunk)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most as many as may be sent at once."""
        remaining = len(self._chunk) - self._position
        count = min(
            remaining if size < 0 else size,
            remaining,
            self._rate_limit.burst_bytes if self._rate_limit.chunk_bytes else remaining,
        )
        if count:
            self._rate_limit.acquire(count)
        self._position += count
        return bytes(self._chunk[self._position - count : self._position])


def upload_file(
    client: ApiClient,
    path: Path,
    file: PreparedFile,
    progress: Progress,
    rate_limit: RateLimit = UNLIMITED,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Upload a file; return when the hosting has verified it.

    Args:
        client: The hosting, signed in.
        path: Where the content is.
        file: Its hash and size.
        progress: Receives bytes; it can pause and cancel the upload, which continues at that byte the next time.
        rate_limit: How fast it may go.
        clock: Returns monotonic seconds, for the size of the chunks.

    Raises:
        KnownError: ``media.gone``: the file cannot be read, or is shorter than `file` says. ``upload.wrong_hash``: it
            is not what `file` says. ``upload.quota``, ``upload.too_large``, other codes of ``upload.*`` and ``sync.*``.
        CancelledError: The progress was cancelled.
    """
    metadata = f"sha256 {base64.b64encode(file.sha256.encode()).decode()}"
    headers = {**_TUS_HEADERS, "Upload-Length": str(file.size), "Upload-Metadata": metadata}
    upload_url = client.request("POST", "/api/uploads", headers=headers).headers["Location"]
    offset, failures, chunk_bytes = _fetch_offset(client, upload_url), 0, FIRST_CHUNK_BYTES
    try:
        with path.open("rb") as content:
            while True:
                progress.report(offset, file.size)
                if offset >= file.size:
                    break
                content.seek(offset)
                chunk = content.read(min(chunk_bytes, rate_limit.chunk_bytes or chunk_bytes))
                if not chunk:
                    raise KnownError("media.gone", name=path.name)
                try:
                    started_at = clock()
                    offset = _send_chunk(client, upload_url, offset, chunk, rate_limit)
                    failures, chunk_bytes = 0, _adapt_chunk_bytes(chunk_bytes, len(chunk), clock() - started_at)
                except KnownError as known:
                    failures += 1
                    delay_ms = CHUNK_RETRY.next_delay_ms(known, failures)
                    if delay_ms is None:
                        raise
                    time.sleep(delay_ms / 1000)
                    offset = _fetch_offset(client, upload_url)
    except OSError as error:
        raise KnownError("media.gone", name=path.name) from error


def _adapt_chunk_bytes(chunk_bytes: int, sent_bytes: int, took_s: float) -> int:
    """Return the size of the next chunk: what takes about a second, at most twice the last one."""
    target_bytes = int(sent_bytes * TARGET_CHUNK_S / max(took_s, 0.001))
    return max(FIRST_CHUNK_BYTES // 4, min(target_bytes, 2 * chunk_bytes, MAX_CHUNK_BYTES))


def _fetch_offset(client: ApiClient, upload_url: str) -> int:
    return int(client.request("HEAD", upload_url, headers=_TUS_HEADERS).headers["Upload-Offset"])


def _send_chunk(client: ApiClient, upload_url: str, offset: int, chunk: bytes, rate_limit: RateLimit) -> int:
    checksum = base64.b64encode(hashlib.sha256(chunk).digest()).decode()
    headers = {
        **_TUS_HEADERS,
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": str(offset),
        "Upload-Checksum": f"sha256 {checksum}",
    }
    body = _ThrottledBody(chunk, rate_limit) if rate_limit.chunk_bytes else chunk
    return int(client.request("PATCH", upload_url, data=body, headers=headers).headers["Upload-Offset"])
