"""The settings of the hosting: from a TOML file, the environment (`MATINEE_HOST_PORT` …) and the command line."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from editor.errors import KnownError
from editor.schedule.clock import RESUME_AFTER_MS
from editor.schedule.model import SECOND
from editor.schedule.room import LEAD_MS, WAITING_MS

ENVIRONMENT_PREFIX = "MATINEE_HOST_"
Port = Annotated[int, Meta(ge=0, le=65_535)]
Milliseconds = Annotated[int, Meta(ge=1)]
ByteCount = Annotated[int, Meta(ge=0)]


class HostingSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of a hosting, checked and immutable; durations in milliseconds, sizes in bytes.

    `load_settings` makes one; the constructor checks nothing.
    """

    data: str = "hosting-data"
    """The folder of the database, the media and the backups."""
    host: str = "127.0.0.1"
    port: Port = 8788
    """0 chooses a free port."""
    base_url: str = ""
    """The public address that attendees use; if empty, the listening address."""
    lead_ms: Milliseconds = LEAD_MS
    """How far ahead of the room clock media are delivered."""
    waiting_ms: Milliseconds = WAITING_MS
    """How long before the start the waiting room opens, unless the session says otherwise."""
    resume_after_ms: Milliseconds = RESUME_AFTER_MS
    """After how long a pause ends by itself."""
    heartbeat_ms: Milliseconds = 10 * SECOND
    """The interval of the heartbeats on an event stream."""
    idle_ms: Milliseconds = 30 * SECOND
    """How long the sender of a request, or the reader of a response, may be inactive."""
    busy_ms: Milliseconds = 10 * SECOND
    """How long a request waits for the database before it is answered with 503."""
    upload_most: ByteCount = 50 * 2**30
    """The size of the largest upload."""
    reserve: ByteCount = 256 * 2**20
    """Bytes that uploads leave free on the disk, for the database."""
    quota: ByteCount = 500 * 2**30
    """Bytes of media that an account may store."""

    @property
    def data_folder(self) -> Path:
        """The setting `data` as an absolute path, with "~" expanded; the folder may not exist."""
        return Path(self.data).expanduser().absolute()


def load_settings(
    file: Path | None, environment: Mapping[str, str] | None = None, **overrides: object
) -> HostingSettings:
    """Load the settings: overrides win over the environment, and that over the file; what none names has its default.

    Args:
        file: A TOML file with the settings' names as keys; None for none.
        environment: Variables such as `MATINEE_HOST_PORT`; those without that prefix are ignored. None for
            `os.environ`.
        overrides: Settings by name, from the command line; one that is None counts as not given.

    Raises:
        KnownError: ``settings.unreadable``: the file cannot be read or is no TOML. ``settings.invalid``: an unknown
            name, or a value of the wrong type or range. Both with `reason`.
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
