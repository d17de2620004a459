"""What every request receives: the database, the settings and the clock of one hosting."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hosting.db import Database
from hosting.settings import Settings

Clock = Callable[[], int]
"""The server's time in milliseconds since the epoch, UTC."""


def server_time() -> int:
    """The machine's clock."""
    return time.time_ns() // 1_000_000


@dataclass
class House:
    """One running hosting."""

    settings: Settings
    db: Database
    epoch: str
    now: Clock = server_time
    parts: dict[str, Any] = field(default_factory=dict)
    """What nouns keep while it runs (the hub of the streams), by the noun's name."""

    @property
    def media(self) -> Path:
        """The folder of the files, by hash."""
        return self.settings.folder / "media"

    def link(self, path: str) -> str:
        """The address of a path as attendees reach it."""
        base = self.settings.base_url or f"http://{self.settings.host}:{self.settings.port}"
        return base.rstrip("/") + path
