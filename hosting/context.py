"""The context of one running hosting, which every request handler receives."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hosting.db.data_folder import MEDIA_FOLDER
from hosting.db.database import HostingDatabase
from hosting.keyed_locks import KeyedLocks
from hosting.settings import HostingSettings

ServerClock = Callable[[], int]
"""Returns the server's time: milliseconds since the epoch, UTC."""


def read_server_time() -> int:
    """Return the machine's clock: milliseconds since the epoch, UTC."""
    return time.time_ns() // 1_000_000


@dataclass
class HostingContext:
    """The settings, the database and the clock of one running hosting, and what its requests share in memory.

    There is one a process, which every handler receives. It is the lowest layer of the hosting and knows none of the
    modules above it: the sessions' `LogWriter` is no part of it, and handlers receive that as a dependency of their
    own.
    """

    settings: HostingSettings
    db: HostingDatabase
    epoch: str
    """The epoch of the database; another one after a backup was restored."""
    now: ServerClock = read_server_time
    upload_locks: KeyedLocks = field(default_factory=KeyedLocks)
    """Held by the request that writes to an upload, by the upload's id."""
    delivery_secret: bytes | None = None
    """The key of the media paths' signatures; None until `delivery.signing` has loaded it."""

    @property
    def media_folder(self) -> Path:
        """The folder of the uploaded files and unfinished uploads, for a `BlobStore`; it may not exist yet."""
        return self.settings.data_folder / MEDIA_FOLDER

    def url_for(self, path: str) -> str:
        """Return the address under which attendees reach a path, which begins with a slash; "" gives the hosting's own.

        It is based on the setting `base_url`, or on the listening address where that is empty.
        """
        base_url = self.settings.base_url or f"http://{self.settings.host}:{self.settings.port}"
        return base_url.rstrip("/") + path
