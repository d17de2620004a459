"""The hosting's settings: from a TOML file, then from the environment (`MATINEE_HOST_PORT` and so on), then given."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from editor.errors import KnownError
from editor.schedule.model import MINUTE, SECOND

ENVIRONMENT_PREFIX = "MATINEE_HOST_"
Port = Annotated[int, Meta(ge=0, le=65_535)]
Milliseconds = Annotated[int, Meta(ge=1)]
ByteCount = Annotated[int, Meta(ge=0)]


class HostingSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that can be set; lengths in milliseconds, sizes in bytes."""

    data: str = "hosting-data"
    """The folder of the database, the media and the backups."""
    host: str = "127.0.0.1"
    port: Port = 8788
    """0 takes a free one."""
    base_url: str = ""
    """Under which address attendees reach this hosting; that of the request where it is empty."""
    lead_ms: Milliseconds = MINUTE
    """How far ahead of the room clock media are given out."""
    waiting_ms: Milliseconds = 30 * MINUTE
    """How long before the start the waiting room opens, unless the session says otherwise."""
    resume_after_ms: Milliseconds = 15 * MINUTE
    """After how long a hold ends by itself."""
    heartbeat_ms: Milliseconds = 10 * SECOND
    """How often a stream that has nothing to say says so."""
    idle_ms: Milliseconds = 30 * SECOND
    """How long a sender, or the reader of an answer, may stand still."""
    busy_ms: Milliseconds = 10 * SECOND
    """How long a request waits for the database, before it is told to come again."""
    upload_most: ByteCount = 50 * 2**30
    """The largest file."""
    reserve: ByteCount = 256 * 2**20
    """Bytes of the disk that uploads leave free, for the database."""
    quota: ByteCount = 500 * 2**30
    """Bytes of media an account may keep."""

    @property
    def data_folder(self) -> Path:
        """The data folder, absolute."""
        return Path(self.data).expanduser().absolute()


def load_settings(
    file: Path | None, environment: Mapping[str, str] | None = None, **overrides: object
) -> HostingSettings:
    """The settings in force. What is given (and not None) wins over the environment, and that over the file.

    Raises:
        Known: ``settings.unreadable`` or ``settings.invalid`` with `reason`.
    """
    values: dict[str, object] = {}
    if file is not None:
        try:
            values |= tomllib.loads(file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise KnownError("settings.unreadable", path=str(file), reason=str(error)) from error
    for name, value in (os.environ if environment is None else environment).items():
        if name.startswith(ENVIRONMENT_PREFIX):
            values[name.removeprefix(ENVIRONMENT_PREFIX).lower()] = value
    values |= {name: value for name, value in overrides.items() if value is not None}
    try:
        return msgspec.convert(values, HostingSettings, strict=False)
    except msgspec.ValidationError as error:
        raise KnownError("settings.invalid", reason=str(error)) from error
