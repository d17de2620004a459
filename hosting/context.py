"""What every request receives: the database, the settings and the clock of one hosting."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hosting.db.database import HostingDatabase
from hosting.settings import HostingSettings

ServerClock = Callable[[], int]
"""The server's time in milliseconds since the epoch, UTC."""


def read_server_time() -> int:
    """The machine's clock."""
    return time.time_ns() // 1_000_000


@dataclass
class HostingContext:
    """One running hosting."""

    settings: HostingSettings
    db: HostingDatabase
    epoch: str
    now: ServerClock = read_server_time
    components: dict[str, Any] = field(default_factory=dict)
    """What nouns keep while it runs (the hub of the streams), by the noun's name."""

    @property
    def media_folder(self) -> Path:
        """The folder of the files, by hash."""
        return self.settings.data_folder / "media"

    def url_for(self, path: str) -> str:
        """The address of a path as attendees reach it."""
        base_url = self.settings.base_url or f"http://{self.settings.host}:{self.settings.port}"
        return base_url.rstrip("/") + path
